public import Foundation
public import News
import Text

/// Reads Markdown articles, with or without YAML front matter.
///
/// Keys: `title`, `date` or `published_at`, `source` or `channel`, `author`, `url` or `link`, `language` or `lang`, `id`;
/// others are not looked at. Without a title the first `#` heading is the headline. `## Analysis` and `## Outlook` begin
/// what they say, as in a post. The source falls back to the name of the folder. Total, as ``PostParser`` is.
public struct MarkdownParser: Sendable {
    private let dates: DateLine

    /// A parser that tells dates without a year from `reference` and dates without a zone in `timeZone`.
    public init(reference: Date, timeZone: TimeZone = .gmt) {
        dates = DateLine(reference: reference, timeZone: timeZone)
    }

    /// The article of a file, or why there is none.
    ///
    /// - Complexity: O(length).
    public func parse(_ bytes: [UInt8], origin: String) -> (articles: [Article], diagnostics: [Diagnostic]) {
        var report = ArticleDraft.Report(origin: origin)
        do {
            try read(SourceText(bytes).lines, &report)
        } catch let error as SourceText.Problem {
            report.refuse(error.line, error.message, mend: error.mend)
        } catch let error as FrontMatter.Problem {
            report.refuse(error.line, error.message, mend: error.mend)
        } catch {
            report.refuse(1, "\(error)", mend: "mend the file")
        }
        return (report.articles, report.diagnostics)
    }

    private func read(_ lines: [SourceText.Line], _ report: inout ArticleDraft.Report) throws {
        let front = try FrontMatter(lines)
        guard
            let first = lines[front.end...].first(where: { !$0.isBlank })
                ?? lines.first(where: { !$0.isBlank })
        else {
            report.refuse(
                1, "the file holds no text", mend: "write an article into it, or take the file away")
            return
        }
        var draft = ArticleDraft(line: first.number)
        draft.id = front.value("id")
        draft.source = front.value("source", "channel")
        draft.author = front.value("author", "authors")
        draft.url = front.value("url", "link")
        draft.headline = front.value("title", "headline")
        readDate(front, &draft, &report)
        readLanguage(front, &draft, &report)
        var text = Self.text(lines[front.end...])
        takeHeadline(of: &text, &draft)
        let tail = PostTail(text[...], source: draft.source, isPost: false)
        draft.tagline = tail.tagline
        draft.url = draft.url ?? tail.url
        var reader = SectionReader(markup: InlineMarkup())
        reader.read(text[..<tail.textEnd])
        (draft.body, draft.analyses) = (reader.body, reader.analyses)
        report.add(draft)
    }

    private func readDate(
        _ front: FrontMatter, _ draft: inout ArticleDraft, _ report: inout ArticleDraft.Report
    ) {
        guard let text = front.value("date", "published_at", "published", "pubdate") else {
            report.warn(
                1, "the article has no date", mend: "write “date: 2025-07-18 07:42” into the front matter")
            return
        }
        draft.publishedAt = dates.read(text).date
        guard draft.publishedAt == nil else { return }
        let line = front.places["date"] ?? front.places["published_at"] ?? 1
        report.warn(
            line, "the date “\(text.prefix(60))” is not understood", mend: "write it as 2025-07-18 07:42")
    }

    private func readLanguage(
        _ front: FrontMatter, _ draft: inout ArticleDraft, _ report: inout ArticleDraft.Report
    ) {
        guard let tag = front.value("language", "lang") else { return }
        draft.language = Language(tag: tag)
        guard draft.language == nil else { return }
        report.warn(
            front.places["language"] ?? front.places["lang"] ?? 1,
            "the language “\(tag.prefix(40))” is not known; it is told from the text",
            mend: "write a tag such as en or zh-Hant")
    }

    /// Takes the first heading of the first level as headline where no title is told, and away where it repeats it.
    private func takeHeadline(of lines: inout [SourceText.Line], _ draft: inout ArticleDraft) {
        if let index = lines.firstIndex(where: { InlineMarkup.heading($0.text)?.level == 1 }),
            let heading = InlineMarkup.heading(lines[index].text)?.text
        {
            let repeats = draft.headline.map { PostTail.key($0) == PostTail.key(heading) }
            if repeats ?? true {
                lines.remove(at: index)
                draft.headline = draft.headline ?? heading
            }
        }
        guard draft.headline == nil else { return }
        let found = Headline(lines[...])
        guard let headline = found.text, ListMarker(headline) == nil else { return }
        // Only a line that stands alone is a title; wrapped text begins in the same way.
        guard found.end >= lines.count || lines[found.end].isBlank, !Prose.endsSentence(headline) else {
            return
        }
        draft.headline = InlineMarkup().plain(headline)
        lines.removeFirst(found.end)
    }

    /// The lines with what only lays out taken off: quotation signs, fences, underlines of headings, comments.
    private static func text(_ lines: ArraySlice<SourceText.Line>) -> [SourceText.Line] {
        var result: [SourceText.Line] = []
        var isComment = false
        for line in lines {
            var line = line
            if isComment || line.text.hasPrefix("<!--") {
                isComment = !line.text.contains("-->")
                line.text = ""
            }
            while line.text.hasPrefix(">") {
                line.text = String(line.text.dropFirst().drop(while: \.isWhitespace))
            }
            if line.text.hasPrefix("```") || line.text.hasPrefix("~~~") { line.text = "" }
            if let before = result.last, !before.isBlank, line.text.count >= 3,
                line.text.allSatisfy({ $0 == "=" }) || line.text.allSatisfy({ $0 == "-" }),
                result.dropLast().last?.isBlank ?? true
            {
                let level = line.text.first == "=" ? "# " : "## "
                result[result.count - 1].text = level + before.text
                line.text = ""
            }
            result.append(line)
            // A heading stands apart even where no blank line follows it.
            if InlineMarkup.heading(line.text) != nil, SectionHead(line.text) == nil {
                result.append(SourceText.Line(number: line.number, text: "", indent: 0))
            }
        }
        return result
    }
}
