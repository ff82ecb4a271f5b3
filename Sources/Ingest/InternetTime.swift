import Foundation

/// Reads moments as programs write them, such as `2025-07-18T07:42:00Z`, without a calendar.
///
/// Source: RFC 3339; H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", for the days.
enum InternetTime {
    /// The moment of a text, without fractions of a second.
    ///
    /// - Returns: nil for any other form, days that do not exist, and years before 1600, when calendars differ;
    ///   ``DateLine`` decides about those.
    static func read(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
                bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
                bytes[16] == UInt8(ascii: ":"),
                let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
                let day = number(bytes, 8, 2),
                let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2),
                let second = number(bytes, 17, 2), let offset = offset(bytes),
                year >= 1600, 1...12 ~= month, 1...length(of: month, year) ~= day,
                hour < 24, minute < 60, second < 60
            else { return nil }
            let days = days(year, month, day)
            return Date(
                timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset))
        }
    }

    /// The seconds that the zone behind the seconds, and their fraction, is east of Greenwich.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var at = 19
        if bytes[at] == UInt8(ascii: ".") {
            at += 1
            let start = at
            while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
            guard at > start, at < bytes.count else { return nil }
        }
        if bytes[at] == UInt8(ascii: "Z") { return at + 1 == bytes.count ? 0 : nil }
        guard at + 6 == bytes.count, bytes[at + 3] == UInt8(ascii: ":"), let hours = number(bytes, at + 1, 2),
            let minutes = number(bytes, at + 4, 2), hours < 14, minutes < 60
        else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -hours * 3600 - minutes * 60
        default: return nil
        }
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for byte in bytes[start..<start + count] {
            guard byte &- 0x30 < 10 else { return nil }
            value = value * 10 + Int(byte & 0x0F)
        }
        return value
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The days from 1 January 1970, of years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let march = month > 2 ? year : year - 1
        let century = march / 400
        let within = march - century * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return century * 146_097 + within * 365 + within / 4 - within / 100 + ofYear - 719_468
    }
}
