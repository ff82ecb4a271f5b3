import Answering
import ArgumentParser
import Foundation
import Retrieval
import Text

/// `newsdesk chat`: a conversation at the terminal.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Talk about the articles at the terminal.")

    @OptionGroup var server: ServerOption
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let settings = try common.settings()
        let prompts = try PromptLibrary(directory: settings.promptsDirectory)
        let tag = ProcessInfo.processInfo.environment["LANG"].flatMap { $0.split(separator: ".").first }
        let language = settings.language ?? tag.flatMap { Language(tag: String($0)) } ?? .english
        let address = server.server
        try await server.withDesk(settings) { desk in
            var greeting = "Newsdesk \(Newsdesk.version) on \(address ?? "")."
            if let local = desk as? LocalDesk {
                let count = local.newsroom.index.archive.articleCount
                greeting = "Newsdesk \(Newsdesk.version), \(count) article\(count == 1 ? "" : "s")."
                if count == 0 { greeting += " Bring some in with newsdesk ingest PATH." }
            }
            let history = settings.dataDirectory + "/history"
            let folder = FileManager.default.fileExists(atPath: settings.dataDirectory)
            var session = ChatSession(
                desk: desk, prompts: prompts, lines: LineReader(historyPath: folder ? history : nil),
                language: language)
            await session.run(greeting: greeting)
        }
    }
}
