/// The Swedish stemmer of Snowball: endings of inflection, then a second consonant, then endings that form words.
///
/// Source: M. Porter and others, "Swedish stemming algorithm", snowballstem.org, in its form of 2025.
enum SwedishStemmer {
    static func stem(_ word: inout StemWord) {
        word.findRegions(vowels: vowels, least: 3)
        word.apply(inflections, within: .r1)
        word.apply(consonantPairs, within: .r1)
        word.apply(derivations, within: .r1)
    }

    private static let vowels: LetterSet = "aeiouyäåö"

    private static let inflections: SuffixTable<SuffixRule> = [
        """
        a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas \
        es ades andes ens arens hetens erns at andet het ast
        """: .delete(),
        "s": .delete(
            if: .holds { word, end in word.has("et", before: end) && isDefiniteArticle(word, end - 2) },
            then: ["et": .delete()]
        ).or(.delete(if: .afterLetter("bcdfghjklmnoprtvy"))),
        "et": .delete(if: .holds(isDefiniteArticle)),
    ]

    /// Whether "et" at a place is the article joined to a noun, rather than the end of the noun itself.
    private static func isDefiniteArticle(_ word: StemWord, _ start: Int) -> Bool {
        start > 2 && !vowels.contains(word[start - 1]) && vowels.contains(word[start - 2])
            && !word.has(beforeOwnEt, before: start)
    }

    private static let beforeOwnEt: SuffixList =
        "fab h pak rak stak kom iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit"

    private static let consonantPairs: SuffixTable<SuffixRule> = [
        "dd": .replace(by: "d"), "gd gt": .replace(by: "g"), "nn": .replace(by: "n"),
        "dt": .replace(by: "d"), "kt": .replace(by: "k"), "tt": .replace(by: "t"),
    ]

    private static let derivations: SuffixTable<SuffixRule> = [
        "ig lig els": .delete(),
        "öst": .replace(by: "ös", if: .afterLetter("iklnprtuv")),
        "fullt": .replace(by: "full"),
    ]
}
