/// Suffixes with what each of them means.
///
/// A key of the literal is one or several suffixes with spaces between them; none stands in two keys.
struct SuffixTable<Meaning: Sendable>: ExpressibleByDictionaryLiteral, Sendable {
    private struct Entry {
        let suffix: [Unicode.Scalar]
        let meaning: Meaning
    }

    /// The suffixes with the same last letter, the longest first.
    private var groups: [(last: Unicode.Scalar, entries: [Entry])] = []

    init(dictionaryLiteral elements: (String, Meaning)...) {
        var entries: [Unicode.Scalar: [Entry]] = [:]
        for (suffixes, meaning) in elements {
            for suffix in suffixes.split(separator: " ") {
                let entry = Entry(suffix: Array(suffix.unicodeScalars), meaning: meaning)
                if let last = entry.suffix.last { entries[last, default: []].append(entry) }
            }
        }
        groups = entries.map { ($0, $1.sorted { $0.suffix.count > $1.suffix.count }) }
    }

    /// Looks for the longest suffix that letters have before a place.
    ///
    /// - Parameters:
    ///   - letters: of a word.
    ///   - end: where the suffix ends.
    ///   - limit: where it may start at the earliest.
    /// - Returns: its start and meaning.
    func longest(in letters: [Unicode.Scalar], before end: Int, from limit: Int) -> (
        start: Int, meaning: Meaning
    )? {
        guard end > limit, let group = groups.first(where: { $0.last == letters[end - 1] }) else {
            return nil
        }
        for entry in group.entries where entry.suffix.count <= end - limit {
            let start = end - entry.suffix.count
            if entry.suffix.indices.allSatisfy({ entry.suffix[$0] == letters[start + $0] }) {
                return (start, entry.meaning)
            }
        }
        return nil
    }
}

/// Suffixes of which it matters only whether one is there.
typealias SuffixList = SuffixTable<Void>

extension SuffixTable: ExpressibleByStringLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByUnicodeScalarLiteral
where Meaning == Void {
    init(stringLiteral suffixes: String) { self.init(dictionaryLiteral: (suffixes, ())) }
}
