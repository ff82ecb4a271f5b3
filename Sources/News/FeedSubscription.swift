public import Foundation

/// A feed that the archive follows, with what is known of its past.
///
/// A channel of a chat platform is one as well, whose articles are delivered: it is never due.
public struct FeedSubscription: Sendable, Hashable, Codable {
    /// Where it is read.
    public var url: String
    /// How answers name it, where the owner says so; else its own title does.
    public var name: String?
    /// The name that the feed gives itself.
    public var title: String?
    /// The page that it belongs to.
    public var page: String?
    /// Whether a chat platform delivers its posts, so that there is nothing to read; its address is that of the channel, such
    /// as `telegram:1234`.
    public var isDelivered: Bool { !url.hasPrefix("http://") && !url.hasPrefix("https://") }
    /// The hub that announces what is new in it, as the feed says (WebSub).
    public var hub: String?
    /// The address by which the hub knows it.
    public var topic: String?
    /// Whether the page behind each entry is read for its whole text.
    public var readsFullText = false
    /// When it was added.
    public var addedAt: Date
    /// What came of reading it.
    public var progress = Progress()

    /// What is known from earlier readings; all that a schedule needs.
    public struct Progress: Sendable, Hashable, Codable {
        /// The validators of the last answer, for conditional requests (RFC 9110, 8.8).
        public var etag: String?
        /// The time of the last change in the server's own words.
        public var lastModified: String?
        /// When it was last read, with or without anything new.
        public var lastReadAt: Date?
        /// When it last brought a new article.
        public var lastNewAt: Date?
        /// The usual time between two readings that brought something new, in seconds.
        public var rhythm: TimeInterval?
        /// When it is due again.
        public var nextReadAt: Date
        /// Failures in a row.
        public var failures = 0
        /// What went wrong last, in words; nil after a success.
        public var lastError: String?
        /// When the feed said that it has ended (410); it is not read again.
        public var endedAt: Date?

        /// Of a feed that was never read and is due at once.
        public init() { nextReadAt = Date(timeIntervalSince1970: 0) }
    }

    /// A feed that was not read yet.
    public init(url: String, name: String? = nil, readsFullText: Bool = false, addedAt: Date) {
        (self.url, self.name, self.readsFullText, self.addedAt) = (url, name, readsFullText, addedAt)
    }

    /// A channel of a chat platform that nothing came from yet.
    public init(place: String, name: String, addedAt: Date) {
        self.init(url: place, name: name, addedAt: addedAt)
    }

    /// How readers know it.
    public var source: String { name ?? title ?? URL(string: url)?.host() ?? url }

    /// How a feed fares, for those who look after it.
    public enum Condition: Sendable, Hashable {
        /// Not read yet.
        case waiting
        /// Read, and new articles come as they used to.
        case fresh
        /// Read, but nothing new for much longer than usual, since this moment.
        case silent(since: Date)
        /// It cannot be read; why.
        case failing(String)
        /// It is no longer published.
        case ended
    }

    /// How it fares at a moment.
    ///
    /// Silent is what has brought nothing for four times its usual pause, and for a day at least: nights and weekends
    /// are no faults. Failing is what could not be read three times in a row.
    public func condition(at now: Date) -> Condition {
        if progress.endedAt != nil { return .ended }
        if progress.failures >= 3, let error = progress.lastError { return .failing(error) }
        guard progress.lastReadAt != nil else { return progress.lastError.map { .failing($0) } ?? .waiting }
        if let last = progress.lastNewAt, let rhythm = progress.rhythm,
            now.timeIntervalSince(last) > max(86_400, 4 * rhythm)
        {
            return .silent(since: last)
        }
        return .fresh
    }
}
