import Text

/// Finds dates among the lexemes of a text.
struct DateScanner {
    private typealias Parts = (year: Int?, month: Int?, day: Int?)

    let text: String
    let lexemes: [Lexeme]
    let language: Language
    private var at = 0

    init(text: String, lexemes: [Lexeme], language: Language) {
        self.text = text
        self.lexemes = lexemes
        self.language = language
    }

    mutating func scan() -> [DateMention] {
        var result: [DateMention] = []
        while at < lexemes.count {
            if let (mention, next) = match() {
                result.append(mention)
                at = next
            } else {
                at += 1
            }
        }
        return result
    }

    private func match() -> (DateMention, Int)? {
        let first = lexemes[at]
        switch first.kind {
        case .word: return monthFirst() ?? relativeEnglish()
        case .number: return numeric() ?? dayFirst() ?? chinese() ?? yearAlone()
        case .han: return chinese() ?? relativeChinese()
        case .mark: return nil
        }
    }

    // MARK: Forms of English

    /// September 15, 2022 · Sept. 15 · September 2022 · September
    private func monthFirst() -> (DateMention, Int)? {
        guard let month = Self.months[lexemes[at].form], lexemes[at].isCapitalised else { return nil }
        var next = at + 1
        let isShort = lexemes[at].form.count <= 4
        if isShort, isMark(next, "."), !isEnd(next + 1) { next += 1 }
        if let day = dayNumber(next) {
            var end = next + 1
            if isOrdinal(end) { end += 1 }
            var afterComma = end
            if isMark(afterComma, ",") { afterComma += 1 }
            if let year = yearNumber(afterComma) {
                return mention(at, afterComma + 1, (year, month, day))
            }
            return mention(at, end, (nil, month, day))
        }
        if isMark(next, ",") || isWord(next, "of") { next += 1 }
        if let year = yearNumber(next) { return mention(at, next + 1, (year, month, nil)) }
        // "May" and "March" begin sentences of another meaning; after a preposition they are months.
        guard hasCue(before: at, Self.monthCues) || !["may", "march", "mar"].contains(lexemes[at].form) else {
            return nil
        }
        guard !isShort || lexemes[at].form == "june" || lexemes[at].form == "july" || hasCue(before: at, Self.monthCues)
        else { return nil }
        return mention(at, at + 1, (nil, month, nil))
    }

    /// 15 September 2022 · 15th of September
    private func dayFirst() -> (DateMention, Int)? {
        guard let day = dayNumber(at) else { return nil }
        var next = at + 1
        if isOrdinal(next) { next += 1 }
        if isWord(next, "of") { next += 1 }
        guard next < lexemes.count, let month = Self.months[lexemes[next].form],
            lexemes[next].isCapitalised || !["may", "march", "mar", "dec", "sep"].contains(lexemes[next].form)
        else { return nil }
        var end = next + 1
        if lexemes[next].form.count <= 4, isMark(end, "."), !isEnd(end + 1) { end += 1 }
        var afterComma = end
        if isMark(afterComma, ",") { afterComma += 1 }
        if let year = yearNumber(afterComma) { return mention(at, afterComma + 1, (year, month, day)) }
        return mention(at, end, (nil, month, day))
    }

    /// 2022-09-15 · 15.09.2022 · 9/15/2022
    private func numeric() -> (DateMention, Int)? {
        guard at + 4 < lexemes.count, let first = lexemes[at].integer, let second = lexemes[at + 2].integer,
            let third = lexemes[at + 4].integer, lexemes[at + 1].kind == .mark,
            lexemes[at + 1].form == lexemes[at + 3].form, !lexemes[at + 1].isSpaced, !lexemes[at + 2].isSpaced,
            !lexemes[at + 3].isSpaced, !lexemes[at + 4].isSpaced
        else { return nil }
        let parts: Parts
        switch lexemes[at + 1].form {
        case _ where lexemes[at].form.count == 4 && "-/.".contains(lexemes[at + 1].form): parts = (first, second, third)
        case ".": parts = (third, second, first)
        case "/":
            let isAmerican = language == .english && second > 12 || first <= 12 && language == .english
            parts = isAmerican && first <= 12 ? (third, first, second) : (third, second, first)
        default: return nil
        }
        guard let year = parts.year, let month = parts.month, let day = parts.day, (1900...2199).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        return mention(at, at + 5, parts)
    }

