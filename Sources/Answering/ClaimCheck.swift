import Foundation
import News
import Retrieval
import Text

/// Tells whether the article says what a sentence claims: every figure, date, name and quotation of the sentence must
/// stand in the words that it cites.
///
/// The same check serves extracted and written answers. It knows nothing of meaning; it is strict where news goes wrong:
/// amounts are compared by value ("5 million" is "5,000,000"), dates by day, month and year and never finer than the
/// source, names as whole words, a denial must stay a denial, and what the source leaves open must stay open.
struct ClaimCheck: Sendable {
    /// What was found to be unsupported.
    enum Violation: Error, Hashable, CustomStringConvertible {
        case noCitation
        case unknownCitation(Int)
        case number(String)
        case date(String)
        case name(String)
        case quotation(String)
        case negation
        case certainty
        case opinion
        case link(String)
        case coverage(Double)
        case order
        case opposite
        case garbled

        var description: String {
            switch self {
            case .noCitation: "a sentence without a source"
            case .unknownCitation(let number): "a source [\(number)] that was not given"
            case .number(let text): "the figure \(text) is not in the source"
            case .date(let text): "the date \(text) is not in the source"
            case .name(let text): "the name \(text) is not in the source"
            case .quotation(let text): "the quotation “\(text)” is not in the source"
            case .negation: "a denial that is not in the source, or one that was lost"
            case .certainty: "what the source leaves open is said as a fact"
            case .opinion: "what the source thinks is said as a fact"
            case .link(let text): "\(text) is no address of a source"
            case .garbled: "characters that are broken or hidden"
            case .opposite: "the source says the opposite"
            case .order: "its words are in the source, but not in this order"
            case .coverage(let share): "only \(Int(share * 100)) % of its words are in the source"
            }
        }
    }

    /// How much of a claim's wording its source must have.
    struct Strictness: Sendable {
        /// The share of its words.
        var coverage: Double
        /// The share of its words that one sentence has in the same order: who did it to whom.
        var order: Double

        /// For a claim that names its source.
        static let cited = Strictness(coverage: 0.6, order: 0.5)
        /// For a claim whose source had to be looked for.
        static let found = Strictness(coverage: 0.75, order: 0.7)
    }

    /// Of the words of a claim in another language than its source, a date or an amount counting as one.
    private static let leastTranslated = 0.6
    /// Of the words of any part of a claim.
    private static let leastOfClause = 0.5
    /// So many words in a row that the source does not have say something of their own, whatever stands around them.
    private static let longestOwnRun = 3
    /// A claim rests on so many sentences in a row at most, so that it does not join what the source keeps apart.
    private static let supportingSentences = 3

    /// What in a sentence no few sentences of its source say together; nil where some do.
    ///
    /// - Parameters:
    ///   - sentence: the claim, without citation markers.
    ///   - headline: stands above the sentences, and lends them its names and words.
    ///   - sentences: what the source says, in reading order.
    ///   - article: gives the language and the date from which the source's own dates are read.
    ///   - strictness: how much of the claim's wording the source must have.
    /// - Returns: of the violations that remain everywhere, that of the sentences which come nearest.
    /// - Complexity: O(number of sentences · length of the claim and of three sentences).
    static func violation(
        in sentence: String, headline: String, sentences: [String], article: Article,
        _ strictness: Strictness = .cited
    ) -> Violation? {
        let last = max(0, sentences.count - supportingSentences)
        var nearest: (violation: Violation, covered: Double)?
        for start in 0...last {
            let stretch = sentences[start..<min(start + supportingSentences, sentences.count)]
            let source = headline + "\n" + stretch.joined(separator: "\n")
            guard
                let violation = violation(
                    in: sentence, source: source, article: article, strictness)
            else { return nil }
            let covered = SourceTerms(source, of: article).coverage(of: sentence)
            if nearest.map({ covered > $0.covered }) ?? true { nearest = (violation, covered) }
        }
        return nearest?.violation ?? .noCitation
    }

