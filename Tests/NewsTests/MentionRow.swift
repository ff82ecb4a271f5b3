import Foundation
import News
import Testing
import Text

/// A text and what a scanner is to find in it, each as `words = reading`.
struct MentionRow: Sendable, CustomTestStringConvertible {
    var text: String
    var language: Language
    var expected: [String]

    init(_ text: String, _ language: Language, _ expected: [String]) {
        (self.text, self.language, self.expected) = (text, language, expected)
    }

    var testDescription: String { text }
}

extension DateMention {
    /// Year, month and day with `?` for what is missing, then what is counted from the day of the text.
    var notation: String {
        var parts: [String] = []
        if year != nil || month != nil || day != nil {
            parts.append([year, month, day].map { $0.map(String.init) ?? "?" }.joined(separator: "-"))
        }
        if let relative { parts.append("\(relative)") }
        return "\(text) = \(parts.joined(separator: " "))"
    }
}

extension Quantity {
    /// Value, kind and unit; values to four places.
    var notation: String {
        let rounded = (value * 10_000).rounded() / 10_000
        let number = rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
        return "\(text) = \(number) \(kind)" + (unit.map { " " + $0 } ?? "")
    }
}

extension TimePhrase {
    /// `from..until`, days alone where they begin at midnight.
    var notation: String {
        func short(_ date: Date?) -> String {
            guard let date else { return "" }
            let text = DateText.iso(date)
            return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
        }
        return "\(text) = " + (wantsLatest ? "latest" : "\(short(from))..\(short(until))")
    }
}
