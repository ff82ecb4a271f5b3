import News
import Text

extension BatchReport {
    /// The failures of one dialogue for a terminal: the whole answer beside what was expected; empty if all is well.
    public static func text(of dialogue: DialogueResult, file: String) -> String {
        dialogue.turns.filter { !$0.failures.isEmpty }.map { result in
            var lines = [
                "FAILED \(file):\(result.turn.line) (\(dialogue.name))",
                "  question: \(result.turn.question)",
            ]
            lines += result.failures.map { "  failure:  \($0)" }
            lines += result.turn.expectation.lines.map { "  expected: \($0)" }
            lines += result.answerLines.map { "  got:      \($0)" }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// The last line of a run.
    public var summary: String {
        let count =
            "\(questions) question\(questions == 1 ? "" : "s") in \(dialogues.count) "
            + "dialogue\(dialogues.count == 1 ? "" : "s")"
        return failed == 0 ? "\(count), all as expected" : "\(count), \(failed) failed"
    }

    /// The report as JUnit XML, the form that build servers read: a suite a dialogue, a case a turn.
    public func junit(name: String) -> String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"\(Self.escaped(name))\" tests=\"\(questions)\" failures=\"\(failed)\">\n"
        for dialogue in dialogues {
            let failures = dialogue.turns.count { !$0.failures.isEmpty }
            let time = Self.seconds(dialogue.turns.compactMap(\.reply?.took).reduce(.zero, +))
            xml += "  <testsuite name=\"\(Self.escaped(dialogue.name))\" tests=\"\(dialogue.turns.count)\" "
            xml += "failures=\"\(failures)\" time=\"\(time)\">\n"
            for result in dialogue.turns {
                xml += "    <testcase classname=\"\(Self.escaped(dialogue.name))\" "
                xml += "name=\"\(Self.escaped("\(result.turn.line): \(result.turn.question)"))\" "
                xml += "time=\"\(Self.seconds(result.reply?.took ?? .zero))\""
                guard !result.failures.isEmpty else {
                    xml += "/>\n"
                    continue
                }
                let detail =
                    result.turn.expectation.lines.map { "expected: \($0)" }
                    + result.answerLines.map { "got: \($0)" }
                xml +=
                    ">\n      <failure message=\"\(Self.escaped(result.failures.joined(separator: "; ")))\">"
                xml += Self.escaped(detail.joined(separator: "\n")) + "</failure>\n    </testcase>\n"
            }
            xml += "  </testsuite>\n"
        }
        return xml + "</testsuites>\n"
    }

    /// Text as it may stand in XML 1.0, in an element or a quoted attribute.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            // Controls and non-characters cannot stand in XML, not even escaped.
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func seconds(_ duration: Duration) -> String {
        let microseconds = Int((duration / .microseconds(1)).rounded())
        let part = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - part.count) + part
    }
}

extension BatchReport.TurnResult {
    fileprivate var answerLines: [String] {
        guard let reply else { return ["nothing"] }
        let answer = reply.answer
        var lines = answer.text.split(whereSeparator: \.isNewline).map(String.init)
        lines += answer.citations.map { citation in
            "[\(citation.number)] \(citation.headline) (\(citation.source), \(citation.url ?? citation.articleID))"
        }
        lines.append(
            "status \(answer.status.rawValue), engine \(answer.engine), language \(answer.language.rawValue)")
        return lines
    }
}

extension AnswerExpectation {
    /// What is expected, a line each.
    var lines: [String] {
        func list(_ values: [String]) -> String { values.map { "“\($0)”" }.joined(separator: ", ") }
        var lines: [String] = []
        if !contains.isEmpty { lines.append("contains \(list(contains))") }
        if !containsAny.isEmpty { lines.append("contains any of \(list(containsAny))") }
        if !notContains.isEmpty { lines.append("does not contain \(list(notContains))") }
        if !cites.isEmpty { lines.append("cites \(list(cites))") }
        if let status { lines.append("status \(status.rawValue)") }
        if let engine { lines.append("engine \(engine)") }
        if let language { lines.append("language \(language.rawValue)") }
        if let maxMilliseconds { lines.append("at most \(maxMilliseconds) ms") }
        return lines
    }
}
