import Foundation
import Ingest
import Logging
import News
import Storage
import Synchronization
import Testing
import Transport

/// A transport that answers from a table of addresses, and remembers what it was asked.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = (status: Int, headers: [(name: String, value: String)], body: String)

    private let answers: Mutex<[String: Answer]>
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ answers: [String: Answer]) { self.answers = Mutex(answers) }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func set(_ url: String, _ answer: Answer) { answers.withLock { $0[url] = answer } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        guard let answer = answers.withLock({ $0[request.url] }) else { throw .resolve(request.url) }
        let pieces = Mutex([Array(answer.body.utf8)])
        return HTTPResponse(
            status: answer.status, headers: answer.headers,
            body: ResponseBody(pull: { () async throws(TransportError) -> [UInt8]? in
                pieces.withLock { $0.popLast() }.flatMap { $0.isEmpty ? nil : $0 }
            }))
    }
}

private let url = "https://harbour.example/feed"

func feedPage(_ items: String) -> String {
    "<rss version='2.0'><channel><title>Harbour Wire</title><link>https://harbour.example/</link>\(items)</channel></rss>"
}

private func item(_ id: String, _ title: String, _ text: String = "It happened at the quay.") -> String {
    "<item><guid isPermaLink='false'>\(id)</guid><title>\(title)</title><link>https://harbour.example/\(id)?utm_source=x</link>"
        + "<pubDate>Fri, 18 Jul 2025 07:42:00 GMT</pubDate><description>\(text)</description></item>"
}

