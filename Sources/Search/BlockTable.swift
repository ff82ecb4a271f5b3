import CPrefetch

/// Where the blocks of a list of postings lie, and up to which document each goes.
///
/// A list of one block has no table; its bytes are those of the block.
struct BlockTable {
    let start: UnsafeRawPointer
    /// How many blocks the list has.
    let count: Int
    /// Whether the list has more than one block.
    let isThere: Bool

    /// - Parameters:
    ///   - list: whose blocks they are.
    ///   - bytes: all of the list; nil comes of fewer than its table has.
    init?(_ list: TermList, _ bytes: UnsafeRawBufferPointer) {
        // Damaged bytes may tell of any number.
        guard list.frequency > 0, list.frequency / SegmentFormat.blockSize <= bytes.count else { return nil }
        count = SegmentFormat.blocks(list.frequency)
        isThere = list.frequency > SegmentFormat.blockSize
        guard let start = bytes.baseAddress, bytes.count >= (isThere ? SegmentFormat.entrySize : 2) * count
        else { return nil }
        self.start = start
    }

    @inline(__always)
    func entry<T: FixedWidthInteger>(_ block: Int, _ offset: Int, _: T.Type) -> T {
        T(
            littleEndian: start.loadUnaligned(
                fromByteOffset: block &* SegmentFormat.entrySize &+ offset, as: T.self))
    }

    /// The last document of a block.
    @inline(__always)
    func last(of block: Int) -> UInt32 { entry(block, 0, UInt32.self) }

    /// The first block behind another whose last document is not before `target`; found by growing strides, because it is
    /// nearly always near.
    func reaching(_ target: UInt32, behind block: Int) -> Int {
        guard isThere else { return count }
        var low = block + 1
        var stride = 1
        while low + stride <= count, last(of: low + stride - 1) < target {
            low += stride
            stride *= 2
        }
        var high = min(low + stride, count)
        while low < high {
            let middle = (low + high) / 2
            if last(of: middle) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Looking ahead

    // Most of a question's time is the wait for memory. What is asked for early, and much at a time, is waited for once.

    /// The bytes that come together from memory.
    private static let line = 64

    /// Asks for the table, or for the block where there is no table.
    ///
    /// - Parameter size: of the whole list.
    func prefetch(size: Int) {
        let wanted = isThere ? count * SegmentFormat.entrySize : size
        for at in stride(from: 0, to: wanted, by: Self.line) { CPrefetch.prefetch(start + at) }
    }

    /// Asks for the blocks that hold some documents, or what follows these.
    ///
    /// - Parameter documents: ascending.
    func prefetchBlocks(of documents: some Sequence<UInt32>) {
        guard isThere else { return }
        var block = -1
        for document in documents where block < 0 || document > last(of: block) {
            block = reaching(document, behind: block)
            guard block < count else { return }
            let first = start + Int(entry(block, 4, UInt32.self))
            // Most blocks are of two or three lines.
            for line in 0..<3 { CPrefetch.prefetch(first + line * Self.line) }
        }
    }
}

extension Segment {
    /// Asks for what is read of a list before its documents.
    func prefetch(_ list: TermList) {
        guard let bytes = postings(list.postings) else { return }
        BlockTable(list, bytes)?.prefetch(size: bytes.count)
    }

    /// Asks for what a list has of some documents, ascending.
    func prefetch(_ list: TermList, for documents: some Sequence<UInt32>) {
        guard let bytes = postings(list.postings) else { return }
        BlockTable(list, bytes)?.prefetchBlocks(of: documents)
    }
}
