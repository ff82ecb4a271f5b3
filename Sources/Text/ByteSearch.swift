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

    /// The place of the first byte from a place on that is no ASCII; the number of bytes where there is none.
    public func firstWide(from start: Int) -> Int {
        baseAddress.map { firstWideByte($0, start, count) } ?? count
    }

    /// How many ASCII letters stand in a range.
    func letterCount(_ range: Range<Int>) -> Int {
        baseAddress.map { CByteMask.letterCount($0, range.lowerBound, range.upperBound) } ?? 0
    }

    /// Whether a slash stands anywhere, or a letter, which is given small, twice in a row, small or large.
    public func holdsSlash(orPairOf letter: UInt8) -> Bool {
        baseAddress.map { holdsSlashOrPair($0, count, letter) } ?? false
    }

    /// Whether a colon, narrow or wide, stands anywhere, or a hyphen or dash behind a space.
    ///
    /// Of other characters than ASCII it looks at one byte, and may take another for what it looks for.
    public func mayHoldColonOrDash() -> Bool {
        baseAddress.map { holdsColonOrDash($0, count) } ?? false
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
        withUnsafeBufferPointer { text in needle.withUnsafeBufferPointer { text.firstRange(of: $0) } }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where some bytes stand first in a row; nil for none.
    ///
    /// - Complexity: O(bytes).
    fileprivate func firstRange(of needle: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard let text = baseAddress, let row = needle.baseAddress, !needle.isEmpty else { return nil }
        let place = firstRow(text, count, row, needle.count)
        return place < count ? place..<(place + needle.count) : nil
    }
}

extension StringProtocol {
    /// Whether another text stands in it, byte for byte; false for none.
    ///
    /// What may be written in several ways must be folded first. It is many times faster than to compare characters.
    ///
    /// - Complexity: O(length).
    public func holds(_ needle: String) -> Bool { firstBytes(of: needle) != nil }

    /// Where another text stands first, byte for byte; nil for none.
    ///
    /// - Complexity: O(length).
    public func bytesRange(of needle: String) -> Range<Index>? {
        firstBytes(of: needle).map {
            utf8.index(startIndex, offsetBy: $0.lowerBound)..<utf8.index(startIndex, offsetBy: $0.upperBound)
        }
    }

    private func firstBytes(of needle: String) -> Range<Int>? {
        var needle = needle
        return needle.withUTF8 { needle in
            if let found = utf8.withContiguousStorageIfAvailable({ $0.firstRange(of: needle) }) {
                return found
            }
            // Only strings of other systems are kept otherwise.
            var copy = String(self)
            return copy.withUTF8 { $0.firstRange(of: needle) }
        }
    }
}
