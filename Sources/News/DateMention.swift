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
        /// The newest such day of the week up to the day of the text, 1 for Monday to 7 for Sunday.
        case weekday(Int)
        /// The newest such day of the week before the day of the text.
        case lastWeekday(Int)
        /// A day of the week that lies so many weeks later; weeks begin on Monday.
        case dayOfWeek(Int, weeks: Int)
        /// So many weeks later.
        case week(Int)
        /// So many months later.
        case month(Int)
        /// So many years later.
        case year(Int)
        /// The newest month of that name before the text's own: last July.
        case lastMonth
        /// The first month of that name after the text's own: next July.
        case nextMonth
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
        DateScanner.dates(in: LexedText(text, language: language)).map(\.mention)
    }

    /// Whether it says all that another says, or more, and nothing else: "18 July 2025" covers "July 2025".
    public func covers(_ other: DateMention) -> Bool {
        if other.year == nil, other.month == nil, other.day == nil { return other.relative == relative }
        return (other.year == nil || other.year == year) && (other.month == nil || other.month == month)
            && (other.day == nil || other.day == day)
    }
}
