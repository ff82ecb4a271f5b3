import Foundation
import Text

/// Reads the date line of a post, as chat clients show it.
///
/// A line is a date line when it holds a date, a time of day, a zone, a weekday and nothing else, in whatever order:
/// `7月18日 07:42`, `July 18, 2025 at 7:42 AM`, `18.07.2025 07:42`, `2025-07-18T07:42:00+08:00`. Of `3/4` the first
/// number is the month where a client says AM or PM or leaves out the year, else the day.
struct DateLine: Sendable {
    /// The moment from which dates without a year are told: the newest year that puts the day not after its day.
    let reference: Date
    /// Where dates without a zone are told.
    let timeZone: TimeZone

    /// What a line is found to be.
    enum Reading: Sendable, Hashable {
        /// A date, with or without a time of day.
        case date(Date, isTimed: Bool)
        /// Meant for a date, but of no day that exists or in no known form.
        case unreadable
        /// Anything else.
        case other

        var isOther: Bool { self == .other }
        var date: Date? {
            guard case .date(let date, _) = self else { return nil }
            return date
        }
    }

    /// Reads one line; a long one is none.
    func read(_ line: String) -> Reading {
        guard line.utf8.count <= 160, Self.hasTwoDigits(line) else { return .other }
        var reader = DateLineReader(line)
        reader.read()
        guard reader.unknownWords == 0 else {
            // A date in a language that is not known here still has its clock time, day and few words.
            let isDateLike = reader.time != nil && reader.numbers >= 3 && reader.unknownWords <= 2
            return isDateLike && line.count <= 40 ? .unreadable : .other
        }
        guard let told = reader.date, !reader.needsTime || reader.time != nil else {
            return reader.numbers >= 2 ? .unreadable : .other
        }
        guard reader.unknownNumbers == 0, let date = moment(told, reader) else { return .unreadable }
        return .date(date, isTimed: reader.time != nil)
    }

    private static func hasTwoDigits(_ line: String) -> Bool {
        var digits = 0
        for character in line where character.wholeNumberValue != nil {
            digits += 1
            if digits == 2 { return true }
        }
        return false
    }

    private func moment(_ told: DateLineReader.Day, _ reader: DateLineReader) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = reader.zone ?? timeZone
        guard let clock = reader.clock else { return nil }
        let today = calendar.startOfDay(for: reference)
        if let daysBack = told.daysBack {
            guard let day = calendar.date(byAdding: .day, value: -daysBack, to: today) else { return nil }
            return day.addingTimeInterval(Double(clock.seconds))
        }
        func date(_ year: Int) -> Date? {
            let parts = DateComponents(
                year: year, month: told.month, day: told.day, hour: clock.hour, minute: clock.minute,
                second: clock.second)
            guard let date = calendar.date(from: parts) else { return nil }
            // The calendar takes 30 February for 2 March; a post does not.
            let kept = calendar.dateComponents([.month, .day], from: date)
            return kept.month == told.month && kept.day == told.day ? date : nil
        }
        if let year = told.year { return date(year) }
        let newest = calendar.component(.year, from: reference)
        // 29 February needs the last leap year, at most eight years back.
        return (0...8).lazy.compactMap { date(newest - $0) }.first { calendar.startOfDay(for: $0) <= today }
    }
}
