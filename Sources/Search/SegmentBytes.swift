/// The bytes of a segment, in memory or mapped from a file; they never change.
final class SegmentBytes: Sendable {
    /// The bytes, at an address that is a multiple of eight, with ``padding`` readable bytes behind them.
    nonisolated(unsafe) let buffer: UnsafeRawBufferPointer
    private let release: @Sendable () -> Void
    private let forget: @Sendable () -> Void

    /// How far a reader of packed numbers may look past the end.
    static let padding = 8

    /// Bytes that somebody else keeps until `release` is called.
    ///
    /// - Parameters:
    ///   - buffer: the bytes.
    ///   - forget: gives memory back that holds what a file holds as well.
    ///   - release: gives all of it back.
    init(
        _ buffer: UnsafeRawBufferPointer, forget: @escaping @Sendable () -> Void = {},
        release: @escaping @Sendable () -> Void
    ) {
        nonisolated(unsafe) let kept = buffer
        self.buffer = kept
        self.release = release
        self.forget = forget
    }

    /// Gives back the memory of a mapped file, which is read again where it is needed: for those who have read all of it
    /// once and will not soon again.
    func letGo() { forget() }

    /// A copy of bytes in memory.
    convenience init(copying bytes: [UInt8]) { self.init(joining: [bytes]) }

    /// A copy in memory of bytes that follow each other.
    convenience init(joining pieces: [[UInt8]]) {
        let count = pieces.reduce(0) { $0 + $1.count }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count + Self.padding, alignment: 8)
        var at = 0
        for piece in pieces {
            UnsafeMutableRawBufferPointer(rebasing: memory[at...]).copyBytes(from: piece)
            at += piece.count
        }
        for at in count..<memory.count { memory[at] = 0 }
        nonisolated(unsafe) let owned = memory
        self.init(UnsafeRawBufferPointer(rebasing: memory[..<count])) { owned.deallocate() }
    }

    deinit { release() }
}

/// Writes numbers in the order of the machine's bytes, least significant first.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func removeFirst(_ count: Int) { bytes.removeFirst(count) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ number: Float) { append(number.bitPattern) }

    /// Seven bits a byte, the lowest first; the top bit says that more follow.
    mutating func append(varint number: UInt32) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Fills up to a multiple of eight.
    mutating func align() {
        while bytes.count % 8 != 0 { bytes.append(0) }
    }

    /// Some of a buffer's numbers as ``append(packed:width:)`` writes them, faster.
    mutating func append(packed numbers: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, width: Int) {
        guard width > 0 else { return }
        let start = bytes.count
        let size = SegmentFormat.packedSize(range.count, width: width)
        guard size > 8 else { return append(few: numbers, range, width: width) }
        bytes.append(contentsOf: repeatElement(0, count: size))
        bytes.withUnsafeMutableBytes { memory in
            let memory = UnsafeMutableRawBufferPointer(rebasing: memory[start...])
            var pending: UInt64 = 0
            var bits = 0
            var at = 0
            for place in range {
                pending |= UInt64(numbers[place]) &<< UInt64(truncatingIfNeeded: bits)
                bits &+= width
                if bits >= 32 {
                    memory.storeBytes(
                        of: UInt32(truncatingIfNeeded: pending).littleEndian, toByteOffset: at,
                        as: UInt32.self)
                    at &+= 4
                    pending >>= 32
                    bits &-= 32
                }
            }
            while at < size {
                memory[at] = UInt8(truncatingIfNeeded: pending)
                pending >>= 8
                at &+= 1
            }
        }
    }

    /// The same of numbers that fit in 64 bits together, as those of most terms do.
    private mutating func append(
        few numbers: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, width: Int
    ) {
        var all: UInt64 = 0
        var bits = 0
        for place in range {
            all |= UInt64(numbers[place]) &<< UInt64(truncatingIfNeeded: bits)
            bits &+= width
        }
        while bits > 0 {
            bytes.append(UInt8(truncatingIfNeeded: all))
            all &>>= 8
            bits &-= 8
        }
    }

    /// Numbers of `width` bits each, at most 56, without gaps; filled up to a byte.
    mutating func append(
        packed numbers: some Collection<some FixedWidthInteger & UnsignedInteger>, width: Int
    ) {
        guard width > 0 else { return }
        var pending: UInt64 = 0
        var bits = 0
        for number in numbers {
            pending |= UInt64(truncatingIfNeeded: number) << UInt64(bits)
            bits += width
            guard bits >= UInt64.bitWidth else { continue }
            append(pending)
            bits -= UInt64.bitWidth
            pending = bits > 0 ? UInt64(truncatingIfNeeded: number) >> UInt64(width - bits) : 0
        }
        withUnsafeBytes(of: pending.littleEndian) { bytes.append(contentsOf: $0.prefix((bits + 7) / 8)) }
    }
}

/// Reads the number that ``ByteWriter/append(varint:)`` wrote, and moves on; what lies beyond the end counts as nought.
@inline(__always)
func readVarint(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int {
    var value = 0
    var shift = 0
    while at < bytes.count, shift < 35 {
        let byte = bytes[at]
        at &+= 1
        value |= Int(byte & 0x7F) << shift
        if byte & 0x80 == 0 { return value }
        shift &+= 7
    }
    return value
}
