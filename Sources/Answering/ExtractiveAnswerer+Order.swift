import Foundation
import News
import Retrieval
import Text

extension ExtractiveAnswerer {
    /// The dates of both alternatives, the one asked for first.
    func order() -> (Extract, [String]) {
        guard let alternatives = Alternatives(question.standalone) else { return exact() }
        let dated = [alternatives.first, alternatives.second].compactMap(date(of:))
        guard dated.count == 2, dated[0].date != dated[1].date else {
            return (refusal(), ["The articles do not date both"])
        }
        let isInOrder = (dated[0].date < dated[1].date) != alternatives.wantsLater
        let ordered = isInOrder ? dated : dated.reversed()
        let lead =
            "\(ordered[0].name): \(DateText.text(ordered[0].mention, language: question.read.language))"
        return (
            Extract(
                form: .when, findings: ordered.map(\.finding), lead: lead,
                confidence: ordered.map(\.confidence).min() ?? 0),
            ["Both are dated: \(dated.map { "\($0.name) \($0.mention.text)" }.joined(separator: ", "))"]
        )
    }

    fileprivate typealias Dated = (
        name: String, mention: DateMention, date: DateKey, finding: Finding, confidence: Double
    )

    /// The date of the best sentence about one alternative.
    private func date(of name: String) -> Dated? {
        let folded = Folding.fold(name)
        var part = question.read
        part.concepts = part.concepts.filter { folded.contains(Folding.fold($0.word)) }
        guard !part.concepts.isEmpty else { return nil }
        let answerer = ExtractiveAnswerer(
            Question(name, kind: .when, read: part),
            findings: Findings(evidence: evidence, confidence: sureness))
        for candidate in answerer.candidates.prefix(20)
        where candidate.hasExpected && answerer.objection(to: candidate) == nil {
            guard let mention = answerer.bestDate(in: candidate), let year = mention.year else { continue }
            let date = DateKey(year: year, month: mention.month ?? 0, day: mention.day ?? 0)
            return (name, mention, date, Finding(candidate), answerer.confidence(candidate))
        }
        return nil
    }
}

/// A date that can be compared as finely as it is known.
private struct DateKey: Comparable {
    var year: Int
    var month: Int
    var day: Int

    static func < (first: DateKey, second: DateKey) -> Bool {
        (first.year, first.month, first.day) < (second.year, second.month, second.day)
    }
}
