import Foundation

/// How a platform wants its text: the markup, what its limit counts, and the limit.
public struct ReplyFormat: Sendable, Hashable {
    enum Markup: Sendable, Hashable { case entities, slack, discord, whatsApp, html, plain }

    /// What a limit counts.
    public enum Unit: Sendable, Hashable {
        case utf16, scalars, bytes

        /// The length of a text, found in O(n).
        public func length(of text: String) -> Int {
            switch self {
            case .utf16: text.utf16.count
            case .scalars: text.unicodeScalars.count
            case .bytes: text.utf8.count
            }
        }
    }

    let markup: Markup
    /// What the limit counts.
    public let unit: Unit
    /// The longest text of one message, in units.
    public let limit: Int

    /// Telegram: entities beside plain text, so that nothing needs escaping; 100 of them a message.
    public static let telegram = ReplyFormat(markup: .entities, unit: .utf16, limit: 4096)
    /// Slack's mrkdwn, at the length that Slack advises; the hard limit is 40,000.
    public static let slack = ReplyFormat(markup: .slack, unit: .scalars, limit: 4000)
    /// Discord's Markdown.
    public static let discord = ReplyFormat(markup: .discord, unit: .scalars, limit: 2000)
    /// WhatsApp's marks.
    public static let whatsApp = ReplyFormat(markup: .whatsApp, unit: .scalars, limit: 4096)
    /// Messenger, which has no markup.
    public static let messenger = ReplyFormat(markup: .plain, unit: .scalars, limit: 2000)
    /// LINE, which has no markup.
    public static let line = ReplyFormat(markup: .plain, unit: .utf16, limit: 5000)
    /// Matrix: an event has 65,536 bytes for the HTML, its plain fallback, both escaped again as JSON, and the frame.
    public static let matrix = ReplyFormat(markup: .html, unit: .bytes, limit: 12_000)

    /// The same format with another limit, in units and at least 16.
    public func limited(to limit: Int) -> ReplyFormat {
        ReplyFormat(markup: markup, unit: unit, limit: max(16, limit))
    }

    // MARK: - Markup

    var quoteMarks: (open: String, close: String) {
        switch markup {
        case .slack, .discord, .whatsApp: ("> ", "")
        case .html: ("<blockquote>", "</blockquote>")
        case .entities: ("", "")
        case .plain: ("“", "”")
        }
    }

    func escaped(_ word: String) -> String {
        switch markup {
        case .entities, .plain: return word
        case .html: return Self.replacing(word, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
        case .slack: return Self.guarded(Self.replacing(word, ["&": "&amp;", "<": "&lt;", ">": "&gt;"]))
        case .whatsApp: return Self.guarded(word)
        case .discord:
            var text = ""
            for character in word {
                if "\\*_~`|>#+-[]()<".contains(character) { text.append("\\") }
                text.append(character)
            }
            // “1.” at the start of a line begins a list.
            let isNumber = word.count > 1 && word.hasSuffix(".") && word.dropLast().allSatisfy(\.isNumber)
            return isNumber ? text.dropLast() + "\\." : text
        }
    }

    func bold(_ text: String) -> String {
        switch markup {
        case .entities, .plain: text
        case .slack, .whatsApp: "*\(escaped(text))*"
        case .discord: "**\(escaped(text))**"
        case .html: "<strong>\(escaped(text))</strong>"
        }
    }

    func link(_ label: String, _ url: String) -> String {
        switch markup {
        case .entities: label
        case .plain, .whatsApp: "\(escaped(label)) (\(url))"
        case .slack:
            "<\(Self.replacing(url, ["&": "&amp;", "<": "%3C", ">": "%3E", "|": "%7C"]))|"
                + Self.replacing(label, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "¦"]) + ">"
        // Angle brackets keep Discord from adding a preview.
        case .discord:
            "[\(escaped(label))](<\(Self.replacing(url, ["<": "%3C", ">": "%3E", ")": "%29", "(": "%28"]))>)"
        case .html: "<a href=\"\(escaped(url))\">\(escaped(label))</a>"
        }
    }

    /// Marks have no escape here; they begin and end at the edges of words, where a space without width disarms them.
    private static func guarded(_ word: String) -> String {
        let marks = "*_~`"
        var text = word
        if let last = text.last, marks.contains(last) {
            text.insert("\u{200B}", at: text.index(before: text.endIndex))
        }
        if let first = text.first, marks.contains(first) { text = "\u{200B}" + text }
        return text
    }

    private static func replacing(_ text: String, _ table: [Character: String]) -> String {
        text.reduce(into: "") { $0 += table[$1] ?? String($1) }
    }
}
