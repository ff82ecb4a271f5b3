public import Foundation
public import Text

/// Dates in words, in the way of a language; always in UTC.
public enum DateText {
    /// The day of a moment: "15 September 2022", "2022年9月15日", "15 septembre 2022".
    public static func day(_ date: Date, language: Language) -> String {
        let parts = Calendar.utc.dateComponents([.year, .month, .day], from: date)
        return text(year: parts.year, month: parts.month, day: parts.day, language: language) ?? iso(date)
    }

    /// A date in words, as exact as it is; the text's own words where it names neither year, month nor day.
    public static func text(_ mention: DateMention, language: Language) -> String {
        text(year: mention.year, month: mention.month, day: mention.day, language: language) ?? mention.text
    }

    /// A moment as of ISO 8601, such as `2025-07-18T07:42:00Z`.
    public static func iso(_ date: Date) -> String { date.formatted(.iso8601) }

    private static func text(year: Int?, month: Int?, day: Int?, language: Language) -> String? {
        guard year != nil || month != nil || day != nil else { return nil }
        if language.isChinese || language == .japanese {
            return [year.map { "\($0)年" }, month.map { "\($0)月" }, day.map { "\($0)日" }].compactMap { $0 }
                .joined()
        }
        if language == .korean {
            return [year.map { "\($0)년" }, month.map { "\($0)월" }, day.map { "\($0)일" }].compactMap { $0 }
                .joined(separator: " ")
        }
        let names = MonthNames.of(language)
        let name = month.flatMap { names.indices.contains($0 - 1) ? names[$0 - 1] : nil }
        var parts: [String] = []
        if let day {
            let first = language == .french && day == 1 && name != nil
            parts.append(language == .german && name != nil ? "\(day)." : first ? "1er" : "\(day)")
        }
        if let name {
            if !parts.isEmpty, language == .spanish || language == .portuguese { parts.append("de") }
            parts.append(name)
        }
        if let year {
            if name != nil, language == .spanish || language == .portuguese { parts.append("de") }
            parts.append("\(year)")
        }
        return parts.joined(separator: " ")
    }
}
