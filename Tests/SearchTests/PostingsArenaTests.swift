import Testing
import Text

@testable import Search

@Suite struct PostingsArenaTests {
    @Test func `lists of every length come back as they were gathered`() {
        var random = Seeded(state: 3)
        let words = ["bank", "court", "港灣", "GPT-4", "U.S.", "élan", "rare"]
        let scanner = TermScanner(.english)
        var arena = PostingsArena()
        defer { arena.free() }
        var expected: [String: PostingsWriter.List] = [:]
        for document in 0..<4000 as Range<UInt32> {
            // Later words are rarer, so that lists end in slices of all sizes.
            let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                let most = Int.random(in: 0..<words.count, using: &random)
                return words[Int.random(in: 0...most, using: &random)]
            }.joined(separator: " ")
            scanner.scan(text) { arena.add($0, document: document, terms: scanner.terms.count) }
            var last: [String: Int] = [:]
            for token in TextAnalyzer(.english).tokens(in: text) {
                var list = expected[token.term] ?? PostingsWriter.List()
                if last[token.term] == nil {
                    list.documents.append(document)
                    list.frequencies.append(0)
                }
                list.frequencies[list.frequencies.count - 1] += 1
                list.distances.append(UInt32(token.position - (last[token.term] ?? 0)))
                last[token.term] = token.position
                expected[token.term] = list
            }
        }
        #expect(scanner.terms.count == expected.count)
        for number in 0..<UInt32(scanner.terms.count) {
            let term = scanner.terms.text(of: number)
            var list = PostingsWriter.List()
            arena.read(number, into: &list)
            #expect(list.documents == expected[term]?.documents, "\(term)")
            #expect(list.frequencies == expected[term]?.frequencies, "\(term)")
            #expect(list.distances == expected[term]?.distances, "\(term)")
        }
    }
}
