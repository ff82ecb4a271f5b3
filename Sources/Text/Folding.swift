/// Folding of letters for comparison: case, width, marks and the two Chinese scripts fall together.
///
/// What is folded is for matching, never for showing.
public enum Folding {
    /// The text with every letter folded; other characters stay.
    ///
    /// - Complexity: O(length), without allocation per letter.
    public static func fold(_ text: String) -> String {
        // Most texts are words of plain letters, and most of these are folded already.
        let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> String? in
            guard bytes.firstWide(from: 0) == bytes.count else { return nil }
            guard bytes.contains(where: { lowered($0) != $0 }) else { return text }
            return String(unsafeUninitializedCapacity: bytes.count) { lower(bytes, to: $0) }
        }
        if let plain, let plain { return plain }
        var text = text
        return String(decoding: text.withUTF8(foldedWide), as: UTF8.self)
    }

    /// The folded text in UTF-8.
    public static func folded(_ text: String) -> [UInt8] {
        let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> [UInt8]? in
            guard bytes.firstWide(from: 0) == bytes.count else { return nil }
            return [UInt8](unsafeUninitializedCapacity: bytes.count) { $1 = lower(bytes, to: $0) }
        }
        if let plain, let plain { return plain }
        var text = text
        return text.withUTF8(foldedWide)
    }

    /// Writes plain letters in lower case; returns how many.
    private static func lower(_ bytes: UnsafeBufferPointer<UInt8>, to room: UnsafeMutableBufferPointer<UInt8>)
        -> Int
    {
        for place in bytes.indices { room.initializeElement(at: place, to: lowered(bytes[place])) }
        return bytes.count
    }

    /// The same of a text in UTF-8, which is well-formed.
    static func fold(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes.map(lowered) }
        return bytes.withUnsafeBufferPointer(foldedWide)
    }

    private static func foldedWide(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let (index, forms) = (table.index, table.forms)
        return [UInt8](unsafeUninitializedCapacity: bytes.count * table.growth) { result, count in
            index.withUnsafeBufferPointer { index in
                var at = 0
                while at < bytes.count {
                    let (value, length) = decodeScalar(bytes, at)
                    defer { at &+= length }
                    if length == 1 {
                        result.initializeElement(at: count, to: lowered(bytes[at]))
                        count &+= 1
                    } else if value < 0x10000, index[Int(value)] != 0 {
                        for byte in forms[Int(index[Int(value)])] {
                            result.initializeElement(at: count, to: byte)
                            count &+= 1
                        }
                    } else if !isDropped(value) {
                        for place in at..<(at &+ length) {
                            result.initializeElement(at: count, to: bytes[place])
                            count &+= 1
                        }
                    }
                }
            }
        }
    }

    /// Whether a scalar only joins or marks others.
    private static func isDropped(_ value: UInt32) -> Bool {
        (0x300...0x36F).contains(value) || value == 0x200D || (0xFE00...0xFE0F).contains(value)
    }

    /// The text in simplified characters, as far as single characters can tell.
    public static func simplified(_ text: String) -> String { mapped(text, toSimplified) }

    /// The text in traditional characters, as far as single characters can tell; where several fit, the commonest.
    public static func traditional(_ text: String) -> String { mapped(text, toTraditional) }

    /// Whether a character exists only in traditional writing.
    static func isTraditionalOnly(_ scalar: Unicode.Scalar) -> Bool {
        toSimplified[scalar.value] != nil && toTraditional[scalar.value] == nil
    }

    /// Whether a character exists only in simplified writing.
    static func isSimplifiedOnly(_ scalar: Unicode.Scalar) -> Bool {
        toTraditional[scalar.value] != nil && toSimplified[scalar.value] == nil
    }

    @inline(__always)
    static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Appends the folded form of a scalar, which is empty for a combining mark.
    static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
        let value = scalar.value
        if value < 0x80 {
            result.append(lowered(UInt8(value)))
            return
        }
        if isDropped(value) { return }
        guard value < 0x10000, let index = Int(exactly: value), table.index[index] != 0 else {
            result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
            return
        }
        result.append(contentsOf: table.forms[Int(table.index[index])])
    }

    private static func mapped(_ text: String, _ map: [UInt32: Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(map[scalar.value] ?? scalar) }
        return String(result)
    }

    private static let toSimplified = map(FoldingTable.traditional, FoldingTable.simplified)
    private static let toTraditional = map(FoldingTable.simplifiedForms, FoldingTable.traditionalForms)

    private static func map(_ from: String, _ to: String) -> [UInt32: Unicode.Scalar] {
        var result: [UInt32: Unicode.Scalar] = [:]
        for (source, target) in zip(from.unicodeScalars, to.unicodeScalars) { result[source.value] = target }
        return result
    }

    /// For every scalar of the Basic Multilingual Plane the number of its folded form, 0 for itself; and how many times
    /// longer a text may become at most.
    private static let table: (index: [UInt16], forms: [[UInt8]], growth: Int) = {
        var index = [UInt16](repeating: 0, count: 0x10000)
        var forms: [[UInt8]] = [[]]
        func set(_ from: UInt32, _ to: [Unicode.Scalar]) {
            guard from < 0x10000 else { return }
            var bytes: [UInt8] = []
            for scalar in to { bytes += UTF8.encode(scalar).map { Array($0) } ?? [] }
            index[Int(from)] = UInt16(forms.count)
            forms.append(bytes)
        }
        func numbers(_ text: Substring.UTF8View, _ isBetween: (UInt8) -> Bool) -> [UInt32] {
            text.split(whereSeparator: isBetween).compactMap { UInt32(Substring($0), radix: 16) }
        }
        // By bytes, because the first text that is read waits for it.
        for entry in FoldingTable.letters.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            let sides = entry.split(separator: UInt8(ascii: "="))
            guard sides.count == 2 else { continue }
            let target = numbers(sides[1]) { $0 == UInt8(ascii: "+") }
            let run = numbers(sides[0]) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
            guard let first = run.first, let to = target.first else { continue }
            if run.count == 3 {
                for from in stride(from: first, through: run[1], by: Int(run[2])) {
                    guard let scalar = Unicode.Scalar(to + (from - first)) else { continue }
                    set(from, [scalar])
                }
            } else {
                set(first, target.compactMap { Unicode.Scalar($0) })
            }
        }
        for (from, to) in toSimplified { set(from, [to]) }
        // What is dropped has no form of its own, and what is folded takes two bytes at least.
        for value in index.indices where isDropped(UInt32(value)) { index[value] = 0 }
        let longest = forms.reduce(0) { max($0, $1.count) }
        return (index, forms, max(1, (longest + 1) / 2))
    }()
}
