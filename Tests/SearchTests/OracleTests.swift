import Foundation
import Testing
import Text

@testable import Search

/// The same numbers from the same seed on every machine (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// An index as plain as can be: tokens in lists, scored by the formula as it stands in the book.
private struct Naive {
    var schema: Schema
    /// All documents ever indexed and not merged away, with whether they live.
    var documents: [(id: DocumentID, document: Document, isLiving: Bool)] = []

    mutating func apply(_ changes: [Change]) {
        var last: [Int64: Change] = [:]
        for change in changes { last[change.group] = change }
        for index in documents.indices where last[documents[index].id.group] != nil {
            documents[index].isLiving = false
        }
        for case .replace(let group, let new) in last.values {
            documents += new.map { (DocumentID(group: group, ordinal: $0.ordinal), $0, true) }
        }
    }

    // `even`: the length that all documents are taken to have, by field; nil where each has its own.
    func search(_ query: Query, limit: Int, even: [Int]? = nil) -> [Hit] {
        let tokens = documents.map { entry in
            entry.document.texts.map { TextAnalyzer(entry.document.language).tokens(in: $0) }
        }
        func length(_ document: Int, _ field: Int) -> Int {
            LengthCode.decode(LengthCode.encode((tokens[document][field].last?.position).map { $0 + 1 } ?? 0))
        }
        func count(_ terms: [String], _ document: Int, _ field: Int) -> Int {
            let places = terms.map { term in
                tokens[document][field].filter { $0.term == term }.map(\.position)
            }
            return places[0].count { start in places.enumerated().allSatisfy { $1.contains(start + $0) } }
        }
        func idf(_ term: String) -> Float {
            let holding = tokens.count { $0.contains { $0.contains { $0.term == term } } }
            return logf(1 + (Float(documents.count) - Float(holding) + 0.5) / (Float(holding) + 0.5))
        }
        let averages = schema.fields.indices.map { field in
            Float(documents.indices.reduce(0) { $0 + length($1, field) }) / Float(max(1, documents.count))
        }
        var hits: [Hit] = []
        for (number, entry) in documents.enumerated() where entry.isLiving {
            if let filter = query.filter {
                if filter.from != nil || filter.until != nil {
                    guard let time = entry.document.time, filter.from.map({ time >= $0 }) ?? true,
                        filter.until.map({ time < $0 }) ?? true
                    else { continue }
                }
                guard filter.anyTag.isEmpty || !Set(filter.anyTag).isDisjoint(with: entry.document.tags)
                else {
                    continue
                }
            }
            var score: Float = 0
            var isMatched = false
            var isBarred = false
            for clause in query.clauses {
                let terms = clause.phrase ?? [clause.term]
                var isHeld = false
                for field in schema.fields.indices where clause.fields?.contains(field) ?? true {
                    let tf = Float(count(terms, number, field))
                    guard tf > 0 else { continue }
                    isHeld = true
                    let settings = schema.fields[field]
                    let norm =
                        schema.k1
                        * (1 - settings.b + settings.b * Float(even?[field] ?? length(number, field))
                            / max(averages[field], 1))
                    score +=
                        clause.weight * settings.boost * terms.reduce(0) { $0 + idf($1) }
                        * (tf * (schema.k1 + 1) / (tf + norm))
                }
                switch clause.occurrence {
                case .excluded: isBarred = isBarred || isHeld
                case .required:
                    isBarred = isBarred || !isHeld
                    isMatched = isMatched || isHeld
                case .optional: isMatched = isMatched || isHeld
                }
            }
            if isMatched, !isBarred { hits.append(Hit(document: entry.id, score: score)) }
        }
        return Array(
            hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }.prefix(
                limit))
    }
}

@Suite struct OracleTests {
    private let schema = Schema([Field("title", boost: 2, b: 0.3), Field("text")])
    private let words = [
        "ether", "merge", "cloud", "court", "bank", "chip", "vote", "law", "港", "灣", "台積電", "GPT-4",
    ]

