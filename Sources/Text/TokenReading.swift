/// A token of a question with what other languages make of the same word.
///
/// Each article is indexed by the rules of its own language, so a word that may stand in articles of several is looked for
/// by the rules of each: "Volkswagen" is "volkswagen" in English articles and "volkswag" in German ones.
public struct TokenReading: Sendable, Hashable {
    /// The token by the rules of the question's language.
    public var token: Token
    /// The terms that differ from the token's own, ordered, each with the languages that make it.
    public var variants: [TermVariant]

    /// The tokens of a text by the rules of one language, with what others make of them.
    ///
    /// - Parameters:
    ///   - text: what is read.
    ///   - language: of the text.
    ///   - others: the languages of what it is looked for in.
    /// - Returns: one entry a token, in order.
    /// - Complexity: O(length · languages).
    public static func all(in text: String, language: Language, others: Set<Language>) -> [TokenReading] {
        let tokens = TextAnalyzer(language).tokens(in: text)
        // Scripts without spaces are read alike in all languages.
        guard tokens.contains(where: { $0.kind == .word || $0.kind == .number }) else {
            return tokens.map { TokenReading(token: $0, variants: []) }
        }
        var terms = tokens.map { _ in [String: Set<Language>]() }
        for other in others where other != language {
            let found = TextAnalyzer(other).tokens(in: text).map { ($0.range, $0.term) }
            let byPlace = Dictionary(found, uniquingKeysWith: { first, _ in first })
            for (index, token) in tokens.enumerated() {
                guard let term = byPlace[token.range], term != token.term else { continue }
                terms[index][term, default: []].insert(other)
            }
        }
        return zip(tokens, terms).map { token, terms in
            // Nearly all words are the same in all languages.
            guard !terms.isEmpty else { return TokenReading(token: token, variants: []) }
            return TokenReading(
                token: token,
                variants: terms.map { TermVariant(term: $0.key, languages: $0.value) }.sorted {
                    $0.term < $1.term
                })
        }
    }
}

/// What some languages make of a word.
public struct TermVariant: Sendable, Hashable {
    /// The term.
    public var term: String
    /// The languages that make it.
    public var languages: Set<Language>

    /// A term of some languages.
    public init(term: String, languages: Set<Language>) {
        self.term = term
        self.languages = languages
    }
}
