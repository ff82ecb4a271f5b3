import Foundation
import GRDB
import News
import Testing

@testable import Storage

@Suite struct OpeningTests {
    let folder: TemporaryFolder
    private var path: String { folder.archive }

    init() throws { folder = try TemporaryFolder() }

    @Test func `a reopened archive holds what it held`() async throws {
        let turn = Turn(question: "q", standalone: "s", answer: "a", articles: ["a"], askedAt: moment())
        do {
            let store = try NewsStore(path: path)
            _ = try await store.commit([sample("a", origin: "/a"), sample("b")], at: moment())
            _ = try await store.delete(id: "b", at: moment())
            try await store.append(turn, conversation: "c")
            _ = try await store.record(reply: "r", key: "k", at: moment())
        }
        let store = try NewsStore(path: path)
        #expect(store.path == path)
        #expect(try await store.article(id: "a")?.article == sample("a", origin: "/a"))
        #expect(try await store.changes(after: 0, limit: 9).map(\.sequence) == [1, 3])
        #expect(try await store.commit([sample("a", origin: "/a")], at: moment()) == [.unchanged(row: 1)])
        #expect(try await store.commit([sample("c")], at: moment()) == [.new(row: 3)])
        #expect(try await store.turns(conversation: "c", limit: 9) == [turn])
        #expect(try await store.reply(key: "k") == "r")
        try await store.check()
        try await store.verify()
    }

    @Test(arguments: 0..<StoreSchema.steps.count)
    func `an archive of an earlier schema is brought up to date`(count: Int) async throws {
        do {
            let early = try NewsStore(path: path, steps: Array(StoreSchema.steps.prefix(count)))
            if count > 0 { _ = try await early.commit([sample("a")], at: moment()) }
        }
        let store = try NewsStore(path: path)
        #expect(try await store.count() == (count > 0 ? 1 : 0))
        _ = try await store.record(reply: "r", key: "k", at: moment())
        #expect(try await store.reply(key: "k") == "r")
    }

    @Test func `deliveries of an earlier schema keep waiting, and those that are answered stay known`()
        async throws
    {
        do {
            let early = try NewsStore(path: path, steps: Array(StoreSchema.steps.prefix(9)))
            try await early.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO inbox (channel, key, fingerprint, lane, received_at, done_at, content) VALUES
                            ('t', '1', 'f', 't:1', 5, 6, NULL), ('t', '2', 'g', 't:1', 7, NULL, 'Who?')
                        """)
            }
        }
        let store = try NewsStore(path: path)
        let waiting = try await store.unanswered(after: 0, limit: 9)
        #expect(waiting.map(\.row) == [2] && waiting.map(\.content) == ["Who?"])
        #expect(waiting.map(\.key) == ["2"] && waiting.map(\.lane) == ["t:1"])
        let known = [("1", nil), ("3", "f"), ("2", nil), ("4", nil)].map { key, fingerprint in
            InboxEntry(channel: "t", key: key, fingerprint: fingerprint, lane: "t:1", content: "Who?")
        }
        #expect(
            try await store.receive(known, at: moment()).map { $0 != nil } == [false, false, false, true])
    }

    @Test func `an archive of a newer schema is refused and left as it is`() async throws {
        let step = StoreSchema.Step(
            name: "999 telepathy", sql: "CREATE TABLE thought (row INTEGER PRIMARY KEY)")
        do {
            let newer = try NewsStore(path: path, steps: StoreSchema.steps + [step])
            _ = try await newer.commit([sample("a")], at: moment())
        }
        let error = #expect(throws: StorageError.self) { try NewsStore(path: path) }
        #expect(error == .newer(path: path, unknown: "999 telepathy"))
        #expect(error?.description.contains("made by a newer Newsdesk") == true)
        let newer = try NewsStore(path: path, steps: StoreSchema.steps + [step])
        #expect(try await newer.count() == 1)
    }

    @Test func `a file that is not a database is refused and left as it is`() throws {
        let text = Data(String(repeating: "Not a database, but a letter. ", count: 99).utf8)
        try text.write(to: URL(filePath: path))
        #expect(throws: StorageError.notAnArchive(path: path)) { try NewsStore(path: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }

    @Test func `a database of somebody else is refused`() throws {
        // Newsdesk's own steps are what mark a file as its own; this one has a table and a list of steps, but no mark.
        let theirs = StoreSchema.Step(name: "1 songs", sql: "CREATE TABLE song (title TEXT)")
        _ = try NewsStore(path: path, steps: [theirs])
        #expect(throws: StorageError.notAnArchive(path: path)) { try NewsStore(path: path) }
        _ = try NewsStore(path: path + "2", steps: [])
        #expect(throws: Never.self) { try NewsStore(path: path + "2") }
    }

    @Test func `an empty file becomes an archive`() async throws {
        try Data().write(to: URL(filePath: path))
        let store = try NewsStore(path: path)
        #expect(try await store.count() == 0)
    }

    @Test func `a path that cannot be opened is told as such`() throws {
        for path in [folder.path + "/missing/archive.sqlite", folder.path] {
            let error = #expect(throws: StorageError.self) { try NewsStore(path: path) }
            #expect(error?.label == "inaccessible")
            #expect(error?.description.hasPrefix("\(path) cannot be opened") == true)
        }
    }

    @Test func `a step that fails is told and leaves the earlier ones`() async throws {
        let broken = StoreSchema.Step(name: "3 broken", sql: "CREATE TABLE half (row INTEGER); CREATE BABLE")
        let error = #expect(throws: StorageError.self) {
            try NewsStore(path: path, steps: StoreSchema.steps + [broken])
        }
        #expect(error?.label == "failed")
        let mended = StoreSchema.Step(name: "3 mended", sql: "CREATE TABLE half (row INTEGER)")
        let store = try NewsStore(path: path, steps: StoreSchema.steps + [mended])
        #expect(try await store.count() == 0)
    }

    @Test func `several that open a new file at once all succeed`() async throws {
        for round in 0..<10 {
            let path = path + "\(round)"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        let store = try NewsStore(path: path)
                        _ = try await store.commit([sample("\(number)")], at: moment())
                    }
                }
                try await group.waitForAll()
            }
            let store = try NewsStore(path: path)
            #expect(try await store.changes(after: 0, limit: 9).map(\.sequence) == [1, 2, 3, 4])
        }
    }

    @Test func `damaged pages are found`() async throws {
        do {
            let store = try NewsStore(path: path)
            _ = try await store.commit((0..<300).map { sample("\($0)") }, at: moment())
        }
        let file = try FileHandle(forUpdating: URL(filePath: path))
        let size = try file.seekToEnd()
        // The first pages hold the schema; what comes after them are articles and their indices.
        for offset in stride(from: 48 * 4096 as UInt64, to: size, by: 4096) {
            try file.seek(toOffset: offset)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 64))
        }
        try file.close()
        let store = try NewsStore(path: path)
        let verdict = await #expect(throws: StorageError.self) { try await store.verify() }
        #expect(verdict?.label == "damaged")
        #expect(verdict?.description.contains("restore it from a backup") == true)
        let reading = await #expect(throws: StorageError.self) { try await store.latest(limit: 300) }
        #expect(reading?.label == "damaged")
    }
}
