/// Finds the terms of a dictionary that a few slips turn a word into.
///
/// The terms come in the order of their bytes, so those with a common beginning stand together. The table of distances is
/// kept a row per letter and reused for the letters that a term shares with the one before; where every way to go on
/// costs too much, all terms with that beginning are passed over. It visits what a Levenshtein automaton would.
///
/// Source: optimal string alignment (Damerau 1964) along a trie; K. U. Schulz and S. Mihov, "Fast string correction with
/// Levenshtein automata", 2002, for the pruning.
struct NearTerms {
    /// What a term is to the word.
    enum Verdict: Equatable {
        /// So many slips away.
        case near(Int)
        /// Too far, though others with the same beginning may be near.
        case far
        /// Too far with its first bytes, whatever follows them.
        case hopeless(bytes: Int)
    }

    private let word: [Unicode.Scalar]
    private let limit: UInt8
    /// A row for each letter of the last term and one before them.
    ///
    /// Each has a column for each letter of the word and one before them. Distances above the limit are as good as equal.
    private var rows: [UInt8]
    private var letters: [Unicode.Scalar] = []
    private var isHopeless = false

    /// A search for terms near a word.
    ///
    /// - Parameters:
    ///   - word: what the terms are to be near.
    ///   - limit: how many slips a term may be away; at most 8.
    init(_ word: String, limit: Int) {
        self.word = Array(word.unicodeScalars)
        self.limit = UInt8(min(max(0, limit), 8))
        rows = (0...self.word.count).map { UInt8(min($0, 9)) }
    }

    /// How far the next term of the dictionary is.
    ///
    /// - Complexity: O(letters that the term before does not share · length of the word).
    mutating func verdict(on term: [UInt8]) -> Verdict {
        var at = 0
        var letter = 0
        var decoder = UTF8()
        var bytes = term.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            at += UTF8.width(scalar)
            if letter < letters.count, letters[letter] == scalar {
                letter += 1
                if letter == letters.count, isHopeless { return .hopeless(bytes: at) }
                continue
            }
            if letter < letters.count { cut(to: letter) }
            letter += 1
            if !append(scalar) {
                isHopeless = true
                return .hopeless(bytes: at)
            }
        }
        if letter < letters.count { cut(to: letter) }
        let distance = rows[rows.count - 1]
        return distance <= limit ? .near(Int(distance)) : .far
    }

    private mutating func cut(to count: Int) {
        letters.removeLast(letters.count - count)
        rows.removeLast(rows.count - (count + 1) * (word.count + 1))
        isHopeless = false
    }

    /// Adds the row of a letter.
    ///
    /// - Returns: whether some way to go on is cheap enough.
    private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
        let width = word.count + 1
        let above = rows.count - width
        rows.append(min(rows[above] + 1, limit + 1))
        var best = rows[rows.count - 1]
        for column in 0..<word.count {
            var cost = rows[above + column] + (word[column] == scalar ? 0 : 1)
            cost = min(cost, rows[above + column + 1] + 1, rows[rows.count - 1] + 1)
            if column > 0, let before = letters.last, word[column - 1] == scalar, word[column] == before {
                cost = min(cost, rows[above - width + column - 1] + 1)
            }
            cost = min(cost, limit + 1)
            rows.append(cost)
            best = min(best, cost)
        }
        letters.append(scalar)
        return best <= limit
    }
}
