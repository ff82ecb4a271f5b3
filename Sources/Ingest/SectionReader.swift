import News

/// Reads what stands below a headline: reported fact first, then one or more analyses.
///
/// ```
/// text     = paragraph* analysis*
/// analysis = head opening* point* outlook*
/// point    = marker line line* (blank paragraph)*
/// ```
/// A line is read once; how far the last point reaches is settled when its analysis ends.
struct SectionReader: Sendable {
    /// Set where the lines are Markdown: its signs are taken out of the text.
    private let markup: InlineMarkup?
    private(set) var body: [String] = []
    private(set) var analyses: [Analysis] = []
    private var section = Section.body
    private var opening: [String] = []
    private var points: [PointDraft] = []
    private var outlook: [String] = []
    private var isNumbered = false
    private var pending: [SourceText.Line] = []
    private var isAfterBlank = true
    /// Whether the line before ends a sentence.
    private var hasEnded = true

    private enum Section { case body, opening, points, outlook }

    init(markup: InlineMarkup? = nil) { self.markup = markup }

    /// Reads the lines in order, then closes what is open.
    ///
    /// - Complexity: O(length).
    mutating func read(_ lines: some Sequence<SourceText.Line>) {
        for line in lines {
            if line.isBlank || Self.isRule(line.text) {
                flush()
                isAfterBlank = true
            } else {
                take(line)
                isAfterBlank = false
                hasEnded = Prose.endsSentence(line.text)
            }
        }
        flush()
        closeAnalysis()
    }

    private mutating func take(_ line: SourceText.Line) {
        if let head = SectionHead(line.text), isHead(head, line) {
            flush()
            begin(head)
        } else if markup != nil, line.text.hasPrefix("#"), let title = InlineMarkup.heading(line.text)?.text {
            // A heading of its own ends the analysis above it.
            flush()
            closeAnalysis()
            section = .body
            body.append(title)
        } else if section == .opening || section == .points, let marker = ListMarker(line.text),
            isPoint(marker)
        {
            flush()
            section = .points
            isNumbered = isNumbered || marker.kind == .number
            points.append(PointDraft(lines: [marker.text], indent: line.indent))
        } else if section == .points, !isAfterBlank, !points.isEmpty, pending.isEmpty,
            !Self.isOutlook(line.text), !leavesPoint(line)
        {
            points[points.count - 1].lines.append(line.text)
        } else {
            pending.append(line)
        }
    }

    private func isHead(_ head: SectionHead, _ line: SourceText.Line) -> Bool {
        // The line before may go on in this one, unless it ends a sentence or this one is clearly set apart.
        let isApart = isAfterBlank || head.isMarked || hasEnded
        if !isApart, !head.rest.isEmpty || line.text.first?.isLowercase == true { return false }
        return head.kind == .analysis || section != .body || head.isMarked || head.rest.isEmpty
    }

    private func isPoint(_ marker: ListMarker) -> Bool {
        // Dashes below numbers are parts of the numbered point.
        !marker.text.isEmpty && (marker.kind == .number || !isNumbered)
    }

    /// Whether a line right below a point is a paragraph of its own: it is set out, or the line before was not wrapped.
    private func leavesPoint(_ line: SourceText.Line) -> Bool {
        guard hasEnded, let point = points.last, let before = point.lines.last else { return false }
        return line.indent < point.indent || Prose.isUnwrapped(before)
    }

    private mutating func begin(_ head: SectionHead) {
        if head.kind == .analysis { closeAnalysis() }
        section = head.kind == .analysis ? .opening : .outlook
        if !head.rest.isEmpty { pending = [SourceText.Line(number: 0, text: head.rest, indent: 0)] }
    }

    /// Puts the paragraph that has been gathered where it belongs.
    private mutating func flush() {
        guard let first = pending.first else { return }
        // Most paragraphs are one line of a text without signs.
        if section == .body, pending.count == 1, markup == nil {
            body.append(first.text)
            pending.removeAll(keepingCapacity: true)
            return
        }
        let lines = pending.map(\.text)
        pending = []
        switch section {
        case .body: body += paragraphs(lines)
        case .opening where Self.isOutlook(first.text):
            section = .outlook
            outlook += paragraphs(lines)
        case .opening: opening += paragraphs(lines)
        case .points where Self.isOutlook(first.text) || points.isEmpty: outlook += paragraphs(lines)
        case .points:
            points[points.count - 1].later.append(PointDraft.Paragraph(lines: lines, indent: first.indent))
        case .outlook: outlook += paragraphs(lines)
        }
    }

    private mutating func closeAnalysis() {
        defer {
            (opening, points, outlook, isNumbered) = ([], [], [], false)
        }
        if var last = points.popLast() {
            let kept = belonging(to: last)
            let rest = last.later.dropFirst(kept).flatMap { paragraphs($0.lines) }
            last.later = Array(last.later.prefix(kept))
            points.append(last)
            outlook = rest + outlook
        }
        guard !opening.isEmpty || !points.isEmpty || !outlook.isEmpty else { return }
        analyses.append(
            Analysis(opening: opening, points: points.map { $0.point(markup) }, outlook: outlook))
    }

    /// How many of the paragraphs behind the last point are its own: those set in as it is, and as many as each of the
    /// points before it has.
    private func belonging(to last: PointDraft) -> Int {
        let indented = last.later.prefix { $0.indent > last.indent }.count
        return min(last.later.count, max(indented, points.map(\.later.count).min() ?? 0))
    }

    private func paragraphs(_ lines: [String]) -> [String] {
        let found = Prose.paragraphs(lines, isMarkdown: markup != nil)
        return markup.map { markup in found.map(markup.plain).filter { !$0.isEmpty } } ?? found
    }

    /// Whether a paragraph looks ahead in its first word, as 展望未來 does.
    private static func isOutlook(_ text: String) -> Bool { text.hasPrefix("展望") }

    /// A line of nothing but dashes or the like, which separates and says nothing.
    static func isRule(_ text: String) -> Bool {
        if let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A { return false }
        return text.allSatisfy { "-–—─━=_*~·•⸻ ".contains($0) } && text.count >= 3
    }
}
