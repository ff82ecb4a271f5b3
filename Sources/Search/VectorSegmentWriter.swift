/// Gathers vectors and writes them as a segment in the form of ``VectorFormat``.
struct VectorSegmentWriter {
    private let model: String
    private let dimension: Int
    private var ids: [DocumentID] = []
    private var scales: [Float] = []
    private var codes: [Int8] = []

    init(model: String, dimension: Int) {
        self.model = model
        self.dimension = dimension
    }

    mutating func add(_ id: DocumentID, _ vector: QuantizedVector) {
        precondition(vector.dimension == dimension, "a segment holds vectors of one model")
        ids.append(id)
        scales.append(vector.scale)
        codes += vector.codes
    }

    /// The bytes of the segment.
    ///
    /// - Parameters:
    ///   - exact: the number of vectors above which they are brought into lists.
    ///   - isCancelled: asked now and then whether to give up.
    /// - Returns: nil when it was cancelled.
    /// - Complexity: O(vectors · dimensions), and above `exact` O(vectors · √vectors · dimensions).
    func finish(exact: Int = VectorFormat.exact, isCancelled: () -> Bool = { false }) -> [UInt8]? {
        var lists = [Int](repeating: 0, count: ids.count)
        var centroids: [QuantizedVector] = []
        if ids.count > exact, !ids.isEmpty {
            let made = codes.withUnsafeBufferPointer { codes -> VectorClusters? in
                let clusters = VectorClusters(
                    of: codes, scales: scales, dimension: dimension,
                    count: VectorClusters.lists(for: ids.count), isCancelled: isCancelled)
                guard let clusters, let rows = codes.baseAddress else { return nil }
                for vector in ids.indices {
                    if isCancelled() { return nil }
                    lists[vector] = clusters.nearest(to: rows + vector * dimension)
                }
                return clusters
            }
            guard let made else { return nil }
            centroids = made.centroids
        }
        let listCount = max(1, centroids.count)
        let order = ids.indices.sorted { (lists[$0], ids[$0]) < (lists[$1], ids[$1]) }
        return bytes(order, lists: lists, listCount: listCount, centroids: centroids)
    }

    private func bytes(
        _ order: [Int], lists: [Int], listCount: Int, centroids: [QuantizedVector]
    ) -> [UInt8] {
        var writer = ByteWriter()
        let layout = VectorFormat.Layout(
            dimension: dimension, count: ids.count, lists: listCount, modelSize: model.utf8.count)
        writer.reserve(layout.codes.upperBound)
        writer.append(VectorFormat.magic)
        for number in [dimension, ids.count, listCount, model.utf8.count] { writer.append(UInt32(number)) }
        writer.append(contentsOf: model.utf8)
        writer.align()
        for vector in order { writer.append(UInt64(bitPattern: ids[vector].group)) }
        for vector in order { writer.append(ids[vector].ordinal) }
        writer.align()
        for vector in order { writer.append(scales[vector]) }
        writer.align()
        var sizes = [Int](repeating: 0, count: listCount)
        for list in lists { sizes[list] += 1 }
        var start = 0
        for size in sizes {
            writer.append(UInt32(start))
            start += size
        }
        writer.append(UInt32(start))
        writer.align()
        if listCount > 1 {
            for centroid in centroids { writer.append(centroid.scale) }
            writer.align()
            for centroid in centroids {
                writer.append(contentsOf: centroid.codes.lazy.map { UInt8(bitPattern: $0) })
            }
            writer.align()
        }
        var ordered: [UInt8] = []
        ordered.reserveCapacity(codes.count)
        for vector in order {
            ordered.append(
                contentsOf: codes[vector * dimension..<(vector + 1) * dimension].lazy.map {
                    UInt8(bitPattern: $0)
                })
        }
        for check in ordered.withUnsafeBytes({ Checksum.pages(of: $0) }) { writer.append(check) }
        writer.append(Checksum.of(writer.bytes))
        writer.append(contentsOf: ordered)
        return writer.bytes
    }
}
