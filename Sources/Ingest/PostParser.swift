public import Foundation
public import News
import Text

/// Reads channel posts as a chat client shows or copies them.
///
/// ```
/// file     = post+
/// post     = channel date headline text link? tagline?
/// text     = paragraph* analysis*              (see SectionReader)
/// ```
/// What is missing is made up for where that can be done honestly, with a warning: a post without a headline takes the
/// first sentence of its text, one without a channel the name of its folder, and one without a date has none. The parser
/// is total: whatever the bytes, it gives articles and diagnostics, in time linear in their number.
public struct PostParser: Sendable {
    private let dates: DateLine

    /// A parser that tells dates without a year from `reference` and dates without a zone in `timeZone`.
    public init(reference: Date, timeZone: TimeZone = .gmt) {
        dates = DateLine(reference: reference, timeZone: timeZone)
    }

    /// The posts of a file in their order.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - origin: the absolute path of the file; later posts of it get `#2`, `#3` … behind theirs.
    /// - Returns: the articles, and what was wrong with the file.
    /// - Complexity: O(length).
    public func parse(_ bytes: [UInt8], origin: String) -> (articles: [Article], diagnostics: [Diagnostic]) {
        var report = ArticleDraft.Report(origin: origin)
        do {
            let lines = try SourceText(bytes).lines
            for post in posts(lines) { read(post, &report) }
            if report.articles.isEmpty, report.diagnostics.isEmpty {
                report.refuse(1, "the file holds no text", mend: "put a post into it, or take the file away")
            }
        } catch {
            report.refuse(error.line, error.message, mend: error.mend)
        }
        return (report.articles, report.diagnostics)
    }

    // MARK: Borders

    /// The lines of each post: a new one begins where a channel line stands over a date line.
    private func posts(_ lines: [SourceText.Line]) -> [ArraySlice<SourceText.Line>] {
        var starts: [Int] = []
        var names: Set<String> = []
        for index in lines.indices where !lines[index].isBlank {
            guard let name = channel(at: index, lines, names, isFirst: starts.isEmpty) else { continue }
            starts.append(index)
            names.insert(PostTail.key(name))
        }
        guard let first = lines.firstIndex(where: { !$0.isBlank }) else { return [] }
        if starts.isEmpty || starts[0] > first {
            // What stands over the first channel line is a post without a header, unless it is only a line or two.
            let isPost = starts.isEmpty || lines[first..<starts[0]].count { !$0.isBlank } > 2
            if isPost { starts.insert(first, at: 0) } else { starts[0] = first }
        }
        return starts.indices.map {
            lines[starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : lines.count)]
        }
    }

    /// The channel that a line names as the first line of a post; nil for all other lines.
    private func channel(
        at index: Int, _ lines: [SourceText.Line], _ names: Set<String>, isFirst: Bool
    ) -> String? {
        let line = lines[index].text
        let isApart = index == 0 || lines[index - 1].isBlank || SectionReader.isRule(lines[index - 1].text)
        if let (name, reading) = PostHeader.bracketed(line, dates), case .date(_, let isTimed) = reading,
            isTimed || isApart || names.contains(PostTail.key(name))
        {
            return PostHeader.name(name)
        }
        // The line below is looked at first: few lines are dates, and most are told from them at a glance.
        var next = index + 1
        while next < lines.count, lines[next].isBlank, next < index + 3 { next += 1 }
        guard next < lines.count, case .date(_, let isTimed) = dates.read(lines[next].text),
            PostHeader.isName(line), dates.read(line).isOther
        else { return nil }
        let name = PostHeader.name(line)
        let isKnown = names.contains(PostTail.key(name))
        guard next == index + 1 || isKnown || isFirst else { return nil }
        // A new name must stand apart and over a time of day: a date alone may be a heading of the text.
        return isKnown || isApart && (isTimed || isFirst) ? name : nil
    }

    // MARK: Parts

    private func read(_ lines: ArraySlice<SourceText.Line>, _ report: inout ArticleDraft.Report) {
        let header = PostHeader(lines, dates: dates)
        let number = lines.isEmpty ? 1 : lines[header.dateIndex].number
        var draft = ArticleDraft(line: lines.first { !$0.isBlank }?.number ?? 1)
        draft.source = header.source
        switch header.date {
        case .date(let date, _): draft.publishedAt = date
        case .unreadable:
            report.warn(
                number, "the date line “\(lines[header.dateIndex].text.prefix(60))” is not understood",
                mend: "write it as 2025-07-18 07:42")
        case .other:
            report.warn(
                number, "the post has no date line",
                mend: "write one such as 2025-07-18 07:42 under the channel line")
        }
        var text = lines[header.textStart...]
        let headline = Headline(text)
        draft.headline = headline.text
        text = text[headline.end...]
        let tail = PostTail(text, source: header.source)
        (draft.url, draft.tagline) = (tail.url, tail.tagline)
        var reader = SectionReader()
        let rest = text[..<tail.textEnd]
        let place = rest.firstIndex {
            $0.text.isEmpty == false && PostTail.link($0.text) == tail.url && tail.url != nil
        }
        reader.read(rest.indices.lazy.filter { $0 != place }.map { rest[$0] })
        (draft.body, draft.analyses) = (reader.body, reader.analyses)
        report.add(draft)
    }
}
