import Foundation

/// Finds the stretches of time that a question names.
struct TimeFinder {
    /// A stretch of time and the lexemes that name it.
    struct Stretch {
        var span: Range<Int>
        var from: Date?
        var until: Date?
        var wantsLatest = false
    }

    let words: LexedText
    let now: Date
    let calendar = Calendar.utc
    /// The dates of the question by their first lexemes.
    private let dates: [Int: DateScanner.Found]

    init(words: LexedText, now: Date) {
        self.words = words
        self.now = now
        dates = Dictionary(
            DateScanner.dates(in: words).map { ($0.span.lowerBound, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func phrases() -> [TimePhrase] {
        var result: [TimePhrase] = []
        var at = 0
        while at < words.count {
            guard mayBegin(at),
                let found = span(at) ?? past(at) ?? part(at) ?? dated(at) ?? bareYear(at) ?? latest(at)
            else {
                at += 1
                continue
            }
            let range = words.range(found.span)
            result.append(
                TimePhrase(
                    from: found.from, until: found.until, wantsLatest: found.wantsLatest, range: range,
                    text: String(words.text[range])))
            at = max(found.span.upperBound, at + 1)
        }
        return result
    }

    /// Whether any of the forms may begin here: most words begin none.
    private func mayBegin(_ at: Int) -> Bool {
        dates[at] != nil || words.beginsNumber(at) || words.has(at, anyOf: Self.openings)
    }

    // MARK: Forms

    /// between March and May 2025 · from 2023 to 2025 · 2025年3月至5月.
    private func span(_ at: Int) -> Stretch? {
        guard !dates.isEmpty else { return nil }
        let isBetween = words.has(at, "between")
        let isCued = isBetween || words.has(at, anyOf: Self.beginnings)
        let start = isCued ? at + 1 : at
        guard let first = date(start) else { return nil }
        let joint = first.span.upperBound
        guard words.has(joint, anyOf: isBetween ? Self.betweenWords : Self.spanWords),
            let second = date(joint + 1),
            let early = bounds(first.mention), var late = bounds(second.mention)
        else { return nil }
        // "from December to March" ends after it begins.
        if late.until <= early.from, second.mention.year == nil, first.mention.year == nil {
            guard let from = calendar.date(byAdding: .year, value: -1, to: early.from) else { return nil }
            return Stretch(span: at..<end(behind: second), from: from, until: late.until)
        }
        if late.until <= early.from { late = early }
        return Stretch(span: at..<end(behind: second), from: early.from, until: late.until)
    }

    /// in July 2025 · since last week · before June · 去年 · 2025年7月以來.
    private func dated(_ at: Int) -> Stretch? {
        guard !dates.isEmpty else { return nil }
        var start = at
        var cue = ""
        if words.has(at, anyOf: Self.cues) {
            (cue, start) = (words[at].form, at + 1)
        } else if words.has(at, run: ["prior", "to"]) {
            (cue, start) = ("before", at + 2)
        } else if words.has(at, anyOf: ["从", "自", "由"]) {
            (cue, start) = ("from", at + 1)
        }
        while start < at + 5, words.has(start, anyOf: Self.fillers) { start += 1 }
        guard let found = date(start), let bounds = bounds(found.mention) else { return nil }
        var end = found.span.upperBound
        for (run, meaning) in Self.endings where words.has(end, run: run) {
            cue = meaning
            end += run.count
            break
        }
        return stretch(at..<end, cue, bounds)
    }

    func stretch(_ span: Range<Int>, _ cue: String, _ bounds: (from: Date, until: Date)) -> Stretch {
        switch cue {
        case "since": Stretch(span: span, from: bounds.from)
        case "after": Stretch(span: span, from: bounds.until)
        case "before": Stretch(span: span, until: bounds.from)
        case "until", "till", "by": Stretch(span: span, until: bounds.until)
        default: Stretch(span: span, from: bounds.from, until: bounds.until)
        }
    }

    /// latest · most recent · so far · 最新.
    private func latest(_ at: Int) -> Stretch? {
        for run in Self.latestWords where words.has(at, run: run) {
            return Stretch(span: at..<at + run.count, wantsLatest: true)
        }
        return nil
    }

    /// "iPhone sales 2024?": a year that ends the question and belongs to no name.
    private func bareYear(_ at: Int) -> Stretch? {
        guard let year = words[at].small, words[at].form.utf8.count == 4, (1990...2099).contains(year),
            at > 0,
            words[at - 1].kind == .word, !words[at - 1].isCapitalised, !words[at - 1].hasInnerCapital,
            at + 1 >= words.count || at + 2 == words.count && words[at + 1].kind == .mark,
            let from = calendar.date(from: DateComponents(year: year)),
            let until = calendar.date(from: DateComponents(year: year + 1))
        else { return nil }
        return Stretch(span: at..<at + 1, from: from, until: until)
    }

    // MARK: Times

    func date(_ index: Int) -> DateScanner.Found? { dates[index] }

    private func end(behind found: DateScanner.Found) -> Int {
        let end = found.span.upperBound
        return words.has(end, run: ["之", "间"])
            ? end + 2 : words.has(end, "间") || words.has(end, "期") ? end : end
    }

    /// The first moment of a date and the first after it.
    func bounds(_ date: DateMention) -> (from: Date, until: Date)? {
        if case .week(let weeks) = date.relative {
            let moment = calendar.date(byAdding: .day, value: 7 * weeks, to: now) ?? now
            return calendar.dateInterval(of: .weekOfYear, for: moment).map { ($0.start, $0.end) }
        }
        var found = date.resolved(against: now)
        if date.year == nil, date.relative == nil {
            let today = calendar.dateComponents([.year, .month, .day], from: now)
            guard let year = today.year, let month = today.month, let day = today.day else { return nil }
            found.year = year
            if let wanted = date.month {
                if (wanted, date.day ?? 1) > (month, day) { found.year = year - 1 }
            } else if let wanted = date.day, wanted > day {
                (found.year, found.month) = month > 1 ? (year, month - 1) : (year - 1, 12)
            }
        }
        guard let year = found.year else { return nil }
        let parts = DateComponents(year: year, month: found.month ?? 1, day: found.day ?? 1)
        let component: Calendar.Component = found.day != nil ? .day : found.month != nil ? .month : .year
        guard let from = calendar.date(from: parts),
            let until = calendar.date(byAdding: component, value: 1, to: from)
        else { return nil }
        return (from, until)
    }
}
