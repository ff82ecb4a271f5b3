public import Foundation

/// A source that an answer leans on and that brings less than it used to, so that there may be later news.
public struct SourceLapse: Sendable, Hashable {
    /// What has become of it.
    public enum Kind: String, Sendable, Hashable {
        /// It brings nothing new for much longer than its past leads to expect.
        case silent
        /// It cannot be read.
        case failing
    }

    /// The source as the answer's citations name it.
    public var source: String
    /// What has become of it.
    public var kind: Kind
    /// When it last brought something new; nil where it never did.
    public var lastNewAt: Date?

    /// A lapse made of the given parts.
    public init(source: String, kind: Kind, lastNewAt: Date?) {
        (self.source, self.kind, self.lastNewAt) = (source, kind, lastNewAt)
    }

    /// The lapse of a feed or channel at a moment; nil where it fares well, or has not been read yet.
    public init?(_ feed: FeedSubscription, at now: Date) {
        switch feed.condition(at: now) {
        case .silent: self.init(source: feed.source, kind: .silent, lastNewAt: feed.progress.lastNewAt)
        case .failing: self.init(source: feed.source, kind: .failing, lastNewAt: feed.progress.lastNewAt)
        case .waiting, .fresh, .ended: return nil
        }
    }
}
