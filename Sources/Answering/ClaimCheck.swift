import News
import Retrieval
import Text

/// Tells whether the article says what a sentence claims: every figure, date, name and quotation of the sentence must
/// stand in the words that it cites.
///
/// The same check serves extracted and written answers. It knows nothing of meaning; it is strict where news goes wrong:
/// amounts are compared by value ("5 million" is "5,000,000"), dates by day, month and year and never finer than the
/// source, names as whole words, and a denial must stay a denial.
struct ClaimCheck: Sendable {
    /// What was found to be unsupported.
    enum Violation: Sendable, Hashable, CustomStringConvertible {
        case noCitation
        case unknownCitation(Int)
        case number(String)
        case date(String)
        case name(String)
        case quotation(String)
        case negation
        case coverage(Double)

        var description: String {
            switch self {
            case .noCitation: "a sentence without a source"
            case .unknownCitation(let number): "a source [\(number)] that was not given"
            case .number(let text): "the figure \(text) is not in the source"
            case .date(let text): "the date \(text) is not in the source"
            case .name(let text): "the name \(text) is not in the source"
            case .quotation(let text): "the quotation “\(text)” is not in the source"
            case .negation: "a denial that is not in the source, or one that was lost"
            case .coverage(let share): "only \(Int(share * 100)) % of its words are in the source"
            }
        }
    }

    private static let leastCoverage = 0.5

    /// What in a sentence its source does not say; nil when all of it is said.
    ///
    /// - Parameters:
    ///   - sentence: the claim, without citation markers.
    ///   - source: the cited words, with their headline.
    ///   - article: gives the language and the date from which the source's own dates are read.
    /// - Returns: the first thing that the source does not say, or nil.
    static func violation(in sentence: String, source: String, article: Article) -> Violation? {
        let language = LanguageDetector.detect(sentence)
        let said = Quantity.all(in: source, language: article.language)
        // As a token's range: in UTF-8 code units.
        var checked: [Range<Int>] = []
        func note(_ range: Range<String.Index>) {
            let start = sentence.utf8.distance(from: sentence.startIndex, to: range.lowerBound)
            checked.append(start..<(start + sentence[range].utf8.count))
        }
        for quantity in Quantity.all(in: sentence, language: language) {
            guard said.contains(where: { $0.value == quantity.value && compatible($0.kind, quantity.kind) })
            else { return .number(quantity.text) }
            note(quantity.range)
        }
        var dates = DateMention.all(in: source, language: article.language)
            .map { $0.resolved(against: article.publishedAt) }
        dates +=
            article.publishedAt.map { published in
                DateMention.all(in: DateText.day(published, language: .english), language: .english)
            } ?? []
        for date in DateMention.all(in: sentence, language: language) {
            let claimed = date.resolved(against: article.publishedAt)
            guard dates.contains(where: { $0.covers(claimed) }) else { return .date(date.text) }
            note(date.range)
        }
        let folded = " " + words(source) + " "
        for name in Names.all(in: sentence, language: language) {
            let parts = words(name).split(separator: " ")
            guard parts.allSatisfy({ folded.contains($0) }) else { return .name(name) }
        }
        for quotation in quotations(in: sentence) where !folded.contains(words(quotation)) {
            return .quotation(quotation)
        }
        if CueWords.negations(in: PlainText(sentence)) > 0, CueWords.negations(in: PlainText(source)) == 0 {
            return .negation
        }
        // Words cannot be compared across languages; figures, dates and names above can.
        guard article.language == language || (article.language.isChinese && language.isChinese) else {
            return nil
        }
        let analyzer = TextAnalyzer(article.language)
        let terms = analyzer.tokens(in: sentence).filter { token in
            token.kind != .ideograph && !StopWords.contains(Folding.fold(token.term), in: language)
        }
        guard !terms.isEmpty else { return nil }
        let wording = Set(analyzer.terms(in: source))
        // Figures and dates are the same in other words too.
        let met = terms.count { token in
            wording.contains(token.term) || checked.contains { $0.contains(token.range.lowerBound) }
        }
        let covered = Double(met) / Double(terms.count)
        return covered < leastCoverage ? .coverage(covered) : nil
    }

    private static func compatible(_ first: Quantity.Kind, _ second: Quantity.Kind) -> Bool {
        first == second || first == .plain || second == .plain
            || (first == .count && second != .money && second != .percentage)
            || (second == .count && first != .money && first != .percentage)
    }

    private static func words(_ text: String) -> String {
        Folding.fold(text).split(whereSeparator: { !$0.isLetter && !$0.isNumber }).joined(separator: " ")
    }

    private static func quotations(in text: String) -> [String] {
        let pairs: [(Character, Character)] = [("“", "”"), ("「", "」"), ("\"", "\"")]
        var found: [String] = []
        for (open, close) in pairs {
            var rest = text[...]
            while let start = rest.firstIndex(of: open) {
                let inside = rest[rest.index(after: start)...]
                guard let end = inside.firstIndex(of: close) else { break }
                if inside[..<end].count > 2 { found.append(String(inside[..<end])) }
                rest = inside[inside.index(after: end)...]
            }
        }
        return found
    }
}
