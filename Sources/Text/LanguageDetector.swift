/// Tells the language of a text from its script and its function words.
public enum LanguageDetector {
    /// The likeliest language; `undetermined` for a text without letters.
    ///
    /// Kana make Japanese and Hangul Korean; among Han the characters that exist in only one of the two scripts decide
    /// (traditional where none does). A text of Latin or Cyrillic letters is of the language with the most function
    /// words, English where none stands out. Latin names inside Chinese do not make it English.
    ///
    /// - Complexity: O(length), at most the first few thousand characters.
    public static func detect(_ text: String) -> Language {
        var latin = 0
        var cyrillic = 0
        var han = 0
        var kana = 0
        var hangul = 0
        var traditional = 0
        var simplified = 0
        for scalar in text.unicodeScalars.prefix(4000) {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0xFF21...0xFF5A: latin += 1
            case 0x400...0x52F: cyrillic += 1
            case 0x3041...0x3096, 0x30A1...0x30FA, 0xFF66...0xFF9D: kana += 1
            case 0xAC00...0xD7A3: hangul += 1
            case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3134F:
                han += 1
                if Folding.isTraditionalOnly(scalar) {
                    traditional += 1
                } else if Folding.isSimplifiedOnly(scalar) {
                    simplified += 1
                }
            default: continue
            }
        }
        // One Han character says about as much as a short word of letters.
        let asian = (han + kana + hangul) * 3
        if asian > 0, asian >= latin / 2, asian >= cyrillic {
            if hangul > han + kana { return .korean }
            if kana > 0, kana * 10 >= han { return .japanese }
            return simplified > traditional ? .simplifiedChinese : .traditionalChinese
        }
        if cyrillic > latin { return .russian }
        guard latin > 0 else { return .undetermined }
        return latinLanguage(text)
    }

    private static let latinLanguages: [Language] = [
        .english, .german, .french, .spanish, .italian, .portuguese, .dutch,
    ]

    private static func latinLanguage(_ text: String) -> Language {
        var scores = [Double](repeating: 0, count: latinLanguages.count)
        let words = Folding.fold(String(text.prefix(3000)))
            .split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" })
        for word in words.prefix(400) {
            let word = String(word)
            let holders = latinLanguages.indices.filter { StopWords.contains(word, in: latinLanguages[$0]) }
            // A word that many languages share tells little.
            for holder in holders { scores[holder] += 1 / Double(holders.count * holders.count) }
        }
        for (index, language) in latinLanguages.enumerated() {
            scores[index] += Double(text.prefix(3000).count { marks[language]?.contains($0) == true }) * 0.6
        }
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        return scores[best] > scores[0] * 1.15 + 0.3 ? latinLanguages[best] : .english
    }

    /// Letters that hint at one language among those with its alphabet.
    private static let marks: [Language: Set<Character>] = [
        .german: ["ä", "ö", "ü", "ß"], .french: ["ç", "œ", "ê", "è", "à", "û"],
        .spanish: ["ñ", "¿", "¡", "ó", "í"],
        .portuguese: ["ã", "õ", "ç"], .italian: ["ì", "ò", "ù", "è"],
    ]
}
