public import Foundation
public import Text

/// A date as a text states it, as exact as the text is.
public struct DateMention: Sendable, Hashable {
    /// The year, where the text gives or implies it.
    public var year: Int?
    /// The month, 1…12.
    public var month: Int?
    /// The day of the month, 1…31.
    public var day: Int?
    /// What the text counts from its own day, such as "yesterday".
    public var relative: Relative?
    /// Where it stands in the text.
    public var range: Range<String.Index>
    /// Its words.
    public var text: String

    /// A day, week, month or year counted from the day of the text.
    public enum Relative: Sendable, Hashable {
        /// So many days later; 0 is today, −1 yesterday.
        case day(Int)
        /// A day of the week, 1 for Monday to 7 for Sunday.
        case weekday(Int)
        /// So many weeks later.
        case week(Int)
        /// So many months later.
        case month(Int)
        /// So many years later.
        case year(Int)
    }

    /// How exact a date is, from the most to the least.
    public enum Granularity: Int, Sendable, Hashable {
        /// A day is named.
        case day
        /// A month is named.
        case month
        /// A year is named.
        case year
        /// It hangs on the day of the text.
        case relative
    }

    /// How exact it is.
    public var granularity: Granularity {
        if day != nil { return .day }
        if month != nil { return .month }
        return year != nil ? .year : .relative
    }

    /// The dates of a text, in order, not overlapping.
    ///
    /// English and Chinese forms are known in every text, because articles mix them; `language` decides what numbers
    /// with dots and slashes mean. Words that are also verbs ("may", "march") count only where a day or year follows.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String, language: Language) -> [DateMention] {
        var scanner = DateScanner(text: text, lexemes: Lexeme.all(in: text), language: language)
        return scanner.scan()
    }

    /// The date with what the text leaves unsaid filled in from the day it was published (UTC).
    ///
    /// A day without a year is taken in the year that brings it nearest to the publication; a weekday is the last one
    /// up to it.
    public func resolved(against published: Date?) -> DateMention {
        guard let published else { return self }
        let calendar = Calendar.utc
        var result = self
        func take(_ date: Date, _ parts: Granularity) {
            let found = calendar.dateComponents([.year, .month, .day], from: date)
            result.year = found.year
            if parts != .year { result.month = month ?? found.month }
            if parts == .day { result.day = day ?? found.day }
        }
        func moved(_ component: Calendar.Component, _ count: Int) -> Date {
            calendar.date(byAdding: component, value: count, to: published) ?? published
        }
        switch relative {
        case .day(let days): take(moved(.day, days), .day)
        case .weekday(let wanted):
            // Calendar counts from Sunday, 1.
            let today = (calendar.component(.weekday, from: published) + 5) % 7 + 1
            take(moved(.day, -((today - wanted + 7) % 7)), .day)
        case .month(let months): take(moved(.month, months), .month)
        case .year(let years): take(moved(.year, years), .year)
        case .week, nil: break
        }
        if result.month == nil, day != nil, result.year == nil {
            let found = calendar.dateComponents([.year, .month], from: published)
            (result.year, result.month) = (found.year, found.month)
        } else if result.year == nil, let month {
            let here = calendar.component(.year, from: published)
            let candidates = (here - 1)...(here + 1)
            result.year = candidates.min { first, second in
                distance(first, month, published, calendar) < distance(second, month, published, calendar)
            }
        }
        return result
    }

    /// Whether it says all that another says, or more, and nothing else: "18 July 2025" covers "July 2025".
    public func covers(_ other: DateMention) -> Bool {
        if other.year == nil, other.month == nil, other.day == nil { return other.relative == relative }
        return (other.year == nil || other.year == year) && (other.month == nil || other.month == month)
            && (other.day == nil || other.day == day)
    }

    private func distance(_ year: Int, _ month: Int, _ date: Date, _ calendar: Calendar) -> TimeInterval {
        let candidate = calendar.date(from: DateComponents(year: year, month: month, day: day ?? 15))
        return candidate.map { abs($0.timeIntervalSince(date)) } ?? .infinity
    }
}

extension Calendar {
    /// The calendar of all dates here: Gregorian, in UTC, weeks from Monday.
    static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        calendar.firstWeekday = 2
        return calendar
    }()
}
