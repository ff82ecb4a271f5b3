/// The Portuguese stemmer of Snowball: endings that form words, or else those of verbs, or else a last vowel.
///
/// Source: M. Porter and others, "Portuguese stemming algorithm", snowballstem.org, in its form of 2025.
enum PortugueseStemmer {
    static func stem(_ word: inout StemWord) {
        splitNasals(in: &word)
        word.findRegions(vowels: vowels)
        word.findVerbRegion(vowels: vowels)
        if word.apply(derivations) || word.apply(verbs, within: .rv) {
            word.apply(softness)
        } else {
            word.apply(vowelEndings)
        }
        word.apply(residues)
        joinNasals(in: &word)
    }

    private static let vowels: LetterSet = "aeiouáéíóúâêô"

    /// A nasal vowel counts as a vowel and a consonant.
    private static func splitNasals(in word: inout StemWord) {
        for index in word.letters.indices.reversed() {
            if word[index] == "ã" { word.replace(index..<(index + 1), by: "a~") }
            if word[index] == "õ" { word.replace(index..<(index + 1), by: "o~") }
        }
    }

    private static func joinNasals(in word: inout StemWord) {
        for index in word.letters.indices.reversed() {
            if word.has("a~", at: index) { word.replace(index..<(index + 2), by: "ã") }
            if word.has("o~", at: index) { word.replace(index..<(index + 2), by: "õ") }
        }
    }

    private static let derivations: SuffixTable<SuffixRule> = [
        """
        eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos \
        adora ador aça~o adoras adores aço~es ante antes ância
        """: .delete(in: .r2),
        "logia logias": .replace(in: .r2, by: "log"),
        "uça~o uço~es": .replace(in: .r2, by: "u"),
        "ência ências": .replace(in: .r2, by: "ente"),
        "amente": .delete(
            in: .r1,
            then: ["iv": .delete(in: .r2, then: ["at": .delete(in: .r2)]), "os ic ad": .delete(in: .r2)]),
        "mente": .delete(in: .r2, then: ["ante avel ível": .delete(in: .r2)]),
        "idade idades": .delete(in: .r2, then: ["abil ic iv": .delete(in: .r2)]),
        "iva ivo ivas ivos": .delete(in: .r2, then: ["at": .delete(in: .r2)]),
        // "-eira" is seldom a verb's.
        "ira iras": .replace(in: .rv, by: "ir", if: .afterLetter("e")),
    ]

    private static let verbs: SuffixTable<SuffixRule> = [
        """
        ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam \
        eriam iriam aram eram iram avam em arem erem irem assem essem issem ado ido ando endo indo ara~o era~o ira~o ar er \
        ir as adas idas ias arias erias irias arás aras erás eras irás avas es ardes erdes irdes ares eres ires asses \
        esses isses astes estes istes is ais eis íeis aríeis eríeis iríeis áreis areis éreis ereis íreis ireis ásseis \
        ésseis ísseis áveis ados idos ámos amos íamos aríamos eríamos iríamos áramos éramos íramos ávamos emos aremos \
        eremos iremos ássemos êssemos íssemos imos armos ermos irmos eu iu ou ira iras
        """: .delete()
    ]

    /// The "i" behind a "c" that is soft without it.
    private static let softness: SuffixTable<SuffixRule> = ["i": .delete(in: .rv, if: .afterLetter("c"))]

    private static let vowelEndings: SuffixTable<SuffixRule> = ["os a i o á í ó": .delete(in: .rv)]

    private static let residues: SuffixTable<SuffixRule> = [
        "e é ê": .delete(
            in: .rv,
            then: [
                "u": .delete(in: .rv, if: .afterLetter("g")), "i": .delete(in: .rv, if: .afterLetter("c")),
            ]),
        "ç": .replace(by: "c"),
    ]
}
