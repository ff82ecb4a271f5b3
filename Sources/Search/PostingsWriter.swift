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

    private(set) var postings: SectionWriter
    private(set) var positions: SectionWriter
    /// The distance of each document to the one before, less one.
    private var gaps: [UInt32] = []
    /// Each frequency, less one.
    private var rests: [UInt32] = []
    private var widths: [(gap: Int, rest: Int)] = []

    /// - Parameter spools: where postings and positions go that are too many for memory; nil for nowhere.
    init(spools: (postings: SpoolFile, positions: SpoolFile)?) {
        postings = SectionWriter(spool: spools?.postings)
        positions = SectionWriter(spool: spools?.positions)
    }

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
        postings.spoolPages()
        positions.spoolPages()
        return TermList(
            field: field, frequency: list.documents.count, postings: postingsStart..<postings.count,
            positions: positionsStart..<positions.count)
    }

    /// Ends both, after the last list.
    mutating func close() {
        postings.close()
        positions.close()
    }

    private mutating func addPostings(_ list: List, _ lengths: [UInt8], _ norms: [Float], _ gain: Float) {
        gaps.removeAll(keepingCapacity: true)
        rests.removeAll(keepingCapacity: true)
        widths.removeAll(keepingCapacity: true)
        var last = UInt32.max
        for document in list.documents {
            // The first document of all counts from minus one.
            gaps.append(document &- last &- 1)
            last = document
        }
        for frequency in list.frequencies { rests.append(frequency &- 1) }
        for start in stride(from: 0, to: gaps.count, by: SegmentFormat.blockSize) {
            let range = start..<min(gaps.count, start + SegmentFormat.blockSize)
            widths.append((Self.width(gaps, range), Self.width(rests, range)))
        }
        if widths.count > 1 {
            addEntries(list, lengths, norms, gain)
        } else if let (gapWidth, restWidth) = widths.first {
            postings.bytes.append(UInt8(gapWidth))
            postings.bytes.append(UInt8(restWidth))
        }
        for (block, (gapWidth, restWidth)) in widths.enumerated() {
            let start = block * SegmentFormat.blockSize
            let range = start..<min(gaps.count, start + SegmentFormat.blockSize)
            postings.bytes.append(packed: gaps, range, width: gapWidth)
            postings.bytes.append(packed: rests, range, width: restWidth)
        }
    }

    /// Writes what is known of each block without reading it.
    private mutating func addEntries(_ list: List, _ lengths: [UInt8], _ norms: [Float], _ gain: Float) {
        var start = widths.count * SegmentFormat.entrySize
        var before = 0
        for (block, (gapWidth, restWidth)) in widths.enumerated() {
            let first = block * SegmentFormat.blockSize
            let range = first..<min(gaps.count, first + SegmentFormat.blockSize)
            var most: Float = 0
            var places = 0
            for place in range {
                let frequency = list.frequencies[place]
                let tf = Float(frequency)
                most = max(most, tf / (tf + norms[Int(lengths[Int(list.documents[place])])]))
                places += Int(frequency)
            }
            postings.bytes.append(list.documents[range.upperBound - 1])
            postings.bytes.append(UInt32(start))
            postings.bytes.append(UInt32(truncatingIfNeeded: before))
            postings.bytes.append(UInt16(truncatingIfNeeded: ((most * gain).bitPattern + 0xFFFF) >> 16))
            postings.bytes.append(UInt8(gapWidth))
            postings.bytes.append(UInt8(restWidth))
            before += places
            start += SegmentFormat.packedSize(range.count, width: gapWidth)
            start += SegmentFormat.packedSize(range.count, width: restWidth)
        }
    }

    private mutating func addPositions(_ distances: [UInt32]) {
        let size = SegmentFormat.blockSize
        let full = distances.count / size * size
        for start in stride(from: 0, to: full, by: size) {
            positions.bytes.append(UInt8(Self.width(distances, start..<start + size)))
        }
        for start in stride(from: 0, to: full, by: size) {
            let range = start..<start + size
            positions.bytes.append(packed: distances, range, width: Self.width(distances, range))
        }
        for place in full..<distances.count { positions.bytes.append(varint: distances[place]) }
    }

    /// The bits that the greatest of some numbers takes.
    private static func width(_ numbers: [UInt32], _ range: Range<Int>) -> Int {
        numbers.withUnsafeBufferPointer { numbers in
            var all: UInt32 = 0
            for place in range { all |= numbers[place] }
            return UInt32.bitWidth - all.leadingZeroBitCount
        }
    }
}

/// The bytes of a long section with the checks of its pages.
///
/// Where there is a spool, whole pages go there as soon as they are written, so that a segment of any size is made in
/// little memory.
struct SectionWriter {
    /// What has not gone to the spool.
    var bytes = ByteWriter()
    private var spooled = 0
    private let spool: SpoolFile?
    /// One a page; all of them once it is closed.
    private(set) var checks: [UInt64] = []
    private static let patience = 1 << 20

    init(spool: SpoolFile?) { self.spool = spool }

    var count: Int { spooled + bytes.count }

    /// Puts whole pages away, once they are many.
    mutating func spoolPages() {
        guard let spool, bytes.count >= Self.patience else { return }
        let whole = bytes.count / SegmentFormat.page * SegmentFormat.page
        bytes.bytes.withUnsafeBytes { bytes in
            let pages = UnsafeRawBufferPointer(rebasing: bytes[..<whole])
            checks += Checksum.pages(of: pages)
            spool.append(pages)
        }
        bytes.removeFirst(whole)
        spooled += whole
    }

    /// Fills up to a multiple of eight bytes, so that the checks leave none out.
    mutating func close() {
        bytes.align()
        bytes.bytes.withUnsafeBytes { checks += Checksum.pages(of: $0) }
    }

    /// Writes all of it.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    func copy(to file: FileWriter) throws(SearchError) {
        try spool?.copy(to: file)
        try file.append(bytes.bytes)
    }
}
