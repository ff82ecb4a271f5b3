/// Walks the postings of one term in one field, forwards only, a block at a time.
///
/// It is a plain value over memory that others own: the segment's bytes and a buffer of ``SegmentFormat/blockSize``
/// numbers. Postings that make no sense end it and mark the segment as damaged.
struct ListCursor {
    /// The documents that hold the term in the field.
    let frequency: Int
    let field: Int
    private let segment: Unmanaged<Segment>
    private let blocks: BlockTable
    private let length: Int
    private let documentLimit: UInt64
    private let buffer: UnsafeMutablePointer<UInt32>
    private var block = 0
    private var count = 0
    private var index = 0
    private var frequencies: UnsafeRawPointer
    private var frequencyWidth = 0
    /// The document that the cursor stands on; ``end`` behind the last one.
    private(set) var document: UInt32 = Self.end

    /// What ``document`` is behind the last posting.
    static let end = UInt32.max

    /// A cursor on the first posting that is not before a document; nil where the postings are damaged.
    ///
    /// - Parameters:
    ///   - list: where the postings lie.
    ///   - segment: must live as long as the cursor.
    ///   - buffer: its alone as long as the cursor is used.
    ///   - first: the document; 0 for the first posting of all.
    init?(
        _ list: TermList, in segment: Segment, buffer: UnsafeMutablePointer<UInt32>, from first: UInt32 = 0
    ) {
        guard let bytes = segment.postings(list.postings), let blocks = BlockTable(list, bytes),
            (1...segment.documentCount).contains(list.frequency)
        else {
            segment.fail("its postings lead nowhere")
            return nil
        }
        frequency = list.frequency
        field = list.field
        self.segment = .passUnretained(segment)
        self.blocks = blocks
        length = bytes.count
        documentLimit = UInt64(segment.documentCount)
        self.buffer = buffer
        frequencies = blocks.start
        if first > 0, blocks.isThere {
            block = -1
            load(blocks.reaching(first, behind: block))
        } else {
            load(0)
        }
        skip(to: first)
    }

    // MARK: Blocks

    private mutating func load(_ number: Int) {
        block = number
        index = 0
        guard number < blocks.count else { return finish() }
        count = min(SegmentFormat.blockSize, frequency &- number &* SegmentFormat.blockSize)
        var at = 2
        var next: UInt64 = 0
        let width: Int
        if blocks.isThere {
            at = Int(blocks.entry(number, 4, UInt32.self))
            width = Int(blocks.entry(number, 14, UInt8.self))
            frequencyWidth = Int(blocks.entry(number, 15, UInt8.self))
            if number > 0 { next = UInt64(blocks.last(of: number &- 1)) &+ 1 }
        } else {
            width = Int(blocks.start.load(as: UInt8.self))
            frequencyWidth = Int(blocks.start.load(fromByteOffset: 1, as: UInt8.self))
        }
        let size = SegmentFormat.packedSize(count, width: width)
        guard width <= 32, frequencyWidth <= 32,
            at &+ size &+ SegmentFormat.packedSize(count, width: frequencyWidth) <= length
        else { return fail() }
        frequencies = blocks.start + at + size
        // What may be read behind the gaps is still of the file, whose footer is longer.
        next = WidePostings.unpack(blocks.start + at, count, width, next, to: buffer)
        // Distances are above nought: with the last document, all are within the segment.
        guard next <= documentLimit, !blocks.isThere || next == UInt64(blocks.last(of: number)) &+ 1 else {
            return fail()
        }
        document = buffer[0]
    }

    /// Goes back to the first posting.
    mutating func rewind() { load(0) }

    private mutating func finish() {
        count = 0
        document = Self.end
        block = blocks.count
    }

    private mutating func fail() {
        segment.takeUnretainedValue().fail("its postings make no sense")
        finish()
    }