    private func text(_ most: Int, _ random: inout Seeded) -> String {
        (0..<Int.random(in: 0...most, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined(separator: " ")
    }

    private func changes(_ random: inout Seeded) -> [Change] {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
            let group = Int64.random(in: 1...12, using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 { return .delete(group: group) }
            let documents = (0..<UInt32.random(in: 1...3, using: &random)).map { ordinal in
                Document(
                    ordinal: ordinal, language: .english, texts: [text(4, &random), text(30, &random)],
                    time: Bool.random(using: &random) ? Int64.random(in: 0...9, using: &random) : nil,
                    tags: ["t\(Int.random(in: 0...2, using: &random))"])
            }
            return .replace(group: group, with: documents)
        }
    }

    private func query(_ random: inout Seeded) -> Query {
        let terms = words.flatMap { TextAnalyzer(.english).terms(in: $0) }
        let clauses = (0..<Int.random(in: 1...5, using: &random)).map { number -> Clause in
            let occurrences: [Clause.Occurrence] = [.optional, .optional, .optional, .required, .excluded]
            let occurrence = number == 0 ? .optional : occurrences.randomElement(using: &random) ?? .optional
            let weight = Float(Int.random(in: 1...4, using: &random)) / 2
            let fields: Set<Int>? = Int.random(in: 0..<4, using: &random) == 0 ? [1] : nil
            let term = terms.randomElement(using: &random) ?? ""
            guard Int.random(in: 0..<4, using: &random) == 0 else {
                return Clause(term, weight: weight, occurrence: occurrence, fields: fields)
            }
            return .phrase(
                [term, terms.randomElement(using: &random) ?? ""], weight: weight, occurrence: occurrence,
                fields: fields)
        }
        var filter: Filter?
        if Int.random(in: 0..<3, using: &random) == 0 {
            filter = Filter(from: 3, until: Bool.random(using: &random) ? 8 : nil, anyTag: ["t0", "t1"])
        }
        return Query(clauses, filter: filter)
    }

    private func isSame(_ a: [Hit], _ b: [Hit]) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { abs($0.score - $1.score) <= 2e-3 * max(1, abs($1.score)) }
    }

    /// Parts that are searched together find what each finds by itself, whether they have clauses in common or none.
    private func checkParts(of query: Query, in searcher: Searcher, _ random: inout Seeded) {
        let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            QueryPart(
                query.clauses.indices.filter { _ in Bool.random(using: &random) },
                limit: Int.random(in: 1...40, using: &random))
        }
        let alone = parts.map { part in
            searcher.searchExhaustively(
                Query(part.clauses.map { query.clauses[$0] }, filter: query.filter), limit: part.limit)
        }
        #expect(searcher.search(query, parts: parts) == alone)
    }

