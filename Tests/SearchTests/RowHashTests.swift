import Testing

@testable import Search

/// The hash of bytes behind each other is that of all of them in a row.
@Suite struct RowHashTests {
    @Test func `a hash made of two is that of the whole, wherever it is cut`() {
        let rows = ["", "a", "slip", "zürich", "港灣快訊", "\0\0", "\0"].map { Array($0.utf8) }
        for row in rows {
            for cut in 0...row.count {
                let joined = RowHash(row[..<cut]).followed(by: RowHash(row[cut...]))
                #expect(joined.mixed == RowHash(row).mixed, "\(row), \(cut)")
            }
        }
        #expect(Set(rows.map { RowHash($0).mixed }).count == rows.count)
    }
}
