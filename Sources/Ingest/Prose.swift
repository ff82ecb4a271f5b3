/// How lines become paragraphs.
enum Prose {
    /// The lines as paragraphs: wrapped lines joined, items of lists apart, and a new paragraph where a line was ended
    /// though the next word would have fitted.
    ///
    /// - Parameters:
    ///   - lines: lines without blank ones between them.
    ///   - isMarkdown: whether only blank lines end paragraphs, however short a line is.
    /// - Returns: the paragraphs in order.
    static func paragraphs(_ lines: [String], isMarkdown: Bool = false) -> [String] {
        guard lines.count > 1 else { return lines }
        let width = lines.map(\.count).max() ?? 0
        var result: [[String]] = []
        for (index, line) in lines.enumerated() {
            let before = index > 0 ? lines[index - 1] : ""
            let isApart =
                index == 0 || ListMarker(line) != nil
                || !isMarkdown && endsEarly(before, next: line, width: width)
            if isApart { result.append([line]) } else { result[result.count - 1].append(line) }
        }
        return result.map(joined)
    }

    /// Whether a line ends a sentence and stops short of the width, or is far longer than anybody wraps lines.
    static func endsEarly(_ line: String, next: String, width: Int) -> Bool {
        guard endsSentence(line) else { return false }
        return isUnwrapped(line) || isBroken(line, next: next, width: width)
    }

    /// Whether a line is longer than anybody wraps lines, so that its end is the end of a paragraph.
    static func isUnwrapped(_ line: String) -> Bool {
        line.count > (isSpaceless(line.last) ? 60 : 120)
    }

    /// Whether the first word of the next line would have fitted behind the line.
    static func isBroken(_ line: String, next: String, width: Int) -> Bool {
        let word =
            isSpaceless(next.first) ? 1 : next.prefix { !$0.isWhitespace && !isSpaceless($0) }.count + 1
        return line.count + word <= width
    }

    /// Lines as one text: a space between them, none between Chinese or Japanese characters.
    static func joined(_ lines: [String]) -> String {
        var result = ""
        for line in lines where !line.isEmpty {
            if let last = result.last, !wideStops.contains(last),
                !(isSpaceless(last) && isSpaceless(line.first))
            {
                result += " "
            }
            result += line
        }
        return result
    }

    /// Stops that hold their own space.
    private static let wideStops = Set("。，、；：！？」』）】》")

    /// Whether the last character, quotes and brackets aside, ends a sentence.
    static func endsSentence(_ text: String) -> Bool {
        // Most lines end in a letter or a full stop.
        if let last = text.utf8.last, last < 0x80 {
            if last == UInt8(ascii: ".") { return true }
            if last | 0x20 >= 0x61, last | 0x20 <= 0x7A { return false }
        }
        let last = text.reversed().first { !"\"'”’」』）)】]》 ".contains($0) }
        return last.map { ".。!！?？…．｡؟۔।".contains($0) } ?? false
    }

    /// Whether a character belongs to a script that sets no spaces between words.
    static func isSpaceless(_ character: Character?) -> Bool {
        guard let value = character?.unicodeScalars.first?.value else { return false }
        switch value {
        case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x3134F:
            return true
        default: return false
        }
    }
}
