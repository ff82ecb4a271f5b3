import Synchronization

/// Tells of nearly all terms that a dictionary does not have that it does not, without looking at it.
///
/// A term sets four bits of one word, so that a look costs one access to memory; with sixteen bits a term about one in fifty
/// that is not there seems to be.
///
/// Source: F. Putze, P. Sanders and J. Singler, "Cache-, hash- and space-efficient Bloom filters", 2007.
struct TermFilter: Sendable {
    /// The letters of all terms that have an ASCII one.
    let alphabet: [SpelledLetter]
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
            let hash = RowHash(reader.bytes).mixed
            words[Self.place(hash, among: words.count)] |= Self.bits(hash)
            guard reader.bytes.contains(where: { $0 < 0x80 }) else { continue }
            for byte in reader.bytes where byte < 0x80 { plain[Int(byte)] = true }
            guard reader.bytes.contains(where: { $0 >= 0x80 }) else { continue }
            others.formUnion(String(decoding: reader.bytes, as: UTF8.self).unicodeScalars)
        }
        self.words = words
        let ascii = plain.indices.filter { plain[$0] }.map { Unicode.Scalar(UInt8($0)) }
        alphabet = (ascii + others.filter { $0.value >= 0x80 }.sorted()).map(SpelledLetter.init)
    }

    /// Whether the dictionary may have the term that a hash is of.
    @inline(__always)
    func mayHold(_ term: RowHash) -> Bool {
        let hash = term.mixed
        let bits = Self.bits(hash)
        return words[Self.place(hash, among: words.count)] & bits == bits
    }

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

/// The hash of bytes in a row, of which that of two rows behind each other is made without a look at the bytes.
///
/// Source: R. Karp and M. Rabin, "Efficient randomized pattern-matching algorithms", 1987; modulo 2⁶⁴, and mixed at the end.
struct RowHash: Sendable {
    private var sum: UInt64 = 0
    /// The base to the power of the number of bytes.
    private var power: UInt64 = 1

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    init() {}

    init(_ bytes: some Sequence<UInt8>) { for byte in bytes { append(byte) } }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        // No row of bytes is to be like one with noughts before it.
        sum = sum &* Self.base &+ UInt64(byte) &+ 1
        power = power &* Self.base
    }

    /// The hash of these bytes with others behind them.
    @inline(__always)
    func followed(by other: RowHash) -> RowHash {
        var hash = RowHash()
        hash.sum = sum &* other.power &+ other.sum
        hash.power = power &* other.power
        return hash
    }

    /// A number in which each bit hangs on all bytes.
    @inline(__always)
    var mixed: UInt64 {
        let once = (sum ^ sum >> 32) &* 0xD6E8_FEB8_6659_FD93
        return once ^ once >> 32
    }
}

/// A letter with its bytes.
struct SpelledLetter: Sendable {
    let bytes: [UInt8]
    let hash: RowHash

    init(_ letter: Unicode.Scalar) {
        bytes = Array(String(letter).utf8)
        hash = RowHash(bytes)
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
    private let alphabet: [SpelledLetter]

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
        let spelled = letters.map(SpelledLetter.init)
        let word = spelled.flatMap(\.bytes)
        /// Where each letter begins, and the hashes of what stands before it and from it on.
        var borders = [0]
        var heads = [RowHash()]
        for letter in spelled {
            borders.append(borders[borders.count - 1] + letter.bytes.count)
            heads.append(heads[heads.count - 1].followed(by: letter.hash))
        }
        var tails = [RowHash()]
        for letter in spelled.reversed() { tails.append(letter.hash.followed(by: tails[tails.count - 1])) }
        tails.reverse()
        /// Tries the word with others in place of the letters between two places.
        func offer(_ others: @autoclosure () -> [UInt8], _ hash: RowHash, _ start: Int, _ end: Int) {
            guard filter.mayHold(heads[start].followed(by: hash).followed(by: tails[end])) else { return }
            let slip = word[..<borders[start]] + others() + word[borders[end]...]
            if slip != word[...] { found.insert(Array(slip)) }
        }
        for place in prefix...letters.count {
            for letter in alphabet.indices {
                offer(alphabet[letter].bytes, alphabet[letter].hash, place, place)
            }
            guard place < letters.count else { break }
            for letter in alphabet.indices {
                offer(alphabet[letter].bytes, alphabet[letter].hash, place, place + 1)
            }
            offer([], RowHash(), place, place + 1)
            if place + 1 < letters.count {
                let (first, second) = (spelled[place], spelled[place + 1])
                offer(second.bytes + first.bytes, second.hash.followed(by: first.hash), place, place + 2)
            }
        }
        return found
    }
}
