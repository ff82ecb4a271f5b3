public import Foundation
public import Text

/// What a feed says at one moment: its name and its entries.
public struct Feed: Sendable, Hashable {
    /// The form in which it was written.
    public enum Form: String, Sendable, Hashable {
        /// RSS 0.9x to 2.0.
        case rss
        /// RSS 0.90 and 1.0, which are RDF.
        case rdf
        /// Atom 0.3 and 1.0.
        case atom
        /// JSON Feed 1.0 and 1.1.
        case json
    }

    /// The form.
    public var form: Form
    /// Its name, as readers know it; nil where it gives none.
    public var title: String?
    /// The page that it belongs to.
    public var link: String?
    /// The language that it declares.
    public var language: Language?
    /// Where new entries are announced (WebSub), and under which address of the feed.
    public var hub: String?
    /// The address that the feed gives to itself.
    public var selfLink: String?
    /// How long it may be kept without asking again, as it says of itself (RSS `ttl`, `sy:updatePeriod`), in seconds.
    public var timeToLive: TimeInterval?
    /// Its entries in the order in which they stand.
    public var entries: [FeedEntry]

    /// A feed made of the given parts.
    public init(form: Form, title: String? = nil, link: String? = nil, entries: [FeedEntry] = []) {
        (self.form, self.title, self.link, self.entries) = (form, title, link, entries)
    }
}

/// One entry of a feed.
public struct FeedEntry: Sendable, Hashable {
    /// What it is known by within its feed: `guid`, `id`, `rdf:about`; nil where it has none.
    public var id: String?
    /// The page of the entry, absolute where the feed allows it.
    public var link: String?
    /// The headline in plain text.
    public var title: String?
    /// Who wrote it.
    public var author: String?
    /// When it was published first.
    public var publishedAt: Date?
    /// When it was changed last.
    public var updatedAt: Date?
    /// The whole text, in the lines of ``Markup/ReadableText``; nil where only a summary is given.
    public var content: String?
    /// A short text about it.
    public var summary: String?
    /// The language that the entry declares for itself.
    public var language: Language?
    /// Whether it is meant for readers; false for the drafts, pictures and menus in an export of WordPress.
    public var isPublished = true
    /// The line of the file on which it begins.
    public var line: Int

    /// An entry that begins on a line.
    public init(line: Int) { self.line = line }

    /// The longest text that there is.
    public var text: String? { content ?? summary }
    /// When it was published, or else changed.
    public var date: Date? { publishedAt ?? updatedAt }
}
