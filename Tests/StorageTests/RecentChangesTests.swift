import GRDB
import News
import Testing

@testable import Storage

/// What is handed on in memory is what reading from the file would give.
@Suite struct RecentChangesTests {
    let folder: TemporaryFolder
    let store: NewsStore
    /// Another program on the same file, which has nothing in memory.
    let other: NewsStore

    init() throws {
        folder = try TemporaryFolder()
        store = try NewsStore(path: folder.archive)
        other = try NewsStore(path: folder.archive)
    }

    private func commit(_ articles: Article...) async throws {
        _ = try await store.commit(articles, at: moment())
    }

    private func change(_ number: Int64) -> ArticleChange {
        let stored = StoredArticle(row: number, version: 1, sequence: number, article: sample("n\(number)"))
        return ArticleChange(sequence: number, row: number, article: stored)
    }

    private func append(_ changes: [ArticleChange], to recent: RecentChanges) {
        recent.append(changes, sizes: changes.map { _ in 300 })
    }

    private func taken(
        _ recent: RecentChanges, after sequence: Int64, limit: Int = 99, bytes: Int = .max
    ) -> [Int64]? {
        recent.take(after: sequence, limit: limit, bytes: bytes)?.map(\.sequence)
    }

    @Test func `who follows closely takes each change once`() {
        let recent = RecentChanges()
        #expect(taken(recent, after: 0) == nil)
        append([], to: recent)
        append([change(1), change(2)], to: recent)
        append([change(3), change(4), change(5)], to: recent)
        #expect(taken(recent, after: 0, limit: 2) == [1, 2])
        #expect(taken(recent, after: 0) == nil)
        #expect(taken(recent, after: 2, bytes: 1) == [3])
        // Another way has brought the reader to the fourth.
        #expect(taken(recent, after: 4) == [5])
        #expect(taken(recent, after: 5) == nil)
        append([change(6)], to: recent)
        #expect(taken(recent, after: 5, limit: 0) == nil)
        #expect(taken(recent, after: 5) == [6])
    }

    @Test func `who comes later, or after another's changes, is told to read the file`() {
        let recent = RecentChanges()
        append([change(4), change(5)], to: recent)
        #expect(taken(recent, after: 2) == nil)
        #expect(taken(recent, after: 3, limit: 1) == [4])
        // The sixth is another program's.
        append([change(7), change(8)], to: recent)
        #expect(taken(recent, after: 4) == nil)
        #expect(taken(recent, after: 5) == nil)
        #expect(taken(recent, after: 6) == [7, 8])
        append([change(9)], to: recent)
        recent.removeAll()
        #expect(taken(recent, after: 8) == nil)
    }

    @Test func `what nobody takes goes, the oldest first`() {
        let recent = RecentChanges(room: 4000)
        for number in 1...50 as ClosedRange<Int64> { append([change(number)], to: recent) }
        #expect(taken(recent, after: 0) == nil)
        let first = (1...50).first { taken(recent, after: $0 - 1, limit: 1) != nil }
        #expect(first.map { (30..<50).contains($0) } == true)
        #expect(first.map { taken(recent, after: $0) == Array($0 + 1...50) } == true)
        // More at once than there is room for.
        append((51...99).map(change), to: recent)
        #expect(taken(recent, after: 50) == nil)
        #expect(taken(recent, after: 98) == [99])
    }

    @Test func `arrivals are handed on, and edits, deletions and moves are read`() async throws {
        try await commit(sample("a"), sample("b"))
        #expect(store.recent.take(after: 0, limit: 1, bytes: .max) != nil)
        try await commit(sample("c"), sample("a", headline: "A corrected one"))
        #expect(taken(store.recent, after: 1) == nil)
        try await commit(sample("d"))
        #expect(taken(store.recent, after: 4) == [5])
        try await commit(sample("e"))
        _ = try await store.delete(id: "e", at: moment())
        #expect(taken(store.recent, after: 5) == nil)
        try await commit(sample("f"))
        try await commit(sample("f", origin: "/another/place"))
        #expect(taken(store.recent, after: 7) == nil)
        #expect(try await store.changes(after: 7, limit: 9) == other.changes(after: 7, limit: 9))
    }

    @Test func `what was undone is not handed on`() async throws {
        try await other.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON article WHEN NEW.id = 'refused'
                    BEGIN SELECT RAISE(ABORT, 'refused'); END
                    """)
        }
        await #expect(throws: StorageError.self) { try await commit(sample("a"), sample("refused")) }
        #expect(taken(store.recent, after: 0) == nil)
        try await commit(sample("b"))
        #expect(try await store.changes(after: 0, limit: 9).map(\.article?.article.id) == ["b"])
    }

    /// Without another program all is equal at every step; with one the same state is reached in the end.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func `a follower is handed what it would read`(seed: UInt64) async throws {
        var random = Steps(state: seed)
        let isAlone = seed % 2 == 0
        var followed: [Int64: Article] = [:]
        var cursor: Int64 = 0
        var unread = 0
        for step in 0..<150 {
            let writer = isAlone || random.next() % 4 > 0 ? store : other
            let at = moment(Double(step))
            switch random.next() % 8 {
            case 0: _ = try await writer.delete(id: "n\(random.next() % UInt64(step + 1))", at: at)
            case 1:
                let known = sample("n\(random.next() % UInt64(step + 1))", headline: "Edition \(step)")
                _ = try await writer.commit([known, sample("n\(step)")], at: at)
            case 2:
                let id = "n\(random.next() % UInt64(step + 1))"
                _ = try await writer.commit([sample(id, origin: "/place/\(step)")], at: at)
            default:
                let broken = sample("m\(step)", publishedAt: moment(Double(step) / 7))
                _ = try await writer.commit([sample("n\(step)", publishedAt: nil), broken], at: at)
            }
            guard random.next() % 3 > 0 else { continue }
            let limit = Int(random.next() % 6) + 1
            let read = try await other.changes(after: cursor, limit: limit)
            let handed = try await store.changes(after: cursor, limit: limit)
            if isAlone { #expect(handed == read) }
            unread += handed == read ? 0 : 1
            for change in handed {
                #expect(change.sequence > cursor)
                cursor = change.sequence
                followed[change.row] = change.article?.article
            }
        }
        while let change = try await store.changes(after: cursor, limit: 1).first {
            cursor = change.sequence
            followed[change.row] = change.article?.article
        }
        #expect(try await other.lastSequence() == cursor)
        let stored = try await other.articles(rows: Array(1...400)).mapValues(\.article)
        #expect(followed.mapValues(\.id) == stored.mapValues(\.id))
        #expect(followed.mapValues(\.headline) == stored.mapValues(\.headline))
        if isAlone { #expect(unread == 0) }
    }
}

/// SplitMix64, the same on every machine.
private struct Steps: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
