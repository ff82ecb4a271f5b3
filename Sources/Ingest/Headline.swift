import Text

/// The title of a post, told from a first paragraph that stands in its place.
struct Headline: Sendable {
    /// The title; nil where the text begins without one.
    private(set) var text: String?
    /// The index of the first line below the title.
    private(set) var end: Int

    /// The title of the text that the lines hold.
    ///
    /// A paragraph is longer than a title, or holds more than one sentence; the head of an analysis is no title either.
    init(_ lines: ArraySlice<SourceText.Line>) {
        end = lines.startIndex
        guard let first = lines.firstIndex(where: { !$0.isBlank && !SectionReader.isRule($0.text) }) else {
            return
        }
        let line = lines[first].text
        guard PostTail.link(line) == nil, SectionHead(line) == nil, !Self.isParagraph(line) else { return }
        end = first + 1
        text = Self.bare(line)
        guard let next = lines[end...].first, !next.isBlank, Self.goesOn(line, next.text) else { return }
        let after = lines[(end + 1)...].first
        let isTorn = line.last.map { ",，、–—".contains($0) } ?? false
        guard after?.isBlank ?? isTorn || isTorn, !Self.isParagraph(next.text), SectionHead(next.text) == nil
        else {
            return
        }
        text = Self.bare(Prose.joined([line, next.text]))
        end += 1
    }

    /// Whether a title is wrapped after a line: it breaks off, and the next goes on as a sentence does.
    private static func goesOn(_ line: String, _ next: String) -> Bool {
        guard !Prose.endsSentence(line), next.count <= 120, !Prose.endsSentence(next) else { return false }
        // A short rest under a long line is what wrapping leaves over.
        let isRest = line.count >= (Prose.isSpaceless(line.last) ? 24 : 50) && next.count < line.count
        return isRest || next.first?.isLowercase == true || line.last.map { ",，、:：-–—".contains($0) } == true
    }

    /// Whether a line is text rather than a title.
    static func isParagraph(_ line: String) -> Bool {
        let head = String(line.prefix(400))
        if head.count >= 300 { return true }
        let wide = head.count { Prose.isSpaceless($0) }
        let isLong = wide * 2 > head.count ? head.count > 70 : head.count > 200
        guard Prose.endsSentence(line) else { return isLong && head.count > 250 }
        return isLong || SentenceSplitter.sentences(in: head).count > 1
    }

    /// The first sentence of a text, cut at a word where it is too long for a title.
    static func fromText(_ text: String) -> String {
        let start = SentenceSplitter.sentences(in: String(text.prefix(600))).first.map(String.init) ?? text
        guard start.count > 200 else { return start }
        let cut = start.prefix(200)
        let end = cut.lastIndex(where: \.isWhitespace) ?? cut.endIndex
        return String(cut[..<end]) + "…"
    }

    private static func bare(_ line: String) -> String {
        let signs = line.prefix { "#*_".contains($0) }
        guard !signs.isEmpty,
            signs.first != "#" || line[signs.endIndex...].first?.isWhitespace == true || signs.count > 1
        else { return line }
        let bare = line.trimming("#*_ ")
        return bare.isEmpty ? line : bare
    }
}
