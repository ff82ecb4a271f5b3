import Text

/// The words of dates, which choose by time and may also stand in a text.
enum DateTerms {
    /// The terms of a time phrase that names a year, such as "2024" and "juli"; none of any other, such as "last week".
    static func find(in phrase: String, language: Language) -> [String] {
        let tokens = TextAnalyzer(language).tokens(in: phrase).filter { token in
            switch token.kind {
            case .number: true
            case .word: !StopWords.contains(token.term, in: language)
            case .ideograph, .bigram: false
            }
        }
        let isYear = { (token: Token) in token.kind == .number && (3...4).contains(token.term.count) }
        return tokens.contains(where: isYear) ? tokens.map(\.term) : []
    }
}
