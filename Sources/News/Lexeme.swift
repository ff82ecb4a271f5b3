/// One word, number, ideograph or mark of a text, as the scanners of dates and amounts see it.
struct Lexeme: Sendable {
    enum Kind: Sendable {
        /// Letters of an alphabet, apostrophes inside included.
        case word
        /// Digits with their grouping and decimal marks.
        case number
        /// One Han character.
        case han
        /// Any other character that is not white space.
        case mark
    }

    var kind: Kind
    /// The word in lower case, the number in ASCII digits without grouping marks, the character itself.
    var form: String
    var range: Range<String.Index>
    /// Whether white space or the text's beginning stands before it.
    var isSpaced: Bool
    /// Whether it begins with a capital letter.
    var isCapitalised = false

    /// The number that it is, nil for all else.
    var value: Double? { kind == .number ? Double(form) : nil }
    /// The whole number that it is, nil for all else.
    var integer: Int? { kind == .number ? Int(form) : nil }

    /// The lexemes of a text in order.
    ///
    /// - Complexity: O(length).
    static func all(in text: String) -> [Lexeme] {
        var result: [Lexeme] = []
        result.reserveCapacity(text.utf8.count / 4)
        var at = text.startIndex
        var isSpaced = true
        while at < text.endIndex {
            let start = at
            let character = text[at]
            if character.isWhitespace {
                at = text.index(after: at)
                isSpaced = true
                continue
            }
            var lexeme = Lexeme(kind: .mark, form: String(character), range: start..<start, isSpaced: isSpaced)
            if digit(character) != nil {
                (lexeme.form, at) = number(from: at, in: text)
                lexeme.kind = .number
            } else if isHan(character) {
                lexeme.kind = .han
                at = text.index(after: at)
            } else if character.isLetter {
                lexeme.kind = .word
                lexeme.isCapitalised = character.isUppercase
                while at < text.endIndex, isInsideWord(at, of: text) { at = text.index(after: at) }
                lexeme.form = text[start..<at].lowercased()
            } else {
                at = text.index(after: at)
            }
            lexeme.range = start..<at
            result.append(lexeme)
            isSpaced = false
        }
        return result
    }

    /// The decimal digit that a character is, in ASCII or full width.
    static func digit(_ character: Character) -> Int? {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        switch scalar.value {
        case 0x30...0x39: return Int(scalar.value - 0x30)
        case 0xFF10...0xFF19: return Int(scalar.value - 0xFF10)
        default: return nil
        }
    }

    private static func isHan(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return (0x3400...0x9FFF).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
            || scalar.value == 0x3007 || (0x20000...0x3134F).contains(scalar.value)
    }

    private static func isInsideWord(_ index: String.Index, of text: String) -> Bool {
        let character = text[index]
        if character.isLetter { return !isHan(character) }
        guard character == "'" || character == "’" else { return false }
        let next = text.index(after: index)
        return next < text.endIndex && text[next].isLetter
    }

    /// Digits, with commas between groups of three and one decimal point.
    private static func number(from start: String.Index, in text: String) -> (String, String.Index) {
        var form = ""
        var at = start
        var hasPoint = false
        while at < text.endIndex {
            if let digit = digit(text[at]) {
                form.append(Character(Unicode.Scalar(UInt8(0x30 + digit))))
                at = text.index(after: at)
                continue
            }
            let next = text.index(after: at)
            guard next < text.endIndex, digit(text[next]) != nil else { break }
            switch text[at] {
            case ",", "，", "'", "’", "\u{202F}", "\u{A0}":
                guard !hasPoint, isGroup(from: next, in: text) else { return (form, at) }
            case ".", "．":
                // 18.07.2025 is a date and 1.2.3 a version: the marks stay outside, each part a number of its own.
                guard !hasPoint, !isDotted(from: next, in: text), !isAfterDot(start, in: text) else {
                    return (form, at)
                }
                hasPoint = true
                form.append(".")
            default: return (form, at)
            }
            at = next
        }
        return (form, at)
    }

    private static func isGroup(from start: String.Index, in text: String) -> Bool {
        let digits = text[start...].prefix(4)
        return digits.count >= 3 && digits.prefix(3).allSatisfy { digit($0) != nil }
            && (digits.count == 3 || digits.last.map { digit($0) == nil } ?? true)
    }

    /// Whether another dot with a digit behind it follows these digits.
    private static func isDotted(from start: String.Index, in text: String) -> Bool {
        let rest = text[start...].drop { digit($0) != nil }
        guard rest.first == ".", let next = rest.dropFirst().first else { return false }
        return digit(next) != nil
    }

    private static func isAfterDot(_ start: String.Index, in text: String) -> Bool {
        guard start > text.startIndex else { return false }
        let dot = text.index(before: start)
        guard text[dot] == ".", dot > text.startIndex else { return false }
        return digit(text[text.index(before: dot)]) != nil
    }
}
