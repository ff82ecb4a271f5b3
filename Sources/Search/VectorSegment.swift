import Synchronization

/// An immutable part of an index of vectors, in the form of ``VectorFormat``.
final class VectorSegment: Sendable {
    let dimension: Int
    let count: Int
    let listCount: Int
    let bytes: SegmentBytes
    /// What errors call it.
    let name: String
    // All lead into `bytes`, which live as long as the segment and never change: any thread may read them.
    private nonisolated(unsafe) let groups: UnsafeRawBufferPointer
    private nonisolated(unsafe) let ordinals: UnsafeRawBufferPointer
    private nonisolated(unsafe) let scales: UnsafeRawBufferPointer
    private nonisolated(unsafe) let kindOf: UnsafeRawBufferPointer
    private nonisolated(unsafe) let starts: UnsafeRawBufferPointer
    private nonisolated(unsafe) let centroidScales: UnsafeRawBufferPointer
    private nonisolated(unsafe) let centroids: UnsafeRawBufferPointer
    private nonisolated(unsafe) let codes: UnsafeRawBufferPointer
    private let checks: PageChecks
    private let damage = Mutex<String?>(nil)
    /// What made the vectors.
    let model: String
    /// The languages of the vectors, with how many are of each and the mean of those.
    let kinds: [(name: String, count: Int, mean: [Float])]

