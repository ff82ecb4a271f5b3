public import Foundation
public import Logging
import News
public import Storage
import Transport

/// Has hubs announce what is new in feeds, so that it arrives in seconds (WebSub, W3C Recommendation of 2018).
///
/// ```
/// feeds that name a hub ─HubPolicy→ subscribe → the hub verifies → deliveries ─HubSignature→ FeedReader.take
/// ```
/// What should be follows from the feeds alone: a feed that is removed, moves or names another hub needs nobody to say
/// so. Hubs are asked under the guards of fetching. A secret is given even over plain http, where it proves no less than
/// the callback's path alone would.
public struct HubSubscriber: Sendable {
    /// What to answer a hub.
    public enum Response: Sendable, Hashable {
        /// Yes, with the text that the hub wants to see again.
        case confirmed(challenge: String)
        /// Taken in, or passed over where it is not the hub's: which of the two is nobody's business.
        case taken
        /// Nobody has asked for that.
        case unknown
    }

    private let store: NewsStore
    private let fetcher: WebFetcher
    private let reader: FeedReader
    private let base: String
    private let policy: HubPolicy
    private let now: @Sendable () -> Date
    private let logger: Logger

    private static let hubsAtOnce = 8
    private static let pageSize = 64
    private static let longestChallenge = 4096

    /// A subscriber for the feeds of a store.
    ///
    /// - Parameters:
    ///   - store: where feeds and subscriptions are kept.
    ///   - fetcher: the way out.
    ///   - reader: takes in what hubs send.
    ///   - base: what every callback's address begins with, such as `https://news.example.org/websub/`.
    ///   - policy: when to ask.
    ///   - now: the clock.
    ///   - logger: told of what an operator should know.
    public init(
        store: NewsStore, fetcher: WebFetcher, reader: FeedReader, base: String,
        policy: HubPolicy = HubPolicy(), now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        (self.store, self.fetcher, self.reader, self.base) = (store, fetcher, reader, base)
        (self.policy, self.now, self.logger) = (policy, now, logger)
    }

    // MARK: Asking

    /// Asks hubs whenever something is to be asked, until the task is cancelled.
    ///
    /// - Parameter clock: what the pauses between two looks are measured by.
    public func run(clock: any Clock<Duration> = ContinuousClock()) async {
        while !Task.isCancelled {
            do {
                try await askDue()
            } catch is CancellationError {
                return
            } catch {
                logger.error("Hubs cannot be followed", metadata: ["error": "\(error)"])
            }
            do { try await clock.sleep(for: .seconds(10)) } catch { return }
        }
    }

