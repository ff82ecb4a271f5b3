import Foundation
import News
import Storage
import Testing

@Suite struct ChangesTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    private func commit(_ articles: Article...) async throws {
        _ = try await store.commit(articles, at: moment())
    }

    /// The changes as `sequence:row:headline`, or `sequence:row:-` for a deletion.
    private func changes(after sequence: Int64 = 0, limit: Int = 99) async throws -> [String] {
        try await store.changes(after: sequence, limit: limit).map { change in
            if let stored = change.article {
                #expect((stored.row, stored.sequence) == (change.row, change.sequence))
            }
            return "\(change.sequence):\(change.row):\(change.article?.article.headline ?? "-")"
        }
    }

    @Test func `an empty archive has no changes`() async throws {
        #expect(try await changes().isEmpty)
        #expect(try await store.lastSequence() == 0)
    }

    @Test func `a follower sees the newest change of each row, in order`() async throws {
        try await commit(sample("a", headline: "A"), sample("b", headline: "B"), sample("c", headline: "C"))
        #expect(try await changes() == ["1:1:A", "2:2:B", "3:3:C"])
        try await commit(sample("a", headline: "A2"))
        try await commit(sample("a", headline: "A3"), sample("d", headline: "D"))
        #expect(try await changes() == ["2:2:B", "3:3:C", "5:1:A3", "6:4:D"])
        #expect(try await changes(after: 3) == ["5:1:A3", "6:4:D"])
        #expect(try await changes(after: 6).isEmpty)
        #expect(try await store.lastSequence() == 6)
    }

    @Test func `a deletion is a change without an article`() async throws {
        try await commit(sample("a", headline: "A"), sample("b", headline: "B"))
        _ = try await store.delete(id: "b", at: moment())
        #expect(try await changes(after: 2) == ["3:2:-"])
        #expect(try await store.lastSequence() == 3)
        try await commit(sample("b", headline: "B2"))
        #expect(try await changes() == ["1:1:A", "4:2:B2"])
    }

    @Test(arguments: [(0, []), (-1, []), (1, ["1:1:A"]), (2, ["1:1:A", "2:2:B"]), (3, ["1:1:A", "2:2:B"])])
    func `changes come in pieces`(limit: Int, expected: [String]) async throws {
        try await commit(sample("a", headline: "A"), sample("b", headline: "B"))
        #expect(try await changes(limit: limit) == expected)
    }

    @Test func `a follower in steps ends with what is stored, whatever happens between`() async throws {
        var random = SplitMix(seed: 7)
        var followed: [Int64: Article] = [:]
        var cursor: Int64 = 0
        var everSeen: Set<Int64> = []
        for step in 0..<300 {
            let id = "n\(random.next(below: 12))"
            if random.next(below: 4) == 0 {
                _ = try await store.delete(id: id, at: moment(Double(step)))
            } else {
                try await commit(sample(id, headline: "Edition \(random.next(below: 3))"))
            }
            guard random.next(below: 3) == 0 else { continue }
            for change in try await store.changes(after: cursor, limit: 2) {
                #expect(change.sequence > cursor)
                #expect(everSeen.insert(change.sequence).inserted)
                cursor = change.sequence
                followed[change.row] = change.article?.article
            }
        }
        while let change = try await store.changes(after: cursor, limit: 1).first {
            cursor = change.sequence
            followed[change.row] = change.article?.article
        }
        #expect(try await store.lastSequence() == cursor)
        let stored = try await store.articles(rows: Array(1...12)).mapValues(\.article)
        #expect(followed == stored)
        #expect(try await store.count() == stored.count)
    }

    @Test func `a number is not given again after its change was deleted and the file reopened`() async throws
    {
        let folder = try TemporaryFolder()
        for round in 1...3 {
            let store = try NewsStore(path: folder.archive)
            _ = try await store.commit([sample("a\(round)")], at: moment())
            _ = try await store.delete(id: "a\(round)", at: moment())
            #expect(try await store.lastSequence() == Int64(2 * round))
            #expect(try await store.changes(after: 0, limit: 9).map(\.sequence).last == Int64(2 * round))
        }
    }
}

/// A small generator of the same numbers every time (Steele et al., "Fast splittable pseudorandom number generators").
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % bound
    }
}
