/// Finds dates among the lexemes of a text.
struct DateScanner {
    /// A date and the lexemes that it is made of.
    struct Found: Sendable {
        var mention: DateMention
        var span: Range<Int>
    }

    /// What a form says; relative where it counts from the day of the text.
    struct Parts: Sendable {
        var year: Int?
        var month: Int?
        var day: Int?
        var relative: DateMention.Relative?
    }

    let words: LexedText
    private(set) var found: [Found] = []

    /// The dates of a text, in order.
    ///
    /// - Complexity: O(length).
    static func dates(in words: LexedText) -> [Found] {
        var scanner = DateScanner(words: words)
        var at = 0
        while at < words.count { at = max(scanner.match(at) ?? at + 1, at + 1) }
        scanner.join()
        return scanner.found
    }

    private init(words: LexedText) { self.words = words }

    /// Takes the date that begins at a lexeme, if any, and tells where the text goes on.
    private mutating func match(_ at: Int) -> Int? {
        switch words.kind(at) {
        case .word: words.mayBeginDate(at) ? monthFirst(at) ?? relative(at) : nil
        case .number:
            numeric(at) ?? dayFirst(at) ?? chinese(at) ?? korean(at) ?? ago(at) ?? countedChinese(at)
                ?? yearAlone(at)
        case .han:
            // Most characters begin no date; this is asked of every one.
            if words.isNumeral(at) || words.has(at, "民") {
                chinese(at) ?? countedChinese(at) ?? relativeChinese(at)
            } else {
                relativeChinese(at)
            }
        case .mark: nil
        }
    }

    /// Adds a date and returns where the text goes on.
    mutating func take(_ span: Range<Int>, _ parts: Parts) -> Int {
        let range = words.range(span)
        let mention = DateMention(
            year: parts.year, month: parts.month, day: parts.day, relative: parts.relative, range: range,
            text: String(words.text[range]))
        found.append(Found(mention: mention, span: span))
        return span.upperBound
    }

    /// Lets dates that belong together complete each other: in "between March and May 2025" both have the year, in
    /// 7月18日至20日 both the month.
    private mutating func join() {
        for index in found.indices.dropFirst() {
            let gap = found[index - 1].span.upperBound..<found[index].span.lowerBound
            guard gap.count == 1, words.has(gap.lowerBound, anyOf: Self.connectors) else { continue }
            let (first, second) = (found[index - 1].mention, found[index].mention)
            guard first.relative == nil, second.relative == nil else { continue }
            if let month = first.month, second.month == nil, second.year == nil, second.day != nil,
                first.day != nil
            {
                found[index].mention.month = month
                found[index].mention.year = first.year
            } else if let early = first.month, let late = second.month {
                if first.year == nil, let year = second.year {
                    found[index - 1].mention.year = early > late ? year - 1 : year
                } else if second.year == nil, let year = first.year {
                    found[index].mention.year = late < early ? year + 1 : year
                }
            }
        }
    }

    /// What stands between the ends of a stretch of time or the members of a list.
    static let connectors: Set<String> = [
        "and", "to", "or", "until", "till", "through", "-", "~", "&", "至", "到", "和", "与", "及", "、", "or",
    ]

    // MARK: Small questions

    func day(_ index: Int) -> Int? {
        let lexeme = words[index]
        guard lexeme.form.utf8.count <= 2, let value = lexeme.small, (1...31).contains(value),
            !words.has(index + 1, ":"), !words.has(index + 1, "%")
        else { return nil }
        return value
    }

    /// A year in four digits.
    func year(_ index: Int) -> Int? {
        let lexeme = words[index]
        guard lexeme.form.utf8.count == 4, let value = lexeme.small, (1900...2099).contains(value) else {
            return nil
        }
        // 1990s, 2000m, A2000, $2000, 2000%
        let after = words[index + 1]
        if !after.isSpaced, after.kind == .word || after.form == "%" { return nil }
        if !lexeme.isSpaced, words[index - 1].kind == .word, !words.has(index - 1, "fy") { return nil }
        if Vocabulary.signs[words[index - 1].form] != nil
            || words[index - 1].meaning.roles.contains(.currencyCode)
        {
            return nil
        }
        return value
    }

    /// A number in digits or in Chinese numerals, and where it ends.
    func numeral(_ index: Int) -> (value: Int, end: Int)? {
        if words.kind(index) == .number, let value = words[index].small { return (value, index + 1) }
        var end = index
        while end - index < 5, words.isNumeral(end) { end += 1 }
        guard end > index else { return nil }
        let value = NumberWords.chinese((index..<end).lazy.compactMap { words[$0].form.first })
        return value.flatMap { $0 < 10_000 ? (Int($0), end) : nil }
    }
}

extension Lexeme {
    /// Whether it is a Chinese numeral.
    var isNumeral: Bool { kind == .han && (meaning.number != nil || meaning.scale != nil) }
}
