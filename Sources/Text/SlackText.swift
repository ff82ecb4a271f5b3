/// Slack's texts as their readers see them.
///
/// `<https://x|words>`, `<@U1>`, `<#C1|name>` and `<!here>` become `words (https://x)`, `@name`, `#name` and `@here`, and
/// the three escapes their characters. Source: docs.slack.dev, “Formatting message text”.
public enum SlackText {
    /// The text without Slack's brackets.
    ///
    /// - Parameters:
    ///   - text: as Slack sends or exports it.
    ///   - names: people by their identities.
    /// - Returns: the text as people read it.
    /// - Complexity: O(length).
    public static func plain(_ text: String, names: [String: String] = [:]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            result += rest[..<open]
            let inner = rest[rest.index(after: open)..<close]
            let parts = inner.split(separator: "|", maxSplits: 1)
            let target = parts.first ?? ""
            let label = parts.count > 1 ? String(parts[1]) : nil
            switch target.first {
            case "@":
                result += "@" + (label ?? names[String(target.dropFirst())] ?? String(target.dropFirst()))
            case "#": result += "#" + (label ?? String(target.dropFirst()))
            case "!": result += label ?? "@" + target.dropFirst()
            default: result += label.map { $0 == target ? $0 : "\($0) (\(target))" } ?? String(target)
            }
            rest = rest[rest.index(after: close)...]
        }
        return unescaped(result + rest)
    }

    /// The text without Slack's three escapes; the ampersand last, so that `&amp;lt;` is `&lt;`.
    public static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
