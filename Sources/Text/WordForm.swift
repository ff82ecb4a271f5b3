/// How a word as it stands in a text becomes its term.
struct WordForm {
    private let stemmer: Stemmer

    init(_ language: Language) { stemmer = Stemmer(language) }

    /// The term of one word, or the joined term of several with hyphens between them.
    ///
    /// - Parameter raw: the bytes as they stand in the text, apostrophes, dots and commas inside included.
    /// - Returns: nil where there is none.
    func term(of raw: UnsafeBufferPointer<UInt8>) -> (text: String, kind: Token.Kind)? {
        var small: [UInt8] = []
        small.reserveCapacity(raw.count)
        var parts = 1
        var at = 0
        while at < raw.count {
            let end = Self.endOfPart(raw, from: at)
            Self.appendSmall(raw, at..<end, to: &small)
            guard end < raw.count else { break }
            parts += 1
            at = end + Self.hyphenLength(raw, end)
        }
        let word = String(decoding: small, as: UTF8.self)
        let folded = Folding.fold(word)
        // Long chains ("state-of-the-art-looking") are phrases, not names; nobody types them joined.
        guard !folded.isEmpty, parts == 1 || parts <= 4 && folded.utf8.count <= 40 else { return nil }
        let isNumber = parts == 1 && folded.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E }
        return isNumber ? (folded, .number) : (stemmer.term(of: word), .word)
    }

    /// How long the hyphen at a place is; nought where there is none.
    @inline(__always)
    static func hyphenLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        if bytes[at] == UInt8(ascii: "-") { return 1 }
        guard bytes[at] == 0xE2, at + 2 < bytes.count, bytes[at + 1] == 0x80 else { return 0 }
        return bytes[at + 2] == 0x90 || bytes[at + 2] == 0x91 ? 3 : 0
    }

    private static func endOfPart(_ raw: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < raw.count, hyphenLength(raw, end) == 0 { end += 1 }
        return end
    }

    /// Appends a word in small letters, its marks kept, without apostrophes, initials' dots, grouping commas and the
    /// possessive ending.
    private static func appendSmall(
        _ raw: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to result: inout [UInt8]
    ) {
        let isNumeric = raw[range.lowerBound] &- 0x30 < 10
        func isPossessive(_ index: Int) -> Bool {
            index == range.upperBound - 1 && raw[index] | 0x20 == UInt8(ascii: "s")
        }
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = raw[index]
            if byte < 0x80 {
                if byte == UInt8(ascii: "'") {
                    if isPossessive(index + 1) { break }
                } else if byte == UInt8(ascii: ".") {
                    if isNumeric { result.append(byte) }
                } else if byte != UInt8(ascii: ",") {
                    result.append(Folding.lowered(byte))
                }
                index += 1
                continue
            }
            let (scalar, length) = decodeScalar(raw, index)
            if scalar == 0x2019 {
                if isPossessive(index + length) { break }
            } else if let scalar = Unicode.Scalar(scalar) {
                result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
            index += length
        }
    }
}

/// The scalar at a place of valid UTF-8, and its length in bytes.
@inline(__always)
func decodeScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (value: UInt32, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return (0xFFFD, bytes.count - index) }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return (value, length)
}
