public import Text

/// A stretch of article text prepared so that concepts can be looked for in it.
public struct Wording: Sendable {
    /// The stems and other index terms of the text.
    public let terms: Set<String>
    /// The text folded to simplified lower case, in UTF-8.
    private let folded: [UInt8]

    /// The wording of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String, analyzer: TextAnalyzer) {
        terms = Set(analyzer.terms(in: text))
        folded = Array(Folding.fold(text).replacing("·", with: "").utf8)
    }

    /// How fully the text meets a concept: 0 not at all, 1 in the reader's own words.
    public func degree(of concept: Concept) -> Double {
        var best = 0.0
        for way in concept.ways where way.strength > best {
            best = max(best, degree(of: way, loose: concept.kind == .word || concept.kind == .generic))
        }
        return best
    }

    private func degree(of way: Concept.Way, loose: Bool) -> Double {
        switch way.form {
        case .stems(let stems):
            if stems.allSatisfy(terms.contains) { return way.strength }
            guard loose, stems.count == 1, let stem = stems.first, way.strength > 0.5 else { return 0 }
            return hasRelative(of: stem) ? way.strength * 0.6 : 0
        case .characters(let characters):
            return contains(Array(characters.utf8)[...]) ? way.strength : 0
        case .run(let characters):
            return way.strength * tiling(of: Array(characters))
        }
    }

    /// Whether a word of the same family stands in the text: "invest" beside "investor".
    ///
    /// Stemming joins inflections only; words that share five letters and most of their length are nearly always
    /// derived from one another in news.
    private func hasRelative(of stem: String) -> Bool {
        let letters = Array(stem.utf8)
        guard letters.count >= 5, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return false }
        for term in terms {
            var common = 0
            for (a, b) in zip(letters, term.utf8) {
                guard a == b else { break }
                common += 1
            }
            let longer = max(letters.count, term.utf8.count)
            if common >= 5, common * 10 >= longer * 6, common * 10 >= letters.count * 7 { return true }
        }
        return false
    }

    /// The share of the characters that stand in the text in rows of two or more.
    private func tiling(of characters: [Character]) -> Double {
        guard characters.count > 1 else {
            return contains(Array(String(characters).utf8)[...]) ? 1 : 0
        }
        var covered = 0
        var start = 0
        while start < characters.count - 1 {
            var end = start + 2
            guard contains(Array(String(characters[start..<end]).utf8)[...]) else {
                start += 1
                continue
            }
            while end < characters.count, contains(Array(String(characters[start...end]).utf8)[...]) {
                end += 1
            }
            covered += end - start
            start = end
        }
        return Double(covered) / Double(characters.count)
    }

    private func contains(_ needle: ArraySlice<UInt8>) -> Bool {
        guard let first = needle.first, needle.count <= folded.count else { return false }
        let last = folded.count - needle.count
        var at = 0
        while at <= last {
            if folded[at] == first, folded[at..<(at + needle.count)].elementsEqual(needle) { return true }
            at += 1
        }
        return false
    }
}
