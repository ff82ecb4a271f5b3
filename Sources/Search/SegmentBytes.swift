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
    convenience init(copying bytes: [UInt8]) {
        self.init(owning: bytes.withUnsafeBytes { Self.copy([$0]) })
    }

    /// A copy in memory of bytes that follow each other.
    convenience init(joining pieces: [UnsafeRawBufferPointer]) { self.init(owning: Self.copy(pieces)) }

    private convenience init(owning memory: UnsafeMutableRawBufferPointer) {
        nonisolated(unsafe) let owned = memory
        self.init(UnsafeRawBufferPointer(rebasing: memory.dropLast(Self.padding))) { owned.deallocate() }
    }

    private static func copy(_ pieces: [UnsafeRawBufferPointer]) -> UnsafeMutableRawBufferPointer {
        let count = pieces.reduce(0) { $0 + $1.count }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count + padding, alignment: 8)
        var at = 0
        for piece in pieces {
            UnsafeMutableRawBufferPointer(rebasing: memory[at...]).copyBytes(from: piece)
            at += piece.count
        }
        for at in count..<memory.count { memory[at] = 0 }
        return memory
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

/// Bytes that grow at their end, for what is written by the million: room is made once for many of them.
///
/// Numbers lie in it as ``ByteWriter`` writes them. It belongs to one task at a time.
final class ByteBuffer {
    @exclusivity(unchecked) private var start: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private var room: Int
    @exclusivity(unchecked) private(set) var count = 0
    /// As far behind the end as a number is written that is shorter than the memory it is stored by.
    private static let slack = 8

    init(room: Int = 256) {
        self.room = room
        start = .allocate(capacity: room + Self.slack)
    }

    deinit { start.deallocate() }

    /// What has been written; it is there until more is.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Adds what a body writes.
    ///
    /// - Parameters:
    ///   - most: how many bytes there are at most.
    ///   - body: writes them, and perhaps a few behind them that count nothing; returns where they end.
    @inline(__always)
    func append(most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>) {
        if room &- count < most { makeRoom(most) }
        count = body(start + count) - start
    }

    func append(_ number: UInt64) {
        append(most: 8) { end in
            UnsafeMutableRawPointer(end).storeBytes(of: number.littleEndian, as: UInt64.self)
            return end + 8
        }
    }

    /// Puts bytes in place of all from a place on.
    func replace(from place: Int, by bytes: UnsafeBufferPointer<UInt8>) {
        count = place
        append(most: bytes.count) { end in
            if let first = bytes.baseAddress { end.update(from: first, count: bytes.count) }
            return end + bytes.count
        }
    }

    /// Takes bytes away at the beginning.
    func removeFirst(_ gone: Int) {
        count -= gone
        start.update(from: start + gone, count: count)
    }

    /// Fills up to a multiple of eight.
    func align() {
        append(most: 8) { end in
            let more = -count & 7
            end.update(repeating: 0, count: more)
            return end + more
        }
    }

    @inline(never)
    private func makeRoom(_ more: Int) {
        room = max(room * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room + Self.slack)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Writes a number as ``ByteWriter/append(varint:)`` does; returns where it ends.
    @inline(__always)
    func write(varint number: UInt32) -> Self {
        var (end, rest) = (self, number)
        while rest >= 0x80 {
            end.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
            end += 1
            rest >>= 7
        }
        end.pointee = UInt8(truncatingIfNeeded: rest)
        return end + 1
    }

    /// Writes numbers as ``ByteWriter/append(packed:width:)`` does, and up to eight bytes behind them.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - width: the bits of each, at most 32.
    ///   - number: tells them, in their order.
    /// - Returns: where they end.
    @inline(__always)
    func write(packed count: Int, width: Int, _ number: (Int) -> UInt32) -> Self {
        guard width > 0 else { return self }
        var end = UnsafeMutableRawPointer(self)
        var pending: UInt64 = 0
        var bits = 0
        for place in 0..<count {
            pending |= UInt64(number(place)) &<< UInt64(truncatingIfNeeded: bits)
            bits &+= width
            if bits >= 32 {
                end.storeBytes(of: UInt32(truncatingIfNeeded: pending).littleEndian, as: UInt32.self)
                end += 4
                pending &>>= 32
                bits &-= 32
            }
        }
        end.storeBytes(of: pending.littleEndian, as: UInt64.self)
        return self + SegmentFormat.packedSize(count, width: width)
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
