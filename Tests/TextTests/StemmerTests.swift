import Testing

@testable import Text

@Suite struct StemmerTests {
    @Test(arguments: StemRows.all)
    func `words become the stems of Snowball, folded`(language: Language, rows: String) {
        let stemmer = Stemmer(language)
        for row in rows.split(whereSeparator: \.isWhitespace) {
            let sides = row.split(separator: "=").map(String.init)
            #expect(stemmer.term(of: sides[0]) == sides[1], "\(language) \(row)")
        }
    }

    @Test(arguments: [
        (Language.german, ["müller", "mueller", "muller", "mu\u{308}ller"]),
        (.german, ["straße", "strasse", "straßen"]),
        (.french, ["élection", "election", "élections", "e\u{301}lections"]),
        (.french, ["député", "depute", "députés", "députée"]),
        (.spanish, ["elección", "eleccion"]),
        (.spanish, ["niños", "ninos", "niño"]),
        (.portuguese, ["eleição", "eleicao"]),
        (.italian, ["città", "citta"]),
        (.swedish, ["språk", "sprak", "språket"]),
        (.dutch, ["koloniën", "kolonien"]),
        (.russian, ["ёлка", "елка", "ёлки", "е\u{308}лки"]),
    ])
    func `it does not matter whether marks are written`(language: Language, forms: [String]) {
        let stemmer = Stemmer(language)
        #expect(Set(forms.map(stemmer.term)).count == 1, "\(forms.map(stemmer.term))")
    }

    @Test(arguments: [
        (Language.french, "L’État d'Israël", ["etat", "israel"]),
        (.french, "qu'on lorsqu’elle jusqu’ici", ["on", "elle", "ici"]),
        (.french, "aujourd'hui quelqu'un", ["aujourdhui", "quelquun"]),
        (.italian, "dell'arte un’altra", ["arte", "altra"]),
        (.italian, "dov'è", ["e"]),
        (.english, "d'Artagnan don't", ["dartagnan", "dont"]),
        (.german, "Peter’s l'art", ["peter", "lart"]),
    ])
    func `what is elided before an apostrophe is no part of a term`(
        language: Language, text: String, words: [String]
    ) {
        let stemmer = Stemmer(language)
        #expect(TextAnalyzer(language).terms(in: text) == words.map(stemmer.term))
    }

    @Test func `every language finds the words at the same places`() {
        let letters = "aeiouyäöüßéèàçñãõåøœsntrlmcdbgjqv'’-éа́еийостщь１2.,".map { $0 }
        for _ in 0..<2000 {
            let text = String(
                (0..<24).map { _ in Int.random(in: 0..<6) == 0 ? " " : letters.randomElement() ?? "a" })
            let ranges = TextAnalyzer(.undetermined).tokens(in: text).map(\.range)
            for language in Language.allCases {
                #expect(TextAnalyzer(language).tokens(in: text).map(\.range) == ranges, "\(language) \(text)")
            }
        }
    }
}
