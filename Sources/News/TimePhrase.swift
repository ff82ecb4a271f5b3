public import Foundation
public import Text

/// A stretch of time that a question names, and the words that name it.
public struct TimePhrase: Sendable, Hashable {
    /// The first moment of it; nil where it is open to the past.
    public var from: Date?
    /// The first moment after it; nil where it is open to the future.
    public var until: Date?
    /// Whether the newest is asked for rather than a stretch.
    public var wantsLatest: Bool
    /// Where it stands in the question.
    public var range: Range<String.Index>
    /// Its words.
    public var text: String

    /// The stretches of time that a question names, in order.
    ///
    /// A month without a year is the newest that does not lie after `now`; weeks begin on Monday; all in UTC.
    ///
    /// - Complexity: O(length).
    public static func find(in question: String, language: Language, now: Date) -> [TimePhrase] {
        let lexemes = Lexeme.all(in: question)
        var scanner = DateScanner(text: question, lexemes: lexemes, language: language)
        var finder = TimeFinder(text: question, lexemes: lexemes, dates: scanner.scan(), now: now)
        return finder.find()
    }
}

private struct TimeFinder {
    let text: String
    let lexemes: [Lexeme]
    let dates: [DateMention]
    let now: Date
    private let calendar = Calendar.utc
    private var at = 0

    init(text: String, lexemes: [Lexeme], dates: [DateMention], now: Date) {
        self.text = text
        self.lexemes = lexemes
        self.dates = dates
        self.now = now
    }

    mutating func find() -> [TimePhrase] {
        var result: [TimePhrase] = []
        while at < lexemes.count {
            if let (phrase, next) = between() ?? dated() ?? past() ?? latest() {
                result.append(phrase)
                at = next
            } else {
                at += 1
            }
        }
        return result
    }

    // MARK: Forms

    /// between March and May 2025
    private func between() -> (TimePhrase, Int)? {
        let isBetween = form(at) == "between"
        guard isBetween || form(at) == "from", at + 1 < lexemes.count, let first = date(startingAt: at + 1) else {
            return nil
        }
        let afterFirst = index(after: first)
        guard ["and", "to", "until", "till"].contains(form(afterFirst)),
            let second = date(startingAt: afterFirst + 1)
        else { return nil }
        var early = first
        // "between March and May 2025": the year at the end counts for both.
        if early.year == nil, early.month != nil { early.year = second.year }
        guard let start = span(of: early), let end = span(of: second), let from = start.from else { return nil }
        return phrase(at, index(after: second), from, end.until)
    }

    /// in July 2025, since 2024, before June, 去年, 2025年7月以來
    private func dated() -> (TimePhrase, Int)? {
        var start = at
        var cue = ""
        var date = date(startingAt: at)
        if date == nil, Self.cues.contains(form(at)), let next = self.date(startingAt: at + 1) {
            (cue, date) = (form(at), next)
        } else if date == nil, Self.cues.contains(form(at)), form(at + 1) == "the",
            let next = self.date(startingAt: at + 2)
        {
            (cue, date) = (form(at), next)
        }
        guard let date, let span = span(of: date) else { return nil }
        var end = index(after: date)
        if ["自", "從", "从"].contains(form(start - 1)) {
            start -= 1
            cue = "since"
        }
        for (words, meaning) in [("以來", "since"), ("以来", "since"), ("之後", "after"), ("之后", "after"), ("之前", "before"), ("以前", "before")]
        where starts(words, at: end) {
            cue = meaning
            end += words.count
            break
        }
        switch cue {
        case "since", "from": return phrase(start, end, span.from, nil)
        case "after": return phrase(start, end, span.until, nil)
        case "before", "until", "till", "by": return phrase(start, end, nil, cue == "before" ? span.from : span.until)
        default: return phrase(start, end, span.from, span.until)
        }
    }

    /// in the past 3 days, the last two weeks, 過去三天
    private func past() -> (TimePhrase, Int)? {
        if ["past", "last", "recent"].contains(form(at)) {
            let count = count(at + 1)
            let unit = at + (count == nil ? 1 : 2)
            guard let component = Self.units[form(unit)], count != nil || form(at) == "past" else { return nil }
            var start = at
            if form(start - 1) == "the" { start -= 1 }
            if ["in", "over", "during", "within", "for"].contains(form(start - 1)) { start -= 1 }
            return phrase(start, unit + 1, moved(component, -(count ?? 1)), nil)
        }
        for words in ["過去", "过去", "最近", "近"] where starts(words, at: at) {
            let number = at + words.count
            guard let count = count(number) else { continue }
            var unit = number + 1
            if form(unit) == "個" || form(unit) == "个" { unit += 1 }
            guard let component = Self.chineseUnits[form(unit)] else { continue }
            return phrase(at, unit + 1, moved(component, -count), nil)
        }
        return nil
    }

