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

    @Test("What a word was found to mean is known, also where it only asks")
    func known() {
        let words = WordConcepts(capacity: 8)
        #expect(words.known(key("bank")) == .none)
        words.keep(concept("bank"), for: key("bank"))
        words.keep(nil, for: key("the"))
        #expect(words.known(key("bank")) == .some(concept("bank")))
        #expect(words.known(key("the")) == .some(nil))
        #expect(words.known(key("of")) == .none)
    }

    @Test("A word is another where its case, its place, its question or its language is another")
    func differentWords() {
        let words = WordConcepts(capacity: 8)
        let keys = [
            key("us"), key("US"), key("us", startsSentence: true), key("us", isCased: false),
            key("us", language: .german),
        ]
        for (number, key) in keys.enumerated() {
            #expect(words.known(key) == .none)
            words.keep(concept("\(number)"), for: key)
        }
        for (number, key) in keys.enumerated() {
            #expect(words.known(key) == .some(concept("\(number)")))
        }
    }

    @Test("What is kept is bounded, and the last word is among it")
    func bounded() {
        let words = WordConcepts(capacity: 3)
        for number in 0...3 { words.keep(concept("\(number)"), for: key("\(number)")) }
        #expect(words.known(key("3")) == .some(concept("3")))
        #expect(words.known(key("0")) == .none)
    }
}
