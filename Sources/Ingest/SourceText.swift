import Foundation
import Text

/// The lines of a file, whatever its encoding and line ends, with what cannot be shown taken out.
struct SourceText: Sendable {
    /// One line with its number.
    struct Line: Sendable, Hashable {
        /// From 1.
        var number: Int
        /// Without white space at its ends.
        var text: String
        /// The white space before the text, in characters.
        var indent: Int

        var isBlank: Bool { text.isEmpty }
    }

    let lines: [Line]

    /// The text of a file.
    ///
    /// - Throws: ``Problem`` when the bytes are no text.
    /// - Complexity: O(length).
    init(_ bytes: [UInt8]) throws(Problem) {
        self.init(text: try Self.decoded(bytes))
    }

    /// The lines of a text; ends are LF, CRLF and CR.
    init(text: String) {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        lines = whole.utf8.withContiguousStorageIfAvailable { Self.lines(of: whole, $0) } ?? []
    }

    private static func lines(of text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> [Line] {
        var lines: [Line] = []
        var start = 0
        func close(_ end: Int) {
            let first = text.utf8.index(text.startIndex, offsetBy: start)
            let last = text.utf8.index(text.startIndex, offsetBy: end)
            lines.append(line(text[first..<last], number: lines.count + 1))
        }
        let returns = bytes.first(0x0D, from: 0) != nil
        while start < bytes.count {
            var end = bytes.first(0x0A, from: start) ?? bytes.count
            if returns { end = min(end, bytes.first(0x0D, from: start) ?? end) }
            close(end)
            let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
        return lines
    }

    private static func line(_ piece: Substring, number: Int) -> Line {
        let text = clean(piece)
        if let first = text.utf8.first, let last = text.utf8.last, first.isMark, last.isMark {
            return Line(number: number, text: text, indent: 0)
        }
        let indent = text.prefix(while: \.isWhitespace)
        var content = text[indent.endIndex...]
        while let last = content.last, last.isWhitespace { content.removeLast() }
        return Line(number: number, text: String(content), indent: indent.count)
    }

    /// The text without controls and invisible marks; tabs, no-break spaces and odd line separators become spaces.
    ///
    /// Joiners stay: emoji and Persian words are made with them.
    static func clean(_ text: String) -> String {
        var whole = text
        return whole.withUTF8(holdsOddities) ? clean(text[...]) : text
    }

    /// The same of a part of a text.
    static func clean(_ piece: Substring) -> String {
        var piece = piece
        guard piece.withUTF8(holdsOddities) else { return String(piece) }
        var result = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0xA0, 0x2028, 0x2029, 0x202F: result.append(" ")
            // Marks that force a direction of writing can make a terminal show other words than those quoted.
            case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x2060, 0xFEFF, 0x202A...0x202E, 0x2066...0x2069:
                continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether UTF-8 holds any of the characters that ``clean(_:)`` takes out.
    static func holdsOddities(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }
        var at = -1
        while true {
            at = bytes.firstUnusual(from: at + 1)
            guard at < bytes.count else { break }
            switch bytes[at] {
            case 0x00..<0x20, 0x7F: return true
            case 0xC2: if byte(at + 1) <= 0xA0 || byte(at + 1) == 0xAD { return true }
            case 0xE2:
                switch (byte(at + 1), byte(at + 2)) {
                case (0x80, 0x8B), (0x80, 0xA8...0xAF), (0x81, 0xA0), (0x81, 0xA6...0xA9): return true
                default: continue
                }
            case 0xEF: if byte(at + 1) == 0xBB, byte(at + 2) == 0xBF { return true }
            default: continue
            }
        }
        return false
    }
}

extension UInt8 {
    /// Whether it is an ASCII character that is to be seen.
    fileprivate var isMark: Bool { (0x21..<0x7F).contains(self) }
}

extension SourceText {
    /// Why bytes are no text.
    struct Problem: Error {
        /// The line of the first byte that is wrong.
        var line: Int
        var message: String
        var mend: String
    }

    /// The text of bytes: UTF-8, UTF-16 where the bytes show it, GB18030 or Big5 where only that makes Chinese.
    static func decoded(_ bytes: [UInt8]) throws(Problem) -> String {
        if let encoding = wideEncoding(bytes) {
            guard let text = String(bytes: bytes, encoding: encoding) else {
                throw Problem(line: 1, message: "not valid UTF-16", mend: "save the file as UTF-8")
            }
            return text
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return text }
        if let text = LegacyChinese.decoded(bytes) { return text }
        let bad = firstInvalid(content)
        let line = content[..<bad].count { $0 == 0x0A } + 1
        throw Problem(
            line: line, message: "byte \(bad + 1) (0x\(String(content[bad], radix: 16))) is not UTF-8",
            mend: "save the file as UTF-8")
    }

    /// The UTF-16 that a byte order mark tells, or that every other byte being zero gives away.
    private static func wideEncoding(_ bytes: [UInt8]) -> String.Encoding? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .utf16 }
        let sample = bytes.prefix(4096)
        guard sample.count >= 8, bytes.count.isMultiple(of: 2) else { return nil }
        var zeros = [0, 0]
        for (index, byte) in sample.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        let half = sample.count / 2
        if zeros[1] * 3 > half, zeros[0] == 0 { return .utf16LittleEndian }
        if zeros[0] * 3 > half, zeros[1] == 0 { return .utf16BigEndian }
        return nil
    }

    /// The place of the first byte that does not belong to valid UTF-8.
    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = bytes.startIndex
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { place += UTF8.width(scalar) }
        return min(place, bytes.endIndex - 1)
    }
}