    /// What in a sentence its source does not say; nil when all of it is said.
    ///
    /// - Parameters:
    ///   - sentence: the claim, without citation markers.
    ///   - source: the cited words, with their headline.
    ///   - article: gives the language and the date from which the source's own dates are read.
    ///   - strictness: how much of the claim's wording the source must have.
    /// - Returns: the first thing that the source does not say, or nil.
    static func violation(
        in sentence: String, source: String, article: Article, _ strictness: Strictness = .cited
    ) -> Violation? {
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
        // The outlet may be named as who says it.
        let known = " " + words(source + " " + article.source) + " "
        func isKnown(_ name: String) -> Bool {
            words(name).split(separator: " ").allSatisfy { part in
                part.count == 1
                    || (part.utf8.allSatisfy { $0 < 0x80 }
                        ? known.contains(" \(part) ") : known.contains(part))
            }
        }
        for name in Names.all(in: sentence, language: language) where !isKnown(name) {
            let folded = words(name)
            let others = Lexicon.standard.aliases(of: folded) + Lexicon.standard.translations(of: folded)
            guard others.contains(where: isKnown) else { return .name(name) }
        }
        for quotation in quotations(in: sentence) where !known.contains(words(quotation)) {
            return .quotation(quotation)
        }
        let analyzer = TextAnalyzer(article.language)
        let wording = SourceTerms(source, of: article)
        let tokens = analyzer.tokens(in: sentence).filter { token in
            token.kind != .ideograph && !StopWords.contains(Folding.fold(token.term), in: language)
        }
        func isChecked(_ token: Token) -> Bool {
            checked.contains { $0.contains(token.range.lowerBound) }
        }
        // Figures inside names and codes are no amounts, and must stand in the source as they are.
        for token in tokens where token.term.contains(where: \.isNumber) && !isChecked(token) {
            guard wording.terms.contains(token.term) else { return .number(token.term) }
        }
        if CueWords.negations(in: PlainText(sentence)) > 0, CueWords.negations(in: PlainText(source)) == 0 {
            return .negation
        }
        guard article.language == language || (article.language.isChinese && language.isChinese) else {
            var rest = Array(sentence.utf8)
            for range in checked { rest.replaceSubrange(range, with: range.map { _ in UInt8(ascii: " ") }) }
            let covered = translated(
                String(decoding: rest, as: UTF8.self), language: language, source: source, article: article,
                besides: checked.count)
            return covered < leastTranslated ? .coverage(covered) : nil
        }
        guard !tokens.isEmpty else { return nil }
        let met = tokens.map { isChecked($0) || wording.has($0) }
        let covered = Double(met.count { $0 }) / Double(met.count)
        let ownRun = met.split(separator: true).map(\.count).max() ?? 0
        // Pairs of characters run on where words would have ended.
        let longest = language.isCJK ? longestOwnRun * 2 : longestOwnRun
        if covered < strictness.coverage || ownRun >= longest { return .coverage(covered) }
        // Nor does a part of the claim live on what the rest has.
        for clause in clauses(of: sentence) {
            let start = sentence.utf8.distance(from: sentence.startIndex, to: clause.startIndex)
            let range = start..<(start + clause.utf8.count)
            let own = zip(tokens, met).filter { range.contains($0.0.range.lowerBound) }
            let share = Double(own.count(where: \.1)) / Double(max(own.count, 1))
            if own.count > 1, share < leastOfClause { return .coverage(share) }
        }
        // Dates and amounts may stand anywhere.
        let plain = zip(tokens, met).filter { !isChecked($0.0) }
        let order = ordered(plain.filter(\.1).map(\.0.term), in: source, analyzer)
        if Double(order) < strictness.order * Double(plain.count) { return .order }
        return modality(of: sentence, against: source, article: article)
    }

    /// How many of some terms one sentence of a source has in the same order: the longest common subsequence.
    private static func ordered(_ terms: [String], in source: String, _ analyzer: TextAnalyzer) -> Int {
        source.split(separator: "\n").map { sentence in
            let said = analyzer.terms(in: String(sentence))
            var row = [Int](repeating: 0, count: said.count + 1)
            for term in terms {
                var diagonal = 0
                let ways = Set([term] + Lexicon.standard.synonyms(of: term))
                for (column, word) in said.enumerated() {
                    let above = row[column + 1]
                    row[column + 1] = ways.contains(word) ? diagonal + 1 : max(above, row[column])
                    diagonal = above
                }
            }
            return row[said.count]
        }.max() ?? 0
    }

