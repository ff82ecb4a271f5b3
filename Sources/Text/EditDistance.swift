/// The number of slips between two words.
public enum EditDistance {
    /// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`; nil if more than `limit`.
    ///
    /// - Complexity: O(length · limit).
    /// Source: optimal string alignment (Damerau 1964), restricted to a band.
    public static func bounded(_ a: String, _ b: String, limit: Int) -> Int? {
        let a = Array(a.unicodeScalars)
        let b = Array(b.unicodeScalars)
        guard abs(a.count - b.count) <= limit else { return nil }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        let far = limit + 1
        var before = [Int](repeating: far, count: b.count + 1)
        var last = (0...b.count).map { min($0, far) }
        for i in 1...a.count {
            var row = [Int](repeating: far, count: b.count + 1)
            if i <= limit { row[0] = i }
            var best = row[0]
            for j in max(1, i - limit)...max(max(1, i - limit), min(b.count, i + limit)) {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    value = min(value, before[j - 2] + 1)
                }
                row[j] = min(value, far)
                best = min(best, row[j])
            }
            guard best <= limit else { return nil }
            before = last
            last = row
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}
