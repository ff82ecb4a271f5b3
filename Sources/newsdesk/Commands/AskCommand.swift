import Answering
import ArgumentParser
import News
import Text

/// `newsdesk ask`: one question, one answer.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask one question.",
        discussion: "Ends with 0 when the archive holds the answer, with 3 when it does not.")

    @Argument(help: "The question, in plain words.")
    var question: String

    @Flag(help: "Write the answer as JSON, as POST /v1/ask does.")
    var json = false

    @Flag(help: "Write on standard error how the answer came about.")
    var why = false

    @Option(help: ArgumentHelp("The language of the reply, such as en or zh-Hant.", valueName: "tag"))
    var language: String?

    @Option(help: ArgumentHelp("Remember the question for follow-ups under this name.", valueName: "name"))
    var conversation: String?

    @OptionGroup var server: ServerOption
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        var wanted: Language?
        if let language {
            guard let known = Language(tag: language) else {
                throw ValidationError(
                    "--language “\(language)” is not known: write a tag such as en or zh-Hant")
            }
            wanted = known
        }
        let settings = try common.settings()
        let inquiry = Inquiry(
            question: question, conversation: conversation.map { server.server == nil ? "cli:\($0)" : $0 },
            language: wanted)
        let (json, explained) = (json, why)
        let document = try await server.withDesk(settings) { desk in
            try await desk.ask(inquiry, explained: explained)
        }
        for line in document.why ?? [] { Terminal.remark(Terminal.clean(line)) }
        if json {
            var plain = document
            plain.why = nil
            Terminal.result(String(decoding: try plain.json(pretty: true), as: UTF8.self))
        } else {
            guard let answer = document.content else { throw DeskError.unreadable }
            let prompts = try PromptLibrary(directory: settings.promptsDirectory)
            Terminal.result(Terminal.clean(prompts.message(for: answer)))
        }
        if document.status == Answer.Status.notFound.rawValue { throw ExitCode(3) }
    }
}
