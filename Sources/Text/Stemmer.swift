/// Reduces the inflected forms of a word to one.
///
/// English is stemmed by Porter2. Languages without rules here keep their words whole, so that a match is exact rather
/// than wrong.
public struct Stemmer: Sendable {
    private let isEnglish: Bool

    /// The stemmer of a language; Latin words inside Chinese, Japanese and Korean text are stemmed as English.
    public init(_ language: Language) { isEnglish = language == .english || language.isCJK }

    /// The stem of a folded word.
    ///
    /// - Complexity: O(length).
    public func stem(_ folded: String) -> String { isEnglish ? EnglishStemmer.stem(folded) : folded }
}
