/// An index of documents by their terms, changed in atomic steps and read in snapshots.
///
/// Every step makes a new immutable segment and marks what it replaces as deleted in the older ones; a ``searcher`` taken
/// before goes on seeing what was there. Merges bring segments of like size together and drop what is deleted, so that
/// their number grows with the logarithm of the documents.
///
/// With a folder the index outlives the program: ``commit()`` makes the present state the one that is opened next.
public struct InvertedIndex: Sendable {
    /// As many segments of like size are merged.
    private static let mergeWidth = 8
    /// As many are in an import, so that it writes again little of what it has indexed, and leaves it to who settles it.
    private static let importWidth = 16
    /// Segments up to this size are of like size.
    private static let smallest = 64

    private let schema: Schema
    private let files: IndexFiles?
    /// The segments, with their numbers where they are written.
    private var parts: [(number: UInt64?, view: SegmentView)] = []
    /// Once the smaller segments together are a part of the largest, they are brought together with it, unless more is
    /// to come at once.
    private static let settledPart = 8
    private var nextNumber: UInt64 = 1
    /// The numbers of segments that running merges write.
    private var reserved: Set<UInt64> = []
    /// The number of the last step that was applied; 0 for a new index.
    public private(set) var cursor: Int64 = 0
    /// The state after the last step; it never changes.
    public private(set) var searcher: Searcher

    /// An empty index in memory.
    public init(schema: Schema) {
        self.schema = schema
        files = nil
        searcher = Searcher(schema: schema, views: [])
    }

    /// The index of a folder as it was committed last, an empty one where there is none or one of another schema.
    ///
    /// A second program that opens the folder at the same time reads the same state, and its own commits do nothing.
    ///
    /// - Parameters:
    ///   - folder: made where it is missing; its parent must exist.
    ///   - schema: what documents are made of.
    ///   - rebuilding: takes what is there away first, as after ``SearchError/damaged(file:reason:)``.
    /// - Throws: ``SearchError`` when the files cannot be read or are not what was written.
    /// - Complexity: O(documents + terms); postings are held against their checksums when they are first read.
    public init(folder: String, schema: Schema, rebuilding: Bool = false) throws(SearchError) {
        self.schema = schema
        let files = try IndexFiles(folder: folder)
        self.files = files
        searcher = Searcher(schema: schema, views: [])
        if rebuilding {
            if files.isWriter { files.clear() }
        } else if let state = try files.read(schema: schema) {
            cursor = state.cursor
            parts = state.segments.map { ($0.number, $0.view) }
            nextNumber = (state.segments.map(\.number).max() ?? 0) + 1
            publish()
        }
    }

    /// Whether ``commit()`` keeps the state: there is a folder, and no other program writes to it.
    public var isKept: Bool { files?.isWriter ?? false }

    /// Applies changes as one step; of several changes of a group the last one counts.
    ///
    /// - Parameters:
    ///   - changes: what came, changed or went.
    ///   - cursor: the number of the step, from which a follower goes on.
    /// - Complexity: O(size of the new documents + changes · segments · log documents).
    public mutating func apply(_ changes: [Change], cursor: Int64) {
        var last: [Int64: Change] = [:]
        for change in changes { last[change.group] = change }
        let added = last.values.compactMap { change -> (group: Int64, documents: [Document])? in
            guard case .replace(let group, let documents) = change, !documents.isEmpty else { return nil }
            return (group, documents)
        }
        let segment = added.isEmpty ? nil : Segment.build(added, schema: schema)
        apply(
            BuiltStep(groups: last.keys.sorted(), segment: segment.map(SegmentBytes.init(copying:))),
            cursor: cursor)
    }

    /// Applies a step whose documents have been read, of an index of this schema.
    ///
    /// - Parameters:
    ///   - step: what came, changed or went.
    ///   - cursor: the number of the step, from which a follower goes on.
    /// - Complexity: O(size of the segment + changes · segments · log documents).
    public mutating func apply(_ step: BuiltStep, cursor: Int64) {
        for index in parts.indices {
            for group in step.groups { parts[index].view.delete(group: group) }
        }
        if let segment = step.segment { parts.append((nil, SegmentView(writing: segment, schema: schema))) }
        if let (number, segment) = step.written {
            reserved.remove(number)
            parts.append((number, SegmentView(segment)))
        }
        parts.removeAll { $0.view.livingCount == 0 }
        self.cursor = cursor
        publish()
    }

    /// The merge that is due: of segments of like size where there are many, or of one that is mostly deleted documents.
    ///
    /// It runs anywhere, beside readers and further changes, until ``install(_:)`` puts its result in place.
    ///
    /// - Parameters:
    ///   - settling: whether nothing more is to come soon, so that the smaller segments are worth bringing together with
    ///     the largest.
    ///   - importing: whether much more is to come at once.
    ///   - most: how many documents its segments may hold together.
    /// - Returns: nil where nothing is due.
    public mutating func nextMerge(
        settling: Bool = false, importing: Bool = false, most: Int = .max
    ) -> PendingMerge? {
        var chosen = fullTier(width: importing ? Self.importWidth : Self.mergeWidth, most: most)
        chosen =
            chosen
            ?? parts.indices.first {
                let documents = parts[$0].view.segment.documentCount
                return documents <= most && parts[$0].view.deletedCount * 2 > documents
            }.map { [$0] }
        if chosen == nil, settling, parts.count > 1 {
            let sizes = parts.map(\.view.livingCount)
            let (all, largest) = (sizes.reduce(0, +), sizes.max() ?? 0)
            if all <= most, (all - largest) * Self.settledPart > largest { chosen = Array(parts.indices) }
        }
        return chosen.map { merge(of: $0) }
    }

