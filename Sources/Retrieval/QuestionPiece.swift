import Text

/// One word of a question, or one run of Chinese or Japanese characters between marks.
struct QuestionPiece {
    /// What the piece is made of.
    enum Form {
        /// A word: its term, what other languages make of it and, for a compound such as "GPT-4o", the terms of its parts.
        case word(String, variants: [TermVariant], parts: [String])
        /// A run of characters written without spaces.
        case characters
    }

    let surface: String
    /// The surface, folded.
    let folded: String
    /// Whether it is written like a name.
    let isCapitalised: Bool
    let form: Form
    let isNumber: Bool
    let startsSentence: Bool
    /// The number of the clause that it stands in, from 0.
    let clause: Int

    /// Whether it is a run of characters that stands between quotation marks by itself.
    let isQuoted: Bool

    init(
        surface: String, form: Form, isNumber: Bool, startsSentence: Bool, clause: Int, isQuoted: Bool = false
    ) {
        self.surface = surface
        folded = Folding.fold(surface)
        isCapitalised =
            surface.isASCII
            ? surface.utf8.contains { 0x41...0x5A ~= $0 } : surface.contains(where: \.isCapital)
        self.form = form
        self.isNumber = isNumber
        self.startsSentence = startsSentence
        self.clause = clause
        self.isQuoted = isQuoted
    }

    /// Whether it is a word rather than a run of characters.
    var isWord: Bool {
        if case .word = form { true } else { false }
    }

    /// The pieces of a question, in order.
    ///
    /// - Parameters:
    ///   - text: the question.
    ///   - language: of the question.
    ///   - others: the languages of the archive.
    /// - Returns: its words and runs of characters.
    static func pieces(of text: String, language: Language, others: Set<Language>) -> [QuestionPiece] {
        let bytes = Array(text.utf8)
        func surface(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        var pieces: [QuestionPiece] = []
        var run: Range<Int>?
        var clause = 0
        var last = 0
        func closeRun() {
            guard let open = run else { return }
            pieces.append(
                QuestionPiece(
                    surface: surface(open), form: .characters, isNumber: false, startsSentence: false,
                    clause: clause, isQuoted: isQuoted(open, bytes)))
            run = nil
        }
        let readings = TokenReading.all(in: text, language: language, others: others)
        let tokens = readings.map(\.token)
        // A compound comes as its parts and as a whole; the whole stands for all tokens inside it.
        let wholes = tokens.filter { whole in
            whole.kind == .word
                && tokens.contains {
                    $0.range != whole.range && whole.range.contains($0.range.lowerBound)
                        && $0.range.upperBound <= whole.range.upperBound
                }
        }
        var firstWord = true
        for (token, variants) in readings.map({ ($0.token, $0.variants) }) {
            if token.range.lowerBound > last, last > 0,
                surface(last..<token.range.lowerBound).contains(where: { clauseMarks.contains($0) })
                    || clauseWords.contains(Folding.fold(surface(token.range)))
            {
                closeRun()
                clause += 1
            }
            last = max(last, token.range.upperBound)
            switch token.kind {
            case .ideograph, .bigram:
                if let open = run, token.range.lowerBound <= open.upperBound {
                    run = open.lowerBound..<max(open.upperBound, token.range.upperBound)
                } else {
                    closeRun()
                    run = token.range
                }
                firstWord = false
            case .word, .number:
                closeRun()
                let inside = wholes.first { $0.range != token.range && contains($0.range, token.range) }
                guard inside == nil else { continue }
                let parts = tokens.filter { $0.range != token.range && contains(token.range, $0.range) }.map(
                    \.term)
                let isNumber = token.kind == .number
                pieces.append(
                    QuestionPiece(
                        surface: surface(token.range),
                        form: .word(token.term, variants: variants, parts: parts),
                        isNumber: isNumber,
                        startsSentence: firstWord || startsSentence(token.range.lowerBound, bytes),
                        clause: clause))
                firstWord = false
            }
        }
        closeRun()
        return pieces
    }

    private static let clauseMarks: Set<Character> = [",", ";", ":", "–", "—", "，", "、", "；", "：", "。", "."]
    /// Words that begin another part of a long question.
    private static let clauseWords: Set<String> = [
        "and", "or", "but", "while", "whereas", "which", "who", "that", "as", "compared", "between", "after",
        "before",
    ]

    /// Whether a quotation mark opens right before some bytes and closes right behind them.
    private static func isQuoted(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        quotationMarks.contains { open, close in
            bytes[..<range.lowerBound].suffix(open.count).elementsEqual(open)
                && bytes[range.upperBound...].starts(with: close)
        }
    }

    private static let quotationMarks: [(open: [UInt8], close: [UInt8])] = [
        ("《", "》"), ("〈", "〉"), ("「", "」"), ("『", "』"), ("“", "”"), ("\"", "\""),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    private static func contains(_ outer: Range<Int>, _ inner: Range<Int>) -> Bool {
        outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
    }

    private static func startsSentence(_ offset: Int, _ bytes: [UInt8]) -> Bool {
        var at = offset - 1
        while at >= 0, bytes[at] == 0x20 || bytes[at] == 0x22 { at -= 1 }
        return at < 0 || [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(bytes[at])
    }

    private static let stopWords: [Character: [[Character]]] = Dictionary(
        grouping: (StopWords.words(in: .simplifiedChinese) + StopWords.words(in: .japanese)).map { Array($0) }
            .filter { !$0.isEmpty },
        by: { $0[0] })

    /// The length of the longest function word that starts the characters, folded to simplified; 0 if none does.
    static func longestStopWord(in characters: ArraySlice<Character>) -> Int {
        guard let first = characters.first, let words = stopWords[first] else { return 0 }
        return words.lazy.filter { characters.starts(with: $0) }.map(\.count).max() ?? 0
    }

    /// The index terms of a run of characters: its adjacent pairs, or itself where it is one character.
    static func bigrams(of text: String) -> [String] {
        let characters = Array(text)
        guard characters.count > 1 else { return characters.map { String($0) } }
        return zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }
}
