import ArgumentParser
import Evaluation
import Foundation

extension EvalCommand {
    /// `newsdesk eval speed`: how fast the index alone is made and searched.
    struct Speed: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "speed", abstract: "Measure the index alone, apart from the archive.",
            discussion: """
                With --documents an index of passages is made, one a line: {"title", "text"}. With --queries one that was \
                made before is asked each line's words, all of them optional. Both write one JSON object. \
                Tests/Benchmarks/search.py runs it beside Tantivy.
                """)

        @Option(help: ArgumentHelp("The folder of the index; it is the measurement's own.", valueName: "dir"))
        var index: String

        @Option(help: ArgumentHelp("The passages to make it of.", valueName: "file"))
        var documents: String?

        @Option(help: ArgumentHelp("The questions to ask it, one a line.", valueName: "file"))
        var queries: String?

        @Option(help: ArgumentHelp("How many documents an answer has.", valueName: "count"))
        var top = 10

        @Option(
            help: ArgumentHelp("How often every question is asked after the first time.", valueName: "count"))
        var rounds = 1

        func validate() throws {
            guard (documents == nil) != (queries == nil) else {
                throw ValidationError("write either --documents or --queries")
            }
            guard top > 0, rounds > 0 else { throw ValidationError("--top and --rounds begin at 1") }
        }

        mutating func run() throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var json = Data()
            if let documents {
                json = try encoder.encode(
                    SearchSpeed.index(URL(fileURLWithPath: documents), into: index))
            } else if let queries {
                let questions = try String(contentsOfFile: queries, encoding: .utf8)
                json = try encoder.encode(
                    SearchSpeed.search(index, questions: questions, top: top, rounds: rounds))
            }
            Terminal.result(String(decoding: json, as: UTF8.self))
        }
    }
}
