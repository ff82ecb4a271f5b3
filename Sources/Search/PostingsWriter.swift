/// Writes the lists of a segment's postings and their positions.
struct PostingsWriter {
    private(set) var postings: SectionWriter
    private(set) var positions: SectionWriter

    /// What bounds the scores of a block in a field.
    struct Bounds {
        /// A code a document.
        var lengths: [UInt8]
        /// By code.
        var norms: [Float]
        /// What a frequency without end would score with weight and idf 1.
        var gain: Float
    }

    /// - Parameters:
    ///   - spools: where postings and positions go that are too many for memory; nil for nowhere.
    ///   - count: about how often terms will occur, so that little is copied.
    ///   - kept: about how many of these positions will be kept.
    init(
        spools: (postings: SpoolFile, positions: SpoolFile)?, postings count: Int = 0, positions kept: Int = 0
    ) {
        postings = SectionWriter(spool: spools?.postings, room: count * 2)
        positions = SectionWriter(spool: spools?.positions, room: kept * 2)
    }

    /// Adds a list that is not empty.
    ///
    /// - Parameters:
    ///   - list: ordered by document.
    ///   - field: of all of it.
    ///   - bounds: those of that field, which only long lists need.
    /// - Returns: where it lies.
    @inline(__always)
    mutating func add(_ list: PostingsList, field: Int, _ bounds: @autoclosure () -> Bounds) -> TermList {
        let (postingsStart, positionsStart) = (postings.count, positions.count)
        if list.count > SegmentFormat.blockSize {
            postings.bytes.addEntries(list, bounds())
            for start in stride(from: 0, to: list.count, by: SegmentFormat.blockSize) {
                let block = PostingsBlock(list, from: start)
                postings.bytes.append(most: block.most) { block.write(to: $0, block.widths) }
            }
        } else {
            postings.bytes.addFew(list)
        }
        positions.bytes.add(positions: list.distances)
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
}

/// Some postings in a row.
private struct PostingsBlock {
    private let documents: UnsafePointer<UInt32>
    private let frequencies: UnsafePointer<UInt32>
    let count: Int
    /// The document before; the first of all counts from minus one.
    private let before: UInt32

    typealias Widths = (gaps: Int, rests: Int)

    /// Those of a list from a place on, as many as a block has.
    @inline(__always)
    init(_ list: PostingsList, from start: Int) {
        (documents, frequencies) = (list.documentStart + start, list.frequencyStart + start)
        count = min(SegmentFormat.blockSize, list.count - start)
        before = start == 0 ? .max : documents[-1]
    }

    /// No more bytes are written than these.
    var most: Int { 2 + count * 8 }

    /// The bits that the greatest gap and the greatest frequency take.
    @inline(__always)
    var widths: Widths {
        var (gaps, rests, last): (UInt32, UInt32, UInt32) = (0, 0, before)
        for place in 0..<count {
            gaps |= documents[place] &- last &- 1
            last = documents[place]
            rests |= frequencies[place] &- 1
        }
        return (bitWidth(gaps), bitWidth(rests))
    }

    /// Writes gaps and frequencies; returns where they end.
    @inline(__always)
    func write(to start: UnsafeMutablePointer<UInt8>, _ widths: Widths) -> UnsafeMutablePointer<UInt8> {
        var last = before
        return start.write(packed: count, width: widths.gaps) { place in
            defer { last = documents[place] }
            return documents[place] &- last &- 1
        }.write(packed: count, width: widths.rests) { frequencies[$0] &- 1 }
    }
}

@inline(__always)
private func bitWidth(_ number: UInt32) -> Int { UInt32.bitWidth - number.leadingZeroBitCount }

extension ByteBuffer {
    /// Writes a list that is one block.
    @inline(__always)
    fileprivate func addFew(_ list: PostingsList) {
        let block = PostingsBlock(list, from: 0)
        append(most: block.most) { end in
            let widths = block.widths
            end[0] = UInt8(truncatingIfNeeded: widths.gaps)
            end[1] = UInt8(truncatingIfNeeded: widths.rests)
            return block.write(to: end + 2, widths)
        }
    }

