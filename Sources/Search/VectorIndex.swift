/// An index of vectors by nearness, changed in atomic steps and read in snapshots.
///
/// It lives as an ``InvertedIndex`` does: every step makes a new immutable segment (``VectorFormat``) and marks what it
/// replaces as deleted; a ``searcher`` taken before goes on seeing what was there; merges keep the segments few. Up to
/// 200 000 vectors are compared one by one; more are brought into lists by nearness, of which a search looks at some.
///
/// With a folder the index outlives the program: ``commit()`` makes the present state the one that is opened next.
public struct VectorIndex: Sendable {
    /// The bytes NDVMAN01.
    private static let magic: UInt64 = 0x3130_4E41_4D56_444E
    private static let attempts = 5
    /// As many segments of like size are merged.
    private static let mergeWidth = 8
    /// Segments up to this size are of like size.
    private static let smallest = 1024

    private let model: String
    private let folder: IndexFolder?
    /// The number of vectors above which they are brought into lists.
    private let exact: Int
    private var parts: [(number: UInt64?, view: VectorView)] = []
    private var nextNumber: UInt64 = 1
    /// The numbers of segments that running merges write.
    private var reserved: Set<UInt64> = []
    /// How far the index has followed what it is of; 0 for a new one.
    public private(set) var cursor: Int64 = 0
    /// The state after the last step; it never changes.
    public private(set) var searcher = VectorSearcher(views: [])

    /// An empty index in memory.
    public init(model: String) { self.init(model: model, exact: VectorFormat.exact) }

    init(model: String, exact: Int) {
        self.model = model
        self.exact = exact
        folder = nil
    }

    /// The index of a folder as it was committed last, an empty one where there is none or one of another model.
    ///
    /// A second program that opens the folder at the same time reads the same state, and its own commits do nothing.
    ///
    /// - Parameters:
    ///   - folder: made where it is missing; its parent must exist.
    ///   - model: what makes the vectors; those of another one cannot be compared.
    ///   - rebuilding: takes what is there away first, as after ``SearchError/damaged(file:reason:)``.
    /// - Throws: ``SearchError`` when the files cannot be read or are not what was written.
    /// - Complexity: O(vectors); their codes are held against their checksums when they are first read.
    public init(folder: String, model: String, rebuilding: Bool = false) throws(SearchError) {
        try self.init(folder: folder, model: model, rebuilding: rebuilding, exact: VectorFormat.exact)
    }

    init(folder: String, model: String, rebuilding: Bool = false, exact: Int) throws(SearchError) {
        self.model = model
        self.exact = exact
        let folder = try IndexFolder(folder)
        self.folder = folder
        if rebuilding {
            if folder.isWriter { folder.clear() }
        } else {
            try read(folder)
        }
    }

    /// Whether ``commit()`` keeps the state: there is a folder, and no other program writes to it.
    public var isKept: Bool { folder?.isWriter ?? false }

    /// Whether this index may be added to: it is its own, or in memory alone.
    public var isWriter: Bool { folder?.isWriter ?? true }

    /// How many coordinates its vectors have; nil while it holds none.
    public var dimension: Int? { parts.first?.view.segment.dimension }

    /// Applies changes as one step.
    ///
    /// - Parameters:
    ///   - groups: what is replaced or gone: none of their earlier vectors is found any more.
    ///   - vectors: what is added, all of the same number of dimensions, which is ``dimension`` where that is not nil.
    ///   - cursor: the number of the step, from which a follower goes on; nil leaves it where it is.
    /// - Returns: whether anything was taken away or added.
    /// - Complexity: O(groups · segments · log vectors + size of the new ones); of segments with lists each list counts.
    @discardableResult
    public mutating func apply(
        replacing groups: Set<Int64>, with vectors: [EmbeddedDocument] = [],
        cursor: Int64? = nil
    ) -> Bool {
        var changed = !vectors.isEmpty
        if !groups.isEmpty {
            for index in parts.indices where parts[index].view.delete(groups: groups) { changed = true }
        }
        if let first = vectors.first?.vector {
            precondition(dimension ?? first.dimension == first.dimension, "the index has other dimensions")
            var writer = VectorSegmentWriter(model: model, dimension: first.dimension)
            for vector in vectors { writer.add(vector.document, kind: vector.language, vector.vector) }
            if let bytes = writer.finish(exact: exact) { parts.append((nil, VectorView(writing: bytes))) }
        }
        parts.removeAll { $0.view.livingCount == 0 }
        if let cursor { self.cursor = cursor }
        publish()
        return changed
    }