    /// A place for a segment that is written ahead of the commit that makes it count; nil where nothing is kept.
    public mutating func place() -> SegmentPlace? {
        guard let files, files.isWriter else { return nil }
        defer { nextNumber += 1 }
        reserved.insert(nextNumber)
        return SegmentPlace(files: files, number: nextNumber)
    }

    private mutating func merge(of chosen: [Int]) -> PendingMerge {
        PendingMerge(schema: schema, parts: chosen.map { parts[$0].view }, place: place())
    }

    /// Puts the result of a merge in the place of what it was made of, without what was deleted meanwhile.
    ///
    /// - Returns: whether it was: not where the segments are gone.
    /// - Complexity: O(documents of the segments).
    @discardableResult
    public mutating func install(_ merged: FinishedMerge) -> Bool {
        if let number = merged.number { reserved.remove(number) }
        var view = merged.view
        var places: [Int] = []
        for before in merged.parts {
            guard let place = parts.firstIndex(where: { $0.view.segment === before.segment }) else {
                return false
            }
            places.append(place)
            let now = parts[place].view
            guard now.deletedCount > before.deletedCount else { continue }
            for document in 0..<before.segment.documentCount
            where now.isDeleted(document) && !before.isDeleted(document) {
                if let number = view.segment.number(of: before.segment.id(document)) { view.delete(number) }
            }
        }
        let gone = Set(places)
        parts = parts.indices.filter { !gone.contains($0) }.map { parts[$0] }
        if view.livingCount > 0 { parts.append((merged.number, view)) }
        publish()
        return true
    }

    /// Runs the merges that are due, one after the other.
    ///
    /// - Complexity: O(size of what is merged); readers are not held up.
    public mutating func mergeIfNeeded(settling: Bool = false) {
        while let merged = nextMerge(settling: settling)?.run() { install(merged) }
    }

    /// Brings all segments together and drops what is deleted.
    public mutating func merge() {
        guard parts.count > 1 || parts.contains(where: { $0.view.deletedCount > 0 }) else { return }
        if let merged = merge(of: Array(parts.indices)).run() { install(merged) }
    }

    /// Forgets everything, in the folder too.
    public mutating func clear() {
        parts = []
        cursor = 0
        if let files, files.isWriter { files.clear() }
        publish()
    }

    /// Gives back the memory that holds what files hold as well; it comes back where it is read: for an import, which
    /// reads little of what it has written, and would else keep a piece of each file.
    public func letGo() {
        for part in parts where part.number != nil { part.view.segment.bytes.letGo() }
    }

    /// Makes the present state the one that the folder is opened with.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``; the folder keeps its last state then.
    public mutating func commit() throws(SearchError) {
        guard let files, files.isWriter else { return }
        for index in parts.indices where parts[index].number == nil {
            try files.write(segment: parts[index].view.segment.bytes.buffer, number: nextNumber)
            // From now on the file is read, and the memory is free.
            parts[index].view.segment = try files.segment(nextNumber, schema: schema)
            parts[index].number = nextNumber
            nextNumber += 1
        }
        publish()
        let segments = parts.compactMap { part in part.number.map { ($0, part.view) } }
        try files.commit(
            IndexFiles.State(cursor: cursor, segments: segments), schema: schema, keeping: reserved)
    }

    // MARK: -

    /// The segments of a size of which there are enough to merge, and that hold no more documents than they may.
    private func fullTier(width: Int, most: Int) -> [Int]? {
        var tiers: [Int: [Int]] = [:]
        for index in parts.indices {
            var size = parts[index].view.livingCount / Self.smallest
            var tier = 0
            while size > 0 {
                size /= Self.mergeWidth
                tier += 1
            }
            tiers[tier, default: []].append(index)
        }
        return tiers.values.first { tier in
            tier.count >= width && tier.reduce(0) { $0 + parts[$1].view.livingCount } <= most
        }
    }

    private mutating func publish() { searcher = Searcher(schema: schema, views: parts.map(\.view)) }
}

/// A merge that may run beside readers and further changes.
public struct PendingMerge: Sendable {
    let schema: Schema
    let parts: [SegmentView]
    /// Where its result is written; nil for memory alone.
    let place: SegmentPlace?

    /// Does it.
    ///
    /// - Parameter isCancelled: asked now and then whether to give up.
    /// - Returns: nil where a part is damaged, which ``Searcher/damage`` tells then, where it was given up, or where
    ///   its result could not be written.
    /// - Complexity: O(size of what is merged).
    public func run(isCancelled: () -> Bool = { false }) -> FinishedMerge? {
        guard let place else {
            return Segment.merge(parts, schema: schema, isCancelled: isCancelled).map {
                FinishedMerge(
                    parts: parts, view: SegmentView(writing: SegmentBytes(copying: $0), schema: schema),
                    number: nil)
            }
        }
        do throws(SearchError) {
            let segment = try place.files.merge(
                parts, number: place.number, schema: schema, isCancelled: isCancelled)
            return segment.map {
                FinishedMerge(parts: parts, view: SegmentView($0), number: place.number)
            }
        } catch {
            // A full disk, or the like: the parts stay as they are, and a later merge tries again.
            return nil
        }
    }
}

/// The result of a merge, for ``InvertedIndex/install(_:)``.
public struct FinishedMerge: Sendable {
    let parts: [SegmentView]
    let view: SegmentView
    /// Of its file, where it has one.
    let number: UInt64?
}

extension SegmentView {
    /// A view of bytes that the writer has just made.
    fileprivate init(writing bytes: SegmentBytes, schema: Schema) {
        do {
            self.init(try Segment(bytes, schema: schema, name: "new segment", isTrusted: true))
        } catch {
            preconditionFailure("the writer's own bytes are refused: \(error)")
        }
    }
}
