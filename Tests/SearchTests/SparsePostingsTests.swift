import Testing
import Text

@testable import Search

@Suite struct SparsePostingsTests {
    @Test(arguments: [1, 2, 40, 2048, 2049, 500_000, 1 << 23])
    func `postings come by document, each column's added up`(limit: Int) {
        var random = Seeded(state: UInt64(limit))
        for count in [0, 1, 7, 3000] {
            var postings = SparsePostings(room: count)
            var expected: [UInt32: [Int: Int32]] = [:]
            for _ in 0..<count {
                let document = UInt32(Int.random(in: 0..<limit, using: &random))
                let column = Int.random(in: 0..<64, using: &random)
                let units = Int32.random(in: 0...16_777_216, using: &random)
                // As many as a document has fields at most, so that their sum is a number.
                guard expected[document]?[column] == nil else { continue }
                expected[document, default: [:]][column] = units
                postings.append(document, column: UInt64(column), units: units)
            }
            postings.sort(below: limit)
            var found: [UInt32: [Int: Int32]] = [:]
            var last: UInt32?
            postings.forEachDocument(columns: 64) { document, columns, sums in
                #expect(last.map { $0 < document } ?? true)
                last = document
                for column in 0..<64 where columns >> UInt64(column) & 1 == 1 {
                    found[document, default: [:]][column] = sums[column]
                }
                #expect((0..<64).allSatisfy { columns >> UInt64($0) & 1 == 1 || sums[$0] == 0 })
            }
            #expect(found == expected)
        }
    }

    @Test func `fields of a document are added to each other`() {
        var postings = SparsePostings(room: 3)
        for (document, units) in [(9, 5), (4, 1), (9, 2)] as [(UInt32, Int32)] {
            postings.append(document, column: 3, units: units)
        }
        postings.sort(below: 10)
        var found: [[Int32]] = []
        postings.forEachDocument(columns: 4) { found.append([Int32($0), $2[3]]) }
        #expect(found == [[4, 1], [9, 7]])
    }

    /// Rare words in many documents, some of them deleted, in two segments.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func `parts of rare words find what each finds by itself`(seed: UInt64) {
        var random = Seeded(state: seed)
        var index = InvertedIndex(schema: Schema([Field("headline", boost: 0.6, b: 0.3), Field("body")]))
        let words = (0..<8).map { "rare\($0)word" }
        for batch in 0..<2 {
            index.apply(
                (0..<1500).map { number in
                    func text(_ most: Int) -> String {
                        (0..<Int.random(in: 1...most, using: &random)).map { _ in
                            Int.random(in: 0..<300, using: &random) == 0
                                ? words.randomElement(using: &random) ?? "" : "common"
                        }.joined(separator: " ")
                    }
                    return .replace(
                        group: Int64(batch * 1500 + number),
                        with: [Document(ordinal: 0, language: .english, texts: [text(3), text(9)])])
                }, cursor: Int64(batch + 1))
        }
        index.apply(
            (0..<40).map { _ in .delete(group: Int64.random(in: 0..<3000, using: &random)) }, cursor: 3)
        let searcher = index.searcher
        let clauses = words.flatMap { TextAnalyzer(.english).terms(in: $0) }.map {
            Clause($0, weight: Float(Int.random(in: 1...4, using: &random)) / 2)
        }
        let query = Query(clauses)
        for _ in 0..<10 {
            let parts = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                QueryPart(
                    clauses.indices.filter { _ in Bool.random(using: &random) },
                    limit: Int.random(in: 1...40, using: &random))
            }
            let alone = parts.map { part in
                searcher.searchExhaustively(Query(part.clauses.map { clauses[$0] }), limit: part.limit)
            }
            #expect(searcher.search(query, parts: parts) == alone)
        }
    }
}
