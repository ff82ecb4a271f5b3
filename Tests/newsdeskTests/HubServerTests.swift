import Chat
import Crypto
import Foundation
import Hummingbird
import Ingest
import Logging
import News
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import newsdesk

/// A feed with a hub on this machine, followed by a running server.
@Suite struct HubServerTests {
    private let transport = defaultTransport()
    private let clock = Clock()

    /// The server's time, which passes where something is waited for: what has failed is tried again later.
    private final class Clock: Sendable {
        private let moment = Mutex(Workspace.now)
        var now: Date { moment.withLock { $0 } }
        func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
    }

    /// What was wanted has not come; only this has.
    private struct Silence: Error { var requests: [String] }

    private func send(
        _ method: Transport.HTTPRequest.Method, _ url: String, _ body: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> (status: Int, body: String) {
        let response = try await transport.send(
            Transport.HTTPRequest(
                method, url: url, headers: headers.map { (name: $0.0, value: $0.1) },
                body: body.map { Array($0.utf8) }, proxy: .direct))
        return (response.status, String(decoding: try await response.collect(limit: 1 << 20), as: UTF8.self))
    }

    private static func page(_ items: [(id: String, title: String, text: String)]) -> String {
        "<rss version='2.0'><channel><title>Harbour Wire</title>"
            + items.map {
                "<item><guid isPermaLink='false'>\($0.id)</guid><title>\($0.title)</title>"
                    + "<pubDate>Wed, 12 Nov 2025 07:42:00 GMT</pubDate><description>\($0.text)</description></item>"
            }.joined() + "</channel></rss>"
    }

    private func query(_ fields: [String: String]) -> String {
        var parts = URLComponents()
        parts.queryItems = fields.sorted { $0.key < $1.key }.map {
            URLQueryItem(name: $0.key, value: $0.value)
        }
        return "?" + (parts.percentEncodedQuery ?? "")
    }

    @Test func `what a hub delivers is answered from, and what others deliver is not`() async throws {
        let peer = try LoopbackPeer.answering { request in
            if request.line.hasPrefix("POST /hub ") { return httpResponse("", status: "202 Accepted") }
            let host = request.headers["host"] ?? ""
            return httpResponse(
                Self.page([("1", "Ferry late", "The ferry of Tuesday came in on Wednesday.")]),
                headers: [
                    "Link: <http://\(host)/hub>; rel=\"hub\", <http://\(host)/topic>; rel=\"self\"",
                    "Content-Type: application/rss+xml",
                ])
        }
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom(
            [
                .serverPublicURL: "https://news.example/", .feedsAllowedHosts: "127.0.0.1",
                .serverToken: "token",
            ], archive: false, now: { [clock] in clock.now })
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = try NewsServer(newsroom).application { number in port.yield(number) }
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [application], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let base = "http://127.0.0.1:\(try #require(await iterator.next()))"
            try await follow(peer, newsroom, base)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Has hubs asked until a request arrives; the server's own follower may be the one that asks.
    private func request(
        to peer: LoopbackPeer, _ hubs: HubSubscriber, where isWanted: (LoopbackPeer.Request) -> Bool
    ) async throws -> LoopbackPeer.Request {
        for turn in 0..<6000 {
            if turn % 200 == 0 {
                if turn > 0 { clock.advance(by: 3600) }
                try await hubs.askDue()
            }
            if let found = peer.requests.first(where: isWanted) { return found }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Silence(requests: peer.requests.map(\.line))
    }

    private func follow(_ peer: LoopbackPeer, _ newsroom: Newsroom, _ base: String) async throws {
        let hubs = try #require(newsroom.hubs)
        let feed = FeedSubscription(url: peer.url + "/feed", addedAt: Workspace.now)
        #expect(try await newsroom.store.add(feed))
        _ = try await newsroom.feedReader.read(feed, now: clock.now)
        let asked = try await request(to: peer, hubs) { $0.line.hasPrefix("POST /hub ") }
        var form = URLComponents()
        form.percentEncodedQuery = asked.body
        let fields = Dictionary(
            (form.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        let topic = peer.url + "/topic"
        #expect(fields["hub.mode"] == "subscribe" && fields["hub.topic"] == topic)
        let callback = try #require(fields["hub.callback"])
        #expect(callback.hasPrefix("https://news.example/websub/"))
        let path = base + callback.dropFirst("https://news.example".count)
        let secret = try #require(fields["hub.secret"])

        // Verification: only what was asked for.
        var question = [
            "hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "<b>c1</b>",
            "hub.lease_seconds": "864000",
        ]
        func ask(_ change: (inout [String: String]) -> Void = { _ in }) async throws -> (
            status: Int, body: String
        ) {
            var other = question
            change(&other)
            return try await send(.get, path + query(other))
        }
        #expect(try await ask { $0["hub.topic"] = peer.url + "/other" }.status == 404)
        #expect(try await ask { $0["hub.mode"] = "unsubscribe" }.status == 404)
        #expect(try await ask { $0["hub.mode"] = "publish" }.status == 404)
        #expect(try await ask { $0["hub.challenge"] = nil }.status == 404)
        #expect(try await send(.get, base + "/websub/unknown" + query(question)).status == 404)
        let confirmed = try await ask()
        #expect(confirmed.status == 200 && confirmed.body == "<b>c1</b>")
        #expect(try await ask().status == 404)
        let lease = try #require(try await FeedDesk(newsroom).leases()[feed.url])
        #expect(lease == clock.now.addingTimeInterval(864_000))

        // Deliveries: signed by the hub or passed over, and nobody is told which.
        let news = Self.page([("2", "Mill reopens", "The old mill of Tarn reopens on 3 December 2025.")])
        func deliver(_ signature: String?) async throws -> Int {
            try await send(
                .post, path, news,
                headers: [("Content-Type", "application/rss+xml")]
                    + (signature.map { [("X-Hub-Signature", $0)] } ?? [])
            ).status
        }
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(news.utf8), using: SymmetricKey(data: Array(secret.utf8))
        ).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(try await deliver(nil) == 202)
        #expect(try await deliver("sha256=" + String(code.reversed())) == 202)
        #expect(try await newsroom.store.count() == 1)
        #expect(try await deliver("sha256=" + code) == 202)
        #expect(try await newsroom.store.count() == 2)
        let answer = try await send(
            .post, base + "/v1/ask", #"{"question":"When does the old mill of Tarn reopen?"}"#)
        #expect(answer.body.contains("3 December 2025"), "\(answer.body)")
        #expect(try await send(.post, base + "/websub/unknown", news).status == 410)
        let listed = try await send(
            .get, base + "/v1/feeds", headers: [("Authorization", "Bearer token")]
        ).body
        #expect(listed.contains(#""pushed_until":"#), "\(listed)")

        // A feed that is removed is said goodbye to.
        #expect(try await newsroom.store.removeFeed(url: feed.url))
        _ = try await request(to: peer, hubs) { $0.body.contains("hub.mode=unsubscribe") }
        question["hub.mode"] = "unsubscribe"
        #expect(try await ask().status == 200)
        #expect(try await deliver("sha256=" + code) == 410)
        #expect(try await newsroom.store.hubSubscriptions().isEmpty)
    }
}
