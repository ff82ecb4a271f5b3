import Text

extension DateScanner {
    /// September 15, 2022 · Sept 15 · September 15 and 16 · September 2022 · in July · July last year.
    mutating func monthFirst(_ at: Int) -> Int? {
        let name = words[at]
        guard name.meaning.month > 0 else { return nil }
        let isSure = !name.meaning.roles.contains(.ambiguousMonth) && name.form != "may"
        let hasCue = hasMonthCue(at, isSure: isSure)
        guard name.isCapitalised || isSure || hasCue else { return nil }
        var parts = Parts(month: name.meaning.month)
        var next = at + 1
        if name.form.utf8.count <= 4, words.touches(next, "."), next + 1 < words.count { next += 1 }
        if name.isCapitalised || isSure, let day = day(next), !isAmount(next) {
            parts.day = day
            return daysBehind(at, ordinalEnd(next), parts)
        }
        let behind = words.has(next, ",") || words.has(next, "of") ? next + 1 : next
        parts.year = year(behind)
        if parts.year != nil { return take(at..<behind + 1, parts) }
        if let shift = Self.shifts[words[behind].form], words.has(behind + 1, "year") {
            parts.relative = .year(shift)
            return take(at..<behind + 2, parts)
        }
        // A month alone: a short form or a word of another meaning needs a preposition.
        guard hasCue || (isSure && name.isCapitalised) else { return nil }
        guard hasCue, Self.shifts[words[at - 1].form] != nil else { return take(at..<at + 1, parts) }
        switch words[at - 1].form {
        case "last": parts.relative = .lastMonth
        case "next": parts.relative = .nextMonth
        default: parts.relative = .year(0)
        }
        return take(at - 1..<at + 1, parts)
    }

    /// Whether the word before says that a month follows; "to march", "this may" and "Mark and Jan" do not.
    private func hasMonthCue(_ at: Int, isSure: Bool) -> Bool {
        let before = words[at - 1]
        guard before.meaning.roles.contains(.monthCue) else { return false }
        if isSure { return true }
        if ["and", "to", "of", "from", "by"].contains(before.form) {
            return words[at].isCapitalised && (before.form == "of" || found.last?.span.upperBound == at - 1)
        }
        return words[at].isCapitalised || before.form != "this"
    }

    /// The rest of a date after its month and day: further days, then the year.
    private mutating func daysBehind(_ at: Int, _ end: Int, _ parts: Parts) -> Int {
        var parts = parts
        var second = parts
        var last = end
        var start = end
        if words.has(end, anyOf: Self.dayConnectors), let other = day(end + 1), !isAmount(end + 1),
            words[ordinalEnd(end + 1)].meaning.month == 0
        {
            second.day = other
            start = end + 1
            last = ordinalEnd(start)
        }
        let behind = words.has(last, ",") ? last + 1 : last
        parts.year = year(behind)
        second.year = parts.year
        if parts.year != nil { last = behind + 1 }
        guard start > end else { return take(at..<last, parts) }
        _ = take(at..<end, parts)
        return take(start..<last, second)
    }

    /// 15 September 2022 · 15th of September · 1er mai · 18 de julio de 2025 · 15–17 September.
    mutating func dayFirst(_ at: Int) -> Int? {
        guard let first = day(at) else { return nil }
        guard words.has(ordinalEnd(at), anyOf: Self.dayConnectors), day(ordinalEnd(at) + 1) != nil else {
            return dayBefore(month: at).flatMap { take(at..<$0.end, $0.parts) }
        }
        // "15, 16" alone is a pair of numbers; a month behind the last makes all of them days.
        var index = ordinalEnd(at) + 1
        while index < at + 12, words.has(ordinalEnd(index), anyOf: Self.dayConnectors),
            day(ordinalEnd(index) + 1) != nil
        {
            index = ordinalEnd(index) + 1
        }
        guard let (parts, _) = dayBefore(month: index) else { return nil }
        var own = parts
        own.day = first
        return take(at..<ordinalEnd(at), own)
    }

    private func dayBefore(month at: Int) -> (parts: Parts, end: Int)? {
        guard let day = day(at) else { return nil }
        var next = ordinalEnd(at)
        if words.has(next, "of") || words.has(next, "de") { next += 1 }
        let name = words[next]
        guard name.meaning.month > 0, next == at + 1 || name.kind == .word else { return nil }
        let isSure = !name.meaning.roles.contains(.ambiguousMonth) && name.form != "may"
        guard name.isCapitalised || isSure || words.language != .english else { return nil }
        var end = next + 1
        if name.form.utf8.count <= 4, words.touches(end, "."), end + 1 < words.count { end += 1 }
        var behind = end
        if words.has(behind, ",") || words.has(behind, "de") { behind += 1 }
        guard let year = year(behind) else { return (Parts(month: name.meaning.month, day: day), end) }
        return (Parts(year: year, month: name.meaning.month, day: day), behind + 1)
    }

    /// The place behind a day and its ordinal ending.
    private func ordinalEnd(_ index: Int) -> Int {
        let next = words[index + 1]
        guard !next.isSpaced else { return index + 1 }
        if next.meaning.roles.contains(.ordinalEnding) || words.language != .english && next.form == "er" {
            return index + 2
        }
        return next.form == "." && words.language == .german || next.form == "º" ? index + 2 : index + 1
    }

    /// Whether the number counts something: "May 5 million" is no day.
    private func isAmount(_ index: Int) -> Bool {
        let after = words[index + 1].meaning
        return after.scale != nil || after.unit?.kind == .money || after.unit?.kind == .percentage
    }

    private static let dayConnectors: Set<String> = ["-", "to", "and", "or", "&", "through", "until"]
    static let shifts = ["last": -1, "previous": -1, "this": 0, "next": 1]
}
