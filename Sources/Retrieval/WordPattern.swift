import Text

/// A wording of a concept in the form in which texts are held against it.
struct WordPattern: Sendable, Hashable {
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
        return letters.count >= WordFamily.beginning && letters.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
            ? letters : nil
    }
}

/// A term of a text whose family may be asked for.
///
/// Stemming joins inflections only; words that share five letters and most of their length are nearly always derived from
/// one another in news.
struct WordFamily: Sendable {
    /// How many letters words of a family share at least.
    static let beginning = 5

    /// The first letters, one a byte.
    let head: UInt64
    let key: TermKey
    /// Where the term stands among the letters of the text.
    let start: Int32
    let count: Int32

    /// The entry of a term; nil where it has no family.
    init?(_ term: UnsafeBufferPointer<UInt8>, key: TermKey, start: Int) {
        guard term.count >= Self.beginning, let head = Self.head(of: term) else { return nil }
        self.head = head
        self.key = key
        self.start = Int32(start)
        count = Int32(term.count)
    }

    /// The first letters of a term; nil where they are others than a to z.
    static func head(of letters: some Sequence<UInt8>) -> UInt64? {
        var head: UInt64 = 0
        for letter in letters.prefix(beginning) {
            guard letter >= 0x61, letter <= 0x7A else { return nil }
            head = head << 8 | UInt64(letter)
        }
        return head
    }

    /// Whether a term that begins alike is of the family of a stem.
    static func isOne(_ term: some Collection<UInt8>, _ stem: [UInt8]) -> Bool {
        var common = 0
        for (a, b) in zip(stem, term) {
            guard a == b else { break }
            common += 1
        }
        let longer = max(stem.count, term.count)
        return common >= beginning && common * 10 >= longer * 6 && common * 10 >= stem.count * 7
    }
}

/// The terms of a text that have families, by their first letters.
struct WordFamilies: Sendable {
    private var terms: [WordFamily] = []
    /// The letters of all.
    private var letters: [UInt8] = []

    /// Adds a term, where it has a family.
    mutating func add(_ term: UnsafeBufferPointer<UInt8>, key: TermKey) {
        guard let family = WordFamily(term, key: key, start: letters.count) else { return }
        terms.append(family)
        letters.append(contentsOf: term)
    }

    /// Brings them in order, once all are there.
    mutating func sort() { terms.sort { ($0.head, $0.key) < ($1.head, $1.key) } }

    /// The terms that are of the family of a stem.
    ///
    /// - Complexity: O(log terms + terms that begin alike).
    func relatives(of stem: [UInt8]) -> [TermKey] {
        guard let head = WordFamily.head(of: stem) else { return [] }
        var (low, high) = (0, terms.count)
        while low < high {
            let middle = (low + high) / 2
            if terms[middle].head < head { low = middle + 1 } else { high = middle }
        }
        var found: [TermKey] = []
        while low < terms.count, terms[low].head == head {
            let family = terms[low]
            let start = Int(family.start)
            if WordFamily.isOne(letters[start..<(start + Int(family.count))], stem) {
                found.append(family.key)
            }
            low += 1
        }
        return found
    }
}

/// A concept in the wordings that one article has of it, which its parts are then held against by plain look-ups.
public struct NarrowConcept: Sendable {
    /// Single terms with what each counts, the most first.
    var terms: [(key: TermKey, strength: Double)] = []
    /// The other wordings, the strongest first.
    var ways: [Concept.Way] = []
}
