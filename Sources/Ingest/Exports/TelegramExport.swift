import Foundation
import News
import Text

/// Reads the `result.json` of Telegram Desktop, of one channel or of a whole account.
///
/// Each message with a text becomes an article, through the parser of posts: a message in the form of a post gets its
/// parts, any other one its first line as headline. Rich text is kept as text, hidden links behind their words. An album
/// is exported as messages of one moment, each with its picture, that follow each other: their captions are one post.
/// Source: the export's own file, as of Telegram Desktop 5.
struct TelegramExport {
    private let origin: String
    private let posts: PostParser
    private var elements = JSONElements(key: "messages")
    private var channel = Channel()
    /// The message before, to which the next may belong.
    private var waiting: Post?

    /// A message, or several that are an album.
    private struct Post {
        var id: Int64
        /// The number of its last message.
        var last: Int64
        var line: Int
        var stamp: String?
        var date: Date?
        var author: String?
        var text: String
        var hasMedia: Bool

        /// Whether a message is the next piece of the same album.
        func goesOn(in next: Post) -> Bool {
            hasMedia && next.hasMedia && next.id == last + 1 && stamp != nil && next.stamp == stamp
        }

        /// Takes the next piece in; known by the first piece with words.
        mutating func join(_ next: Post) {
            if text.isEmpty { (id, line) = (next.id, next.line) }
            text = [text, next.text].filter { !$0.isEmpty }.joined(separator: "\n\n")
            (last, author) = (next.last, author ?? next.author)
        }
    }

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
        var (channel, waiting) = (channel, waiting)
        func flush() {
            guard let post = waiting else { return }
            waiting = nil
            let parsed = article(post, in: channel)
            articles += parsed.articles
            diagnostics += parsed.diagnostics
        }
        reader.take(bytes) { event in
            switch event {
            case .field("name", let value): channel.name = Self.string(value)
            case .field("id", let value): channel.id = String(decoding: value, as: UTF8.self)
            case .field: break
            case .element(let bytes, let line):
                let (post, problem) = post(bytes, line: line)
                if let problem { diagnostics.append(problem) }
                guard let post else { break }
                if waiting?.goesOn(in: post) == true {
                    waiting?.join(post)
                } else {
                    flush()
                    waiting = post
                }
            case .end:
                flush()
                channel = Channel()
            case .tooLong(let line):
                diagnostics.append(
                    Diagnostic(
                        origin: origin, line: line, severity: .refused,
                        message: "the message is longer than 16 MB",
                        mend: "take it out of the file"))
            }
        }
        (elements, self.channel, self.waiting) = (reader, channel, waiting)
        return (articles, diagnostics)
    }

    /// What waited for the file's end, and what is wrong with that, if anything.
    mutating func finish() -> ParsedFile {
        let last: ParsedFile = waiting.map { article($0, in: channel) } ?? ([], [])
        waiting = nil
        guard !elements.isComplete else { return last }
        return (
            last.articles,
            last.diagnostics + [
                Diagnostic(
                    origin: origin, line: 1, severity: .refused,
                    message: "the file ends too early; what came before is kept",
                    mend: "export it again")
            ]
        )
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
        var photo: Present?
        var file: Present?

        enum CodingKeys: String, CodingKey {
            case id, type, text, date, author, photo, file
            case unixtime = "date_unixtime"
            case forwarded = "forwarded_from"
        }
    }

    /// Something that is there, whatever it is.
    private struct Present: Decodable {
        init(from decoder: any Decoder) {}
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

    private func post(_ bytes: [UInt8], line: Int) -> (Post?, Diagnostic?) {
        let message: Message
        do { message = try JSONDecoder().decode(Message.self, from: Data(bytes)) } catch {
            let diagnostic = Diagnostic(
                origin: origin, line: line, severity: .refused,
                message: "the message cannot be read: \(JSONLine.problem(error).message)",
                mend: "export it again with Telegram Desktop, in the form of JSON")
            return (nil, diagnostic)
        }
        // Service messages tell of pins and new titles.
        guard message.type == "message" else { return (nil, nil) }
        let text = message.text?.plain ?? ""
        let stamp = message.unixtime?.value ?? message.date
        let date =
            message.unixtime.flatMap { Double($0.value) }.map(Date.init(timeIntervalSince1970:))
            ?? message.date.flatMap(FeedDate.parse)
        return (
            Post(
                id: message.id, last: message.id, line: line, stamp: stamp, date: date,
                author: message.author, text: text.contains { !$0.isWhitespace } ? text : "",
                hasMedia: message.photo != nil || message.file != nil), nil
        )
    }

    private func article(_ post: Post, in channel: Channel) -> ParsedFile {
        // Pictures without words tell nothing that can be cited.
        guard !post.text.isEmpty else { return ([], []) }
        return ChannelPost(
            text: post.text, source: channel.name, author: post.author, publishedAt: post.date, url: nil,
            origin: "telegram:\(channel.id ?? channel.name ?? origin)/\(post.id)"
        ).article(posts, line: post.line, file: origin)
    }

    private static func string(_ json: [UInt8]) -> String? {
        try? JSONDecoder().decode(String.self, from: Data(json))
    }
}
