/// Walks the postings of one term, forwards only, a block at a time.
final class TermCursor {
    /// The documents that hold the term.
    let frequency: Int
    private let start: UnsafePointer<UInt8>
    private let blockCount: Int
    private let termBound: Float
    private let documents: UnsafeMutablePointer<UInt32>
    private var block = -1
    private var count = 0
    private var index = 0
    private var codeAt = 0
    private var codesStart = 0

    /// What ``document`` is behind the last posting.
    static let end = UInt32.max

    init(_ term: Segment.Term, in segment: Segment) {
        frequency = term.frequency
        start = segment.postings + term.start
        blockCount = (term.frequency + SegmentFormat.blockSize - 1) / SegmentFormat.blockSize
        termBound = term.bound
        documents = .allocate(capacity: SegmentFormat.blockSize)
        load(0)
    }

    deinit { documents.deallocate() }

    /// The document that the cursor stands on.
    var document: UInt32 { index < count ? documents[index] : Self.end }

    // MARK: Blocks

    private var hasTable: Bool { frequency > SegmentFormat.blockSize }

    private func entry(_ block: Int, _ offset: Int) -> UInt32 {
        UInt32(
            littleEndian: UnsafeRawPointer(start).loadUnaligned(
                fromByteOffset: block * SegmentFormat.entrySize + offset, as: UInt32.self))
    }

    private func load(_ number: Int) {
        block = number
        index = 0
        guard number < blockCount else {
            count = 0
            return
        }
        count = min(SegmentFormat.blockSize, frequency - number * SegmentFormat.blockSize)
        var at = hasTable ? Int(entry(number, 4)) : 0
        // One past the last document of the block before; the very first gap counts from nought.
        var next: UInt32 = number == 0 ? 0 : entry(number - 1, 0) &+ 1
        if count == SegmentFormat.blockSize {
            let width = Int(start[at])
            at += 1
            let mask = width == 32 ? UInt64(UInt32.max) : (1 << UInt64(width)) - 1
            let packed = UnsafeRawPointer(start + at)
            var bit = 0
            for number in 0..<SegmentFormat.blockSize {
                let word = UInt64(
                    littleEndian: packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
                let gap = UInt32(truncatingIfNeeded: word >> UInt64(bit & 7) & mask)
                documents[number] = next &+ gap
                next = next &+ gap &+ 1
                bit &+= width
            }
            at += width * SegmentFormat.blockSize / 8
        } else {
            for number in 0..<count {
                let gap = readVarint(start, &at)
                documents[number] = next &+ gap
                next = next &+ gap &+ 1
            }
        }
        codesStart = at
        codeAt = at
    }

    /// Goes to the first document that is not before `target`.
    func skip(to target: UInt32) {
        guard index < count else { return }
        if documents[count - 1] < target {
            load(blockReaching(target))
        }
        while index < count, documents[index] < target { step() }
    }

    /// The first block behind the current one whose last document is not before `target`; found by growing strides,
    /// because it is nearly always near.
    private func blockReaching(_ target: UInt32) -> Int {
        guard hasTable else { return blockCount }
        var low = block + 1
        var stride = 1
        while low + stride <= blockCount, entry(low + stride - 1, 0) < target {
            low += stride
            stride *= 2
        }
        var high = min(low + stride, blockCount)
        while low < high {
            let middle = (low + high) / 2
            if entry(middle, 0) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Goes to the next document.
    func advance() {
        step()
        if index == count { load(block + 1) }
    }

    @inline(__always)
    private func step() {
        while true {
            let code = start[codeAt]
            codeAt &+= 1
            if code & 0x0F == 0x0F { _ = readVarint(start, &codeAt) }
            if code & 0x80 == 0 { break }
        }
        index &+= 1
    }

    // MARK: Scores

    /// The most that a document of a range can score for weight 1, by the segment's own averages; 0 where none is in it.
    ///
    /// The range must not begin before the cursor's document.
    func bound(from first: UInt32, until end: UInt32) -> Float {
        guard document < end else { return 0 }
        guard hasTable else { return termBound }
        var most: Float = 0
        var number = block
        while number < blockCount {
            let last = entry(number, 0)
            if last >= first { most = max(most, Float(bitPattern: entry(number, 12))) }
            if last >= end - 1 { break }
            number += 1
        }
        return most
    }

    /// The most that any document can score for weight 1.
    var bound: Float { termBound }

    /// Calls `body` for every field of the current document that holds the term, with the frequency there.
    @inline(__always)
    func fields(_ body: (_ field: Int, _ frequency: UInt32) -> Void) {
        var at = codeAt
        while true {
            let code = start[at]
            at &+= 1
            var frequency = UInt32(code & 0x0F)
            if frequency == SegmentFormat.longFrequency { frequency += readVarint(start, &at) }
            body(Int(code >> 4 & 7), frequency)
            if code & 0x80 == 0 { return }
        }
    }

    /// Calls `body` for every document before `end`, field by field, and goes behind them.
    @inline(__always)
    func forEach(
        before end: UInt32, _ units: (_ document: UInt32, _ field: Int, _ frequency: UInt32) -> Int32,
        _ body: (_ document: UInt32, _ units: Int32) -> Void
    ) {
        while index < count {
            var at = codeAt
            var i = index
            while i < count {
                let document = documents[i]
                guard document < end else { break }
                var sum: Int32 = 0
                while true {
                    let code = start[at]
                    at &+= 1
                    var frequency = UInt32(code & 0x0F)
                    if frequency == SegmentFormat.longFrequency { frequency &+= readVarint(start, &at) }
                    sum &+= units(document, Int(code >> 4 & 7), frequency)
                    if code & 0x80 == 0 { break }
                }
                body(document, sum)
                i &+= 1
            }
            index = i
            codeAt = at
            guard i == count else { return }
            load(block + 1)
        }
    }

    // MARK: Positions

    /// The positions of the term in the current document, a field each; ascending.
    func positions() -> [(field: Int, positions: [UInt32])] {
        // Positions lie in the order of the codes: those of the documents before are passed over.
        var at = codesStart
        var passed = 0
        var mine: [(Int, UInt32)] = []
        for number in 0..<count {
            while true {
                let code = start[at]
                at += 1
                var frequency = UInt32(code & 0x0F)
                if frequency == SegmentFormat.longFrequency { frequency += readVarint(start, &at) }
                if number < index {
                    passed += Int(frequency)
                } else if number == index {
                    mine.append((Int(code >> 4 & 7), frequency))
                }
                if code & 0x80 == 0 { break }
            }
        }
        // Behind the codes of the only block, or where the table says.
        var position = hasTable ? Int(entry(block, 8)) : at
        for _ in 0..<passed { _ = readVarint(start, &position) }
        return mine.map { field, frequency in
            var last: UInt32 = 0
            return (
                field,
                (0..<frequency).map { _ in
                    last += readVarint(start, &position)
                    return last
                }
            )
        }
    }
}
