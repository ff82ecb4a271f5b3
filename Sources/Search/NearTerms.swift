/// Finds the terms of a dictionary that a few slips turn a word into.
///
/// The terms come in the order of their bytes, so those with a common beginning stand together. For each letter of a term
/// a few bits tell how many letters of the word it may have come to at so many slips, so that what a term shares with the
/// one before is not looked at again. Where no way leads on, the next beginning that one leads to is told, and all terms
/// before it are passed over: once all slips are spent, only the rest of the word can follow.
///
/// Source: optimal string alignment (Damerau 1964) by bits (S. Wu and U. Manber, "Fast text searching allowing errors",
/// 1992), and the intersection of such an automaton with a sorted dictionary (K. U. Schulz and S. Mihov, "Fast string
/// correction with Levenshtein automata", 2002).
struct NearTerms {
    /// What a term is to the word.
    enum Verdict: Equatable {
        /// So many slips away.
        case near(Int)
        /// Too far, though the next term may be near.
        case far
        /// Too far, and so are all terms before ``next``.
        case hopeless
        /// Too far, and so are all that follow.
        case last
    }

    /// The longest word that is looked for, in letters; its bits and one more fit a number.
    static let longest = 63

    /// Where terms go on that may be near, after a verdict of ``Verdict/hopeless``.
    private(set) var next: [UInt8] = []

    private let word: [Unicode.Scalar]
    /// The bytes of each letter.
    private let bytes: [[UInt8]]
    private let limit: Int
    /// So many letters at the beginning are as in the word.
    private let prefix: Int
    /// The bits of the word's letters and of its end.
    private let all: UInt64
    /// The letters of the last term as far as they were looked at, each with the place behind its last byte.
    private var letters: [(scalar: Unicode.Scalar, end: Int)] = []
    /// For no letter, the first, and so on: for each number of slips the places of the word that they may lead to.
    private var reached: [UInt64]
    private var isHopeless = false

    /// A search for terms near a word.
    ///
    /// - Parameters:
    ///   - word: what the terms are to be near; of at most ``longest`` letters, others are near nothing.
    ///   - limit: how many slips a term may be away; at most 8.
    ///   - prefix: how many letters at the beginning must be the same.
    init?(_ word: String, limit: Int, prefix: Int) {
        self.word = Array(word.unicodeScalars)
        bytes = self.word.map { Array(String($0).utf8) }
        self.limit = min(max(0, limit), 8)
        self.prefix = max(0, prefix)
        let count = self.word.count
        guard count <= Self.longest, self.prefix <= count else { return nil }
        all = ~0 >> UInt64(63 - count)
        reached = []
        reached = beginning(at: 0)
    }

    /// The places that slips lead to where the letters before are as in the word.
    private func beginning(at place: Int) -> [UInt64] {
        (0...limit).map { slips in (1 << UInt64(slips + 1) - 1) << UInt64(place) & all }
    }