@Suite struct FeedReaderTests {
    private let store: NewsStore
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        store = try NewsStore.inMemory()
    }

    private func reader(_ transport: ScriptedTransport) -> FeedReader {
        FeedReader(store: store, fetcher: WebFetcher(transport: transport), logger: quiet)
    }

    private func followed(_ url: String = url) async throws -> FeedSubscription {
        let feed = FeedSubscription(url: url, addedAt: reference)
        #expect(try await store.add(feed))
        return feed
    }

    @Test func `new entries become articles, once`() async throws {
        let transport = ScriptedTransport([
            url: (
                200, [("ETag", "\"1\""), ("Last-Modified", "then")],
                feedPage(item("2", "Pier reopens") + item("1", "Ferry late"))
            )
        ])
        let first = try await reader(transport).read(try await followed(), now: reference)
        #expect(first.report.new == 2 && first.report.diagnostics.isEmpty)
        let articles = try await store.latest(limit: 9).map(\.article)
        #expect(
            articles.map(\.headline) == ["Pier reopens", "Ferry late"]
                && articles.allSatisfy { $0.source == "Harbour Wire" })
        #expect(articles.map(\.url) == ["https://harbour.example/2", "https://harbour.example/1"])
        #expect(articles.first?.id == "harbour-wire-20250718-0742-pier-reopens")

        let second = try await reader(transport).read(first.feed, now: reference.addingTimeInterval(900))
        #expect(second.report.unchanged == 2 && second.report.new == 0)
        let request = try #require(transport.requests.last)
        #expect(request.headers.contains { $0.name == "If-None-Match" && $0.value == "\"1\"" })
        #expect(request.headers.contains { $0.name == "If-Modified-Since" && $0.value == "then" })
        #expect(request.reach == .publicInternet && request.acceptsCompression)
        transport.set(url, (304, [], ""))
        let third = try await reader(transport).read(second.feed, now: reference.addingTimeInterval(1800))
        #expect(third.feed.progress.etag == "\"1\"" && third.feed.progress.lastError == nil)
        #expect(try await store.feed(url: url) == third.feed)
    }

    @Test func `a changed entry becomes a version, one with a like headline an article of its own`()
        async throws
    {
        let transport = ScriptedTransport([url: (200, [], feedPage(item("1", "Daily briefing")))])
        var feed = try await reader(transport).read(try await followed(), now: reference).feed
        transport.set(
            url,
            (
                200, [],
                feedPage(
                    item("2", "Daily briefing", "Another day.") + item("1", "Daily briefing", "Corrected."))
            ))
        let second = try await reader(transport).read(feed, now: reference)
        feed = second.feed
        #expect(second.report.new == 1 && second.report.changed == 1)
        let articles = try await store.latest(limit: 9).map(\.article)
        #expect(
            Set(articles.map(\.body)) == [["Another day."], ["Corrected."]]
                && Set(articles.map(\.id)).count == 2)
        let third = try await reader(transport).read(feed, now: reference)
        #expect(third.report.unchanged == 2 && third.report.changed == 0)
    }

    @Test(arguments: [
        (500, "answers 500"), (404, "answers 404"), (200, "it is no feed"), (429, "answers 429"),
    ])
    func `what goes wrong is on record and tried again`(_ status: Int, _ message: String) async throws {
        let transport = ScriptedTransport([url: (status, [("Retry-After", "7200")], "no feed at all")])
        let read = try await reader(transport).read(try await followed(), now: reference, chance: 0)
        let progress = try #require(try await store.feed(url: url)).progress
        #expect(read.feed.progress == progress && progress.failures == 1)
        #expect(progress.lastError?.contains(message) == true, "\(progress.lastError ?? "")")
        #expect(progress.nextReadAt == reference.addingTimeInterval(status == 200 ? 900 : 7200))
        #expect(try await store.claimFeeds(due: reference, until: reference, limit: 9).isEmpty)
    }

    @Test func `the page behind a short entry is read once`() async throws {
        let page = """
            <html lang=en><head><link rel=canonical href="/story/1"></head><body><nav>Menu</nav><article><p>The first paragraph, which
            is long enough to count.</p><p>The second paragraph, with the rest of it, in full.</p></article></body></html>
            """
        let link = "https://harbour.example/1?utm_source=x"
        let transport = ScriptedTransport([
            url: (
                200, [], feedPage(item("1", "Ferry late", "Short.") + item("2", "No page", "Stays short."))
            ),
            link: (200, [], page),
        ])
        var feed = FeedSubscription(url: url, readsFullText: true, addedAt: reference)
        #expect(try await store.add(feed))
        for round in 0..<2 {
            let read = try await reader(transport).read(feed, now: reference)
            feed = read.feed
            #expect(read.report.new == (round == 0 ? 2 : 0) && read.report.changed == 0)
        }
        let articles = try await store.latest(limit: 9).map(\.article)
        #expect(
            Set(articles.map(\.body.count)) == [1, 2]
                && articles.contains { $0.url == "https://harbour.example/story/1" })
        #expect(transport.requests.count { $0.url == link } == 1)
    }

    @Test func `permanent redirects are remembered, others are not`() async throws {
        let body = feedPage(item("1", "Ferry late"))
        let transport = ScriptedTransport([
            url: (301, [("Location", "/moved")], ""),
            "https://harbour.example/moved": (302, [("location", "https://b.example/f")], ""),
            "https://b.example/f": (200, [], body),
        ])
        let read = try await reader(transport).read(try await followed(), now: reference)
        #expect(read.feed.url == "https://harbour.example/moved" && read.report.new == 1)
        #expect(try await store.feeds().map(\.url) == ["https://harbour.example/moved"])
        #expect(transport.requests.allSatisfy { $0.reach == .publicInternet })
    }

    @Test func `a feed that moved to one that is followed is followed once`() async throws {
        let transport = ScriptedTransport([
            url: (308, [("Location", "https://b.example/f")], ""),
            "https://b.example/f": (200, [], feedPage(item("1", "Ferry late"))),
        ])
        _ = try await followed("https://b.example/f")
        let read = try await reader(transport).read(try await followed(), now: reference)
        #expect(read.report.new == 0)
        #expect(try await store.feeds().map(\.url) == ["https://b.example/f"])
    }

    @Test func `a circle of redirects is told`() async throws {
        let transport = ScriptedTransport([
            url: (302, [("Location", "/b")], ""),
            "https://harbour.example/b": (302, [("Location", "/feed")], ""),
        ])
        let read = try await reader(transport).read(try await followed(), now: reference)
        #expect(
            read.feed.progress.lastError?.contains("redirected in a circle") == true
                && transport.requests.count == 6)
    }

    @Test func `a feed that is gone is never due again, and one taken is not due for others`() async throws {
        let transport = ScriptedTransport([url: (410, [], "")])
        let feed = try await followed()
        let lease = reference.addingTimeInterval(900)
        #expect(try await store.claimFeeds(due: reference, until: lease, limit: 9) == [feed])
        #expect(try await store.claimFeeds(due: reference, until: lease, limit: 9).isEmpty)
        #expect(try await store.claimFeeds(due: lease, until: lease, limit: 9).count == 1)
        #expect(try await reader(transport).read(feed, now: reference).feed.progress.endedAt == reference)
        #expect(try await store.claimFeeds(due: .distantFuture, until: lease, limit: 9).isEmpty)
    }

    @Test func `hosts that the owner allows are reached without the guard, redirects to others are not`()
        async throws
    {
        let inside = "http://10.0.0.5:8080/feed"
        let transport = ScriptedTransport([
            inside: (302, [("Location", "http://10.0.0.6/f")], ""),
            "http://10.0.0.6/f": (200, [], feedPage("")),
        ])
        var configuration = WebFetcher.Configuration()
        configuration.allowedHosts = ["10.0.0.5:8080"]
        _ = try await WebFetcher(transport: transport, configuration: configuration).fetch(inside)
        #expect(transport.requests.map(\.reach) == [.anywhere, .publicInternet])
    }

    @Test func `all feeds that are due are read, whatever becomes of one`() async throws {
        var answers: [String: ScriptedTransport.Answer] = [:]
        for place in 0..<20 {
            let url = "https://host\(place % 7).example/feed\(place)"
            _ = try await followed(url)
            if place != 3 { answers[url] = (200, [], feedPage(item("\(place)", "Story number \(place)"))) }
        }
        let transport = ScriptedTransport(answers)
        let poller = FeedPoller(store: store, reader: reader(transport), now: { reference }, logger: quiet)
        #expect(try await poller.readDue() == 20)
        #expect(try await store.count() == 19)
        #expect(try await store.feeds().count { $0.progress.failures == 1 } == 1)
        #expect(try await poller.readDue() == 0)
        #expect(try await store.removeFeed(url: "https://host0.example/feed0"))
        #expect(try await store.feeds().count == 19)
    }
}
