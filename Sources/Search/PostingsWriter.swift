/// Writes the lists of a segment's postings and their positions.
struct PostingsWriter {
    /// The postings of one term in one field.
    struct List {
        /// Ascending.
        var documents: [UInt32] = []
        /// How often the term stands in the field of each.
        var frequencies: [UInt32] = []
        /// The distance of each position to the one before in the same document.
        var distances: [UInt32] = []

        mutating func removeAll() {
            documents.removeAll(keepingCapacity: true)
            frequencies.removeAll(keepingCapacity: true)
            distances.removeAll(keepingCapacity: true)
        }
    }

    private(set) var postings = ByteWriter()
    private(set) var positions = ByteWriter()
    private var gaps: [UInt32] = []

    /// Adds a list that is not empty.
    ///
    /// - Parameters:
    ///   - list: ordered by document.
    ///   - field: of all of it.
    ///   - lengths: of that field, a code a document.
    ///   - norms: of that field, by code.
    ///   - gain: what a frequency without end would score with weight and idf 1.
    /// - Returns: where it lies.
    mutating func add(_ list: List, field: Int, lengths: [UInt8], norms: [Float], gain: Float) -> TermList {
        let (postingsStart, positionsStart) = (postings.count, positions.count)
        addPostings(list, lengths, norms, gain)
        addPositions(list.distances)
        return TermList(
            field: field, frequency: list.documents.count, postings: postingsStart..<postings.count,
            positions: positionsStart..<positions.count)
    }

    /// Fills both up to a multiple of eight bytes, at the end of all lists.
    mutating func align() {
        postings.align()
        positions.align()
    }

    private mutating func addPostings(_ list: List, _ lengths: [UInt8], _ norms: [Float], _ gain: Float) {
        let count = list.documents.count
        gaps.removeAll(keepingCapacity: true)
        var last = UInt32.max
        for document in list.documents {
            // The first document of all counts from minus one.
            gaps.append(document &- last &- 1)
            last = document
        }
        let blocks = SegmentFormat.blocks(count)
        let ranges = (0..<blocks).map { block in
            block * SegmentFormat.blockSize..<min(count, (block + 1) * SegmentFormat.blockSize)
        }
        let widths = ranges.map { range in
            let gap = gaps[range].reduce(0, |)
            let more = list.frequencies[range].reduce(0) { $0 | ($1 &- 1) }
            return (UInt32.bitWidth - gap.leadingZeroBitCount, UInt32.bitWidth - more.leadingZeroBitCount)
        }
        if blocks > 1 {
            var start = blocks * SegmentFormat.entrySize
            var before = 0
            for (range, (gapWidth, frequencyWidth)) in zip(ranges, widths) {
                var most: Float = 0
                var places = 0
                for place in range {
                    let tf = Float(list.frequencies[place])
                    most = max(most, tf / (tf + norms[Int(lengths[Int(list.documents[place])])]))
                    places += Int(list.frequencies[place])
                }
                postings.append(list.documents[range.upperBound - 1])
                postings.append(UInt32(start))
                postings.append(UInt32(truncatingIfNeeded: before))
                postings.append(UInt16(truncatingIfNeeded: ((most * gain).bitPattern + 0xFFFF) >> 16))
                postings.append(UInt8(gapWidth))
                postings.append(UInt8(frequencyWidth))
                before += places
                start += SegmentFormat.packedSize(range.count, width: gapWidth)
                start += SegmentFormat.packedSize(range.count, width: frequencyWidth)
            }
        } else if let (gapWidth, frequencyWidth) = widths.first {
            postings.append(UInt8(gapWidth))
            postings.append(UInt8(frequencyWidth))
        }
        for (range, (gapWidth, frequencyWidth)) in zip(ranges, widths) {
            postings.append(packed: gaps[range], width: gapWidth)
            if frequencyWidth > 0 {
                postings.append(packed: list.frequencies[range].lazy.map { $0 &- 1 }, width: frequencyWidth)
            }
        }
    }

    private mutating func addPositions(_ distances: [UInt32]) {
        let full = distances.count / SegmentFormat.blockSize
        var widths: [Int] = []
        for block in 0..<full {
            let range = block * SegmentFormat.blockSize..<(block + 1) * SegmentFormat.blockSize
            widths.append(UInt32.bitWidth - distances[range].reduce(0, |).leadingZeroBitCount)
            positions.append(UInt8(widths[block]))
        }
        for (block, width) in widths.enumerated() {
            let range = block * SegmentFormat.blockSize..<(block + 1) * SegmentFormat.blockSize
            positions.append(packed: distances[range], width: width)
        }
        for distance in distances[(full * SegmentFormat.blockSize)...] { positions.append(varint: distance) }
    }
}
