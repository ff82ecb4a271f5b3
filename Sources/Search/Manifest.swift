/// Which segments of a folder count, and what is deleted in them.
///
/// ```
/// manifest := magic, fingerprint: UInt64, cursor: UInt64, segments: UInt32, segment*, checksum: UInt64
/// segment  := number: UInt64, size: UInt64, deleted: UInt32, varint*    the distances between the deleted documents
/// ```
struct Manifest {
    struct Part {
        var number: UInt64
        /// In bytes.
        var size: UInt64
        /// The numbers of the deleted documents, ascending.
        var deleted: [Int]
    }

    /// How far the index has followed.
    var cursor: Int64
    var parts: [Part] = []

    /// The bytes of a manifest of some kind.
    func bytes(magic: UInt64, fingerprint: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(magic)
        writer.append(fingerprint)
        writer.append(UInt64(bitPattern: cursor))
        writer.append(UInt32(parts.count))
        for part in parts {
            writer.append(part.number)
            writer.append(part.size)
            writer.append(UInt32(part.deleted.count))
            var last = -1
            for document in part.deleted {
                writer.append(varint: UInt32(document - last - 1))
                last = document
            }
        }
        writer.append(Checksum.of(writer.bytes))
        return writer.bytes
    }

    /// What bytes say; nil where they are of another fingerprint, or what an older program wrote.
    ///
    /// - Throws: the reason why they are not what was written.
    init?(
        _ buffer: UnsafeRawBufferPointer, magic: UInt64, older: Set<UInt64> = [], fingerprint: UInt64
    ) throws(Fault) {
        guard buffer.count >= 36 else { throw Fault(reason: "it is too short") }
        let body = UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - 8)])
        func number<T: FixedWidthInteger>(_ offset: Int, _: T.Type) -> T {
            T(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        guard !older.contains(number(0, UInt64.self)) else { return nil }
        guard number(0, UInt64.self) == magic, number(buffer.count - 8, UInt64.self) == Checksum.of(body)
        else { throw Fault(reason: "its checksum is wrong") }
        guard number(8, UInt64.self) == fingerprint else { return nil }
        cursor = Int64(bitPattern: number(16, UInt64.self))
        var at = 28
        for _ in 0..<number(24, UInt32.self) {
            guard at + 20 <= body.count else { throw Fault(reason: "it ends too early") }
            var part = Part(
                number: number(at, UInt64.self), size: number(at + 8, UInt64.self), deleted: [])
            let deletedCount = number(at + 16, UInt32.self)
            at += 20
            var document = -1
            for _ in 0..<deletedCount {
                guard let gap = Self.number(body, &at) else { throw Fault(reason: "it ends too early") }
                document += Int(gap) + 1
                part.deleted.append(document)
            }
            parts.append(part)
        }
    }

    init(cursor: Int64) { self.cursor = cursor }

    /// Why bytes are no manifest.
    struct Fault: Error {
        var reason: String
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt32? {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while at < bytes.count, shift < 35 {
            let byte = bytes[at]
            at += 1
            value |= UInt32(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }
}
