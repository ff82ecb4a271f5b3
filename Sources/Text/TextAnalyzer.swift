/// Turns text into the terms that an index holds; articles and questions go through the same.
///
/// Words of alphabets are folded and stemmed. Scripts without spaces (Han, kana, Hangul) give every character and every
/// adjacent pair, which finds words of any length without a dictionary. Numbers lose their grouping marks. A compound
/// such as "GPT-4o" gives its parts and, at the place of the first, the whole without its hyphens. "U.S." is "us", and a
/// possessive loses its ending.
///
/// One pass over the UTF-8; a text that is not valid UTF-8 cannot reach it, because `String` repairs it.
public struct TextAnalyzer: Sendable {
    private let stemmer: Stemmer

    /// The analyzer of a language.
    public init(_ language: Language) { stemmer = Stemmer(language) }

    /// The terms of a text.
    ///
    /// - Complexity: O(length).
    public func terms(in text: String) -> [String] { tokens(in: text).map(\.term) }

    /// The tokens of a text, by place; at the same place the longer whole comes after its parts' first.
    ///
    /// - Complexity: O(length).
    public func tokens(in text: String) -> [Token] {
        var text = text
        return text.withUTF8 { bytes in
            var scan = Scan(bytes: bytes, stemmer: stemmer)
            scan.run()
            return scan.tokens
        }
    }
}

/// What a scalar is to the scan.
private enum ScalarClass {
    case letter, digit, ideograph, mark, other
}

private struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    let stemmer: Stemmer
    var tokens: [Token] = []
    private var at = 0
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>, stemmer: Stemmer) {
        self.bytes = bytes
        self.stemmer = stemmer
        tokens.reserveCapacity(bytes.count / 5)
    }

    mutating func run() {
        while at < bytes.count {
            let (scalar, length) = decode(at)
            switch classify(scalar) {
            case .letter, .digit: compound()
            case .ideograph: run(of: at)
            case .mark, .other: at += length
            }
        }
    }

    // MARK: Alphabets

    /// One word, or several joined by hyphens, dots inside initials, or apostrophes.
    private mutating func compound() {
        var parts: [Range<Int>] = []
        let start = at
        while true {
            parts.append(word())
            guard at < bytes.count, isHyphen(at), let next = classAfter(hyphenEnd(at)),
                next == .letter || next == .digit
            else { break }
            at = hyphenEnd(at)
        }
        let whole = start..<at
        guard parts.count > 1 else {
            append(folded(parts[0]), range: parts[0])
            position += 1
            return
        }
        let first = position
        for part in parts {
            append(folded(part), range: part)
            position += 1
        }
        let joined = parts.map { String(decoding: folded($0), as: UTF8.self) }.joined()
        // Long chains ("state-of-the-art-looking") are phrases, not names; nobody types them joined.
        guard parts.count <= 4, joined.utf8.count <= 40 else { return }
        let token = Token(term: stemmer.stem(joined), range: whole, position: first, kind: .word)
        if let after = tokens.firstIndex(where: { $0.position > first && $0.range.lowerBound >= start }) {
            tokens.insert(token, at: after)
        } else {
            tokens.append(token)
        }
    }

    /// Reads letters and digits up to a border and returns their range, without a possessive ending.
    private mutating func word() -> Range<Int> {
        let start = at
        var end = at
        let startsWithDigit = classify(decode(at).0) == .digit
        while at < bytes.count {
            let (scalar, length) = decode(at)
            switch classify(scalar) {
            case .letter, .digit, .mark:
                at += length
                end = at
                continue
            case .ideograph: return start..<end
            case .other: break
            }
            // Marks that stay inside: 5,000,000 and 6.25, U.S., don't and 's.
            guard at > start, let next = classAfter(at + length) else { return start..<end }
            if scalar == "." || scalar == ",", startsWithDigit, isDigit(at - 1), next == .digit {
                at += length
                continue
            }
            if scalar == ".", next == .letter, isInitial(endingAt: at, from: start),
                isInitial(startingAt: at + length)
            {
                at += length
                continue
            }
            if scalar == "'" || scalar == "’", next == .letter {
                at += length
                continue
            }
            return start..<end
        }
        return start..<end
    }

    private mutating func append(_ folded: [UInt8], range: Range<Int>) {
        guard !folded.isEmpty else { return }
        let isNumber = folded.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E }
        let text = String(decoding: folded, as: UTF8.self)
        tokens.append(
            Token(
                term: isNumber ? text : stemmer.stem(text), range: range, position: position,
                kind: isNumber ? .number : .word))
    }

    /// The folded bytes of a word: no apostrophes, no initials' dots, no grouping commas, no possessive.
    private func folded(_ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        let isNumeric = isDigit(range.lowerBound)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte < 0x80 {
                if byte == UInt8(ascii: "'") {
                    if isPossessive(index + 1, range.upperBound) { break }
                } else if byte == UInt8(ascii: ".") {
                    if isNumeric { result.append(byte) }
                } else if byte != UInt8(ascii: ",") {
                    result.append(Folding.lowered(byte))
                }
                index += 1
                continue
            }
            let (scalar, length) = decode(index)
            if scalar == "’" {
                if isPossessive(index + length, range.upperBound) { break }
            } else {
                Folding.append(scalar, to: &result)
            }
            index += length
        }
        return result
    }

    private func isPossessive(_ index: Int, _ end: Int) -> Bool {
        index == end - 1 && (bytes[index] | 0x20) == UInt8(ascii: "s")
    }

    // MARK: Scripts without spaces

    private mutating func run(of start: Int) {
        var last: (term: [UInt8], range: Range<Int>)?
        while at < bytes.count {
            let (scalar, length) = decode(at)
            guard classify(scalar) == .ideograph else { break }
            var folded: [UInt8] = []
            Folding.append(scalar, to: &folded)
            let range = at..<(at + length)
            if let last {
                tokens.append(
                    Token(
                        term: String(decoding: last.term + folded, as: UTF8.self),
                        range: last.range.lowerBound..<range.upperBound, position: position - 1, kind: .bigram
                    ))
            }
            tokens.append(
                Token(
                    term: String(decoding: folded, as: UTF8.self), range: range, position: position,
                    kind: .ideograph))
            position += 1
            last = (folded, range)
            at += length
        }
    }

    // MARK: Bytes

    private func decode(_ index: Int) -> (Unicode.Scalar, Int) {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + length <= bytes.count else { return ("\u{FFFD}", bytes.count - index) }
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    private func classify(_ scalar: Unicode.Scalar) -> ScalarClass {
        let value = scalar.value
        if value < 0x80 {
            if value | 0x20 >= 0x61, value | 0x20 <= 0x7A { return .letter }
            return value >= 0x30 && value <= 0x39 ? .digit : .other
        }
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC,
            0xAC00...0xD7A3, 0x20000...0x3134F, 0x3005, 0xFF66...0xFF9D:
            return .ideograph
        case 0xFF10...0xFF19: return .digit
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x370...0x373,
            0x376...0x377,
            0x386, 0x388...0x3FF, 0x400...0x481, 0x48A...0x52F:
            return .letter
        case 0x300...0x36F: return .mark
        case 0x2000...0x206F, 0x2190...0x2BFF, 0x3000...0x303F, 0xFE00...0xFE0F, 0xFF00...0xFF65,
            0x1F000...0x1FAFF,
            0xA0...0xBF:
            return value == 0xAA || value == 0xB5 || value == 0xBA ? .letter : .other
        default:
            let properties = scalar.properties
            if properties.isAlphabetic { return .letter }
            if properties.numericType == .decimal { return .digit }
            return properties.generalCategory == .nonspacingMark ? .mark : .other
        }
    }

    private func classAfter(_ index: Int) -> ScalarClass? {
        index < bytes.count ? classify(decode(index).0) : nil
    }

    private func isDigit(_ index: Int) -> Bool { bytes[index] &- 0x30 < 10 }

    private func isHyphen(_ index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "-")
            || (bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80
                && (bytes[index + 2] == 0x90 || bytes[index + 2] == 0x91))
    }

    private func hyphenEnd(_ index: Int) -> Int { bytes[index] == UInt8(ascii: "-") ? index + 1 : index + 3 }

    /// Whether the letter before `index` is a capital standing alone, as in "U.S.".
    private func isInitial(endingAt index: Int, from start: Int) -> Bool {
        guard bytes[index - 1] &- 0x41 < 26 else { return false }
        return index - 1 == start || bytes[index - 2] == UInt8(ascii: ".")
    }

    private func isInitial(startingAt index: Int) -> Bool {
        guard index < bytes.count, bytes[index] &- 0x41 < 26 else { return false }
        guard index + 1 < bytes.count else { return true }
        return classify(decode(index + 1).0) != .letter
    }
}
