/// A text folded, its marks as single spaces, with a space at both ends, so that a word can be looked for as " word ".
public struct PlainText: Sendable, Hashable {
    /// The text in UTF-8.
    public let bytes: [UInt8]

    /// The plain form of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String) {
        var bytes: [UInt8] = [Self.space]
        bytes.reserveCapacity(text.utf8.count + 2)
        for scalar in Folding.fold(text).unicodeScalars {
            if Self.isMark(scalar) {
                if bytes.last != Self.space { bytes.append(Self.space) }
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
            }
        }
        if bytes.last != Self.space { bytes.append(Self.space) }
        self.bytes = bytes
    }

    /// Whether one of the phrases occurs.
    ///
    /// - Complexity: O(length · number of phrases) at worst.
    public func contains(_ phrases: PhraseList) -> Bool {
        bytes.withUnsafeBufferPointer { text in phrases.phrases.contains { Self.first($0, in: text) != nil } }
    }

    /// How many of the phrases occur, each counted once.
    public func count(of phrases: PhraseList) -> Int {
        bytes.withUnsafeBufferPointer { text in phrases.phrases.count { Self.first($0, in: text) != nil } }
    }

    /// The text without the phrases.
    public func removing(_ phrases: PhraseList) -> PlainText {
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

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
        case 0..<0x80: true
        case 0x80..<0xC0: scalar.value != 0xAA && scalar.value != 0xB5 && scalar.value != 0xBA
        // General punctuation and symbols; Chinese and full-width marks.
        case 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0xFE10...0xFE6F, 0xFF00...0xFF0F,
            0xFF1A...0xFF20,
            0xFF3B...0xFF40, 0xFF5B...0xFF65:
            true
        default: false
        }
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

    /// Phrases written in lower case, Chinese ones in simplified form.
    public init(_ phrases: [String]) { self.phrases = phrases.map { Array($0.utf8) } }

    /// The phrases of a literal.
    public init(arrayLiteral elements: String...) { self.init(elements) }
}
