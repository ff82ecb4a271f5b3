/// How a word as it stands in a text becomes its term.
struct WordForm {
    private let stemmer: Stemmer
    private let elided: Set<String>

    init(_ language: Language) {
        stemmer = Stemmer(language)
        elided = Elision.heads(in: language)
    }

    /// The term of one word, or the joined term of several with hyphens between them.
    ///
    /// - Parameter raw: the bytes as they stand in the text, apostrophes, dots and commas inside included.
    /// - Returns: the term's UTF-8 and its kind; nil where there is none.
    func term(of raw: UnsafeBufferPointer<UInt8>) -> (term: [UInt8], kind: Token.Kind)? {
        var small: [UInt8] = []
        small.reserveCapacity(raw.count)
        var parts = 1
        var at = 0
        while at < raw.count {
            let end = Self.endOfPart(raw, from: at)
            appendSmall(raw, at..<end, to: &small)
            guard end < raw.count else { break }
            parts += 1
            at = end + Self.hyphenLength(raw, end)
        }
        // Long chains ("state-of-the-art-looking") are phrases, not names; nobody types them joined.
        guard parts == 1 || parts <= 4 && Folding.fold(small).count <= 40 else { return nil }
        if parts == 1, let number = Self.number(small) { return (number, .number) }
        stemmer.makeTerm(of: &small)
        return small.isEmpty ? nil : (small, .word)
    }

    /// Makes a word of small ASCII letters and digits its term where it lies, as ``term(of:)`` does.
    ///
    /// - Returns: how long the term is, and its kind; nil where it takes ``term(of:)`` to tell.
    func makeTerm(
        of word: UnsafeMutablePointer<UInt8>, count: Int
    ) -> (length: Int, kind: Token.Kind)? {
        if (0..<count).allSatisfy({ word[$0] &- 0x30 < 10 }) { return (count, .number) }
        return stemmer.makeTerm(of: word, count: count).map { ($0, .word) }
    }

    /// A word of digits and dots alone, whatever their width, folded.
    private static func number(_ word: [UInt8]) -> [UInt8]? {
        func isNumeric(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte == 0x2E }
        guard let first = word.first, isNumeric(first) || first >= 0x80 else { return nil }
        let folded = Folding.fold(word)
        return !folded.isEmpty && folded.allSatisfy(isNumeric) ? folded : nil
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

    /// Appends a word in small letters, its marks kept, without apostrophes, what is elided before them, initials' dots,
    /// grouping commas and the possessive ending.
    private func appendSmall(
        _ raw: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to result: inout [UInt8]
    ) {
        let isNumeric = raw[range.lowerBound] &- 0x30 < 10
        let start = result.count
        func dropElided() {
            if !elided.isEmpty, elided.contains(String(decoding: result[start...], as: UTF8.self)) {
                result.removeSubrange(start...)
            }
        }
        func isPossessive(_ index: Int) -> Bool {
            index == range.upperBound - 1 && raw[index] | 0x20 == UInt8(ascii: "s")
        }
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = raw[index]
            if byte < 0x80 {
                if byte == UInt8(ascii: "'") {
                    if isPossessive(index + 1) { break }
                    dropElided()
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
                dropElided()
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
