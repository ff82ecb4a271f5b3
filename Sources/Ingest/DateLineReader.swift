import Foundation
import Text

/// Takes the parts of a date line, one after the other, from its folded characters.
struct DateLineReader {
    /// A day as told.
    struct Day {
        var year: Int?
        var month = 0
        var day = 0
        /// Set where the line counts from the reader's own day.
        var daysBack: Int?
    }

    /// A time of day as told.
    struct Clock {
        var hour = 0
        var minute = 0
        var second = 0
        var seconds: Int { hour * 3600 + minute * 60 + second }
    }

    private(set) var date: Day?
    private(set) var time: Clock?
    private(set) var zone: TimeZone?
    /// Whether the date alone could as well be a number.
    private(set) var needsTime = false
    private(set) var numbers = 0
    private(set) var unknownWords = 0
    private(set) var unknownNumbers = 0
    private var period = DateWords.Period.none
    private var tokens: [DateToken]
    private var at = 0

    init(_ line: String) {
        let folded = Folding.fold(line).filter { $0 != "'" && $0 != "’" }
            .replacing("a.m.", with: "am").replacing("p.m.", with: "pm")
        tokens = DateToken.all(in: folded)
        numbers = tokens.count { $0.number != nil }
    }

    /// The time with morning and afternoon applied; midnight where none is told; nil for an hour that does not exist.
    var clock: Clock? {
        guard var clock = time else { return Clock() }
        guard clock.minute < 60, clock.second < 61 else { return nil }
        if period == .afternoon, clock.hour < 12 { clock.hour += 12 }
        if period == .morning, clock.hour == 12 { clock.hour = 0 }
        return clock.hour < 24 ? clock : nil
    }

    /// Reads all of the line.
    mutating func read() {
        while at < tokens.count {
            if date == nil, takeDate() { continue }
            if time == nil, takeTime() { continue }
            if takeZone() || takePeriod() || takeFiller() { continue }
            switch tokens[at].kind {
            case .number: unknownNumbers += 1
            case .word:
                unknownWords += 1
                // No date line has as many words that are not known; the rest need not be looked at.
                if unknownWords > 2 { return }
            case .mark: break
            }
            at += 1
        }
    }

    // MARK: Dates

    private mutating func takeDate() -> Bool {
        if tokens[at].number != nil { return takeEastAsian() || takeNumeric() || takeDayMonth() }
        return takeMonthDay() || takeRelative()
    }

    /// Takes 2025年7月18日, 7月18号, 7월 18일.
    private mutating func takeEastAsian() -> Bool {
        var next = at
        var year: Int?
        if let value = number(next), ["年", "년"].contains(word(next + 1)) {
            year = value
            next += 2
        }
        guard let month = number(next), ["月", "월"].contains(word(next + 1)), let day = number(next + 2) else {
            return false
        }
        let isMarked = ["日", "号", "일"].contains(word(next + 3))
        return take(Day(year: year, month: month, day: day), to: next + (isMarked ? 4 : 3))
    }

    /// Takes 2025-07-18, 18.07.2025, 7/18/2025, 7/18.
    private mutating func takeNumeric() -> Bool {
        guard let first = number(at), let mark = mark(at + 1), ["-", "/", "."].contains(mark),
            let second = number(at + 2)
        else { return false }
        let third = self.mark(at + 3) == mark ? number(at + 4) : nil
        // In 18.07. 07:42 the third number is the hour.
        let isClock = self.mark(at + 5) == ":" && width(at + 4) <= 2 && width(at) <= 2
        if let third, !isClock {
            if width(at) == 4 { return take(Day(year: first, month: second, day: third), to: at + 5) }
            guard width(at + 4) == 4 || width(at + 4) == 2 else { return false }
            let year = width(at + 4) == 2 ? 2000 + third : third
            let isMonthFirst = mark == "/" && second > 12 || mark == "/" && first <= 12 && saysHalfOfDay
            return take(
                Day(year: year, month: isMonthFirst ? first : second, day: isMonthFirst ? second : first),
                to: at + 5)
        }
        guard self.mark(at + 3) != ":", width(at) <= 2, width(at + 2) <= 2 else { return false }
        let isDayFirst = mark == "." || first > 12
        needsTime = true
        let end = mark == "." && self.mark(at + 3) == "." ? at + 4 : at + 3
        return take(Day(month: isDayFirst ? second : first, day: isDayFirst ? first : second), to: end)
    }

    /// Takes a day before a month: 18 July 2025, 18th of July, 18 de julio de 2025.
    private mutating func takeDayMonth() -> Bool {
        guard let day = number(at), width(at) <= 2 else { return false }
        var next = skip(at + 1, words: DateWords.ordinals, marks: [".", "º", "-", "/"])
        next = skip(next, words: ["of", "de"], marks: [])
        guard let month = DateWords.month(word(next)) else { return false }
        next = skip(next + 1, words: ["de"], marks: [".", ",", "-", "/"])
        let year = year(next)
        return take(Day(year: year, month: month, day: day), to: year == nil ? next : next + 1)
    }

