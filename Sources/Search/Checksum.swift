/// CRC-32C, the checksum of iSCSI (RFC 3720, appendix B.4), eight bytes at a time.
enum Checksum {
    /// The checksum of bytes.
    ///
    /// - Complexity: O(length).
    static func of(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { of($0) } }

    /// The checksums of bytes, page by page.
    static func pages(of bytes: UnsafeRawBufferPointer) -> [UInt32] {
        stride(from: 0, to: bytes.count, by: SegmentFormat.page).map { start in
            of(.init(rebasing: bytes[start..<min(bytes.count, start + SegmentFormat.page)]))
        }
    }

    /// The checksum of bytes that follow others, whose checksum is given.
    static func of(_ bytes: UnsafeRawBufferPointer, after previous: UInt32 = 0) -> UInt32 {
        var crc = ~previous
        var at = 0
        tables.withUnsafeBufferPointer { table in
            while at + 8 <= bytes.count {
                let low = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian ^ crc
                let high = bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self).littleEndian
                crc =
                    table[Int(low & 0xFF) + 7 * 256] ^ table[Int(low >> 8 & 0xFF) + 6 * 256]
                    ^ table[Int(low >> 16 & 0xFF) + 5 * 256] ^ table[Int(low >> 24) + 4 * 256]
                    ^ table[Int(high & 0xFF) + 3 * 256] ^ table[Int(high >> 8 & 0xFF) + 2 * 256]
                    ^ table[Int(high >> 16 & 0xFF) + 256] ^ table[Int(high >> 24)]
                at += 8
            }
            while at < bytes.count {
                crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[at])) & 0xFF)]
                at += 1
            }
        }
        return ~crc
    }

    /// Eight tables of 256: the first for the last byte, each further one for the byte before.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
            tables[byte] = crc
        }
        for byte in 0..<256 {
            for table in 1..<8 {
                let last = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = last >> 8 ^ tables[Int(last & 0xFF)]
            }
        }
        return tables
    }()
}
