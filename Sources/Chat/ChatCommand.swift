/// What somebody asks the bot to do by a command, such as `/latest trade`.
public enum ChatCommand: Sendable, Hashable {
    /// A greeting, with what the bot can do.
    case start
    /// The list of commands.
    case help
    /// A question, as if it were written without a command.
    case ask(String)
    /// The newest articles, on a topic or all.
    case latest(topic: String?)
    /// Passages that match.
    case search(String)
    /// The sources of the last answer.
    case sources
    /// What happened in a matter, in the order of time.
    case timeline(String)
    /// The digest, now.
    case digest
    /// New articles on a topic as they come.
    case subscribe(topic: String)
    /// The digest every day at a time of the reader's clock.
    case subscribeDaily(hour: Int, minute: Int)
    /// No more of what was subscribed to: one topic, or all.
    case unsubscribe(topic: String?)
    /// Which language models may answer, and which did.
    case providers
    /// How the last answer came about.
    case why
    /// The language of replies, as a tag; nil asks which one is set.
    case language(tag: String?)
    /// A new conversation.
    case reset
    /// Deletion of what is kept of the person.
    case forget
    /// How the bot is doing.
    case status

    /// Why a command cannot be followed.
    public enum Problem: Error, Sendable, Hashable {
        /// No such command: its name in small letters.
        case unknown(String)
        /// The command needs something after its name.
        case incomplete(String)
        /// `daily` needs a time from 00:00 to 23:59; what stood in its place.
        case invalidTime(String)
    }

    /// The names in the order in which platforms list them, without the slash.
    public static let names = [
        "start", "help", "ask", "latest", "search", "sources", "timeline", "digest", "subscribe",
        "unsubscribe",
        "providers", "why", "language", "reset", "forget", "status",
    ]

    /// Reads a message that begins with a slash.
    ///
    /// The slash and the colon may have the width of Chinese and Japanese characters, the name any case; an addressee
    /// (`/help@NewsBot`) is passed over, because ``ChatEvent/isForAnotherBot`` tells whose it is.
    ///
    /// - Returns: nil where the text is not a command.
    /// - Throws: ``Problem`` with what is missing.
    public static func parse(_ text: String) throws(Problem) -> ChatCommand? {
        let text = text.drop(while: \.isWhitespace)
        guard let first = text.first, first == "/" || first == "／" else { return nil }
        let words = text.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
        // “/ and” or “//” is somebody writing, not calling.
        guard let called = words.first, text.dropFirst().first?.isLetter == true else { return nil }
        let name = called.prefix { $0 != "@" }.lowercased()
        // A path or address in the first place has letters and slashes, a command's name has not.
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else { return nil }
        let rest =
            words.count > 1 ? words[1].split(whereSeparator: \.isWhitespace).joined(separator: " ") : ""
        let topic = rest.isEmpty ? nil : rest
        switch name {
        case "start": return .start
        case "help": return .help
        case "ask": return .ask(try needed(topic, by: name))
        case "latest": return .latest(topic: topic)
        case "search": return .search(try needed(topic, by: name))
        case "sources": return .sources
        case "timeline": return .timeline(try needed(topic, by: name))
        case "digest": return .digest
        case "subscribe": return try subscription(try needed(topic, by: name))
        case "unsubscribe": return .unsubscribe(topic: topic)
        case "providers": return .providers
        case "why": return .why
        case "language": return .language(tag: topic)
        case "reset": return .reset
        case "forget": return .forget
        case "status": return .status
        default: throw .unknown(name)
        }
    }

    private static func needed(_ topic: String?, by name: String) throws(Problem) -> String {
        guard let topic else { throw .incomplete(name) }
        return topic
    }

    private static func subscription(_ wish: String) throws(Problem) -> ChatCommand {
        let words = wish.split(separator: " ")
        guard words[0].lowercased() == "daily" else { return .subscribe(topic: wish) }
        let time = words.dropFirst().joined(separator: " ")
        let parts = time.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "：" }
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else { throw .invalidTime(time) }
        return .subscribeDaily(hour: hour, minute: minute)
    }
}
