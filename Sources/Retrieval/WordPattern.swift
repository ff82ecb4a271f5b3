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
    private var openings: [UInt64] = []
    private var terms: [Term] = []

    /// Makes room for so many terms.
    mutating func reserve(_ count: Int) {
        openings.reserveCapacity(count)
        terms.reserveCapacity(count)
    }

    /// Adds a term, where it has a family.
    mutating func add(_ head: TermHead, key: TermKey) {
        guard let opening = Self.opening(of: head) else { return }
        openings.append(opening)
        terms.append(Term(key: key, head: head))
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
        for place in 0..<beginning {
            let letter = UInt8(truncatingIfNeeded: opening >> UInt64(8 * place))
            guard letter >= 0x61, letter <= 0x7A else { return nil }
        }
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
}
