import Testing
import Text

@testable import Search

@Suite struct WindowMemoryTests {
    private func isNought(_ piece: WindowMemory.Piece) -> Bool {
        (0..<piece.sumCount).allSatisfy { piece.sums[$0] == 0 }
    }

    @Test func `what was given back is taken again where it is large enough`() {
        let memory = WindowMemory()
        let first = memory.take(sums: 128)
        #expect(first.sumCount == 128 && isNought(first))
        memory.give(back: first)
        let same = memory.take(sums: 64)
        #expect(same.sums == first.sums)
        let other = memory.take(sums: 64)
        #expect(other.sums != first.sums && isNought(other))
        memory.give(back: same)
        let larger = memory.take(sums: 129)
        #expect(larger.sums != first.sums && larger.sumCount == 129 && isNought(larger))
        memory.give(back: other)
        memory.give(back: larger)
    }

    @Test func `searches of all shapes leave it nought`() throws {
        var index = InvertedIndex(schema: Schema([Field("a"), Field("b")]))
        let words = ["tide", "mill", "harbour", "quay", "lamp"]
        index.apply(
            (Int64(0)..<400).map { group in
                let held = words.enumerated().filter { (Int(group) + $0.offset) % ($0.offset + 2) == 0 }
                let text = held.map(\.element).joined(separator: " ")
                return .replace(
                    group: group,
                    with: [Document(ordinal: 0, language: .english, texts: [text, "rare\(group)"])])
            }, cursor: 1)
        let searcher = index.searcher
        let clauses = (words + ["rare7"]).map { Clause(TextAnalyzer(.english).terms(in: $0)[0]) }
        for parts in [[[0]], [[5]], [[0, 1], [2]], [[0, 1], [1, 2], [3, 4, 5]], [[5], [0]]] {
            let query = Query(clauses)
            let wanted = parts.map { QueryPart($0, limit: 5) }
            let found = searcher.search(query, parts: wanted)
            #expect(found.allSatisfy { !$0.isEmpty })
            #expect(found == searcher.search(query, parts: wanted))
            let piece = searcher.windows.take(sums: 1)
            #expect(isNought(piece))
            searcher.windows.give(back: piece)
        }
    }
}
