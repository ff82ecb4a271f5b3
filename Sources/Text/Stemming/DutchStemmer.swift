/// The older of Snowball's two Dutch stemmers: endings of inflection, then those that form words, then a long vowel.
///
/// The newer one, after Kraaij and Pohlmann, also takes "ge-" off and is four times as long.
///
/// Source: M. Porter, "Dutch stemming algorithm", snowballstem.org, in its form of 2025 ("dutch_porter").
enum DutchStemmer {
    static func stem(_ word: inout StemWord) {
        word.map([
            "á": "a", "ä": "a", "é": "e", "ë": "e", "í": "i", "ï": "i", "ó": "o", "ö": "o", "ú": "u",
            "ü": "u",
        ])
        markConsonants(in: &word)
        word.findRegions(vowels: vowels, least: 3)
        word.apply(inflections)
        let lostE = word.apply(lastE)
        word.apply(abstractNouns)
        if !word.apply(derivations), lostE { word.apply(adjectives) }
        shortenVowel(of: &word)
        word.map(["I": "i", "Y": "y"])
    }

    private static let vowels: LetterSet = "aeiouyè"

    /// "y" at the start and behind a vowel, and "i" between vowels, are consonants.
    private static func markConsonants(in word: inout StemWord) {
        if word.has("y", at: 0) { word[0] = "Y" }
        var index = 0
        while let vowel = word.index(from: index, where: vowels.contains) {
            index = vowel + 1
            if word.has("i", at: index) {
                if index + 1 < word.count, vowels.contains(word[index + 1]) { word[index] = "I" }
                index += 1
            } else if word.has("y", at: index) {
                word[index] = "Y"
                index += 1
            }
        }
    }

    private static let undoubling: SuffixTable<SuffixRule> = [
        "dd": .replace(by: "d"), "kk": .replace(by: "k"), "tt": .replace(by: "t"),
    ]

    private static let inflections: SuffixTable<SuffixRule> = [
        "heden": .replace(in: .r1, by: "heid"),
        "en ene": afterStem,
        "s se": .delete(in: .r1, if: .afterLetterOtherThan("aeijouyè")),
    ]

    private static let afterStem: SuffixRule = .delete(
        in: .r1, if: .afterLetterOtherThan(vowels), .notAfter("gem"), then: undoubling)

    private static let lastE: SuffixTable<SuffixRule> = [
        "e": .delete(in: .r1, if: .afterLetterOtherThan(vowels), then: undoubling)
    ]

    private static let abstractNouns: SuffixTable<SuffixRule> = [
        "heid": .delete(in: .r2, if: .notAfter("c"), then: ["en": afterStem])
    ]

    private static let derivations: SuffixTable<SuffixRule> = [
        "end ing": .delete(
            in: .r2,
            then: [
                "ig": .delete(in: .r2, if: .notAfter("e")),
                "dd": .replace(by: "d"), "kk": .replace(by: "k"), "tt": .replace(by: "t"),
            ]),
        "ig": .delete(in: .r2, if: .notAfter("e")),
        "lijk": .delete(in: .r2, then: lastE),
        "baar": .delete(in: .r2),
    ]

    private static let adjectives: SuffixTable<SuffixRule> = ["bar": .delete(in: .r2)]

    /// A long vowel before the last consonant is written with one letter, as it is where a syllable follows: "maan" beside
    /// "manen".
    private static func shortenVowel(of word: inout StemWord) {
        let last = word.count - 1
        guard last > 2, !vowels.contains(word[last]), word[last] != "I", word.has(longVowels, before: last),
            !vowels.contains(word[last - 3])
        else { return }
        word.replace((last - 1)..<last, by: "")
    }

    private static let longVowels: SuffixList = "aa ee oo uu"
}
