import Testing
import Text

@testable import Search

/// An index of fields without positions finds what any other finds, but for phrases and nearness.
@Suite struct FieldPositionsTests {
    private static let words = ["harbour", "ferry", "tide", "crane", "pier", "storm", "rope"]

    private func schema(hasPositions: Bool) -> Schema {
        Schema([
            Field("title", boost: 2, b: 0.3, hasPositions: hasPositions),
            Field("text", hasPositions: hasPositions),
        ])
    }

    private func changes(_ random: inout Seeded) -> [Change] {
        func text(_ most: Int) -> String {
            (0..<Int.random(in: 1...most, using: &random)).map { _ in
                Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
            }.joined(separator: " ")
        }
        return (0..<60).map { _ in
            let group = Int64.random(in: 1...400, using: &random)
            if Int.random(in: 0..<6, using: &random) == 0 { return .delete(group: group) }
            return .replace(
                group: group,
                with: [Document(ordinal: 0, language: .english, texts: [text(4), text(300)])])
        }
    }

    @Test func `documents, scores and merges are the same without positions`() {
        var random = Seeded(state: 5)
        var with = InvertedIndex(schema: schema(hasPositions: true))
        var without = InvertedIndex(schema: schema(hasPositions: false))
        let terms = Self.words.flatMap { TextAnalyzer(.english).terms(in: $0) }
        for step in 1...12 {
            let changes = changes(&random)
            with.apply(changes, cursor: Int64(step))
            without.apply(changes, cursor: Int64(step))
            if step % 4 == 0 {
                with.merge()
                without.merge()
            }
            for _ in 0..<8 {
                let query = Query(terms.shuffled(using: &random).prefix(3).map { Clause($0) })
                let hits = with.searcher.search(query, limit: 20)
                #expect(without.searcher.search(query, limit: 20) == hits)
                #expect(!hits.isEmpty)
                let phrase = Query([.phrase(Array(terms.shuffled(using: &random).prefix(2)))])
                #expect(!with.searcher.search(phrase, limit: 5).isEmpty)
                #expect(without.searcher.search(phrase, limit: 5).isEmpty)
                let pairs = hits.map(\.document).sorted().map { TermPair(0, 1, in: $0) }
                let near = [with, without].map { index in
                    index.searcher.distances(
                        index.searcher.prepared(Query(terms.prefix(2).map { Clause($0) })), of: pairs)
                }
                #expect(near[0].contains { $0 != nil })
                #expect(near[1].count == pairs.count)
                #expect(near[1].allSatisfy { $0 == nil })
            }
            #expect(with.searcher.damage == nil)
            #expect(without.searcher.damage == nil)
        }
        func size(_ index: InvertedIndex) -> Int {
            index.searcher.views.reduce(0) { $0 + $1.segment.bytes.buffer.count }
        }
        #expect(size(without) * 4 < size(with) * 3)
    }
}
