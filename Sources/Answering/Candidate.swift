import Foundation
import News
import Retrieval
import Text

/// One sentence that may carry the answer, measured against the question.
struct Candidate: Sendable {
    let article: ReadArticle
    let sentence: ReadSentence
    /// The place of the article among the evidence, from 0.
    let rank: Int
    /// The weighted share of the question's concepts in the sentence itself, 0…1.
    let direct: Double
    /// The same with what the headline and the neighbouring sentences say, 0…1.
    let coverage: Double
    /// The essential concepts that neither the sentence nor what it leans on meets.
    let missing: [Concept]
    /// The weighted share of the question's concepts that is met nowhere near, 0…1; what is met in part counts in part.
    let lost: Double
    /// The same among its words, which say what about its names is asked.
    let lostWords: Double
    /// Whether something of the expected kind stands in the sentence and not in the question.
    let hasExpected: Bool
    /// The named parts of the score.
    let features: [Why.Feature]

    var score: Double { features.reduce(0) { $0 + $1.value } }
}

/// Measures the sentences of the evidence against a question.
///
/// A sentence seldom repeats all of a question: the headline names the matter, the sentence before names the person. So
/// a concept counts fully where the sentence itself has it, and in part where the headline or a neighbour has it.
struct SentenceRanking: Sendable {
    let question: Question
    let expectation: Expectation

    private static let leastCoverage = 0.45

    /// All sentences of the evidence that touch the question, best first.
    func candidates(in evidence: [Evidence]) -> [Candidate] {
        let top = max(evidence.first?.score ?? 1, 0.01)
        var all: [Candidate] = []
        for (rank, item) in evidence.enumerated() {
            all += candidates(in: item.article, rank: rank, evidence: item.score / top)
        }
        return all.sorted { ($0.score, -$0.rank) > ($1.score, -$1.rank) }
    }

    private func candidates(in article: ReadArticle, rank: Int, evidence: Double) -> [Candidate] {
        let concepts = question.read.concepts
        let total = concepts.reduce(0) { $0 + $1.weight }
        let words = concepts.filter { $0.kind == .word }.reduce(0) { $0 + $1.weight }
        let whole = concepts.map { article.whole.degree(of: $0) }
        let headline = concepts.map { article.headline.degree(of: $0) }
        let narrow = concepts.map(article.whole.narrowed)
        let degrees = article.sentences.map { sentence in
            concepts.indices.map { whole[$0] > 0 ? sentence.wording.degree(ofNarrowed: narrow[$0]) : 0 }
        }
        // What the article is about is meant by all its sentences; what it mentions in passing is not.
        let isTopical = concepts.indices.map { c in
            headline[c] > 0 || (degrees.first?[c] ?? 0) > 0
                || degrees.count { $0[c] > 0 } * 3 >= degrees.count
        }
        var result: [Candidate] = []
        for (index, sentence) in article.sentences.enumerated() {
            if let seen = question.seen, seen.contains(sentence.sentence.text) { continue }
            var direct = 0.0
            var coverage = 0.0
            var lost = 0.0
            var lostWords = 0.0
            var missing: [Concept] = []
            let neighbours = neighbours(of: index, in: article)
            for (c, concept) in concepts.enumerated() {
                let here = degrees[index][c]
                var best = max(here, headline[c] * (concept.kind == .name ? 0.9 : 0.7))
                for neighbour in neighbours {
                    best = max(best, degrees[neighbour.index][c] * neighbour.credit)
                }
                best = max(best, whole[c] * (concept.kind == .name && isTopical[c] ? 0.5 : 0.15))
                direct += concept.weight * here
                coverage += concept.weight * best
                if concept.kind != .generic {
                    let share = concept.weight * max(0, 1 - best / 0.55)
                    lost += share
                    if concept.kind == .word { lostWords += share }
                }
                if best < 0.45, concept.kind != .generic { missing.append(concept) }
            }
            let share = total > 0 ? direct / total : 0
            let covered = total > 0 ? coverage / total : 0.5
            // A reason often stands in a sentence that repeats nothing of what it explains.
            let mayExplain = question.kind == .why && covered >= 0.5
            guard total == 0 || share > 0 || question.kind == .summary || mayExplain else { continue }
            // What meets less can never answer, and telling what a sentence mentions is dear.
            let expected = covered >= Self.leastCoverage && expectation.isMet(by: sentence)
            result.append(
                Candidate(
                    article: article, sentence: sentence, rank: rank, direct: share, coverage: covered,
                    missing: missing, lost: total > 0 ? lost / total : 0,
                    lostWords: words > 0 ? lostWords / words : 0, hasExpected: expected,
                    features: features(
                        sentence, direct: share, coverage: covered, expected: expected,
                        fit: expected ? expectation.fit(of: sentence, language: article.article.language) : 0,
                        evidence: evidence, time: timeFeature(sentence, article.article))))
        }
        return result
    }

