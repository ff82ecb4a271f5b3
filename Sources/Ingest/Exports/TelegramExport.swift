import Foundation
import News
import Text

/// Reads the `result.json` of Telegram Desktop, of one channel or of a whole account.
///
/// Each message with a text becomes an article, through the parser of posts: a message in the form of a post gets its
/// parts, any other one its first line as headline. Rich text is kept as text, hidden links behind their words. Albums
/// are one message with a text and others without, which are passed over. Source: the export's own file, as of
/// Telegram Desktop 5.
struct TelegramExport {
    private let origin: String
    private let posts: PostParser
    private var elements = JSONElements(key: "messages")
    private var channel = Channel()

    /// The chat whose messages are being read.
    private struct Channel {
        var name: String?
        var id: String?
    }

    init(origin: String, reference: Date) {
        self.origin = origin
        posts = PostParser(reference: reference)
    }

    /// Whether bytes are the beginning of such a file.
    static func isExport(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix(4096), as: UTF8.self)
        return text.contains("\"messages\"") && text.contains("\"type\"")
            || text.contains("\"chats\"") && text.contains("\"about\"")
    }

    /// Takes the next piece of the file.
    mutating func take(_ bytes: [UInt8]) -> ParsedFile {
        var articles: [Article] = []
        var diagnostics: [Diagnostic] = []
        var reader = elements
        var channel = channel
        reader.take(bytes) { event in
            switch event {
            case .field("name", let value): channel.name = Self.string(value)
            case .field("id", let value): channel.id = String(decoding: value, as: UTF8.self)
            case .field: break
            case .element(let bytes, let line):
                let parsed = article(bytes, line: line, in: channel)
                articles += parsed.articles
                diagnostics += parsed.diagnostics
            case .end: channel = Channel()
            case .tooLong(let line):
                diagnostics.append(
                    Diagnostic(
                        origin: origin, line: line, severity: .refused,
                        message: "the message is longer than 16 MB",
                        mend: "take it out of the file"))
            }
        }
        (elements, self.channel) = (reader, channel)
        return (articles, diagnostics)
    }

    /// What is wrong with the file's end, if anything.
    func finish() -> [Diagnostic] {
        guard !elements.isComplete else { return [] }
        return [
            Diagnostic(
                origin: origin, line: 1, severity: .refused,
                message: "the file ends too early; what came before is kept",
                mend: "export it again")
        ]
    }

    // MARK: Messages

    private struct Message: Decodable {
        var id: Int64
        var type: String
        var unixtime: JSONLine.Text?
        var date: String?
        var text: RichText?
        var forwarded: String?
        var author: String?

        enum CodingKeys: String, CodingKey {
            case id, type, text, date, author
            case unixtime = "date_unixtime"
            case forwarded = "forwarded_from"
        }
    }

    /// A text, or pieces of it that are texts or objects with their kind.
    private struct RichText: Decodable {
        var plain = ""

        private struct Piece: Decodable {
            var text: String
            var href: String?
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                plain = text
                return
            }
            var pieces = try decoder.unkeyedContainer()
            while !pieces.isAtEnd {
                if let text = try? pieces.decode(String.self) {
                    plain += text
                } else {
                    let piece = try pieces.decode(Piece.self)
                    plain += piece.text
                    if let href = piece.href, href != piece.text { plain += " (\(href))" }
                }
            }
        }
    }

    private func article(_ bytes: [UInt8], line: Int, in channel: Channel) -> ParsedFile {
        let message: Message
        do { message = try JSONDecoder().decode(Message.self, from: Data(bytes)) } catch {
            let diagnostic = Diagnostic(
                origin: origin, line: line, severity: .refused,
                message: "the message cannot be read: \(JSONLine.problem(error).message)",
                mend: "export it again with Telegram Desktop, in the form of JSON")
            return ([], [diagnostic])
        }
        // Service messages tell of pins and new titles; pictures without words tell nothing that can be cited.
        guard message.type == "message", let text = message.text?.plain,
            text.contains(where: { !$0.isWhitespace })
        else {
            return ([], [])
        }
        let date =
            message.unixtime.flatMap { Double($0.value) }.map(Date.init(timeIntervalSince1970:))
            ?? message.date.flatMap(FeedDate.parse)
        let place = "telegram:\(channel.id ?? channel.name ?? origin)/\(message.id)"
        return ChannelPost(
            text: text, source: channel.name, author: message.author, publishedAt: date, url: nil,
            origin: place
        ).article(posts, line: line, file: origin)
    }

    private static func string(_ json: [UInt8]) -> String? {
        try? JSONDecoder().decode(String.self, from: Data(json))
    }
}
