import Testing
import Text

@testable import Search

@Suite struct MatchTests {
    private let schema = Schema([Field("headline", boost: 0.6, b: 0.3), Field("body")])
    private static let words = ["rain", "flood", "river", "bridge", "mayor", "vote", "train", "museum"]

    /// Documents of random words in several segments, some deleted since.
    private func index(_ random: inout Seeded) -> InvertedIndex {
        var index = InvertedIndex(schema: schema)
        for batch in 0..<3 {
            index.apply(
                (0..<40).map { number in
                    let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                        Self.words.randomElement(using: &random) ?? ""
                    }.joined(separator: " ")
                    return .replace(
                        group: Int64(batch * 40 + number),
                        with: [
                            Document(
                                ordinal: 3, language: .english,
                                texts: [Self.words.randomElement(using: &random) ?? "", text],
                                time: Int64(number), tags: ["batch:\(batch)"])
                        ])
                }, cursor: Int64(batch + 1))
        }
        index.apply([.delete(group: 5), .delete(group: 77)], cursor: 4)
        return index
    }

    private let query = Query([
        Clause("rain", weight: 1), Clause("river", weight: 0.5), Clause("museum", weight: 2),
        Clause("nothing"),
    ])

    @Test func `what the clauses add is the score of the search`() {
        var random = Seeded(state: 7)
        let searcher = index(&random).searcher
        let hits = searcher.search(query, limit: 200)
        #expect(hits.count > 60)
        let matches = searcher.matches(query, in: hits.map(\.document))
        #expect(matches.map(\.document) == hits.map(\.document).sorted())
        let scores = Dictionary(uniqueKeysWithValues: hits.map { ($0.document, $0.score) })
        for match in matches {
            #expect(match.score(of: Array(query.clauses.indices)) == scores[match.document])
            #expect(match.scores[3] == 0)
        }
    }

    @Test func `a table of groups tells what single matches and searches tell`() {
        var random = Seeded(state: 11)
        let searcher = index(&random).searcher
        let query = Query([
            Clause("rain", weight: 1), Clause("river", weight: 0.5), Clause("museum", weight: 2),
            .phrase(["flood", "train"]),
        ])
        let groups = (0..<130).filter { _ in Int.random(in: 0..<3, using: &random) > 0 }.map { Int64($0) }
        let table = searcher.matches(query, ofGroups: groups.shuffled(using: &random))
        let living = groups.filter { $0 < 120 && $0 != 5 && $0 != 77 }.map {
            DocumentID(group: $0, ordinal: 3)
        }
        #expect(table.documents == living)
        #expect(searcher.matches(query, in: living) == living.compactMap(table.place).map(table.match))
        for clauses in [[0], [1, 3], [0, 1, 2, 3]] {
            let part = Query(clauses.map { query.clauses[$0] })
            let wanted = Set(living)
            let all = searcher.search(part, limit: 1000).filter { wanted.contains($0.document) }
            for limit in [1000, 7] {
                let best = table.best(of: clauses, limit: limit).map {
                    Hit(document: table.documents[$0.place], score: $0.score)
                }
                #expect(best == Array(all.prefix(limit)))
            }
        }
        #expect(table.place(of: DocumentID(group: 5, ordinal: 3)) == nil)
        #expect(searcher.matches(query, ofGroups: [Int64]()).documents.isEmpty)
    }

    @Test func `what a whole does not hold is not missed in its parts`() {
        var random = Seeded(state: 12)
        var (parts, wholes) = (InvertedIndex(schema: schema), InvertedIndex(schema: Schema([Field("all")])))
        for group in Int64(0)..<90 {
            let texts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    Self.words.randomElement(using: &random) ?? ""
                }.joined(separator: " ")
            }
            parts.apply(
                [
                    .replace(
                        group: group,
                        with: texts.enumerated().map { ordinal, text in
                            Document(ordinal: UInt32(ordinal), language: .english, texts: ["", text])
                        })
                ], cursor: group + 1)
            // Some are not known as wholes, and one is known twice.
            guard group % 7 != 0 else { continue }
            let whole = texts.joined(separator: " ")
            wholes.apply(
                [
                    .replace(
                        group: group,
                        with: (group == 8 ? [whole, ""] : [whole]).enumerated().map { ordinal, text in
                            Document(ordinal: UInt32(ordinal), language: .english, texts: [text])
                        })
                ], cursor: group + 1)
        }
        let groups = (0..<100).filter { _ in Bool.random(using: &random) }.map { Int64($0) } + [8]
        let query = Query(self.query.clauses + [.phrase(["flood", "train"])])
        let known = wholes.searcher.matches(query, ofGroups: groups)
        let plain = parts.searcher.matches(query, ofGroups: groups)
        let within = parts.searcher.matches(query, ofGroups: groups, within: known)
        #expect(plain.documents.count > 60 && plain.documents == within.documents)
        for document in plain.documents {
            #expect(
                plain.place(of: document).map(plain.match) == within.place(of: document).map(within.match))
        }
        let nothing = wholes.searcher.matches(query, ofGroups: [Int64]())
        #expect(parts.searcher.matches(query, ofGroups: groups, within: nothing).documents == plain.documents)
    }

    @Test func `documents that are gone or never were have no match`() {
        var random = Seeded(state: 8)
        let searcher = index(&random).searcher
        let names = [DocumentID(group: 5, ordinal: 3), DocumentID(group: 6, ordinal: 9)]
        #expect(searcher.matches(query, in: names).isEmpty)
        #expect(searcher.time(of: names[0]) == nil && searcher.tags(of: names[1]).isEmpty)
        let living = DocumentID(group: 41, ordinal: 3)
        #expect(searcher.time(of: living) == 1 && searcher.tags(of: living) == ["batch:1"])
        #expect(searcher.tags.isSuperset(of: ["batch:0", "batch:1"]))
    }

    @Test func `distances are those of the nearest occurrences`() {
        var random = Seeded(state: 9)
        var index = InvertedIndex(schema: schema)
        let texts = (0..<50).map { _ in
            (0..<20).map { _ in Self.words.randomElement(using: &random) ?? "" }
        }
        index.apply(
            texts.enumerated().map { number, words in
                .replace(
                    group: Int64(number),
                    with: [
                        Document(
                            ordinal: 0, language: .english,
                            texts: ["rain", words.joined(separator: " ")])
                    ])
            }, cursor: 1)
        let words = ["rain", "flood", "vote", "museum"]
        let searcher = index.searcher
        let query = searcher.prepared(
            Query(words.map { Clause(TextAnalyzer(.english).terms(in: $0)[0]) }))
        // The last documents are not there.
        let pairs = (0..<texts.count + 5).flatMap { number in
            [(0, 1), (2, 3), (3, 0)].prefix(number % 4).map {
                TermPair($0.0, $0.1, in: DocumentID(group: Int64(number), ordinal: 0))
            }
        }
        let found = searcher.distances(query, of: pairs)
        #expect(found.count == pairs.count && found.contains { $0 != nil })
        for (pair, distance) in zip(pairs, found) {
            let number = Int(pair.document.group)
            let text = number < texts.count ? texts[number] : []
            let places = { (clause: Int) in text.indices.filter { text[$0] == words[clause] } }
            #expect(
                distance
                    == places(pair.first).flatMap { a in places(pair.second).map { abs(a - $0) } }.min(),
                "\(pair)")
        }
    }
}
