import Testing

@testable import Text

@Suite struct TokenReadingTests {
    @Test func `a word is read by the rules of each language, and each different term named once`() {
        let readings = TokenReading.all(
            in: "Volkswagen in Emden 台灣", language: .english,
            others: [.english, .german, .swedish, .traditionalChinese, .undetermined])
        #expect(readings.map(\.token) == TextAnalyzer(.english).tokens(in: "Volkswagen in Emden 台灣"))
        #expect(readings[0].variants == [TermVariant(term: "volkswag", languages: [.german, .swedish])])
        #expect(readings[2].variants == [TermVariant(term: "emd", languages: [.german, .swedish])])
        for index in [1, 3, 4, 5] { #expect(readings[index].variants.isEmpty) }
    }

    @Test func `a chain that is a word in one language alone has no variants`() {
        // Forty letters with what is elided cut off, and one more without.
        let chain = "l'aaaaaaaaaa-bbbbbbbbbb-cccccccccc-dddddddddd"
        #expect(TextAnalyzer(.french).tokens(in: chain).count == 5)
        #expect(TextAnalyzer(.english).tokens(in: chain).count == 4)
        let readings = TokenReading.all(in: chain, language: .french, others: [.english])
        #expect(readings.map { $0.variants.count } == [1, 0, 0, 0, 0])
        #expect(TokenReading.all(in: chain, language: .english, others: [.french]).count == 4)
    }

    @Test func `an elided word is read apart where its language elides`() {
        let readings = TokenReading.all(in: "l'Élysée", language: .french, others: [.english])
        #expect(readings.map(\.token.term) == ["elys"])
        #expect(readings.flatMap(\.variants) == [TermVariant(term: "lelyse", languages: [.english])])
    }
}
