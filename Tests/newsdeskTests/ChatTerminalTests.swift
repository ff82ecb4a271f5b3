import Foundation
import TestSupport
import Testing

/// The chat at a pseudo-terminal, as a person types at it.
@Suite struct ChatTerminalTests {
    private let workspace = Workspace()

    private func program() async throws -> Program {
        try FileManager.default.createDirectory(
            atPath: workspace.folder, withIntermediateDirectories: true)
        let program = Program(
            "newsdesk",
            environment: [
                "HOME": workspace.folder, "NEWSDESK_DATA_DIR": workspace.folder + "/data",
                "NEWSDESK_PROMPTS_DIR": Workspace.root + "/prompts", "LANG": "C.UTF-8",
            ])
        #expect(try await program.run(["ingest", Workspace.root + "/seeds"]).code == 0)
        return program
    }

    @Test func `a person asks, edits, interrupts, recalls and leaves`() async throws {
        let chat = try await program().open(["chat"])
        var mark = try await chat.wait(for: "27 articles")
        mark = try await chat.wait(for: "> ", after: mark)

        // Editing: the slip at the end is taken back.
        try chat.type("When did the Ethereum Merge happen?x\u{7F}\r")
        mark = try await chat.wait(for: "15 September 2022", after: mark)
        mark = try await chat.wait(for: "[1]", after: mark)
        #expect(chat.shown.contains("\u{1B}["), "a terminal gets colours")
        mark = try await chat.wait(for: "> ", after: mark)

        // Ctrl-C drops the line, not the program.
        try chat.type("half a question")
        mark = try await chat.wait(for: "half a question", after: mark)
        try chat.type("\u{03}")
        mark = try await chat.wait(for: "> ", after: mark)

        // The arrow recalls the last question; the conversation goes on in another script.
        try chat.type("\u{1B}[A\r")
        mark = try await chat.wait(for: "15 September 2022", after: mark)
        mark = try await chat.wait(for: "> ", after: mark)
        try chat.type("Bybit 的執行長是誰？\r")
        mark = try await chat.wait(for: "Ben Zhou", after: mark)
        mark = try await chat.wait(for: "> ", after: mark)
        try chat.type("/why\r")
        mark = try await chat.wait(for: "understood as", after: mark)
        mark = try await chat.wait(for: "> ", after: mark)
        try chat.type("/sorces\r")
        mark = try await chat.wait(for: "/sources", after: mark)
        mark = try await chat.wait(for: "> ", after: mark)

        // Ctrl-D ends the program.
        try chat.type("\u{04}")
        #expect(await chat.end() == 0)
    }

    @Test func `questions in a pipe get plain answers`() async throws {
        let outcome = try await program().run(["chat"], input: "When did the Ethereum Merge happen?\n/quit\n")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("15 September 2022"))
        #expect(!outcome.output.contains("\u{1B}[") && !outcome.output.contains("> "))
        // The end of the pipe is as good as a word.
        let ended = try await program().run(["chat"], input: "When did the Ethereum Merge happen?\n")
        #expect(ended.code == 0 && ended.output == outcome.output, "\(ended)")
    }
}
