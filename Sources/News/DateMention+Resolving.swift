public import Foundation

extension DateMention {
    /// The first moment of the day that it names; nil where it names none with its month and year.
    public var firstMoment: Date? {
        guard let year, let month, let day else { return nil }
        return Calendar.utc.date(from: DateComponents(year: year, month: month, day: day))
    }

    /// The date with what the text leaves unsaid filled in from the moment it was published, in UTC.
    ///
    /// A month or day without a year is taken in the year of the publication, or in the year before or after where that
    /// is much nearer; a day alone in the month of the publication. A week stays as open as it is: it gets the year and month that all its days share.
    public func resolved(against published: Date?) -> DateMention {
        guard let published else { return self }
        let calendar = Calendar.utc
        var result = self
        func moved(_ component: Calendar.Component, _ count: Int) -> DateComponents {
            calendar.dateComponents(
                [.year, .month, .day],
                from: calendar.date(byAdding: component, value: count, to: published) ?? published)
        }
        func take(_ parts: DateComponents, _ exactness: Granularity) {
            result.year = parts.year
            if exactness != .year { result.month = month ?? parts.month }
            if exactness == .day { result.day = day ?? parts.day }
        }
        // Calendar counts from Sunday, 1.
        let today = (calendar.component(.weekday, from: published) + 5) % 7 + 1
        switch relative {
        case .day(let days): take(moved(.day, days), .day)
        case .weekday(let wanted): take(moved(.day, -((today - wanted + 7) % 7)), .day)
        case .lastWeekday(let wanted): take(moved(.day, -((today - wanted + 6) % 7 + 1)), .day)
        case .dayOfWeek(let wanted, let weeks): take(moved(.day, wanted - today + 7 * weeks), .day)
        case .week(let weeks):
            let monday = moved(.day, 1 - today + 7 * weeks)
            let sunday = moved(.day, 7 - today + 7 * weeks)
            if monday.year == sunday.year { result.year = monday.year }
            if monday.month == sunday.month { result.month = monday.month }
        case .month(let months): take(moved(.month, months), .month)
        case .year(let years): take(moved(.year, years), .year)
        case .lastMonth, .nextMonth:
            let here = moved(.day, 0)
            guard let month, let thisYear = here.year, let thisMonth = here.month else { break }
            if relative == .lastMonth {
                result.year = month < thisMonth ? thisYear : thisYear - 1
            } else {
                result.year = month > thisMonth ? thisYear : thisYear + 1
            }
        case nil: result.complete(near: published)
        }
        return result
    }

    /// News says the year where it is not the current one, except around New Year: eight months in seconds.
    private static let sameYear: TimeInterval = 240 * 86_400

    /// Gives a month its year, and a day alone the month of the publication.
    private mutating func complete(near published: Date) {
        guard year == nil, month != nil || day != nil else { return }
        let here = Calendar.utc.dateComponents([.year, .month, .day], from: published)
        guard let thisYear = here.year else { return }
        guard let month else {
            (year, month) = (thisYear, here.month)
            return
        }
        let wanted = DateComponents(month: month, day: day ?? 15)
        func distance(_ year: Int) -> TimeInterval {
            var parts = wanted
            parts.year = year
            return Calendar.utc.date(from: parts).map { abs($0.timeIntervalSince(published)) } ?? .infinity
        }
        let isNear = distance(thisYear) < Self.sameYear
        year = isNear ? thisYear : [thisYear - 1, thisYear + 1].min { distance($0) < distance($1) }
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
