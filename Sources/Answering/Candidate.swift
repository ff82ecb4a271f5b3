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
    /// The question's concepts.
    fileprivate let concepts: [Concept]
    /// The numbers of the essential ones that neither the sentence nor what it leans on meets.
    fileprivate let unmet: [Int]
    /// The weighted share of the question's concepts that is met nowhere near, 0…1; what is met in part counts in part.
    let lost: Double
    /// The same among its words, which say what about its names is asked.
    let lostWords: Double
    /// Whether something of the expected kind stands in the sentence and not in the question.
    let hasExpected: Bool
    /// What it was measured to be, in the order of ``AnswerWeights/Sentence``.
    let values: [Double]
    /// How much it promises: larger is better; comparable only within one question.
    let score: Double

    /// The essential concepts that neither the sentence nor what it leans on meets.
    var missing: [Concept] { unmet.map { concepts[$0] } }

    /// Those of them that are names or numbers.
    var missingNames: [Concept] {
        unmet.filter { concepts[$0].kind == .name || concepts[$0].kind == .number }.map { concepts[$0] }
    }

    /// What a feature of it was measured to be.
    func value(_ feature: AnswerWeights.Sentence) -> Double { values[feature.place] }

    /// How likely it is that it answers the question, 0…1.
    ///
    /// - Parameter next: the score of the best sentence besides it; nil where there is none.
    /// - Returns: a chance that was calibrated on questions half of which had no answer.
    func likelihood(beside next: Double?) -> Double {
        let sum = AnswerWeights.Likelihood.allCases.reduce(AnswerWeights.Likelihood.bias) { sum, feature in
            let value =
                switch feature {
                case .words: value(.words)
                case .direct: direct
                case .passage: value(.passage)
                // Alone it leads by as much as is usual.
                case .margin: next.map { score - $0 } ?? 1
                case .opposite: value(.opposite)
                case .affirmed: value(.affirmed)
                }
            return sum + value * feature.weight
        }
        return 1 / (1 + exp(-sum))
    }
}

extension Why.Candidate {
    init(_ candidate: Candidate) {
        article = candidate.article.article.id
        sentence = candidate.sentence.sentence.text
        score = candidate.score
        values = candidate.values
    }
}

/// Measures the sentences of the evidence against a question.
///
/// A sentence seldom repeats all of a question: the headline names the matter, the sentence before names the person. So
/// a concept counts fully where the sentence itself has it, and in part where the headline or a neighbour has it.
struct SentenceRanking: Sendable {
    let question: Question
    let expectation: Expectation
    let contradiction: Contradiction
    /// The names of the question, folded, in UTF-8.
    private let names: [[UInt8]]
    /// The stretches of time that the question names.
    private let windows: [TimePhrase]
    /// What each concept of the question weighs, and of what sort it is.
    private let weighed: [(weight: Double, kind: Concept.Kind)]
    /// What all of them weigh together, and those that are words.
    private let (total, words): (Double, Double)

    init(question: Question, expectation: Expectation) {
        self.question = question
        self.expectation = expectation
        contradiction = Contradiction(question.standalone, language: question.read.language)
        names = question.read.names.map { Folding.folded($0.word) }
        windows = question.read.times.filter { $0.from != nil || $0.until != nil }
        weighed = question.read.concepts.map { ($0.weight, $0.kind) }
        total = weighed.reduce(0) { $0 + $1.weight }
        words = weighed.reduce(0) { $1.kind == .word ? $0 + $1.weight : $0 }
    }

    private static let leastCoverage = 0.45

    /// All sentences of the evidence that touch the question, best first.
    func candidates(in evidence: [Evidence]) -> [Candidate] {
        let top = max(evidence.first?.score ?? 1, 0.01)
        let topPassage = max(evidence.flatMap(\.passages).map(\.score).max() ?? 1, 0.01)
        let overlap = WordOverlap(question.standalone, among: evidence.map(\.article))
        var all: [Candidate] = []
        for (rank, item) in evidence.enumerated() {
            all += candidates(in: item, rank: rank, top: top, topPassage: topPassage, overlap: overlap)
        }
        return all.sorted { ($0.score, -$0.rank) > ($1.score, -$1.rank) }
    }

