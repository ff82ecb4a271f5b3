import Foundation
import News
import Text

/// Reads one day of one channel of a Slack export: `<channel>/<year>-<month>-<day>.json`, a list of messages.
///
/// Messages of people and bots become articles; joins, replies in threads and what has no text do not. Links and
/// mentions are kept as text. The export tells neither permalinks nor, in its days, names: those come from `users.json`
/// beside the channels. Source: Slack, "How to read Slack data exports".
struct SlackExport {
    private let origin: String
    private let channel: String
    private let posts: PostParser
    private let names: [String: String]
    private var elements = JSONElements(key: nil)

    /// - Parameters:
    ///   - origin: the path of the day's file; its folder is the channel.
    ///   - users: the bytes of `users.json`, where it is there.
    ///   - reference: the moment from which dates without a year are told.
    init(origin: String, users: [UInt8]?, reference: Date) {
        self.origin = origin
        channel =
            (origin as NSString).deletingLastPathComponent.split(separator: "/").last.map(String.init)
            ?? "slack"
        posts = PostParser(reference: reference)
        let users = users.flatMap { try? JSONDecoder().decode([User].self, from: Data($0)) } ?? []
        names = Dictionary(
            users.compactMap { user in (user.real_name ?? user.name).map { (user.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether a path is that of a day.
    static func isDay(_ path: String) -> Bool {
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let parts = name.split(separator: "-")
        return parts.count == 3 && parts.map(\.count) == [4, 2, 2]
            && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }

    /// Whether a path is that of a list that every export has beside its channels: it holds no messages.
    static func isList(_ path: String) -> Bool { lists.contains((path as NSString).lastPathComponent) }

    private static let lists: Set = [
        "canvases.json", "channels.json", "dms.json", "groups.json", "integration_logs.json", "mpims.json",
        "org_users.json", "users.json",
    ]

    /// Takes the next piece of the file.
    mutating func take(_ bytes: [UInt8]) -> ParsedFile {
        var articles: [Article] = []
        var diagnostics: [Diagnostic] = []
        var reader = elements
        reader.take(bytes) { event in
            guard case .element(let bytes, let line) = event else { return }
            let parsed = article(bytes, line: line)
            articles += parsed.articles
            diagnostics += parsed.diagnostics
        }
        elements = reader
        return (articles, diagnostics)
    }

    private struct User: Decodable {
        var id: String
        var name: String?
        var real_name: String?
    }

    private struct Message: Decodable {
        var type: String?
        var subtype: String?
        var user: String?
        var username: String?
        var text: String?
        var ts: String?
        var thread_ts: String?
    }

    private static let subtypes: Set = ["bot_message", "me_message", "thread_broadcast", "file_share"]

    private func article(_ bytes: [UInt8], line: Int) -> ParsedFile {
        guard let message = try? JSONDecoder().decode(Message.self, from: Data(bytes)) else {
            let diagnostic = Diagnostic(
                origin: origin, line: line, severity: .refused, message: "the message cannot be read",
                mend: "export it again")
            return ([], [diagnostic])
        }
        guard message.type ?? "message" == "message", message.subtype.map(Self.subtypes.contains) ?? true,
            let stamp = message.ts, message.thread_ts.map({ $0 == stamp }) ?? true,
            let text = message.text, text.contains(where: { !$0.isWhitespace })
        else { return ([], []) }
        return ChannelPost(
            text: SlackText.plain(text, names: names), source: channel,
            author: message.user.flatMap { names[$0] } ?? message.username,
            publishedAt: Double(stamp).map { Date(timeIntervalSince1970: $0.rounded(.down)) }, url: nil,
            origin: "slack:\(channel)/\(stamp)"
        ).article(posts, line: line, file: origin)
    }
}
