/// An index of documents by their terms, changed in atomic steps and read in snapshots.
///
/// Every step makes a new immutable segment and marks what it replaces as deleted in the older ones; a ``searcher`` taken
/// before goes on seeing what was there. Merges bring many small segments together and drop what is deleted.
public struct InvertedIndex: Sendable {
    /// More segments than this are merged.
    private static let mostSegments = 8

    private let schema: Schema
    private var views: [SegmentView] = []
    /// The number of the last step that was applied; 0 for a new index.
    public private(set) var cursor: Int64 = 0
    /// The state after the last step; it never changes.
    public private(set) var searcher: Searcher

    /// An empty index in memory.
    public init(schema: Schema) {
        self.schema = schema
        searcher = Searcher(schema: schema, views: [])
    }

    /// Applies changes as one step; of several changes of a group the last one counts.
    ///
    /// - Parameters:
    ///   - changes: what came, changed or went.
    ///   - cursor: the number of the step, from which a follower goes on.
    /// - Complexity: O(size of the new documents + number of all documents).
    public mutating func apply(_ changes: [Change], cursor: Int64) {
        var last: [Int64: Change] = [:]
        for change in changes { last[change.group] = change }
        for index in views.indices {
            for group in last.keys { views[index].delete(group: group) }
        }
        let added = last.values.compactMap { change -> (group: Int64, documents: [Document])? in
            guard case .replace(let group, let documents) = change, !documents.isEmpty else { return nil }
            return (group, documents)
        }
        if !added.isEmpty { views.append(view(of: Segment.build(added, schema: schema))) }
        views.removeAll { $0.livingCount == 0 }
        self.cursor = cursor
        searcher = Searcher(schema: schema, views: views)
    }

    /// Brings segments together where there are many, or where much of them is deleted.
    ///
    /// - Complexity: O(size of what is merged); readers are not held up.
    public mutating func mergeIfNeeded() {
        let all = views.reduce(0) { $0 + $1.segment.documentCount }
        let deleted = views.reduce(0) { $0 + $1.deletedCount }
        if views.count > Self.mostSegments || deleted * 4 > all { merge() }
    }

    /// Brings all segments together and drops what is deleted.
    public mutating func merge() {
        guard views.count > 1 || views.contains(where: { $0.deletedCount > 0 }) else { return }
        let merged = view(of: Segment.merge(views, schema: schema))
        views = merged.livingCount == 0 ? [] : [merged]
        searcher = Searcher(schema: schema, views: views)
    }

    private func view(of bytes: [UInt8]) -> SegmentView {
        do {
            return SegmentView(try Segment(SegmentBytes(copying: bytes), schema: schema, name: "new segment"))
        } catch {
            preconditionFailure("the writer's own bytes are refused: \(error)")
        }
    }
}
