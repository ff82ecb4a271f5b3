import Foundation
import Logging
import News
import Search
import Storage
import Synchronization
import Testing
import Text

@testable import Retrieval

/// A model that knows words by their hashes, and a few Chinese ones by their English fellows.
private final class HashingEmbedder: Embedder {
    let name: String
    let batchSize: Int
    let state = Mutex(State())

    struct State {
        var passages: [String] = []
        /// How many batches it takes before it is gone; nil for ever.
        var batchesLeft: Int?
        /// Passages that hold this are refused.
        var refused = "\u{0}"
        var questionsFail = false
        var dimension = 256
        /// Run while a batch is with the model.
        var whileEmbedding: (@Sendable () async -> Void)?
    }

    init(_ name: String = "hashing", batchSize: Int = 4) {
        self.name = name
        self.batchSize = batchSize
    }

    private static let translations = ["火山": "volcano", "爆發": "erupted", "鸚鵡": "parrot", "晶片": "chip"]

    private func vector(_ text: String, _ dimension: Int) -> [Float] {
        var text = text.lowercased()
        for (word, translation) in Self.translations {
            text = text.replacingOccurrences(of: word, with: " \(translation) ")
        }
        var vector = [Float](repeating: 0.01, count: dimension)
        for word in text.split(whereSeparator: { !$0.isLetter }) {
            var hash: UInt64 = 14_695_981_039_346_656_037
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            vector[Int(hash >> 20) % dimension] += 1
        }
        return vector
    }

    func embed(question: String) async throws(EmbedderError) -> [Float] {
        let (fails, dimension) = state.withLock { ($0.questionsFail, $0.dimension) }
        if fails { throw .unavailable("gone") }
        return vector(question, dimension)
    }

    func embed(passages: [String]) async throws(EmbedderError) -> [[Float]] {
        let (step, left, refused, dimension) = state.withLock { state in
            defer { state.batchesLeft = state.batchesLeft.map { $0 - 1 } }
            return (state.whileEmbedding, state.batchesLeft, state.refused, state.dimension)
        }
        if let left, left <= 0 { throw .unavailable("gone") }
        await step?()
        if passages.contains(where: { $0.contains(refused) }) { throw .refused("no") }
        state.withLock { $0.passages += passages }
        return passages.map { vector($0, dimension) }
    }
}