    /// Forgets everything, in the folder too.
    public mutating func clear() {
        parts = []
        cursor = 0
        if let folder, folder.isWriter { folder.clear() }
        publish()
    }

    /// Makes the present state the one that the folder is opened with.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``; the folder keeps its last state then.
    public mutating func commit() throws(SearchError) {
        guard let folder, folder.isWriter else { return }
        for index in parts.indices where parts[index].number == nil {
            let number = nextNumber
            nextNumber += 1
            try folder.write(segment: parts[index].view.segment.bytes.buffer, number: number)
            // From now on the file is read, and the memory is free.
            parts[index].view.segment = try Self.segment(number, in: folder)
            parts[index].number = number
        }
        publish()
        var manifest = Manifest(cursor: cursor)
        for case (let number?, let view) in parts {
            manifest.parts.append(
                Manifest.Part(
                    number: number, size: UInt64(view.segment.bytes.buffer.count),
                    deleted: view.deletedCount == 0
                        ? [] : (0..<view.segment.count).filter { view.isDeleted($0) }))
        }
        try folder.commit(manifest, magic: Self.magic, fingerprint: fingerprint, keeping: reserved)
    }

    // MARK: Merging

    /// The merge that is due: of segments of like size, of all without lists where these are too many to be compared one
    /// by one, or of one that is mostly deleted.
    ///
    /// It runs anywhere, beside readers and further changes, until ``install(_:)`` puts its result in place.
    ///
    /// - Returns: nil where nothing is due.
    public mutating func nextMerge() -> PendingVectorMerge? {
        let plain = parts.indices.filter { parts[$0].view.segment.listCount == 1 }
        var chosen: [Int]?
        if plain.reduce(0, { $0 + parts[$1].view.livingCount }) > exact { chosen = plain }
        chosen = chosen ?? fullTier()
        chosen =
            chosen
            ?? parts.indices.first {
                parts[$0].view.deletedCount * 2 > parts[$0].view.segment.count
            }.map { [$0] }
        guard let chosen else { return nil }
        var merge = PendingVectorMerge(model: model, exact: exact, parts: chosen.map { parts[$0].view })
        if let folder, folder.isWriter {
            merge.place = (folder, nextNumber)
            reserved.insert(nextNumber)
            nextNumber += 1
        }
        return merge
    }

    /// Puts the result of a merge in the place of what it was made of, without what was deleted meanwhile.
    ///
    /// - Returns: whether it was: not where the segments are gone.
    /// - Complexity: O(vectors of the segments).
    @discardableResult
    public mutating func install(_ merged: FinishedVectorMerge) -> Bool {
        if let number = merged.number { reserved.remove(number) }
        var view = merged.view
        var places: Set<Int> = []
        var gone: Set<DocumentID> = []
        for before in merged.parts {
            guard let place = parts.firstIndex(where: { $0.view.segment === before.segment }) else {
                return false
            }
            places.insert(place)
            let now = parts[place].view
            guard now.deletedCount > before.deletedCount else { continue }
            for vector in 0..<before.segment.count where now.isDeleted(vector) && !before.isDeleted(vector) {
                gone.insert(before.segment.id(vector))
            }
        }
        if !gone.isEmpty {
            for vector in 0..<view.segment.count where gone.contains(view.segment.id(vector)) {
                view.delete(vector)
            }
        }
        parts = parts.indices.filter { !places.contains($0) }.map { parts[$0] }
        if view.livingCount > 0 { parts.append((merged.number, view)) }
        publish()
        return true
    }

    /// The segments of a size of which there are enough to merge.
    private func fullTier() -> [Int]? {
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
        return tiers.sorted { $0.key < $1.key }.first { $0.value.count >= Self.mergeWidth }?.value
    }

    // MARK: Reading

