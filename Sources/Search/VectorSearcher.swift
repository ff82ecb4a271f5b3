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
    /// Models put texts of one language nearer to each other than their meanings are. So a vector counts by how much
    /// nearer it is than those of its language are on the average. Source: Libovický, Rosa and Fraser, "On the language
    /// neutrality of pre-trained multilingual representations", 2020.
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
        for (view, usual) in zip(views, usualSimilarities(to: query)) {
            view.segment.search(query, usual: usual, probes: probes, into: &best) { view.isDeleted($0) }
        }
        return damage == nil ? best.sorted : []
    }

    /// How similar a query is to the vectors of each kind of each segment on the average; deleted ones count until they
    /// are merged away.
    ///
    /// A few vectors say little of their language: their average is drawn to that of all.
    func usualSimilarities(to query: QuantizedVector) -> [[Float]] {
        let products = views.map { view in
            view.segment.kinds.map { kind in
                zip(query.codes, kind.mean).reduce(Float(0)) { $0 + Float($1.0) * $1.1 } * query.scale
            }
        }
        var sums: [String: (count: Float, sum: Float)] = [:]
        var all: (count: Float, sum: Float) = (0, 0)
        for (view, products) in zip(views, products) {
            for (kind, product) in zip(view.segment.kinds, products) {
                let (count, sum) = sums[kind.name] ?? (0, 0)
                sums[kind.name] = (count + Float(kind.count), sum + Float(kind.count) * product)
                all = (all.count + Float(kind.count), all.sum + Float(kind.count) * product)
            }
        }
        let mean = all.count > 0 ? all.sum / all.count : 0
        return views.map { view in
            view.segment.kinds.map { kind in
                let (count, sum) = sums[kind.name] ?? (0, 0)
                return (sum + Self.fewVectors * mean) / (count + Self.fewVectors)
            }
        }
    }

    /// As many vectors of a language as say as much of its average as all others do.
    private static let fewVectors: Float = 5
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
    /// - Complexity: O(groups · lists · log vectors).
    mutating func delete(groups: Set<Int64>) -> Bool {
        let before = deletedCount
        for group in groups {
            for vector in segment.vectors(of: group) where !isDeleted(vector) { delete(vector) }
        }
        return deletedCount > before
    }
}
