public import Foundation
public import News

/// A post as a chat platform delivers it: its text, and what the platform knows of it.
///
/// The one way from platforms into the archive, for exports and for webhooks alike. A text in the form of a post (channel
/// line, date, headline, text) is taken apart as a file of it would be; of any other text the first line is the headline.
/// What the platform knows fills the gaps, and never overrides what the post itself says.
public struct ChannelPost: Sendable, Hashable {
    /// The text as its readers see it.
    public var text: String
    /// The channel's name.
    public var source: String?
    /// Who signed it.
    public var author: String?
    /// When the platform published it.
    public var publishedAt: Date?
    /// The permalink, such as `https://t.me/channel/7`.
    public var url: String?
    /// What it is known by, stable over edits: platform, channel and number.
    public var origin: String

    /// A post made of the given parts.
    public init(
        text: String, source: String?, author: String? = nil, publishedAt: Date?, url: String?, origin: String
    ) {
        (self.text, self.source, self.author) = (text, source, author)
        (self.publishedAt, self.url, self.origin) = (publishedAt, url, origin)
    }

    /// The article of the post, or why there is none.
    ///
    /// - Parameter now: the moment from which dates without a year are told, where the platform gives none.
    /// - Returns: at most one article; its origin is that of the post.
    public func article(now: Date) -> (articles: [Article], diagnostics: [Diagnostic]) {
        article(PostParser(reference: publishedAt ?? now), line: 1, file: origin)
    }

    func article(_ parser: PostParser, line: Int, file: String) -> ParsedFile {
        guard var article = own(parser, file) ?? headed(parser, file) else {
            return plain(line: line, file: file)
        }
        article.author = article.author ?? author
        article.url = article.url ?? url
        article.origin = origin
        return ([article], [])
    }

    /// The article of a text that has a channel line and a date of its own.
    private func own(_ parser: PostParser, _ file: String) -> Article? {
        let articles = parser.parse(Array(text.utf8), origin: file).articles
        // A text with several channel lines is a digest, and one post all the same.
        return articles.count == 1 && articles[0].publishedAt != nil ? articles[0] : nil
    }

    /// The article of a text under the header that the platform shows above it.
    private func headed(_ parser: PostParser, _ file: String) -> Article? {
        guard let source, let publishedAt else { return nil }
        let header =
            source.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
            + publishedAt.formatted(.iso8601)
        let articles = parser.parse(Array((header + "\n\n" + text).utf8), origin: file).articles
        guard articles.count == 1, articles[0].publishedAt != nil else { return nil }
        return articles[0]
    }

    /// The article of a text that cannot be read as a post.
    private func plain(line: Int, file: String) -> ParsedFile {
        var report = ArticleDraft.Report(origin: file)
        var draft = ArticleDraft(line: line)
        let lines = SourceText(text: text).lines
        let headline = Headline(lines[...])
        (draft.source, draft.author, draft.publishedAt) = (source, author, publishedAt)
        (draft.headline, draft.url, draft.origin) = (headline.text, url, origin)
        draft.read(text: lines[headline.end...].map(\.text).joined(separator: "\n"))
        report.add(draft)
        return (report.articles, report.diagnostics.filter { $0.severity == .refused })
    }
}
