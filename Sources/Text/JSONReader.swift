import CByteMask

/// Reads JSON by bytes, value after value, for the forms that come by the million.
///
/// It takes what is plainly well formed, and gives up on anything else without saying why: whoever uses it goes the slow
/// way then, through a decoder that can. So both accept the same and understand the same by it.
public struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// Deeper values are left to the decoder.
    private static let deepest = 64

    /// A reader of bytes that outlive it.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether nothing but white space is left.
    public mutating func isAtEnd() -> Bool {
        skipSpace()
        return at == bytes.count
    }

    /// Reads an object.
    ///
    /// - Parameter member: is given each key, without escapes, and reads the value; tells whether it could.
    /// - Returns: whether all of it was read; not where a key has escapes.
    public mutating func object(
        _ member: (UnsafeBufferPointer<UInt8>, inout JSONReader) -> Bool
    ) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            guard take(UInt8(ascii: "\"")), let key = plainRest(), take(UInt8(ascii: ":")),
                member(key, &self)
            else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// Reads an array.
    ///
    /// - Parameter element: reads the next element; tells whether it could.
    /// - Returns: whether all of it was read.
    public mutating func array(_ element: (inout JSONReader) -> Bool) -> Bool {
        guard take(UInt8(ascii: "[")) else { return false }
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard element(&self) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    /// Reads `null`, if that is what comes.
    public mutating func null() -> Bool { word("null") }

    /// Reads a text.
    ///
    /// - Returns: nil where none comes, or one that is not valid.
    public mutating func string() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = at
        if let plain = plainRest() { return plain.text() }
        at = start
        return escapedRest()
    }

    /// Reads a number.
    ///
    /// - Returns: its bytes; nil where none comes.
    public mutating func number() -> UnsafeBufferPointer<UInt8>? {
        skipSpace()
        let start = at
        if byte == UInt8(ascii: "-") { at += 1 }
        if byte == UInt8(ascii: "0") { at += 1 } else if !digits() { return nil }
        if byte == UInt8(ascii: ".") {
            at += 1
            guard digits() else { return nil }
        }
        if byte.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            guard digits() else { return nil }
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<at])
    }

    /// Passes over a value of any kind.
    ///
    /// - Returns: whether it was well formed.
    public mutating func skip() -> Bool { skip(depth: 0) }

    private mutating func skip(depth: Int) -> Bool {
        skipSpace()
        guard depth < Self.deepest, let byte else { return false }
        switch byte {
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "{"): return object { _, reader in reader.skip(depth: depth + 1) }
        case UInt8(ascii: "["): return array { $0.skip(depth: depth + 1) }
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number() != nil
        }
    }

    // MARK: Bytes

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    @inline(__always)
    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at &+= 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func take(_ wanted: UInt8) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == wanted else { return false }
        at &+= 1
        return true
    }

    private mutating func word(_ wanted: StaticString) -> Bool {
        skipSpace()
        guard bytes.count - at >= wanted.utf8CodeUnitCount else { return false }
        for place in 0..<wanted.utf8CodeUnitCount where bytes[at + place] != wanted.utf8Start[place] {
            return false
        }
        at += wanted.utf8CodeUnitCount
        return true
    }

    private mutating func digits() -> Bool {
        let start = at
        while let byte, byte &- 0x30 < 10 { at += 1 }
        return at > start
    }

    /// Reads up to the closing quotation mark; nil where there are escapes before it.
    @inline(__always)
    private mutating func plainRest() -> UnsafeBufferPointer<UInt8>? {
        let start = at
        at = bytes.firstEscaped(from: at)
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        at &+= 1
        return UnsafeBufferPointer(rebasing: bytes[start..<at - 1])
    }

    private mutating func escapedRest() -> String? {
        var text: [UInt8] = []
        // What escapes stand for is shorter than they are; most texts are no longer.
        text.reserveCapacity(min(bytes.count - at, 1 << 16))
        while at < bytes.count {
            let start = at
            at = bytes.firstEscaped(from: at)
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
            guard at < bytes.count, bytes[at] >= 0x20 else { return nil }
            at += 1
            if bytes[at - 1] == UInt8(ascii: "\"") { return text.withUnsafeBufferPointer { $0.text() } }
            guard escape(&text) else { return nil }
        }
        return nil
    }

    /// Reads what follows a backslash.
    private mutating func escape(_ text: inout [UInt8]) -> Bool {
        guard let byte else { return false }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard var value = fourDigits() else { return false }
            if value & 0xFC00 == 0xD800 {
                guard take("\\u"), let low = fourDigits(), low & 0xFC00 == 0xDC00 else { return false }
                value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(value) else { return false }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
        default: return false
        }
        return true
    }

    private mutating func take(_ wanted: StaticString) -> Bool {
        let isThere = byte.map { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } ?? false
        return isThere && word(wanted)
    }

    private mutating func fourDigits() -> UInt32? {
        guard bytes.count - at >= 4 else { return nil }
        var value: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        at += 4
        return value
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The place of the first byte from a place on that stands in no JSON text as it is: a quotation mark, a backslash or a
    /// control; the number of bytes where there is none.
    func firstEscaped(from start: Int) -> Int {
        baseAddress.map { firstEscapedByte($0, start, count) } ?? count
    }

    /// The text that the bytes are in UTF-8; nil where they are none.
    ///
    /// The standard library looks at every byte of a text that is not all ASCII; most of such texts are nearly.
    func text() -> String? {
        var at = 0
        var isPlain = true
        while let base = baseAddress {
            at = firstWideByte(base, at, count)
            guard at < count else { break }
            isPlain = false
            while at < count, self[at] > 0x7F {
                guard let length = lengthOfScalar(at) else { return nil }
                at &+= length
            }
        }
        return String(copying: UTF8Span(unchecked: span, isKnownASCII: isPlain))
    }

    /// How many bytes the scalar has that begins at a place beyond ASCII; nil where none does (Unicode Standard, table 3-7).
    private func lengthOfScalar(_ at: Int) -> Int? {
        func isContinued(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            at &+ distance < count && range.contains(self[at &+ distance])
        }
        switch self[at] {
        case 0xC2...0xDF: return isContinued(1) ? 2 : nil
        case 0xE0: return isContinued(1, 0xA0...0xBF) && isContinued(2) ? 3 : nil
        case 0xE1...0xEC, 0xEE...0xEF: return isContinued(1) && isContinued(2) ? 3 : nil
        case 0xED: return isContinued(1, 0x80...0x9F) && isContinued(2) ? 3 : nil
        case 0xF0: return isContinued(1, 0x90...0xBF) && isContinued(2) && isContinued(3) ? 4 : nil
        case 0xF1...0xF3: return isContinued(1) && isContinued(2) && isContinued(3) ? 4 : nil
        case 0xF4: return isContinued(1, 0x80...0x8F) && isContinued(2) && isContinued(3) ? 4 : nil
        default: return nil
        }
    }

    /// Whether the bytes are those of a key.
    public func isKey(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        for place in 0..<count where self[place] != name.utf8Start[place] { return false }
        return true
    }
}
