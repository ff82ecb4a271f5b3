import Foundation
public import Logging
import News
public import Search
public import Storage
import Synchronization
import Text

/// The vectors of the archive's passages, kept in step with the store.
///
/// They follow the store's changes with a cursor of their own, because a model takes its time: what has changed loses its
/// vectors as soon as the index takes the change in (``forget(_:)``), and gets new ones when ``fill()`` comes to it. Each
/// batch is kept as it comes, so that filling goes on where it was stopped. What has no vector yet, and everything while
/// the model is gone, is found by its words alone.
///
/// With a folder they outlive the program; of several programs on one archive the first fills, and the others read what
/// it has filled. Damaged ones are taken away and made again from the store.
public actor PassageVectors {
    /// How filling ended.
    public enum Progress: Sendable, Hashable {
        /// Every passage has been seen to.
        case done
        /// The model is gone for the moment.
        case unavailable(String)
        /// Another program fills.
        case elsewhere
        /// The task was cancelled.
        case stopped
    }

    /// How many of the nearest passages a question is held against.
    static let candidates = 100
    /// Longer passages, such as tables, are embedded by their beginning.
    private static let longestText = 2000
    private static let changesAtOnce = 64
    private static let keptQuestions = 64

    private let store: NewsStore
    private let folder: String?
    private let embedder: any Embedder
    private let weight: Double
    private let logger: Logger
    private var vectors: VectorIndex
    /// The sequence numbers of what was forgotten while a batch was with the model, or while another program fills.
    private var forgotten: [Int64: Int64] = [:]
    private var isFilling = false
    /// How often all vectors were taken away.
    private var clearings = 0
    private nonisolated let snapshot: Mutex<VectorSearcher>
    private nonisolated let questions = Mutex<[(text: String, vector: QuantizedVector)]>([])

    /// The vectors of a store's passages.
    ///
    /// - Parameters:
    ///   - store: the archive they follow.
    ///   - folder: where they are kept; nil keeps them in memory alone.
    ///   - embedder: what makes them.
    ///   - weight: what similarity counts beside the words, at least 0.
    ///   - logger: told of rebuilds and of a model that is gone.
    public init(
        store: NewsStore, folder: String? = nil, embedder: any Embedder, weight: Double, logger: Logger
    ) {
        self.store = store
        self.folder = folder
        self.embedder = embedder
        self.weight = weight
        self.logger = logger
        vectors = Self.open(folder, embedder: embedder, logger: logger)
        snapshot = Mutex(vectors.searcher)
    }

    private static func open(_ folder: String?, embedder: any Embedder, logger: Logger) -> VectorIndex {
        // Made of another part of the text, they would be other vectors.
        let model = embedder.name + ", headline and passage"
        guard let folder else { return VectorIndex(model: model) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            do {
                return try VectorIndex(folder: folder, model: model)
            } catch SearchError.damaged(let file, let reason) {
                logger.warning(
                    "Vectors are damaged and are made again",
                    metadata: ["index.file": "\(file)", "error.reason": "\(reason)"])
                return try VectorIndex(folder: folder, model: model, rebuilding: true)
            }
        } catch {
            logger.warning(
                "Vectors cannot be kept and are made anew at every start",
                metadata: ["error.reason": "\(error)"])
            return VectorIndex(model: model)
        }
    }

    /// The vectors as they are now.
    public nonisolated var searcher: VectorSearcher { snapshot.withLock { $0 } }

    /// The sequence number of the last change whose passages have been seen to.
    public var cursor: Int64 { vectors.cursor }

    // MARK: Asking

    /// What is near to a question in meaning; nil where there are no vectors or the model gives none in time.
    nonisolated func similarity(to question: String) async -> Similarity? {
        let searcher = searcher
        guard weight > 0, searcher.count > 0, let vector = await vector(of: question) else { return nil }
        let hits = searcher.nearest(vector, limit: Self.candidates)
        return Similarity(hits, weight: weight)
    }

    private nonisolated func vector(of question: String) async -> QuantizedVector? {
        if let known = questions.withLock({ known in known.first { $0.text == question }?.vector }) {
            return known
        }
        do throws(EmbedderError) {
            let vector = QuantizedVector(try await embedder.embed(question: question))
            guard let vector else { return nil }
            questions.withLock { known in
                known.append((question, vector))
                if known.count > Self.keptQuestions { known.removeFirst() }
            }
            return vector
        } catch {
            logger.info("Question has no vector", metadata: ["error.reason": "\(error.reason)"])
            return nil
        }
    }

    // MARK: Following

    /// Takes away the vectors of what has changed, unless they are those of the change already.
    func forget(_ changes: [ArticleChange]) {
        let stale = changes.filter { $0.sequence > vectors.cursor }
        guard !stale.isEmpty else { return }
        if isFilling || !vectors.isWriter {
            for change in stale { forgotten[change.row] = change.sequence }
        }
        guard vectors.apply(replacing: Set(stale.map(\.row))) else { return }
        keep()
    }

    /// Starts anew where the store is another one: its newest change is older than what has been followed.
    func restart(ifAfter last: Int64) { if vectors.cursor > last { clear() } }

    /// Makes the vectors that are missing, and keeps each batch as it comes.
    ///
    /// - Returns: how far it came.
    /// - Throws: ``RetrievalError/store(_:)`` when the store cannot be read.
    public func fill() async throws(RetrievalError) -> Progress {
        guard !isFilling else { return .elsewhere }
        if !vectors.isWriter { reopen() }
        guard vectors.isWriter else { return .elsewhere }
        isFilling = true
        defer {
            isFilling = false
            forgotten = [:]
        }
        if let damage = vectors.searcher.damage {
            logger.warning("Vectors are damaged and are made again", metadata: ["error.reason": "\(damage)"])
            clear()
        }
        while true {
            let changes: [ArticleChange]
            do { changes = try await store.changes(after: vectors.cursor, limit: Self.changesAtOnce) } catch {
                throw .store(error)
            }
            guard !changes.isEmpty else { return .done }
            var batch = FillBatch()
            let clearings = clearings
            for change in changes where clearings == self.clearings {
                batch.add(change)
                guard batch.texts.count >= embedder.batchSize || change.sequence == changes.last?.sequence
                else { continue }
                if Task.isCancelled { return .stopped }
                do throws(EmbedderError) {
                    try await take(batch)
                } catch {
                    return Task.isCancelled ? .stopped : .unavailable(error.reason)
                }
                batch = FillBatch()
            }
            await merge()
        }
    }

    /// Fills whenever something is missing, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - pause: how long to wait before looking again.
    ///   - retry: the same after the model was gone.
    public func keepFilled(pause: Duration = .seconds(2), retry: Duration = .seconds(15)) async {
        var wasGone = false
        while !Task.isCancelled {
            var wait = pause
            do throws(RetrievalError) {
                let progress = try await fill()
                var isGone = false
                switch progress {
                case .done, .stopped: break
                case .elsewhere: wait = retry
                case .unavailable(let reason):
                    wait = retry
                    isGone = true
                    if !wasGone {
                        logger.notice("Vectors wait for the model", metadata: ["error.reason": "\(reason)"])
                    }
                }
                wasGone = isGone
            } catch {
                logger.warning("Vectors wait for the store", metadata: ["error.reason": "\(error)"])
                wait = retry
            }
            // It fails on cancellation alone, which the loop looks at.
            try? await Task.sleep(for: wait)
        }
    }

    /// Holds all files against their checksums, and takes the vectors away where they do not agree.
    ///
    /// - Returns: whether nothing was wrong.
    /// - Complexity: O(size of the vectors).
    public func verify() -> Bool {
        do throws(SearchError) {
            try vectors.searcher.verify()
            return true
        } catch {
            clear()
            return false
        }
    }

    // MARK: -

    /// Takes over from another program that filled and has ended, or reads what it has filled since.
    private func reopen() {
        vectors = Self.open(folder, embedder: embedder, logger: logger)
        let stale = forgotten.filter { $0.value > vectors.cursor }
        forgotten = stale
        vectors.apply(replacing: Set(stale.keys))
        publish()
    }

    /// Articles whose passages go to the model together.
    private struct FillBatch {
        var changes: [ArticleChange] = []
        var documents: [(id: DocumentID, language: String)] = []
        var texts: [String] = []

        mutating func add(_ change: ArticleChange) {
            changes.append(change)
            guard let stored = change.article else { return }
            let headline = stored.article.headline
            for passage in stored.article.passages() {
                let text = passage.section == .headline ? headline : headline + "\n" + passage.text
                documents.append(
                    (
                        DocumentID(group: change.row, ordinal: passage.ordinal),
                        stored.article.language.rawValue
                    ))
                texts.append(String(text.prefix(PassageVectors.longestText)))
            }
        }
    }

    private func take(_ batch: FillBatch) async throws(EmbedderError) {
        let clearings = clearings
        var made: [EmbeddedDocument] = []
        for start in stride(from: 0, to: batch.texts.count, by: max(1, embedder.batchSize)) {
            let range = start..<min(batch.texts.count, start + max(1, embedder.batchSize))
            let vectors = try await embedded(Array(batch.texts[range]))
            for (document, vector) in zip(batch.documents[range], vectors) {
                guard let vector else { continue }
                made.append(
                    EmbeddedDocument(document: document.id, language: document.language, vector: vector))
            }
        }
        // Another store has come meanwhile.
        guard clearings == self.clearings else { return }
        // What has changed meanwhile has lost its vectors, and comes again with its new number.
        let fresh = batch.changes.filter { forgotten[$0.row] ?? $0.sequence <= $0.sequence }
        let rows = Set(fresh.map(\.row))
        made.removeAll { !rows.contains($0.document.group) }
        let dimension = vectors.dimension ?? made.first?.vector.dimension
        guard made.allSatisfy({ $0.vector.dimension == dimension }) else {
            clear()
            throw .unavailable("the model gives vectors of another size than before; all are made again")
        }
        vectors.apply(
            replacing: rows, with: made, cursor: max(vectors.cursor, batch.changes.last?.sequence ?? 0))
        keep()
    }

    /// The vectors of some texts; none for one that the model will never take.
    private func embedded(_ texts: [String]) async throws(EmbedderError) -> [QuantizedVector?] {
        do throws(EmbedderError) {
            return try await embedder.embed(passages: texts).map { QuantizedVector($0) }
        } catch {
            guard case .refused(let reason) = error else { throw error }
            // One of them is at fault: the others must not suffer for it.
            guard texts.count > 1 else {
                logger.notice("A passage has no vector", metadata: ["error.reason": "\(reason)"])
                return [nil]
            }
            let middle = texts.count / 2
            return try await embedded(Array(texts[..<middle])) + embedded(Array(texts[middle...]))
        }
    }

    private func merge() async {
        while !Task.isCancelled, let merge = vectors.nextMerge() {
            let stop = MergeStop()
            let merged = await withTaskCancellationHandler {
                await BackgroundThread.run { merge.run { stop.isAsked.load(ordering: .relaxed) } }
            } onCancel: {
                stop.isAsked.store(true, ordering: .relaxed)
            }
            guard let merged else { return }
            guard vectors.install(merged) else { continue }
            keep()
        }
    }

    private func keep() {
        do throws(SearchError) {
            try vectors.commit()
        } catch {
            // The store has it all; the next start makes again what was not kept.
            logger.warning("Vectors were not kept", metadata: ["error.reason": "\(error)"])
        }
        publish()
    }

    private func clear() {
        clearings += 1
        vectors.clear()
        publish()
    }

    private func publish() {
        let searcher = vectors.searcher
        snapshot.withLock { $0 = searcher }
    }
}