    /// Brings the subscriptions in step with the feeds, and asks every hub that is to be asked, each once.
    ///
    /// - Returns: how many hubs were asked.
    /// - Throws: ``StorageError`` when the store fails; `CancellationError` when cancelled.
    @discardableResult
    public func askDue() async throws -> Int {
        let moment = now()
        let (missing, unwanted) = policy.difference(
            try await store.feeds(), try await store.hubSubscriptions(), base: base)
        for key in unwanted {
            let policy = policy
            try await store.changeHubSubscription(key: key) { (policy.ending($0, at: moment), ()) }
        }
        for feed in missing {
            guard let hub = feed.hub, let topic = feed.topic else { continue }
            let key = Self.random(bytes: 16)
            try await store.add(
                HubSubscription(
                    key: key, feed: feed.url, topic: topic, hub: hub, callback: base + key,
                    secret: Self.random(bytes: 32), dueAt: moment))
        }
        let due = try await store.hubSubscriptions(due: moment, limit: Self.pageSize)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, subscription) in due.enumerated() {
                if place >= Self.hubsAtOnce { try await group.next() }
                group.addTask { try await ask(subscription.key) }
            }
            try await group.waitForAll()
        }
        return due.count
    }

    private func ask(_ key: String) async throws {
        let (policy, moment) = (policy, now())
        // What is about to be asked stands on record first: a hub may verify before it answers.
        let asking = try await store.changeHubSubscription(key: key) {
            before -> (HubSubscription?, (asked: HubSubscription?, isOver: Bool)) in
            guard before.dueAt <= moment else { return (before, (nil, false)) }
            let next = policy.asking(before, at: moment)
            return (next, (next, before.phase == .active && next?.phase == .wanted))
        }
        guard let asking, let asked = asking.asked else { return }
        if asking.isOver { try await store.hasten(feed: asked.feed, to: moment) }
        let answer = try await answer(to: asked)
        let chance = Double.random(in: 0..<1)
        try await store.changeHubSubscription(key: key) {
            (policy.answered($0, answer, at: moment, chance: chance), ())
        }
        let metadata: Logger.Metadata = ["feed.url": "\(asked.feed)", "hub.url": "\(asked.hub)"]
        switch answer {
        case .accepted: logger.info("Asked a hub", metadata: metadata)
        case .refused(let reason), .failed(let reason):
            logger.warning(
                "A hub cannot be asked; the feed is read instead",
                metadata: metadata.merging(["error": "\(reason)"]) { $1 })
        }
    }

    private func answer(to asked: HubSubscription) async throws -> HubPolicy.Answer {
        var form = [
            (name: "hub.mode", value: asked.phase == .ending ? "unsubscribe" : "subscribe"),
            (name: "hub.topic", value: asked.topic), (name: "hub.callback", value: asked.callback),
        ]
        if asked.phase != .ending {
            form.append(("hub.lease_seconds", String(Int(policy.lease))))
            form.append(("hub.secret", asked.secret))
        }
        do throws(WebFetcher.Problem) {
            let response = try await fetcher.post(form, to: asked.hub)
            switch response.status {
            case 200..<300: return .accepted
            case 408, 425, 429, 500...: return .failed("the hub answers \(response.status)")
            default: return .refused("the hub answers \(response.status)")
            }
        } catch .transport(.cancelled) {
            throw CancellationError()
        } catch {
            return .failed("\(error)")
        }
    }

    // MARK: Being asked

    /// The answer to a hub's question at a callback.
    ///
    /// - Parameters:
    ///   - key: the last part of the callback's path.
    ///   - query: the question's fields.
    /// - Returns: what to answer.
    /// - Throws: ``StorageError`` when the store fails.
    public func verify(_ key: String, _ query: [String: String]) async throws(StorageError) -> Response {
        let challenge = query["hub.challenge"] ?? ""
        let verification: HubPolicy.Verification
        switch query["hub.mode"] {
        case "subscribe":
            let lease = query["hub.lease_seconds"].flatMap(Double.init).flatMap { $0 > 0 ? $0 : nil }
            verification = .subscribe(lease: lease)
        case "unsubscribe": verification = .unsubscribe
        case "denied": verification = .denied(query["hub.reason"].map { String($0.prefix(200)) })
        default: return .unknown
        }
        if case .denied = verification {
        } else {
            guard !challenge.isEmpty, challenge.utf8.count <= Self.longestChallenge else { return .unknown }
        }
        let (policy, moment, topic) = (policy, now(), query["hub.topic"])
        let chance = Double.random(in: 0..<1)
        let result = try await store.changeHubSubscription(key: key) {
            before -> (HubSubscription?, (isConfirmed: Bool, feed: String)) in
            let (after, isConfirmed) = policy.verified(
                before, verification, topic: topic, at: moment, chance: chance)
            return (after, (isConfirmed, before.feed))
        }
        guard let result, result.isConfirmed else { return .unknown }
        logger.info(
            "A hub has verified",
            metadata: ["feed.url": "\(result.feed)", "hub.mode": "\(query["hub.mode"] ?? "")"])
        if case .denied = verification {
            try await store.hasten(feed: result.feed, to: moment)
            return .taken
        }
        return .confirmed(challenge: challenge)
    }

    /// Whether a callback is one that something may be delivered to.
    public func expects(_ key: String) async throws(StorageError) -> Bool {
        guard let subscription = try await store.hubSubscription(key: key) else { return false }
        return subscription.phase == .active || subscription.phase == .wanted
    }

    /// Takes in what was delivered at a callback.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came.
    ///   - key: the last part of the callback's path.
    ///   - contentType: the header of that name.
    ///   - signature: the header `X-Hub-Signature`.
    /// - Returns: what to answer; a delivery with a wrong signature is passed over, and answered like any other.
    /// - Throws: ``StorageError`` when the store fails, so that the hub sends it again.
    public func deliver(
        _ body: [UInt8], to key: String, contentType: String?, signature: String?
    ) async throws -> Response {
        guard let subscription = try await store.hubSubscription(key: key), subscription.phase != .ending,
            let feed = try await store.feed(url: subscription.feed)
        else { return .unknown }
        guard HubSignature(secret: subscription.secret).signs(body, as: signature) else {
            logger.warning(
                "A delivery is not signed by the hub and is passed over",
                metadata: ["feed.url": "\(feed.url)", "hub.url": "\(subscription.hub)"])
            return .taken
        }
        try await reader.take(body, contentType: contentType, of: feed, now: now())
        return .taken
    }

    /// So many random bytes of the system's generator, in hexadecimal.
    private static func random(bytes: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<bytes).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
