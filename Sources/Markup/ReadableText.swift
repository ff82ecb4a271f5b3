/// The text of HTML as a person reads it: paragraphs, list items and headings in lines.
///
/// Paragraphs stand apart by a blank line; the items of a list stand in lines one below the other behind `- ` or their
/// number, so that parsers of plain text know them again. Scripts, styles, forms and what is hidden are left out.
public struct ReadableText: Sendable {
    private var lines: [String] = []
    private var line = ""
    /// Whether a space is due before the next word of the line.
    private var isSpaced = false
    private var isPreformatted = false

    /// The text of an element.
    ///
    /// - Complexity: O(size of the tree).
    public static func of(_ element: MarkupElement) -> String {
        var text = ReadableText()
        text.read(element.children, marker: nil)
        return text.finished()
    }

    /// The text of a piece of HTML; what is no HTML comes out as it is but for white space.
    public static func of(html: String) -> String {
        // A text without markup is most of all titles and need not go through the parser.
        guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
            return html.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return MarkupElement(html: html).map(of) ?? ""
    }

    private mutating func read(_ nodes: [MarkupElement.Node], marker: ((Int) -> String)?) {
        var items = 0
        for node in nodes {
            switch node {
            case .text(let text): append(text)
            case .element(let element):
                if element.name == "li" {
                    items += 1
                    endLine()
                    // Paragraphs within the items do not take the list apart.
                    if items > 1, lines.last?.isEmpty == true { lines.removeLast() }
                    append(marker?(items) ?? "- ")
                    read(element.children, marker: nil)
                    endLine()
                } else {
                    read(element)
                }
            }
        }
    }

    private mutating func read(_ element: MarkupElement) {
        let name = element.name.lowercased()
        if Self.unread.contains(name) || element["hidden"] != nil || element["aria-hidden"] == "true" {
            return
        }
        switch name {
        case "br":
            // Two breaks, one after the other, make a paragraph.
            if line.isEmpty { endParagraph() } else { endLine() }
        case "hr": endParagraph()
        case "ol":
            let first = element["start"].flatMap { Int($0) } ?? 1
            endLine()
            read(element.children, marker: { "\($0 - 1 &+ first). " })
            endParagraph()
        case "ul", "menu", "dir":
            endLine()
            read(element.children, marker: { _ in "- " })
            endParagraph()
        case "tr", "dt", "dd":
            endLine()
            read(element.children, marker: nil)
            endLine()
        case "td", "th":
            if !line.isEmpty { append(" ") }
            read(element.children, marker: nil)
            append(" ")
        case "pre":
            endParagraph()
            isPreformatted = true
            read(element.children, marker: nil)
            isPreformatted = false
            endParagraph()
        case let name where Self.blocks.contains(name):
            // The paragraph of a list item goes on behind its marker.
            if !isMarker(line) { endParagraph() }
            read(element.children, marker: nil)
            endParagraph()
        default: read(element.children, marker: nil)
        }
    }

    private func isMarker(_ line: String) -> Bool {
        line == "-"
            || (line.last == "." && line.dropLast().allSatisfy(\.isNumber) && line.count < 6
                && line.count > 1)
    }

    private mutating func append(_ text: String) {
        for scalar in text.unicodeScalars {
            if isPreformatted, scalar == "\n" {
                if line.isEmpty { endParagraph() } else { endLine() }
            } else if scalar.properties.isWhitespace {
                isSpaced = true
            } else {
                if isSpaced, !line.isEmpty { line.unicodeScalars.append(" ") }
                isSpaced = false
                line.unicodeScalars.append(scalar)
            }
        }
    }

    private mutating func endLine() {
        if !line.isEmpty { lines.append(line) }
        line = ""
        isSpaced = false
    }

    private mutating func endParagraph() {
        endLine()
        if lines.last?.isEmpty == false { lines.append("") }
    }

    private mutating func finished() -> String {
        endLine()
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static let unread: Set = [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head",
        "select",
        "textarea", "button", "audio", "video", "canvas", "applet", "title",
    ]
    private static let blocks: Set = [
        "p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "address", "blockquote",
        "center",
        "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "table", "thead", "tbody", "tfoot",
        "caption", "dl",
        "form", "fieldset", "details", "summary", "body", "html",
    ]
}