    /// Goes to the first document that is not before `target`.
    @inline(__always)
    mutating func skip(to target: UInt32) {
        if document < target { seek(target) }
    }

    private mutating func seek(_ target: UInt32) {
        if buffer[count &- 1] < target {
            load(blocks.reaching(target, behind: block))
            guard document < target else { return }
        }
        index = place(of: target)
        document = buffer[index]
    }

    /// The first place of the block whose document is not before `target`; the last one's must not be.
    @inline(__always)
    private func place(of target: UInt32) -> Int { WidePostings.count(buffer, count, below: target) }

    /// Goes to the next document.
    @inline(__always)
    mutating func advance() {
        index &+= 1
        if index < count { document = buffer[index] } else { load(block &+ 1) }
    }

    // MARK: Scores

    /// How often the term stands in the field of the current document.
    var frequencyHere: UInt32 { frequency(index) }

    @inline(__always)
    private func frequency(_ place: Int) -> UInt32 {
        guard frequencyWidth > 0 else { return 1 }
        return Self.frequency(place, in: frequencies, width: frequencyWidth)
    }

    @inline(__always)
    private static func frequency(_ place: Int, in packed: UnsafeRawPointer, width: Int) -> UInt32 {
        let bit = place &* width
        let word = UInt64(littleEndian: packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
        return UInt32(truncatingIfNeeded: word >> UInt64(bit & 7) & ((1 &<< UInt64(width)) &- 1)) &+ 1
    }

    /// The most that a document before `end` can score for weight and idf 1, by the segment's own averages; nil where the
    /// postings are too few to say.
    func bound(until end: UInt32) -> Float? {
        guard blocks.isThere else { return nil }
        var most: UInt16 = 0
        var number = block
        while number < blocks.count {
            most = max(most, blocks.entry(number, 12, UInt16.self))
            if blocks.last(of: number) >= end &- 1 { break }
            number &+= 1
        }
        return Float(bitPattern: UInt32(most) << 16)
    }

    /// The most that any document can score for weight and idf 1; nil where the postings are too few to say.
    var bound: Float? { bound(until: Self.end) }

    /// Calls `body` for the documents of the current block.
    func forEachOfBlock(_ body: (UInt32) -> Void) { for place in 0..<count { body(buffer[place]) } }

    /// The most units of a document of the current block.
    func mostUnits(_ units: UnitTable, lengths: UnsafePointer<UInt8>) -> Int32 {
        var most: Int32 = 0
        for place in 0..<count {
            most = max(most, units.units(frequency(place), lengths[Int(buffer[place])]))
        }
        return most
    }

    /// Adds what each document before `end` gets to its place in `scores`, which begins with `base`, and goes behind them.
    mutating func add<Lengths: LengthCodes>(
        from base: UInt32, until end: UInt32, to scores: UnsafeMutablePointer<Int32>, _ units: UnitTable,
        lengths: Lengths
    ) {
        forEach(from: base, until: end, units, lengths: lengths) { document, units in
            scores[Int(document &- base)] &+= units
        }
    }

    /// The same for few documents, whose places are marked, a bit each, so that they can be found again.
    mutating func add<Lengths: LengthCodes>(
        from base: UInt32, until end: UInt32, to scores: UnsafeMutablePointer<Int32>, _ units: UnitTable,
        lengths: Lengths, marks: UnsafeMutablePointer<UInt64>
    ) {
        forEach(from: base, until: end, units, lengths: lengths) { document, units in
            let offset = Int(document &- base)
            scores[offset] &+= units
            marks[offset >> 6] |= 1 << UInt64(offset & 63)
        }
    }

    /// Calls `body` with each document from the current one on and with what it gets, and goes behind all.
    @inline(__always)
    mutating func forEach<Lengths: LengthCodes>(
        _ units: UnitTable, lengths: Lengths, _ body: (UInt32, Int32) -> Void
    ) {
        forEach(from: 0, until: Self.end, units, lengths: lengths, body)
    }

    /// Calls `body` with each document from `base` on and before `end` and with what it gets, and goes behind them.
    @inline(__always)
    private mutating func forEach<Lengths: LengthCodes>(
        from base: UInt32, until end: UInt32, _ units: UnitTable, lengths: Lengths,
        _ body: (UInt32, Int32) -> Void
    ) {
        skip(to: base)
        while document < end {
            let stop = buffer[count &- 1] < end ? count : place(of: end)
            forEachOfBlock(index, stop, units, lengths, body)
            index = stop
            guard stop == count else {
                document = buffer[stop]
                return
            }
            load(block &+ 1)
        }
    }

    @inline(__always)
    private func forEachOfBlock<Lengths: LengthCodes>(
        _ first: Int, _ stop: Int, _ units: UnitTable, _ lengths: Lengths,
        _ body: (UInt32, Int32) -> Void
    ) {
        guard units.isFilled else {
            for place in first..<stop {
                let document = buffer[place]
                body(document, units.lone(frequency(place), lengths[document]))
            }
            return
        }
        // Nearly all blocks are of these widths, and a width that the compiler knows takes half the time.
        switch frequencyWidth {
        case 0: forEachOfBlock(first, stop, width: 0, units, lengths, body)
        case 1: forEachOfBlock(first, stop, width: 1, units, lengths, body)
        case 2: forEachOfBlock(first, stop, width: 2, units, lengths, body)
        case 3: forEachOfBlock(first, stop, width: 3, units, lengths, body)
        default: forEachOfBlock(first, stop, width: frequencyWidth, units, lengths, body)
        }
    }

    @inline(__always)
    private func forEachOfBlock<Lengths: LengthCodes>(
        _ first: Int, _ stop: Int, width: Int, _ units: UnitTable, _ lengths: Lengths,
        _ body: (UInt32, Int32) -> Void
    ) {
        // Copies: what is written could otherwise be these.
        let (buffer, row) = (buffer, units.row)
        guard width > 0 else {
            for place in first..<stop {
                let document = buffer[place]
                body(document, row[lengths[document] &* Int(UnitTable.rows)])
            }
            return
        }
        let frequencies = frequencies
        let mask: UInt64 = (1 &<< UInt64(width)) &- 1
        // So many whole frequencies are in eight bytes, wherever in a byte they begin.
        let batch = max(1, min(8, 57 / width))
        func add(_ place: Int, _ word: inout UInt64) {
            let document = buffer[place]
            let code = lengths[document]
            let before = word & mask
            word &>>= UInt64(width)
            let gain =
                before < UInt64(UnitTable.rows)
                ? row[code &* Int(UnitTable.rows) &+ Int(truncatingIfNeeded: before)]
                : units.units(UInt32(truncatingIfNeeded: before) &+ 1, UInt8(truncatingIfNeeded: code))
            body(document, gain)
        }
        var place = first
        while place < stop {
            let bit = place &* width
            let bytes = frequencies.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
            var word = UInt64(littleEndian: bytes) >> UInt64(bit & 7)
            if place &+ batch <= stop {
                for next in place..<(place &+ batch) { add(next, &word) }
            } else {
                for next in place..<stop { add(next, &word) }
            }
            place &+= batch
        }
    }

    // MARK: Positions

    /// The number of positions before those of the current document.
    var positionsBefore: Int {
        var sum = blocks.isThere ? Int(blocks.entry(block, 8, UInt32.self)) : 0
        for place in 0..<index { sum += Int(frequency(place)) }
        return sum
    }

    /// The number of all positions; the cursor stands behind the last document then.
    mutating func countPositions() -> Int {
        load(blocks.count - 1)
        guard document != Self.end else { return 0 }
        index = count
        let sum = positionsBefore
        finish()
        return sum
    }
}

/// Reads the positions of one term in one field.
struct PositionReader {
    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    private var block = 0
    private var start: Int
    /// The block that is read, and where its numbers lie if it is whole.
    private var opened = -1
    private var packed: UnsafeRawPointer?
    private var width = 0
    /// The numbers of the last block if it is not.
    private var rest: [UInt32] = []