    /// Where lengths do not count, each document scores as one of average length.
    private func checkEven(_ query: Query, in searcher: Searcher, beside naive: Naive) {
        let plain = Query(query.clauses.filter { $0.occurrence == .optional && $0.phrase == nil })
        let part = QueryPart(Array(plain.clauses.indices), limit: 10)
        let found = searcher.search(plain, parts: [part, part], lengthsCount: false)
        let even = searcher.averages.map { LengthCode.decode(LengthCode.encode(Int($0))) }
        #expect(found[0] == found[1])
        #expect(isSame(found[0], naive.search(plain, limit: 10, even: even)), "\(plain)")
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `both searchers find what the naive one finds`(seed: UInt64) {
        var random = Seeded(state: seed)
        var naive = Naive(schema: schema)
        var index = InvertedIndex(schema: schema)
        for step in 1...4 {
            let changes = changes(&random)
            naive.apply(changes)
            index.apply(changes, cursor: Int64(step))
            if Int.random(in: 0..<3, using: &random) == 0 {
                index.merge()
                naive.documents.removeAll { !$0.isLiving }
            } else {
                // A segment whose documents are all gone takes its statistics with it.
                let kept = index.searcher.views.reduce(0) { $0 + $1.segment.documentCount }
                guard kept == naive.documents.count else { break }
            }
            for _ in 0..<12 {
                let query = query(&random)
                let limit = Int.random(in: 1...10, using: &random)
                let fast = index.searcher.search(query, limit: limit)
                let plain = index.searcher.searchExhaustively(query, limit: limit)
                #expect(fast == plain)
                checkParts(of: query, in: index.searcher, &random)
                checkEven(query, in: index.searcher, beside: naive)
                #expect(isSame(fast, naive.search(query, limit: limit)), "\(query)")
                for hit in fast {
                    let explanation = index.searcher.explain(query, hit.document)
                    #expect(explanation?.total == hit.score)
                    #expect(explanation?.parts.reduce(0) { $0 + $1.score } == hit.score)
                }
            }
        }
        #expect(index.searcher.documentCount == naive.documents.count { $0.isLiving } || index.cursor < 4)
    }

    /// Enough documents for several windows and blocks, with common, rare and often repeated words.
    private func large(_ random: inout Seeded, count: Int) -> [Change] {
        (0..<count).map { group in
            var words: [String] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                // Low numbers are common, as words are.
                let rank = Int(pow(Double.random(in: 0..<1, using: &random), 3) * 400)
                words.append("w\(rank)")
            }
            if group % 977 == 0 { words += Array(repeating: "often", count: 10 + group / 40) }
            let title = words.isEmpty ? "" : words[0]
            return .replace(
                group: Int64(group),
                with: [
                    Document(
                        ordinal: 0, language: .english, texts: [title, words.joined(separator: " ")],
                        time: Int64(group % 100), tags: ["t\(group % 3)"])
                ])
        }
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `pruning changes nothing among many documents`(seed: UInt64) {
        var random = Seeded(state: 77 + seed)
        var index = InvertedIndex(schema: schema)
        let changes = large(&random, count: 11_000)
        for (step, start) in stride(from: 0, to: changes.count, by: 4000).enumerated() {
            index.apply(Array(changes[start..<min(start + 4000, changes.count)]), cursor: Int64(step + 1))
        }
        index.apply((0..<300).map { .delete(group: Int64($0 * 31)) }, cursor: 9)
        for round in 0..<2 {
            if round == 1 { index.merge() }
            let searcher = index.searcher
            for number in 0..<25 {
                var clauses = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    Clause(
                        "w\(Int(pow(Double.random(in: 0..<1, using: &random), 2) * 400))",
                        weight: Float(Int.random(in: 1...8, using: &random)) / 4)
                }
                if number % 5 == 0 { clauses.append(Clause("often")) }
                if number % 7 == 1 { clauses.append(Clause("w1", occurrence: .required)) }
                if number % 7 == 2 { clauses.append(Clause("w0", occurrence: .excluded)) }
                if number % 7 == 3 { clauses.append(.phrase(["w0", "w1"])) }
                if number % 7 == 4 { clauses.append(.phrase(["w1", "w0"], occurrence: .required)) }
                let filter = number % 6 == 5 ? Filter(from: 20, until: 60, anyTag: ["t1", "t2"]) : nil
                let query = Query(clauses, filter: filter)
                let limit = [1, 10, 100].randomElement(using: &random) ?? 10
                let plain = searcher.searchExhaustively(query, limit: limit)
                #expect(searcher.search(query, limit: limit) == plain)
                if number % 3 == 0 { checkParts(of: query, in: searcher, &random) }
            }
        }
        #expect(index.searcher.views.count == 1)
    }

