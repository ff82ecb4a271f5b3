import Text

/// A wording of a concept in the form in which texts are held against it.
///
/// Shared, because the same concepts are held against many texts, and a copy of each pattern would cost more than that.
final class WordPattern: Sendable {
    /// The keys of the stems that must stand in a text; empty where characters must.
    let keys: [TermKey]
    /// The letters of the stem that words of the same family share; nil where none are looked for.
    let family: TermHead?
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

    private static func family(of stem: String) -> TermHead? {
        let letters = Array(stem.utf8)
        return letters.count >= WordFamilies.beginning && letters.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
            ? letters.withUnsafeBufferPointer(TermHead.init) : nil
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
        let head: TermHead
    }

    /// The first letters of each term, one a byte: soon looked through as a whole, and never sorted for that.
    private let openings: [UInt64]
    private let terms: [Term]

    /// None.
    init() { (openings, terms) = ([], []) }

    /// Those of some terms that have families.
    ///
    /// - Parameters:
    ///   - all: how many terms there are.
    ///   - term: tells each by its number, from 0.
    @inline(__always)
    init(count all: Int, _ term: (Int) -> (head: TermHead, key: TermKey)) {
        var terms: [Term] = []
        openings = [UInt64](unsafeUninitializedCapacity: all) { openings, count in
            terms = [Term](unsafeUninitializedCapacity: all) { terms, termCount in
                // Nothing could foretell which have: what is not kept is written over.
                for number in 0..<all {
                    let (head, key) = term(number)
                    let opening = Self.opening(of: head)
                    openings.initializeElement(at: count, to: opening ?? 0)
                    terms.initializeElement(at: count, to: Term(key: key, head: head))
                    count &+= opening == nil ? 0 : 1
                }
                termCount = count
            }
        }
        self.terms = terms
    }

    /// The terms that are of the family of a stem.
    ///
    /// - Complexity: O(terms), of eight bytes each.
    func relatives(of stem: TermHead) -> [TermKey] {
        guard let opening = Self.opening(of: stem) else { return [] }
        var found: [TermKey] = []
        openings.withUnsafeBufferPointer { openings in
            let (lanes, wanted) = (8, SIMD8(repeating: opening))
            var at = 0
            while at < openings.count {
                let end = min(at + lanes, openings.count)
                defer { at = end }
                if end == at + lanes, let base = openings.baseAddress {
                    let some = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD8<UInt64>.self)
                    guard any(some .== wanted) else { continue }
                }
                for place in at..<end
                where openings[place] == opening && Self.isOne(terms[place].head, stem) {
                    found.append(terms[place].key)
                }
            }
        }
        return found
    }

    /// The first letters of a term; nil where they are too few, or others than a to z.
    private static func opening(of head: TermHead) -> UInt64? {
        guard head.count >= beginning else { return nil }
        let opening = head.first >> UInt64(8 * (8 - beginning))
        // All bytes at once: the highest bit of each tells whether it is above what it is held against.
        let ones: UInt64 = 0x01_0101_0101
        let high = ones &* 0x80
        let (fromA, toZ) = ((opening | high) &- ones &* 0x61, ones &* 0xFA &- opening)
        guard fromA & toZ & ~opening & high == high else { return nil }
        return opening
    }

    /// Whether a term that begins alike is of the family of a stem.
    private static func isOne(_ term: TermHead, _ stem: TermHead) -> Bool {
        let common = term.commonCount(with: stem)
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
    /// The classes of the terms, or all where there are other wordings: a text with terms of other classes does not meet it.
    private(set) var bits: UInt64 = 0

    /// Orders the wordings, after the last was added.
    mutating func close() {
        if terms.count > 1 { terms.sort { $0.strength > $1.strength } }
        if patterns.count > 1 { patterns.sort { $0.strength > $1.strength } }
        bits = patterns.isEmpty ? terms.reduce(0) { $0 | $1.key.bit } : .max
    }
}