    /// The sentences that a sentence leans on, and how far: the one before it in its section, and its paragraph.
    private func neighbours(of index: Int, in article: ReadArticle) -> [(index: Int, credit: Double)] {
        let home = article.sentences[index]
        var found: [(Int, Double)] = []
        for other in max(0, index - 3)...min(article.sentences.count - 1, index + 2) where other != index {
            let neighbour = article.sentences[other]
            if neighbour.sentence.paragraph == home.sentence.paragraph {
                found.append((other, other == index - 1 ? 0.75 : 0.6))
            } else if other == index - 1, neighbour.section == home.section {
                found.append((other, 0.55))
            }
        }
        return found
    }

    private func features(
        _ sentence: ReadSentence, direct: Double, coverage: Double, expected: Bool, fit: Double,
        evidence: Double, time: Double
    ) -> [Why.Feature] {
        let length = sentence.sentence.text.count
        let isLong = length > (question.read.language.isCJK ? 160 : 420)
        var features = [
            Why.Feature(name: "coverage", value: coverage),
            Why.Feature(name: "direct", value: 0.7 * direct),
            Why.Feature(name: "evidence", value: 0.2 * evidence),
            Why.Feature(name: "position", value: 0.08 / Double(1 + sentence.sentence.position)),
        ]
        if expected, expectation.isTyped {
            features.append(Why.Feature(name: "expected", value: 0.4))
        }
        if fit > 0 { features.append(Why.Feature(name: "fit", value: 0.8 * fit)) }
        if question.kind == .how, CueWords.isManner(sentence.plain) {
            features.append(Why.Feature(name: "manner", value: 0.15))
        }
        if sentence.section.isOpinion, !question.kind.welcomesOpinion {
            features.append(Why.Feature(name: "opinion", value: -0.15))
        }
        if isLong || length < 12 { features.append(Why.Feature(name: "length", value: -0.15)) }
        if sentence.sentence.text.hasSuffix("?") || sentence.sentence.text.hasSuffix("？") {
            features.append(Why.Feature(name: "question", value: -0.3))
        }
        if time != 0 { features.append(Why.Feature(name: "time", value: time)) }
        return features
    }

    /// Whether a sentence is of the time that the question names: by its own date, or by its article's.
    private func timeFeature(_ sentence: ReadSentence, _ article: Article) -> Double {
        let windows = question.read.times.filter { $0.from != nil || $0.until != nil }
        guard !windows.isEmpty else { return 0 }
        let dates = sentence.mentions.dates
        return windows.reduce(0) { sum, window in
            if dates.contains(where: { $0.overlaps(window) }) { return sum + 0.3 }
            return sum + (article.publishedAt.map(window.holds) == true ? 0.15 : -0.2)
        }
    }
}

extension TimePhrase {
    /// Whether a moment lies in the stretch of time.
    func holds(_ date: Date) -> Bool {
        (from.map { date >= $0 } ?? true) && (until.map { date < $0 } ?? true)
    }
}

extension DateMention {
    /// Whether any day of the mention lies in a stretch of time; false without a year.
    func overlaps(_ window: TimePhrase) -> Bool {
        guard let year else { return false }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard
            let first = calendar.date(from: DateComponents(year: year, month: month ?? 1, day: day ?? 1)),
            let last = calendar.date(from: DateComponents(year: year, month: month ?? 12, day: day ?? 28))
        else { return false }
        return (window.until.map { first < $0 } ?? true) && (window.from.map { last >= $0 } ?? true)
    }
}
