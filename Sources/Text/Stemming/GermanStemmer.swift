/// The German stemmer of Snowball: endings of nouns, adjectives and verbs, then those that form words.
///
/// "ae", "oe" and "ue" are read as "ä", "ö" and "ü", and all of these lose their marks at last.
///
/// Source: M. Porter and others, "German stemming algorithm", snowballstem.org, in its form of 2025.
enum GermanStemmer {
    static func stem(_ word: inout StemWord) {
        markConsonants(in: &word)
        unifySpelling(of: &word)
        word.findRegions(vowels: vowels, least: 3)
        word.apply(inflections)
        word.apply(comparisons)
        word.apply(derivations)
        word.map(["Y": "y", "U": "u", "ä": "a", "ö": "o", "ü": "u"])
    }

    private static let vowels: LetterSet = "aeiouyäöü"

    /// "u" and "y" between vowels are consonants, as in "bauen".
    private static func markConsonants(in word: inout StemWord) {
        guard word.count > 2 else { return }
        for index in 1..<(word.count - 1)
        where vowels.contains(word[index - 1]) && vowels.contains(word[index + 1]) {
            if word[index] == "u" { word[index] = "U" } else if word[index] == "y" { word[index] = "Y" }
        }
    }

    private static func unifySpelling(of word: inout StemWord) {
        var index = 0
        while index < word.count {
            switch word[index] {
            case "ß":
                word.replace(index..<(index + 1), by: "ss")
                index += 1
            case "a" where word.has("e", at: index + 1): word.replace(index..<(index + 2), by: "ä")
            case "o" where word.has("e", at: index + 1): word.replace(index..<(index + 2), by: "ö")
            case "u" where word.has("e", at: index + 1): word.replace(index..<(index + 2), by: "ü")
            case "q" where word.has("u", at: index + 1): index += 1
            default: break
            }
            index += 1
        }
    }

    private static let inflections: SuffixTable<SuffixRule> = [
        "em": .delete(in: .r1, if: .notAfter("syst")),
        "er ern erin erinnen": .delete(in: .r1),
        "e en es": .delete(in: .r1, then: ["s": .delete(if: .after("nis"))]),
        "s": .delete(in: .r1, if: .afterLetter("bdfghklmnrt")),
        "ln lns": .replace(in: .r1, by: "l"),
    ]

    private static let comparisons: SuffixTable<SuffixRule> = [
        "en er est": .delete(in: .r1),
        "st": .delete(in: .r1, if: .afterLetter("bdfghklmnt"), .holds { _, suffix in suffix > 3 }),
        "et": .delete(
            in: .r1, if: .afterLetter("dfgklmnrstzUä"), .notAfter("geordn intern plan tick tr")),
    ]

    private static let derivations: SuffixTable<SuffixRule> = [
        "end ung": .delete(in: .r2, then: ["ig": .delete(in: .r2, if: .notAfter("e"))]),
        "ig ik isch": .delete(in: .r2, if: .notAfter("e")),
        "lich heit": .delete(in: .r2, then: ["er en": .delete(in: .r1)]),
        "keit": .delete(in: .r2, then: ["lich ig": .delete(in: .r2)]),
    ]
}
