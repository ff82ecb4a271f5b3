public import Foundation
public import News

/// What to agree with hubs and when: a pure policy over feeds, subscriptions and what hubs say.
public struct HubPolicy: Sendable {
    /// The lease that is asked for, in seconds; hubs give what they like.
    public var lease: TimeInterval = 10 * 86_400
    /// How long a hub may take to verify, in seconds.
    public var patience: TimeInterval = 3600
    /// The pause after the first failure, in seconds; it doubles each time.
    public var shortest: TimeInterval = 60
    /// The longest pause, and that after a refusal.
    public var longest: TimeInterval = 86_400
    /// How often a hub is told that nobody wants it any more.
    public var farewells = 3

    /// The usual policy.
    public init() {}

    /// What a hub's answer to a request comes to.
    public enum Answer: Sendable, Hashable {
        /// It will verify, or has.
        case accepted
        /// It does not want to; why.
        case refused(String)
        /// It could not be asked; why.
        case failed(String)
    }

    /// What a hub wants to hear of a subscription.
    public enum Verification: Sendable, Hashable {
        /// Whether it was wanted, and for how long the hub will send, in seconds.
        case subscribe(lease: TimeInterval?)
        /// Whether it is unwanted.
        case unsubscribe
        /// Nothing: it does not want to; why.
        case denied(String?)
    }

    // MARK: What should be

    /// What is missing and what is too much.
    ///
    /// - Parameters:
    ///   - feeds: all that are followed.
    ///   - known: all subscriptions.
    ///   - base: what every callback begins with.
    /// - Returns: the feeds that a hub is to be asked for, and the keys of the subscriptions that nobody wants any more.
    public func difference(
        _ feeds: [FeedSubscription], _ known: [HubSubscription], base: String
    ) -> (missing: [FeedSubscription], unwanted: Set<String>) {
        var missing = Dictionary(
            feeds.filter { $0.progress.endedAt == nil && $0.hub != nil && $0.topic != nil }
                .map { ($0.url, $0) }
        ) { first, _ in first }
        var unwanted: Set<String> = []
        for subscription in known where subscription.phase != .ending {
            let feed = missing[subscription.feed]
            if let feed, feed.hub == subscription.hub, feed.topic == subscription.topic,
                subscription.callback.hasPrefix(base)
            {
                missing[subscription.feed] = nil
            } else {
                unwanted.insert(subscription.key)
            }
        }
        return (missing.values.sorted { $0.url < $1.url }, unwanted)
    }

    /// A subscription that nobody wants any more; nil where its hub need not be told.
    public func ending(_ subscription: HubSubscription, at now: Date) -> HubSubscription? {
        guard subscription.phase == .active || subscription.askedAt != nil else { return nil }
        var next = subscription
        (next.phase, next.askedAt, next.dueAt, next.failures) = (.ending, nil, now, 0)
        return next
    }

    // MARK: Asking

    /// A subscription whose hub is about to be asked; nil where it has been told often enough that nobody wants it.
    public func asking(_ subscription: HubSubscription, at now: Date) -> HubSubscription? {
        var next = subscription
        if next.askedAt != nil {
            next.failures += 1
            next.lastError = "the hub has not verified what it was asked for"
        }
        switch next.phase {
        case .ending where next.failures >= farewells: return nil
        case .active where next.liveUntil(at: now) == nil: (next.phase, next.leaseEndsAt) = (.wanted, nil)
        case .refused: next.phase = .wanted
        case .active, .wanted, .ending: break
        }
        next.askedAt = now
        next.dueAt = now.addingTimeInterval(max(patience, pause(after: next.failures)))
        return next
    }

    /// What a hub's answer makes of a subscription that it was asked for.
    ///
    /// A hub may have verified before it answers; then the answer says nothing more.
    public func answered(
        _ subscription: HubSubscription, _ answer: Answer, at now: Date, chance: Double
    ) -> HubSubscription {
        guard subscription.askedAt != nil else { return subscription }
        var next = subscription
        switch answer {
        case .accepted: return next
        case .refused(let reason):
            next.lastError = reason
            if next.phase == .wanted { next.phase = .refused }
            next.failures += 1
            next.dueAt = now.addingTimeInterval(longest)
        case .failed(let reason):
            next.lastError = reason
            next.failures += 1
            next.dueAt = now.addingTimeInterval(pause(after: next.failures) * (1 + chance / 10))
        }
        next.askedAt = nil
        // What is alive has to be asked again before it ends, or else counts as ended then.
        if let end = next.liveUntil(at: now) { next.dueAt = min(next.dueAt, end) }
        return next
    }

    private func pause(after failures: Int) -> TimeInterval {
        failures == 0 ? 0 : min(longest, shortest * pow(2, Double(min(failures - 1, 20))))
    }

    // MARK: Being asked

    /// What a hub's question makes of a subscription, and whether it is told yes.
    ///
    /// Only what was asked for in the last day is confirmed, for the topic that it was asked for.
    ///
    /// - Parameters:
    ///   - subscription: that of the callback.
    ///   - verification: the question.
    ///   - topic: what the hub says that it is about.
    ///   - now: the time.
    ///   - chance: 0 ..< 1, so that what began together is not renewed together.
    /// - Returns: the subscription as it is then, nil where it is gone; and whether to say yes.
    public func verified(
        _ subscription: HubSubscription, _ verification: Verification, topic: String?, at now: Date,
        chance: Double
    ) -> (subscription: HubSubscription?, isConfirmed: Bool) {
        guard topic == subscription.topic else { return (subscription, false) }
        var next = subscription
        switch verification {
        case .subscribe(let offered):
            guard let askedAt = next.askedAt, now.timeIntervalSince(askedAt) < 86_400, next.phase != .ending
            else { return (subscription, false) }
            let length = min(max(offered ?? lease, shortest), 365 * 86_400)
            (next.phase, next.askedAt, next.failures, next.lastError) = (.active, nil, 0, nil)
            next.leaseEndsAt = now.addingTimeInterval(length)
            next.dueAt = now.addingTimeInterval(length * (0.7 + 0.1 * chance))
            return (next, true)
        case .unsubscribe:
            guard next.phase == .ending, next.askedAt != nil else { return (subscription, false) }
            return (nil, true)
        case .denied(let reason):
            if next.phase == .ending { return (nil, true) }
            (next.phase, next.askedAt, next.leaseEndsAt) = (.refused, nil, nil)
            next.lastError = "the hub denies it" + (reason.map { ": \($0)" } ?? "")
            next.dueAt = now.addingTimeInterval(longest)
            return (next, true)
        }
    }
}
