import Answering
import Foundation
import FoundationXML
import News
import Synchronization
import Testing
import Text

@testable import Evaluation

/// Answers with the question and its conversation, and fails for "boom".
private final class Echo: AnswerSource {
    struct Boom: Error {}
    let asked = Mutex<[(conversation: String, question: String)]>([])
    private let running = Mutex((now: 0, most: 0))
    var mostAtOnce: Int { running.withLock { $0.most } }

    func answer(_ inquiry: Inquiry) async throws -> BatchReply {
        running.withLock { running in
            running.now += 1
            running.most = max(running.most, running.now)
        }
        defer { running.withLock { $0.now -= 1 } }
        await Task.yield()
        asked.withLock { $0.append((inquiry.conversation ?? "", inquiry.question)) }
        if inquiry.question == "boom" { throw Boom() }
        return BatchReply(
            answer: Answer(
                text: "echo \(inquiry.question) <&>\"\u{1}", status: .answered, engine: .template,
                language: .english), took: .milliseconds(2))
    }
}

@Suite struct BatchRunnerTests {
    private func dialogue(_ name: String, _ questions: [String], contains: String = "echo") -> Dialogue {
        var expectation = AnswerExpectation()
        expectation.contains = [contains]
        return Dialogue(
            name: name,
            turns: questions.map { Dialogue.Turn(question: $0, expectation: expectation, line: 7) })
    }

    @Test func `turns of a dialogue run in order in a conversation of their own`() async {
        let echo = Echo()
        let dialogues = (1...6).map { dialogue("d\($0)", ["\($0)a", "\($0)b", "\($0)c"]) }
        let report = await BatchRunner(source: echo, jobs: 3, run: "r").report(on: dialogues)
        #expect(report.questions == 18)
        #expect(report.failed == 0)
        #expect(report.dialogues.map(\.name) == dialogues.map(\.name))
        let asked = Dictionary(grouping: echo.asked.withLock { $0 }, by: \.conversation)
        #expect(asked.count == 6)
        for turns in asked.values {
            #expect(turns.map(\.question.last) == ["a", "b", "c"])
            #expect(Set(turns.map(\.question.first)).count == 1)
        }
        #expect(echo.mostAtOnce <= 3)
    }

    @Test func `what fails is reported with the whole answer`() async throws {
        let report = await BatchRunner(source: Echo(), jobs: 1, run: "r")
            .report(on: [
                dialogue("good", ["a"]), dialogue("bad & worse", ["b", "boom"], contains: "missing"),
            ])
        #expect(report.failed == 2)
        #expect(BatchReport.text(of: report.dialogues[0], file: "f.yaml").isEmpty)
        let text = BatchReport.text(of: report.dialogues[1], file: "f.yaml")
        for words in [
            "f.yaml:7", "question: b", "does not contain “missing”", "got:      echo b", "no answer",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(report.summary == "3 questions in 2 dialogues, 2 failed")
    }

    @Test func `the JUnit report is well-formed and counts`() async throws {
        let report = await BatchRunner(source: Echo(), jobs: 1, run: "r")
            .report(on: [dialogue("good", ["a"]), dialogue("bad & <worse> \"x\"", ["b"], contains: "]]>")])
        let reader = JUnitReader()
        let parser = XMLParser(data: Data(report.junit(name: "f.yaml").utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.attributes["testsuites"]?["tests"] == "2")
        #expect(reader.attributes["testsuites"]?["failures"] == "1")
        #expect(reader.attributes["testcase"]?["classname"] == "bad & <worse> \"x\"")
        #expect(reader.attributes["failure"]?["message"] == "does not contain “]]>”")
    }
}

private final class JUnitReader: NSObject, XMLParserDelegate {
    var attributes: [String: [String: String]] = [:]
    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) { self.attributes[name] = attributes }
}
