/// Tells the stops of ``SentenceSplitter`` that stand among ASCII, as most do, by their bytes.
///
/// Where it says anything it says what the rules for characters say; it says nothing where a word or a number before the
/// stop, or a character of several bytes near it, takes those to decide.
struct PlainStops {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The longest of the splitter's abbreviations, in bytes.
    private static let longestAbbreviation = SentenceSplitter.abbreviations.map(\.utf8.count).max() ?? 0
    private static let abbreviations = Lengths(SentenceSplitter.abbreviations)
    private static let months = Lengths(SentenceSplitter.germanMonths)
    private static let beforeOrdinal = Lengths(SentenceSplitter.beforeOrdinal)

    /// How long the words of a set are that begin with a letter, a bit a length: most words are none of them by that.
    private struct Lengths {
        private var bits = [UInt32](repeating: 0, count: 32)

        init(_ words: Set<String>) {
            for word in words {
                if let first = word.utf8.first { bits[Int(first & 0x1F)] |= 1 << word.utf8.count }
            }
        }

        /// Whether a word of ASCII letters may be one of them.
        func mayHold(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
            guard let first = word.first, word.count < 32 else { return false }
            return bits[Int(first & 0x1F)] & 1 << word.count != 0
        }
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads what may be a stop.
    ///
    /// - Parameters:
    ///   - at: where it lies.
    ///   - start: where its sentence begins.
    /// - Returns: nil where it is not told by its bytes.
    func reading(_ at: Int, from start: Int) -> SentenceSplitter.Reading? {
        switch bytes[at] {
        case 0x0A: return .init(isBorder: true, next: at + 1)
        case 0x0D: return .init(isBorder: true, next: byte(at + 1) == 0x0A ? at + 2 : at + 1)
        // … is E2 80 A6, and the separators of lines and paragraphs E2 80 A8 and A9.
        case 0xE2:
            let last = byte(at + 2)
            return byte(at + 1) == 0x80 && (last == 0xA6 || last == 0xA8 || last == 0xA9) ? nil : none(at)
        // 。 is E3 80 82.
        case 0xE3: return byte(at + 1) == 0x80 && byte(at + 2) == 0x82 ? nil : none(at)
        // ！, ？ and ； are EF BC 81, 9F and 9B.
        case 0xEF:
            let last = byte(at + 2)
            return byte(at + 1) == 0xBC && (last == 0x81 || last == 0x9F || last == 0x9B) ? nil : none(at)
        default: break
        }
        guard at == 0 || bytes[at - 1] < 0x80 else { return nil }
        return bytes[at] == UInt8(ascii: ".") ? fullStop(at, from: start) : mark(at)
    }

    /// A range without the white space at its ends; nil where it is not told by bytes.
    func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Self.isSpace(bytes[start]) { start += 1 }
        while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
        guard start < end else { return end..<end }
        return bytes[start] < 0x80 && bytes[end - 1] < 0x80 ? start..<end : nil
    }

    private func none(_ at: Int) -> SentenceSplitter.Reading { .init(isBorder: false, next: at + 1) }

