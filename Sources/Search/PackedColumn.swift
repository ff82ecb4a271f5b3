/// Numbers of documents, packed in blocks by their distance from the least: one column of ``SegmentFormat``.
///
/// What the bytes say is held against their number at each reading, so that no bytes lead beyond them.
struct PackedColumn {
    private static let entrySize = 16
    /// Wider numbers than this do not fit one load from any bit, and take eight bytes each.
    private static let widest = 56
    private let bytes: UnsafeRawBufferPointer
    private let tableSize: Int

    init(_ bytes: UnsafeRawBufferPointer, count: Int) {
        self.bytes = bytes
        tableSize = SegmentFormat.blocks(count) * Self.entrySize
    }

    /// The number at a place; nil where there is none.
    ///
    /// - Complexity: O(1).
    @inline(__always)
    subscript(place: Int) -> Int64? {
        let entry = place / SegmentFormat.blockSize * Self.entrySize
        guard entry + Self.entrySize <= bytes.count else { return nil }
        let base = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: entry, as: Int64.self))
        let start = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: entry + 8, as: UInt32.self)))
        let width = Int(bytes[entry + 12])
        var distance: UInt64 = 0
        if width > 0 {
            let bit = place % SegmentFormat.blockSize * width
            let at = tableSize + start + bit >> 3
            // The sections behind leave eight bytes to look at.
            guard at + (width + bit & 7 + 7) >> 3 <= bytes.count, let memory = bytes.baseAddress else {
                return nil
            }
            distance = UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            if width <= Self.widest { distance = distance >> UInt64(bit & 7) & (1 << UInt64(width) - 1) }
        }
        if distance == 0, bytes[entry + 13] != 0 { return nil }
        return base &+ Int64(bitPattern: distance)
    }

    /// Writes a column.
    static func write(_ numbers: [Int64?], to writer: inout ByteWriter) {
        var packed = ByteWriter()
        for start in stride(from: 0, to: numbers.count, by: SegmentFormat.blockSize) {
            let block = numbers[start..<min(numbers.count, start + SegmentFormat.blockSize)]
            let least = block.lazy.compactMap { $0 }.min() ?? 0
            let hasAbsence = block.contains { $0 == nil }
            let base = hasAbsence ? least &- 1 : least
            let distances = block.map { $0.map { UInt64(bitPattern: $0 &- base) } ?? 0 }
            var width = UInt64.bitWidth - (distances.max() ?? 0).leadingZeroBitCount
            if width > widest { width = UInt64.bitWidth }
            writer.append(base)
            writer.append(UInt32(packed.count))
            writer.append(UInt8(width))
            writer.append(UInt8(hasAbsence ? 1 : 0))
            writer.append(UInt16(0))
            if width == UInt64.bitWidth {
                for distance in distances { packed.append(distance) }
            } else {
                packed.append(packed: distances, width: width)
            }
        }
        writer.append(contentsOf: packed.bytes)
    }
}