    /// Enough documents for a guess from a sample of them: the best are everywhere, only among those of the sample, or only
    /// outside it.
    @Test(arguments: [0..<90_000, 65_536..<73_728, 0..<60_000])
    func `a guess of the worst hit changes nothing`(good: Range<Int>) throws {
        var random = Seeded(state: 11)
        let changes = (0..<90_000).map { group -> Change in
            var words = (0..<5).map { _ in "w\(Int(pow(Double.random(in: 0..<1, using: &random), 2) * 40))" }
            if good.contains(group), group % 9 == 0 { words += ["w0", "w1", "w\(group % 5)"] }
            return .replace(
                group: Int64(group),
                with: [
                    Document(ordinal: 0, language: .english, texts: ["", words.joined(separator: " ")])
                ])
        }
        var index = InvertedIndex(schema: schema)
        index.apply(Array(changes[..<80_000]), cursor: 1)
        index.apply(Array(changes[80_000...]), cursor: 2)
        let searcher = index.searcher
        #expect(searcher.views.count == 2)
        for number in 0..<12 {
            let clauses = (0...number % 4 + 1).map { Clause("w\($0 * (number / 4 + 1))") }
            let limit = [10, 60, 120][number % 3]
            #expect(
                searcher.search(Query(clauses), limit: limit)
                    == searcher.searchExhaustively(Query(clauses), limit: limit))
            checkParts(of: Query(clauses), in: searcher, &random)
        }
    }

    @Test func `segments that are brought together score as if indexed together`() {
        var random = Seeded(state: 5)
        let changes = large(&random, count: 900)
        var parts = InvertedIndex(schema: schema)
        for start in stride(from: 0, to: 900, by: 100) {
            parts.apply(Array(changes[start..<start + 100]), cursor: Int64(start + 1))
        }
        parts.merge()
        var whole = InvertedIndex(schema: schema)
        whole.apply(changes, cursor: 1)
        #expect(
            Array(parts.searcher.views[0].segment.bytes.buffer)
                == Array(whole.searcher.views[0].segment.bytes.buffer))
    }

    /// Parts whose documents are all kept move in one piece; those with gaps, or among each other, are read one by one.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `what is merged is what is built at once`(seed: UInt64) {
        var random = Seeded(state: 900 + seed)
        var documents = Dictionary(
            uniqueKeysWithValues: large(&random, count: 1500).compactMap {
                change -> (Int64, [Document])? in
                guard case .replace(let group, let documents) = change else { return nil }
                return (group, documents)
            })
        var parts = InvertedIndex(schema: schema)
        var (cursor, start): (Int64, Int64) = (0, 0)
        func apply(_ changes: [Change]) {
            cursor += 1
            parts.apply(changes, cursor: cursor)
        }
        let isScattered = seed % 3 == 2
        let groups = isScattered ? documents.keys.sorted().shuffled(using: &random) : documents.keys.sorted()
        while start < groups.count {
            let end = min(Int64(groups.count), start + Int64.random(in: 1...400, using: &random))
            apply(groups[Int(start)..<Int(end)].map { .replace(group: $0, with: documents[$0] ?? []) })
            start = end
            guard seed % 3 > 0, Bool.random(using: &random) else { continue }
            // Some go, and some come again with other words, so that some parts have gaps.
            let known = groups[..<Int(end)]
            apply(
                (0..<Int.random(in: 1...60, using: &random)).compactMap { number in
                    guard let group = known.randomElement(using: &random) else { return nil }
                    let isGone = number % 2 == 0
                    documents[group] = isGone ? [] : documents[(group + 7) % 1500] ?? []
                    return isGone
                        ? .delete(group: group) : .replace(group: group, with: documents[group] ?? [])
                })
        }
        parts.merge()
        var whole = InvertedIndex(schema: schema)
        whole.apply(
            documents.keys.sorted().map { .replace(group: $0, with: documents[$0] ?? []) }, cursor: cursor)
        #expect(
            parts.searcher.views.map { Array($0.segment.bytes.buffer) }
                == whole.searcher.views.map { Array($0.segment.bytes.buffer) })
    }

    @Test func `a changed or cut byte is never answered from`() throws {
        var random = Seeded(state: 8)
        let groups = large(&random, count: 60).compactMap {
            change -> (group: Int64, documents: [Document])? in
            guard case .replace(let group, let documents) = change else { return nil }
            return (group, documents)
        }
        let bytes = Segment.build(groups, schema: schema)
        try Segment(SegmentBytes(copying: bytes), schema: schema, name: "whole").verify()
        for _ in 0..<400 {
            var broken = bytes
            broken[Int.random(in: 0..<broken.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            #expect(throws: SearchError.self) {
                try Segment(SegmentBytes(copying: broken), schema: schema, name: "broken").verify()
            }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            #expect(throws: SearchError.self) {
                try Segment(SegmentBytes(copying: cut), schema: schema, name: "cut").verify()
            }
        }
        #expect(throws: SearchError.self) {
            try Segment(SegmentBytes(copying: bytes), schema: Schema([Field("one")]), name: "other")
        }
    }

    @Test func `the checksum is the known one`() {
        #expect(Checksum.of([]) == 0xEF46_DB37_51D8_E999)
        #expect(Checksum.of(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
        #expect(Checksum.of(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
        let long = Array("Nobody inspects the spammish repetition".utf8)
        #expect(Checksum.of(long) == 0xFBCE_A83C_8A37_8BF1)
    }

    @Test func `a searcher goes on seeing what was there`() {
        var index = InvertedIndex(schema: schema)
        index.apply(
            [.replace(group: 1, with: [Document(ordinal: 0, language: .english, texts: ["", "ether"])])],
            cursor: 3)
        let before = index.searcher
        index.apply([.delete(group: 1)], cursor: 9)
        #expect(index.cursor == 9)
        #expect(before.search(Query([Clause("ether")]), limit: 5).count == 1)
        #expect(index.searcher.search(Query([Clause("ether")]), limit: 5).isEmpty)
        #expect(index.searcher.documentCount == 0)
    }

    @Test func `of terms as near the frequent come first`() {
        var index = InvertedIndex(schema: schema)
        let texts = ["bitcoin", "bitcoin", "bitcoon", "bitcorn", "ether"]
        index.apply(
            texts.enumerated().map { number, text in
                .replace(
                    group: Int64(number), with: [Document(ordinal: 0, language: .english, texts: ["", text])])
            }, cursor: 1)
        #expect(index.searcher.terms(near: "bitcoim", distance: 1, limit: 5) == ["bitcoin"])
        #expect(index.searcher.terms(near: "bitcoan", distance: 1, limit: 1) == ["bitcoin"])
        #expect(index.searcher.documentFrequency(of: "bitcoin") == 2)
    }

    @Test func `every term is found, and none that is not there`() {
        var random = Seeded(state: 57)
        // With many beginnings in common, shorter and longer than what blocks of terms are told apart by.
        func word() -> String {
            let beginning =
                ["", "bitcoin", "bitcoins", "internationali", "東京"].randomElement(using: &random) ?? ""
            return beginning
                + (0..<Int.random(in: beginning.isEmpty ? 1...6 : 0...6, using: &random)).map { _ in
                    ["a", "b", "é", "東", "~"].randomElement(using: &random) ?? ""
                }.joined()
        }
        let words = (0..<4000).map { _ in word() }
        var frequencies: [String: Int] = [:]
        var changes: [Change] = []
        for (number, word) in words.enumerated() {
            changes.append(
                .replace(
                    group: Int64(number),
                    with: [Document(ordinal: 0, language: .english, texts: ["", word])]))
            for term in Set(TextAnalyzer(.english).terms(in: word)) { frequencies[term, default: 0] += 1 }
        }
        var index = InvertedIndex(schema: schema)
        index.apply(changes, cursor: 1)
        for (term, frequency) in frequencies {
            #expect(index.searcher.documentFrequency(of: term) == frequency, "\(term)")
            for other in [term + "a", String(term.dropLast()), term + "~~~~~~~~~"] {
                #expect(
                    index.searcher.documentFrequency(of: other) == frequencies[other] ?? 0, "\(other)")
            }
        }
    }

    @Test func `near terms are those a few slips away`() {
        var random = Seeded(state: 31)
        func word() -> String {
            String(
                (0..<Int.random(in: 1...9, using: &random)).map { _ in
                    "abcé".randomElement(using: &random) ?? "a"
                })
        }
        let words = Set((0..<3000).map { _ in word() } + ["東京", "東"])
        var index = InvertedIndex(schema: schema)
        for (part, texts) in [Array(words.prefix(1500)), Array(words)].enumerated() {
            index.apply(
                texts.enumerated().map { number, text in
                    let document = Document(ordinal: 0, language: .english, texts: ["", text])
                    return .replace(group: Int64(part * 10_000 + number), with: [document])
                }, cursor: Int64(part))
        }
        let terms = words.flatMap { TextAnalyzer(.english).terms(in: $0) }
        for round in 0..<100 {
            // When many words were looked for, a filter is made, so that both ways are held against the plain one.
            if round == 60 {
                for _ in 0..<70 { _ = index.searcher.terms(near: word(), distance: 1, limit: 1) }
            }
            let (term, distance) = (Folding.fold(word()), Int.random(in: 0...3, using: &random))
            let expected = Set(
                terms.filter { $0 != term && EditDistance.bounded($0, term, limit: distance) != nil })
            let found = index.searcher.terms(near: term, distance: distance, limit: .max)
            #expect(Set(found) == expected && found.count == expected.count)
            let slips = found.compactMap { EditDistance.bounded($0, term, limit: distance) }
            #expect(slips == slips.sorted())
            let prefix = Int.random(in: 0...2, using: &random)
            let alike = index.searcher.terms(near: term, distance: distance, prefix: prefix, limit: .max)
            let begun = expected.filter {
                $0.unicodeScalars.starts(with: term.unicodeScalars.prefix(prefix))
                    && term.unicodeScalars.count >= prefix
            }
            #expect(Set(alike) == begun)
            #expect(alike.count == begun.count)
        }
    }

    @Test(arguments: [-1, 0, 7.9, 24, 3e5, 1e12, Float(Int.max), .greatestFiniteMagnitude, .infinity, .nan])
    func `an average that damaged bytes have made has a length too`(average: Float) {
        let code = LengthCode.encode(average: average)
        let length = Double(LengthCode.decode(code))
        let whole = Double(max(0, min(average.isNaN ? 0 : average, Float(1 << 30))).rounded(.down))
        #expect(length <= whole && whole - length <= whole * 0.13)
    }

    @Test func `lengths keep their order in one byte`() {
        var last = -1
        for length in 0...200_000 {
            let code = LengthCode.encode(length)
            #expect(Int(code) >= last)
            last = Int(code)
            let decoded = LengthCode.decode(code)
            #expect(decoded <= length && Double(length - decoded) <= Double(length) * 0.13)
            if length < 24 { #expect(decoded == length) }
        }
    }
}

@Suite struct SnippetTests {
    @Test func `the window holds the most terms and shows where they stand`() {
        let filler = String(repeating: "Nothing of interest happens here today. ", count: 12)
        let text = filler + "The court fined the bank two million. " + filler
        let (snippet, highlights) = Snippet.best(
            in: text, terms: ["court", "bank"], language: .english, maxCharacters: 80)
        #expect(highlights.map { String(snippet[$0]) } == ["court", "bank"])
        #expect(snippet.hasPrefix("…") && snippet.hasSuffix("…"))
        #expect(snippet.count <= 82)
    }

    @Test func `a short text stays whole`() {
        let (snippet, highlights) = Snippet.best(
            in: "臺灣的法院", terms: ["台湾", "法院"], language: .traditionalChinese, maxCharacters: 80)
        #expect(snippet == "臺灣的法院")
        #expect(highlights.map { String(snippet[$0]) } == ["臺灣", "法院"])
    }
}
