import ArgumentParser
import Logging
import Transport

/// The option that sends questions to a running server instead of this machine's archive.
struct ServerOption: ParsableArguments {
    @Option(help: ArgumentHelp("Ask a running server, such as http://127.0.0.1:8080.", valueName: "url"))
    var server: String?

    /// Works with the desk that the option names, and closes it afterwards.
    func withDesk<Result>(
        _ settings: Settings, _ work: (any Desk) async throws -> Result
    ) async throws -> Result {
        let logger = Log.make(settings)
        guard let server else {
            let newsroom = try await Newsroom.open(settings, logger: logger)
            let result = try await work(LocalDesk(newsroom: newsroom))
            await newsroom.close()
            return result
        }
        let transport = defaultTransport(logger: logger)
        let result = try await work(try RemoteDesk(server: server, transport: transport))
        await transport.shutdown(grace: .zero)
        return result
    }
}

/// The program's log: on standard error, from the level that is set.
enum Log {
    static func make(_ settings: Settings) -> Logger {
        var logger = Logger(label: "newsdesk") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        return logger
    }
}
