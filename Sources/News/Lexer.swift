import Text

/// Cuts UTF-8 into lexemes in one pass.
struct Lexer {
    let bytes: UnsafeBufferPointer<UInt8>
    private let vocabulary: [TermKey: Meaning]
    private let hasDecimalComma: Bool
    private var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>, language: Language) {
        self.bytes = bytes
        vocabulary = Vocabulary.of(language)
        hasDecimalComma = Self.decimalComma.contains(language)
    }

    /// - Complexity: O(length).
    mutating func all() -> [Lexeme] {
        var result: [Lexeme] = []
        result.reserveCapacity(bytes.count / 4 + 1)
        var isSpaced = true
        while at < bytes.count {
            let (scalar, length) = scalar(at)
            if Self.isSpace(scalar) {
                at += length
                isSpaced = true
                continue
            }
            result.append(Lexeme())
            next(scalar, length, isSpaced: isSpaced, into: &result[result.count - 1])
            isSpaced = false
        }
        return result
    }

    /// Reads the lexeme that begins here, where it will lie: most of a text's time would go into copies.
    private mutating func next(
        _ scalar: UInt32, _ length: Int, isSpaced: Bool, into lexeme: inout Lexeme
    ) {
        lexeme.start = at
        lexeme.isSpaced = isSpaced
        if Self.digit(scalar) != nil {
            number(&lexeme)
        } else if Self.isHan(scalar) {
            lexeme.kind = .han
            at += length
            lexeme.form = Vocabulary.simplified(scalar) ?? string(lexeme.start..<at)
            lexeme.meaning = vocabulary[TermKey(lexeme.form)] ?? Meaning()
        } else if Self.isLetter(scalar) {
            word(&lexeme)
        } else {
            at += length
            lexeme.form = Self.plain(scalar).map { String(UnicodeScalar($0)) } ?? string(lexeme.start..<at)
        }
        lexeme.end = at
    }

    private mutating func word(_ lexeme: inout Lexeme) {
        lexeme.kind = .word
        var isASCII = true
        var hasCapital = false
        while at < bytes.count {
            let (scalar, length) = scalar(at)
            if scalar == 0x27 || scalar == 0x2019 {
                guard at + length < bytes.count, Self.isLetter(self.scalar(at + length).0) else { break }
            } else if !Self.isLetter(scalar) || Self.isHan(scalar) {
                break
            }
            if scalar >= 0x80 {
                isASCII = false
            } else if (0x41...0x5A).contains(scalar) {
                if at == lexeme.start { lexeme.isCapitalised = true } else { lexeme.hasInnerCapital = true }
                hasCapital = true
            }
            at += length
        }
        lexeme.form = string(lexeme.start..<at)
        if hasCapital || !isASCII { lexeme.form = lexeme.form.lowercased() }
        if !isASCII, let first = UnicodeScalar(scalar(lexeme.start).0) {
            lexeme.isCapitalised = first.properties.isUppercase
        }
        lexeme.meaning = vocabulary[TermKey(lexeme.form)] ?? Meaning()
    }

    /// Digits, with marks between groups of three and one decimal point.
    private mutating func number(_ lexeme: inout Lexeme) {
        lexeme.kind = .number
        var digits: [UInt8] = []
        var isDecimal = false
        while at < bytes.count {
            let (scalar, length) = scalar(at)
            if let digit = Self.digit(scalar) {
                digits.append(0x30 + digit)
                at += length
                continue
            }
            guard !isDecimal, at + length < bytes.count, Self.digit(self.scalar(at + length).0) != nil else {
                break
            }
            if isGroupMark(scalar), digits.count <= 3 || lexeme.isGrouped, isGroup(at + length) {
                lexeme.isGrouped = true
            } else if isPoint(scalar), !isDotted(lexeme.start, at + length) {
                isDecimal = true
                digits.append(0x2E)
            } else {
                break
            }
            at += length
        }
        lexeme.form = String(decoding: digits, as: UTF8.self)
    }

    private func isGroupMark(_ scalar: UInt32) -> Bool {
        scalar == (hasDecimalComma ? 0x2E : 0x2C) || scalar == 0x27 || scalar == 0x2019 || scalar == 0x202F
            || scalar == 0xA0 || scalar == 0xFF0C
    }

    private func isPoint(_ scalar: UInt32) -> Bool {
        scalar == (hasDecimalComma ? 0x2C : 0x2E) || scalar == 0xFF0E || hasDecimalComma && scalar == 0x2E
    }

    /// Whether exactly three digits stand here.
    private func isGroup(_ start: Int) -> Bool {
        var at = start
        for _ in 0..<3 {
            guard at < bytes.count else { return false }
            let (scalar, length) = scalar(at)
            guard Self.digit(scalar) != nil else { return false }
            at += length
        }
        return at >= bytes.count || Self.digit(scalar(at).0) == nil
    }

    /// Whether the digits before and behind a dot are parts of something with two dots: 18.07.2025 is a date and 1.2.3
    /// a version, each part a number of its own.
    private func isDotted(_ start: Int, _ next: Int) -> Bool {
        func isDigit(_ index: Int) -> Bool {
            bytes.indices.contains(index) && (0x30...0x39).contains(bytes[index])
        }
        if start > 1, bytes[start - 1] == 0x2E, isDigit(start - 2) { return true }
        var at = next
        while isDigit(at) { at += 1 }
        return at < bytes.count && bytes[at] == 0x2E && isDigit(at + 1)
    }

    private static let decimalComma: Set<Language> = [
        .german, .french, .spanish, .italian, .portuguese, .dutch, .swedish, .russian,
    ]
}
