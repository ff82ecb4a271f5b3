public import Foundation
public import Text

/// One published piece of news, with fact and opinion kept apart.
///
/// The body is what the source reports; ``analyses`` are what the source thinks of it. An answer may state the body as
/// reported fact, must mark the analysis as the channel's own, and never uses the tagline.
public struct Article: Sendable, Hashable {
    /// Stable over versions and unique in the archive; readable, such as `pandoratechnews-20250718-0742-openai-deploys`.
    public var id: String
    /// The channel, outlet or feed that published it, as readers know it.
    public var source: String
    /// The person or desk that signed it.
    public var author: String?
    /// Where a reader can open it.
    public var url: String?
    /// The language it is written in; text analysis and quotation follow it.
    public var language: Language
    /// The moment of publication; nil where the source gives none.
    public var publishedAt: Date?
    /// The title line.
    public var headline: String
    /// Reported fact, paragraph by paragraph.
    public var body: [String]
    /// The source's own reading of the facts; usually none or one, rarely more.
    public var analyses: [Analysis]
    /// The slogan under the post, kept so that nothing is lost; never searched, never quoted.
    public var tagline: String?
    /// Where it was read from (a path, a feed, a chat), so that a changed original becomes a new version.
    public var origin: String?

    /// An article made of the given parts.
    public init(
        id: String, source: String, author: String? = nil, url: String? = nil, language: Language,
        publishedAt: Date? = nil, headline: String, body: [String], analyses: [Analysis] = [],
        tagline: String? = nil,
        origin: String? = nil
    ) {
        self.id = id
        self.source = source
        self.author = author
        self.url = url
        self.language = language
        self.publishedAt = publishedAt
        self.headline = headline
        self.body = body
        self.analyses = analyses
        self.tagline = tagline
        self.origin = origin
    }
}

/// The part of a post in which its source explains what the news means: opinion, not fact.
public struct Analysis: Sendable, Hashable {
    /// The paragraphs before the first point.
    public var opening: [String]
    /// The numbered points, in order.
    public var points: [Point]
    /// What the source expects next.
    public var outlook: [String]

    /// An analysis made of the given parts.
    public init(opening: [String] = [], points: [Point] = [], outlook: [String] = []) {
        self.opening = opening
        self.points = points
        self.outlook = outlook
    }

    /// One numbered argument of an analysis.
    public struct Point: Sendable, Hashable {
        /// The short title before the dash or colon, where the point has one.
        public var heading: String?
        /// The argument itself; empty where the point is only a heading.
        public var text: String

        /// A point with or without a heading of its own.
        public init(heading: String? = nil, text: String) {
            self.heading = heading
            self.text = text
        }
    }
}

/// An article as the archive holds it: with its place in the order of changes.
public struct StoredArticle: Sendable, Hashable {
    /// The archive's own key: rising with first arrival, the same for all versions.
    public var row: Int64
    /// 1 for the first version; one more with every change.
    public var version: Int
    /// The sequence number of the change that brought this version.
    public var sequence: Int64
    /// The newest version.
    public var article: Article

    /// A stored article.
    public init(row: Int64, version: Int, sequence: Int64, article: Article) {
        self.row = row
        self.version = version
        self.sequence = sequence
        self.article = article
    }
}
