/// A snapshot of an index of vectors: what could be found at one moment.
///
/// It is cheap to copy and safe to share.
public struct VectorSearcher: Sendable {
    let views: [VectorView]

    /// What was found to be wrong since the index was opened; nothing is found in it any more then.
    public var damage: SearchError? {
        for view in views {
            if let failure = view.segment.failure { return failure }
        }
        return nil
    }

    /// Holds all bytes against their checksums.
    ///
    /// - Throws: ``SearchError/damaged(file:reason:)``.
    /// - Complexity: O(size of the index).
    public func verify() throws(SearchError) {
        for view in views where !view.segment.isWhole() {
            throw view.segment.failure ?? .damaged(file: view.segment.name, reason: "its checksum is wrong")
        }
    }

    /// The number of vectors that can be found.
    public var count: Int { views.reduce(0) { $0 + $1.livingCount } }

    /// The size of the index, in bytes.
    public var bytes: Int { views.reduce(0) { $0 + $1.segment.bytes.buffer.count } }

    /// The number of segments, and how many of them are looked at by lists.
    public var segmentCount: (all: Int, listed: Int) {
        (views.count, views.count { $0.segment.listCount > 1 })
    }

    /// The vectors nearest to one, nearest first; of equally near ones first those with the smaller names.
    ///
    /// Segments of up to 200 000 vectors are looked at whole, those of more by the lists that are nearest.
    ///
    /// - Parameters:
    ///   - query: of as many dimensions as the vectors; of another number nothing is found.
    ///   - limit: how many at most.
    /// - Returns: none where a segment is damaged.
    /// - Complexity: O(vectors looked at · dimensions).
    public func nearest(_ query: QuantizedVector, limit: Int) -> [VectorHit] {
        search(query, limit: limit, probes: nil)
    }

    /// The same, looking at all vectors.
    func nearestExactly(_ query: QuantizedVector, limit: Int) -> [VectorHit] {
        search(query, limit: limit, probes: .max)
    }

    private func search(_ query: QuantizedVector, limit: Int, probes: Int?) -> [VectorHit] {
        var best = NearestVectors(limit: limit)
        for view in views {
            view.segment.search(query, probes: probes, into: &best) { view.isDeleted($0) }
        }
        return damage == nil ? best.sorted : []
    }
}

/// A segment of vectors, and what is deleted in it.
struct VectorView: Sendable {
    var segment: VectorSegment
    /// A bit a vector.
    private var deleted: [UInt64] = []
    private(set) var deletedCount = 0

    init(_ segment: VectorSegment) { self.segment = segment }

    var livingCount: Int { segment.count - deletedCount }

    @inline(__always)
    func isDeleted(_ vector: Int) -> Bool {
        !deleted.isEmpty && deleted[vector >> 6] >> UInt64(vector & 63) & 1 == 1
    }

    /// Takes one vector away that was not yet.
    mutating func delete(_ vector: Int) {
        if deleted.isEmpty { deleted = Array(repeating: 0, count: (segment.count + 63) / 64) }
        deleted[vector >> 6] |= 1 << UInt64(vector & 63)
        deletedCount += 1
    }

    /// Takes the vectors of some groups away.
    ///
    /// - Returns: whether there were any.
    /// - Complexity: O(vectors).
    mutating func delete(groups: Set<Int64>) -> Bool {
        let before = deletedCount
        for vector in 0..<segment.count where groups.contains(segment.group(vector)) && !isDeleted(vector) {
            delete(vector)
        }
        return deletedCount > before
    }
}
