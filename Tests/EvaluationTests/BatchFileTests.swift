import Foundation
import News
import Testing
import Text

@testable import Evaluation

@Suite struct BatchFileTests {
    @Test func `YAML gives dialogues with all expectations and lines`() throws {
        let text = """
            # a comment
            dialogues:
              - name: first
                turns:
                  - question: "When?"
                    expect:
                      contains: [one, "two words"]
                      contains_any: three
                      not_contains: [four]
                      cites: ["2025-07-18"]
                      status: answered
                      engine: template
                      language: zh-Hant
                      max_ms: 12.5
                  - question: And then?
            """
        let dialogues = try BatchFile.parse(text, name: "a.yaml")
        #expect(dialogues.count == 1)
        let turns = try #require(dialogues.first).turns
        #expect(turns.map(\.question) == ["When?", "And then?"])
        #expect(turns.map(\.line) == [5, 15])
        let expectation = turns[0].expectation
        #expect(expectation.contains == ["one", "two words"])
        #expect(expectation.containsAny == ["three"])
        #expect(expectation.notContains == ["four"])
        #expect(expectation.cites == ["2025-07-18"])
        #expect(expectation.status == .answered)
        #expect(expectation.engine == "template")
        #expect(expectation.language == .traditionalChinese)
        #expect(expectation.maxMilliseconds == 12.5)
        #expect(turns[1].expectation == AnswerExpectation())
    }

    @Test func `JSON Lines gives turns and dialogues`() throws {
        let text = """
            {"question": "Who?", "expect": {"status": "not_found"}}

            {"name": "pair", "turns": [{"question": "What?"}, {"question": "Why?"}]}
            """
        let dialogues = try BatchFile.parse(text, name: "a.jsonl")
        #expect(dialogues.map(\.name) == ["line 1", "pair"])
        #expect(dialogues[0].turns[0].expectation.status == .notFound)
        #expect(dialogues[1].turns.map(\.line) == [3, 3])
    }

    @Test(arguments: [
        ("dialogues:\n  - turns:\n      - question: a\n        expekt: {}", 4, "did you mean “expect”"),
        (
            "dialogues:\n  - turns:\n      - question: a\n        expect: {contain: [b]}", 4,
            "did you mean “contains”"
        ),
        (
            "dialogues:\n  - turns:\n      - question: a\n        expect: {status: maybe}", 4,
            "answered or not_found"
        ),
        ("dialogues:\n  - turns:\n      - question: a\n        expect: {language: klingon}", 4, "not known"),
        ("dialogues:\n  - turns:\n      - question: a\n        expect: {engine: magic}", 4, "not known"),
        ("dialogues:\n  - turns:\n      - question: a\n        expect: {max_ms: fast}", 4, "number"),
        ("dialogues:\n  - turns:\n      - question: a\n        expect: {contains: []}", 4, "check nothing"),
        ("dialogues:\n  - turns:\n      - expect: {}", 3, "no “question”"),
        ("dialogues:\n  - name: x", 2, "no “turns”"),
        ("dialogues: []", 1, "empty"),
        ("questions: []", 1, "dialogues"),
        ("dialogues:\n  - name: [", 3, "cannot be read"),
        ("", 1, "empty"),
        (
            "dialogues:\n- {name: a, turns: [{question: q}]}\n- {name: a, turns: [{question: r}]}", 3,
            "two dialogues"
        ),
    ])
    func `a bad file is refused with its line`(text: String, line: Int, words: String) {
        let error = #expect(throws: BatchError.self) { try BatchFile.parse(text, name: "bad.yaml") }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `a bad line of JSON Lines is named`() {
        let error = #expect(throws: BatchError.self) {
            try BatchFile.parse("{\"question\": \"a\"}\n{\"question\": }", name: "bad.jsonl")
        }
        #expect(error?.line == 2)
    }

    @Test func `what readers judged becomes a batch that can be read`() throws {
        func turn(_ question: String, _ answer: String, _ articles: [String] = []) -> Turn {
            Turn(
                question: question, standalone: question, answer: answer, articles: articles,
                askedAt: Date(timeIntervalSince1970: 1))
        }
        let text = try BatchFile.text(of: [
            RatedTurn(
                feedback: Feedback(.good),
                turns: [turn("Who: \"Ann\"?", "Ann."), turn("何時？", "On: 5 May [1]", ["a: b", "#c"])]),
            RatedTurn(
                feedback: Feedback(.bad, remark: "wrong\nyear"),
                turns: [turn("When?", "In 2024 [1].\n\nSince", ["a"])]),
            RatedTurn(feedback: Feedback(.good), turns: [turn("- true", "That is not there.")]),
        ])
        let dialogues = try BatchFile.parse(text, name: "feedback.yaml")
        #expect(
            dialogues.map { $0.turns.map(\.question) } == [["Who: \"Ann\"?", "何時？"], ["When?"], ["- true"]])
        #expect(dialogues[0].turns[1].expectation.cites == ["a: b", "#c"])
        #expect(dialogues[0].turns[0].expectation == AnswerExpectation())
        #expect(dialogues[1].turns[0].expectation.notContains == ["In 2024 [1]."])
        #expect(dialogues[2].turns[0].expectation.status == .notFound)
        #expect(text.contains("wrong") && text.contains("何時"))
        #expect(try BatchFile.text(of: []).isEmpty)
    }
}

@Suite struct ExpectationTests {
    private func reply(_ text: String) -> BatchReply {
        let citation = Citation(
            number: 1, articleID: "wire-20250718", headline: "A headline", source: "Wire",
            url: "https://example.org/2025-07-18-x", publishedAt: nil, quote: "q")
        return BatchReply(
            answer: Answer(
                text: text, status: .answered, engine: .model(provider: "acme"), language: .english,
                citations: [citation]), took: .milliseconds(20))
    }

    private func failures(_ text: String, _ change: (inout AnswerExpectation) -> Void) -> Int {
        var expectation = AnswerExpectation()
        change(&expectation)
        return expectation.failures(of: reply(text)).count
    }

    @Test func `words are compared folded`() {
        #expect(failures("The  Café\nopened in 臺灣") { $0.contains = ["cafe opened", "台湾"] } == 0)
        #expect(failures("abc") { $0.contains = ["abd", "abc", "x"] } == 2)
        #expect(failures("abc") { $0.containsAny = ["x", "B"] } == 0)
        #expect(failures("abc") { $0.containsAny = ["x", "y"] } == 1)
        #expect(failures("abc") { $0.notContains = ["B", "z"] } == 1)
    }

    @Test func `the rest of an answer is compared too`() {
        #expect(failures("a") { $0.cites = ["2025-07-18", "wire-2025", "headline", "WIRE"] } == 0)
        #expect(failures("a") { $0.cites = ["2024"] } == 1)
        #expect(failures("a") { $0.status = .notFound } == 1)
        #expect(failures("a") { $0.engine = "template" } == 1)
        #expect(failures("a") { $0.engine = "llm" } == 0)
        #expect(failures("a") { $0.engine = "llm:acme" } == 0)
        #expect(failures("a") { $0.language = .japanese } == 1)
        #expect(failures("a") { $0.maxMilliseconds = 19 } == 1)
        #expect(failures("a") { $0.maxMilliseconds = 20 } == 0)
    }
}
