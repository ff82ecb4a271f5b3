import Dispatch
import Foundation
import News
import Testing

@testable import Storage

@Suite struct ConcurrencyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The edition of every article of a batch; one that differs from the others shows half a transaction.
    private static func editions(_ articles: [StoredArticle]) -> Set<String> {
        Set(articles.map(\.article.headline))
    }

    @Test func `readers beside a writer see whole transactions, ever newer`() async throws {
        let store = try NewsStore(path: folder.archive)
        let rounds = 60
        let batch = 20
        func articles(_ round: Int) -> [Article] {
            (0..<batch).map { sample("n\($0)", headline: "Edition \(round)") }
        }
        _ = try await store.commit(articles(0), at: moment())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...rounds {
                    _ = try await store.commit(articles(round), at: moment(Double(round)))
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    var newest: Int64 = 0
                    while newest < Int64(batch * (rounds + 1)) {
                        let found = try await store.latest(limit: 99)
                        #expect(found.count == batch)
                        #expect(Self.editions(found).count == 1)
                        let sequences = try await store.changes(after: newest, limit: 99).map(\.sequence)
                        #expect(sequences == sequences.sorted())
                        #expect(sequences.isEmpty || sequences.count == batch)
                        newest = sequences.last ?? newest
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.lastSequence() == Int64(batch * (rounds + 1)))
    }

    @Test func `a reader does not wait for a writer that is at work`() async throws {
        let store = try NewsStore(path: folder.archive)
        _ = try await store.commit([sample("a")], at: moment())
        let (begun, mayEnd) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let work: Void = store.write { _ in
            begun.continuation.yield()
            mayEnd.wait()
        }
        for await _ in begun.stream { break }
        // Would hang if it waited: the writer ends only after this.
        #expect(try await store.count() == 1)
        mayEnd.signal()
        try await work
    }

    @Test func `two that write one file take turns`() async throws {
        let stores = try [NewsStore(path: folder.archive), NewsStore(path: folder.archive)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in stores.enumerated() {
                group.addTask {
                    for number in 0..<40 {
                        _ = try await store.commit([sample("\(index)-\(number)")], at: moment())
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await stores[0].lastSequence() == 80)
        #expect(try await stores[1].changes(after: 0, limit: 99).map(\.sequence) == Array(1...80))
    }

    @Test func `a writer that waits too long for another is told, and may try again`() async throws {
        let holder = try NewsStore(path: folder.archive)
        // Set on the connection that takes the steps, which is the one that writes.
        let impatience = StoreSchema.Step(name: "3 impatience", sql: "PRAGMA busy_timeout = 1")
        let store = try NewsStore(path: folder.archive, steps: StoreSchema.steps + [impatience])
        let (begun, mayEnd) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let work: Void = holder.write { _ in
            begun.continuation.yield()
            mayEnd.wait()
        }
        for await _ in begun.stream { break }
        let error = await #expect(throws: StorageError.self) {
            try await store.commit([sample("a")], at: moment())
        }
        mayEnd.signal()
        try await work
        #expect(error == .busy(path: folder.archive))
        #expect(error?.isTransient == true)
        #expect(try await store.commit([sample("a")], at: moment()) == [.new(row: 1)])
    }

    @Test func `a full disk is told and keeps nothing of the change`() async throws {
        // No more pages than these, on the connection that writes: what SQLite says then is what it says of a full disk.
        let small = StoreSchema.Step(name: "3 small", sql: "PRAGMA max_page_count = 40")
        let store = try NewsStore(path: folder.archive, steps: StoreSchema.steps + [small])
        _ = try await store.commit([sample("a")], at: moment())
        let error = await #expect(throws: StorageError.self) {
            try await store.commit((0..<500).map { sample("n\($0)") }, at: moment())
        }
        #expect(error == .full(path: folder.archive))
        #expect(try await store.count() == 1)
        #expect(try await store.lastSequence() == 1)
    }

    @Test func `what many look up at once is their own, and what was there when they asked`() async throws {
        let store = try NewsStore(path: folder.archive)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<40 {
                group.addTask {
                    let lane = "lane \(reader)"
                    for language in ["en", "de", "ja"] {
                        var profile = ChatProfile()
                        profile.language = language
                        try await store.keep(profile, lane: lane)
                        #expect(try await store.chat(lane).profile.language == language)
                    }
                    #expect(try await store.turns(conversation: lane, limit: 3).isEmpty)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a cancelled lookup throws, and holds up nobody`() async throws {
        let store = try NewsStore(path: folder.archive)
        let error = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await #expect(throws: StorageError.self) { _ = try await store.chat("lane") }
        }.value
        #expect(error == .cancelled(path: folder.archive))
        #expect(try await store.chat("lane").profile == ChatProfile())
    }

    @Test func `a cancelled commit leaves nothing behind`() async throws {
        let store = try NewsStore(path: folder.archive)
        let error = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await #expect(throws: StorageError.self) {
                try await store.commit([sample("a")], at: moment())
            }
        }.value
        #expect(error == .cancelled(path: folder.archive))
        #expect(error?.isTransient == false)
        #expect(try await store.count() == 0)
        #expect(try await store.lastSequence() == 0)
    }
}
