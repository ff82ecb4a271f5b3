import ArgumentParser
import Evaluation
import Foundation

extension EvalCommand {
    /// `newsdesk eval speed`: how fast texts are read, and the index alone is made and searched.
    struct Speed: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "speed", abstract: "Measure the index alone, apart from the archive.",
            discussion: """
                With --documents an index of passages is made, one a line: {"title", "text"}. With --queries one that was \
                made before is asked each line's words, all of them optional. With --texts the same passages are only read \
                and their terms counted, first by a scanner that knows no word, then by the same again. All write one JSON \
                object. Tests/Benchmarks/search.py runs it beside Tantivy.
                """)

        @Option(help: ArgumentHelp("The folder of the index; it is the measurement's own.", valueName: "dir"))
        var index: String?

        @Option(help: ArgumentHelp("The passages to read.", valueName: "file"))
        var texts: String?

        @Option(help: ArgumentHelp("The passages to make it of.", valueName: "file"))
        var documents: String?

        @Option(help: ArgumentHelp("The questions to ask it, one a line.", valueName: "file"))
        var queries: String?

        @Option(help: ArgumentHelp("How many documents an answer has.", valueName: "count"))
        var top = 10

        @Option(
            help: ArgumentHelp(
                "How often every question is asked, or text read, after the first time.", valueName: "count"))
        var rounds = 1

        func validate() throws {
            guard [texts, documents, queries].count(where: { $0 != nil }) == 1 else {
                throw ValidationError("write one of --texts, --documents and --queries")
            }
            guard (texts == nil) == (index != nil) else {
                throw ValidationError("--documents and --queries need --index, and --texts needs none")
            }
            guard top > 0, rounds > 0 else { throw ValidationError("--top and --rounds begin at 1") }
        }

        mutating func run() throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var json = Data()
            if let texts {
                json = try encoder.encode(SearchSpeed.read(URL(fileURLWithPath: texts), rounds: rounds))
            } else if let documents, let index {
                json = try encoder.encode(
                    SearchSpeed.index(URL(fileURLWithPath: documents), into: index))
            } else if let queries, let index {
                let questions = try String(contentsOfFile: queries, encoding: .utf8)
                json = try encoder.encode(
                    SearchSpeed.search(index, questions: questions, top: top, rounds: rounds))
            }
            Terminal.result(String(decoding: json, as: UTF8.self))
        }
    }
}
