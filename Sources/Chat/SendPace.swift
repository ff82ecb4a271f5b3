/// When messages may go out to a platform, without sockets and clocks: times come in, times go out.
///
/// Each chat and the platform as a whole have a bucket of sends that fills at a steady rate (the leaky bucket as a
/// meter, ITU-T I.371, in its virtual scheduling form). What the platform itself says comes on top: after a refusal
/// with a time to wait, nothing goes before it is over.
public struct SendPace: Sendable {
    /// How often something may happen: `burst` at once, then one an `interval`.
    public struct Rate: Sendable, Hashable {
        /// The time between two sends in the long run.
        public var interval: Duration
        /// How many may go at once after a pause, at least 1.
        public var burst: Int

        /// A rate.
        public init(every interval: Duration, burst: Int = 1) {
            self.interval = interval
            self.burst = max(1, burst)
        }
    }

    /// What the platform asked to wait for.
    public enum Scope: Sendable, Hashable {
        /// One chat is too fast.
        case chat(String)
        /// The bot is too fast as a whole.
        case platform
    }

    private struct Bucket {
        /// When the bucket would be empty, had every send waited its turn.
        var due: ContinuousClock.Instant
        /// Before this nothing may go, by the platform's own word.
        var blockedUntil: ContinuousClock.Instant?
    }

    private let perChat: Rate
    private let overall: Rate
    private var platform: Bucket?
    private var chats: [String: Bucket] = [:]

    /// A pace that has sent nothing yet.
    public init(perChat: Rate, overall: Rate) {
        self.perChat = perChat
        self.overall = overall
    }

    /// Takes a turn for a message to a chat, or tells when to ask again.
    ///
    /// - Returns: nil where the message may go now, and counts as sent; else the earliest time at which it might, and
    ///   nothing is counted.
    /// - Complexity: O(1), but for the sweep of ``forgetIdle(at:)``.
    public mutating func take(for chat: String, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let times = [
            chats[chat].map { Self.earliest($0, perChat) }, platform.map { Self.earliest($0, overall) },
        ]
        if let latest = times.compactMap({ $0 }).max(), latest > now { return latest }
        chats[chat] = Self.counted(chats[chat], perChat, now)
        platform = Self.counted(platform, overall, now)
        return nil
    }

    /// When the platform as a whole takes the next message; nil where it does now.
    ///
    /// To be asked before ``take(for:at:)`` when many chats wait, so that they need not be asked in vain.
    public func opening(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        platform.map { Self.earliest($0, overall) }.flatMap { $0 > now ? $0 : nil }
    }

    /// Notes that the platform refused a message and named a time to wait.
    public mutating func refuse(_ scope: Scope, for wait: Duration, at now: ContinuousClock.Instant) {
        let end = now + max(.zero, wait)
        switch scope {
        case .platform: platform = Self.blocked(platform, end, now)
        case .chat(let chat): chats[chat] = Self.blocked(chats[chat], end, now)
        }
    }

    /// Lets go of the chats whose buckets say nothing any more, so that memory follows the chats that are busy.
    ///
    /// - Returns: how many chats are still held.
    @discardableResult
    public mutating func forgetIdle(at now: ContinuousClock.Instant) -> Int {
        chats = chats.filter { $0.value.due > now || ($0.value.blockedUntil.map { $0 > now } ?? false) }
        return chats.count
    }

    private static func earliest(_ bucket: Bucket, _ rate: Rate) -> ContinuousClock.Instant {
        let turn = bucket.due - rate.interval * (rate.burst - 1)
        return bucket.blockedUntil.map { max($0, turn) } ?? turn
    }

    private static func counted(_ bucket: Bucket?, _ rate: Rate, _ now: ContinuousClock.Instant) -> Bucket {
        Bucket(due: max(bucket?.due ?? now, now) + rate.interval, blockedUntil: nil)
    }

    /// A later word does not shorten an earlier one.
    private static func blocked(
        _ bucket: Bucket?, _ end: ContinuousClock.Instant, _ now: ContinuousClock.Instant
    ) -> Bucket {
        Bucket(due: bucket?.due ?? now, blockedUntil: max(bucket?.blockedUntil ?? end, end))
    }
}
