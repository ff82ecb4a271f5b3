import Testing

@testable import Text

/// The heads of terms tell what the terms themselves would.
@Suite struct TermHeadTests {
    private static let terms = [
        "", "a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "abcdefgx", "abcdefgh1", "abcdefghijklmno",
        "abcdefghijklmnop", "abcdefghijklmnox", "zürich", "zürcher", "港灣", "港湾快訊",
    ].map { Array($0.utf8) }

    private func head(_ term: [UInt8]) -> TermHead { term.withUnsafeBufferPointer(TermHead.init) }

    @Test func `heads have in common what their terms have`() {
        for one in Self.terms {
            #expect(head(one).count == one.count)
            for other in Self.terms {
                let common = zip(one, other).prefix { $0 == $1 }.count
                #expect(head(one).commonCount(with: head(other)) == common, "\(one), \(other)")
                #expect((head(one) == head(other)) == (one == other))
                // The first bytes are in the order of the terms, as far as they go.
                if head(one).first < head(other).first { #expect(one.lexicographicallyPrecedes(other)) }
            }
        }
    }

    @Test func `what stands behind the sixteenth byte is taken to be alike`() {
        let (one, other) = (Array("abcdefghijklmnopq".utf8), Array("abcdefghijklmnopxyz".utf8))
        #expect(head(one).commonCount(with: head(other)) == 17)
        #expect(head(one) != head(other))
    }

    @Test func `a table tells terms apart that differ behind the sixteenth byte`() {
        let table = TermTable()
        let terms = ["abcdefghijklmnopq", "abcdefghijklmnopx", "abcdefghijklmnop", "abcdefghijklmno"].map {
            Array($0.utf8)
        }
        let numbers = (terms + terms).map { $0.withUnsafeBufferPointer { table.number(of: $0) } }
        #expect(numbers == [0, 1, 2, 3, 0, 1, 2, 3])
        #expect(terms.indices.allSatisfy { Array(table[UInt32($0)]) == terms[$0] })
    }
}
