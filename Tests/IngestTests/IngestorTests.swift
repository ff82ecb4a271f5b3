import Foundation
import Ingest
import Logging
import News
import Storage
import Synchronization
import Testing

/// Files of a test in a folder of their own, and a store to read them into.
private struct Desk: ~Copyable {
    let folder: URL
    let store: NewsStore
    let ingestor: Ingestor

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "newsdesk-ingest-\(UUID().uuidString)"
        )
        .resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try NewsStore.inMemory()
        ingestor = Ingestor(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func write(_ name: String, _ text: String, modified: String? = nil) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        if let modified {
            let date = try Date.ISO8601FormatStyle().parse(modified)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        }
        return file.path
    }

    func read(_ paths: [String]? = nil, asOf: Date? = reference) async throws -> IngestReport {
        try await ingestor.ingest(paths: paths ?? [folder.path], asOf: asOf, now: reference) { _ in }
    }
}

private func post(_ headline: String, date: String = "7月18日 07:42", text: String = "The text.") -> String {
    "Meridian Post\n\(date)\n\n\(headline)\n\n\(text)\n\nMeridian Post - All that floats\n"
}

@Suite struct IngestorTests {
    @Test func `a folder is read with all that is in it`() async throws {
        let desk = try Desk()
        try desk.write("b.txt", post("Second"))
        try desk.write("a/deep/first.txt", post("First"))
        try desk.write("notes.md", "---\ntitle: Note\nsource: Desk\n---\n\nText.")
        try desk.write("archive.jsonl", #"{"id": "one", "title": "One", "text": "Text.", "source": "Desk"}"#)
        try desk.write(".hidden.txt", post("Hidden"))
        try desk.write("picture.png", "no text")
        let report = try await desk.read()
        #expect(report.new == 4 && report.changed == 0 && report.unchanged == 0 && report.refused == 0)
        let changes = try await desk.store.changes(after: 0, limit: 10)
        // In the order of names, folders among the files.
        #expect(changes.compactMap { $0.article?.article.headline } == ["First", "One", "Second", "Note"])
    }

    @Test func `reading again changes nothing`() async throws {
        let desk = try Desk()
        for name in Fixtures.names("posts") {
            try Data(try Fixtures.bytes("posts", name)).write(to: desk.folder.appending(path: name))
        }
        let first = try await desk.read()
        let sequence = try await desk.store.lastSequence()
        let second = try await desk.read()
        #expect(first.new >= 20)
        #expect(second.new == 0 && second.changed == 0)
        #expect(second.refused == first.refused && second.diagnostics == first.diagnostics)
        #expect(try await desk.store.lastSequence() == sequence)
    }

    @Test func `a changed file makes a new version of its article`() async throws {
        let desk = try Desk()
        let path = try desk.write("a.txt", post("First"))
        #expect(try await desk.read().new == 1)
        let id = try #require(try await desk.store.latest(limit: 1).first?.article.id)
        try desk.write("a.txt", post("First, mended", text: "Another text."))
        let report = try await desk.read([path])
        #expect(report.changed == 1 && report.new == 0)
        let stored = try #require(try await desk.store.article(id: id))
        #expect(stored.version == 2 && stored.article.headline == "First, mended")
    }

    @Test func `one bad file never stops the others`() async throws {
        let desk = try Desk()
        try desk.write("a.txt", post("First"))
        try desk.write("b.txt", "")
        try Data([0x4D, 0x0A, 0xE9, 0x20]).write(to: desk.folder.appending(path: "c.txt"))
        try desk.write(
            "d.jsonl",
            "{\"title\": \"Good\", \"source\": \"S\"}\n{\n{\"title\": \"Fine\", \"source\": \"S\"}\n")
        try desk.write("e.txt", post("Last"))
        let report = try await desk.read()
        #expect(report.new == 4 && report.refused == 3)
        let refused = report.diagnostics.filter { $0.severity == .refused }
        #expect(refused.map { ($0.origin as NSString).lastPathComponent } == ["b.txt", "c.txt", "d.jsonl"])
        #expect(refused.map(\.line) == [1, 2, 2])
        #expect(refused.allSatisfy { !$0.mend.isEmpty })
    }

    @Test func `paths that cannot be read are refused by name`() async throws {
        let desk = try Desk()
        let picture = try desk.write("picture.png", "no text")
        let report = try await desk.read(["/nowhere/at/all", picture])
        #expect(report.refused == 2 && report.new == 0)
        #expect(report.diagnostics.map(\.origin) == ["/nowhere/at/all", picture])
    }

    @Test func `a file named twice is read once`() async throws {
        let desk = try Desk()
        let path = try desk.write("a.txt", post("First"))
        let report = try await desk.read([path, desk.folder.path, path])
        #expect(report.new == 1 && report.unchanged == 0)
    }

    @Test func `dates without a year are told from the file's time, or from a moment that is given`()
        async throws
    {
        let desk = try Desk()
        let path = try desk.write("a.txt", post("First"), modified: "2023-08-01T00:00:00Z")
        _ = try await desk.read([path], asOf: nil)
        var published = try await desk.store.latest(limit: 1).first?.article.publishedAt
        #expect(published == (try Date.ISO8601FormatStyle().parse("2023-07-18T07:42:00Z")))
        let asOf = try Date.ISO8601FormatStyle().parse("2025-07-17T12:00:00Z")
        let report = try await desk.read([path], asOf: asOf)
        #expect(report.changed == 1)
        published = try await desk.store.latest(limit: 1).first?.article.publishedAt
        #expect(published == (try Date.ISO8601FormatStyle().parse("2024-07-18T07:42:00Z")))
    }

    @Test func `a large archive is read in pieces and batches`() async throws {
        let desk = try Desk()
        let text = String(repeating: "The river rises. ", count: 120)
        let lines = (1...1700).map { number in
            #"{"id": "n\#(number)", "title": "Title \#(number)", "text": "\#(text)", "source": "Desk"}"#
        }
        let path = try desk.write("archive.jsonl", (lines + ["{"]).joined(separator: "\n"))
        let steps = Mutex<[IngestProgress]>([])
        let report = try await desk.ingestor.ingest(paths: [path], asOf: nil, now: reference) { step in
            steps.withLock { $0.append(step) }
        }
        #expect(report.new == 1700 && report.refused == 1)
        #expect(report.diagnostics.first?.line == 1701)
        #expect(try await desk.store.count() == 1700)
        let taken = steps.withLock { $0 }
        #expect(taken.count > 4)
        #expect(taken.map(\.bytes) == taken.map(\.bytes).sorted())
        #expect(taken.last.map { $0.files == 1 && $0.bytes == $0.totalBytes } == true)
    }

    @Test func `received lines are known by their id`() async throws {
        let desk = try Desk()
        let line =
            #"{"id": 7, "title": "One", "text": "Text.", "source": "Desk", "published_at": "2025-07-18"}"#
        let first = try await desk.ingestor.ingest(
            jsonLines: Array(line.utf8), origin: "POST", now: reference)
        #expect(first.new == 1)
        let path = try desk.write("archive.jsonl", "\n\(line)\n")
        let second = try await desk.read([path])
        #expect(second.unchanged == 1 && second.new == 0 && second.changed == 0)
        #expect(try await desk.store.article(id: "7")?.article.headline == "One")
    }

    @Test func `a cancelled run stops with what is committed`() async throws {
        let desk = try Desk()
        let store = desk.store
        let ingestor = desk.ingestor
        let path = try desk.write("a.txt", post("First"))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ingestor.ingest(paths: [path], asOf: nil, now: reference) { _ in }
        }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try await store.count() == 0)
    }
}
