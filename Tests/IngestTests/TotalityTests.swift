import Foundation
import Ingest
import News
import TestSupport
import Testing

/// SplitMix64: small, fast, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private typealias Parse = @Sendable ([UInt8]) -> (articles: [Article], diagnostics: [Diagnostic])

/// Whatever the bytes, a parser gives articles or says what is wrong, soon, and the same each time.
@Suite struct TotalityTests {
    private static let parsers: [(String, Parse)] = [
        ("post", { PostParser(reference: reference).parse($0, origin: "/archive/x") }),
        ("markdown", { MarkdownParser(reference: reference).parse($0, origin: "/archive/x") }),
        ("page", { PageParser().parse($0, origin: "/archive/x") }),
        ("lines", { JSONLinesParser(reference: reference).parse($0, origin: "/archive/x") }),
    ]

    private func check(_ bytes: [UInt8], _ note: String) {
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
        for (name, parse) in Self.parsers {
            let parsed = parse(bytes)
            let again = parse(bytes)
            #expect(
                parsed.articles == again.articles && parsed.diagnostics == again.diagnostics,
                "\(name) \(note)")
            for article in parsed.articles {
                #expect(
                    !article.id.isEmpty && !article.source.isEmpty && !article.headline.isEmpty,
                    "\(name) \(note)")
                #expect(!article.body.contains(""), "\(name) \(note)")
            }
            #expect(
                parsed.diagnostics.allSatisfy { (1...max(1, lines)).contains($0.line) }, "\(name) \(note)")
            if name != "lines" {
                #expect(!parsed.articles.isEmpty || !parsed.diagnostics.isEmpty, "\(name) \(note)")
                #expect(Set(parsed.articles.map(\.id)).count == parsed.articles.count, "\(name) \(note)")
            }
        }
    }

    @Test(arguments: 0..<60)
    func `random bytes are read or refused`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...600, using: &random)
        check((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }, "seed \(seed)")
    }

    @Test(arguments: 0..<60)
    func `random pieces of posts are read or refused`(_ seed: UInt64) {
        let pieces = [
            "Meridian Post", "7月18日 07:42", "18.07.2025", "🔍 Analysis", "分析：", "Outlook", "1. ", "一、", "- ",
            "** ", "---",
            "[", "](", ")", "https://t.me/x", "\n", "\n\n", "\r\n", " ", "   ", ".", "。", ":", " - ",
            "{\"title\":", "\"a\"}", "# ",
            "展望", "\u{202E}", "\u{0}", "é", "字", "<!--", "-->", "```", ">", "title: x", "&a", "*a", "…",
            "#tag", "Meridian Post - x",
        ]
        var random = SeededGenerator(seed: seed)
        let text = (0..<Int.random(in: 1...80, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }
        check(Array(text.joined().utf8), "seed \(seed)")
        check(Array(("---\n" + text.joined() + "\n---\nText.").utf8), "seed \(seed), front matter")
    }

    @Test(arguments: ["posts", "markdown", "lines", "pages"])
    func `mutilated fixtures are read or refused`(_ folder: String) throws {
        for (place, name) in Fixtures.names(folder).enumerated() {
            let bytes = try Fixtures.bytes(folder, name)
            guard !bytes.isEmpty else { continue }
            for seed in 0..<8 {
                var random = SeededGenerator(seed: UInt64(place * 100 + seed))
                var mutated = bytes
                for _ in 0..<Int.random(in: 1...6, using: &random) where !mutated.isEmpty {
                    let at = Int.random(in: 0..<mutated.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: mutated[at] = UInt8.random(in: .min ... .max, using: &random)
                    case 1: mutated.remove(at: at)
                    case 2: mutated.removeSubrange(at..<min(mutated.count, at + 40))
                    default: mutated.insert(contentsOf: mutated[at..<min(mutated.count, at + 60)], at: at)
                    }
                }
                check(mutated, "\(name), seed \(seed)")
            }
        }
    }

    @Test(arguments: [
        "x", "字", "a b. ", "分析。", "[", "](", "**", "<", "{", "- ", "1. ", "\n1. x", "\n\n- y\n", "\u{0}", "🔍",
        "# ", "> ", ": ", "\r", "\"",
    ])
    func `much of one thing is read in bounded time`(_ piece: String) {
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        let head = "Meridian Post\n2025-07-18 07:42\n\nHeadline\n\nText.\n\nAnalysis\n\n1. "
        let took = processorTime {
            for input in [
                text, head + text, "---\ntitle: " + text + "\n---\n" + text, "{\"text\": \"\(text)",
            ] {
                for (name, parse) in Self.parsers {
                    let parsed = parse(Array(input.utf8))
                    // Blank lines are no lines of JSON.
                    #expect(parsed.articles.count + parsed.diagnostics.count > 0 || name == "lines")
                }
            }
        }
        // Some seconds without optimisation; where time goes with the square it is many minutes.
        #expect(took < .seconds(60))
    }

    @Test func `a line of a megabyte is one paragraph`() throws {
        let words = String(repeating: "The river rises. ", count: 62_000)
        let text =
            "Meridian Post\n2025-07-18 07:42\n\nThe river rises\n\n\(words)\n\nAnalysis\n\n1. Rain - it falls."
        let parsed = PostParser(reference: reference).parse(Array(text.utf8), origin: "/archive/x.txt")
        let article = try #require(parsed.articles.first)
        #expect(parsed.articles.count == 1 && parsed.diagnostics.isEmpty)
        #expect(article.headline == "The river rises")
        #expect(article.body.map(\.utf8.count) == [words.utf8.count - 1])
        #expect(article.analyses.first?.points == [Analysis.Point(heading: "Rain", text: "it falls.")])
    }

    @Test func `front matter that nests without end is refused`() {
        for yaml in [String(repeating: "[", count: 3000), String(repeating: "- ", count: 1900) + "a"] {
            let parsed = MarkdownParser(reference: reference).parse(
                Array("---\ntitle: \(yaml)\n---\nText.".utf8), origin: "/archive/x.md")
            #expect(parsed.articles.isEmpty)
            #expect(parsed.diagnostics.first?.severity == .refused)
        }
    }
}
