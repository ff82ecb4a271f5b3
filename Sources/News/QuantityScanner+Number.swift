extension QuantityScanner {
    /// The number that begins at a lexeme, scales included, and ends before the limit.
    func number(_ at: Int, _ limit: Int) -> Number? {
        guard at < limit else { return nil }
        let lexeme = words[at]
        var number: Number?
        switch lexeme.kind {
        case .number: number = lexeme.value.map { Number(value: $0, end: at + 1) }
        case .word: number = english(at)
        case .han: number = chinese(at)
        case .mark: break
        }
        guard var found = number else { return nil }
        scale(&found)
        addLowerPlaces(&found, limit)
        return found.value.isFinite ? found : nil
    }

    /// twenty-five · two hundred and six thousand · a million · half a million.
    private func english(_ at: Int) -> Number? {
        var at = at
        var first = words[at].meaning.number
        if words.has(at, "half"), words.has(at + 1, "a") || words.has(at + 1, "an") {
            (first, at) = (0.5, at + 1)
        } else if words.has(at, "a") || words.has(at, "an") {
            first = 1
        }
        guard let first else { return nil }
        let needsScale = words[at].meaning.number == nil
        var (total, group, factor) = (0.0, first, 1.0)
        var isOpen = first >= 20
        var end = at + 1
        while end < words.count {
            let isHyphened = words.touches(end, "-")
            let hasAnd = words.has(end, "and") && group >= 100
            let next = isHyphened || hasAnd ? end + 1 : end
            let lexeme = words[next]
            if let value = lexeme.meaning.number, lexeme.kind == .word {
                // "one two" are two numbers; "twenty five" and "hundred and six" are one.
                let fits =
                    group == 0 || group >= 100 || value < 10 && group.truncatingRemainder(dividingBy: 10) == 0
                guard isOpen, fits else { break }
                group += value
                isOpen = value >= 20
            } else if !hasAnd, let scale = NumberWords.scales[lexeme.form] {
                group = max(group, total > 0 ? group : first) * scale
                if scale >= 1000 { (total, group) = (total + group, 0) }
                factor *= scale
                isOpen = true
            } else {
                break
            }
            end = next + 1
        }
        if needsScale, factor == 1 { return nil }
        return Number(value: total + group, end: end, isInWords: true, factor: factor)
    }

    /// 三千五百萬 · 四點二五 · 二〇二五.
    private func chinese(_ at: Int) -> Number? {
        var end = at
        // No amount is longer, and a long run would be read again from each of its characters.
        while end - at < 24, words.isNumeral(end) { end += 1 }
        guard end > at, !words.isNumeral(end),
            let value = NumberWords.chinese((at..<end).lazy.compactMap { words[$0].form.first })
        else {
            return nil
        }
        let factor = (at..<end).compactMap { words[$0].meaning.scale }.max() ?? 1
        // 點 is a decimal point between numerals.
        guard words.has(end, "点"), words.isNumeral(end + 1) else {
            return Number(value: value, end: end, isInWords: true, factor: factor)
        }
        var (part, place) = (0.0, 1.0)
        let point = end
        end += 1
        while let digit = words[end].meaning.number, words[end].kind == .han {
            part = part * 10 + digit
            place *= 10
            end += 1
        }
        // 三點二十分 is a time of day.
        if let scale = words[end].meaning.scale, scale < 10_000, words[end].kind == .han {
            return Number(value: value, end: point, isInWords: true, factor: factor)
        }
        return Number(value: value + part / place, end: end, isInWords: true, factor: factor)
    }

    /// 152億4,782萬: further digits with a smaller scale.
    private func addLowerPlaces(_ number: inout Number, _ limit: Int) {
        while number.end < limit, number.factor >= 10_000, words[number.end - 1].kind == .han,
            words[number.end].kind == .number, !words[number.end].isSpaced,
            let value = words[number.end].value
        {
            var lower = Number(value: value, end: number.end + 1)
            scale(&lower)
            guard lower.value < number.factor, words.isNumeral(lower.end - 1) || lower.factor == 1 else {
                return
            }
            number.value += lower.value
            number.end = lower.end
            number.factor = lower.factor
        }
    }

    /// Multiplies by what follows: 5 million, 1.5bn, 850萬, two and a half billion.
    private func scale(_ number: inout Number) {
        if words.has(number.end, "and"), words.has(number.end + 1, "a"), words.has(number.end + 2, "half"),
            !number.isScaled
        {
            number.value += 0.5
            number.end += 3
        }
        while number.end < words.count {
            let isHyphened = words.touches(number.end, "-")
            let index = isHyphened ? number.end + 1 : number.end
            let lexeme = words[index]
            guard let scale = lexeme.meaning.scale, !isHyphened || !lexeme.isSpaced else { return }
            switch lexeme.kind {
            case .word:
                // A single letter must touch: 5m is five million, "5 m" five metres; 4K is a name.
                if lexeme.meaning.roles.contains(.touchesNumber) {
                    let touches = !lexeme.isSpaced && !isHyphened
                    guard touches || lexeme.form.utf8.count > 1 else { return }
                    if lexeme.form == "k", lexeme.isCapitalised, [2, 4, 5, 8].contains(number.value) {
                        return
                    }
                } else if scale < 1000, number.isScaled {
                    return
                }
            case .han:
                // 兆瓦 and 千米 are units.
                let isUnit =
                    ["兆", "千"].contains(lexeme.form) && words.has(index + 1, anyOf: Self.scaledUnits)
                guard scale >= 100, !isHyphened, !isUnit else { return }
            default: return
            }
            number.value *= scale
            number.end = index + 1
            number.factor *= scale
        }
    }

    /// The first number of a span, with the scale that stands only behind the second: 5 to 6 million.
    func spanned(_ number: Number) -> Number {
        guard !number.isScaled, let second = otherEnd(of: number), second.isScaled,
            number.value < second.value / second.factor
        else { return number }
        var result = number
        result.value *= second.factor
        result.factor = second.factor
        return result
    }

    /// The second number of a span or a choice: 20 to 30, 20–30, 三至五, 10 or 20.
    func otherEnd(of number: Number) -> Number? {
        let isMark = words.touches(number.end, "-") || words.touches(number.end, "~")
        guard isMark || words[number.end].kind != .mark, words.has(number.end, anyOf: Self.spanWords) else {
            return nil
        }
        var next = number.end + 1
        if let (_, start) = currency(next) { next = start }
        guard words[next].kind != .mark, !isMark || !words[next].isSpaced else { return nil }
        return self.number(next, words.count)
    }

    static let spanWords: Set<String> = ["to", "or", "and", "-", "~", "至", "到", "或"]
    private static let scaledUnits: Set<String> = ["瓦", "赫", "米", "克", "伏", "字", "位"]
}
