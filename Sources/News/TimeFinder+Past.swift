import Foundation

extension TimeFinder {
    /// in the past 3 days · the last two weeks · 過去三天 · 近一個月 · 三天內.
    func past(_ at: Int) -> Stretch? {
        if words.has(at, anyOf: Self.backCues) {
            let number = count(at + 1)
            let unit = words[number?.end ?? at + 1].meaning.unit
            // "last week" is the week before this one; "past week" the seven days up to now.
            guard let unit, unit.kind == .duration, number != nil || words.has(at, "past") else { return nil }
            return back(cuedStart(at)..<(number?.end ?? at + 1) + 1, number?.value ?? 1, unit.name)
        }
        for run in Self.pastWords where words.has(at, run: run) {
            if let found = counted(at, at + run.count) { return found }
        }
        guard date(at) == nil, var found = counted(at, at) else { return nil }
        let end = found.span.upperBound
        guard words.has(end, "内") || words.has(end, run: ["以", "来"]) else { return nil }
        found.span = at..<end + (words.has(end, "内") ? 1 : 2)
        return found
    }

    /// A Chinese number with a unit of time.
    private func counted(_ start: Int, _ at: Int) -> Stretch? {
        guard let (value, end) = count(at) else { return nil }
        if let unit = words[end].meaning.unit, words[end].kind == .word {
            return back(start..<end + 1, value, unit.name)
        }
        if let (unit, after) = words.hanMeasure(end), unit.kind == .duration {
            return back(start..<after, value, unit.name)
        }
        // 近三日
        return words.has(end, "日") && start < at ? back(start..<end + 1, value, "day") : nil
    }

    private func back(_ span: Range<Int>, _ count: Int, _ unit: String) -> Stretch? {
        guard let (component, step) = Self.steps[unit],
            let moment = calendar.date(byAdding: component, value: -count * step, to: now)
        else { return nil }
        let isFine = component == .minute || component == .hour
        return Stretch(span: span, from: isFine ? moment : calendar.startOfDay(for: moment))
    }

    /// Where "in the past" begins.
    private func cuedStart(_ at: Int) -> Int {
        var start = at
        if words.has(start - 1, "the") { start -= 1 }
        return words.has(start - 1, anyOf: Self.backPrepositions) ? start - 1 : start
    }

    private func count(_ at: Int) -> (value: Int, end: Int)? {
        if let value = Self.vague[words[at].form] {
            return (value, words.has(at + 1, "of") ? at + 2 : at + 1)
        }
        guard words[at].beginsNumber, let number = QuantityScanner(words: words).number(at, words.count),
            (1...10_000).contains(number.value)
        else { return nil }
        return (Int(number.value), number.end)
    }

    /// Q3 2025 · the third quarter of 2025 · first half of 2024 · 2025年第三季 · 2025年上半年.
    func part(_ at: Int) -> Stretch? {
        let start = words.has(at, anyOf: Self.partPrepositions) ? at + 1 : at
        let first = words.has(start, "the") ? start + 1 : start
        let short = words[first].form == "q" ? 3 : words[first].form == "h" ? 6 : 0
        if short > 0, words[first].kind == .word, let number = words[first + 1].small,
            !words[first + 1].isSpaced
        {
            let next = words.has(first + 2, "of") ? first + 3 : first + 2
            let year = date(next).flatMap(yearOnly)
            return months(at..<(year == nil ? first + 2 : next + 1), year, number, short)
        }
        if let number = Self.ordinals[words[first].form], let length = Self.parts[words[first + 1].form] {
            let next = words.has(first + 2, "of") ? first + 3 : first + 2
            guard let found = date(next), let year = yearOnly(found) else { return nil }
            return months(at..<found.span.upperBound, year, number, length)
        }
        guard let found = date(at), words[at].kind == .number || words[at].kind == .han,
            let year = yearOnly(found)
        else { return nil }
        let end = found.span.upperBound
        if words.has(end, "第"), words.has(end + 2, "季"),
            let number = words[end + 1].small ?? Self.numerals[words[end + 1].form]
        {
            return months(at..<end + (words.has(end + 3, "度") ? 4 : 3), year, number, 3)
        }
        if words.has(end, run: ["上", "半", "年"]) { return months(at..<end + 3, year, 1, 6) }
        return words.has(end, run: ["下", "半", "年"]) ? months(at..<end + 3, year, 2, 6) : nil
    }

    private func yearOnly(_ found: DateScanner.Found) -> Int? {
        guard found.mention.month == nil, found.mention.day == nil else { return nil }
        if case .year = found.mention.relative { return found.mention.resolved(against: now).year }
        return found.mention.relative == nil ? found.mention.year : nil
    }

    /// So many months of a year; without a year the newest that have begun.
    private func months(_ span: Range<Int>, _ year: Int?, _ number: Int, _ length: Int) -> Stretch? {
        guard (1...12 / length).contains(number) else { return nil }
        func begin(_ year: Int) -> Date? {
            calendar.date(from: DateComponents(year: year, month: (number - 1) * length + 1))
        }
        let thisYear = calendar.component(.year, from: now)
        guard var from = begin(year ?? thisYear) else { return nil }
        if year == nil, from > now { from = begin(thisYear - 1) ?? from }
        return Stretch(
            span: span, from: from, until: calendar.date(byAdding: .month, value: length, to: from))
    }

    static let ordinals = ["first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4]
    private static let parts = ["quarter": 3, "half": 6]
    private static let numerals = ["一": 1, "二": 2, "三": 3, "四": 4]
    static let pastWords = ["過去", "最近", "近", "這"].map(Vocabulary.run)
}
