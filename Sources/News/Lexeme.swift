import Text

/// One word, number, Han character or mark of a text, as the scanners of dates and amounts see it.
struct Lexeme: Sendable {
    enum Kind: Sendable {
        /// Letters of an alphabet, apostrophes inside included.
        case word
        /// Digits with their grouping and decimal marks.
        case number
        /// One Han character.
        case han
        /// Any other character that is not white space; also what stands before the first and after the last lexeme.
        case mark
    }

    var kind = Kind.mark
    /// The word in lower case, the number in ASCII digits without grouping marks, the Han character in its simplified
    /// form where a scanner knows it, the mark in its ASCII form where it has one; all dashes are `-`.
    var form = ""
    /// UTF-8 offsets in the text.
    var start = 0
    var end = 0
    /// Whether white space or the text's beginning stands before it.
    var isSpaced = false
    /// Whether it begins with a capital letter.
    var isCapitalised = false
    /// Whether a capital letter stands behind the first one: `iPhone`, `BTC`.
    var hasInnerCapital = false
    /// Whether a number has marks between its thousands.
    var isGrouped = false
    /// What the scanners make of it.
    var meaning = Meaning()

    /// The number that it is, nil for all else.
    var value: Double? { kind == .number ? Double(form) : nil }
    /// The whole number of at most four digits that it is, nil for all else.
    var small: Int? { kind == .number && form.utf8.count <= 4 && !isGrouped ? Int(form) : nil }

    static let none = Lexeme()
}

/// A text with its lexemes; any index may be asked for.
struct LexedText: Sendable {
    let text: String
    let language: Language
    private let lexemes: [Lexeme]

    init(_ text: String, language: Language) {
        var copy = text
        lexemes = copy.withUTF8 { bytes in
            var lexer = Lexer(bytes: bytes, language: language)
            return lexer.all()
        }
        // Not the copy: indices must belong to the text that the caller holds.
        self.text = text
        self.language = language
    }

    var count: Int { lexemes.count }

    /// The lexeme at an index; ``Lexeme/none`` outside.
    @inline(__always) subscript(index: Int) -> Lexeme {
        lexemes.indices.contains(index) ? lexemes[index] : .none
    }

    // What is asked of every lexeme, without a copy of it.

    /// What sort of lexeme stands there.
    func kind(_ index: Int) -> Lexeme.Kind { lexemes.indices.contains(index) ? lexemes[index].kind : .mark }

    /// Whether a date may begin with the word there.
    func mayBeginDate(_ index: Int) -> Bool {
        lexemes.indices.contains(index) && lexemes[index].meaning.mayBeginDate
    }

    /// Whether a lexeme there may play a role.
    func has(_ index: Int, role: Meaning.Roles) -> Bool {
        lexemes.indices.contains(index) && lexemes[index].meaning.roles.contains(role)
    }

    /// Whether a number begins there.
    func beginsNumber(_ index: Int) -> Bool { lexemes.indices.contains(index) && lexemes[index].beginsNumber }

    func has(_ index: Int, _ form: String) -> Bool {
        lexemes.indices.contains(index) && Self.isSame(lexemes[index].form, form)
    }

    /// Whether a Chinese numeral stands there.
    func isNumeral(_ index: Int) -> Bool { lexemes.indices.contains(index) && lexemes[index].isNumeral }

    /// Whether a mark, word or character stands there and touches what is before it.
    func touches(_ index: Int, _ form: String) -> Bool { has(index, form) && !lexemes[index].isSpaced }

    func has(_ index: Int, anyOf forms: Set<String>) -> Bool {
        lexemes.indices.contains(index) && forms.contains(lexemes[index].form)
    }

    /// Whether these lexemes follow one another.
    func has(_ index: Int, run forms: [String]) -> Bool {
        guard index >= 0, index + forms.count <= lexemes.count else { return false }
        for (offset, form) in forms.enumerated() where !Self.isSame(lexemes[index + offset].form, form) {
            return false
        }
        return true
    }

    /// Equal strings; told apart by their length and last byte first, as `==` normalises Han characters before it can say no.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        first.utf8.count == second.utf8.count && first.utf8.last == second.utf8.last && first == second
    }

    /// Where lexemes stand in the text.
    func range(_ span: Range<Int>) -> Range<String.Index> {
        let utf8 = text.utf8
        return utf8.index(
            utf8.startIndex, offsetBy: lexemes[span.lowerBound].start)..<utf8.index(
                utf8.startIndex, offsetBy: lexemes[span.upperBound - 1].end)
    }
}