    private func latest() -> (TimePhrase, Int)? {
        for words in Self.latestWords where starts(words, at: at) {
            let end = at + Self.parts(words).count
            var (found, _) = phrase(at, end, nil, nil)
            found.wantsLatest = true
            return (found, end)
        }
        return nil
    }

    // MARK: Times

    /// The first moment of a date and the first after it.
    private func span(of date: DateMention) -> (from: Date?, until: Date?)? {
        if case .week(let weeks) = date.relative {
            guard let week = calendar.dateInterval(of: .weekOfYear, for: moved(.weekOfYear, weeks)) else { return nil }
            return (week.start, week.end)
        }
        var found = date.resolved(against: now)
        if date.year == nil, date.relative == nil, let month = date.month {
            let parts = calendar.dateComponents([.year, .month, .day], from: now)
            let isLater = (month, date.day ?? 1) > (parts.month ?? 1, parts.day ?? 1)
            found.year = parts.year.map { isLater ? $0 - 1 : $0 }
        }
        guard let year = found.year,
            let from = calendar.date(
                from: DateComponents(year: year, month: found.month ?? 1, day: found.day ?? 1))
        else { return nil }
        let component: Calendar.Component = found.day != nil ? .day : found.month != nil ? .month : .year
        return (from, calendar.date(byAdding: component, value: 1, to: from))
    }

    private func moved(_ component: Calendar.Component, _ count: Int) -> Date {
        calendar.date(byAdding: component, value: count, to: now) ?? now
    }

    private func count(_ index: Int) -> Int? {
        guard index < lexemes.count else { return nil }
        let value = lexemes[index].value ?? NumberWords.value(lexemes[index].form)
            ?? ["few": 3, "couple": 2, "several": 5, "幾": 3, "几": 3][lexemes[index].form]
        return value.flatMap { (1...10_000).contains($0) ? Int($0) : nil }
    }

    // MARK: Small questions

    private func date(startingAt index: Int) -> DateMention? {
        guard index >= 0, index < lexemes.count else { return nil }
        return dates.first { $0.range.lowerBound == lexemes[index].range.lowerBound }
    }

    private func index(after date: DateMention) -> Int {
        lexemes.firstIndex { $0.range.lowerBound >= date.range.upperBound } ?? lexemes.count
    }

    private func form(_ index: Int) -> String {
        index >= 0 && index < lexemes.count ? lexemes[index].form : ""
    }

    /// Whether words follow: English ones separated by spaces, Chinese ones character by character.
    private func starts(_ words: String, at index: Int) -> Bool {
        let parts = Self.parts(words)
        return parts.indices.allSatisfy { form(index + $0) == parts[$0] }
    }

    private static func parts(_ words: String) -> [String] {
        words.utf8.first.map { $0 < 0x80 } ?? true
            ? words.split(separator: " ").map(String.init) : words.map { String($0) }
    }

    private func range(_ from: Int, _ to: Int) -> Range<String.Index> {
        lexemes[from].range.lowerBound..<lexemes[max(from, min(to, lexemes.count) - 1)].range.upperBound
    }

    private func phrase(_ from: Int, _ to: Int, _ start: Date?, _ end: Date?) -> (TimePhrase, Int) {
        let range = range(from, to)
        return (TimePhrase(from: start, until: end, wantsLatest: false, range: range, text: String(text[range])), to)
    }

    private static let cues: Set<String> = [
        "in", "on", "since", "before", "after", "until", "till", "by", "during", "from", "of", "at",
    ]
    private static let units: [String: Calendar.Component] = [
        "hour": .hour, "hours": .hour, "day": .day, "days": .day, "week": .weekOfYear, "weeks": .weekOfYear,
        "month": .month, "months": .month, "year": .year, "years": .year,
    ]
    private static let chineseUnits: [String: Calendar.Component] = [
        "天": .day, "日": .day, "週": .weekOfYear, "周": .weekOfYear, "月": .month, "年": .year,
    ]
    private static let latestWords = [
        "most recently", "most recent", "right now", "so far", "these days", "recently", "recent", "latest", "newest", "currently",
        "最新", "最近", "近期", "近日", "目前", "現在", "现在",
    ]
}
