import Foundation
import Logging
import News
import Storage
import Synchronization
import Testing
import Transport

@testable import Ingest

private let day = 86_400.0

private func subscription(_ change: (inout HubSubscription) -> Void = { _ in }) -> HubSubscription {
    var made = HubSubscription(
        key: "k", feed: "https://a.example/feed", topic: "https://a.example/self",
        hub: "https://hub.example/", callback: "https://news.example/websub/k", secret: "s", dueAt: reference)
    change(&made)
    return made
}

@Suite struct HubPolicyTests {
    private let policy = HubPolicy()

    private func feed(_ change: (inout FeedSubscription) -> Void = { _ in }) -> FeedSubscription {
        var feed = FeedSubscription(url: "https://a.example/feed", addedAt: reference)
        (feed.hub, feed.topic) = ("https://hub.example/", "https://a.example/self")
        change(&feed)
        return feed
    }

    @Test func `what should be follows from the feeds`() {
        let base = "https://news.example/websub/"
        let rows: [(FeedSubscription?, HubSubscription?, missing: Int, unwanted: Int, String)] = [
            (feed(), nil, 1, 0, "a feed with a hub"),
            (feed(), subscription(), 0, 0, "what is there already"),
            (feed { $0.hub = nil }, nil, 0, 0, "a feed without a hub"),
            (feed { $0.hub = nil }, subscription(), 0, 1, "a feed that has its hub no longer"),
            (feed { $0.hub = "https://other.example/" }, subscription(), 1, 1, "another hub"),
            (feed { $0.topic = "https://a.example/new" }, subscription(), 1, 1, "another topic"),
            (feed { $0.progress.endedAt = reference }, subscription(), 0, 1, "a feed that has ended"),
            (nil, subscription(), 0, 1, "a feed that was removed"),
            (nil, subscription { $0.phase = .ending }, 0, 0, "what ends already"),
            (feed(), subscription { $0.phase = .ending }, 1, 0, "a feed that was removed and came back"),
            (feed(), subscription { $0.callback = "https://old.example/websub/k" }, 1, 1, "we moved"),
            (feed(), subscription { $0.phase = .refused }, 0, 0, "a hub that does not want to"),
        ]
        for (feed, known, missing, unwanted, name) in rows {
            let found = policy.difference([feed].compactMap(\.self), [known].compactMap(\.self), base: base)
            #expect(found.missing.count == missing && found.unwanted.count == unwanted, "\(name)")
        }
    }

    @Test func `a hub is believed only what it was asked for`() {
        let asked = reference.addingTimeInterval(-60)
        let wanted = subscription { $0.askedAt = asked }
        let ending = subscription { ($0.phase, $0.askedAt) = (.ending, asked) }
        let topic = wanted.topic
        let rows: [(HubSubscription, HubPolicy.Verification, String?, Bool, HubSubscription.Phase?)] = [
            (wanted, .subscribe(lease: 600), topic, true, .active),
            (wanted, .subscribe(lease: 600), "https://a.example/feed", false, .wanted),
            (wanted, .subscribe(lease: 600), nil, false, .wanted),
            (wanted, .unsubscribe, topic, false, .wanted),
            (subscription(), .subscribe(lease: 600), topic, false, .wanted),
            (
                subscription { $0.askedAt = reference.addingTimeInterval(-2 * day) },
                .subscribe(lease: 600), topic, false, .wanted
            ),
            (ending, .subscribe(lease: 600), topic, false, .ending),
            (ending, .unsubscribe, topic, true, nil),
            (ending, .unsubscribe, "https://other.example/", false, .ending),
            (wanted, .denied("no"), topic, true, .refused),
            (wanted, .denied("no"), "https://other.example/", false, .wanted),
        ]
        for (place, (before, verification, topic, isConfirmed, phase)) in rows.enumerated() {
            let after = policy.verified(before, verification, topic: topic, at: reference, chance: 0)
            #expect(after.isConfirmed == isConfirmed && after.subscription?.phase == phase, "row \(place)")
        }
    }

