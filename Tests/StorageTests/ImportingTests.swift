import Foundation
import GRDB
import Testing

@testable import Storage

@Suite struct ImportingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Stop: Error {}

    /// What commits wait for: 1 for nothing but their turn, 2 for the disk (sqlite.org/pragma.html#pragma_synchronous).
    private func synchronous(_ store: NewsStore) async throws -> Int? {
        try await store.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    @Test(arguments: [false, true])
    func `an import ends with all of it in the file and nothing in the log`(fails: Bool) async throws {
        let store = try NewsStore(path: folder.archive)
        #expect(try await synchronous(store) == 2)
        let work = {
            for place in 0..<20 {
                let articles = (0..<50).map { sample("\(place)-\($0)") }
                _ = try await store.commit(articles, at: moment())
            }
            #expect(try await synchronous(store) == 1)
            if fails { throw Stop() }
        }
        if fails {
            await #expect(throws: Stop.self) { try await store.importing(work) }
        } else {
            try await store.importing(work)
        }
        #expect(try await synchronous(store) == 2)
        let log = try FileManager.default.attributesOfItem(atPath: folder.archive + "-wal")
        #expect(log[.size] as? Int == 0)
        #expect(try await store.count() == 1000)
        try await store.verify()
    }

    @Test func `a reader who stays does not stop an import`() async throws {
        let store = try NewsStore(path: folder.archive)
        _ = try await store.commit([sample("before")], at: moment())
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: folder.archive, configuration: configuration)
        try await reader.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN")
            _ = try Row.fetchOne(db, sql: "SELECT * FROM article")
        }
        try await store.importing { _ = try await store.commit([sample("a")], at: moment()) }
        #expect(try await store.count() == 2)
        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    }
}
