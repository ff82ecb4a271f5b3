/// Writes JSON by bytes, for the forms that come by the million: as Foundation's encoder does, slashes left as they are.
///
/// Whoever uses it writes keys and values in their order.
public struct JSONWriter {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// A writer that has written nothing.
    public init() {}

    /// Begins anew in the same memory.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Writes bytes that are JSON already, such as braces, keys and commas.
    public mutating func append(raw text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes a text in quotation marks.
    ///
    /// - Complexity: O(length).
    public mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.withContiguousStorageIfAvailable({ append(plainly: $0) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { append(plainly: $0) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(plainly text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while true {
            let at = text.firstEscaped(from: start)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<at]))
            guard at < text.count else { return }
            escape(text[at])
            start = at + 1
        }
    }

    /// Writes a list of texts.
    public mutating func append(_ texts: [String]) {
        bytes.append(UInt8(ascii: "["))
        for (place, text) in texts.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            append(text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a whole number.
    public mutating func append(_ number: Int) {
        bytes.append(contentsOf: number.description.utf8)
    }

    /// Writes a finite number in the fewest digits that tell it from all others.
    public mutating func append(_ number: Double) {
        let digits = number.description.utf8
        let isWhole = digits.suffix(2).elementsEqual(".0".utf8)
        bytes.append(contentsOf: digits.dropLast(isWhole ? 2 : 0))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            append(raw: "u00")
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