@Suite final class PassageVectorsTests {
    private let now = Date(timeIntervalSince1970: 1_760_000_000)
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "vectors-\(UUID().uuidString)"
    )
    .path
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func article(_ id: String, _ headline: String, _ body: String) -> Article {
        Article(
            id: id, source: "Wire", language: .english, publishedAt: now, headline: headline, body: [body])
    }

    private func fillers(_ count: Int) -> [Article] {
        (0..<count).map { article("f\($0)", "Meeting number\($0)", "Council \($0) debated the budget.") }
    }

    private func vectors(
        _ store: NewsStore, _ embedder: HashingEmbedder, isKept: Bool = false, weight: Double = 1
    ) -> PassageVectors {
        PassageVectors(
            store: store, folder: isKept ? folder : nil, embedder: embedder, weight: weight, logger: logger)
    }

    private func found(
        _ index: NewsIndex, _ question: String, _ language: Language = .traditionalChinese
    ) async throws -> [Evidence] {
        let archive = index.archive
        let read = archive.read(question, language: language, now: now)
        return try await archive.findings(for: read, limit: 3, now: now).evidence
    }

    @Test func `a question finds articles that share no word with it, and says why`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(
            fillers(20) + [article("v", "Volcano Zorb", "The volcano erupted.")], at: now)
        let vectors = vectors(store, HashingEmbedder())
        let index = NewsIndex(store: store, vectors: vectors, logger: logger)
        try await index.refresh()
        #expect(try await found(index, "火山爆發了嗎？").isEmpty)
        #expect(try await vectors.fill() == .done)
        let evidence = try await found(index, "火山爆發了嗎？")
        #expect(evidence.first?.article.article.id == "v")
        let feature = try #require(evidence.first?.passages.first?.features.last)
        #expect(feature.name == "similarity" && feature.value == 1 && feature.weight > 1)
        let score = try #require(evidence.first?.passages.first)
        #expect(abs(score.features.score - score.score) < 1e-9)
    }

    @Test func `without vectors and without a model all is as if there were none`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(
            fillers(20) + [article("v", "Volcano Zorb", "The volcano erupted.")], at: now)
        let plain = NewsIndex(store: store, logger: logger)
        try await plain.refresh()
        let embedder = HashingEmbedder()
        let index = NewsIndex(store: store, vectors: vectors(store, embedder), logger: logger)
        let unweighed = vectors(store, embedder, weight: 0)
        let zero = NewsIndex(store: store, vectors: unweighed, logger: logger)
        #expect(try await unweighed.fill() == .done)
        let gone = HashingEmbedder()
        let filled = vectors(store, gone)
        #expect(try await filled.fill() == .done)
        gone.state.withLock { $0.questionsFail = true }
        let silent = NewsIndex(store: store, vectors: filled, logger: logger)
        for other in [index, zero, silent] {
            try await other.refresh()
            for question in ["Which volcano erupted?", "Who debated the budget?", "火山"] {
                let (a, b) = (plain.archive, other.archive)
                let left = try await a.findings(
                    for: a.read(question, language: .english, now: now), limit: 5, now: now)
                let right = try await b.findings(
                    for: b.read(question, language: .english, now: now), limit: 5, now: now)
                #expect(left.confidence == right.confidence)
                #expect(left.signals == right.signals)
                #expect(left.evidence.map(\.features) == right.evidence.map(\.features))
                #expect(left.evidence.map(\.passages) == right.evidence.map(\.passages))
            }
        }
    }

    @Test func `what is replaced or deleted loses its vectors at once, and gets new ones in time`()
        async throws
    {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(
            fillers(9) + [
                article("v", "Volcano Zorb", "The volcano erupted."),
                article("p", "Parrot Quill", "The parrot spoke."),
            ], at: now)
        let embedder = HashingEmbedder()
        let vectors = vectors(store, embedder)
        let index = NewsIndex(store: store, vectors: vectors, logger: logger)
        try await index.refresh()
        #expect(try await vectors.fill() == .done)
        #expect(vectors.searcher.count == 11)
        _ = try await store.commit([article("v", "Chip plant", "A chip plant opened.")], at: now)
        _ = try await store.delete(id: "p", at: now)
        try await index.refresh()
        // The model has not been asked yet.
        #expect(vectors.searcher.count == 9)
        #expect(try await found(index, "鸚鵡").allSatisfy { $0.article.article.id != "p" })
        let before = embedder.state.withLock { $0.passages.count }
        #expect(try await vectors.fill() == .done)
        #expect(
            embedder.state.withLock { Array($0.passages[before...]) } == ["Chip plant\nA chip plant opened."])
        #expect(vectors.searcher.count == 10)
        #expect(try await found(index, "晶片").first?.article.article.id == "v")
        // A refresh that comes late takes nothing away that is of the change already.
        try await index.rebuild()
        #expect(vectors.searcher.count == 10)
    }

    @Test func `filling goes on where it was stopped, in another program too`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(fillers(30), at: now)
        let embedder = HashingEmbedder()
        embedder.state.withLock { $0.batchesLeft = 3 }
        do {
            let first = vectors(store, embedder, isKept: true)
            #expect(try await first.fill() == .unavailable("gone"))
            #expect(first.searcher.count == 12)
            #expect(await first.cursor == 12)
            let second = vectors(store, HashingEmbedder(), isKept: true)
            #expect(second.searcher.count == 12)
            #expect(try await second.fill() == .elsewhere)
        }
        let next = HashingEmbedder()
        let third = vectors(store, next, isKept: true)
        #expect(try await third.fill() == .done)
        #expect(third.searcher.count == 30)
        #expect(next.state.withLock { $0.passages.count } == 18)
        #expect(try await third.fill() == .done)
        #expect(next.state.withLock { $0.passages.count } == 18)
    }

    @Test func `a program takes the filling over from one that has ended`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(fillers(8), at: now)
        var first: PassageVectors? = vectors(store, HashingEmbedder(), isKept: true)
        let second = vectors(store, HashingEmbedder(), isKept: true)
        #expect(try await first?.fill() == .done)
        let index = NewsIndex(store: store, vectors: second, logger: logger)
        try await index.refresh()
        _ = try await store.delete(id: "f3", at: now)
        try await index.refresh()
        #expect(try await second.fill() == .elsewhere)
        // It reads what the first has filled, less what is gone.
        #expect(second.searcher.count == 7)
        first = nil
        #expect(try await second.fill() == .done)
        #expect(await second.cursor == (try await store.lastSequence()))
        #expect(second.searcher.count == 7)
    }

    @Test func `another model makes all vectors anew, and so does one of another size`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(fillers(6), at: now)
        #expect(try await vectors(store, HashingEmbedder("one"), isKept: true).fill() == .done)
        let other = HashingEmbedder("two")
        do {
            let vectors = vectors(store, other, isKept: true)
            #expect(vectors.searcher.count == 0)
            #expect(try await vectors.fill() == .done)
            #expect(vectors.searcher.count == 6)
            other.state.withLock { $0.dimension = 64 }
            _ = try await store.commit([article("x", "New", "Something new.")], at: now)
            guard case .unavailable = try await vectors.fill() else {
                Issue.record("vectors of two sizes were mixed")
                return
            }
            #expect(vectors.searcher.count == 0)
            #expect(try await vectors.fill() == .done)
            #expect(vectors.searcher.count == 7)
        }
    }

    @Test func `a passage that the model refuses is left out, and its fellows are not`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(
            fillers(9) + [article("v", "Volcano Zorb", "The volcano erupted.")], at: now)
        let embedder = HashingEmbedder(batchSize: 16)
        embedder.state.withLock { $0.refused = "erupted" }
        let vectors = vectors(store, embedder)
        #expect(try await vectors.fill() == .done)
        #expect(vectors.searcher.count == 9)
    }

    @Test func `what changes while its vector is made gets the vector of the change`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit([article("v", "Volcano Zorb", "The volcano erupted.")], at: now)
        let embedder = HashingEmbedder()
        let vectors = vectors(store, embedder)
        let index = NewsIndex(store: store, vectors: vectors, logger: logger)
        let changed = article("v", "Parrot Quill", "The parrot spoke.")
        let moment = now
        embedder.state.withLock {
            $0.whileEmbedding = { [embedder] in
                embedder.state.withLock { $0.whileEmbedding = nil }
                _ = try? await store.commit([changed], at: moment)
                try? await index.refresh()
            }
        }
        #expect(try await vectors.fill() == .done)
        #expect(
            embedder.state.withLock { $0.passages } == [
                "Volcano Zorb\nThe volcano erupted.", "Parrot Quill\nThe parrot spoke.",
            ])
        #expect(vectors.searcher.count == 1)
        #expect(try await found(index, "鸚鵡").first?.article.article.id == "v")
    }

    @Test func `damaged vectors are taken away and made again`() async throws {
        let store = try NewsStore.inMemory()
        _ = try await store.commit(fillers(12), at: now)
        #expect(try await vectors(store, HashingEmbedder(), isKept: true).fill() == .done)
        for place in [40, -3] {
            for kind in ["manifest", "segment"] {
                // Each mending gives the segments new names.
                let name = try #require(
                    FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix(kind) })
                let file = URL(filePath: folder + "/" + name)
                var bytes = try Data(contentsOf: file)
                bytes[place < 0 ? bytes.count + place : min(place, bytes.count - 1)] ^= 4
                try bytes.write(to: file)
                let vectors = vectors(store, HashingEmbedder(), isKept: true)
                let index = NewsIndex(store: store, vectors: vectors, logger: logger)
                try await index.refresh()
                // Damage shows at the start, or else when it is first read; nothing is answered from it.
                _ = try await found(index, "Who debated the budget?", .english)
                #expect(vectors.searcher.count == 0 || vectors.searcher.damage != nil)
                #expect(try await vectors.fill() == .done)
                #expect(vectors.searcher.count == 12 && vectors.searcher.damage == nil)
                #expect(await vectors.verify())
            }
        }
    }
}