    @Test(arguments: [(600.0, 600.0), (nil, 10 * day), (1, 60), (1e12, 365 * day)])
    func `a lease is renewed before it ends, and then counts as ended`(_ offered: Double?, _ length: Double)
        throws
    {
        let wanted = subscription { $0.askedAt = reference }
        var active = try #require(
            policy.verified(
                wanted, .subscribe(lease: offered), topic: wanted.topic, at: reference, chance: 0.9
            ).subscription)
        let end = reference.addingTimeInterval(length)
        #expect(active.liveUntil(at: reference) == end && active.liveUntil(at: end) == nil)
        #expect(active.dueAt > reference && active.dueAt < end)
        // The hub fails to be reached until the lease is over.
        var moment = active.dueAt
        for _ in 0..<100 where active.phase == .active {
            let asking = try #require(policy.asking(active, at: moment))
            active = policy.answered(asking, .failed("down"), at: moment, chance: 0)
            #expect(active.askedAt == nil && active.dueAt > moment)
            moment = active.dueAt
        }
        #expect(active.phase == .wanted && active.leaseEndsAt == nil && moment > end)
        #expect(active.failures > 0 && active.lastError == "down")
    }

    @Test func `what a hub answers decides when it is asked again`() throws {
        let asked = try #require(policy.asking(subscription(), at: reference))
        #expect(asked.askedAt == reference && asked.dueAt == reference.addingTimeInterval(3600))
        #expect(policy.answered(asked, .accepted, at: reference, chance: 0) == asked)
        let refused = policy.answered(asked, .refused("403"), at: reference, chance: 0)
        #expect(refused.phase == .refused && refused.dueAt == reference.addingTimeInterval(day))
        #expect(policy.asking(refused, at: refused.dueAt)?.phase == .wanted)
        // One that has verified before it answers is not undone by its answer.
        let verified = try #require(
            policy.verified(asked, .subscribe(lease: 600), topic: asked.topic, at: reference, chance: 0)
                .subscription)
        #expect(policy.answered(verified, .failed("late"), at: reference, chance: 0) == verified)
        // A refused renewal leaves the lease alone, and is looked at again at its end.
        let renewed = policy.answered(
            try #require(policy.asking(verified, at: verified.dueAt)), .refused("403"), at: verified.dueAt,
            chance: 0)
        #expect(renewed.phase == .active && renewed.dueAt == verified.leaseEndsAt)
        // Nobody says goodbye for ever.
        var ending = policy.ending(verified, at: reference)
        #expect(ending?.phase == .ending && policy.ending(subscription(), at: reference) == nil)
        var farewells = 0
        while let next = ending.flatMap({ policy.asking($0, at: reference) }) {
            farewells += 1
            ending = next
        }
        #expect(farewells == policy.farewells)
    }

    @Test func `a feed that a hub announces is read much less often, until the lease ends`() {
        let schedule = FeedSchedule()
        var progress = FeedSubscription.Progress()
        (progress.rhythm, progress.lastNewAt) = (3600, reference)
        func pause(_ outcome: FeedSchedule.Outcome, until end: TimeInterval?) -> TimeInterval {
            schedule.progress(
                after: outcome, of: progress, at: reference, chance: 0,
                pushedUntil: end.map(reference.addingTimeInterval)
            ).nextReadAt.timeIntervalSince(reference)
        }
        let advice = FeedSchedule.Advice()
        #expect(pause(.unchanged(advice), until: nil) == 900)
        #expect(pause(.unchanged(advice), until: 10 * day) == 6 * 3600)
        #expect(pause(.unchanged(advice), until: 7200) == 7200)
        #expect(pause(.unchanged(advice), until: 60) == 900)
        #expect(pause(.pushed(new: 1), until: 10 * day) == 6 * 3600)
        #expect(pause(.failed("down", retryAfter: nil), until: 10 * day) == 900)
    }
}

@Suite struct HubSignatureTests {
    /// RFC 2202 and RFC 4231, the second test case of each.
    private static let codes = [
        "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            + "8e2240ca5e69e2c78b3239ecfab21649",
        "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    ]

    @Test(arguments: codes)
    func `a signature holds for the bytes and the secret that it was made of`(_ code: String) {
        let body = Array("what do ya want for nothing?".utf8)
        let signature = HubSignature(secret: "Jefe")
        #expect(signature.signs(body, as: code) && signature.signs(body, as: code.uppercased()))
        #expect(!signature.signs(body + [0], as: code) && !signature.signs([], as: code))
        #expect(!HubSignature(secret: "jefe").signs(body, as: code))
        let other = code.last == "0" ? "1" : "0"
        for wrong in [
            code.dropLast() + other, code.dropLast(2) + "", code + "00", "md5=" + code.dropFirst(5),
            code.dropFirst(5) + "", "sha256=", "=",
        ] {
            #expect(!signature.signs(body, as: wrong), "\(wrong)")
        }
        #expect(!signature.signs(body, as: nil))
    }

    @Test func `links of headers are read as they are written`() {
        let rows: [(String, [String])] = [
            ("<https://hub.example/>; rel=\"hub\", <https://a.example/f>; rel=\"self\"", ["hub", "self"]),
            ("<https://hub.example/>;rel=hub", ["hub"]),
            ("<https://hub.example/?a=1,2;b>; title=\"x, <y>; rel=no\"; rel=\"self hub\"", ["hub self"]),
            ("</f>; REL=Self; rel=hub", ["self"]),
            ("</f>", [""]), ("no link", []), ("<unended; rel=hub", []), ("</f>; rel=\"unended", ["unended"]),
            ("</f>; rel=\"a\\\"b\"", ["a\"b"]), ("</a>, </b>; rel=hub", ["", "hub"]),
        ]
        for (header, relations) in rows {
            #expect(
                LinkHeader.links(in: [header]).map { $0.relations.sorted().joined(separator: " ") }
                    == relations, "\(header)")
        }
    }
}