    /// A byte of the text; nought, which no rule knows, behind its end.
    @inline(__always)
    private func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }

    // MARK: Marks

    private func mark(_ at: Int) -> SentenceSplitter.Reading? {
        var end = at + 1
        while byte(end) == UInt8(ascii: "!") || byte(end) == UInt8(ascii: "?") { end += 1 }
        guard let end = afterClosers(end) else { return nil }
        var following = end
        while byte(following) == 0x20 { following += 1 }
        guard isPlain(following) else { return nil }
        let goesOn = Self.isLower(byte(following)) || byte(following) == UInt8(ascii: ",")
        return .init(isBorder: !goesOn, next: end)
    }

    private func fullStop(_ at: Int, from start: Int) -> SentenceSplitter.Reading? {
        var next = at + 1
        while byte(next) == UInt8(ascii: ".") { next += 1 }
        guard let end = afterClosers(next), let isBorder = isBorder(at, end, from: start) else { return nil }
        return .init(isBorder: isBorder, next: isBorder ? end : next)
    }

    private func isBorder(_ stop: Int, _ end: Int, from start: Int) -> Bool? {
        guard end < bytes.count else { return true }
        guard Self.isSpace(bytes[end]) else {
            guard Self.isUpper(bytes[end]), end == stop + 1 else { return false }
            guard isPlain(end + 1), let word = wordBefore(stop, from: start) else { return nil }
            return word.count > 3 && Self.isLower(byte(end + 1))
        }
        var following = end
        while following < bytes.count, Self.isSpace(bytes[following]) { following += 1 }
        guard following < bytes.count else { return true }
        guard isPlain(following) else { return nil }
        if Self.isLower(bytes[following]) { return false }
        guard let word = wordBefore(stop, from: start) else { return nil }
        return endsSentence(word, before: following, from: start)
    }

    /// Whether a sentence ends behind a word and its stop, before what does not begin in lower case.
    private func endsSentence(_ range: Range<Int>, before following: Int, from start: Int) -> Bool? {
        let word = bytes[range]
        guard let first = word.first else { return nil }
        if word.count > Self.longestAbbreviation { return word.contains(UInt8(ascii: ".")) ? nil : true }
        if word.contains(UInt8(ascii: ".")) { return nil }
        if word.count <= 2, word.allSatisfy(Self.isDigit) {
            return mayBeOrdinal(range.lowerBound, before: following, from: start) ? nil : true
        }
        if word.count == 1 { return first | 0x20 == UInt8(ascii: "i") }
        guard Self.abbreviations.mayHold(word) else { return true }
        let small = String(decoding: word.map { Self.isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        guard SentenceSplitter.abbreviations.contains(small) else { return true }
        if small == "no" || small == "nos" { return !Self.isDigit(bytes[following]) }
        return SentenceSplitter.endable.contains(small) && Self.isUpper(bytes[following]) ? nil : false
    }

    /// Whether digits before a stop may be a German ordinal, by the lengths of the words on both sides.
    private func mayBeOrdinal(_ number: Int, before following: Int, from start: Int) -> Bool {
        var end = following
        while Self.isLower(byte(end) | 0x20) { end += 1 }
        if byte(end) >= 0x80 || Self.months.mayHold(bytes[following..<end]) { return true }
        guard number > start, bytes[number - 1] == 0x20 else { return false }
        guard let word = wordBefore(number - 1, from: start) else { return true }
        return Self.beforeOrdinal.mayHold(bytes[word])
    }

    // MARK: Bytes

    /// Behind closing quotes and brackets; nil where a character of several bytes comes then.
    private func afterClosers(_ at: Int) -> Int? {
        var at = at
        while Self.isCloser(byte(at)) { at += 1 }
        return byte(at) < 0x80 ? at : nil
    }

    private static func isCloser(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"): true
        default: false
        }
    }

    /// The letters, digits and dots before a stop; nil where a character of several bytes is the next.
    private func wordBefore(_ stop: Int, from start: Int) -> Range<Int>? {
        var first = stop
        while first > start {
            let before = bytes[first - 1]
            if before >= 0x80 { return isMark(endingAt: first, from: start) ? first..<stop : nil }
            let isInside =
                Self.isLower(before | 0x20) || Self.isDigit(before) || before == UInt8(ascii: ".")
            guard isInside else { break }
            first -= 1
        }
        return first..<stop
    }

    /// Whether a quotation mark or a dash of three bytes, which is in no word, ends at a place and stands by itself.
    private func isMark(endingAt end: Int, from start: Int) -> Bool {
        guard end - start >= 3, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80, isPlain(end) else {
            return false
        }
        switch bytes[end - 1] {
        case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D: return end - start == 3 || bytes[end - 4] < 0x80
        default: return false
        }
    }

    /// Whether an ASCII character stands by itself at a place, or nothing any more.
    private func isPlain(_ at: Int) -> Bool { byte(at) < 0x80 && byte(at + 1) < 0x80 }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    private static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