    private func candidates(
        in evidence: Evidence, rank: Int, top: Double, topPassage: Double, overlap: WordOverlap
    ) -> [Candidate] {
        let article = evidence.article
        let concepts = question.read.concepts
        let (text, title) = (article.whole, article.headline)
        let narrow = concepts.map(text.narrowed)
        let whole = narrow.map { text.degree(of: $0) }
        let headline = narrow.map { title.degree(of: $0) }
        let degrees = SentenceDegrees(of: narrow, in: article)
        // What the article is about is meant by all its sentences; what it mentions in passing is not.
        let isTopical = concepts.indices.map { headline[$0] > 0 || degrees.areTopical($0) }
        var result: [Candidate] = []
        var neighbours: [(index: Int, credit: Double)] = []
        var unmet: [Int] = []
        for (index, sentence) in article.sentences.enumerated() {
            // Such a sentence is left out below, whatever stands around it.
            if total > 0, degrees.areNone(at: index), question.kind != .summary, question.kind != .why {
                continue
            }
            if let seen = question.seen, seen.contains(sentence.sentence.text) { continue }
            var direct = 0.0
            var coverage = 0.0
            var lost = 0.0
            var lostWords = 0.0
            unmet.removeAll(keepingCapacity: true)
            findNeighbours(of: index, in: article, &neighbours)
            for (c, (weight, kind)) in weighed.enumerated() {
                let here = degrees[index, c]
                var best = max(here, headline[c] * (kind == .name ? 0.9 : 0.7))
                for neighbour in neighbours {
                    best = max(best, degrees[neighbour.index, c] * neighbour.credit)
                }
                best = max(best, whole[c] * (kind == .name && isTopical[c] ? 0.5 : 0.15))
                direct += weight * here
                coverage += weight * best
                if kind != .generic {
                    let share = weight * max(0, 1 - best / 0.55)
                    lost += share
                    if kind == .word { lostWords += share }
                }
                if best < 0.45, kind != .generic { unmet.append(c) }
            }
            let share = total > 0 ? direct / total : 0
            let covered = total > 0 ? coverage / total : 0.5
            // A reason often stands in a sentence that repeats nothing of what it explains.
            let mayExplain = question.kind == .why && covered >= 0.5
            guard total == 0 || share > 0 || question.kind == .summary || mayExplain else { continue }
            // What meets less can never answer, and telling what a sentence mentions is dear.
            let expected = covered >= Self.leastCoverage && expectation.isMet(by: sentence)
            let measure = Measure(
                sentence: sentence, rank: rank, coverage: covered,
                words: overlap.share(ofSentence: index, inArticle: rank), expected: expected,
                fit: expected ? expectation.fit(of: sentence, language: article.language) : 0,
                evidence: evidence.score / top,
                passage: evidence.passages.first { $0.ordinal == sentence.passage }.map {
                    $0.score / topPassage
                } ?? 0,
                time: timeFeature(sentence, article))
            let values = AnswerWeights.Sentence.all.map { value(of: $0, measure) }
            result.append(
                Candidate(
                    article: article, sentence: sentence, rank: rank, direct: share, coverage: covered,
                    concepts: concepts, unmet: Array(unmet[...]), lost: total > 0 ? lost / total : 0,
                    lostWords: words > 0 ? lostWords / words : 0, hasExpected: expected, values: values,
                    score: zip(AnswerWeights.Sentence.weights, values).reduce(0) { $0 + $1.1 * $1.0 }))
        }
        return result
    }

    /// The sentences that a sentence leans on, and how far: the one before it in its section, and its paragraph.
    private func findNeighbours(
        of index: Int, in article: ReadArticle, _ found: inout [(index: Int, credit: Double)]
    ) {
        found.removeAll(keepingCapacity: true)
        let home = article.sentences[index]
        for other in max(0, index - 3)...min(article.sentences.count - 1, index + 2) where other != index {
            let neighbour = article.sentences[other]
            if neighbour.paragraph == home.paragraph {
                found.append((other, other == index - 1 ? 0.75 : 0.6))
            } else if other == index - 1, neighbour.section == home.section {
                found.append((other, 0.55))
            }
        }
    }

    private func value(
        of feature: AnswerWeights.Sentence, _ measure: Measure
    ) -> Double {
        let sentence = measure.sentence
        func one(_ condition: Bool) -> Double { condition ? 1 : 0 }
        return switch feature {
        case .coverage: measure.coverage
        case .words: measure.words
        case .evidence: measure.evidence
        case .rank: 1 / Double(1 + measure.rank)
        case .passage: measure.passage
        case .position: 1 / Double(1 + sentence.sentence.position)
        case .subject: one(opensWithName(sentence.sentence.text))
        case .expected: one(measure.expected && expectation.isTyped)
        case .fit: measure.fit
        case .manner: one(question.kind == .how && CueWords.isManner(sentence.plain))
        case .definition: one(question.kind == .define && defines(sentence))
        // The unit in which it was learnt.
        case .size: log(Double(1 + sentence.length)) / 6
        case .time: measure.time
        case .opinion: one(sentence.section.isOpinion && !question.kind.welcomesOpinion)
        case .question: one(asks(sentence.sentence.text))
        case .opposite: one(contradiction.isOpposite(sentence))
        case .affirmed: one(contradiction.isAffirmed(sentence))
        }
    }

    /// Whether a text ends in a question mark.
    private func asks(_ text: String) -> Bool {
        guard let last = text.utf8.last else { return false }
        // The last byte of ？.
        return last == UInt8(ascii: "?") || last == 0x9F && text.hasSuffix("？")
    }

