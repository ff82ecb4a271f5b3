import Text

/// Finds amounts among the lexemes of a text.
struct QuantityScanner {
    /// A number as it stands, before its unit is known.
    struct Number {
        var value: Double
        /// The first lexeme behind it.
        var end: Int
        var isInWords = false
        /// What the scales behind it multiply it by.
        var factor = 1.0
        var isScaled: Bool { factor > 1 }
    }

    let words: LexedText

    /// The amounts of a text, in order.
    ///
    /// - Complexity: O(length).
    static func quantities(in words: LexedText) -> [Quantity] {
        let scanner = QuantityScanner(words: words)
        var dates = DateScanner.dates(in: words)[...]
        var result: [Quantity] = []
        var at = 0
        var lastEnd = -1
        while at < words.count {
            while let first = dates.first, first.span.upperBound <= at { dates = dates.dropFirst() }
            if let date = dates.first, date.span.contains(at) {
                at = date.span.upperBound
            } else if let (found, end) = scanner.match(
                at, limit: dates.first?.span.lowerBound ?? words.count)
            {
                var quantity = found
                // "$30–40 billion" is money on both sides.
                if let last = result.last, last.kind == .money, quantity.kind == .plain, lastEnd == at - 1,
                    words.has(lastEnd, anyOf: spanWords)
                {
                    (quantity.kind, quantity.unit) = (.money, last.unit)
                }
                result.append(quantity)
                at = max(end, at + 1)
                lastEnd = at
            } else {
                at = scanner.skipped(at)
            }
        }
        return result
    }

    /// The amount that begins at a lexeme, and where the text goes on.
    private func match(_ at: Int, limit: Int) -> (Quantity, Int)? {
        let isMark = words.kind(at) == .mark && words.kind(at + 1) == .number
        guard isMark || words.kind(at) == .number || words.has(at, role: .beginsAmount) else { return nil }
        if let share = share(at) { return share }
        if let (unit, start) = currency(at) {
            guard let number = number(start, limit) else { return nil }
            // 新台幣30億元
            let end = words[at].kind == .han && words.has(number.end, "元") ? number.end + 1 : number.end
            return quantity(at..<end, spanned(number).value, .money, unit)
        }
        guard words[at].beginsNumber, let bare = number(at, limit), !isNoAmount(at, bare) else { return nil }
        let number = spanned(bare)
        if let (unit, end) = measure(number) {
            guard !isVague(at, number) else { return nil }
            if unit.kind == .duration, words.has(end, "半") {
                return quantity(at..<end + 1, number.value + 0.5, .duration, unit.name)
            }
            return quantity(at..<end, number.value, unit.kind, unit.name)
        }
        // A bare "one" is a pronoun, 一個 an article.
        if isVague(at, number) || number.isInWords && !number.isScaled && number.value <= 1 { return nil }
        if isNamed(at, number), ratio(at, number) == nil { return nil }
        if let unit = unitBehindSpan(number) {
            return quantity(at..<number.end, number.value, unit.kind, unit.name)
        }
        if let (unit, end) = classifier(number) { return quantity(at..<end, number.value, .count, unit) }
        if let end = ratio(at, number) {
            return (quantity(at..<end, number.value, .ratio, nil).0, number.end)
        }
        if let (unit, end) = noun(number.end) {
            return quantity(at..<end, number.value, unit.kind, unit.name)
        }
        if words[at].kind == .han, !standsAlone(at, number) { return nil }
        return quantity(at..<number.end, number.value, .plain, nil)
    }

    /// 百分之四點二五 · 三分之二 · 三成 · two-thirds.
    private func share(_ at: Int) -> (Quantity, Int)? {
        if words.has(at, run: ["百", "分", "之"]) {
            guard let number = number(at + 3, words.count) else { return nil }
            return quantity(at..<number.end, number.value, .percentage, "percent")
        }
        guard words[at].beginsNumber, let first = number(at, words.count) else { return nil }
        if words.has(first.end, run: ["分", "之"]), let second = number(first.end + 2, words.count),
            first.value > 0
        {
            return quantity(at..<second.end, second.value / first.value, .ratio, nil)
        }
        if words.has(first.end, "成"), first.value < 10, !words.has(first.end + 1, anyOf: Self.notBehindTenths)
        {
            let more = words[first.end + 1].meaning.number.flatMap {
                words[first.end + 1].kind == .han ? $0 : nil
            }
            let end = first.end + (more == nil ? 1 : 2)
            return quantity(at..<end, first.value * 10 + (more ?? 0), .percentage, "percent")
        }
        let part = words.has(first.end, "-") ? first.end + 1 : first.end
        guard first.isInWords, words[at].kind == .word, let divisor = Self.divisors[words[part].form] else {
            return nil
        }
        return quantity(at..<part + 1, first.value / divisor, .ratio, nil)
    }

    /// Where the text goes on behind what is no amount; vague Chinese numbers such as 數百萬 are passed as a whole.
    private func skipped(_ at: Int) -> Int {
        guard words.isNumeral(at) else { return at + 1 }
        var end = at
        while words.isNumeral(end) { end += 1 }
        return end
    }

    func quantity(_ span: Range<Int>, _ value: Double, _ kind: Quantity.Kind, _ unit: String?) -> (
        Quantity, Int
    ) {
        let range = words.range(span)
        return (
            Quantity(value: value, kind: kind, unit: unit, range: range, text: String(words.text[range])),
            span.upperBound
        )
    }

    private static let divisors: [String: Double] = [
        "third": 3, "thirds": 3, "fifths": 5, "sixths": 6, "tenths": 10,
    ]
    /// 三成員, 五成立: 成 begins another word.
    private static let notBehindTenths: Set<String> = ["员", "立", "为", "功", "本", "长", "果", "交", "都"]
}

extension Lexeme {
    /// Whether a number may begin here.
    var beginsNumber: Bool {
        switch kind {
        case .number: true
        case .mark: false
        case .han: meaning.number != nil || meaning.scale != nil
        case .word: meaning.number != nil || form == "half" || form == "a" || form == "an"
        }
    }
}
