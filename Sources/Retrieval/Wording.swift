public import Text

/// A stretch of article text prepared so that concepts can be looked for in it.
public struct Wording: Sendable {
    /// The keys of the stems and other index terms of the text: of a part as they stand there, of the whole each once,
    /// ascending.
    let terms: ArraySlice<TermKey>
    private let isPart: Bool
    /// The classes of them: most terms of a question are of none.
    private let bits: UInt64
    private let language: Language
    /// The terms that have families, of this text and of those that were read with it.
    private let families: WordFamilies
    private let letters: Letters

    /// The text as characters are looked for in it.
    private enum Letters: Sendable {
        /// Folded to simplified lower case, in UTF-8, and whether a Han character may be in it: most texts are asked for
        /// those that they cannot have.
        case folded([UInt8], mayHaveHan: Bool)

        /// The letters in UTF-8.
        init(_ bytes: [UInt8]) { self = .folded(bytes, mayHaveHan: bytes.contains(where: Wording.beginsHan)) }

        /// A text without Han characters, which is hardly ever asked for by its characters and is folded then.
        case plain(String)
        /// Several of them.
        case joined([String])
    }

    /// The wording of a text.
    ///
    /// - Complexity: O(length).
    public init(_ text: String, analyzer: TextAnalyzer) {
        self = Self.parts([text], analyzer: analyzer).whole
    }

    /// The wordings of the parts of a text, and of the whole, found in one pass.
    ///
    /// - Complexity: O(length).
    static func parts(_ texts: [String], analyzer: TextAnalyzer) -> Parts {
        let length = texts.reduce(0) { $0 + $1.utf8.count + 1 }
        var ends: [Int] = []
        ends.reserveCapacity(texts.count)
        var joined = ""
        joined.reserveCapacity(length)
        for text in texts {
            joined += text
            ends.append(joined.utf8.count)
            // No word goes on behind it.
            joined += "\n"
        }
        let stock = analyzer.withTerms(of: joined) { [ends] in TermStock($0, of: $1, ends: ends) }
        return Parts(stock, analyzer.language, texts)
    }

    /// The wordings of the parts of a text, made when they are taken.
    struct Parts {
        private let stock: TermStock
        private let language: Language
        private let texts: [String]
        /// Nil where no part may hold a Han character.
        private let letters: [Letters]?

        fileprivate init(_ stock: TermStock, _ language: Language, _ texts: [String]) {
            (self.stock, self.language, self.texts) = (stock, language, texts)
            letters =
                texts.contains(where: Wording.mayHoldHan)
                ? texts.map { Wording.mayHoldHan($0) ? Letters(Wording.folded($0)) : .plain($0) } : nil
        }

        /// How many there are.
        var count: Int { texts.count }

        /// The wording of a part.
        subscript(part: Int) -> Wording {
            Wording(
                stock.keys[stock.parts[part]], isPart: true, stock.families, language,
                letters?[part] ?? .plain(texts[part]))
        }

        /// That of the whole.
        var whole: Wording {
            let letters =
                letters.map { Letters(Array($0.map(Wording.bytes).joined(separator: [UInt8(ascii: "\n")]))) }
                ?? .joined(texts)
            return Wording(stock.keys[stock.whole], isPart: false, stock.families, language, letters)
        }
    }

    private init(
        _ terms: ArraySlice<TermKey>, isPart: Bool, _ families: WordFamilies, _ language: Language,
        _ letters: Letters
    ) {
        self.terms = terms
        self.isPart = isPart
        bits = terms.reduce(0) { $0 | $1.bit }
        self.families = families
        self.language = language
        self.letters = letters
    }

    private static func bytes(of letters: Letters) -> [UInt8] {
        switch letters {
        case .folded(let bytes, _): bytes
        case .plain(let text): folded(text)
        case .joined(let texts): Array(texts.map(folded).joined(separator: [UInt8(ascii: "\n")]))
        }
    }

    private var mayHaveHan: Bool {
        if case .folded(_, let mayHaveHan) = letters { mayHaveHan } else { false }
    }

    private static func folded(_ text: String) -> [UInt8] { withoutDots(Folding.folded(text)) }