    /// Writes what is known of each block without reading it.
    @inline(never)
    fileprivate func addEntries(_ list: PostingsList, _ bounds: PostingsWriter.Bounds) {
        let (documents, frequencies) = (list.documents, list.frequencies)
        var start = SegmentFormat.blocks(list.count) * SegmentFormat.entrySize
        var before = 0
        for first in stride(from: 0, to: list.count, by: SegmentFormat.blockSize) {
            let block = PostingsBlock(list, from: first)
            let range = first..<first + block.count
            let widths = block.widths
            var most: Float = 0
            var places = 0
            bounds.lengths.withUnsafeBufferPointer { lengths in
                bounds.norms.withUnsafeBufferPointer { norms in
                    for place in range {
                        let tf = Float(frequencies[place])
                        most = max(most, tf / (tf + norms[Int(lengths[Int(documents[place])])]))
                        places &+= Int(frequencies[place])
                    }
                }
            }
            let bound = UInt32(((most * bounds.gain).bitPattern + 0xFFFF) >> 16)
            append(
                UInt64(documents[range.upperBound - 1]) | UInt64(UInt32(start)) << 32)
            append(
                UInt64(UInt32(truncatingIfNeeded: before)) | UInt64(bound & 0xFFFF) << 32
                    | UInt64(widths.gaps) << 48 | UInt64(widths.rests) << 56)
            before += places
            start += SegmentFormat.packedSize(block.count, width: widths.gaps)
            start += SegmentFormat.packedSize(block.count, width: widths.rests)
        }
    }

    /// Writes the positions of a list.
    @inline(__always)
    fileprivate func add(positions distances: UnsafeBufferPointer<UInt32>) {
        let full = distances.count / SegmentFormat.blockSize * SegmentFormat.blockSize
        if full > 0 { add(blocks: UnsafeBufferPointer(rebasing: distances[..<full])) }
        append(most: (distances.count - full) * 5) { end in
            var end = end
            for place in full..<distances.count { end = end.write(varint: distances[place]) }
            return end
        }
    }

    /// Writes whole blocks of positions.
    @inline(never)
    private func add(blocks distances: UnsafeBufferPointer<UInt32>) {
        let size = SegmentFormat.blockSize
        func block(_ start: Int) -> UnsafeBufferPointer<UInt32> {
            UnsafeBufferPointer(rebasing: distances[start..<start + size])
        }
        func width(_ block: UnsafeBufferPointer<UInt32>) -> Int { bitWidth(block.reduce(0, |)) }
        append(most: distances.count / size) { end in
            var end = end
            for start in stride(from: 0, to: distances.count, by: size) {
                end.pointee = UInt8(truncatingIfNeeded: width(block(start)))
                end += 1
            }
            return end
        }
        for start in stride(from: 0, to: distances.count, by: size) {
            let block = block(start)
            append(most: size * 4) { $0.write(packed: size, width: width(block)) { block[$0] } }
        }
    }
}

/// The bytes of a long section with the checks of its pages.
///
/// Where there is a spool, whole pages go there as soon as they are written, so that a segment of any size is made in
/// little memory.
struct SectionWriter {
    /// What has not gone to the spool.
    let bytes: ByteBuffer
    private var spooled = 0
    private let spool: SpoolFile?
    /// One a page; all of them once it is closed.
    private(set) var checks: [UInt64] = []
    private static let patience = 1 << 20

    /// - Parameters:
    ///   - spool: where whole pages go; nil for nowhere.
    ///   - room: about as many bytes.
    init(spool: SpoolFile?, room: Int) {
        self.spool = spool
        bytes = ByteBuffer(room: room)
    }

    var count: Int { spooled + bytes.count }

    /// Puts whole pages away, once they are many.
    mutating func spoolPages() {
        guard let spool, bytes.count >= Self.patience else { return }
        let whole = bytes.count / SegmentFormat.page * SegmentFormat.page
        let pages = UnsafeRawBufferPointer(rebasing: bytes.bytes[..<whole])
        checks += Checksum.pages(of: pages)
        spool.append(pages)
        bytes.removeFirst(whole)
        spooled += whole
    }

    /// Fills up to a multiple of eight bytes, so that the checks leave none out.
    mutating func close() {
        bytes.align()
        checks += Checksum.pages(of: bytes.bytes)
    }

    /// Writes all of it.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    func copy(to file: FileWriter) throws(SearchError) {
        try spool?.copy(to: file)
        try file.append(bytes.bytes)
    }
}