/// A feed with a hub that verifies before it answers, as some do.
private final class EagerHub: HTTPTransport {
    private struct State {
        var subscriber: HubSubscriber?
        var forms: [[String: String]] = []
        var status = 202
    }

    private let state = Mutex(State())
    let feed = Mutex(feedPage(""))

    var forms: [[String: String]] { state.withLock { $0.forms } }
    func serve(_ subscriber: HubSubscriber) { state.withLock { $0.subscriber = subscriber } }
    func answer(_ status: Int) { state.withLock { $0.status = status } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        guard request.url == "https://hub.example/", request.method == .post else {
            return response(
                200, feed.withLock { $0 },
                [("Link", "<https://hub.example/>; rel=hub"), ("link", "</self>; rel=\"self\"")])
        }
        var parts = URLComponents()
        parts.percentEncodedQuery = String(decoding: request.body ?? [], as: UTF8.self)
        let form = Dictionary(
            (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        let (subscriber, status) = state.withLock { state in
            state.forms.append(form)
            return (state.subscriber, state.status)
        }
        if let subscriber, status == 202 {
            var query = form
            query["hub.challenge"] = "seen"
            query["hub.lease_seconds"] = "600"
            let key = String(form["hub.callback"]?.split(separator: "/").last ?? "")
            let verified = try? await subscriber.verify(key, query)
            #expect(verified == .confirmed(challenge: "seen"))
        }
        return response(status, "", [])
    }

    private func response(
        _ status: Int, _ text: String, _ headers: [(name: String, value: String)]
    ) -> HTTPResponse {
        let pieces = Mutex([Array(text.utf8)])
        return HTTPResponse(
            status: status, headers: headers,
            body: ResponseBody(pull: { () async throws(TransportError) -> [UInt8]? in
                pieces.withLock { $0.popLast() }.flatMap { $0.isEmpty ? nil : $0 }
            }))
    }
}

@Suite struct HubSubscriberTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let url = "https://a.example/feed"

    @Test func `a feed's hub is asked, renewed, given up and told goodbye`() async throws {
        let store = try NewsStore.inMemory()
        let hub = EagerHub()
        let clock = Mutex(reference)
        let fetcher = WebFetcher(transport: hub)
        let reader = FeedReader(store: store, fetcher: fetcher, followsHubs: true, logger: quiet)
        let subscriber = HubSubscriber(
            store: store, fetcher: fetcher, reader: reader, base: "https://news.example/websub/",
            now: { clock.withLock { $0 } }, logger: quiet)
        hub.serve(subscriber)
        func wait(_ seconds: TimeInterval) { clock.withLock { $0 += seconds } }

        let feed = FeedSubscription(url: url, addedAt: reference)
        _ = try await store.add(feed)
        var read = try await reader.read(feed, now: reference, chance: 0).feed
        #expect(read.hub == "https://hub.example/" && read.topic == "https://a.example/self")
        #expect(try await subscriber.askDue() == 1)
        #expect(try await subscriber.askDue() == 0)
        let form = try #require(hub.forms.first)
        #expect(form["hub.mode"] == "subscribe" && form["hub.topic"] == read.topic)
        #expect(form["hub.callback"]?.hasPrefix("https://news.example/websub/") == true)
        #expect((form["hub.secret"]?.count ?? 0) == 64 && form["hub.lease_seconds"] == "864000")
        let live = try #require(try await store.hubSubscription(feed: url))
        #expect(live.phase == .active && live.liveUntil(at: reference) == reference + 600)
        read = try await reader.read(read, now: reference, chance: 0).feed
        #expect(read.progress.nextReadAt == reference.addingTimeInterval(900))

        // Renewed before its end, with the same callback.
        wait(500)
        #expect(try await subscriber.askDue() == 1)
        #expect(hub.forms.count == 2 && hub.forms[1]["hub.callback"] == form["hub.callback"])
        #expect(try await store.hubSubscription(feed: url)?.leaseEndsAt == reference + 1100)

        // A hub that is down loses its lease, and the feed is due at once.
        hub.answer(503)
        wait(590)
        #expect(try await subscriber.askDue() == 1)
        wait(60)
        #expect(try await subscriber.askDue() == 1)
        let lost = try #require(try await store.hubSubscription(feed: url))
        #expect(lost.phase == .wanted && lost.lastError?.contains("503") == true && lost.failures == 2)
        let due = try #require(try await store.feed(url: url)).progress.nextReadAt
        #expect(due <= clock.withLock { $0 })

        // It comes back; then the feed is removed.
        hub.answer(202)
        wait(3600)
        #expect(try await subscriber.askDue() == 1)
        #expect(try await store.hubSubscription(feed: url)?.phase == .active)
        #expect(try await store.removeFeed(url: url))
        #expect(try await subscriber.askDue() == 1)
        #expect(hub.forms.last?["hub.mode"] == "unsubscribe" && hub.forms.last?["hub.secret"] == nil)
        #expect(try await store.hubSubscriptions().isEmpty)
    }
}
