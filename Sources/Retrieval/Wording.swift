public import Text

/// A stretch of article text prepared so that concepts can be looked for in it.
public struct Wording: Sendable {
    /// The stems and other index terms of the text.
    public let terms: Set<String>
    /// The text folded to simplified lower case, in UTF-8.
    private let folded: [UInt8]
    /// Whether a Han character may be in it: most texts are asked for those that they cannot have.
    private let mayHaveHan: Bool

    /// The wording of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String, analyzer: TextAnalyzer) {
        terms = Set(analyzer.terms(in: text))
        folded = Self.withoutDots(Array(Folding.fold(text).utf8))
        mayHaveHan = folded.contains(where: Self.beginsHan)
    }

    /// The wording of a text that is made of these parts.
    ///
    /// - Complexity: O(length); no part is analysed again.
    init(joining parts: [Wording]) {
        terms = parts.reduce(into: []) { $0.formUnion($1.terms) }
        folded = Array(parts.map(\.folded).joined(separator: [UInt8(ascii: "\n")]))
        mayHaveHan = parts.contains(where: \.mayHaveHan)
    }

    /// The dot of a transliterated name is written or not.
    private static func withoutDots(_ bytes: [UInt8]) -> [UInt8] {
        // U+00B7 in UTF-8.
        guard bytes.contains(0xB7) else { return bytes }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == 0xB7, kept.last == 0xC2 { kept.removeLast() } else { kept.append(byte) }
        }
        return kept
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
            return hasRelative(of: stem) ? way.strength * Self.familyShare : 0
        case .characters(let characters):
            return contains(Array(characters.utf8)[...]) ? way.strength : 0
        case .run(let characters):
            return way.strength * tiling(of: Array(characters))
        }
    }

    /// A concept with only those wordings that the text has, and with the words of the same family that it has in place
    /// of the search for them: what is met in a part of the text is then found by plain look-ups.
    ///
    /// - Returns: a concept for ``degree(ofNarrowed:)``; its degree in any part of the text is that of the concept.
    /// - Complexity: O(terms · wordings).
    public func narrowed(_ concept: Concept) -> Concept {
        let isLoose = concept.kind == .word || concept.kind == .generic
        var narrow = concept
        narrow.ways = concept.ways.flatMap { way -> [Concept.Way] in
            let kept = degree(of: way, loose: false) > 0 ? [way] : []
            guard isLoose, case .stems(let stems) = way.form, stems.count == 1, let stem = stems.first,
                way.strength > 0.5
            else { return kept }
            return kept
                + relatives(of: stem).map {
                    Concept.Way(.stems([$0]), strength: way.strength * Self.familyShare)
                }
        }
        return narrow
    }

    /// How fully a part of a text meets a concept that was narrowed to the text.
    public func degree(ofNarrowed concept: Concept) -> Double {
        var best = 0.0
        for way in concept.ways where way.strength > best {
            best = max(best, degree(of: way, loose: false))
        }
        return best
    }

    /// What a word of the same family counts: "invest" beside "investor".
    private static let familyShare = 0.6

    private func hasRelative(of stem: String) -> Bool {
        let letters = Array(stem.utf8)
        return Self.mayHaveRelatives(letters) && terms.contains { Self.isRelative($0, of: letters) }
    }

    private func relatives(of stem: String) -> [String] {
        let letters = Array(stem.utf8)
        return Self.mayHaveRelatives(letters) ? terms.filter { Self.isRelative($0, of: letters) } : []
    }

    private static func mayHaveRelatives(_ letters: [UInt8]) -> Bool {
        letters.count >= 5 && letters.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }

    /// Whether two words are of the same family.
    ///
    /// Stemming joins inflections only; words that share five letters and most of their length are nearly always
    /// derived from one another in news.
    private static func isRelative(_ term: String, of letters: [UInt8]) -> Bool {
        var common = 0
        for (a, b) in zip(letters, term.utf8) {
            guard a == b else { break }
            common += 1
        }
        let longer = max(letters.count, term.utf8.count)
        return common >= 5 && common * 10 >= longer * 6 && common * 10 >= letters.count * 7
    }

    /// Whether a byte begins a character of the blocks from U+3000 to U+9FFF in UTF-8.
    private static func beginsHan(_ byte: UInt8) -> Bool { (0xE3...0xE9).contains(byte) }

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
        guard let first = needle.first, needle.count <= folded.count, mayHaveHan || !Self.beginsHan(first)
        else { return false }
        let last = folded.count - needle.count
        var at = 0
        while at <= last {
            if folded[at] == first, folded[at..<(at + needle.count)].elementsEqual(needle) { return true }
            at += 1
        }
        return false
    }
}