    /// A reader of a list, of which it finds none where none are kept; nil where the bytes are damaged.
    ///
    /// - Parameters:
    ///   - list: where the positions lie.
    ///   - segment: must live as long as the reader.
    ///   - count: the number of positions.
    init?(_ list: TermList, in segment: Segment, count: Int) {
        let count = list.hasPositions ? count : 0
        guard let bytes = segment.positions(list.positions), count / SegmentFormat.blockSize <= bytes.count
        else {
            segment.fail("its positions lead nowhere")
            return nil
        }
        self.bytes = bytes
        self.count = count
        start = count / SegmentFormat.blockSize
    }

    /// The distances between positions from a place of the list on; must be asked for in ascending order.
    ///
    /// What lies beyond the bytes is left out.
    mutating func distances(from first: Int, count wanted: Int, _ body: (UInt32) -> Void) {
        guard first >= 0, wanted >= 0, first <= count, wanted <= count - first else { return }
        for place in first..<first + wanted {
            let (number, offset) = (place / SegmentFormat.blockSize, place % SegmentFormat.blockSize)
            if number != opened { open(number) }
            if let packed {
                let bit = offset &* width
                let word = packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self).littleEndian
                body(UInt32(truncatingIfNeeded: word >> UInt64(bit & 7) & ((1 &<< UInt64(width)) &- 1)))
            } else if offset < rest.count {
                body(rest[offset])
            }
        }
    }

