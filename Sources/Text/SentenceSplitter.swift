/// Cuts text into sentences.
///
/// A stop ends a sentence unless it belongs to a number, an initial or an abbreviation; closing quotes and brackets
/// behind it stay with the sentence. Chinese and Japanese stops always end one. A line break is a border as well.
public enum SentenceSplitter {
    /// The sentences of a text in order, without surrounding white space; none is empty.
    ///
    /// - Complexity: O(length).
    public static func sentences(in text: String) -> [Substring] {
        var text = text
        text.makeContiguousUTF8()
        var result: [Substring] = []
        var start = text.startIndex
        var index = text.startIndex
        func close(at end: String.Index) {
            let piece = trimmed(text[start..<end])
            if !piece.isEmpty { result.append(piece) }
            start = end
        }
        while let stop = nextStop(in: text, from: index) {
            index = stop
            let character = text[index]
            var next = text.index(after: index)
            switch character {
            case "\n", "\r", "\r\n", "\u{2028}", "\u{2029}":
                close(at: next)
            case "。", "！", "？", "!", "?", "；", "…":
                while next < text.endIndex, stops.contains(text[next]) { next = text.index(after: next) }
                next = afterClosers(next, in: text)
                // A question quoted inside a sentence goes on in lower case.
                let goesOn = (character == "!" || character == "?") && continues(at: next, in: text)
                if !goesOn, !isInsideQuotation(character, next, text) { close(at: next) }
            case ".":
                while next < text.endIndex, text[next] == "." { next = text.index(after: next) }
                let end = afterClosers(next, in: text)
                if end == text.endIndex || isBorder(stop: index, end: end, in: text, from: start) {
                    close(at: end)
                    next = end
                }
            default: break
            }
            index = next
        }
        close(at: text.endIndex)
        return result
    }

