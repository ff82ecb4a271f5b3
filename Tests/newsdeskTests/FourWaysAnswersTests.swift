import Chat
import Evaluation
import Foundation
import Ingest
import News
import Retrieval
import Storage
import TestSupport
import Testing

@testable import newsdesk

/// The sample posts by every way that they can come: the same articles, and the same answers.
@Suite struct FourWaysAnswersTests {
    private struct Post {
        var source: String
        var date: Date
        /// The text below the lines that a platform keeps by itself.
        var lines: [String]
        var text: String { lines.joined(separator: "\n") }
    }

    private static func posts() throws -> [(source: String, posts: [Post])] {
        let folder = Workspace.root + "/seeds"
        let posts = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".txt") }.map { name in
                let bytes = [UInt8](try #require(FileManager.default.contents(atPath: folder + "/" + name)))
                let article = try #require(
                    PostParser(reference: Workspace.now).parse(bytes, origin: "/seeds/" + name).articles.first
                )
                let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
                return Post(
                    source: article.source, date: try #require(article.publishedAt),
                    lines: Array(lines.dropFirst(3)))
            }
        return Dictionary(grouping: posts, by: \.source).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func json(_ value: Any) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
    }

    private static func feed(_ source: String, _ posts: [Post]) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        }
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
            return "<item><title>\(escaped(post.lines.first ?? ""))</title>"
                + "<pubDate>\(post.date.formatted(.iso8601))</pubDate>"
                + "<content:encoded>\(escaped(html))</content:encoded></item>"
        }
        return """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>\(escaped(source))</title>
            \(items.joined(separator: "\n"))</channel></rss>
            """
    }

    private func asExport(_ newsroom: Newsroom, in folder: String) async throws {
        let chats = try Self.posts().enumerated().map { number, channel in
            let messages = try channel.posts.enumerated().map { place, post in
                try Self.json([
                    "id": place + 1, "type": "message", "text": post.text,
                    "date_unixtime": String(Int(post.date.timeIntervalSince1970)),
                ])
            }
            return
                #"{"name": "\#(channel.source)", "type": "public_channel", "id": \#(number + 1), "messages": ["#
                + messages.joined(separator: ",") + "]}"
        }
        let file = #"{"about": "x", "chats": {"about": "y", "list": [\#(chats.joined(separator: ","))]}}"#
        let path = folder + "/export/result.json"
        try FileManager.default.createDirectory(
            atPath: folder + "/export", withIntermediateDirectories: true)
        try Data(file.utf8).write(to: URL(fileURLWithPath: path))
        let report = try await newsroom.ingestor.ingest(paths: [path], asOf: nil, now: Workspace.now) { _ in }
        #expect(report.new == 27 && report.diagnostics.isEmpty, "\(report.diagnostics)")
    }

    private func asFeeds(_ newsroom: Newsroom) async throws {
        let feeds = try Self.posts().map { Self.feed($0.source, $0.posts) }
        let peer = try LoopbackPeer.answering { request in
            let number = request.line.split(separator: " ").dropFirst().first?.dropFirst(2)
            return httpResponse(number.flatMap { Int($0) }.map { feeds[$0] } ?? "")
        }
        for number in feeds.indices {
            let feed = FeedSubscription(url: "\(peer.url)/f\(number)", addedAt: Workspace.now)
            _ = try await newsroom.store.add(feed)
            let read = try await newsroom.feedReader.read(feed, now: Workspace.now)
            #expect(read.feed.progress.lastError == nil && read.report.refused == 0)
        }
    }

    private func asChannelPosts(_ newsroom: Newsroom) async throws {
        let telegram = TelegramChannel(
            secret: try #require(ChannelSecret(["s"])), botName: "NewsBot", token: nil)
        var update = 0
        for (number, channel) in try Self.posts().enumerated() {
            for (place, post) in channel.posts.enumerated() {
                update += 1
                let body = try Self.json([
                    "update_id": update,
                    "channel_post": [
                        "message_id": place + 1, "date": Int(post.date.timeIntervalSince1970),
                        "text": post.text,
                        "chat": ["id": -100_000 - number, "type": "channel", "title": channel.source],
                    ],
                ])
                let events = try telegram.receive(
                    ChannelRequest(
                        headers: [("X-Telegram-Bot-Api-Secret-Token", "s")], body: Array(body.utf8)),
                    now: Workspace.now
                ).events
                for event in events { try await newsroom.take(event, from: "telegram") }
            }
        }
    }

    @Test func `the sample posts give the same articles and the same answers by every way`() async throws {
        let path = Workspace.root + "/seeds/questions.yaml"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        let dialogues = try BatchFile.parse(String(decoding: bytes, as: UTF8.self), name: path)
        func answers(_ newsroom: Newsroom) async throws -> [Answer?] {
            try await newsroom.index.refresh()
            let source = LocalDesk(newsroom: newsroom)
            return await BatchRunner(source: source, jobs: 2, run: "test").report(on: dialogues)
                .dialogues.flatMap(\.turns).map { $0.reply?.answer }
        }
        func articles(_ newsroom: Newsroom) async throws -> [Article] {
            try await newsroom.store.latest(limit: 99).map(\.article).map { article in
                var article = article
                article.origin = nil
                return article
            }.sorted { $0.id < $1.id }
        }
        let files = Workspace()
        let first = try await files.newsroom()
        let (wanted, known) = (try await answers(first), try await articles(first))
        #expect(known.count == 27 && wanted.count >= 60 && wanted.allSatisfy { $0 != nil })
        let ways: [(String, (Newsroom, String) async throws -> Void)] = [
            ("an export of Telegram", { try await asExport($0, in: $1) }),
            ("RSS", { newsroom, _ in try await asFeeds(newsroom) }),
            ("posts of a webhook", { newsroom, _ in try await asChannelPosts(newsroom) }),
        ]
        for (name, bring) in ways {
            let workspace = Workspace()
            let newsroom = try await workspace.newsroom([.feedsAllowedHosts: "127.0.0.1"], archive: false)
            try await bring(newsroom, workspace.folder)
            #expect(try await articles(newsroom) == known, "\(name)")
            for (answer, wanted) in zip(try await answers(newsroom), wanted) {
                #expect(answer == wanted, "\(name)")
            }
            await newsroom.close()
        }
        await first.close()
    }
}
