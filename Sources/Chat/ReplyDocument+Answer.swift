import News
import Text

extension ReplyDocument {
    /// The document of an answer: its text with citations, and its sources.
    ///
    /// - Parameters:
    ///   - answer: what was found.
    ///   - remark: how fresh it is and who wrote it; stands at the end.
    init(_ answer: Answer, remark: String? = nil) {
        let known = Set(answer.citations.map(\.number))
        var document = Self(plain: answer.text, citing: known)
        if let remark { document.blocks.append(.paragraph([.text(remark)])) }
        document.sources = answer.citations.map { citation in
            var title = "\(citation.headline) — \(citation.source)"
            if let date = citation.publishedAt {
                title += ", " + DateText.day(date, language: answer.language)
            }
            return Source(number: citation.number, title: title, url: citation.url)
        }
        self = document
    }

    /// The document of lines of text: those that begin with a bullet are lists.
    ///
    /// - Parameters:
    ///   - text: paragraphs, each a line.
    ///   - numbers: which `[n]` are citations.
    init(plain text: String, citing numbers: Set<Int> = []) {
        var blocks: [Block] = []
        var items: [[Inline]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("• ") {
                items.append(Self.inlines(line.dropFirst(2), numbers))
                continue
            }
            if !items.isEmpty { blocks.append(.list(items)) }
            items = []
            if line.contains(where: { !$0.isWhitespace }) {
                blocks.append(.paragraph(Self.inlines(line, numbers)))
            }
        }
        if !items.isEmpty { blocks.append(.list(items)) }
        self.init(blocks)
    }

    private static func inlines(_ line: Substring, _ numbers: Set<Int>) -> [Inline] {
        var inlines: [Inline] = []
        var text = ""
        var rest = line[...]
        func flush() {
            if !text.isEmpty { inlines.append(.text(text)) }
            text = ""
        }
        while let character = rest.first {
            if character == "[", let end = rest.firstIndex(of: "]"),
                let number = Int(rest[rest.index(after: rest.startIndex)..<end]), numbers.contains(number)
            {
                while text.last == " " { text.removeLast() }
                flush()
                inlines.append(.citation(number))
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(character)
                rest.removeFirst()
            }
        }
        flush()
        return inlines
    }
}
