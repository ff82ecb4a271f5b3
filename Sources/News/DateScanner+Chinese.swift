import Text

extension DateScanner {
    /// 2022年9月15日 · 9月15日 · 2022年9月 · 二〇二二年 · 民國114年 · 15日.
    mutating func chinese(_ at: Int) -> Int? {
        guard let (parts, end) = chineseParts(at) else { return nil }
        return take(at..<end, parts)
    }

    private func chineseParts(_ at: Int) -> (Parts, Int)? {
        var next = at
        var parts = Parts()
        if words.has(at, "民"), words.has(at + 1, anyOf: ["国"]), let (value, end) = numeral(at + 2),
            words.has(end, "年")
        {
            parts.year = value + 1911
            next = end + 1
        } else if let (value, end) = numeral(next), words.has(end, "年"), (1900...2199).contains(value),
            isYearWritten(next..<end)
        {
            parts.year = value
            next = end + 1
        }
        if let (value, end) = numeral(next), words.has(end, "月"), (1...12).contains(value) {
            parts.month = value
            next = end + 1
            if words.has(next, "份") { next += 1 }
        }
        if let (value, end) = numeral(next), (1...31).contains(value),
            isDay(end, alone: next == at, in: next..<end)
        {
            parts.day = value
            next = end + 1
        }
        return next > at ? (parts, next) : nil
    }

    /// A year in numerals is written digit by digit, 二〇二二, never as an amount.
    private func isYearWritten(_ span: Range<Int>) -> Bool {
        words[span.lowerBound].kind == .number
            ? words[span.lowerBound].form.utf8.count == 4
            : span.count == 4 && span.allSatisfy { words[$0].meaning.number != nil }
    }

    /// Whether 日 or 號 behind a number makes it a day; alone, only digits with 日 do (3日圓 is money, 15日內 a time limit).
    private func isDay(_ index: Int, alone: Bool, in span: Range<Int>) -> Bool {
        if words.has(index, "号") { return !alone }
        guard words.has(index, "日") else { return false }
        guard alone else { return true }
        return words[span.lowerBound].kind == .number && !words.has(index + 1, anyOf: Self.notBehindDay)
            && !words.has(span.lowerBound - 1, "第")
    }

    /// 昨天 · 去年9月 · 上週三 · 三天前 · 星期三.
    mutating func relativeChinese(_ at: Int) -> Int? {
        guard words.has(at, role: .beginsTime) else { return nil }
        for (run, weeks) in Self.weeks where words.has(at, run: run) {
            let end = at + run.count
            if let day = weekday(end) {
                return take(at..<end + 1, Parts(relative: .dayOfWeek(day, weeks: weeks)))
            }
            return take(at..<end, Parts(relative: .week(weeks)))
        }
        guard !words.has(at - 1, anyOf: Self.blockers) else { return nil }
        for (run, relative) in Self.relatives where words.has(at, run: run) {
            let end = at + run.count
            guard !words.has(end, anyOf: Self.notBehindToday) else { return nil }
            var parts = Parts(relative: relative)
            switch relative {
            case .year, .month:
                guard let (more, after) = chineseParts(end), more.year == nil else { break }
                if case .month = relative, more.month != nil { break }
                (parts.month, parts.day) = (more.month, more.day)
                return take(at..<after, parts)
            default: break
            }
            return take(at..<end, parts)
        }
        for run in [["星", "期"], ["礼", "拜"], ["周"]] where words.has(at, run: run) {
            let end = at + run.count
            guard let day = weekday(end) else { continue }
            return take(at..<end + 1, Parts(relative: .weekday(day)))
        }
        return nil
    }

    /// 三天前 · 兩年前 · 5個月前.
    mutating func countedChinese(_ at: Int) -> Int? {
        guard let (count, end) = numeral(at), !words.has(at - 1, "第"), !words.has(at - 1, "每") else {
            return nil
        }
        guard let (unit, after) = words.hanMeasure(end),
            words.has(after, "前") || words.has(after, run: ["以", "前"]),
            let relative = Self.earlier(count, unit.name)
        else { return nil }
        return take(at..<after + (words.has(after, "前") ? 1 : 2), Parts(relative: relative))
    }

    /// 2025년 7월 18일.
    mutating func korean(_ at: Int) -> Int? {
        var parts = Parts()
        var next = at
        if let value = words[next].small, words.touches(next + 1, "년"), (1900...2199).contains(value) {
            parts.year = value
            next += 2
        }
        if let value = words[next].small, words.touches(next + 1, "월"), (1...12).contains(value) {
            parts.month = value
            next += 2
        }
        if parts.month != nil, let value = words[next].small, words.touches(next + 1, "일"),
            (1...31).contains(value)
        {
            parts.day = value
            next += 2
        }
        return next > at ? take(at..<next, parts) : nil
    }

    private func weekday(_ index: Int) -> Int? { Self.weekdays[words[index].form] }

    private static let weekdays = ["一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7]
    private static let notBehindDay: Set<String> = ["圆", "元", "本", "线", "均", "内", "间", "后", "报"]
    /// 目前年, 以上月, 失去年 and 日本年 end another word with the first character.
    private static let blockers: Set<String> = ["目", "以", "之", "日", "失", "过"]
    /// 今日頭條 and 明日報 are names.
    private static let notBehindToday: Set<String> = ["头", "报", "戏"]

    private static func table<Value>(_ rows: KeyValuePairs<String, Value>) -> [(run: [String], value: Value)]
    {
        rows.flatMap { words, value in
            Vocabulary.list(words).map { (Vocabulary.run($0), value) }
        }
        .sorted { $0.run.count > $1.run.count }
    }

    private static let weeks = table([
        "上上星期 上上週": -2, "上個星期 上星期 上個禮拜 上禮拜 上週": -1, "本星期 這個星期 這星期 這個禮拜 本週 這週": 0,
        "下個星期 下星期 下個禮拜 下禮拜 下週": 1,
    ])
    private static let relatives = table([
        "大前天": DateMention.Relative.day(-3), "前天": .day(-2), "昨天 昨日 昨晚 昨夜": .day(-1),
        "今天 今日 今早 今晨 今晚": .day(0), "明天 明日 明晚": .day(1), "後天": .day(2), "上個月 上月": .month(-1),
        "本月 這個月": .month(0), "下個月 下月": .month(1), "前年": .year(-2), "去年": .year(-1), "今年 本年度 本年": .year(0),
        "明年": .year(1), "後年": .year(2),
    ])
}