    private mutating func read(_ folder: IndexFolder) throws(SearchError) {
        var attempt = 1
        while true {
            do throws(SearchError) {
                return try readOnce(folder)
            } catch {
                // The writer may have taken a segment away after the manifest was read: the next one names others.
                guard !folder.isWriter, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }

    private mutating func readOnce(_ folder: IndexFolder) throws(SearchError) {
        guard let manifest = try folder.manifest(magic: Self.magic, fingerprint: fingerprint) else { return }
        var found: [(number: UInt64?, view: VectorView)] = []
        for part in manifest.parts {
            let segment = try Self.segment(part.number, in: folder)
            guard segment.bytes.buffer.count == part.size, segment.model == model,
                segment.dimension == found.first?.view.segment.dimension ?? segment.dimension
            else { throw .damaged(file: segment.name, reason: "it is not the one that was written") }
            var view = VectorView(segment)
            for vector in part.deleted {
                guard vector < segment.count else {
                    throw .damaged(file: folder.manifestPath, reason: "a vector is unknown")
                }
                view.delete(vector)
            }
            found.append((part.number, view))
        }
        parts = found
        cursor = manifest.cursor
        nextNumber = (manifest.parts.map(\.number).max() ?? 0) + 1
        publish()
    }

    fileprivate static func segment(
        _ number: UInt64, in folder: IndexFolder
    ) throws(SearchError) -> VectorSegment {
        try VectorSegment(folder.segment(number), name: folder.segmentPath(number))
    }

    private var fingerprint: UInt64 { Checksum.of(Array(model.utf8)) }

    private mutating func publish() { searcher = VectorSearcher(views: parts.map(\.view)) }
}

/// A document and what a model made of it.
public struct EmbeddedDocument: Sendable, Hashable {
    /// Which document.
    public var document: DocumentID
    /// What it is written in; without a nought character.
    public var language: String
    /// Its vector.
    public var vector: QuantizedVector

    /// A document with its vector.
    public init(document: DocumentID, language: String, vector: QuantizedVector) {
        self.document = document
        self.language = language
        self.vector = vector
    }
}

/// A merge of vectors that may run beside readers and further changes.
public struct PendingVectorMerge: Sendable {
    let model: String
    let exact: Int
    let parts: [VectorView]
    /// Where its result is written, ahead of the commit that makes it count; nil for memory alone.
    fileprivate(set) var place: (folder: IndexFolder, number: UInt64)?

    /// Does it.
    ///
    /// - Parameter isCancelled: asked now and then whether to give up.
    /// - Returns: nil where a part is damaged, which ``VectorSearcher/damage`` tells then, or where it was given up.
    /// - Complexity: O(size of what is merged), and where lists are made that times the root of their number.
    public func run(isCancelled: () -> Bool = { false }) -> FinishedVectorMerge? {
        guard let dimension = parts.first?.segment.dimension else { return nil }
        var writer = VectorSegmentWriter(model: model, dimension: dimension)
        for view in parts {
            for number in 0..<view.segment.count where !view.isDeleted(number) {
                guard !isCancelled(), let vector = view.segment.vector(number) else { return nil }
                writer.add(view.segment.id(number), kind: view.segment.kind(number), vector)
            }
        }
        guard let bytes = writer.finish(exact: exact, isCancelled: isCancelled) else { return nil }
        if let (folder, number) = place {
            do throws(SearchError) {
                var failure: SearchError?
                bytes.withUnsafeBytes { bytes in
                    do throws(SearchError) {
                        try folder.write(segment: bytes, number: number)
                    } catch { failure = error }
                }
                if let failure { throw failure }
                let segment = try VectorIndex.segment(number, in: folder)
                return FinishedVectorMerge(parts: parts, view: VectorView(segment), number: number)
            } catch {
                // It stays in memory; the commit that comes tries again, and tells.
                return FinishedVectorMerge(parts: parts, view: VectorView(writing: bytes), number: nil)
            }
        }
        return FinishedVectorMerge(parts: parts, view: VectorView(writing: bytes), number: nil)
    }
}

/// The result of a merge, for ``VectorIndex/install(_:)``.
public struct FinishedVectorMerge: Sendable {
    let parts: [VectorView]
    let view: VectorView
    /// Of its file, where it has one.
    let number: UInt64?
}

extension VectorView {
    /// A view of bytes that the writer has just made.
    fileprivate init(writing bytes: [UInt8]) {
        do {
            self.init(
                try VectorSegment(SegmentBytes(copying: bytes), name: "new segment", isTrusted: true))
        } catch {
            preconditionFailure("the writer's own bytes are refused: \(error)")
        }
    }
}
