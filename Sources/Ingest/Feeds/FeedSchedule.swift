public import Foundation
public import News

/// When a feed is read again: a pure policy over what came of reading it.
///
/// A feed that brings something is asked about four times between two new articles, as its past leads to expect; servers
/// that ask for more patience get it. Errors double the pause each time. Chance spreads the readings, so that feeds that
/// were added together are not read together for ever.
public struct FeedSchedule: Sendable {
    /// The shortest pause between two readings, in seconds.
    public var shortest: TimeInterval = 300
    /// The longest pause, which a feed's own wishes cannot lengthen either.
    public var longest: TimeInterval = 86_400
    /// The pause before the rhythm is known.
    public var usual: TimeInterval = 900

    /// What came of reading a feed.
    public enum Outcome: Sendable, Hashable {
        /// It was read; what is new in it, and what the server said of it.
        case read(new: Int, Advice)
        /// A hub has sent what is new in it; how much of that is new.
        case pushed(new: Int)
        /// It is as it was (304).
        case unchanged(Advice)
        /// It could not be read: why, and the wait that the server asks for, in seconds.
        case failed(String, retryAfter: TimeInterval?)
        /// It is no longer published (410).
        case gone
    }

    /// What a server says about an answer.
    public struct Advice: Sendable, Hashable {
        /// The validators for the next request.
        public var etag: String?
        /// The time of the last change, in the server's words.
        public var lastModified: String?
        /// How long the answer stays fresh, in seconds: `Cache-Control: max-age`, or what the feed itself says.
        public var freshFor: TimeInterval?

        /// Advice made of the given parts.
        public init(etag: String? = nil, lastModified: String? = nil, freshFor: TimeInterval? = nil) {
            (self.etag, self.lastModified, self.freshFor) = (etag, lastModified, freshFor)
        }
    }

    /// The usual schedule.
    public init() {}

    /// What is known of a feed after it was read once more.
    ///
    /// - Parameters:
    ///   - outcome: what came of it.
    ///   - progress: what was known before.
    ///   - now: when it was read.
    ///   - chance: 0 ..< 1, drawn anew each time.
    ///   - pushedUntil: until when a hub announces what is new in it; nil where none does. Until then a few looks a day
    ///     make up for what the hub may lose.
    /// - Returns: the new state, with the time of the next reading; that time lies after `now`.
    public func progress(
        after outcome: Outcome, of progress: FeedSubscription.Progress, at now: Date, chance: Double,
        pushedUntil: Date? = nil
    ) -> FeedSubscription.Progress {
        var next = progress
        var pause: TimeInterval
        switch outcome {
        case .read(let new, let advice):
            (next.failures, next.lastError, next.lastReadAt) = (0, nil, now)
            (next.etag, next.lastModified) = (advice.etag, advice.lastModified)
            if new > 0 { takeNew(at: now, &next) }
            pause = max(expected(next, at: now), min(advice.freshFor ?? 0, longest))
        case .pushed(let new):
            (next.failures, next.lastError, next.lastReadAt) = (0, nil, now)
            if new > 0 { takeNew(at: now, &next) }
            pause = expected(next, at: now)
        case .unchanged(let advice):
            (next.failures, next.lastError, next.lastReadAt) = (0, nil, now)
            next.etag = advice.etag ?? progress.etag
            next.lastModified = advice.lastModified ?? progress.lastModified
            pause = max(expected(next, at: now), min(advice.freshFor ?? 0, longest))
        case .failed(let reason, let retryAfter):
            next.failures += 1
            next.lastError = reason
            let doubled = usual * pow(2, Double(min(next.failures - 1, 10)))
            pause = max(min(doubled, longest), min(retryAfter ?? 0, longest))
        case .gone:
            next.endedAt = now
            next.lastError = nil
            return next
        }
        if let pushedUntil, next.failures == 0 {
            pause = min(max(pause, longest / 4), max(pause, pushedUntil.timeIntervalSince(now)))
        }
        // A tenth more at most: later than wished for is polite, earlier is not.
        pause = max(shortest, pause) * (1 + 0.1 * min(max(chance, 0), 1))
        next.nextReadAt = now.addingTimeInterval(pause)
        return next
    }

    /// Learns from a reading that brought something new.
    private func takeNew(at now: Date, _ progress: inout FeedSubscription.Progress) {
        if let last = progress.lastNewAt {
            let gap = max(shortest, now.timeIntervalSince(last))
            // Weighed by a quarter each, so that one quiet weekend does not change a daily rhythm much.
            progress.rhythm = progress.rhythm.map { $0 + (gap - $0) / 4 } ?? gap
        }
        progress.lastNewAt = now
    }

    /// A quarter of the usual time between two new articles, longer for a feed that has long been silent.
    private func expected(_ progress: FeedSubscription.Progress, at now: Date) -> TimeInterval {
        guard let rhythm = progress.rhythm else { return usual }
        let silence = progress.lastNewAt.map { now.timeIntervalSince($0) } ?? 0
        // No day passes without a few looks: what was silent for a year may speak again.
        return min(max(rhythm / 4, silence / 16, shortest), longest / 4)
    }
}