    /// Takes a month before a day: July 18, 2025, Jul 18th.
    private mutating func takeMonthDay() -> Bool {
        guard let month = DateWords.month(word(at)) else { return false }
        var next = skip(at + 1, words: [], marks: ["."])
        guard let day = number(next), width(next) <= 2, mark(next + 1) != ":" else { return false }
        next = skip(next + 1, words: DateWords.ordinals, marks: [",", "."])
        let year = year(next)
        return take(Day(year: year, month: month, day: day), to: year == nil ? next : next + 1)
    }

    /// Takes today, gestern, 昨天.
    private mutating func takeRelative() -> Bool {
        for (phrase, days) in DateWords.relative[word(at)] ?? [] where starts(phrase, at) {
            return take(Day(daysBack: days), to: at + length(phrase))
        }
        return false
    }

    private mutating func take(_ day: Day, to end: Int) -> Bool {
        guard day.daysBack != nil || (1...12).contains(day.month) && (1...31).contains(day.day) else {
            return false
        }
        date = day
        at = end
        return true
    }

    /// A number of four digits, unless it begins a time.
    private func year(_ index: Int) -> Int? {
        guard let value = number(index), width(index) == 4, mark(index + 1) != ":" else { return nil }
        return value
    }

    private var saysHalfOfDay: Bool {
        tokens.contains { ["am", "pm"].contains($0.text) }
    }

    // MARK: Times

    /// Takes 07:42, 7:42:10.5, 7h42, 7点42分, 7 pm.
    private mutating func takeTime() -> Bool {
        guard let hour = number(at), width(at) <= 2 else { return false }
        if mark(at + 1) == ":", let minute = number(at + 2), width(at + 2) == 2 {
            var end = at + 3
            var second = 0
            if mark(end) == ":", let value = number(end + 1) {
                second = value
                end += 2
                // Fractions of a second say nothing to a reader.
                if mark(end) == ".", number(end + 1) != nil { end += 2 }
            }
            return take(Clock(hour: hour, minute: minute, second: second), to: end)
        }
        if ["h", "点", "时", "시"].contains(word(at + 1)) {
            let minute = number(at + 2)
            let isMarked = minute != nil && ["分", "분", "min"].contains(word(at + 3))
            let isHalf = word(at + 2) == "半"
            let end = at + (minute == nil ? (isHalf ? 3 : 2) : isMarked ? 4 : 3)
            return take(Clock(hour: hour, minute: minute ?? (isHalf ? 30 : 0)), to: end)
        }
        if ["am", "pm", "uhr"].contains(word(at + 1)) { return take(Clock(hour: hour), to: at + 1) }
        return false
    }

    private mutating func take(_ clock: Clock, to end: Int) -> Bool {
        time = clock
        at = end
        return true
    }

    private mutating func takePeriod() -> Bool {
        for (phrase, half) in DateWords.periods[word(at)] ?? [] where starts(phrase, at) {
            period = half
            at += length(phrase)
            return true
        }
        return false
    }

    /// Takes Z, UTC+8, CET, +08:00, -0500.
    private mutating func takeZone() -> Bool {
        if let hours = DateWords.zones[word(at)] {
            zone = TimeZone(secondsFromGMT: hours * 3600)
            at += 1
            if ["utc", "gmt"].contains(tokens[at - 1].text) { _ = takeOffset() }
            return true
        }
        return time != nil && takeOffset()
    }

    private mutating func takeOffset() -> Bool {
        guard let sign = mark(at), sign == "+" || sign == "-", let value = number(at + 1),
            !tokens[at + 1].isSpaced
        else { return false }
        var minutes = width(at + 1) <= 2 ? value * 60 : value / 100 * 60 + value % 100
        var end = at + 2
        if mark(end) == ":", let more = number(end + 1) {
            minutes += more
            end += 2
        }
        guard minutes <= 14 * 60 else { return false }
        zone = TimeZone(secondsFromGMT: (sign == "+" ? minutes : -minutes) * 60)
        at = end
        return true
    }

    private mutating func takeFiller() -> Bool {
        for (phrase, _) in DateWords.fillers[word(at)] ?? [] where starts(phrase, at) {
            at += length(phrase)
            return true
        }
        return false
    }

    // MARK: Tokens

    private func number(_ index: Int) -> Int? { index < tokens.count ? tokens[index].number : nil }
    private func width(_ index: Int) -> Int { index < tokens.count ? tokens[index].text.utf8.count : 0 }
    private func word(_ index: Int) -> String {
        index < tokens.count && tokens[index].kind == .word ? tokens[index].text : ""
    }
    private func mark(_ index: Int) -> String? {
        index < tokens.count && tokens[index].kind == .mark ? tokens[index].text : nil
    }

    /// The next index after at most one of the words or marks.
    private func skip(_ index: Int, words: Set<String>, marks: Set<String>) -> Int {
        let isMark = mark(index).map(marks.contains) ?? false
        return isMark || words.contains(word(index)) ? index + 1 : index
    }

    private func starts(_ phrase: [String], _ index: Int) -> Bool {
        phrase.indices.allSatisfy { word(index + $0) == phrase[$0] }
    }

    private func length(_ phrase: [String]) -> Int { phrase.count }
}
