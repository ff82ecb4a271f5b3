import Foundation
import News
import Text

@testable import Ingest

/// The parsers of what comes in: whatever the bytes, articles that the rest can live with.
enum Incoming {
    private static let reference = Date(timeIntervalSince1970: 1_752_800_000)
    private static let address = "https://example.com/news/feed.xml"

    static func feed(_ bytes: [UInt8]) {
        guard let feed = try? FeedParser().parse(bytes, address: address) else { return }
        check(feed.articles(from: FeedSubscription(url: address, addedAt: reference)).articles)
    }

    static func opml(_ bytes: [UInt8]) {
        guard let outlines = OPML.read(bytes) else { return }
        let written = OPML.written(outlines, title: "Feeds", at: reference)
        let again = OPML.read(Array(written.utf8))?.map(\.url)
        require(again == outlines.map(\.url), "what OPML is written is read as something else")
    }

    static func page(_ bytes: [UInt8]) { check(PageParser().parse(bytes, origin: address).articles) }

    static func post(_ bytes: [UInt8]) {
        check(PostParser(reference: reference).parse(bytes, origin: "/archive/post.txt").articles)
        let post = ChannelPost(
            text: String(decoding: bytes, as: UTF8.self), source: "Channel", publishedAt: reference, url: nil,
            origin: "telegram:1/1")
        check(post.article(now: reference).articles)
    }

    static func lines(_ bytes: [UInt8]) {
        check(JSONLinesParser(reference: reference).parse(bytes, origin: "/archive/a.jsonl").articles)
    }

    static func telegram(_ bytes: [UInt8]) {
        inPieces(bytes) { pieces in
            var export = TelegramExport(origin: "/export/result.json", reference: reference)
            let articles = pieces.flatMap { export.take($0).articles }
            _ = export.finish()
            return articles
        }
    }

    static func slack(_ bytes: [UInt8]) {
        inPieces(bytes) { pieces in
            var export = SlackExport(
                origin: "/export/general/2025-07-18.json", users: bytes, reference: reference)
            return pieces.flatMap { export.take($0).articles }
        }
    }

    static func wordPress(_ bytes: [UInt8]) {
        inPieces(bytes) { pieces in
            var export = SyndicationFile(origin: "/export/wordpress.xml")
            return pieces.flatMap { export.take($0).articles } + export.finish().articles
        }
    }

    /// A file gives the same articles in whatever pieces it is read.
    private static func inPieces(_ bytes: [UInt8], _ read: ([[UInt8]]) -> [Article]) {
        let whole = read([bytes])
        check(whole)
        guard !whole.isEmpty else { return }
        let size = max(1, bytes.count / 5)
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min(bytes.count, $0 + size)])
        }
        require(read(pieces) == whole, "the file gives other articles when it is read in pieces")
    }

    /// Articles must have what they are known and shown by, and be such as the index can take in.
    private static func check(_ articles: [Article]) {
        for article in articles {
            require(
                !article.id.isEmpty && !article.source.isEmpty && !article.headline.isEmpty,
                "an article lacks id, source or headline")
            let passages = article.passages()
            require(!passages.isEmpty, "an article has no passage")
            let scanner = TermScanner(article.language)
            for text in passages.map(\.text) + [article.headline] {
                scanner.scan(text) { found in
                    for term in found {
                        require(
                            term.start < term.end && Int(term.end) <= text.utf8.count,
                            "a term lies outside of its text")
                    }
                }
            }
        }
    }
}