    /// Goes back to the first position.
    mutating func rewind() {
        block = 0
        start = count / SegmentFormat.blockSize
        opened = -1
    }

    /// Goes to a block: of the whole ones each number lies at its place, the others are read one after the other.
    private mutating func open(_ number: Int) {
        let full = count / SegmentFormat.blockSize
        while block < number {
            start += SegmentFormat.packedSize(SegmentFormat.blockSize, width: Int(bytes[block]))
            block += 1
        }
        opened = number
        packed = nil
        rest.removeAll(keepingCapacity: true)
        guard number < full else {
            var at = start
            for _ in 0..<count % SegmentFormat.blockSize {
                rest.append(UInt32(truncatingIfNeeded: readVarint(bytes, &at)))
            }
            return
        }
        width = Int(bytes[number])
        guard width <= 32, let base = bytes.baseAddress,
            start + SegmentFormat.packedSize(SegmentFormat.blockSize, width: width) <= bytes.count
        else { return }
        packed = base + start
    }

    /// Reads all positions at once, before any other.
    ///
    /// - Parameter memory: has room for them.
    /// - Returns: whether the bytes made sense.
    func all(_ memory: UnsafeMutablePointer<UInt32>) -> Bool {
        let full = count / SegmentFormat.blockSize
        var at = full
        for block in 0..<full {
            let width = Int(bytes[block])
            let size = SegmentFormat.packedSize(SegmentFormat.blockSize, width: width)
            guard width <= 32, at + size <= bytes.count, let base = bytes.baseAddress else { return false }
            let packed = base + at
            let numbers = memory + block * SegmentFormat.blockSize
            let mask: UInt64 = (1 &<< UInt64(width)) &- 1
            for place in 0..<SegmentFormat.blockSize {
                let bit = place &* width
                let word = packed.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self).littleEndian
                numbers[place] = UInt32(truncatingIfNeeded: word >> UInt64(bit & 7) & mask)
            }
            at += size
        }
        for place in full * SegmentFormat.blockSize..<count {
            guard at < bytes.count else { return false }
            memory[place] = UInt32(truncatingIfNeeded: readVarint(bytes, &at))
        }
        return true
    }
}
