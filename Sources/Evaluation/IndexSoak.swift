public import Search
import Text

/// Changes an index for ever, so that it can be stopped at any moment, and tells afterwards whether it is what it should be.
///
/// What a step changes follows from its number alone, and with it what the index holds after any step.
public enum IndexSoak {
    private static let schema = Schema([Field("text")])
    private static let groups: UInt64 = 700

    /// Opens the index, applies step after step, merges and commits.
    ///
    /// - Parameters:
    ///   - folder: that of the index.
    ///   - steps: how many; an owner who stops it from outside sets many.
    ///   - isCommitted: told the last step that was committed.
    /// - Throws: whatever the index throws.
    public static func run(
        _ folder: String, steps: Int, isCommitted: (_ step: Int64) -> Void
    ) throws(SearchError) {
        var index = try InvertedIndex(folder: folder, schema: schema)
        for _ in 0..<steps {
            // Another step comes between the choice of a merge and its end, as it does beside a running one.
            let merge = index.nextMerge(settling: index.cursor % 50 == 0)
            let step = index.cursor + 1
            index.apply(changes(step), cursor: step)
            if let merged = merge?.run() { index.install(merged) }
            try index.commit()
            isCommitted(step)
        }
    }

    /// What is wrong with the index; nil where it is as it was after the step that it names.
    ///
    /// - Parameters:
    ///   - folder: that of the index.
    ///   - least: the last step that is known to have been committed.
    /// - Returns: the step, and a sentence where something is wrong.
    /// - Throws: whatever the index throws; a damaged file among it.
    public static func check(
        _ folder: String, least: Int64
    ) throws(SearchError) -> (step: Int64, problem: String?) {
        let index = try InvertedIndex(folder: folder, schema: schema)
        try index.searcher.verify()
        var expected: [Int64: Int64] = [:]
        var step: Int64 = 1
        while step <= index.cursor {
            for change in changes(step) {
                switch change {
                case .replace(let group, _): expected[group] = step
                case .delete(let group): expected[group] = nil
                }
            }
            step += 1
        }
        if index.cursor < least { return (index.cursor, "step \(least) was committed and is lost") }
        for group in 0..<Int64(groups) {
            let hits = index.searcher.search(Query([Clause("g\(group)")]), limit: 5)
            guard hits.map(\.document.group) == (expected[group] == nil ? [] : [group]) else {
                return (index.cursor, "group \(group) is found \(hits.count) times")
            }
            guard let written = expected[group] else { continue }
            let query = Query([Clause("s\(written)"), Clause("g\(group)", occurrence: .required)])
            guard let hit = index.searcher.search(query, limit: 1).first,
                index.searcher.explain(query, hit.document)?.parts.count == 2
            else { return (index.cursor, "group \(group) is not what step \(written) wrote") }
        }
        return (index.cursor, nil)
    }

    /// The changes of a step, each of a group of its own.
    private static func changes(_ step: Int64) -> [Change] {
        let first = UInt64(bitPattern: step) &* 0x9E37_79B9_7F4A_7C15 >> 20
        return (0..<1 + first % 30).map { place in
            let group = Int64((first + place * 7) % groups)
            if (first + place) % 6 == 0 { return .delete(group: group) }
            let text =
                "g\(group) s\(step) " + (0..<place).map { "w\((first + $0) % 99)" }.joined(separator: " ")
            return .replace(
                group: group, with: [Document(ordinal: 0, language: .english, texts: [text])])
        }
    }
}