    /// Whether a sentence says of what the question names that it is something: "GPT-5 is a model …", 比特幣是一種….
    private func defines(_ sentence: ReadSentence) -> Bool {
        let text = Folding.folded(sentence.sentence.text)
        guard
            let copula = Self.copulas.compactMap({ text.firstRange(of: $0[...]) })
                .min(by: { $0.lowerBound < $1.lowerBound })
        else { return false }
        let subject = Array(text[..<copula.lowerBound])
        let named = question.essential.filter { subject.holds(Folding.folded($0.word)[...]) }
        let total = question.essential.reduce(0) { $0 + $1.weight }
        let words = Set(named.flatMap { QuestionAnalysis.words(of: Folding.fold($0.word)) })
        let others = QuestionAnalysis.words(of: String(decoding: subject, as: UTF8.self)).filter {
            !words.contains($0) && !["the", "a", "an"].contains($0)
        }
        // "The purchase of Wiz is …" says nothing of what Wiz is.
        return others.count <= 1 && others.reduce(0) { $0 + $1.count } <= 12
            && total > 0 && named.reduce(0) { $0 + $1.weight } >= 0.9 * total
            && !Self.turns.contains { text[copula.upperBound...].starts(with: $0) }
    }

    private static let copulas = [" is a", " is an", " is the ", " are ", "是"].map { Array($0.utf8) }
    /// What makes 是 another word.
    private static let turns = ["否", "由", "因", "在", "不"].map { Array($0.utf8) }

    private func opensWithName(_ text: String) -> Bool {
        guard mayOpenWithName(text) else { return false }
        let opening = Folding.folded(String(text.unicodeScalars.prefix(Self.openingLength)))
        let start = Self.determiners.first { opening.starts(with: $0) }?.count ?? 0
        return names.contains { opening.dropFirst(start).starts(with: $0) }
    }

    /// Whether the first letter of a text does not rule it out that it opens with a name or a determiner.
    private func mayOpenWithName(_ text: String) -> Bool {
        guard !names.isEmpty, let first = text.utf8.first else { return false }
        guard first < 0x80 else { return true }
        let letter = first &- 0x41 < 26 ? first | 0x20 : first
        return Self.determiners.contains { $0.first == letter } || names.contains { $0.first == letter }
    }

    /// In characters; no name is so long.
    private static let openingLength = 40

    private static let determiners = ["the ", "a ", "an "].map { Array($0.utf8) }

    /// What a sentence was found to be.
    private struct Measure {
        let sentence: ReadSentence
        var rank: Int
        var coverage: Double
        var words: Double
        var expected: Bool
        var fit: Double
        var evidence: Double
        var passage: Double
        var time: Double
    }

    /// Whether a sentence is of the time that the question names: by its own date, or by its article's.
    private func timeFeature(_ sentence: ReadSentence, _ article: ReadArticle) -> Double {
        guard !windows.isEmpty else { return 0 }
        let dates = sentence.mentions.dates
        return windows.reduce(0) { sum, window in
            if dates.contains(where: { $0.overlaps(window) }) { return sum + 0.3 }
            return sum + (article.publishedAt.map(window.holds) == true ? 0.15 : -0.2)
        }
    }
}

/// How fully each sentence of an article meets each concept of a question.
private struct SentenceDegrees {
    private let width: Int
    private let count: Int
    /// Those of the first sentence, of the second, and so on.
    private var values: [Double] = []

    init(of concepts: [NarrowConcept], in article: ReadArticle) {
        (width, count) = (concepts.count, article.sentences.count)
        values.reserveCapacity(width * count)
        for sentence in article.sentences { sentence.appendDegrees(of: concepts, to: &values) }
    }

    subscript(sentence: Int, concept: Int) -> Double { values[sentence * width + concept] }

    /// Whether a sentence meets no concept at all.
    func areNone(at sentence: Int) -> Bool {
        values[(sentence * width)..<((sentence + 1) * width)].allSatisfy { $0 == 0 }
    }

    /// Whether the first sentence meets a concept, or a third of all.
    func areTopical(_ concept: Int) -> Bool {
        if count > 0, self[0, concept] > 0 { return true }
        return (0..<count).count { self[$0, concept] > 0 } * 3 >= count
    }
}

extension TimePhrase {
    /// Whether a moment lies in the stretch of time.
    func holds(_ date: Date) -> Bool {
        (from.map { date >= $0 } ?? true) && (until.map { date < $0 } ?? true)
    }
}

extension DateMention {
    /// Whether it can tell of a stretch of time: "in November" does not tell of yesterday, nor "in 2025" of March.
    func isAsFine(as window: TimePhrase) -> Bool {
        guard let from = window.from, let until = window.until else { return true }
        let days = until.timeIntervalSince(from) / 86_400
        return days < 28 ? day != nil : days < 300 ? month != nil : true
    }

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
