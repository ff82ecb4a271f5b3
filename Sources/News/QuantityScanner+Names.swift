import Text

extension QuantityScanner {
    /// Whether a number is part of a name, a time of day, a list mark or an ordinal.
    func isNoAmount(_ at: Int, _ number: Number) -> Bool {
        switch words[at].kind {
        case .number:
            isInsideName(at, number.end) || isListMark(at) || isTimeOfDay(at, number) || isOrdinal(at, number)
        case .han: isOrdinal(at, number) || isTimeOfDay(at, number)
        // the Magnificent Seven
        case .word:
            words[at].isCapitalised && at > 1 && words[at - 1].isCapitalised && number.isInWords
                && !number.isScaled
        case .mark: true
        }
    }

    /// Whether letters or marks tie the digits to a name: GPT-4, R1, 4o, us-east-1, 1.2.3, #5, 24/7, [1].
    private func isInsideName(_ start: Int, _ end: Int) -> Bool {
        let before = words[start - 1]
        if before.form == "#" || before.form == "[" && words.has(end, "]") { return true }
        if !words[start].isSpaced {
            switch before.kind {
            case .word where !before.meaning.roles.contains(.currencyCode): return true
            case .mark where !before.isSpaced && start > 1:
                let further = words[start - 2]
                if "-/_.".contains(before.form), further.kind == .word, further.meaning.scale == nil {
                    return true
                }
                if "/.".contains(before.form), further.kind == .number { return true }
            default: break
            }
        }
        let after = words[end]
        guard !after.isSpaced else { return false }
        if after.form == "/" || after.form == ".", words[end + 1].kind == .number, !words[end + 1].isSpaced {
            return true
        }
        if after.form == "-", words[end + 1].kind == .word, words[end + 1].isCapitalised,
            words[end + 1].form.utf8.count == 1
        {
            return true
        }
        guard after.kind == .word, !"년월일개명".contains(after.form) else { return false }
        guard let unit = after.meaning.unit else { return true }
        return unit.name == "x" && words[end + 1].kind == .number && !words[end + 1].isSpaced
    }

    /// 1. at the beginning, (1), 1) and 2、
    private func isListMark(_ at: Int) -> Bool {
        guard words[at].small != nil, words[at].form.utf8.count <= 2 else { return false }
        if words.touches(at + 1, ")") {
            return at == 0 || words.has(at - 1, "(") || words[at].isSpaced && words[at - 1].kind == .mark
        }
        return at == 0 && (words.touches(at + 1, ".") || words.touches(at + 1, "、"))
    }

    /// 07:42 · 9 am · 上午9時30分.
    private func isTimeOfDay(_ at: Int, _ number: Number) -> Bool {
        let end = number.end
        if words.has(end, ":"), words[end + 1].kind == .number { return true }
        if words.has(at - 1, ":"), words[at - 2].kind == .number, !words[at].isSpaced { return true }
        guard number.value <= 60 else { return false }
        if words.has(end, anyOf: ["am", "pm", "o'clock", "o’clock", "uhr"]) { return true }
        if words.has(end, "a") || words.has(end, "p"), words.touches(end + 1, "."), words.has(end + 2, "m") {
            return true
        }
        if words.has(end, "时"), number.value <= 24 { return true }
        if words.has(end, "分"), words.has(at - 1, "时") || words.has(at - 1, "点") { return true }
        guard words.has(end, "点"), number.value <= 24 else { return false }
        if words.has(at - 1, anyOf: Self.dayParts) || words.has(end + 1, "半") || words.has(end + 1, "整") {
            return true
        }
        return self.number(end + 1, words.count).map { words.has($0.end, "分") } ?? false
    }

    /// 第四次 and 21世紀; a large number behind 第 is one that things go by, such as 第 840000 個區塊.
    private func isOrdinal(_ at: Int, _ number: Number) -> Bool {
        if words.has(at - 1, "第") { return words[at].kind == .han || number.value < 1000 }
        return words.has(number.end, run: ["世", "纪"])
    }

    /// Whether a capitalised word before a bare number makes it part of a name: Chapter 11, Llama 3, iPhone 15.
    func isNamed(_ at: Int, _ number: Number) -> Bool {
        let before = words[at - 1]
        guard words[at].kind == .number, before.kind == .word || before.form == "." else { return false }
        if before.form == "." { return words.has(at - 2, "no") || words.has(at - 2, "nr") }
        if before.meaning.roles.contains(.numbered), number.value < 10_000 { return true }
        guard number.value < 3000, !words[at].isGrouped, !number.isScaled,
            !StopWords.contains(before.form, in: .english), before.meaning.month == 0
        else { return false }
        if before.hasInnerCapital { return true }
        let further = words[at - 2]
        return before.isCapitalised && at > 1 && !(further.kind == .mark && ".!?:\"“".contains(further.form))
    }

    /// 數百, 幾千 and 上萬 say no number, 哪一天 and 同一年 ask or point.
    func isVague(_ at: Int, _ number: Number) -> Bool {
        guard words[at].kind == .han else { return words.has(at - 1, "数") || words.has(at - 1, "几") }
        if words[at].meaning.scale != nil,
            words[at].form != "十" || words.has(at - 1, "数") || words.has(at - 1, "几")
        {
            return words.has(at - 1, anyOf: Self.vague)
        }
        return number.value == 1
            && (words[at - 1].meaning.roles.contains(.blursNumber) || measure(number) == nil)
    }

    /// Whether Chinese numerals without a unit are an amount and not part of a word, as in 三星, 百度 and 十分.
    func standsAlone(_ at: Int, _ number: Number) -> Bool {
        let span = at..<number.end
        if span.contains(where: { words[$0].form == "点" }) { return true }
        guard span.count > 1 else { return false }
        if words.has(at, run: ["百", "万"]) { return true }
        guard words[at].meaning.number != nil || words[at].form == "十" else { return false }
        return number.isScaled || span.count >= 4
    }

    private static let dayParts: Set<String> = ["午", "晚", "晨", "早", "夜", "间"]
    private static let vague: Set<String> = ["数", "几", "上", "成", "好", "近"]
}