    /// in 2022 · (2022) · early 2022
    private func yearAlone() -> (DateMention, Int)? {
        guard let year = yearNumber(at), lexemes[at].isSpaced || isMark(at - 1, "(") else { return nil }
        let isBracketed = isMark(at - 1, "(") && (isMark(at + 1, ")") || isMark(at + 1, ","))
        guard isBracketed || hasCue(before: at, Self.yearCues) else { return nil }
        // "in 2000 cases" counts, "in 2022 the" dates.
        if at + 1 < lexemes.count, lexemes[at + 1].kind == .word, !lexemes[at + 1].isCapitalised,
            lexemes[at + 1].form.hasSuffix("s"), !StopWords.contains(lexemes[at + 1].form, in: .english)
        {
            return nil
        }
        if isMark(at + 1, "%") || isMark(at - 1, "$") { return nil }
        return mention(at, at + 1, (year, nil, nil))
    }

    private func relativeEnglish() -> (DateMention, Int)? {
        let word = lexemes[at].form
        if let days = Self.days[word] { return mention(at, at + 1, relative: .day(days)) }
        if let weekday = Self.weekdays[word], lexemes[at].isCapitalised {
            return mention(at, at + 1, relative: .weekday(weekday))
        }
        guard let shift = ["last": -1, "previous": -1, "this": 0, "next": 1][word], at + 1 < lexemes.count else {
            return nil
        }
        switch lexemes[at + 1].form {
        case "week": return mention(at, at + 2, relative: .week(shift))
        case "month": return mention(at, at + 2, relative: .month(shift))
        case "year": return mention(at, at + 2, relative: .year(shift))
        default:
            if let weekday = Self.weekdays[lexemes[at + 1].form] {
                return mention(at, at + 2, relative: .weekday(weekday))
            }
            guard shift != 1, let month = Self.months[lexemes[at + 1].form], lexemes[at + 1].isCapitalised else {
                return nil
            }
            return mention(at, at + 2, (nil, month, nil))
        }
    }

    // MARK: Forms of Chinese

    /// 2022年9月15日 · 9月15日 · 2022年9月 · 二〇二二年 · 15日
    private func chinese() -> (DateMention, Int)? {
        var next = at
        var parts: Parts = (nil, nil, nil)
        if let (value, end) = numeral(next), isHan(end, "年"), (1900...2199).contains(value),
            isYearWritten(from: next, to: end)
        {
            parts.year = value
            next = end + 1
        }
        if let (value, end) = numeral(next), isHan(end, "月"), (1...12).contains(value), !isHan(end + 1, "份量") {
            parts.month = value
            next = end + 1
            if isHan(next, "份") { next += 1 }
        }
        if let (value, end) = numeral(next), isHan(end, "日") || isHan(end, "號") || isHan(end, "号"),
            (1...31).contains(value), parts.month != nil || isHan(end, "日") && parts.year == nil
        {
            parts.day = value
            next = end + 1
        }
        guard next > at else { return nil }
        return mention(at, next, parts)
    }

