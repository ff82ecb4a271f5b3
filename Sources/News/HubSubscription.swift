public import Foundation

/// What was agreed with a hub that announces what is new in a feed (WebSub, W3C Recommendation of 2018).
///
/// ```
/// wanted ─the hub verifies→ active ─the lease ends→ wanted
///    └──── the hub denies ────┴───→ refused ─a day→ wanted        whatever the phase, unfollowed → ending → gone
/// ```
public struct HubSubscription: Sendable, Hashable, Codable {
    /// How far it has come.
    public enum Phase: String, Sendable, Hashable, Codable {
        /// The hub is to be asked, or was and has not verified yet.
        case wanted
        /// The hub sends what is new, until the lease ends.
        case active
        /// The hub does not want to; it is asked again much later.
        case refused
        /// The hub is to be told that nobody wants it any more.
        case ending
    }

    /// The last part of the callback's path, which nobody can guess.
    public var key: String
    /// The address of the feed, as it is followed.
    public var feed: String
    /// The address by which the hub knows the feed.
    public var topic: String
    /// Where the hub is asked.
    public var hub: String
    /// Where the hub sends what is new.
    public var callback: String
    /// What the hub signs its deliveries with.
    public var secret: String
    /// How far it has come.
    public var phase = Phase.wanted
    /// When the hub was asked for what it has not verified yet.
    public var askedAt: Date?
    /// When the hub ceases to send unless it is asked again.
    public var leaseEndsAt: Date?
    /// When something is to be done.
    public var dueAt: Date
    /// Failures in a row.
    public var failures = 0
    /// What went wrong last, in words; nil after a success.
    public var lastError: String?

    /// A subscription that the hub was not asked for yet.
    public init(
        key: String, feed: String, topic: String, hub: String, callback: String, secret: String, dueAt: Date
    ) {
        (self.key, self.feed, self.topic, self.hub) = (key, feed, topic, hub)
        (self.callback, self.secret, self.dueAt) = (callback, secret, dueAt)
    }

    /// Until when the hub sends what is new; nil where it does not.
    public func liveUntil(at now: Date) -> Date? {
        guard phase == .active, let leaseEndsAt, leaseEndsAt > now else { return nil }
        return leaseEndsAt
    }
}
