/// Makes a word its term: marks are taken off, and the inflected forms of a word fall together.
///
/// English is stemmed by Porter2, other languages by the Snowball algorithm of their own. Languages without rules here keep
/// their words whole, so that a match is exact rather than wrong. Those but English whose letters bear marks are stemmed
/// first and folded afterwards, because marks tell endings apart: "passé" loses another ending than "passe".
public struct Stemmer: Sendable {
    private enum Rules {
        case none, english
        case snowball(@Sendable (inout StemWord) -> Void)
    }

    private let rules: Rules

    /// The stemmer of a language; Latin words inside Chinese, Japanese and Korean text are stemmed as English.
    public init(_ language: Language) {
        rules =
            switch language {
            case .english, .simplifiedChinese, .traditionalChinese, .japanese, .korean: .english
            case .dutch: .snowball(DutchStemmer.stem)
            case .french: .snowball(FrenchStemmer.stem)
            case .german: .snowball(GermanStemmer.stem)
            case .italian: .snowball(ItalianStemmer.stem)
            case .portuguese: .snowball(PortugueseStemmer.stem)
            case .russian: .snowball(RussianStemmer.stem)
            case .spanish: .snowball(SpanishStemmer.stem)
            case .swedish: .snowball(SwedishStemmer.stem)
            case .arabic, .undetermined: .none
            }
    }

    /// The term of a word in small letters.
    ///
    /// - Complexity: O(length). ``TermScanner`` asks once for each different word.
    public func term(of word: String) -> String {
        var letters = Array(word.utf8)
        makeTerm(of: &letters)
        return String(decoding: letters, as: UTF8.self)
    }

    /// Makes the UTF-8 of a word in small letters that of its term.
    func makeTerm(of word: inout [UInt8]) {
        switch rules {
        case .none: word = Folding.fold(word)
        case .english:
            // A word of small ASCII letters is folded.
            if word.contains(where: { $0 >= 0x80 }) { word = Folding.fold(word) }
            EnglishStemmer.stem(&word)
        case .snowball(let stem):
            var letters = StemWord(word)
            stem(&letters)
            letters.fold(into: &word)
        }
    }

    /// Makes a word of small ASCII letters and digits its term where it lies.
    ///
    /// - Returns: how long the term is; nil where it takes more than bytes to tell.
    func makeTerm(of word: UnsafeMutablePointer<UInt8>, count: Int) -> Int? {
        switch rules {
        case .none: count
        case .english: EnglishStemmer.stem(word, count: count)
        case .snowball: nil
        }
    }
}
