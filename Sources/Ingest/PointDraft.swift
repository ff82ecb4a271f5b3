import News

/// The lines of one point of an analysis, before heading and argument are told apart.
struct PointDraft: Sendable {
    /// The lines up to the first blank one, the marker taken off.
    var lines: [String]
    /// The white space before the marker.
    var indent: Int
    /// The paragraphs between this point and the next one.
    var later: [Paragraph] = []

    struct Paragraph: Sendable {
        var lines: [String]
        var indent: Int
    }

    /// The point: title and argument.
    func point(_ markup: InlineMarkup?) -> Analysis.Point {
        let laterText = later.map { Prose.joined($0.lines) }
        func made(_ heading: String?, _ texts: [String]) -> Analysis.Point {
            let text = Prose.joined(texts.filter { !$0.isEmpty })
            let title = heading.map { plain($0, markup) }.flatMap { $0.isEmpty ? nil : $0 }
            return Analysis.Point(heading: title, text: plain(text, markup))
        }
        if let (bold, rest) = markup?.leadingBold(lines[0]), Self.isTitle(bold) {
            let argument = rest.drop { $0.isWhitespace || "-–—:：".contains($0) }
            return made(bold.trimming(":： "), [String(argument)] + lines.dropFirst() + laterText)
        }
        if lines.count > 1, isHeadingLine {
            return made(lines[0].trimming(":： "), lines.dropFirst() + laterText)
        }
        let text = Prose.joined(lines)
        if let (heading, argument) = Self.split(text) { return made(heading, [argument] + laterText) }
        if !laterText.isEmpty, Self.isTitle(text), !Prose.endsSentence(text) { return made(text, laterText) }
        return made(nil, [text] + laterText)
    }

    /// Whether the first line was ended on purpose and stands over the rest as its title.
    private var isHeadingLine: Bool {
        let width = lines.map(\.count).max() ?? 0
        guard Self.isTitle(lines[0]), !Prose.endsSentence(lines[0]), lines[1].first?.isLowercase != true
        else {
            return false
        }
        return Prose.isBroken(lines[0], next: lines[1], width: width)
    }

    private func plain(_ text: String, _ markup: InlineMarkup?) -> String { markup?.plain(text) ?? text }

    /// The heading before a dash or colon, and the argument behind it.
    private static func split(_ text: String) -> (heading: String, argument: String)? {
        let window = text.prefix(160)
        let dash = dashes.compactMap { window.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
        let colon = colon(in: window)
        let candidates = [dash, colon].compactMap { $0 }.sorted { $0.lowerBound < $1.lowerBound }
        var found = candidates.first { isTitle(text[..<$0.lowerBound]) }
        // “Cloud war: a new front - Microsoft, Google …”: a colon may stand inside the title, but then a new sentence
        // begins behind the dash.
        if let dash, let colon, colon.lowerBound < dash.lowerBound, isTitle(text[..<dash.lowerBound]),
            text[dash.upperBound...].first(where: \.isLetter)?.isLowercase != true
        {
            found = dash
        }
        guard let found else { return nil }
        let argument = text[found.upperBound...].drop(while: \.isWhitespace)
        return (String(text[..<found.lowerBound]).trimming(" "), String(argument))
    }

    /// The first colon that can stand behind a title: no time, no ratio, no introduction of speech.
    private static func colon(in window: Substring) -> Range<String.Index>? {
        guard let place = window.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let end = window.index(after: place)
        guard end < window.endIndex else { return place..<end }
        let next = window[end]
        guard next.isWhitespace || window[place] == "：" || Prose.isSpaceless(next) else { return nil }
        let first = window[end...].first { !$0.isWhitespace }
        return first.map("\"“„«「『‘".contains) == true ? nil : place..<end
    }

    /// Whether words are few enough for a title, and no sentence.
    static func isTitle(_ text: some StringProtocol) -> Bool {
        let wide = text.prefix(161).count { Prose.isSpaceless($0) }
        let limit = wide * 2 > text.prefix(161).count ? 36 : 110
        guard text.prefix(limit + 1).count <= limit, text.contains(where: { $0.isLetter || $0.isNumber })
        else {
            return false
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count <= 18, !text.contains(where: { "。；;".contains($0) }) else { return false }
        // A stop inside means a sentence, unless it ends a short word such as “vs.” or “U.S.”.
        let hasSentence = words.dropLast().contains {
            $0.last.map { ".!?！？".contains($0) } == true && $0.count > 4
        }
        let openers = text.count { "(（[「『“".contains($0) }
        return !hasSentence && openers == text.count { ")）]」』”".contains($0) }
    }

    private static let dashes = [" - ", " – ", " — ", " ― ", " － ", "——", "──", "－"]
}
