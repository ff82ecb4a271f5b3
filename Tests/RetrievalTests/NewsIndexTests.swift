import Foundation
import Logging
import News
import Storage
import Testing
import Text

@testable import Retrieval

@Suite struct NewsIndexTests {
    private let now = Date(timeIntervalSince1970: 1_760_000_000)

    private func article(_ id: String, _ headline: String, _ body: String, days: Double = 1) -> Article {
        Article(
            id: id, source: "Wire", language: .english, publishedAt: now.addingTimeInterval(-days * 86_400),
            headline: headline, body: [body])
    }

    private func found(_ index: NewsIndex, _ words: String) async throws -> [String] {
        try await index.archive.search(words, limit: 5, now: now).map(\.article.article.id)
    }

    @Test func `the index follows what is added, changed and deleted`() async throws {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        _ = try await store.commit(
            [article("a", "Volcano Zorb", "The volcano Zorb erupted."), article("b", "Chip", "A new chip.")],
            at: now)
        #expect(try await found(index, "volcano").isEmpty)
        try await index.refresh()
        #expect(try await found(index, "volcano") == ["a"])
        _ = try await store.commit([article("a", "Parrot Quill", "The parrot Quill escaped.")], at: now)
        _ = try await store.delete(id: "b", at: now)
        let before = index.archive
        try await index.refresh()
        #expect(try await found(index, "volcano").isEmpty)
        #expect(try await found(index, "parrot") == ["a"])
        #expect(try await found(index, "chip").isEmpty)
        #expect(index.archive.articleCount == 1)
        #expect(before.articleCount == 2)
        #expect(index.cursor == (try await store.lastSequence()))
    }

    @Test func `what work commits is followed while it goes on, and found when it is done`() async throws {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        let count = try await index.following { committed in
            for start in stride(from: 0, to: 6000, by: 1000) {
                let articles = (start..<start + 1000).map { article("a\($0)", "Pier \($0)", "Boats.") }
                _ = try await store.commit(articles, at: now)
                await committed()
            }
            return 6000
        }
        #expect(count == 6000 && index.archive.articleCount == 6000)
        #expect(index.cursor == (try await store.lastSequence()))
        #expect(try await found(index, "5999") == ["a5999"])
    }

    @Test func `an error of the work comes through, and what it had committed is found later`() async throws {
        struct Stopped: Error {}
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        await #expect(throws: Stopped.self) {
            try await index.following { committed in
                _ = try await store.commit([article("a", "Volcano Zorb", "It erupted.")], at: now)
                await committed()
                throw Stopped()
            }
        }
        try await index.refresh()
        #expect(try await found(index, "volcano") == ["a"])
    }

    @Test func `a kept index goes on where it was, and what is damaged is built again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try NewsStore.inMemory()
        _ = try await store.commit([article("a", "Volcano Zorb", "The volcano Zorb erupted.")], at: now)
        do {
            let index = NewsIndex(store: store, folder: folder, logger: Logger(label: "test"))
            try await index.refresh()
            #expect(try await found(index, "volcano") == ["a"])
            // A second program reads what is there, and sees what is new by itself.
            _ = try await store.commit([article("b", "Parrot Quill", "The parrot Quill escaped.")], at: now)
            let second = NewsIndex(store: store, folder: folder, logger: Logger(label: "test"))
            #expect(second.cursor == 1)
            #expect(await !second.isKept)
            try await second.refresh()
            #expect(try await found(second, "parrot") == ["b"])
            try await index.refresh()
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
            $0.contains("segment")
        }
        #expect(!names.isEmpty)
        for name in ["passages/manifest"] + names.map({ $0 }) {
            let path = folder + "/" + name
            guard var bytes = FileManager.default.contents(atPath: path) else { continue }
            bytes[bytes.count / 2] ^= 4
            try bytes.write(to: URL(fileURLWithPath: path))
            let index = NewsIndex(store: store, folder: folder, logger: Logger(label: "test"))
            try await index.refresh()
            #expect(try await found(index, "volcano") == ["a"])
            #expect(try await found(index, "parrot") == ["b"])
        }
    }

    @Test func `segments are brought together by a program that stays, by others where they are many`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try NewsStore.inMemory()
        let logger = Logger(label: "test")
        do {
            let brief = NewsIndex(store: store, folder: folder, tidies: false, logger: logger)
            for word in ["volcano", "parrot", "harbour"] {
                _ = try await store.commit([article(word, word, "The \(word) is there.")], at: now)
                try await brief.refresh()
            }
            await brief.settle()
            #expect(brief.archive.segments.passages.count == 3)
            #expect(brief.archive.segments.articles.count == 3)
            for number in 4...8 {
                _ = try await store.commit([article("\(number)", "Ferry", "A ferry leaves.")], at: now)
                try await brief.refresh()
            }
            await brief.settle()
            #expect(brief.archive.segments.passages.count == 1)
            for number in 9...12 {
                _ = try await store.commit([article("\(number)", "Ferry", "A ferry leaves.")], at: now)
                try await brief.refresh()
            }
            await brief.settle()
            #expect(brief.archive.segments.passages.count == 5)
        }
        let staying = NewsIndex(store: store, folder: folder, logger: logger)
        try await staying.refresh()
        await staying.settle()
        #expect(staying.archive.segments.passages.count == 1)
        #expect(staying.archive.segments.articles.count == 1)
        #expect(try await found(staying, "parrot") == ["parrot"])
    }

    @Test func `what opening does not see is found by a check and mended from the store`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try NewsStore.inMemory()
        _ = try await store.commit([article("a", "Volcano Zorb", "The volcano Zorb erupted.")], at: now)
        do {
            let index = NewsIndex(store: store, folder: folder, logger: Logger(label: "test"))
            try await index.refresh()
            #expect(try await index.verify())
            await index.close()
        }
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where name.contains("segment") {
            let path = folder + "/" + name
            var bytes = try #require(FileManager.default.contents(atPath: path))
            // Among the positions, right before the footer.
            bytes[bytes.count - 340] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
        }
        let index = NewsIndex(store: store, folder: folder, logger: Logger(label: "test"))
        #expect(index.cursor == 1)
        #expect(try await !index.verify())
        #expect(try await found(index, "volcano") == ["a"])
        #expect(try await index.verify())
    }

    @Test func `evidence is the article that the question is about`() async throws {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        _ = try await store.commit(
            [
                article(
                    "merge", "Ethereum completes the Merge", "Ethereum completed the Merge in September."),
                article(
                    "ftx", "FTX files for bankruptcy", "The exchange FTX filed for bankruptcy in Delaware."),
            ], at: now)
        try await index.refresh()
        let archive = index.archive
        for (question, id) in [("When was the Merge?", "merge"), ("Where did FTX file?", "ftx")] {
            let read = archive.read(question, language: .english, now: now)
            let evidence = try await archive.findings(for: read, limit: 3, now: now).evidence
            #expect(evidence.first?.article.article.id == id, "\(question)")
            #expect(evidence.map(\.score) == evidence.map(\.score).sorted(by: >))
        }
    }
}
