import Text

extension QuantityScanner {
    /// A currency before its number: $, US$, EUR, 人民幣; and where the number begins.
    func currency(_ at: Int) -> (unit: String, number: Int)? {
        let lexeme = words[at]
        switch lexeme.kind {
        case .mark:
            guard words[at + 1].kind == .number, let unit = Vocabulary.signs[lexeme.form] else { return nil }
            return (words.language == .japanese && unit == "yuan" ? "yen" : unit, at + 1)
        case .word:
            if words.touches(at + 1, "$"), words[at + 2].kind == .number,
                let unit = Vocabulary.dollars[lexeme.form]
            {
                return (unit, at + 2)
            }
            guard lexeme.meaning.roles.contains(.currencyCode), words[at + 1].kind == .number else {
                return nil
            }
            return lexeme.meaning.unit.map { ($0.name, at + 1) }
        case .han:
            guard let (unit, end) = words.hanMeasure(at), unit.kind == .money, end > at + 1,
                words[end].kind == .number
            else { return nil }
            return (unit.name, end)
        case .number: return nil
        }
    }

    /// A unit behind a number that says by itself what is measured, and where it ends.
    func measure(_ number: Number) -> (unit: Meaning.Unit, end: Int)? {
        var at = number.end
        if words.touches(at, "-"), !words[at + 1].isSpaced, words[at + 1].meaning.unit != nil { at += 1 }
        let lexeme = words[at]
        switch lexeme.kind {
        case .mark:
            if lexeme.form == "%" { return (Meaning.Unit(kind: .percentage, name: "percent"), at + 1) }
            guard let unit = Vocabulary.signs[lexeme.form], lexeme.form != "$", words[at + 1].kind != .number
            else {
                return nil
            }
            return (Meaning.Unit(kind: .money, name: unit), at + 1)
        case .word:
            if lexeme.form == "per", words.has(at + 1, "cent") {
                return (Meaning.Unit(kind: .percentage, name: "percent"), at + 2)
            }
            if lexeme.form == "percentage" || lexeme.form == "basis", words[at + 1].form.hasPrefix("point") {
                return (
                    Meaning.Unit(kind: .percentage, name: lexeme.form == "basis" ? "basis point" : "point"),
                    at + 2
                )
            }
            if let end = dollars(at) { return (Meaning.Unit(kind: .money, name: "dollar"), end) }
            guard let unit = lexeme.meaning.unit, !(unit.name == "x" && lexeme.isSpaced),
                // "the 3 won" is no money.
                !(lexeme.form == "won" && number.value < 100)
            else { return nil }
            return (unit, at + 1)
        case .han:
            // 15日內: alone 日 is a date, with 內 or 後 a time limit.
            if words.has(at, "日"), words.has(at + 1, anyOf: ["内", "后", "间"]) {
                return (Meaning.Unit(kind: .duration, name: "day"), at + 1)
            }
            return words.hanMeasure(at)
        case .number: return nil
        }
    }

    /// The place behind "US dollars".
    private func dollars(_ at: Int) -> Int? {
        guard words.has(at, "us") || words.has(at, "american") || words.has(at, run: ["u", ".", "s", "."])
        else {
            return nil
        }
        let end = words.has(at, "u") ? at + 4 : at + 1
        return words.has(end, "dollars") || words.has(end, "dollar") ? end + 1 : nil
    }

    /// The unit that stands only behind the second number of a span: 20 to 30 percent, 3–5 companies.
    func unitBehindSpan(_ number: Number) -> Meaning.Unit? {
        guard let second = otherEnd(of: number) else { return nil }
        if let (unit, _) = measure(second) { return unit }
        guard number.value < second.value else { return nil }
        if let (unit, _) = classifier(second) { return Meaning.Unit(kind: .count, name: unit) }
        return words.has(number.end, "and") ? nil : noun(second.end)?.unit
    }

    /// The Chinese word that counts things.
    func classifier(_ number: Number) -> (String, Int)? {
        let lexeme = words[number.end]
        guard lexeme.kind == .han, lexeme.meaning.roles.contains(.classifier) else { return nil }
        let range = words.range(number.end..<number.end + 1)
        return (String(words.text[range]), number.end + 1)
    }

    /// The second number of a ratio and where it ends: 308 to 122, 308比122, 6.25 → 3.125.
    func ratio(_ at: Int, _ number: Number) -> Int? {
        var next = number.end + 1
        var isArrow = words.has(number.end, "→")
        if words.has(number.end, "-"), words.touches(next, ">") { (isArrow, next) = (true, next + 1) }
        let isVersus = words.has(number.end, "比") || words.has(number.end, "对")
        let isSpan = words.has(number.end, "to") || words.touches(number.end, "-") && !words[next].isSpaced
        guard isArrow || isVersus || isSpan, words[next].kind == .number,
            let second = self.number(next, words.count),
            !second.isScaled, !number.isScaled
        else { return nil }
        // "from 6.25 to 3.125" is a change, "20-30" a span.
        guard !isSpan || number.value >= second.value || words.has(number.end, "to") else { return nil }
        return words.has(at - 1, anyOf: ["from", "between", "由", "从"]) ? nil : second.end
    }

    /// The noun that an English number counts: the first plural within three words.
    func noun(_ index: Int) -> (unit: Meaning.Unit, end: Int)? {
        var at = index
        if words.touches(at, "-"), words[at + 1].kind == .word, !words[at + 1].isSpaced {
            // 25-member
            return (Meaning.Unit(kind: .count, name: Self.singular(words[at + 1].form)), at + 2)
        }
        var found: Int?
        while at < index + 4 {
            let lexeme = words[at]
            guard lexeme.kind == .word, lexeme.isSpaced, !StopWords.contains(lexeme.form, in: .english),
                !lexeme.form.hasSuffix("ed")
            else { break }
            if lexeme.isPlural {
                found = at
                // "8.5 million Windows devices": the name is not what is counted.
                guard lexeme.isCapitalised else { break }
            } else if found != nil {
                break
            }
            at += 1
        }
        guard let found else { return nil }
        let unit =
            words[found].meaning.unit ?? Meaning.Unit(kind: .count, name: Self.singular(words[found].form))
        return (unit, found + 1)
    }

    private static func singular(_ word: String) -> String {
        if let irregular = irregular[word] { return irregular }
        if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
        if ["sses", "xes", "ches", "shes"].contains(where: word.hasSuffix) {
            return String(word.dropLast(2))
        }
        return word.hasSuffix("s") && !word.hasSuffix("ss") && word.utf8.count > 3
            ? String(word.dropLast()) : word
    }

    private static let irregular = [
        "people": "person", "women": "woman", "men": "man", "children": "child", "feet": "foot",
    ]
}

extension LexedText {
    /// The Chinese unit at an index, the longest one, and where it ends.
    func hanMeasure(_ index: Int) -> (unit: Meaning.Unit, end: Int)? {
        guard self[index].meaning.roles.contains(.beginsMeasure) else { return nil }
        for measure in Vocabulary.hanMeasures where has(index, run: measure.run) {
            return (measure.unit, index + measure.run.count)
        }
        return nil
    }
}
