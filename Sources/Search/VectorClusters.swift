/// Vectors brought into lists by nearness, so that a search looks at few of many (an inverted file, IVF).
///
/// Spherical k-means on a part of the vectors, the same at every run. Source: Sivic and Zisserman, "Video Google", 2003,
/// for the inverted file; Dhillon and Modha, "Concept decompositions for large sparse text data using clustering", 2001,
/// for the means.
struct VectorClusters {
    private static let rounds = 6
    /// The vectors that each list is learnt from, on the average.
    private static let samplePerList = 40

    /// The middles of the lists.
    private(set) var centroids: [QuantizedVector] = []
    private var wide: [[Int16]] = []

    /// How many lists so many vectors are brought into.
    static func lists(for count: Int) -> Int { Int(Double(count).squareRoot()) }

    /// The middles of some vectors' lists; nil when it was cancelled.
    ///
    /// - Parameters:
    ///   - vectors: the codes of all, one after the other.
    ///   - scales: theirs.
    ///   - dimension: of each.
    ///   - count: how many lists, at most as many as there are vectors.
    ///   - isCancelled: asked now and then whether to give up.
    /// - Complexity: O(lists² · dimensions).
    init?(
        of vectors: UnsafeBufferPointer<Int8>, scales: [Float], dimension: Int, count: Int,
        isCancelled: () -> Bool
    ) {
        let all = scales.count
        guard let rows = vectors.baseAddress, count > 0, all >= count else { return }
        var random = SplitMix64(state: UInt64(all))
        let sampleSize = min(all, count * Self.samplePerList)
        // One of each stretch, so that vectors that came together do not fill the sample.
        let sample = (0..<sampleSize).map { place -> Int in
            let (from, to) = (place * all / sampleSize, (place + 1) * all / sampleSize)
            return from + Int(random.next() % UInt64(max(1, to - from)))
        }
        take(
            (0..<count).map { list in
                let vector = sample[list * sampleSize / count]
                return QuantizedVector(
                    codes: Array(vectors[vector * dimension..<(vector + 1) * dimension]),
                    scale: scales[vector])
            })
        for _ in 0..<Self.rounds {
            var sums = [Float](repeating: 0, count: count * dimension)
            for vector in sample {
                if isCancelled() { return nil }
                let start = nearest(to: rows + vector * dimension) * dimension
                let scale = scales[vector]
                for place in 0..<dimension {
                    sums[start + place] += Float(rows[vector * dimension + place]) * scale
                }
            }
            var middles = centroids
            for list in 0..<count {
                // A list that nobody came to stays where it was.
                if let middle = QuantizedVector(Array(sums[list * dimension..<(list + 1) * dimension])) {
                    middles[list] = middle
                }
            }
            take(middles)
        }
    }

    private mutating func take(_ middles: [QuantizedVector]) {
        centroids = middles
        wide = middles.map(\.wide)
    }

    /// The number of the list whose middle is nearest.
    func nearest(to vector: UnsafePointer<Int8>) -> Int {
        var best = (list: 0, nearness: -Float.infinity)
        for (list, centroid) in centroids.enumerated() {
            let product = wide[list].withUnsafeBufferPointer { codes in
                codes.baseAddress.map { QuantizedVector.product($0, vector, codes.count) } ?? 0
            }
            let nearness = Float(product) * centroid.scale
            if nearness > best.nearness { best = (list, nearness) }
        }
        return best.list
    }
}

/// Numbers that look random and are the same every time.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
