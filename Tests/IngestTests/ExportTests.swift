import Foundation
import Logging
import News
import Storage
import Testing

@testable import Ingest

private let telegram = #"""
    {"name": "Harbour Wire", "type": "public_channel", "id": 1234, "messages": [
     {"id": 1, "type": "service", "action": "create_channel", "title": "Harbour Wire", "text": ""},
     {"id": 2, "type": "message", "date": "2025-07-18T09:42:00", "date_unixtime": "1752824520", "from": "Harbour Wire",
      "text": ["Pier \"reopens\" \u2013 at last\n\nThe ", {"type": "bold", "text": "old pier"}, " takes visitors again, says ",
      {"type": "text_link", "text": "the harbour office", "href": "https://harbour.example/office"}, ".\n\n",
      {"type": "hashtag", "text": "#pier"}], "text_entities": []},
     {"id": 3, "type": "message", "date": "2025-07-18T09:43:00", "photo": "(File not included)", "text": ""},
     {"id": "four", "type": "message", "text": "x"},
     {"id": 5, "type": "message", "date": "2025-07-18T09:44:00", "author": "Ida Holm", "text": "Nur ein Satz, mit {Klammern] und \\ Strich."}
    ]}
    """#

private let slackDay = #"""
    [{"type": "message", "user": "U1", "text": "Pier reopens\n\nSays <https://harbour.example/o|the office>, <@U2> &amp; <#C9|boats>.", "ts": "1752824520.000200"},
     {"type": "message", "subtype": "channel_join", "user": "U2", "text": "joined", "ts": "1752824521.000200"},
     {"type": "message", "user": "U2", "text": "A reply.", "ts": "1752824522.000200", "thread_ts": "1752824520.000200"}]
    """#

private let wordPress = """
    <?xml version="1.0" encoding="UTF-8" ?>
    <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
    <channel><title>Harbour Wire</title><link>https://harbour.example</link>
    <item><title>Pier reopens</title><link>https://harbour.example/pier</link><pubDate>Fri, 18 Jul 2025 07:42:00 +0000</pubDate>
    <dc:creator><![CDATA[ida]]></dc:creator><guid isPermaLink="false">https://harbour.example/?p=7</guid>
    <content:encoded><![CDATA[<!-- wp:paragraph --><p>The old pier takes visitors again; not an </item>.</p><!-- /wp:paragraph -->]]></content:encoded>
    <excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
    <item><title>A draft</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
    <item><title>pier.jpg</title><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>
    </channel></rss>
    """

/// Hands bytes over in pieces of a size.
private func pieces(_ text: String, of size: Int) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min(bytes.count, $0 + size)]) }
}

@Suite struct ExportTests {
    @Test(arguments: [1, 7, 64, 1 << 20])
    func `an export of Telegram is read in pieces of any size`(_ size: Int) {
        var export = TelegramExport(origin: "/x/result.json", reference: reference)
        let parsed = pieces(telegram, of: size).map { export.take($0) }
        let articles = parsed.flatMap(\.articles)
        #expect(
            articles.map(\.headline) == [
                "Pier \"reopens\" – at last", "Nur ein Satz, mit {Klammern] und \\ Strich.",
            ])
        #expect(
            articles.first?.body
                == [
                    "The old pier takes visitors again, says the harbour office (https://harbour.example/office)."
                ])
        #expect(articles.first?.publishedAt == Date(timeIntervalSince1970: 1_752_824_520))
        #expect(articles.map(\.origin) == ["telegram:1234/2", "telegram:1234/5"])
        #expect(articles.allSatisfy { $0.source == "Harbour Wire" } && articles.last?.author == "Ida Holm")
        #expect(parsed.flatMap(\.diagnostics).map(\.line) == [8] && export.finish().diagnostics.isEmpty)
    }

    @Test func `an export that ends too early is told, and what came before is kept`() {
        var export = TelegramExport(origin: "/x/result.json", reference: reference)
        let cut = String(telegram.prefix(telegram.count - 40))
        #expect(export.take(Array(cut.utf8)).articles.count == 1 && export.finish().diagnostics.count == 1)
    }

    @Test(arguments: [1, 5, 1 << 20])
    func `a day of Slack is read`(_ size: Int) {
        let users = Array(#"[{"id":"U1","real_name":"Ida Holm"},{"id":"U2","name":"per"}]"#.utf8)
        var export = SlackExport(origin: "/x/news/2025-07-18.json", users: users, reference: reference)
        let parsed = pieces(slackDay, of: size).map { export.take($0) }
        let articles = parsed.flatMap(\.articles)
        #expect(articles.map(\.headline) == ["Pier reopens"] && parsed.allSatisfy(\.diagnostics.isEmpty))
        #expect(articles.first?.body == ["Says the office (https://harbour.example/o), @per & #boats."])
        #expect(articles.first?.source == "news" && articles.first?.author == "Ida Holm")
        #expect(articles.first?.origin == "slack:news/1752824520.000200")
        #expect(SlackExport.isDay("/x/2025-07-18.json") && !SlackExport.isDay("/x/users.json"))
        #expect(SlackExport.isList("/x/users.json") && !SlackExport.isList("/x/2025-07-18.json"))
    }

    @Test(arguments: [1, 9, 1 << 20])
    func `an export of WordPress is read, published posts alone`(_ size: Int) {
        var export = SyndicationFile(origin: "/x/export.xml")
        var parsed = pieces(wordPress, of: size).map { export.take($0) }
        parsed.append(export.finish())
        let articles = parsed.flatMap(\.articles)
        #expect(articles.map(\.headline) == ["Pier reopens"] && parsed.allSatisfy(\.diagnostics.isEmpty))
        #expect(articles.first?.body == ["The old pier takes visitors again; not an ."])
        #expect(
            articles.first?.url == "https://harbour.example/pier" && articles.first?.source == "Harbour Wire")
    }

    @Test(arguments: 0..<100)
    func `elements are the same however the file is cut, and the file's own decoder agrees`(_ seed: UInt64)
        throws
    {
        var random = SeededGenerator(seed: seed)
        func value(_ depth: Int) -> String {
            switch Int.random(in: 0...(depth > 3 ? 3 : 5), using: &random) {
            case 0: return "\(Int.random(in: -9...9, using: &random))"
            case 1: return ["true", "null", "1.5e3"].randomElement(using: &random) ?? ""
            case 2, 3: return ["\"a\"", #""\"]}\\""#, "\"字,:[\"", "\"\""].randomElement(using: &random) ?? ""
            case 4:
                let count = Int.random(in: 0...3, using: &random)
                return "[" + (0..<count).map { _ in value(depth + 1) }.joined(separator: ", ") + " ]"
            default:
                let count = Int.random(in: 0...3, using: &random)
                return "{" + (0..<count).map { "\"k\($0)\" : \(value(depth + 1))" }.joined(separator: ",\n")
                    + "}"
            }
        }
        let wanted = (0..<Int.random(in: 0...6, using: &random)).map { _ in value(0) }
        let file =
            "{\"before\": \(value(2)), \"messages\": [\(wanted.joined(separator: " ,\n"))], \"after\": \(value(1))}"
        for size in [1, 3, 1000] {
            var found: [String] = []
            var elements = JSONElements(key: "messages")
            for piece in pieces(file, of: size) {
                elements.take(piece) {
                    if case .element(let bytes, _) = $0 {
                        found.append(String(decoding: bytes, as: UTF8.self))
                    }
                }
            }
            #expect(found == wanted, "seed \(seed), pieces of \(size)")
            #expect(elements.isComplete)
        }
        _ = try JSONSerialization.jsonObject(with: Data(file.utf8))
    }

    @Test(arguments: 0..<60)
    func `mutilated exports are read or refused`(_ seed: UInt64) {
        for text in [telegram, slackDay, wordPress] {
            var random = SeededGenerator(seed: seed)
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.removeSubrange(at..<min(bytes.count - 1, at + 20))
                default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
                }
            }
            var telegram = TelegramExport(origin: "/x", reference: reference)
            var slack = SlackExport(origin: "/x/2025-07-18.json", users: bytes, reference: reference)
            var feed = SyndicationFile(origin: "/x")
            let articles =
                telegram.take(bytes).articles + slack.take(bytes).articles + feed.take(bytes).articles
                + feed.finish().articles
            #expect(articles.allSatisfy { !$0.id.isEmpty && !$0.headline.isEmpty }, "seed \(seed)")
        }
    }
}

/// The sample posts, by every way that they can come.
@Suite struct FourWaysTests {
    private struct Post {
        var source: String
        var date: Date
        var text: String
        var lines: [String]
    }

    private static let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "seeds")

    /// The posts with what a platform keeps beside their text taken out of it.
    private static func posts() throws -> [(path: String, bytes: [UInt8], post: Post)] {
        try FileManager.default.contentsOfDirectory(atPath: seeds.path).filter { $0.hasSuffix(".txt") }
            .sorted().map { name in
                let bytes = [UInt8](try Data(contentsOf: seeds.appending(path: name)))
                let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
                let article = try #require(
                    PostParser(reference: reference).parse(bytes, origin: "/seeds/" + name).articles.first)
                let post = Post(
                    source: article.source, date: try #require(article.publishedAt),
                    text: lines.dropFirst(3).joined(separator: "\n"), lines: Array(lines.dropFirst(3)))
                return ("/seeds/" + name, bytes, post)
            }
    }

    private static func bare(_ article: Article) -> Article {
        var article = article
        article.origin = nil
        return article
    }

    private func files() throws -> [Article] {
        try Self.posts().flatMap {
            PostParser(reference: reference).parse($0.bytes, origin: $0.path).articles
        }.map(Self.bare)
    }

    @Test func `as channel posts they give the same articles as files`() throws {
        let posts = try Self.posts().flatMap { place in
            ChannelPost(
                text: place.post.text, source: place.post.source, publishedAt: place.post.date, url: nil,
                origin: "telegram:1/\(place.path)"
            ).article(now: reference).articles
        }
        #expect(posts.count == 27)
        #expect(try posts.map(Self.bare) == files())
    }

    @Test func `as forwarded texts with their own header they give the same articles`() throws {
        let posts = try Self.posts().flatMap { place in
            ChannelPost(
                text: String(decoding: place.bytes, as: UTF8.self), source: "Somebody",
                publishedAt: reference, url: nil,
                origin: "telegram:1/\(place.path)"
            ).article(now: reference).articles
        }
        #expect(try posts.map(Self.bare) == files())
    }

    /// The posts of each channel by itself.
    private static func channels() throws -> [(source: String, posts: [Post])] {
        Dictionary(grouping: try posts().map(\.post), by: \.source).sorted { $0.key < $1.key }.map {
            ($0.key, $0.value)
        }
    }

    private func compare(_ articles: [Article]) throws {
        let wanted = try files().sorted { $0.id < $1.id }
        #expect(articles.count == 27)
        for (article, wanted) in zip(articles.map(Self.bare).sorted(by: { $0.id < $1.id }), wanted) {
            #expect(article == wanted)
        }
    }

    @Test func `as an export of Telegram they give the same articles`() throws {
        let chats = try Self.channels().enumerated().map { number, channel in
            let messages = channel.posts.enumerated().map { place, post in
                [
                    "id": place + 1, "type": "message", "text": post.text,
                    "date_unixtime": String(Int(post.date.timeIntervalSince1970)),
                ] as [String: Any]
            }
            // A dictionary has no order, and the name comes first in an export.
            let list = String(decoding: try JSONSerialization.data(withJSONObject: messages), as: UTF8.self)
            return
                "{\"name\": \"\(channel.source)\", \"type\": \"public_channel\", \"id\": \(number), \"messages\": \(list)}"
        }
        var export = TelegramExport(origin: "/x/result.json", reference: reference)
        let file =
            "{\"about\": \"x\", \"chats\": {\"about\": \"y\", \"list\": [\(chats.joined(separator: ","))]}}"
        #expect(TelegramExport.isExport(Array(file.utf8)))
        let parsed = pieces(file, of: 1000).map { export.take($0) }
        #expect(parsed.allSatisfy(\.diagnostics.isEmpty) && export.finish().diagnostics.isEmpty)
        try compare(parsed.flatMap(\.articles))
    }

    @Test func `as RSS they give the same articles`() throws {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        }
        var articles: [Article] = []
        for (source, posts) in try Self.channels() {
            let items = posts.map { post in
                // Paragraphs as a site writes them, points of an analysis as a list.
                var html = ""
                var isList = false
                for line in post.lines.dropFirst().map({ $0.trimmingCharacters(in: .whitespaces) })
                where !line.isEmpty {
                    let point = line.firstRange(of: ". ")
                        .flatMap { Int(line[..<$0.lowerBound]) == nil ? nil : line[$0.upperBound...] }
                    if (point != nil) != isList { html += isList ? "</ol>" : "<ol>" }
                    isList = point != nil
                    html += point.map { "<li>\(escaped(String($0)))</li>" } ?? "<p>\(escaped(line))</p>"
                }
                return
                    "<item><title>\(escaped(post.lines.first ?? ""))</title><pubDate>\(post.date.formatted(.iso8601))</pubDate>"
                    + "<content:encoded>\(escaped(html))</content:encoded></item>"
            }
            let xml = """
                <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>\(source)</title>
                \(items.joined(separator: "\n"))</channel></rss>
                """
            let feed = try FeedParser().parse(Array(xml.utf8))
            articles +=
                feed.articles(from: FeedSubscription(url: "https://example.org/feed", addedAt: reference))
                .articles
        }
        try compare(articles)
    }

    @Test func `whatever way comes second finds them unchanged`() async throws {
        let store = try NewsStore.inMemory()
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let ingestor = Ingestor(store: store, logger: quiet)
        let first = try await ingestor.ingest(paths: [Self.seeds.path], asOf: reference, now: reference) {
            _ in
        }
        #expect(first.new == 27)
        for (path, _, post) in try Self.posts() {
            let post = ChannelPost(
                text: post.text, source: post.source, publishedAt: post.date, url: nil,
                origin: "telegram:1/\(path)")
            #expect(try await ingestor.ingest(post, now: reference).unchanged == 1)
        }
        #expect(try await store.count() == 27)
    }
}
