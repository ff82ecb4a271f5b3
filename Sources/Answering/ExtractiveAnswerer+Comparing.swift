import News
import Retrieval
import Text

extension ExtractiveAnswerer {
    /// What the articles say of each of two things; which is more, only where both give one figure of the same kind.
    func compare() -> (Extract, [String]) {
        guard let comparison = Comparison(question.standalone) else { return exact() }
        let folded = comparison.sides.map { Folding.fold($0) }
        func isOf(_ side: Int, _ concept: Concept) -> Bool {
            folded[side].contains(Folding.fold(concept.word))
        }
        // What belongs to neither side, such as "the price of", is asked of both.
        let common = question.read.concepts.filter {
            !isOf(0, $0) && !isOf(1, $0) && !Comparison.asks(Folding.fold($0.word))
        }
        var told: [String] = []
        let found = comparison.sides.indices.map { side -> Candidate? in
            var read = question.read
            read.concepts = question.read.concepts.filter { isOf(side, $0) && !(isOf(1 - side, $0)) } + common
            read.text = comparison.sides[side]
            guard read.concepts.contains(where: { $0.kind != .generic }) else { return nil }
            let kind: QuestionKind = comparison.wanted == nil ? .fact : .howMuch
            let answerer = ExtractiveAnswerer(
                Question(comparison.sides[side], kind: kind, read: read),
                findings: Findings(evidence: evidence, confidence: sureness))
            let fitting = answerer.candidates.prefix(20).filter {
                answerer.objection(to: $0) == nil && (comparison.wanted == nil || $0.hasExpected)
            }
            // What has been said of the one is not said again of the other where there is more to say.
            let fresh = fitting.filter { !told.contains($0.sentence.sentence.text) }
            // What names both, such as that one takes the place of the other, tells less of either.
            let alone =
                comparison.wanted == nil
                ? fresh.first { !Folding.fold($0.sentence.sentence.text).contains(folded[1 - side]) } : nil
            let best = alone ?? fresh.first ?? fitting.first
            if let best { told.append(best.sentence.sentence.text) }
            return best
        }
        guard let first = found.compactMap(\.self).first else {
            return (refusal(), ["Nothing is said of either side"])
        }
        var findings: [Finding] = []
        for (side, candidate) in zip(comparison.sides, found) {
            guard let candidate else { continue }
            var finding = Finding(candidate, text: selfContained(candidate))
            finding.heading = side
            findings.append(finding)
        }
        var extract = Extract(form: .compare, findings: findings, confidence: confidence(first) * 0.8)
        if findings.count == 1 {
            extract.lacking = zip(comparison.sides, found).first { $0.1 == nil }?.0
            extract.confidence *= 0.5
        } else if let wanted = comparison.wanted {
            extract.lead = winner(wanted, of: comparison.sides, found.compactMap(\.self))
        }
        return (extract, ["\(findings.count) of the two sides are told of"])
    }

    /// The side with more or less, where each sentence has one figure of a kind that counts the same.
    private func winner(_ wanted: Comparison.Wanted, of sides: [String], _ found: [Candidate]) -> String? {
        guard found.count == 2 else { return nil }
        let kinds: [Quantity.Kind] = [.money, .percentage, .duration, .count]
        for kind in kinds {
            let figures = found.map { $0.sentence.mentions.quantities.filter { $0.kind == kind } }
            guard figures.contains(where: { !$0.isEmpty }) else { continue }
            guard figures.allSatisfy({ $0.count == 1 }), figures[0][0].unit == figures[1][0].unit,
                figures[0][0].value != figures[1][0].value
            else { return nil }
            let isFirst = (figures[0][0].value > figures[1][0].value) == (wanted == .more)
            return sides[isFirst ? 0 : 1]
        }
        return nil
    }
}
