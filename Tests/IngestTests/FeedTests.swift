import Foundation
import Ingest
import TestSupport
import Testing
import Text

/// One line of a golden file of a feed; `Tests/Peers/compare_feeds.py` holds the same lines against another parser.
private struct EntryLine: Encodable {
    var title: String?
    var link: String?
    var id: String?
    var author: String?
    var published: String?
    var updated: String?
    var text: String?
    var summary: String?

    init(_ entry: FeedEntry) {
        (title, link, id, author) = (entry.title, entry.link, entry.id, entry.author)
        published = entry.publishedAt.map {
            Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down)).formatted(.iso8601)
        }
        updated = entry.updatedAt.map {
            Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down)).formatted(.iso8601)
        }
        (text, summary) = (entry.text, entry.content == nil ? nil : entry.summary)
    }
}

@Suite struct FeedTests {
    private static let address = "https://harbour.example/feeds/all.xml"

    @Test(arguments: Fixtures.names("feeds"))
    func `feeds are read as their golden files say`(_ name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let feed = try FeedParser().parse(Fixtures.bytes("feeds", name))
        let text = try feed.entries.map {
            String(decoding: try encoder.encode(EntryLine($0)), as: UTF8.self) + "\n"
        }.joined()
        #expect(text == (try Fixtures.golden("feeds", name, now: text)))
    }

    @Test func `there are forty odd feeds`() {
        #expect(Fixtures.names("feeds").count >= 40)
    }

    @Test func `a feed tells its name, its page, its hub and how long it keeps`() throws {
        let xml = """
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour &amp; Wire</title>
            <link>/home</link><language>de-AT</language><ttl>90</ttl>
            <atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="me.xml"/></channel></rss>
            """
        let feed = try FeedParser().parse(Array(xml.utf8), address: Self.address)
        #expect(
            feed.title == "Harbour & Wire" && feed.link == "https://harbour.example/home"
                && feed.language == .german)
        #expect(feed.hub == "https://hub.example/" && feed.selfLink == "https://harbour.example/feeds/me.xml")
        #expect(feed.timeToLive == 5400 && feed.entries.isEmpty)
    }

    @Test func `a hub is found in JSON as well`() throws {
        let feed = try FeedParser().parse(Fixtures.bytes("feeds", "json-feed11.json"))
        #expect(feed.form == .json && feed.hub == "https://hub.example/" && feed.language == .english)
    }

    @Test func `relative links start at the feed`() throws {
        let xml = "<rss version='2.0'><channel><item><title>a</title><link>b</link></item></channel></rss>"
        let feed = try FeedParser().parse(Array(xml.utf8), address: Self.address)
        #expect(feed.entries.map(\.link) == ["https://harbour.example/feeds/b"])
    }

    @Test func `what is no feed is told with the mend`() {
        let page =
            "<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/feed></head><p>x</html>"
        let rows: [(String, FeedParser.Problem)] = [
            ("", .empty), (" \n", .empty), ("hello", .unknown("hello")),
            ("{\"a\": 1}", .unknown("{\"a\": 1}")),
            (page, .page(feeds: ["https://harbour.example/feed"])),
            ("<html><body>x</body></html>", .page(feeds: [])),
            (
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                .unknown("<svg xmlns='http://www.w3.org/2000/svg'/")
            ),
        ]
        for (text, problem) in rows {
            #expect(throws: problem, "\(text)") {
                try FeedParser().parse(Array(text.utf8), address: Self.address)
            }
        }
    }

    @Test(arguments: 0..<40)
    func `mutilated feeds are read or refused`(_ seed: Int) throws {
        for (place, name) in Fixtures.names("feeds").enumerated() {
            var random = SeededGenerator(seed: UInt64(place * 1000 + seed))
            var bytes = try Fixtures.bytes("feeds", name)
            for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.removeSubrange(at..<min(bytes.count, at + 30))
                case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: at)
                default:
                    bytes.insert(
                        contentsOf: Array("<![CDATA[&#x;]]<!--".utf8.shuffled(using: &random)), at: at)
                }
            }
            let first = try? FeedParser().parse(bytes)
            #expect(first == (try? FeedParser().parse(bytes)), "\(name), seed \(seed)")
        }
    }

    @Test(arguments: [
        "<rss><channel><item>", "<item><title>x</title></item>", "&", "<![CDATA[", "<!DOCTYPE [",
        "{\"items\":[", "[", "<a b=\"",
    ])
    func `much of one thing is read in bounded time`(_ piece: String) {
        let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
        let took = processorTime {
            _ = try? FeedParser().parse(Array(text.utf8))
            _ = try? FeedParser().parse(Array("<rss version='2.0'><channel><item>\(text)".utf8))
        }
        // Seconds without optimisation; where time goes with the square it is many minutes.
        #expect(took < .seconds(60))
    }
}

@Suite struct OPMLTests {
    @Test func `lists are read with their folders, each address once`() {
        let text = """
            <opml version="1.0"><head/><body><outline text="News"><outline text="A &amp; B" type="rss" xmlUrl="https://a.example/f"
            htmlUrl="https://a.example/"/><outline text="again" xmlUrl="https://a.example/f"/></outline>
            <outline title="C" xmlurl=" https://c.example/f "/><outline text="no feed"/></body></opml>
            """
        #expect(
            OPML.read(Array(text.utf8)) == [
                OPML.Outline(title: "A & B", url: "https://a.example/f", page: "https://a.example/"),
                OPML.Outline(title: "C", url: "https://c.example/f"),
            ])
        #expect(OPML.read(Array("<rss/>".utf8)) == nil && OPML.read([]) == nil)
    }

    @Test func `a list that was written reads the same`() {
        let outlines = [
            OPML.Outline(
                title: "A <\"&'> ü\n字", url: "https://a.example/?x=1&y=<2>", page: "https://a.example/"),
            OPML.Outline(url: "https://b.example/f"),
        ]
        let text = OPML.written(outlines, title: "Mine & yours", at: Date(timeIntervalSince1970: 0))
        var read = OPML.read(Array(text.utf8)) ?? []
        // What has no title is shown by its address.
        #expect(read.popLast() == OPML.Outline(title: "https://b.example/f", url: "https://b.example/f"))
        #expect(read == [outlines[0]])
    }
}
