import Foundation

/// Reads the dates of feeds: RFC 822 and its decay, ISO 8601 and its profiles, `asctime`, seconds since 1970.
///
/// Feeds leave out seconds and zones, name the wrong weekday, write months in full, years in two digits and zones as
/// anything. A zone that is not told or not known is taken as UTC. Sources: RFC 822 and 2822, W3C NOTE-datetime, ISO 8601.
enum FeedDate {
    /// The moment that a text tells; nil where none can be told for certain.
    ///
    /// - Complexity: O(length), of which at most 100 characters are looked at.
    static func parse(_ text: String) -> Date? {
        let text = String(text.trimmingCharacters(in: .whitespacesAndNewlines).prefix(100))
        guard !text.isEmpty else { return nil }
        return iso8601(text) ?? worded(text) ?? seconds(text)
            ?? DateLine(reference: Date(timeIntervalSince1970: 0), timeZone: .gmt).read(text).date.flatMap {
                // A date without a year would lie in the year of the reference.
                $0.timeIntervalSince1970 > 31_536_000 ? $0 : nil
            }
    }

    // MARK: ISO 8601

    /// `2003-12-31T10:14:55.5+09:00` and whatever may be left out of it; ordinal days, weeks, and forms without marks.
    private static func iso8601(_ text: String) -> Date? {
        var scanner = Scanner(text)
        guard let year = scanner.digits(4), year > 0 else { return nil }
        var day = 1
        var month = 1
        var start: Date?
        let isMarked = scanner.take("-")
        if scanner.take("W") {
            guard let week = scanner.digits(2), (1...53).contains(week) else { return nil }
            _ = scanner.take("-")
            start = weekDate(year, week, scanner.digits(1) ?? 1)
        } else {
            let length = scanner.digitCount
            if length == 3 || (!isMarked && length == 7) {
                guard let ordinal = scanner.digits(3), (1...366).contains(ordinal) else { return nil }
                start = Self.date(year, 1, 1).map { $0.addingTimeInterval(Double(ordinal - 1) * 86_400) }
            } else if length >= 2 || (isMarked && length == 1) {
                month = scanner.digits(2) ?? scanner.digits(1) ?? 0
                let isSplit = scanner.take("-")
                if isSplit || (!isMarked && scanner.digitCount >= 2) {
                    day = scanner.digits(2) ?? scanner.digits(1) ?? 0
                }
            } else if length > 0 {
                return nil
            }
        }
        guard let date = start ?? Self.date(year, month, day) else { return nil }
        guard !scanner.isAtEnd else { return date }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" ") else { return nil }
        scanner.skipSpaces()
        guard let time = clock(&scanner) else { return nil }
        scanner.skipSpaces()
        guard let offset = zone(String(scanner.rest)) else { return nil }
        return date.addingTimeInterval(time - offset)
    }

    // MARK: RFC 822 and asctime

    /// `Thu, 01 Jan 2004 19:48:21 GMT`, `Thu Jan  1 19:48:21 2004`, `1 January, 2004`, `Jan 1, 2004 7:48 PM`.
    private static func worded(_ text: String) -> Date? {
        var day: Int?
        var month: Int?
        var year: Int?
        var time: TimeInterval?
        var isAfternoon: Bool?
        var zoneWords: [Substring] = []
        let words = text.replacingOccurrences(of: ",", with: " ").split {
            $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r"
        }
        for word in words.flatMap(split) {
            let lower = word.lowercased()
            if word.contains(":"), time == nil {
                var scanner = Scanner(String(word))
                guard let value = clock(&scanner) else { return nil }
                time = value
                if !scanner.isAtEnd { zoneWords.append(scanner.rest) }
            } else if month == nil, let found = monthNumber(lower) {
                month = found
            } else if let number = Int(word), word.first != "+", word.first != "-", time == nil || year == nil
            {
                if word.count >= 3 || day != nil {
                    year = year ?? century(number, digits: word.count)
                } else {
                    day = number
                }
            } else if lower == "am" || lower == "pm" {
                isAfternoon = lower == "pm"
            } else if day != nil || time != nil {
                zoneWords.append(word)
            } else if !word.allSatisfy({ $0.isLetter || $0 == "." }) {
                return nil
            }
        }
        guard let day, let month, let year, let date = Self.date(year, month, day) else { return nil }
        var moment = time ?? 0
        if let isAfternoon {
            if isAfternoon, moment < 43_200 { moment += 43_200 }
            if !isAfternoon, moment >= 43_200, moment < 46_800 { moment -= 43_200 }
        }
        return date.addingTimeInterval(moment - (zone(zoneWords.joined()) ?? 0))
    }

    /// `01-Jan-2004` in its three parts; any other word as it is.
    private static func split(_ word: Substring) -> [Substring] {
        let parts = word.split(separator: "-")
        return parts.count == 3 && parts[1].first?.isLetter == true ? parts : [word]
    }

    private static func century(_ year: Int, digits: Int) -> Int {
        guard digits <= 2 else { return year }
        return year < 70 ? 2000 + year : 1900 + year
    }

    private static func monthNumber(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        let name = word.hasSuffix(".") ? String(word.dropLast()) : word
        return months.firstIndex { $0.hasPrefix(name) || name == $0.prefix(4) }.map { $0 + 1 }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november",
        "december",
    ]

    // MARK: Parts

    /// Seconds since 1970; milliseconds where the number is that large.
    private static func seconds(_ text: String) -> Date? {
        guard text.count >= 9, let value = Double(text), value > 0, value < 1e14 else { return nil }
        return Date(timeIntervalSince1970: value >= 1e11 ? value / 1000 : value)
    }

    /// `19:48:21.5`, `19:48`, `194821`, in seconds; nil for a time that does not exist.
    private static func clock(_ scanner: inout Scanner) -> TimeInterval? {
        guard let hour = scanner.digits(2) ?? scanner.digits(1) else { return nil }
        var minute = 0
        var second = 0.0
        let isMarked = scanner.take(":")
        if isMarked || scanner.digitCount >= 2 {
            guard let value = scanner.digits(2) ?? scanner.digits(1) else { return nil }
            minute = value
            if scanner.take(":") || (!isMarked && scanner.digitCount >= 2) {
                guard let value = scanner.digits(2) ?? scanner.digits(1) else { return nil }
                second = Double(value)
                if scanner.take(".") || scanner.take(",") { second += scanner.fraction() }
            }
        }
        guard hour <= 24, minute < 60, second < 61, hour < 24 || minute == 0 && second == 0 else {
            return nil
        }
        return Double(hour * 3600 + minute * 60) + second
    }

    /// Seconds east of Greenwich; 0 for an unknown name, nil for an offset that does not exist.
    private static func zone(_ text: String) -> TimeInterval? {
        var name = text.trimmingCharacters(in: .whitespaces)
        if let bracket = name.firstIndex(of: "(") {
            name = String(name[..<bracket]).trimmingCharacters(in: .whitespaces)
        }
        let upper = name.uppercased()
        for prefix in ["GMT", "UTC", "UT", "Z"] where upper.hasPrefix(prefix) && name.count > prefix.count {
            return zone(String(name.dropFirst(prefix.count)))
        }
        guard let sign = name.first, sign == "+" || sign == "-" else { return names[upper] ?? 0 }
        let digits = name.dropFirst().filter { $0 != ":" }
        guard !digits.isEmpty, digits.count <= 4, let number = Int(digits) else { return 0 }
        let (hours, minutes) = digits.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours <= 14, minutes < 60 else { return nil }
        return Double((hours * 60 + minutes) * 60) * (sign == "-" ? -1 : 1)
    }

    /// The zones of RFC 822, and of them only those whose names mean one thing.
    private static let names: [String: TimeInterval] = [
        "EST": -18_000, "EDT": -14_400, "CST": -21_600, "CDT": -18_000, "MST": -25_200, "MDT": -21_600,
        "PST": -28_800,
        "PDT": -25_200, "AST": -14_400, "ADT": -10_800, "CET": 3600, "CEST": 7200, "MEZ": 3600, "MESZ": 7200,
        "MSK": 10_800,
        "JST": 32_400,
    ]

    private static func weekDate(_ year: Int, _ week: Int, _ day: Int) -> Date? {
        // The fourth of January always lies in the first week (ISO 8601).
        guard (1...7).contains(day), let fourth = date(year, 1, 4) else { return nil }
        let days = Int((fourth.timeIntervalSince1970 / 86_400).rounded(.down))
        let weekday = ((days + 3) % 7 + 7) % 7
        return fourth.addingTimeInterval(Double((week - 1) * 7 + day - 1 - weekday) * 86_400)
    }

    /// The beginning of a day in UTC, by the count of days of the Gregorian calendar; nil for a day that does not exist.
    private static func date(_ year: Int, _ month: Int, _ day: Int) -> Date? {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        let before = year - 1
        let leaps = before / 4 - before / 100 + before / 400
        let days = before * 365 + leaps + lengths[..<(month - 1)].reduce(0, +) + day - 1
        // Days from 1 January of the year 1 to 1 January 1970.
        return Date(timeIntervalSince1970: Double(days - 719_162) * 86_400)
    }

    /// Takes digits and marks from the front of a text.
    private struct Scanner {
        private(set) var rest: Substring

        init(_ text: String) { rest = text[...] }

        var isAtEnd: Bool { rest.isEmpty }
        var digitCount: Int { rest.prefix { $0.isASCII && $0.isNumber }.count }

        mutating func digits(_ count: Int) -> Int? {
            let found = rest.prefix(count)
            guard found.count == count, found.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            rest = rest.dropFirst(count)
            return Int(found)
        }

        mutating func fraction() -> Double {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Double("0." + digits) ?? 0
        }

        mutating func take(_ text: String) -> Bool {
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }

        mutating func skipSpaces() { rest = rest.drop { $0 == " " } }
    }
}
