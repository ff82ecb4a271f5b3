import Markup
public import News
import Text

/// Reads the article of a web page: its text without menus and boxes, and what the page says about itself.
///
/// ```
/// bytes ─CharacterEncoding→ text ─MarkupElement→ tree ┬PageMetadata→ headline, author, date, language, address
///                                                     └ArticleBody──→ paragraphs ─SectionReader→ body, analyses
/// ```
/// Total, as ``PostParser`` is.
public struct PageParser: Sendable {
    /// A parser.
    public init() {}

    /// The article of a page, or why there is none.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - origin: where it was read from; relative addresses start there.
    ///   - contentType: the header that came with it, which may name an encoding.
    ///   - keepsOrigin: whether the article is known by its origin rather than by its address.
    /// - Returns: at most one article, and what is wrong.
    /// - Complexity: O(length).
    public func parse(
        _ bytes: [UInt8], origin: String, contentType: String? = nil, keepsOrigin: Bool = true
    ) -> (articles: [Article], diagnostics: [Diagnostic]) {
        var report = ArticleDraft.Report(origin: origin, keepsOrigins: keepsOrigin)
        guard let (metadata, text) = Self.read(bytes, origin: origin, contentType: contentType) else {
            report.refuse(1, "the file holds no HTML", mend: "give the page as a browser saves it")
            return (report.articles, report.diagnostics)
        }
        var draft = ArticleDraft(line: 1)
        (draft.headline, draft.author, draft.publishedAt) = (
            metadata.headline, metadata.author, metadata.publishedAt
        )
        (draft.url, draft.language) = (metadata.url, metadata.language)
        draft.source = metadata.site ?? metadata.url.flatMap(WebAddress.site)
        draft.read(text: text)
        if let first = draft.body.first, first == draft.headline { draft.body.removeFirst() }
        guard !draft.body.isEmpty || !draft.analyses.isEmpty else {
            report.refuse(1, "no article is found in the page", mend: "give the page of one article")
            return (report.articles, report.diagnostics)
        }
        if draft.publishedAt == nil {
            report.warn(
                1, "the page tells no date",
                mend: "a date stands in JSON-LD, article:published_time or <time>")
        }
        report.add(draft)
        return (report.articles, report.diagnostics)
    }

    /// What a page says about itself, and the text of its article; nil when there is no page.
    static func read(
        _ bytes: [UInt8], origin: String, contentType: String?
    ) -> (metadata: PageMetadata, text: String)? {
        let source = CharacterEncoding.text(
            of: bytes, declared: contentType.flatMap(CharacterEncoding.charset))
        guard let root = MarkupElement(html: source), root.first(where: { _ in true }) != nil else {
            return nil
        }
        let metadata = PageMetadata(root, address: WebAddress.isAbsolute(origin) ? origin : nil)
        let text = ArticleBody.text(of: root)
        // Some pages build their text in the browser, and have it whole for search engines alone.
        if let told = metadata.text, told.count > 200, told.count > text.count * 2 { return (metadata, told) }
        return (metadata, text)
    }
}