    /// Whether a claim denies or settles what the clause that it comes from does not.
    private static func modality(of sentence: String, against source: String, article: Article) -> Violation?
    {
        let analyzer = TextAnalyzer(article.language)
        let claimed = Set(analyzer.terms(in: sentence))
        func shared(_ text: some StringProtocol) -> Int {
            Set(analyzer.terms(in: String(text))).intersection(claimed).count
        }
        let sentences = source.split(separator: "\n")
        guard let nearest = sentences.max(by: { shared($0) < shared($1) }) else { return nil }
        guard let clause = clauses(of: String(nearest)).max(by: { shared($0) < shared($1) }) else {
            return nil
        }
        let (said, whole, claim) = (
            PlainText(String(clause)), PlainText(String(nearest)), PlainText(sentence)
        )
        if CueWords.negations(in: claim) == 0, CueWords.negations(in: said) > 0 { return .negation }
        if CueWords.negations(in: claim) > 0, CueWords.negations(in: whole) == 0 { return .negation }
        return CueWords.isHedged(said) && !CueWords.isHedged(claim) ? .certainty : nil
    }

    /// The parts of a sentence between its marks and joints.
    private static func clauses(of sentence: String) -> [Substring] {
        var clauses: [Substring] = []
        for part in sentence.split(whereSeparator: { ",;:，；：、—–".contains($0) }) {
            var rest = part
            while let joint = joints.compactMap({ rest.range(of: $0) }).min(by: {
                $0.lowerBound < $1.lowerBound
            }) {
                clauses.append(rest[..<joint.lowerBound])
                rest = rest[joint.upperBound...]
            }
            clauses.append(rest)
        }
        return clauses
    }

    private static let joints = [
        " and ", " but ", " while ", " whereas ", " although ", " who ", " which ", " because ", "但是", "然而",
        "而且", "因為",
        "因为",
    ]

    /// The share of a claim's words whose translation stands in a source of another language, `known` more being there.
    private static func translated(
        _ sentence: String, language: Language, source: String, article: Article, besides known: Int
    ) -> Double {
        let lexicon = Lexicon.standard
        let folded = Folding.fold(source)
        let terms = Set(TextAnalyzer(article.language).terms(in: source))
        func stands(_ translation: String) -> Bool {
            article.language.isCJK
                ? folded.contains(translation)
                : translation.split(separator: " ").allSatisfy {
                    terms.contains(String($0))
                        || terms.contains(Stemmer(article.language).term(of: String($0)))
                }
        }
        var met = known
        var count = known
        if language.isCJK {
            let characters = Array(Folding.fold(sentence))[...]
            var rest = characters
            while let first = rest.first {
                let length = lexicon.longestChineseEntry(in: rest)
                let word = String(rest.prefix(max(length, 1)))
                if length > 0 ? !StopWords.contains(word, in: language) : first.isNumber || first.isLetter,
                    !particles.contains(first)
                {
                    count += 1
                    let latin = word.utf8.allSatisfy { $0 < 0x80 } && folded.contains(word)
                    if latin || lexicon.translations(of: word).contains(where: stands) { met += 1 }
                }
                rest = rest.dropFirst(max(length, 1))
            }
        } else {
            for token in TextAnalyzer(language).tokens(in: sentence)
            where !StopWords.contains(token.term, in: language) {
                count += 1
                let ways = [token.term] + lexicon.synonyms(of: token.term)
                if folded.contains(token.term) || ways.flatMap(lexicon.translations).contains(where: stands) {
                    met += 1
                }
            }
        }
        return count == 0 ? 0 : Double(met) / Double(count)
    }

    /// Characters that say nothing by themselves.
    private static let particles: Set<Character> = [
        "的", "于", "在", "了", "是", "和", "与", "及", "为", "由", "自", "起", "到", "这", "该", "其", "有", "被", "将", "已",
        "从",
    ]

    /// The terms of a source.
    private struct SourceTerms {
        let terms: Set<String>
        let analyzer: TextAnalyzer

        init(_ source: String, of article: Article) {
            analyzer = TextAnalyzer(article.language)
            terms = Set(analyzer.terms(in: source))
        }

        func has(_ token: Token) -> Bool {
            terms.contains(token.term)
                || Lexicon.standard.synonyms(of: token.term).contains(where: terms.contains)
        }

        func coverage(of sentence: String) -> Double {
            let tokens = analyzer.tokens(in: sentence).filter { $0.kind != .ideograph }
            return tokens.isEmpty ? 0 : Double(tokens.count(where: has)) / Double(tokens.count)
        }
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
