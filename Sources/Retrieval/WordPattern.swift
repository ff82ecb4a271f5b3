import Text

/// A wording of a concept in the form in which texts are held against it.
///
/// Shared, because the same concepts are held against many texts, and a copy of each pattern would cost more than that.
final class WordPattern: Sendable {
    /// The keys of the stems that must stand in a text; empty where characters must.
    let keys: [TermKey]
    /// The letters of the stem that words of the same family share; nil where none are looked for.
    let family: [UInt8]?
    /// The characters, folded to simplified, in UTF-8.
    let characters: [UInt8]
    /// Where each character begins, and behind them their end.
    let borders: [Int]
    /// Whether rows of the characters count by themselves.
    let isByDegrees: Bool

    init(_ form: Concept.Form) {
        switch form {
        case .stems(let stems):
            keys = stems.map { TermKey($0) }
            family = stems.count == 1 ? stems.first.flatMap(Self.family) : nil
            characters = []
            borders = []
            isByDegrees = false
        case .characters(let text), .run(let text):
            keys = []
            family = nil
            characters = Array(text.utf8)
            borders =
                text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) } + [text.utf8.count]
            isByDegrees = if case .run = form { true } else { false }
        }
    }

    private static func family(of stem: String) -> [UInt8]? {
        let letters = Array(stem.utf8)
        return letters.count >= WordFamilies.beginning && letters.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
            ? letters : nil
    }
}

/// The terms of a text that have families, which are asked for by a few words of a question only.
///
/// Stemming joins inflections only; words that share five letters and most of their length are nearly always derived from
/// one another in news.
struct WordFamilies: Sendable {
    /// How many letters words of a family share at least.
    static let beginning = 5

    private struct Term {
        let key: TermKey
        /// Where it stands among the letters of the text.
        let start: Int32
        let count: Int32
    }

    /// The first letters of each term, one a byte: soon looked through as a whole, and never sorted for that.
    private var heads: [UInt64] = []
    private var terms: [Term] = []
    /// The letters of all.
    private var letters: [UInt8] = []

    /// Makes room for so many terms.
    mutating func reserve(_ count: Int) {
        heads.reserveCapacity(count)
        terms.reserveCapacity(count)
        letters.reserveCapacity(count * 8)
    }

    /// Adds a term, where it has a family.
    mutating func add(_ term: UnsafeBufferPointer<UInt8>, key: TermKey) {
        guard term.count >= Self.beginning, let head = Self.head(of: term) else { return }
        heads.append(head)
        terms.append(Term(key: key, start: Int32(letters.count), count: Int32(term.count)))
        letters.append(contentsOf: term)
    }

    /// The terms that are of the family of a stem.
    ///
    /// - Complexity: O(terms), of eight bytes each.
    func relatives(of stem: [UInt8]) -> [TermKey] {
        guard let head = Self.head(of: stem) else { return [] }
        var found: [TermKey] = []
        for place in heads.indices where heads[place] == head {
            let start = Int(terms[place].start)
            if Self.isOne(letters[start..<(start + Int(terms[place].count))], stem) {
                found.append(terms[place].key)
            }
        }
        return found
    }

    /// The first letters of a term; nil where they are others than a to z.
    private static func head(of letters: some Sequence<UInt8>) -> UInt64? {
        var head: UInt64 = 0
        for letter in letters.prefix(beginning) {
            guard letter >= 0x61, letter <= 0x7A else { return nil }
            head = head << 8 | UInt64(letter)
        }
        return head
    }

    /// Whether a term that begins alike is of the family of a stem.
    private static func isOne(_ term: some Collection<UInt8>, _ stem: [UInt8]) -> Bool {
        var common = 0
        for (a, b) in zip(stem, term) {
            guard a == b else { break }
            common += 1
        }
        let longer = max(stem.count, term.count)
        return common >= beginning && common * 10 >= longer * 6 && common * 10 >= stem.count * 7
    }
}

/// A concept in the wordings that one article has of it, which its parts are then held against by plain look-ups.
public struct NarrowConcept: Sendable {
    /// Single terms with what each counts, the most first.
    var terms: [(key: TermKey, strength: Double)] = []
    /// The other wordings, the strongest first.
    var patterns: [(pattern: WordPattern, strength: Double)] = []
}