    private func relativeChinese() -> (DateMention, Int)? {
        for (words, relative) in Self.chineseRelatives {
            guard starts(at, with: words) else { continue }
            let end = at + words.count
            if case .year = relative, let (month, after) = numeral(end), isHan(after, "月"), (1...12).contains(month) {
                guard var (found, _) = mention(at, after + 1, relative: relative) else { return nil }
                found.month = month
                return (found, after + 1)
            }
            return mention(at, end, relative: relative)
        }
        let days: [Character: Int] = ["一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7]
        for prefix in [["星", "期"], ["禮", "拜"], ["礼", "拜"], ["週"], ["周"]] as [[Character]]
        where starts(at, with: prefix) {
            let end = at + prefix.count
            if end < lexemes.count, let day = lexemes[end].form.first.flatMap({ days[$0] }) {
                return mention(at, end + 1, relative: .weekday(day))
            }
        }
        return nil
    }

    /// A number in digits or in Chinese numerals, and where it ends.
    private func numeral(_ index: Int) -> (Int, Int)? {
        guard index < lexemes.count else { return nil }
        if let value = lexemes[index].integer { return (value, index + 1) }
        var end = index
        var run: [Character] = []
        while end < lexemes.count, lexemes[end].kind == .han, let character = lexemes[end].form.first,
            NumberWords.isChinese(character), run.count < 5
        {
            run.append(character)
            end += 1
        }
        guard let value = NumberWords.chinese(run[...]) else { return nil }
        return (Int(value), end)
    }

    /// A year in numerals is written digit by digit, 二〇二二, never as an amount.
    private func isYearWritten(from: Int, to: Int) -> Bool {
        lexemes[from].kind == .number ? lexemes[from].form.count == 4 : to - from == 4
    }

    // MARK: Small questions

    private func mention(_ from: Int, _ to: Int, _ parts: Parts) -> (DateMention, Int)? {
        let range = lexemes[from].range.lowerBound..<lexemes[to - 1].range.upperBound
        return (
            DateMention(
                year: parts.year, month: parts.month, day: parts.day, relative: nil, range: range,
                text: String(text[range])), to
        )
    }

    private func mention(_ from: Int, _ to: Int, relative: DateMention.Relative) -> (DateMention, Int)? {
        guard let (found, end) = mention(from, to, (nil, nil, nil)) else { return nil }
        var result = found
        result.relative = relative
        return (result, end)
    }

    private func dayNumber(_ index: Int) -> Int? {
        guard index < lexemes.count, let value = lexemes[index].integer, (1...31).contains(value),
            lexemes[index].form.count <= 2, !isMark(index + 1, ":"), !isMark(index + 1, "%")
        else { return nil }
        return value
    }

    private func yearNumber(_ index: Int) -> Int? {
        guard index >= 0, index < lexemes.count, lexemes[index].form.count == 4, let value = lexemes[index].integer,
            (1900...2199).contains(value),
            text.distance(from: lexemes[index].range.lowerBound, to: lexemes[index].range.upperBound) == 4
        else { return nil }
        return value
    }

    private func isOrdinal(_ index: Int) -> Bool {
        index < lexemes.count && !lexemes[index].isSpaced && ["st", "nd", "rd", "th"].contains(lexemes[index].form)
    }

    private func hasCue(before index: Int, _ cues: Set<String>) -> Bool {
        guard index > 0 else { return false }
        return lexemes[index - 1].kind == .word && cues.contains(lexemes[index - 1].form)
            || isMark(index - 1, "-") && index > 1 && ["mid", "late", "early"].contains(lexemes[index - 2].form)
    }

    private func isMark(_ index: Int, _ mark: String) -> Bool {
        index >= 0 && index < lexemes.count && lexemes[index].kind == .mark && lexemes[index].form == mark
    }

    private func isWord(_ index: Int, _ word: String) -> Bool {
        index < lexemes.count && lexemes[index].kind == .word && lexemes[index].form == word
    }

    private func isHan(_ index: Int, _ characters: String) -> Bool {
        index >= 0 && index < lexemes.count && lexemes[index].form == characters
    }

    private func starts(_ index: Int, with words: [Character]) -> Bool {
        index + words.count <= lexemes.count
            && words.indices.allSatisfy { lexemes[index + $0].form == String(words[$0]) }
    }

    private func isEnd(_ index: Int) -> Bool { index >= lexemes.count }

    // MARK: Words

    /// English month names and their short forms.
    static let months: [String: Int] = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        var result: [String: Int] = ["sept": 9]
        for (index, name) in names.enumerated() {
            result[name] = index + 1
            result[String(name.prefix(3))] = index + 1
        }
        return result
    }()
    static let weekdays: [String: Int] = [
        "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    private static let days = ["today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0]
    private static let monthCues: Set<String> = [
        "in", "since", "by", "until", "till", "during", "early", "late", "mid", "from", "before", "after", "through",
        "last", "of", "between", "and", "to",
    ]
    private static let yearCues: Set<String> = [
        "in", "since", "by", "of", "until", "till", "during", "early", "late", "mid", "from", "year", "before", "after",
        "through", "throughout", "for", "to", "and", "between", "spring", "summer", "autumn", "fall", "winter",
    ]
    private static let chineseRelatives: [([Character], DateMention.Relative)] = relatives.map { (Array($0.0), $0.1) }
    private static let relatives: [(String, DateMention.Relative)] = [
        ("昨天", .day(-1)), ("昨日", .day(-1)), ("今天", .day(0)), ("今日", .day(0)), ("明天", .day(1)),
        ("明日", .day(1)), ("前天", .day(-2)), ("上星期", .week(-1)), ("上週", .week(-1)), ("上周", .week(-1)),
        ("本週", .week(0)), ("本周", .week(0)), ("這週", .week(0)), ("这周", .week(0)), ("下週", .week(1)),
        ("下周", .week(1)), ("上個月", .month(-1)), ("上个月", .month(-1)), ("上月", .month(-1)), ("本月", .month(0)),
        ("這個月", .month(0)), ("这个月", .month(0)), ("下個月", .month(1)), ("下个月", .month(1)), ("去年", .year(-1)),
        ("今年", .year(0)), ("明年", .year(1)), ("前年", .year(-2)),
    ]
}
