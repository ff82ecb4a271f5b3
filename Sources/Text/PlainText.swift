/// A text folded, its marks as single spaces, with a space at both ends, so that a word can be looked for as " word ".
public struct PlainText: Sendable, Hashable {
    /// The text in UTF-8.
    public let bytes: [UInt8]

    /// The plain form of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String) {
        let folded = Folding.folded(text)
        bytes = folded.withUnsafeBufferPointer { folded in
            [UInt8](unsafeUninitializedCapacity: folded.count + 2) { bytes, count in
                bytes.initializeElement(at: 0, to: Self.space)
                count = 1
                func end() {
                    guard bytes[count &- 1] != Self.space else { return }
                    bytes.initializeElement(at: count, to: Self.space)
                    count &+= 1
                }
                var at = 0
                while at < folded.count {
                    let length = Self.length(ofScalarAt: at, in: folded)
                    if length == 1
                        ? Self.isMark(folded[at]) : Self.isMark(Self.scalar(at, length, in: folded))
                    {
                        end()
                    } else {
                        for place in at..<(at &+ length) {
                            bytes.initializeElement(at: count, to: folded[place])
                            count &+= 1
                        }
                    }
                    at &+= length
                }
                end()
            }
        }
    }

    /// Whether one of the phrases occurs.
    ///
    /// - Complexity: O(length) where few phrases begin as words of the text do; O(length · number of phrases) at worst.
    public func contains(_ phrases: PhraseList) -> Bool { phrases.occur(in: bytes) }

    /// Whether the text begins with one of the phrases.
    public func begins(with phrases: PhraseList) -> Bool {
        phrases.phrases.contains { bytes.dropFirst($0.first == Self.space ? 0 : 1).starts(with: $0) }
    }

    /// How many of the phrases occur, each counted once.
    public func count(of phrases: PhraseList) -> Int { phrases.occurring(in: bytes).count }

    /// The text without the phrases.
    public func removing(_ phrases: PhraseList) -> PlainText {
        // Most texts are without all of them, and without one at first they are without it in the end.
        guard contains(phrases) else { return self }
        var rest = bytes
        for phrase in phrases.phrases where !phrase.isEmpty {
            while let at = rest.withUnsafeBufferPointer({ Self.first(phrase, in: $0) }) {
                rest.replaceSubrange(at..<(at + phrase.count), with: [Self.space])
            }
        }
        return PlainText(plain: rest)
    }

    private init(plain: [UInt8]) { bytes = plain }

    private static let space = UInt8(ascii: " ")

    @inline(__always)
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
        default: true
        }
    }

    private static func isMark(_ value: UInt32) -> Bool {
        switch value {
        case 0x80..<0xC0: value != 0xAA && value != 0xB5 && value != 0xBA
        // General punctuation and symbols; Chinese and full-width marks.
        case 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0xFE10...0xFE6F, 0xFF00...0xFF0F,
            0xFF1A...0xFF20,
            0xFF3B...0xFF40, 0xFF5B...0xFF65:
            true
        default: false
        }
    }

    /// The bytes of a scalar of well-formed UTF-8.
    @inline(__always)
    private static func length(ofScalarAt at: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let byte = bytes[at]
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        return min(length, bytes.count - at)
    }

    private static func scalar(_ at: Int, _ length: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var value = UInt32(bytes[at]) & (0x7F >> UInt32(length))
        for place in (at + 1)..<(at + length) { value = value << 6 | UInt32(bytes[place] & 0x3F) }
        return value
    }

    private static func first(_ phrase: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let head = phrase.first, phrase.count <= text.count else { return nil }
        var at = 0
        let last = text.count - phrase.count
        while at <= last {
            if text[at] == head {
                var matched = 1
                while matched < phrase.count, text[at + matched] == phrase[matched] { matched += 1 }
                if matched == phrase.count { return at }
            }
            at += 1
        }
        return nil
    }
}

/// Phrases to look for in plain text; a space at an end asks for the border of a word.
public struct PhraseList: Sendable, ExpressibleByArrayLiteral {
    let phrases: [[UInt8]]
    /// The phrases by their first two bytes.
    private let starts: [UInt16: [Int]]
    /// A bit for each pair of bytes that some phrase begins with, so that most places of a text cost one look.
    private let isStart: [UInt64]

    /// Phrases written in lower case, Chinese ones in simplified form; each of two bytes at least, others are never found.
    public init(_ phrases: [String]) { self.init(utf8: phrases.map { Array($0.utf8) }) }

    /// The same in UTF-8.
    public init(utf8 phrases: [[UInt8]]) {
        self.phrases = phrases
        var starts: [UInt16: [Int]] = [:]
        var isStart = [UInt64](repeating: 0, count: 1024)
        for (index, phrase) in self.phrases.enumerated() where phrase.count > 1 {
            let start = UInt16(phrase[0]) << 8 | UInt16(phrase[1])
            starts[start, default: []].append(index)
            isStart[Int(start >> 6)] |= 1 << (start & 63)
        }
        (self.starts, self.isStart) = (starts, isStart)
    }

    /// The phrases of a literal.
    public init(arrayLiteral elements: String...) { self.init(elements) }

    /// Whether one of the phrases occurs in a text of UTF-8, byte by byte as it is.
    ///
    /// - Complexity: as that of ``PlainText/contains(_:)``.
    public func occur(in text: [UInt8]) -> Bool {
        var occurs = false
        forEachOccurrence(in: text) { _ in
            occurs = true
            return false
        }
        return occurs
    }

    /// The numbers of the phrases that occur in a text of UTF-8, byte by byte as it is.
    public func occurring(in text: [UInt8]) -> Set<Int> {
        var found: Set<Int> = []
        forEachOccurrence(in: text) { phrase in
            found.insert(phrase)
            return true
        }
        return found
    }

    /// Calls `body` with the number of each phrase that is found, until it returns false.
    private func forEachOccurrence(in text: [UInt8], _ body: (Int) -> Bool) {
        text.withUnsafeBufferPointer { text in
            isStart.withUnsafeBufferPointer { isStart in
                guard text.count > 1 else { return }
                for at in 0..<(text.count - 1) {
                    let start = UInt16(text[at]) << 8 | UInt16(text[at + 1])
                    guard isStart[Int(start >> 6)] & (1 << UInt64(start & 63)) != 0 else { continue }
                    for index in starts[start] ?? [] where Self.stands(phrases[index], at: at, in: text) {
                        guard body(index) else { return }
                    }
                }
            }
        }
    }

    private static func stands(_ phrase: [UInt8], at place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool
    {
        guard place + phrase.count <= text.count else { return false }
        for offset in 2..<max(2, phrase.count) where text[place + offset] != phrase[offset] { return false }
        return true
    }
}