    /// Whether a text may hold a character from U+2E80 on, before which none folds to Han.
    private static func mayHoldHan(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var at = bytes.firstWide(from: 0)
            while at < bytes.count {
                let byte = bytes[at]
                if byte >= 0xE3 || byte == 0xE2 && at + 1 < bytes.count && bytes[at + 1] >= 0xBA {
                    return true
                }
                at = bytes.firstWide(from: at + 1)
            }
            return false
        }
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
    /// - Complexity: O(terms) of a part of a text, O(log terms) of a whole one.
    public func has(_ key: TermKey) -> Bool {
        guard bits & key.bit != 0 else { return false }
        return terms.withUnsafeBufferPointer { terms in
            if isPart { return terms.contains(key) }
            var (low, high) = (0, terms.count)
            while low < high {
                let middle = (low &+ high) >> 1
                if terms[middle] < key { low = middle &+ 1 } else { high = middle }
            }
            return low < terms.count && terms[low] == key
        }
    }

    /// The share of the terms of the shorter of two whole texts that both have, 0…1; 0 where it is seen to be well below
    /// half.
    ///
    /// Keys are hashes, so the least of them are a sample: where the longer text has half of all terms of the shorter, it
    /// has a quarter of the first 48 but once in ten thousand times.
    ///
    /// - Complexity: O(terms).
    func share(of other: Wording) -> Double {
        guard terms.count <= other.terms.count else { return other.share(of: self) }
        guard !terms.isEmpty else { return 0 }
        let common = terms.withUnsafeBufferPointer { own in
            other.terms.withUnsafeBufferPointer { other in
                var (a, b, common) = (0, 0, 0)
                func go(to end: Int) {
                    while a < end, b < other.count {
                        // Nothing could foretell a branch.
                        let (one, two) = (own[a], other[b])
                        common &+= one == two ? 1 : 0
                        a &+= two < one ? 0 : 1
                        b &+= one < two ? 0 : 1
                    }
                }
                if own.count > Self.sample {
                    go(to: Self.sample)
                    if common < Self.sample / 4 { return 0 }
                }
                go(to: own.count)
                return common
            }
        }
        return Double(common) / Double(terms.count)
    }

    /// So many of the first terms tell whether the others are worth looking at.
    private static let sample = 48

    /// How fully the text meets a concept: 0 not at all, 1 in the reader's own words.
    public func degree(of concept: Concept) -> Double {
        let isLoose = concept.kind == .word || concept.kind == .generic
        var best = 0.0
        // By place: a copy of each wording would cost more than most look-ups.
        for place in concept.ways.indices
        where concept.ways[place].strength > best && concept.ways[place].counts(in: language) {
            let strength = concept.ways[place].strength
            best = max(best, degree(of: concept.ways[place].pattern, strength: strength, loose: isLoose))
        }
        return best
    }

    private func degree(of pattern: WordPattern, strength: Double, loose: Bool) -> Double {
        guard pattern.keys.isEmpty else {
            if pattern.keys.allSatisfy(has) { return strength }
            guard loose, strength > 0.5, let stem = pattern.family, hasRelatives(of: stem) else { return 0 }
            return strength * Self.familyShare
        }
        if pattern.isByDegrees { return strength * tiling(of: pattern) }
        return contains(pattern.characters[...]) ? strength : 0
    }

    /// A concept with only those wordings that the text has, and with the words of the same family that it has in place
    /// of the search for them: what is met in a part of the text is then found by plain look-ups.
    ///
    /// - Returns: a concept whose degree in any part of the text is that of the given one.
    /// - Complexity: O(wordings · log terms).
    public func narrowed(_ concept: Concept) -> NarrowConcept {
        let isLoose = concept.kind == .word || concept.kind == .generic
        var narrow = NarrowConcept()
        for place in concept.ways.indices where concept.ways[place].counts(in: language) {
            let (pattern, strength) = (concept.ways[place].pattern, concept.ways[place].strength)
            if degree(of: pattern, strength: strength, loose: false) > 0 {
                if pattern.keys.count == 1 {
                    narrow.terms.append((pattern.keys[0], strength))
                } else {
                    narrow.patterns.append((pattern, strength))
                }
            }
            guard isLoose, strength > 0.5, let stem = pattern.family else { continue }
            for key in relatives(of: stem) { narrow.terms.append((key, strength * Self.familyShare)) }
        }
        narrow.close()
        return narrow
    }

