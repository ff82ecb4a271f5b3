/// Gathers vectors and writes them as a segment in the form of ``VectorFormat``.
struct VectorSegmentWriter {
    private let model: String
    private let dimension: Int
    private var ids: [DocumentID] = []
    private var kindOf: [UInt8] = []
    private var kinds: [String] = []
    private var scales: [Float] = []
    private var codes: [Int8] = []

    init(model: String, dimension: Int) {
        self.model = model
        self.dimension = dimension
    }

    mutating func add(_ id: DocumentID, kind: String, _ vector: QuantizedVector) {
        precondition(vector.dimension == dimension, "a segment holds vectors of one model")
        ids.append(id)
        let known = kinds.firstIndex(of: kind)
        // What is beyond the bound is counted as of the last kind.
        if known == nil, kinds.count < VectorFormat.maxKinds { kinds.append(kind) }
        kindOf.append(UInt8(known ?? kinds.count - 1))
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
        let means = means()
        if ids.count > exact, !ids.isEmpty {
            let clusters = VectorClusters(
                of: VectorClusters.Vectors(
                    codes: codes, scales: scales, kindOf: kindOf, means: means.values, dimension: dimension),
                isCancelled: isCancelled)
            guard let clusters else { return nil }
            centroids = clusters.centroids
            lists = clusters.lists
        }
        let listCount = max(1, centroids.count)
        let order = ids.indices.sorted { (lists[$0], ids[$0]) < (lists[$1], ids[$1]) }
        return bytes(order, lists: lists, listCount: listCount, centroids: centroids, means: means)
    }

    private func bytes(
        _ order: [Int], lists: [Int], listCount: Int, centroids: [QuantizedVector],
        means: (counts: [Int], values: [Float])
    ) -> [UInt8] {
        var writer = ByteWriter()
        let names = kinds.joined(separator: "\0")
        let layout = VectorFormat.Layout(
            dimension: dimension, count: ids.count, lists: listCount, kinds: kinds.count,
            modelSize: model.utf8.count, namesSize: names.utf8.count)
        writer.reserve(layout.codes.upperBound)
        writer.append(VectorFormat.magic)
        let counts = [
            dimension, ids.count, listCount, kinds.count, model.utf8.count, names.utf8.count,
        ]
        for number in counts { writer.append(UInt32(number)) }
        for text in [model, names] {
            writer.append(contentsOf: text.utf8)
            writer.align()
        }
        for count in means.counts { writer.append(UInt32(count)) }
        writer.align()
        for value in means.values { writer.append(value) }
        writer.align()
        for vector in order { writer.append(UInt64(bitPattern: ids[vector].group)) }
        for vector in order { writer.append(ids[vector].ordinal) }
        writer.align()
        for vector in order { writer.append(scales[vector]) }
        writer.align()
        for vector in order { writer.append(kindOf[vector]) }
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

    /// How many vectors are of each kind, and their means, one after the other.
    private func means() -> (counts: [Int], values: [Float]) {
        var counts = [Int](repeating: 0, count: kinds.count)
        var values = [Float](repeating: 0, count: kinds.count * dimension)
        for vector in ids.indices {
            let kind = Int(kindOf[vector])
            counts[kind] += 1
            for place in 0..<dimension {
                values[kind * dimension + place] +=
                    Float(codes[vector * dimension + place]) * scales[vector]
            }
        }
        for place in values.indices { values[place] /= Float(max(1, counts[place / dimension])) }
        return (counts, values)
    }
}
