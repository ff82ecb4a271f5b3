/// The number or sign before an item of a list.
struct ListMarker: Sendable, Hashable {
    enum Kind { case number, bullet }

    var kind: Kind
    /// What follows the marker, without white space before it.
    var text: String

    /// The marker that a line begins with; nil where it has none.
    ///
    /// Numbers have one or two digits and a stop, bracket or comma of enumeration: `1.` `1)` `(1)` `１．` `①` `一、` `（一）`
    /// `1️⃣`. `1.5 million` and `2025.` are none.
    init?(_ line: String) {
        guard let first = line.first else { return nil }
        if let found = Self.circled(first, line) ?? Self.numbered(line[...]) {
            kind = .number
            text = found
        } else if Self.bullets.contains(first), let found = Self.bulleted(line, first) {
            kind = .bullet
            text = found
        } else {
            return nil
        }
    }

    private static func circled(_ first: Character, _ line: String) -> String? {
        guard let scalar = first.unicodeScalars.first else { return nil }
        switch scalar.value {
        // ① … ⒛, ❶ … ➓, and keycaps such as 1️⃣ and 🔟.
        case 0x2460...0x249B, 0x24EB...0x24FE, 0x2776...0x2793, 0x1F51F: break
        default: guard first.unicodeScalars.contains("\u{20E3}") else { return nil }
        }
        let rest = line.dropFirst().drop { ".、:：".contains($0) || $0.isWhitespace }
        return String(rest)
    }

    private static func numbered(_ line: Substring) -> String? {
        var rest = line
        var closer: Character?
        if let first = rest.first, let match = ["(": ")", "（": "）", "[": "]"][first] as Character? {
            closer = match
            rest.removeFirst()
        }
        let digits = rest.prefix { $0.wholeNumberValue != nil && !hanNumerals.contains($0) }
        let numerals = rest.prefix { hanNumerals.contains($0) }
        let number = digits.isEmpty ? numerals : digits
        guard (1...(digits.isEmpty ? 3 : 2)).contains(number.count) else { return nil }
        rest = rest[number.endIndex...]
        guard let mark = rest.first else { return nil }
        rest.removeFirst()
        if let closer {
            guard mark == closer || mark == ")" || mark == "）" else { return nil }
            return trimmed(rest.drop { "、.：:".contains($0) })
        }
        switch mark {
        case "、", "）", "．", "﹒": return trimmed(rest)
        case ".", ")", "。":
            guard digits.isEmpty == false,
                rest.first?.wholeNumberValue == nil || rest.first.map(hanNumerals.contains) == true
            else { return nil }
            // “1.Heading” is a point, “a.m.” and “3.B” of a list of drafts are not worth a rule.
            return trimmed(rest)
        default: return nil
        }
    }

    private static func bulleted(_ line: String, _ first: Character) -> String? {
        let rest = line.dropFirst()
        // A dash or star without a space is a minus, an emphasis or a rule.
        if "-–—*+".contains(first) {
            guard rest.first?.isWhitespace == true else { return nil }
        }
        let text = trimmed(rest)
        return text.isEmpty ? nil : text
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace))
    }

    private static let hanNumerals = Set("一二三四五六七八九十")
    private static let bullets = Set("-–—*+•‣◦●○▪▫■□◆◇·・➤➢►▶➜➡👉🔹🔸🔷🔶✅✔📌▪️▫️▶️➡️✔️◾️◽️◾◽🔺🟢🔵")
}
