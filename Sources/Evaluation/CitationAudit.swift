public import News

/// Holds the citations of answers against the articles that they name.
public struct CitationAudit: Sendable {
    /// How many citations were looked at.
    public private(set) var citations = 0
    /// What was wrong, each a sentence for an operator.
    public private(set) var faults: [String] = []

    /// An audit of nothing yet.
    public init() {}

    /// Looks at the citations of one answer.
    ///
    /// Every quotation must stand in its article word for word, white space aside; every marker of the text must have
    /// its citation, and what is answered must cite something.
    ///
    /// - Parameters:
    ///   - answer: what was answered.
    ///   - name: what faults call it, such as its question.
    ///   - articles: the cited articles by their ids, as the answer was made from them.
    public mutating func add(_ answer: Answer, name: String, articles: [String: Article]) {
        for citation in answer.citations {
            citations += 1
            guard let article = articles[citation.articleID] else {
                faults.append("\(name): [\(citation.number)] names no article")
                continue
            }
            let quote = Self.squeezed(citation.quote)
            let text = article.lines.map(Self.squeezed).joined()
            if quote.isEmpty || !text.contains(quote) {
                faults.append("\(name): “\(citation.quote)” is not in \(citation.articleID)")
            }
        }
        let known = Set(answer.citations.map(\.number))
        for number in Self.markers(in: answer.text) where !known.contains(number) {
            faults.append("\(name): [\(number)] has no citation")
        }
    }

    private static func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// The numbers in square brackets.
    private static func markers(in text: String) -> Set<Int> {
        var found: Set<Int> = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "[") {
            rest = rest[rest.index(after: open)...]
            if let close = rest.firstIndex(of: "]"), let number = Int(rest[..<close]) { found.insert(number) }
        }
        return found
    }
}
