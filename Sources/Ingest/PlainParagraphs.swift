import Text

/// The paragraphs of a text that has nothing else, as most articles of archives are: no head of an analysis, no link by
/// itself, no slogan, no line that goes on in the next.
///
/// Where it says anything it says what ``SourceText``, ``PostTail`` and ``SectionReader`` say of the same text, in one pass
/// over its bytes; of any other text it says nothing.
struct PlainParagraphs {
    private(set) var paragraphs: [String] = []

    /// Those of a text; nil where the rules for posts are needed.
    ///
    /// - Parameters:
    ///   - text: what stands below the headline.
    ///   - source: the channel, where it is named.
    ///   - seeksLink: whether a line that is a link would be taken for the article's.
    /// - Complexity: O(length).
    init?(_ text: String, source: String?, seeksLink: Bool) {
        var whole = text
        whole.makeContiguousUTF8()
        let text = whole
        let isRead = text.utf8.withContiguousStorageIfAvailable { read(text, $0, seeksLink: seeksLink) }
        guard isRead == true, let last = paragraphs.last else { return nil }
        let isTail =
            PostTail.link(last) != nil || PostTail.isTags(last) || PostTail.isReactions(last)
            || PostTail.isSlogan(last, of: source, isApart: true, isPost: false)
        if isTail { return nil }
    }

    /// Takes the lines; tells whether each is a paragraph.
    private mutating func read(
        _ text: String, _ bytes: UnsafeBufferPointer<UInt8>, seeksLink: Bool
    ) -> Bool {
        guard bytes.first(0x0D, from: 0) == nil else { return false }
        var start = 0
        var (hasBlanks, hasNeighbours, isAfterLine) = (false, false, false)
        while start < bytes.count {
            let end = bytes.first(0x0A, from: start) ?? bytes.count
            if start == end {
                (hasBlanks, isAfterLine) = (true, false)
            } else {
                guard Self.isPlain(UnsafeBufferPointer(rebasing: bytes[start..<end])) else { return false }
                let first = text.utf8.index(text.startIndex, offsetBy: start)
                let line =
                    end - start == bytes.count
                    ? text : String(text[first..<text.utf8.index(first, offsetBy: end - start)])
                guard !SectionReader.isRule(line), SectionHead(line) == nil,
                    !seeksLink || PostTail.link(line) == nil
                else { return false }
                paragraphs.append(line)
                hasNeighbours = hasNeighbours || isAfterLine
                isAfterLine = true
            }
            start = end + 1
        }
        // Lines below each other are one paragraph where blank lines part others.
        return !hasBlanks || !hasNeighbours
    }

    /// Whether a line is to be seen as it is: nothing is taken out of it, and no space stands at its ends.
    private static func isPlain(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = line.first, let last = line.last, isMark(first) || isQuote(line.prefix(3)),
            isMark(last) || isQuote(line.suffix(3))
        else { return false }
        return !SourceText.holdsOddities(line)
    }

    private static func isMark(_ byte: UInt8) -> Bool { (0x21..<0x7F).contains(byte) }

    /// Whether three bytes are a dash, a quotation mark or the like: U+2010 to U+2027.
    private static func isQuote(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.count == 3, bytes[bytes.startIndex] == 0xE2, bytes[bytes.startIndex + 1] == 0x80 else {
            return false
        }
        return (0x90..<0xA8).contains(bytes[bytes.startIndex + 2])
    }
}
