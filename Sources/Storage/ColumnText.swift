/// A text in the form in which a column holds it: the same, but for the one character that ends SQLite's C strings.
///
/// Ids, origins and keys come from outside. Cut at a NUL, two of them would be taken for one.
///
/// - Invariant: `ColumnText.decoded(ColumnText.encoded(text)) == text`, and different texts stay different.
enum ColumnText {
    /// No character, now or ever (Unicode, chapter 23.7), so that real texts are left as they are.
    private static let escape: Unicode.Scalar = "\u{FFFF}"

    static func encoded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "\0" || $0 == escape }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": result.append(contentsOf: [escape, "0"])
            case escape: result.append(contentsOf: [escape, "1"])
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    static func decoded(_ column: String) -> String {
        guard column.unicodeScalars.contains(escape) else { return column }
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in column.unicodeScalars {
            if isEscaped {
                result.append(scalar == "0" ? "\0" : escape)
                isEscaped = false
            } else if scalar == escape {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
