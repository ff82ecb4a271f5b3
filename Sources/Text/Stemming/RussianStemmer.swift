/// The Russian stemmer of Snowball: endings of gerunds, adjectives, verbs or nouns, then those that form words.
///
/// Source: M. Porter, "Russian stemming algorithm", snowballstem.org, in its form of 2025.
enum RussianStemmer {
    static func stem(_ word: inout StemWord) {
        word.map(["ё": "е"])
        word.findRegions(vowels: vowels)
        if let vowel = word.index(from: 0, where: vowels.contains) { word.rv = vowel + 1 }
        if !word.apply(gerunds, within: .rv) {
            word.apply(reflexives, within: .rv)
            if word.apply(adjectives, within: .rv) {
                word.apply(participles, within: .rv)
            } else {
                _ = word.apply(verbs, within: .rv) || word.apply(nouns, within: .rv)
            }
        }
        word.apply(lastVowel, within: .rv)
        word.apply(derivations, within: .rv)
        word.apply(residues, within: .rv)
    }

    private static let vowels: LetterSet = "аеиоуыэюя"

    /// Takes a suffix off that is one only behind "а" or "я".
    private static let afterTheme: SuffixRule = .delete(if: .afterLetter("ая", in: .rv))

    private static let gerunds: SuffixTable<SuffixRule> = [
        "в вши вшись": afterTheme,
        "ив ивши ившись ыв ывши ывшись": .delete(),
    ]

    private static let reflexives: SuffixTable<SuffixRule> = ["сь ся": .delete()]

    private static let adjectives: SuffixTable<SuffixRule> = [
        "ее ие ое ые ими ыми ей ий ой ый ем им ом ым его ого ему ому их ых ею ою ую юю ая яя": .delete()
    ]

    private static let participles: SuffixTable<SuffixRule> = [
        "ем нн вш ющ щ": afterTheme,
        "ивш ывш ующ": .delete(),
    ]

    private static let verbs: SuffixTable<SuffixRule> = [
        "ла на ете йте ли й л ем н ло но нно ет ют ны ть ешь": afterTheme,
        """
        ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю
        """: .delete(),
    ]

    private static let nouns: SuffixTable<SuffixRule> = [
        """
        а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я
        """: .delete()
    ]

    private static let lastVowel: SuffixTable<SuffixRule> = ["и": .delete()]

    private static let derivations: SuffixTable<SuffixRule> = ["ост ость": .delete(in: .r2)]

    private static let residues: SuffixTable<SuffixRule> = [
        "ейш ейше": .delete(then: ["н": doubleN]),
        "н": doubleN,
        "ь": .delete(),
    ]

    /// Of two "н" one is left.
    private static let doubleN: SuffixRule = .delete(in: .rv, if: .afterLetter("н", in: .rv))
}
