/// Writes the lists of a segment's postings and their positions.
struct PostingsWriter {
    private(set) var postings: SectionWriter
    private(set) var positions: SectionWriter
    /// The distance of each document to the one before, less one; as long as the longest list so far.
    private var gaps: [UInt32] = []
    /// Each frequency, less one.
    private var rests: [UInt32] = []

    /// - Parameter spools: where postings and positions go that are too many for memory; nil for nowhere.
    init(spools: (postings: SpoolFile, positions: SpoolFile)?) {
        postings = SectionWriter(spool: spools?.postings)
        positions = SectionWriter(spool: spools?.positions)
    }

    /// Makes room for about as many positions at once, so that little is copied.
    mutating func reserve(positions count: Int) {
        postings.bytes.reserve(count * 2)
        positions.bytes.reserve(count * 2)
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
    mutating func add(_ list: PostingsList, field: Int, lengths: [UInt8], norms: [Float], gain: Float)
        -> TermList
    {
        let (postingsStart, positionsStart) = (postings.count, positions.count)
        addPostings(list, lengths, norms, gain)
        addPositions(list.distances)
        postings.spoolPages()
        positions.spoolPages()
        return TermList(
            field: field, frequency: list.count, postings: postingsStart..<postings.count,
            positions: positionsStart..<positions.count)
    }

    /// Ends both, after the last list.
    mutating func close() {
        postings.close()
        positions.close()
    }

    private mutating func addPostings(
        _ list: PostingsList, _ lengths: [UInt8], _ norms: [Float], _ gain: Float
    ) {
        if gaps.count < list.count {
            gaps = Array(repeating: 0, count: list.count * 2)
            rests = gaps
        }
        Self.fill(&gaps, &rests, list)
        gaps.withUnsafeBufferPointer { gaps in
            rests.withUnsafeBufferPointer { rests in
                let isLong = list.count > SegmentFormat.blockSize
                if isLong { postings.addEntries(list, gaps, rests, lengths, norms, gain) }
                for start in stride(from: 0, to: list.count, by: SegmentFormat.blockSize) {
                    let range = start..<min(list.count, start + SegmentFormat.blockSize)
                    let widths = (Self.width(gaps, range), Self.width(rests, range))
                    if !isLong {
                        postings.bytes.append(UInt8(widths.0))
                        postings.bytes.append(UInt8(widths.1))
                    }
                    postings.bytes.append(packed: gaps, range, width: widths.0)
                    postings.bytes.append(packed: rests, range, width: widths.1)
                }
            }
        }
    }

    private static func fill(_ gaps: inout [UInt32], _ rests: inout [UInt32], _ list: PostingsList) {
        let (documents, frequencies) = (list.documents, list.frequencies)
        gaps.withUnsafeMutableBufferPointer { gaps in
            rests.withUnsafeMutableBufferPointer { rests in
                // The first document of all counts from minus one.
                var last = UInt32.max
                for place in documents.indices {
                    gaps[place] = documents[place] &- last &- 1
                    last = documents[place]
                    rests[place] = frequencies[place] &- 1
                }
            }
        }
    }

    private mutating func addPositions(_ distances: UnsafeBufferPointer<UInt32>) {
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
    fileprivate static func width(_ numbers: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Int {
        var all: UInt32 = 0
        for place in range { all |= numbers[place] }
        return UInt32.bitWidth - all.leadingZeroBitCount
    }
}

extension SectionWriter {
    /// Writes what is known of each block without reading it.
    fileprivate mutating func addEntries(
        _ list: PostingsList, _ gaps: UnsafeBufferPointer<UInt32>, _ rests: UnsafeBufferPointer<UInt32>,
        _ lengths: [UInt8], _ norms: [Float], _ gain: Float
    ) {
        let (documents, frequencies) = (list.documents, list.frequencies)
        var start = SegmentFormat.blocks(list.count) * SegmentFormat.entrySize
        var before = 0
        for first in stride(from: 0, to: list.count, by: SegmentFormat.blockSize) {
            let range = first..<min(list.count, first + SegmentFormat.blockSize)
            let gapWidth = PostingsWriter.width(gaps, range)
            let restWidth = PostingsWriter.width(rests, range)
            var most: Float = 0
            var places = 0
            for place in range {
                let tf = Float(frequencies[place])
                most = max(most, tf / (tf + norms[Int(lengths[Int(documents[place])])]))
                places += Int(frequencies[place])
            }
            bytes.append(documents[range.upperBound - 1])
            bytes.append(UInt32(start))
            bytes.append(UInt32(truncatingIfNeeded: before))
            bytes.append(UInt16(truncatingIfNeeded: ((most * gain).bitPattern + 0xFFFF) >> 16))
            bytes.append(UInt8(gapWidth))
            bytes.append(UInt8(restWidth))
            before += places
            start += SegmentFormat.packedSize(range.count, width: gapWidth)
            start += SegmentFormat.packedSize(range.count, width: restWidth)
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
