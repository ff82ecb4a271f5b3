import CByteMask

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looks for bytes many at a time, for what every byte of an archive passes through.
extension UnsafeBufferPointer<UInt8> {
    /// The place of the first of some bytes from a place on; nil where there is none.
    public func first(_ byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// The place of the first byte from a place on that is no ASCII character to be seen and no space; the number of bytes
    /// where there is none.
    public func firstUnusual(from start: Int) -> Int {
        baseAddress.map { firstUnusualByte($0, start, count) } ?? count
    }

    /// Whether two bytes of the same letter stand together, small or large, or a slash stands anywhere.
    public func holdsSlash(orPairOf letter: UInt8) -> Bool {
        if first(UInt8(ascii: "/"), from: 0) != nil { return true }
        let raw = UnsafeRawBufferPointer(self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = ones &* 0x7F
        var at = 0
        // Seven pairs in eight bytes; the next eight begin with the last byte of these.
        while at &+ 8 <= count {
            let eight = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) | ones &* 0x20
            let other = eight ^ ones &* UInt64(letter)
            // The top bit of each byte that is the letter.
            let found = ~(((other & low) &+ low) | other) & (ones &* 0x80)
            if found & found >> 8 != 0 { return true }
            at &+= 7
        }
        while at &+ 1 < count {
            if self[at] | 0x20 == letter, self[at + 1] | 0x20 == letter { return true }
            at &+= 1
        }
        return false
    }
}

extension [UInt8] {
    /// Whether some bytes stand here in a row; false for none.
    ///
    /// - Complexity: O(bytes · bytes of the needle), in practice O(bytes).
    public func holds(_ needle: ArraySlice<UInt8>) -> Bool { firstRange(of: needle) != nil }

    /// Where some bytes stand first in a row; nil for none.
    ///
    /// - Complexity: O(bytes · bytes of the needle), in practice O(bytes).
    public func firstRange(of needle: ArraySlice<UInt8>) -> Range<Int>? {
        guard let first = needle.first, needle.count <= count else { return nil }
        return withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                let last = text.count - needle.count
                var at = 0
                while at <= last {
                    if text[at] == first {
                        var matched = 1
                        while matched < needle.count, text[at + matched] == needle[matched] { matched += 1 }
                        if matched == needle.count { return at..<(at + matched) }
                    }
                    at += 1
                }
                return nil
            }
        }
    }
}