    /// How far the next term of the dictionary is.
    ///
    /// - Parameters:
    ///   - term: its bytes.
    ///   - shared: how many of them are as in the term before.
    /// - Returns: how far it is, and what that says of those that follow.
    /// - Complexity: O(letters that the term before does not share · slips).
    mutating func verdict(on term: [UInt8], shared: Int) -> Verdict {
        while let last = letters.last, last.end > shared {
            letters.removeLast()
            reached.removeLast(limit + 1)
            isHopeless = false
        }
        if isHopeless { return verdictOnHopeless(term) }
        var end = letters.last?.end ?? 0
        var decoder = UTF8()
        var bytes = term[end...].makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            end += UTF8.width(scalar)
            letters.append((scalar, end))
            if !append(scalar) {
                isHopeless = true
                return verdictOnHopeless(term)
            }
        }
        guard letters.count >= prefix else { return .far }
        let behind: UInt64 = 1 << UInt64(word.count)
        let first = reached.count - (limit + 1)
        return (0...limit).first { reached[first + $0] & behind != 0 }.map(Verdict.near) ?? .far
    }

    /// Adds what a letter leads to.
    ///
    /// - Returns: whether some way leads on.
    private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
        let place = letters.count - 1
        guard place >= prefix else {
            guard word[place] == scalar else {
                reached += Array(repeating: 0, count: limit + 1)
                return false
            }
            reached += beginning(at: place + 1)
            return true
        }
        let same = bits(of: scalar)
        let before = place > prefix ? same & bits(of: letters[place - 1].scalar) >> 1 : 0
        let above = reached.count - (limit + 1)
        var bits: UInt64 = 0
        for slips in 0...limit {
            let here = reached[above + slips]
            var new = (here & same) << 1
            if slips > 0 {
                let fewer = reached[above + slips - 1]
                // Added to the word, mistaken, left out of it, swapped with the next.
                new |= fewer | fewer << 1 | bits << 1
                if before != 0 { new |= (reached[above - (limit + 1) + slips - 1] & before) << 2 }
            }
            bits = new & all
            reached.append(bits)
        }
        return bits != 0
    }

    /// The places at which the word has a letter.
    private func bits(of scalar: Unicode.Scalar) -> UInt64 {
        var bits: UInt64 = 0
        for place in word.indices where word[place] == scalar { bits |= 1 << UInt64(place) }
        return bits
    }

    /// Tells where terms go on that may be near, the last letter having led nowhere.
    private mutating func verdictOnHopeless(_ term: [UInt8]) -> Verdict {
        for place in letters.indices.reversed() {
            let (scalar, end) = letters[place]
            if place >= prefix, limit > 0, reached[place * (limit + 1) + limit - 1] != 0 {
                // Any letter may follow. No term has the byte 0xFF: what it ends is behind all that begin so.
                next.replaceSubrange(next.indices, with: term[..<end])
                next.append(0xFF)
                return .hopeless
            }
            guard let way = way(behind: scalar, at: place) else { continue }
            next.replaceSubrange(next.indices, with: term[..<(end - UTF8.width(scalar))])
            append(way)
            return .hopeless
        }
        return .last
    }

    /// What must follow where all slips are spent: the word from a place on, its first two letters swapped or not.
    private typealias Way = (place: Int, isSwapped: Bool)

    /// The first way on that begins with a letter behind another; `place` letters come before it.
    private func way(behind scalar: Unicode.Scalar, at place: Int) -> Way? {
        guard place >= prefix else { return word[place] > scalar ? (place, false) : nil }
        var found: Way?
        func offer(_ way: Way) {
            guard word[way.place] > scalar else { return }
            if let other = found, !precedes(way, other) { return }
            found = way
        }
        let here = reached[place * (limit + 1) + limit]
        for at in word.indices where here >> UInt64(at) & 1 == 1 { offer((at, false)) }
        if limit > 0, place > prefix {
            let (before, earlier) = (letters[place - 1].scalar, (place - 1) * (limit + 1) + limit - 1)
            for at in word.indices.dropLast()
            where reached[earlier] >> UInt64(at) & 1 == 1 && word[at + 1] == before { offer((at, true)) }
        }
        return found
    }

    /// Whether the one way comes before the other in the order of terms.
    private func precedes(_ a: Way, _ b: Way) -> Bool {
        guard word[a.place] == word[b.place] else { return word[a.place] < word[b.place] }
        return rest(of: a).lexicographicallyPrecedes(rest(of: b))
    }

    /// What follows the first letter of a way.
    private func rest(of way: Way) -> ArraySlice<Unicode.Scalar> {
        // Behind the letters that must be the same there may be slips again.
        let end = way.place < prefix ? prefix : word.count
        return word[min(way.place + (way.isSwapped ? 2 : 1), end)..<end]
    }

    private mutating func append(_ way: Way) {
        next.append(contentsOf: bytes[way.place])
        for letter in rest(of: way).indices { next.append(contentsOf: bytes[letter]) }
    }
}
