public import Text

/// A stretch of article text prepared so that concepts can be looked for in it.
public struct Wording: Sendable {
    /// The keys of the stems and other index terms of the text, each once, ascending.
    public let terms: [TermKey]
    /// The classes of them: most terms of a question are of none.
    private let bits: UInt64
    private let language: Language
    /// The terms that have families, by their first letters, and the letters of all.
    private let families: [WordFamily]
    private let letters: [UInt8]
    /// The text folded to simplified lower case, in UTF-8.
    private let folded: [UInt8]
    /// Whether a Han character may be in it: most texts are asked for those that they cannot have.
    private let mayHaveHan: Bool

    /// The wording of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String, analyzer: TextAnalyzer) {
        let (keys, families, letters) = analyzer.withTerms(of: text) { found, table in
            var keys: [TermKey] = []
            keys.reserveCapacity(found.count)
            var families: [WordFamily] = []
            var letters: [UInt8] = []
            for occurrence in found {
                let key = table.key(of: occurrence.term)
                keys.append(key)
                let term = table[occurrence.term]
                guard let family = WordFamily(term, key: key, start: letters.count) else { continue }
                families.append(family)
                letters.append(contentsOf: term)
            }
            return (keys, families, letters)
        }
        self.init(
            keys: keys, families: families, letters: letters, language: analyzer.language,
            folded: Self.withoutDots(Folding.folded(text)))
    }

    /// The wording of a text that is made of these parts.
    ///
    /// - Complexity: O(length · log terms); no part is analysed again.
    init(joining parts: [Wording]) {
        var families: [WordFamily] = []
        var letters: [UInt8] = []
        for part in parts {
            for var family in part.families {
                family.start += Int32(letters.count)
                families.append(family)
            }
            letters.append(contentsOf: part.letters)
        }
        self.init(
            keys: parts.flatMap(\.terms), families: families, letters: letters,
            language: parts.first?.language ?? .undetermined,
            folded: Array(parts.map(\.folded).joined(separator: [UInt8(ascii: "\n")])))
    }

    private init(
        keys: [TermKey], families: [WordFamily], letters: [UInt8], language: Language, folded: [UInt8]
    ) {
        var terms = keys.sorted()
        var kept = 0
        for key in terms where kept == 0 || terms[kept - 1] != key {
            terms[kept] = key
            kept += 1
        }
        terms.removeLast(terms.count - kept)
        self.terms = terms
        bits = terms.reduce(0) { $0 | $1.bit }
        var sorted = families.sorted { ($0.head, $0.key) < ($1.head, $1.key) }
        kept = 0
        for family in sorted where kept == 0 || sorted[kept - 1].key != family.key {
            sorted[kept] = family
            kept += 1
        }
        sorted.removeLast(sorted.count - kept)
        self.families = sorted
        self.letters = letters
        self.language = language
        self.folded = folded
        mayHaveHan = folded.contains(where: Self.beginsHan)
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

    /// Whether the text has a term.
    ///
    /// - Complexity: O(log terms).
    public func has(_ key: TermKey) -> Bool {
        guard bits & key.bit != 0 else { return false }
        var (low, high) = (0, terms.count)
        while low < high {
            let middle = (low + high) / 2
            if terms[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < terms.count && terms[low] == key
    }

    /// The share of the terms of the shorter of two texts that both have, 0…1.
    ///
    /// - Complexity: O(terms).
    func share(of other: Wording) -> Double {
        var (a, b, common) = (0, 0, 0)
        while a < terms.count, b < other.terms.count {
            if terms[a] == other.terms[b] {
                common += 1
                a += 1
                b += 1
            } else if terms[a] < other.terms[b] {
                a += 1
            } else {
                b += 1
            }
        }
        let least = min(terms.count, other.terms.count)
        return least == 0 ? 0 : Double(common) / Double(least)
    }

    /// Whether the text has a word of a question, by the rules of the question's language or of its own.
    public func has(_ word: WordKey) -> Bool {
        has(word.key) || word.variants.contains { $0.languages.contains(language) && has($0.key) }
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
        if let languages = way.languages, !languages.contains(language) { return 0 }
        let pattern = way.pattern
        guard pattern.keys.isEmpty else {
            if pattern.keys.allSatisfy(has) { return way.strength }
            guard loose, way.strength > 0.5, let stem = pattern.family, !relatives(of: stem).isEmpty else {
                return 0
            }
            return way.strength * Self.familyShare
        }
        if pattern.isByDegrees { return way.strength * tiling(of: pattern) }
        return contains(pattern.characters[...]) ? way.strength : 0
    }

    /// A concept with only those wordings that the text has, and with the words of the same family that it has in place
    /// of the search for them: what is met in a part of the text is then found by plain look-ups.
    ///
    /// - Returns: a concept whose degree in any part of the text is that of the given one.
    /// - Complexity: O(wordings · log terms).
    public func narrowed(_ concept: Concept) -> NarrowConcept {
        let isLoose = concept.kind == .word || concept.kind == .generic
        var narrow = NarrowConcept()
        for way in concept.ways where way.languages?.contains(language) != false {
            if degree(of: way, loose: false) > 0 {
                if way.pattern.keys.count == 1 {
                    narrow.terms.append((way.pattern.keys[0], way.strength))
                } else {
                    narrow.ways.append(way)
                }
            }
            guard isLoose, way.strength > 0.5, let stem = way.pattern.family else { continue }
            narrow.terms += relatives(of: stem).map { ($0, way.strength * Self.familyShare) }
        }
        narrow.terms.sort { $0.strength > $1.strength }
        narrow.ways.sort { $0.strength > $1.strength }
        return narrow
    }

    /// How fully a part of a text meets a concept that was narrowed to the text.
    public func degree(of concept: NarrowConcept) -> Double {
        var best = concept.terms.first { has($0.key) }?.strength ?? 0
        for way in concept.ways where way.strength > best {
            best = max(best, degree(of: way, loose: false))
        }
        return best
    }

    /// What a word of the same family counts: "invest" beside "investor".
    private static let familyShare = 0.6

    /// The terms of the text that are of the family of a stem.
    private func relatives(of stem: [UInt8]) -> [TermKey] {
        guard let head = WordFamily.head(of: stem) else { return [] }
        var (low, high) = (0, families.count)
        while low < high {
            let middle = (low + high) / 2
            if families[middle].head < head { low = middle + 1 } else { high = middle }
        }
        var found: [TermKey] = []
        while low < families.count, families[low].head == head {
            let family = families[low]
            let start = Int(family.start)
            if WordFamily.isOne(letters[start..<(start + Int(family.count))], stem) {
                found.append(family.key)
            }
            low += 1
        }
        return found
    }

    /// Whether a byte begins a character of the blocks from U+3000 to U+9FFF in UTF-8.
    private static func beginsHan(_ byte: UInt8) -> Bool { (0xE3...0xE9).contains(byte) }

    /// The share of the characters that stand in the text in rows of two or more.
    private func tiling(of pattern: WordPattern) -> Double {
        let (bytes, borders) = (pattern.characters, pattern.borders)
        let count = borders.count - 1
        guard count > 1 else { return contains(bytes[...]) ? 1 : 0 }
        guard mayHaveHan || !bytes.allSatisfy({ $0 >= 0x80 }) else { return 0 }
        var covered = 0
        var start = 0
        while start < count - 1 {
            var end = start + 2
            guard contains(bytes[borders[start]..<borders[end]]) else {
                start += 1
                continue
            }
            while end < count, contains(bytes[borders[start]..<borders[end + 1]]) { end += 1 }
            covered += end - start
            start = end
        }
        return Double(covered) / Double(count)
    }

    private func contains(_ needle: ArraySlice<UInt8>) -> Bool {
        guard let first = needle.first, needle.count <= folded.count, mayHaveHan || !Self.beginsHan(first)
        else { return false }
        return folded.withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                let last = text.count - needle.count
                var at = 0
                while at <= last {
                    if text[at] == first {
                        var matched = 1
                        while matched < needle.count, text[at + matched] == needle[matched] { matched += 1 }
                        if matched == needle.count { return true }
                    }
                    at += 1
                }
                return false
            }
        }
    }
}

/// A word of a question as texts are held against it.
public struct WordKey: Sendable {
    let key: TermKey
    let variants: [(key: TermKey, languages: Set<Language>)]

    /// The keys of a word by the rules of the question's language and of others.
    public init(_ word: TokenReading) {
        key = TermKey(word.token.term)
        variants = word.variants.map { (TermKey($0.term), $0.languages) }
    }
}