    /// The next place where a sentence may end: the rest is passed over at the speed of bytes.
    private static func nextStop(in text: String, from index: String.Index) -> String.Index? {
        let utf8 = text.utf8
        let start = utf8.distance(from: utf8.startIndex, to: index)
        let found = utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            var at = start
            while at < bytes.count {
                if mayEnd(bytes, at) { return at }
                at &+= 1
            }
            return nil
        }
        guard let found else { return utf8[index...].firstIndex { $0 < 0x40 || $0 >= 0xE2 } }
        return found.map { utf8.index(utf8.startIndex, offsetBy: $0) }
    }

    /// Whether a character that may end a sentence begins at a place.
    @inline(__always)
    private static func mayEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        let byte = bytes[at]
        if byte < 0x80 { return byte == 0x2E || byte == 0x21 || byte == 0x3F || byte == 0x0A || byte == 0x0D }
        guard byte >= 0xE2, at + 2 < bytes.count else { return false }
        let (second, third) = (bytes[at + 1], bytes[at + 2])
        return switch byte {
        // … and the separators of lines and paragraphs.
        case 0xE2: second == 0x80 && (third == 0xA6 || third == 0xA8 || third == 0xA9)
        // 。
        case 0xE3: second == 0x80 && third == 0x82
        // ！ ； ？
        case 0xEF: second == 0xBC && (third == 0x81 || third == 0x9B || third == 0x9F)
        default: false
        }
    }

    private static let stops: Set<Character> = ["。", "！", "？", "!", "?", "…"]
    private static let closers: Set<Character> = ["”", "’", "\"", "'", "」", "』", "）", ")", "]", "》", "】"]

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "no", "nos", "vs", "etc", "inc", "ltd", "co",
        "corp", "gov",
        "sen", "rep", "gen", "lt", "col", "sgt", "capt", "rev", "hon", "pres", "jan", "feb", "mar", "apr",
        "jun", "jul",
        "aug", "sep", "sept", "oct", "nov", "dec", "fig", "al", "approx", "dept", "est", "e.g", "i.e", "cf",
        "vol", "art",
        "mt", "ft", "ave", "blvd", "messrs", "mme", "nr", "bzw", "z.b", "d.h", "ca", "mio", "mrd", "sra",
        "srta",
        "dra", "dott", "sig", "ing", "avv",
    ]
    /// German words before a number with a stop that make it an ordinal, as the one of a day or a century.
    private static let beforeOrdinal: Set<String> = [
        "beim", "das", "dem", "den", "der", "des", "dieses", "ihre", "ihrem", "ihren", "im", "seine",
        "seinem", "seinen",
        "vom", "zum", "zur",
    ]
    private static let germanMonths: Set<String> = [
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
        "oktober",
        "november", "dezember",
    ]
    /// Abbreviations that may also end a sentence: what follows decides.
    private static let endable: Set<String> = [
        "inc", "ltd", "co", "corp", "etc", "jr", "sr", "al", "ave", "blvd", "ft",
    ]

    private static func afterClosers(_ index: String.Index, in text: String) -> String.Index {
        // What follows a stop is nearly always this.
        if index < text.endIndex, text.utf8[index] == 0x20 { return index }
        var index = index
        while index < text.endIndex, closers.contains(text[index]) { index = text.index(after: index) }
        return index
    }

    private static func continues(at index: String.Index, in text: String) -> Bool {
        var index = index
        while index < text.endIndex, text[index] == " " { index = text.index(after: index) }
        return index < text.endIndex && (text[index].isLowercase || text[index] == "," || text[index] == "，")
    }

    /// Whether a full-width stop stands inside a quotation that goes on in the same sentence, as in 他說「好。」並離開.
    private static func isInsideQuotation(_ stop: Character, _ end: String.Index, _ text: String) -> Bool {
        guard end > text.startIndex, end < text.endIndex, closers.contains(text[text.index(before: end)])
        else {
            return false
        }
        return "，、的並并而後后".contains(text[end])
    }

    private static func isBorder(
        stop: String.Index, end: String.Index, in text: String, from start: String.Index
    ) -> Bool {
        let next = text[end]
        guard next.isWhitespace else {
            // "…Friday.The" after careless editing; but not 6.25, example.org or U.S.
            return next.isUppercase && wordBefore(stop, in: text, from: start).count > 3
                && end == text.index(after: stop)
                && text.index(after: end) < text.endIndex && text[text.index(after: end)].isLowercase
        }
        var following = end
        while following < text.endIndex, text[following].isWhitespace {
            following = text.index(after: following)
        }
        guard following < text.endIndex else { return true }
        let first = text[following]
        if first.isLowercase { return false }
        let word = wordBefore(stop, in: text, from: start).lowercased()
        if word.count <= 2, word.allSatisfy(\.isNumber),
            isOrdinal(before: following, stop, word.count, text, start)
        {
            return false
        }
        if abbreviations.contains(word) {
            if word == "no" || word == "nos" { return !first.isNumber }
            return endable.contains(word) && first.isUppercase && startsClause(following, in: text)
        }
        // Initials: "J. Ray", "U.S. officials"; a sentence may end in "the U.S." before a clear new start.
        if word.count == 1, word.first?.isLetter == true, word != "i" { return false }
        if word.contains("."), word.split(separator: ".").allSatisfy({ $0.count == 1 }) {
            return startsClause(following, in: text)
        }
        return true
    }

    /// Whether digits before a stop are a German ordinal: a month follows, or what stands before them asks for one.
    private static func isOrdinal(
        before following: String.Index, _ stop: String.Index, _ digits: Int, _ text: String,
        _ start: String.Index
    ) -> Bool {
        if germanMonths.contains(text[following...].prefix { $0.isLetter }.lowercased()) { return true }
        let number = text.index(stop, offsetBy: -digits)
        guard number > start, text[text.index(before: number)] == " " else { return false }
        return beforeOrdinal.contains(
            wordBefore(text.index(before: number), in: text, from: start).lowercased())
    }

    /// Whether the words at an index look like the beginning of a sentence rather than of a name.
    private static func startsClause(_ index: String.Index, in text: String) -> Bool {
        let word = text[index...].prefix { $0.isLetter }.lowercased()
        return StopWords.contains(word, in: .english)
    }

    private static func wordBefore(_ stop: String.Index, in text: String, from start: String.Index)
        -> Substring
    {
        let utf8 = text.utf8
        var first = stop
        while first > start {
            // Nothing joins a letter or digit of ASCII with one before it.
            let byte = utf8[utf8.index(before: first)]
            if isPlain(byte) {
                first = utf8.index(before: first)
                continue
            }
            guard byte >= 0x80 else { break }
            let before = text.index(before: first)
            guard text[before].isLetter || text[before] == "." || text[before].isNumber else { break }
            first = before
        }
        return text[first..<stop]
    }

    /// Whether a byte is a letter or digit of ASCII or a stop.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte | 0x20 &- 0x61 < 26 || byte == 0x2E
    }

    private static func trimmed(_ text: Substring) -> Substring {
        // Above the space ASCII has nothing white.
        if let first = text.utf8.first, let last = text.utf8.last, 0x21..<0x7F ~= first, 0x21..<0x7F ~= last {
            return text
        }
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
