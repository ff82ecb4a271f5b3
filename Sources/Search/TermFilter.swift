import Synchronization
import Text

/// Tells of nearly all terms that a dictionary does not have that it does not, without looking at it.
///
/// A term sets four bits of one word, so that a look costs one access to memory; with sixteen bits a term about one in fifty
/// that is not there seems to be.
///
/// Source: F. Putze, P. Sanders and J. Singler, "Cache-, hash- and space-efficient Bloom filters", 2007.
struct TermFilter: Sendable {
    /// The letters of all terms that have an ASCII one.
    let alphabet: [Unicode.Scalar]
    private let words: [UInt64]

    private static let bitsPerTerm = 16

    /// The filter of a dictionary.
    ///
    /// - Complexity: O(bytes of the terms).
    init(_ dictionary: TermDictionary) {
        var words = [UInt64](repeating: 0, count: dictionary.count * Self.bitsPerTerm / 64 + 1)
        var plain = [Bool](repeating: false, count: 0x80)
        var others: Set<Unicode.Scalar> = []
        var reader = dictionary.reader(at: 0)
        while reader.advance() {
            let hash = Self.hash(reader.bytes)
            words[Self.place(hash, among: words.count)] |= Self.bits(hash)
            guard reader.bytes.contains(where: { $0 < 0x80 }) else { continue }
            for byte in reader.bytes where byte < 0x80 { plain[Int(byte)] = true }
            guard reader.bytes.contains(where: { $0 >= 0x80 }) else { continue }
            others.formUnion(String(decoding: reader.bytes, as: UTF8.self).unicodeScalars)
        }
        self.words = words
        let ascii = plain.indices.filter { plain[$0] }.map { Unicode.Scalar(UInt8($0)) }
        alphabet = ascii + others.filter { $0.value >= 0x80 }.sorted()
    }

    /// Whether the dictionary may have a term.
    func mayHold(_ term: [UInt8]) -> Bool {
        let hash = Self.hash(term)
        let bits = Self.bits(hash)
        return words[Self.place(hash, among: words.count)] & bits == bits
    }

    private static func hash(_ term: [UInt8]) -> UInt64 { term.withUnsafeBytes { Checksum.of($0) } }

    @inline(__always)
    private static func place(_ hash: UInt64, among count: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Four bits, told by parts of the hash that have little say in the place.
    @inline(__always)
    private static func bits(_ hash: UInt64) -> UInt64 {
        1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63) | 1 << (hash >> 18 & 63)
    }
}

/// The filter of a segment's terms, made once so many words were looked for that it would have paid.
final class LazyTermFilter: Sendable {
    /// To look for one word without a filter takes about this part of what making one takes.
    private static let asked = 64

    private let state = Mutex((asked: 0, filter: TermFilter?.none))

    /// The filter of a dictionary, which must be the same each time; nil as long as it would not pay.
    func filter(of dictionary: TermDictionary) -> TermFilter? {
        state.withLock { state in
            if let known = state.filter { return known }
            state.asked += 1
            guard state.asked > Self.asked else { return nil }
            let fresh = TermFilter(dictionary)
            state.filter = fresh
            return fresh
        }
    }
}

/// The words that one slip makes of a word: a letter added, left out, mistaken, or swapped with the next.
///
/// There are a few hundred; where a filter rules nearly all of them out, that is many times faster than to walk the
/// dictionary with an automaton.
struct OneSlip {
    private let letters: [Unicode.Scalar]
    private let prefix: Int
    private let alphabet: [Unicode.Scalar]

    /// The most letters of an alphabet that are tried.
    private static let most = 96

    /// - Parameters:
    ///   - word: what slips are made in.
    ///   - prefix: so many letters at the beginning stay as they are.
    ///   - filter: of the dictionary that the words are to be in; nil comes back where its alphabet is too large, or where
    ///     a word of other letters might be near.
    init?(_ word: String, prefix: Int, _ filter: TermFilter) {
        letters = Array(word.unicodeScalars)
        alphabet = filter.alphabet
        self.prefix = max(0, prefix)
        // With one of two letters left, what is near has a letter of ASCII, and its others are in the alphabet.
        guard alphabet.count <= Self.most, letters.count <= NearTerms.longest,
            letters.count(where: \.isASCII) >= 2
        else { return nil }
    }

    /// Those of the words that may be in the dictionary, each once, without the word itself.
    ///
    /// - Complexity: O(letters · letters of the alphabet).
    func words(in filter: TermFilter) -> Set<[UInt8]> {
        var found: Set<[UInt8]> = []
        guard prefix <= letters.count else { return found }
        let word = letters.flatMap { Array(String($0).utf8) }
        var start = letters[..<prefix].reduce(0) { $0 + UTF8.width($1) }
        var slip: [UInt8] = []
        slip.reserveCapacity(word.count + 4)
        func take() { if filter.mayHold(slip), slip != word { found.insert(slip) } }
        /// Tries the word with other letters in place of those between two places.
        func offer(_ others: some Sequence<UInt8>, _ end: Int) {
            slip.removeAll(keepingCapacity: true)
            slip += word[..<start]
            slip += others
            slip += word[end...]
            take()
        }
        let (plain, others) = (
            alphabet.filter(\.isASCII).map { UInt8($0.value) },
            alphabet.filter { !$0.isASCII }.map { Array(String($0).utf8) }
        )
        /// Tries the word with each letter in turn in their place.
        func offerLetters(_ end: Int) {
            for letter in others { offer(letter, end) }
            guard let first = plain.first else { return }
            offer(CollectionOfOne(first), end)
            for letter in plain.dropFirst() {
                slip[start] = letter
                take()
            }
        }
        for place in prefix...letters.count {
            offerLetters(start)
            guard place < letters.count else { break }
            let end = start + UTF8.width(letters[place])
            offerLetters(end)
            offer(EmptyCollection(), end)
            if place + 1 < letters.count {
                let next = end + UTF8.width(letters[place + 1])
                offer(word[end..<next] + word[start..<end], next)
            }
            start = end
        }
        return found
    }
}
