import Text

/// Words of a question, for telling in one pass over the terms of an article which of them each sentence has.
public struct WordTable: Sendable {
    private let words: [WordKey]

    /// A table of some words.
    public init(_ words: [WordKey]) { self.words = words }

    /// Which of the words each sentence of an article has, by the rules of the question's language or of the article's.
    ///
    /// - Complexity: O(terms of the article + words).
    public func occurrences(in article: ReadArticle) -> WordOccurrences {
        var slots = Slots(words.reduce(0) { $0 + 1 + $1.variants.count })
        for (number, word) in words.enumerated() {
            slots.insert(word.key, number)
            for variant in word.variants where variant.languages.contains(article.language) {
                slots.insert(variant.key, number)
            }
        }
        var found = WordOccurrences(words: words.count, sentences: article.sentences.count)
        for (number, sentence) in article.sentences.enumerated() {
            sentence.wording.terms.withUnsafeBufferPointer { terms in
                for term in terms { slots.forEach(term) { found.insert($0, at: number) } }
            }
        }
        return found
    }

    /// Numbers of words by their keys; open addressing, in which most terms of a text meet nothing.
    private struct Slots {
        private let classes: TermKey.Classes
        private var keys: [TermKey?]
        private var words: [Int]

        init(_ count: Int) {
            classes = TermKey.Classes(4 * max(1, count))
            keys = Array(repeating: nil, count: classes.count)
            words = Array(repeating: 0, count: classes.count)
        }

        mutating func insert(_ key: TermKey, _ word: Int) {
            var slot = classes.number(of: key)
            while keys[slot] != nil { slot = (slot + 1) & (classes.count - 1) }
            (keys[slot], words[slot]) = (key, word)
        }

        /// Calls `body` with the words of a key.
        @inline(__always)
        func forEach(_ key: TermKey, _ body: (Int) -> Void) {
            var slot = classes.number(of: key)
            while let met = keys[slot] {
                if met == key { body(words[slot]) }
                slot = (slot &+ 1) & (classes.count &- 1)
            }
        }
    }
}

/// Which words of a question each sentence of an article has.
public struct WordOccurrences: Sendable {
    /// So many numbers tell of a sentence.
    private let width: Int
    /// A bit a word, a sentence after the other.
    private var bits: [UInt64]

    fileprivate init(words: Int, sentences: Int) {
        width = (words + UInt64.bitWidth - 1) / UInt64.bitWidth
        bits = Array(repeating: 0, count: width * sentences)
    }

    fileprivate mutating func insert(_ word: Int, at sentence: Int) {
        bits[sentence &* width &+ word >> 6] |= 1 << UInt64(word & 63)
    }

    /// Whether a sentence has a word, both by their numbers.
    public func has(_ word: Int, at sentence: Int) -> Bool {
        bits[sentence * width + word >> 6] >> UInt64(word & 63) & 1 == 1
    }

    /// The number of sentences that have a word.
    public func count(of word: Int) -> Int {
        stride(from: word >> 6, to: bits.count, by: max(1, width)).count {
            bits[$0] >> UInt64(word & 63) & 1 == 1
        }
    }
}
