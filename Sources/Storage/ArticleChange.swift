public import Foundation
public import News

/// One step of the archive's history: the newest state of one article.
///
/// An object, as it goes through many hands on its way to the index.
public final class ArticleChange: Sendable, Equatable {
    /// The number of the change, rising over the whole archive and never given twice.
    public let sequence: Int64
    /// The archive's key of the article.
    public let row: Int64
    /// The article as it is now; nil when it was deleted.
    public let article: StoredArticle?

    /// A change made of the given parts.
    public init(sequence: Int64, row: Int64, article: StoredArticle?) {
        (self.sequence, self.row, self.article) = (sequence, row, article)
    }

    /// Whether two say the same of the same article.
    public static func == (one: ArticleChange, other: ArticleChange) -> Bool {
        (one.sequence, one.row, one.article) == (other.sequence, other.row, other.article)
    }
}

/// What became of an article that was committed.
public enum CommitOutcome: Sendable, Hashable {
    /// It was not known, or had been deleted.
    case new(row: Int64)
    /// It was known with other content; this is its version now.
    case changed(row: Int64, version: Int)
    /// It was known as it is.
    case unchanged(row: Int64)
}

/// What an article said from one moment on.
public struct ArticleVersion: Sendable, Hashable {
    /// 1 for the first.
    public var version: Int
    /// When it was committed.
    public var since: Date
    /// What it said.
    public var article: Article

    /// A version made of the given parts.
    public init(version: Int, since: Date, article: Article) {
        (self.version, self.since, self.article) = (version, since, article)
    }
}

/// What the archive holds of one source.
public struct SourceSummary: Sendable, Hashable {
    /// The source as readers know it.
    public var name: String
    /// The number of its articles.
    public var articles: Int
    /// When the newest of them was published; nil where none has a date.
    public var newest: Date?

    /// A summary made of the given parts.
    public init(name: String, articles: Int, newest: Date?) {
        (self.name, self.articles, self.newest) = (name, articles, newest)
    }
}