    /// A segment over bytes, after a look at all of them but the codes, which are looked at when they are first read.
    ///
    /// - Parameters:
    ///   - bytes: in the form of ``VectorFormat``.
    ///   - name: what errors call it.
    ///   - isTrusted: whether this program has just written the bytes to its own memory.
    /// - Throws: ``SearchError/damaged(file:reason:)`` when the frame or the checksum does not hold.
    /// - Complexity: O(vectors).
    init(_ bytes: SegmentBytes, name: String, isTrusted: Bool = false) throws(SearchError) {
        func damaged(_ reason: String) -> SearchError { .damaged(file: name, reason: reason) }
        let buffer = bytes.buffer
        guard buffer.count >= VectorFormat.headSize else { throw damaged("it is too short") }
        func number(_ offset: Int) -> Int {
            Int(UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
        guard buffer.loadUnaligned(as: UInt64.self).littleEndian == VectorFormat.magic else {
            throw damaged("it is no segment of vectors")
        }
        let (dimension, count, lists, kindCount) = (number(8), number(12), number(16), number(20))
        let (modelSize, namesSize) = (number(24), number(28))
        // The products stay far from the bounds of Int.
        guard (1...VectorFormat.maxDimension).contains(dimension), lists >= 1, lists <= max(1, count),
            (1...VectorFormat.maxKinds).contains(kindCount), modelSize <= buffer.count,
            namesSize <= buffer.count
        else { throw damaged("its counts make no sense") }
        let layout = VectorFormat.Layout(
            dimension: dimension, count: count, lists: lists, kinds: kindCount, modelSize: modelSize,
            namesSize: namesSize)
        guard layout.codes.upperBound == buffer.count else { throw damaged("its size is wrong") }
        func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { .init(rebasing: buffer[range]) }
        if !isTrusted {
            let check = part(layout.check).loadUnaligned(as: UInt64.self).littleEndian
            guard Checksum.of(part(0..<layout.check.lowerBound)) == check else {
                throw damaged("its checksum is wrong")
            }
        }
        var last = 0
        for list in 0...lists {
            let start = number(layout.starts.lowerBound + list * 4)
            guard start >= last, start <= count, list > 0 || start == 0 else {
                throw damaged("a list has a wrong place")
            }
            last = start
        }
        guard last == count else { throw damaged("a list has a wrong place") }
        let names = part(layout.names).split(separator: 0, omittingEmptySubsequences: false)
        guard names.count == kindCount, part(layout.kindOf).allSatisfy({ $0 < kindCount })
        else { throw damaged("its kinds make no sense") }
        kinds = names.enumerated().map { kind, name in
            let mean = (0..<dimension).map { place in
                let at = layout.means.lowerBound + (kind * dimension + place) * 4
                return Float(bitPattern: UInt32(truncatingIfNeeded: number(at)))
            }
            return (
                String(decoding: name, as: UTF8.self), number(layout.kindCounts.lowerBound + kind * 4), mean
            )
        }
        self.bytes = bytes
        self.name = name
        self.dimension = dimension
        self.count = count
        listCount = lists
        groups = part(layout.groups)
        ordinals = part(layout.ordinals)
        scales = part(layout.scales)
        kindOf = part(layout.kindOf)
        starts = part(layout.starts)
        centroidScales = part(layout.centroidScales)
        centroids = part(layout.centroids)
        codes = part(layout.codes)
        checks = PageChecks(codes, checks: part(layout.checks), isTrusted: isTrusted)
        model = String(decoding: part(layout.model), as: UTF8.self)
    }

    /// What was found to be wrong; nothing is found in it any more then.
    var failure: SearchError? {
        damage.withLock { $0 }.map { .damaged(file: name, reason: $0) }
    }

    /// Whether all codes are as they were written.
    func isWhole() -> Bool { hold(0..<count) }

    func group(_ vector: Int) -> Int64 {
        Int64(littleEndian: groups.loadUnaligned(fromByteOffset: vector * 8, as: Int64.self))
    }

    func id(_ vector: Int) -> DocumentID {
        let ordinal = ordinals.loadUnaligned(fromByteOffset: vector * 4, as: UInt32.self)
        return DocumentID(group: group(vector), ordinal: UInt32(littleEndian: ordinal))
    }

    /// The vectors of a group.
    ///
    /// - Complexity: O(lists · log vectors).
    func vectors(of group: Int64) -> [Int] {
        var found: [Int] = []
        for list in 0..<listCount {
            let range = self.list(list)
            var (low, high) = (range.lowerBound, range.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if self.group(middle) < group { low = middle + 1 } else { high = middle }
            }
            while low < range.upperBound, self.group(low) == group {
                found.append(low)
                low += 1
            }
        }
        return found
    }

    /// The language of a vector.
    func kind(_ vector: Int) -> String { kinds[Int(kindOf[vector])].name }

    /// A vector; nil where its bytes are not what was written.
    func vector(_ number: Int) -> QuantizedVector? {
        guard hold(number..<number + 1) else { return nil }
        return QuantizedVector(
            codes: codes[number * dimension..<(number + 1) * dimension].map { Int8(bitPattern: $0) },
            scale: scale(number))
    }

    /// Where the vectors of a list stand.
    private func list(_ number: Int) -> Range<Int> {
        func start(_ list: Int) -> Int {
            Int(UInt32(littleEndian: starts.loadUnaligned(fromByteOffset: list * 4, as: UInt32.self)))
        }
        return start(number)..<start(number + 1)
    }

    private func scale(_ vector: Int) -> Float {
        Float(
            bitPattern: UInt32(
                littleEndian: scales.loadUnaligned(fromByteOffset: vector * 4, as: UInt32.self)))
    }

    private func hold(_ vectors: Range<Int>) -> Bool {
        guard failure == nil else { return false }
        let isRight = checks.hold(vectors.lowerBound * dimension..<vectors.upperBound * dimension)
        if !isRight { damage.withLock { $0 = "a page of its vectors is wrong" } }
        return isRight
    }
}

extension VectorSegment {
    /// The lists that are looked at of many: a quarter, and more of few.
    ///
    /// Questions lie farther from passages than passages do from each other, and their neighbours in more lists: 5460
    /// passages and 840 questions of multilingual-e5-small in 73 lists gave a recall at 10 of 0.86 with 16 lists, 0.92
    /// with 24, 0.95 with 32 and 0.97 with 40.
    static func probes(of lists: Int) -> Int { max(min(lists, 40), lists / 4) }

    /// Looks at the vectors of the lists nearest to a query; at all where there is but one list.
    ///
    /// - Parameters:
    ///   - query: of as many dimensions.
    ///   - usual: how similar vectors of each of ``kinds`` are to it on the average.
    ///   - probes: how many lists to look at; nil for as many as ``probes(of:)`` says.
    ///   - best: takes what is found.
    ///   - isDeleted: asked for those alone that would be taken.
    /// - Complexity: O(vectors looked at · dimensions).
    func search(
        _ query: QuantizedVector, usual: [Float], probes: Int? = nil, into best: inout NearestVectors,
        isDeleted: (Int) -> Bool
    ) {
        guard query.dimension == dimension, count > 0 else { return }
        query.wide.withUnsafeBufferPointer { wanted in
            guard let wanted = wanted.baseAddress else { return }
            for list in nearestLists(to: wanted, probes ?? Self.probes(of: listCount)) {
                let range = self.list(list)
                guard !range.isEmpty, hold(range), let rows = Self.bytes(of: codes) else { continue }
                for vector in range {
                    let product = QuantizedVector.product(wanted, rows + vector * dimension, dimension)
                    let similarity =
                        Float(product) * query.scale * scale(vector) - usual[Int(kindOf[vector])]
                    guard similarity >= best.bound, !isDeleted(vector) else { continue }
                    best.add(VectorHit(document: id(vector), similarity: similarity))
                }
            }
        }
    }

    /// The lists whose vectors are nearest on the average, in ascending order.
    private func nearestLists(to wanted: UnsafePointer<Int16>, _ probes: Int) -> [Int] {
        guard listCount > 1, let rows = Self.bytes(of: centroids) else { return Array(0..<listCount) }
        let nearness = (0..<listCount).map { list -> Float in
            let step = centroidScales.loadUnaligned(fromByteOffset: list * 4, as: UInt32.self)
            return Float(QuantizedVector.product(wanted, rows + list * dimension, dimension))
                * Float(bitPattern: UInt32(littleEndian: step))
        }
        return (0..<listCount).sorted { (nearness[$1], $0) < (nearness[$0], $1) }.prefix(probes).sorted()
    }

    private static func bytes(of section: UnsafeRawBufferPointer) -> UnsafePointer<Int8>? {
        section.baseAddress?.assumingMemoryBound(to: Int8.self)
    }
}

/// A passage whose vector is near to the one that was looked for.
public struct VectorHit: Sendable, Hashable {
    /// Which passage.
    public var document: DocumentID
    /// The cosine between the two vectors, less what it is on the average for vectors of this one's language.
    public var similarity: Float
}

/// The nearest of many vectors, as many as wanted; of equally near ones those with the smaller names.
struct NearestVectors {
    /// What a vector must reach to be taken.
    private(set) var bound = -Float.infinity
    private let limit: Int
    /// A heap whose first is the worst.
    private var heap: [VectorHit] = []

    init(limit: Int) {
        self.limit = limit
        if limit <= 0 { bound = .infinity }
    }

    mutating func add(_ hit: VectorHit) {
        if heap.count < limit {
            heap.append(hit)
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard Self.isWorse(heap[child], heap[parent]) else { break }
                heap.swapAt(child, parent)
                child = parent
            }
        } else if let worst = heap.first, Self.isWorse(worst, hit) {
            heap[0] = hit
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2]
                where child < heap.count && Self.isWorse(heap[child], heap[least]) { least = child }
                guard least != parent else { break }
                heap.swapAt(parent, least)
                parent = least
            }
        }
        if heap.count == limit, let worst = heap.first { bound = worst.similarity }
    }

    /// Best first.
    var sorted: [VectorHit] { heap.sorted { Self.isWorse($1, $0) } }

    private static func isWorse(_ a: VectorHit, _ b: VectorHit) -> Bool {
        (a.similarity, b.document) < (b.similarity, a.document)
    }
}