    /// How fully a part of a text meets each of some concepts that were narrowed to the text.
    func appendDegrees(of concepts: [NarrowConcept], to degrees: inout [Double]) {
        for place in concepts.indices {
            // A concept is not copied that cannot be met; most are not.
            let wanted = concepts[place].bits
            degrees.append(wanted != .max && bits & wanted == 0 ? 0 : degree(of: concepts[place]))
        }
    }

    /// How fully a part of a text meets a concept that was narrowed to the text.
    public func degree(of concept: NarrowConcept) -> Double {
        var best = concept.terms.first { has($0.key) }?.strength ?? 0
        for (pattern, strength) in concept.patterns where strength > best {
            best = max(best, degree(of: pattern, strength: strength, loose: false))
        }
        return best
    }

    /// What a word of the same family counts: "invest" beside "investor".
    private static let familyShare = 0.6

    /// The terms of the text that are of the family of a stem.
    private func relatives(of stem: TermHead) -> [TermKey] {
        var found = families.relatives(of: stem)
        if !found.isEmpty { found.removeAll { !has($0) } }
        return found
    }

    private func hasRelatives(of stem: TermHead) -> Bool { !relatives(of: stem).isEmpty }

    /// Whether a byte begins a character of the blocks from U+3000 to U+9FFF in UTF-8.
    fileprivate static func beginsHan(_ byte: UInt8) -> Bool { (0xE3...0xE9).contains(byte) }

    /// The share of the characters that stand in the text in rows of two or more.
    private func tiling(of pattern: WordPattern) -> Double {
        let (bytes, borders) = (pattern.characters, pattern.borders)
        let count = borders.count - 1
        guard count > 1 else { return contains(bytes[...]) ? 1 : 0 }
        guard mayHaveHan || !bytes.allSatisfy({ $0 >= 0x80 }) else { return 0 }
        let text = Self.bytes(of: letters)
        func holds(_ range: Range<Int>) -> Bool {
            text.holds(bytes[borders[range.lowerBound]..<borders[range.upperBound]])
        }
        var covered = 0
        var start = 0
        while start < count - 1 {
            var end = start + 2
            guard holds(start..<end) else {
                start += 1
                continue
            }
            while end < count, holds(start..<(end + 1)) { end += 1 }
            covered += end - start
            start = end
        }
        return Double(covered) / Double(count)
    }

    private func contains(_ needle: ArraySlice<UInt8>) -> Bool {
        guard let first = needle.first else { return false }
        guard mayHaveHan || !Self.beginsHan(first) else { return false }
        return Self.bytes(of: letters).holds(needle)
    }
}

/// The terms of the parts of a text, and of the whole.
private struct TermStock: Sendable {
    /// Those of each part as they stand there, and at the end those of the whole, each once, ascending.
    var keys: [TermKey]
    var parts: [Range<Int>] = []
    var whole = 0..<0
    let families: WordFamilies

    /// - Parameters:
    ///   - found: the occurrences in the whole text, by place.
    ///   - table: what their numbers stand for.
    ///   - ends: where each part ends, in UTF-8 code units.
    init(_ found: UnsafeBufferPointer<TermOccurrence>, of table: TermTable, ends: [Int]) {
        parts.reserveCapacity(ends.count)
        var at = 0
        for end in ends {
            let first = at
            while at < found.count, found[at].start < end { at += 1 }
            parts.append(first..<at)
        }
        var families = WordFamilies()
        keys = [TermKey](unsafeUninitializedCapacity: found.count * 2) { memory, count in
            table.copyKeys(of: found, to: memory)
            let firsts = UnsafeBufferPointer(rebasing: memory[..<found.count]).ascending
            for (offset, place) in firsts.enumerated() {
                memory.initializeElement(at: found.count + offset, to: memory[Int(place)])
            }
            count = found.count + firsts.count
            families = WordFamilies(count: firsts.count) { number in
                let place = Int(firsts[number])
                return (table.head(of: found[place].term), memory[place])
            }
        }
        self.families = families
        whole = found.count..<keys.count
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
