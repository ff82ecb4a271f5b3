import CByteMask

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
        return text.utf8.withContiguousStorageIfAvailable { sentences(in: text, $0) } ?? []
    }

    /// Of a text and its bytes: most stops are told by the bytes around them, unless `byBytes` is false.
    static func sentences(
        in text: String, _ bytes: UnsafeBufferPointer<UInt8>, byBytes: Bool = true
    ) -> [Substring] {
        // Few sentences are shorter.
        var result: [Substring] = []
        result.reserveCapacity(bytes.count / 48 + 1)
        forEachSentence(in: text, bytes, byBytes: byBytes) { range in
            let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
            result.append(text[start..<text.utf8.index(start, offsetBy: range.count)])
        }
        return result
    }

    /// Hands over where each of the sentences lies, in UTF-8 code units, for those who look at no text.
    ///
    /// - Complexity: O(length).
    public static func forEachSentence(in text: String, _ body: (Range<Int>) -> Void) {
        var text = text
        text.makeContiguousUTF8()
        text.utf8.withContiguousStorageIfAvailable { forEachSentence(in: text, $0, body) }
    }

    private static func forEachSentence(
        in text: String, _ bytes: UnsafeBufferPointer<UInt8>, byBytes: Bool = true,
        _ body: (Range<Int>) -> Void
    ) {
        let plain = byBytes ? PlainStops(bytes) : nil
        var start = 0
        var at = 0
        func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }
        func close(at end: Int) {
            if let range = plain?.trimmed(start..<end) {
                if !range.isEmpty { body(range) }
            } else {
                let piece = trimmed(text[index(start)..<index(end)])
                let first = text.utf8.distance(from: text.startIndex, to: piece.startIndex)
                if !piece.isEmpty { body(first..<first + piece.utf8.count) }
            }
            start = end
        }
        while true {
            at = firstPossibleEnd(bytes, from: at)
            guard at < bytes.count else { break }
            let found = plain?.reading(at, from: start) ?? reading(index(at), text, from: index(start))
            if found.isBorder { close(at: found.next) }
            at = found.next
        }
        close(at: bytes.count)
    }

    /// What a stop is found to be.
    struct Reading {
        /// Whether a sentence ends.
        var isBorder: Bool
        /// Where it ends, or else where to go on, in UTF-8 code units.
        var next: Int
    }

    /// Reads what may be a stop by characters.
    private static func reading(_ index: String.Index, _ text: String, from start: String.Index) -> Reading {
        // A mark that joins what follows it makes one character with a stop, which is none then.
        guard String.Index(index, within: text) != nil else {
            return Reading(isBorder: false, next: text.utf8.distance(from: text.startIndex, to: index) + 1)
        }
        let character = text[index]
        var next = text.index(after: index)
        var isBorder = false
        switch character {
        case "\n", "\r", "\r\n", "\u{2028}", "\u{2029}": isBorder = true
        case "。", "！", "？", "!", "?", "；", "…":
            while next < text.endIndex, stops.contains(text[next]) { next = text.index(after: next) }
            next = afterClosers(next, in: text)
            // A question quoted inside a sentence goes on in lower case.
            let goesOn = (character == "!" || character == "?") && continues(at: next, in: text)
            isBorder = !goesOn && !isInsideQuotation(character, next, text)
        case ".":
            while next < text.endIndex, text[next] == "." { next = text.index(after: next) }
            let end = afterClosers(next, in: text)
            if end == text.endIndex || Self.isBorder(stop: index, end: end, in: text, from: start) {
                isBorder = true
                next = end
            }
        default: break
        }
        return Reading(isBorder: isBorder, next: text.utf8.distance(from: text.startIndex, to: next))
    }

    /// The first byte from a place on that may end a sentence.
    private static func firstPossibleEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        bytes.baseAddress.map { firstStopByte($0, start, bytes.count) } ?? bytes.count
    }

    private static let stops: Set<Character> = ["。", "！", "？", "!", "?", "…"]
    private static let closers: Set<Character> = ["”", "’", "\"", "'", "」", "』", "）", ")", "]", "》", "】"]

    static let abbreviations: Set<String> = [
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
    static let beforeOrdinal: Set<String> = [
        "beim", "das", "dem", "den", "der", "des", "dieses", "ihre", "ihrem", "ihren", "im", "seine",
        "seinem", "seinen",
        "vom", "zum", "zur",
    ]
    static let germanMonths: Set<String> = [
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
        "oktober",
        "november", "dezember",
    ]
    /// Abbreviations that may also end a sentence: what follows decides.
    static let endable: Set<String> = [
        "inc", "ltd", "co", "corp", "etc", "jr", "sr", "al", "ave", "blvd", "ft",
    ]

    private static func afterClosers(_ index: String.Index, in text: String) -> String.Index {
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
        var first = stop
        while first > start {
            let before = text.index(before: first)
            guard text[before].isLetter || text[before] == "." || text[before].isNumber else { break }
            first = before
        }
        return text[first..<stop]
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
