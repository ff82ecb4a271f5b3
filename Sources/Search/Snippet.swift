public import Text

/// The part of a text that shows best why it matches.
public enum Snippet {
    /// The window with the most different terms of a query, cut between words, with an ellipsis where text is left out.
    ///
    /// - Parameters:
    ///   - text: what to cut from.
    ///   - terms: as the analyzer makes them.
    ///   - language: what the text is written in.
    ///   - maxCharacters: the longest window, ellipses not counted.
    /// - Returns: the window and the places of the terms in it.
    /// - Complexity: O(length).
    public static func best(
        in text: String, terms: Set<String>, language: Language, maxCharacters: Int
    ) -> (text: String, highlights: [Range<String.Index>]) {
        let tokens = TextAnalyzer(language).tokens(in: text)
        let matches = merged(tokens.filter { terms.contains($0.term) })
        let window = window(of: text, matches: matches, maxCharacters: maxCharacters)
        var shown = String(text[window])
        let isCutBefore = window.lowerBound > text.startIndex
        if isCutBefore { shown = "…" + shown }
        if window.upperBound < text.endIndex { shown += "…" }
        let start = window.lowerBound.byteOffset(in: text)
        let shift = isCutBefore ? "…".utf8.count : 0
        let length = text[window].utf8.count
        let highlights = matches.compactMap { match -> Range<String.Index>? in
            let (low, high) = (match.range.lowerBound - start, match.range.upperBound - start)
            guard low >= 0, high <= length else { return nil }
            let view = shown.utf8
            return view.index(
                view.startIndex, offsetBy: low + shift)..<view.index(view.startIndex, offsetBy: high + shift)
        }
        return (shown, highlights)
    }

    private struct Match {
        var range: Range<Int>
        var terms: Set<String>
    }

    /// Matches that overlap, such as the pairs of characters of one Chinese word, are one.
    private static func merged(_ tokens: [Token]) -> [Match] {
        var result: [Match] = []
        for token in tokens.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = result.last, token.range.lowerBound < last.range.upperBound {
                let end = max(last.range.upperBound, token.range.upperBound)
                result[result.count - 1].range = last.range.lowerBound..<end
                result[result.count - 1].terms.insert(token.term)
            } else {
                result.append(Match(range: token.range, terms: [token.term]))
            }
        }
        return result
    }

    private static func window(of text: String, matches: [Match], maxCharacters: Int) -> Range<String.Index> {
        let limit = max(1, maxCharacters)
        guard text.count > limit else { return text.startIndex..<text.endIndex }
        // Bytes stand in for characters: they only choose among windows.
        let bytes = limit * max(1, text.utf8.count / max(1, text.count))
        var best = 0
        var most = -1
        for (index, match) in matches.enumerated() {
            var seen: Set<String> = []
            for later in matches[index...] {
                guard later.range.upperBound - match.range.lowerBound <= bytes else { break }
                seen.formUnion(later.terms)
            }
            if seen.count > most { (most, best) = (seen.count, match.range.lowerBound) }
        }
        let view = text.utf8
        let anchor = view.index(view.startIndex, offsetBy: min(best, view.count))
        // Some words before the first match, as many as fit at the end of the text.
        var start =
            text.index(anchor.rounded(in: text), offsetBy: -limit / 5, limitedBy: text.startIndex)
            ?? text.startIndex
        if let latest = text.index(text.endIndex, offsetBy: -limit, limitedBy: text.startIndex) {
            start = min(start, latest)
        }
        start = border(atOrAfter: start, in: text, before: anchor)
        var end = text.index(start, offsetBy: limit, limitedBy: text.endIndex) ?? text.endIndex
        if end < text.endIndex, let space = text[start..<end].lastIndex(where: \.isWhitespace),
            text.distance(from: space, to: end) < limit / 4
        {
            end = space
        }
        return start..<end
    }

    /// The next beginning of a word, where one is near; scripts without spaces are cut anywhere.
    private static func border(
        atOrAfter start: String.Index, in text: String, before anchor: String.Index
    ) -> String.Index {
        guard start > text.startIndex, !text[text.index(before: start)].isWhitespace, start < anchor else {
            return start
        }
        guard let space = text[start..<anchor].firstIndex(where: \.isWhitespace) else {
            return text[start].isASCII ? min(anchor, text.endIndex) : start
        }
        return text.index(after: space)
    }
}

extension String.Index {
    /// The number of code units of UTF-8 before it.
    fileprivate func byteOffset(in text: String) -> Int {
        text.utf8.distance(from: text.startIndex, to: self)
    }

    /// The beginning of the character that it stands in.
    fileprivate func rounded(in text: String) -> String.Index {
        text.indices.last { $0 <= self } ?? text.startIndex
    }
}
