extension DateScanner {
    /// yesterday · on Monday · last Friday · this week · three days ago.
    mutating func relative(_ at: Int) -> Int? {
        let word = words[at]
        guard
            word.meaning.roles.contains(.beginsTime) || word.meaning.weekday > 0 || word.meaning.number != nil
        else {
            return nil
        }
        if let days = Self.days[word.form], !isName(at) {
            return take(at..<at + 1, Parts(relative: .day(days)))
        }
        if word.meaning.weekday > 0 {
            guard !Self.namedDays.contains(words[at - 1].form) else { return nil }
            return take(at..<at + 1, Parts(relative: .weekday(word.meaning.weekday)))
        }
        if let shift = Self.shifts[word.form] { return shifted(at, shift) }
        return ago(at)
    }

    private mutating func shifted(_ at: Int, _ shift: Int) -> Int? {
        let next = words[at + 1]
        let span = at..<at + 2
        switch next.form {
        case "week": return take(span, Parts(relative: .week(shift)))
        case "month": return take(span, Parts(relative: .month(shift)))
        case "year": return take(span, Parts(relative: .year(shift)))
        case "night" where shift == -1: return take(span, Parts(relative: .day(-1)))
        case "morning" where shift == 0, "afternoon" where shift == 0, "evening" where shift == 0:
            return take(span, Parts(relative: .day(0)))
        default:
            guard next.meaning.weekday > 0 else { return nil }
            let day = next.meaning.weekday
            return take(
                span, Parts(relative: shift == -1 ? .lastWeekday(day) : .dayOfWeek(day, weeks: shift)))
        }
    }

    /// three days ago · a week ago · 2 years ago.
    mutating func ago(_ at: Int) -> Int? {
        var unit = at + 1
        let count: Int
        if words.has(at, "a") || words.has(at, "an") {
            count = 1
        } else if let value = words[at].small {
            count = value
        } else if let value = words[at].meaning.number, words[at].kind == .word {
            if value >= 20, words.touches(at + 1, "-"), let ones = words[at + 2].meaning.number {
                count = Int(value + ones)
                unit = at + 3
            } else {
                count = Int(value)
            }
        } else {
            return nil
        }
        guard words.has(unit + 1, "ago"), let name = words[unit].meaning.unit?.name,
            let relative = Self.earlier(count, name)
        else { return nil }
        return take(at..<unit + 2, Parts(relative: relative))
    }

    static func earlier(_ count: Int, _ unit: String) -> DateMention.Relative? {
        switch unit {
        case "hour", "minute", "second": .day(0)
        case "day": .day(-count)
        case "week": .week(-count)
        case "month": .month(-count)
        case "year": .year(-count)
        case "decade": .year(-10 * count)
        default: nil
        }
    }

    /// Whether a capital inside a name makes a word no date: USA Today.
    private func isName(_ at: Int) -> Bool {
        words[at].isCapitalised && at > 0 && words[at - 1].isCapitalised
    }

    private static let days = ["today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0]
    /// Black Friday and the like are no days of this week.
    private static let namedDays: Set<String> = [
        "black", "good", "cyber", "super", "ash", "palm", "bloody", "giving",
    ]
}
