/// Vectors brought into lists by nearness, so that a search looks at few of many (an inverted file, IVF).
///
/// Spherical k-means, learnt on a part of the vectors, the same at every run. What is brought together is each vector less
/// the mean of its kind, because that is what a query is held against; otherwise lists would be of one language each.
/// Source: Sivic and Zisserman, "Video Google", 2003, for the inverted file; Dhillon and Modha, "Concept decompositions
/// for large sparse text data using clustering", 2001, for the means.
struct VectorClusters {
    /// What is brought into lists.
    struct Vectors {
        /// Of all vectors, one after the other.
        var codes: [Int8]
        var scales: [Float]
        var kindOf: [UInt8]
        /// Of all kinds, one after the other.
        var means: [Float]
        var dimension: Int
    }

    private static let rounds = 6
    /// The vectors that each list is learnt from, on the average.
    private static let samplePerList = 40

    /// The middles of the lists: the mean of what is in them.
    private(set) var centroids: [QuantizedVector] = []
    /// The number of the list of each vector.
    private(set) var lists: [Int] = []

    /// Brings vectors into as many lists as the root of their number; nil when it was cancelled.
    ///
    /// - Parameters:
    ///   - vectors: at least one.
    ///   - isCancelled: asked now and then whether to give up.
    /// - Complexity: O(vectors · √vectors · dimensions).
    init?(of vectors: Vectors, isCancelled: () -> Bool) {
        let all = vectors.scales.count
        let count = max(1, Int(Double(all).squareRoot()))
        var random = SplitMix64(state: UInt64(all))
        let sampleSize = min(all, count * Self.samplePerList)
        // One of each stretch, so that vectors that came together do not fill the sample.
        let sample = (0..<sampleSize).map { place -> Int in
            let (from, to) = (place * all / sampleSize, (place + 1) * all / sampleSize)
            return from + Int(random.next() % UInt64(max(1, to - from)))
        }
        var sums = Sums(lists: count, dimension: vectors.dimension)
        for list in 0..<count { sums.add(sample[list * sampleSize / count], of: vectors, to: list) }
        var middles = Middles(sums, of: vectors)
        for _ in 0..<Self.rounds {
            sums = Sums(lists: count, dimension: vectors.dimension)
            for vector in sample {
                if isCancelled() { return nil }
                sums.add(vector, of: vectors, to: middles.nearest(to: vector, of: vectors))
            }
            middles.move(to: sums, of: vectors)
        }
        sums = Sums(lists: count, dimension: vectors.dimension)
        for vector in 0..<all {
            if isCancelled() { return nil }
            let list = middles.nearest(to: vector, of: vectors)
            lists.append(list)
            sums.add(vector, of: vectors, to: list)
        }
        centroids = (0..<count).map { sums.mean(of: $0) }
    }
}

/// The sums of what is in each list, less the means of its kinds.
private struct Sums {
    private let dimension: Int
    private(set) var counts: [Int]
    private var values: [Float]

    init(lists: Int, dimension: Int) {
        self.dimension = dimension
        counts = Array(repeating: 0, count: lists)
        values = Array(repeating: 0, count: lists * dimension)
    }

    subscript(list: Int) -> [Float] { Array(values[list * dimension..<(list + 1) * dimension]) }

    /// The mean of a list, whose length counts; nought for one without vectors.
    func mean(of list: Int) -> QuantizedVector {
        let sum = self[list]
        guard let direction = QuantizedVector(sum) else {
            return QuantizedVector(codes: Array(repeating: 0, count: dimension), scale: 0)
        }
        let length = sum.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() / Double(counts[list])
        return QuantizedVector(codes: direction.codes, scale: direction.scale * Float(length))
    }

    mutating func add(_ vector: Int, of vectors: VectorClusters.Vectors, to list: Int) {
        counts[list] += 1
        let (from, mean) = (vector * dimension, Int(vectors.kindOf[vector]) * dimension)
        let scale = vectors.scales[vector]
        for place in 0..<dimension {
            values[list * dimension + place] +=
                Float(vectors.codes[from + place]) * scale - vectors.means[mean + place]
        }
    }
}

/// The directions that vectors are brought to.
private struct Middles {
    private var directions: [QuantizedVector?]
    private var wide: [Int16] = []
    /// How near the mean of each kind is to each direction, a direction after the other.
    private var usual: [Float] = []

    init(_ sums: Sums, of vectors: VectorClusters.Vectors) {
        directions = sums.counts.indices.map { QuantizedVector(sums[$0]) }
        prepare(vectors)
    }

    /// Moves each direction to a sum; one that nothing came to stays.
    mutating func move(to sums: Sums, of vectors: VectorClusters.Vectors) {
        for list in directions.indices {
            if let direction = QuantizedVector(sums[list]) { directions[list] = direction }
        }
        prepare(vectors)
    }

    /// The number of the direction that a vector, less the mean of its kind, is nearest to.
    func nearest(to vector: Int, of vectors: VectorClusters.Vectors) -> Int {
        let dimension = vectors.dimension
        let kinds = vectors.means.count / dimension
        let (scale, kind) = (vectors.scales[vector], Int(vectors.kindOf[vector]))
        return vectors.codes.withUnsafeBufferPointer { codes in
            wide.withUnsafeBufferPointer { wide in
                guard let row = codes.baseAddress, let wide = wide.baseAddress else { return 0 }
                var best = (list: 0, nearness: -Float.infinity)
                for list in directions.indices {
                    guard let step = directions[list]?.scale else { continue }
                    let product = QuantizedVector.product(
                        wide + list * dimension, row + vector * dimension, dimension)
                    let nearness = Float(product) * step * scale - usual[list * kinds + kind]
                    if nearness > best.nearness { best = (list, nearness) }
                }
                return best.list
            }
        }
    }

    private mutating func prepare(_ vectors: VectorClusters.Vectors) {
        let dimension = vectors.dimension
        wide = directions.flatMap { $0?.wide ?? Array(repeating: 0, count: dimension) }
        usual = directions.flatMap { direction in
            stride(from: 0, to: vectors.means.count, by: dimension).map { mean -> Float in
                guard let direction else { return 0 }
                let sum = zip(direction.codes, vectors.means[mean..<mean + dimension]).reduce(Float(0)) {
                    $0 + Float($1.0) * $1.1
                }
                return sum * direction.scale
            }
        }
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
