import Testing
import Text

@testable import Retrieval

@Suite("What words were found to mean")
struct WordConceptsTests {
    private func key(
        _ surface: String, startsSentence: Bool = false, isCased: Bool = true, language: Language = .english
    ) -> WordConcepts.Key {
        WordConcepts.Key(
            surface: surface, startsSentence: startsSentence, isCased: isCased, language: language)
    }

    private func concept(_ word: String) -> Concept {
        Concept(word: word, weight: 1, kind: .word, ways: [Concept.Way(.stems([word]))])
    }

    @Test("A word is read once, also where it only asks")
    func onlyOnce() {
        let words = WordConcepts(capacity: 8)
        var reads = 0
        func ask(_ word: String, _ found: Concept?) -> Concept? {
            words.concept(key(word)) {
                reads += 1
                return found
            }
        }
        #expect(ask("bank", concept("bank")) == concept("bank"))
        #expect(ask("the", nil) == nil)
        #expect(reads == 2)
        #expect(ask("bank", concept("another")) == concept("bank"))
        #expect(ask("the", concept("another")) == nil)
        #expect(reads == 2)
    }

    @Test("A word is another where its case, its place, its question or its language is another")
    func differentWords() {
        let words = WordConcepts(capacity: 8)
        let keys = [
            key("us"), key("US"), key("us", startsSentence: true), key("us", isCased: false),
            key("us", language: .german),
        ]
        for (number, key) in keys.enumerated() {
            #expect(words.concept(key) { concept("\(number)") } == concept("\(number)"))
        }
        for (number, key) in keys.enumerated() {
            #expect(words.concept(key) { nil } == concept("\(number)"))
        }
    }

    @Test("What is kept is bounded, and the last word is among it")
    func bounded() {
        let words = WordConcepts(capacity: 3)
        for number in 0..<3 { _ = words.concept(key("\(number)")) { concept("\(number)") } }
        _ = words.concept(key("3")) { concept("3") }
        #expect(words.concept(key("3")) { nil } == concept("3"))
        #expect(words.concept(key("0")) { nil } == nil)
    }
}
