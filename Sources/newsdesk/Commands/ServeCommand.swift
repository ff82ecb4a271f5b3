import Answering
import ArgumentParser
import Hummingbird
import Logging
import Retrieval

/// `newsdesk serve`: answers over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer over HTTP and webhooks, with a page to try at /.")

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port to listen on, 0 for any free one.", valueName: "port"))
    var port: String?

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let settings = try common.settings([
            ("--host", .serverHost, host), ("--port", .serverPort, port),
        ])
        let newsroom = try await Newsroom.open(settings, staying: true, logger: Log.make(settings))
        let server = try NewsServer(newsroom)
        await server.announceSubprocessors()
        await newsroom.answerer.warmUp()
        let count = newsroom.index.archive.articleCount
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let application = server.application { port in
            Terminal.remark(
                "newsdesk: ready on http://\(host):\(port) with \(count) article\(count == 1 ? "" : "s")")
        }
        try await application.runService()
        await newsroom.close()
    }
}
