import Foundation
public import Logging
import News
import Search
public import Storage
import Synchronization
import Text

/// The searchable form of the archive, kept in step with the store.
///
/// The store is the truth: every change there has a sequence number, and the index follows from its cursor. Two indexes
/// lie side by side, because small passages rank best by themselves and whole articles tell which passage to believe:
/// `passages` holds about three sentences a document, `articles` one document an article. Both apply the same changes in
/// the same steps. With a folder they outlive the program, and only what has changed since is read from the store; what
/// is damaged there is built again.
///
/// A reader takes the ``archive``, an immutable snapshot, and never waits for the writer.
public actor NewsIndex {
    /// The fields of a document, in the order of ``Passage/Section``'s three kinds: title, fact, opinion.
    static let schema = Schema(
        [
            Field("headline", boost: 0.6, b: 0.3), Field("body", boost: 1, b: 0.75),
            Field("analysis", boost: 0.9, b: 0.75),
        ], k1: 0.9)
    private static let batch = 512
    private let store: NewsStore
    private let logger: Logger
    private let shelf = ArticleShelf(capacity: 2048)
    private var passages: InvertedIndex
    private var articles: InvertedIndex
    private nonisolated let snapshot: Mutex<Archive>

    /// An index over the store's articles.
    ///
    /// - Parameters:
    ///   - store: the archive it follows.
    ///   - folder: where the index is kept; nil keeps it in memory alone. Of several programs with the same folder, one
    ///     writes, and the others add what is new in their own memory.
    ///   - logger: told of rebuilds.
    public init(store: NewsStore, folder: String? = nil, logger: Logger) {
        self.store = store
        self.logger = logger
        passages = Self.open(folder.map { $0 + "/passages" }, logger: logger)
        articles = Self.open(folder.map { $0 + "/articles" }, logger: logger)
        snapshot = Mutex(
            Archive(
                passages: passages.searcher, articles: articles.searcher, store: store, shelf: shelf,
                cursor: min(passages.cursor, articles.cursor)))
    }

    private static func open(_ folder: String?, logger: Logger) -> InvertedIndex {
        guard let folder else { return InvertedIndex(schema: schema) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            do {
                return try InvertedIndex(folder: folder, schema: schema)
            } catch SearchError.damaged(let file, let reason) {
                logger.warning(
                    "Index is damaged and is built again",
                    metadata: ["index.file": "\(file)", "error.reason": "\(reason)"])
                return try InvertedIndex(folder: folder, schema: schema, rebuilding: true)
            }
        } catch {
            logger.warning(
                "Index cannot be kept and is built anew at every start",
                metadata: ["error.reason": "\(error)"])
            return InvertedIndex(schema: schema)
        }
    }

    /// The archive as of the last refresh.
    public nonisolated var archive: Archive { snapshot.withLock { $0 } }

    /// The sequence number of the last change that can be found.
    public nonisolated var cursor: Int64 { archive.cursor }

    /// Builds the index again from the store, as if it had never been.
    ///
    /// - Throws: ``RetrievalError`` when the store cannot be read.
    /// - Complexity: O(size of the archive).
    public func rebuild() async throws(RetrievalError) {
        clear()
        try await refresh()
    }

    /// Whether what is taken in is kept for the next start; another program may be the one that keeps it.
    public var isKept: Bool { passages.isKept && articles.isKept }

    /// Takes in what has changed in the store since the last refresh.
    ///
    /// - Throws: ``RetrievalError`` when the store cannot be read; what was taken in stays.
    public func refresh() async throws(RetrievalError) {
        do throws(StorageError) {
            let last = try await store.lastSequence()
            // A store that was replaced by an older or another one: its numbers say nothing about this index.
            if last < max(passages.cursor, articles.cursor) {
                logger.warning("Index does not match the store and is built again")
                clear()
            }
            var changed = false
            while true {
                // A program that was stopped between its two commits left one behind; a change may be applied twice.
                let cursor = min(passages.cursor, articles.cursor)
                let changes = try await store.changes(after: cursor, limit: Self.batch)
                guard let newest = changes.last?.sequence else { break }
                apply(changes, cursor: newest)
                changed = true
            }
            if changed {
                passages.mergeIfNeeded()
                articles.mergeIfNeeded()
                keep()
            }
            let sources =
                changed || archive.sources.isEmpty ? try await store.sources().map(\.name) : archive.sources
            publish(sources: sources)
        } catch {
            throw .store(error)
        }
    }

    private func keep() {
        do throws(SearchError) {
            try passages.commit()
            try articles.commit()
        } catch {
            // The store has it all; the next start takes in again what was not kept.
            logger.warning("Index was not kept", metadata: ["error.reason": "\(error)"])
        }
    }

    private func apply(_ changes: [ArticleChange], cursor: Int64) {
        var ofPassages: [Change] = []
        var ofArticles: [Change] = []
        for change in changes {
            guard let stored = change.article else {
                ofPassages.append(.delete(group: change.row))
                ofArticles.append(.delete(group: change.row))
                continue
            }
            let parts = stored.article.passages()
            ofPassages.append(
                .replace(group: change.row, with: parts.map { Self.document(of: $0, in: stored.article) }))
            ofArticles.append(
                .replace(group: change.row, with: [Self.document(of: stored.article, passages: parts)]))
        }
        shelf.drop(rows: changes.map(\.row))
        passages.apply(ofPassages, cursor: cursor)
        articles.apply(ofArticles, cursor: cursor)
    }

    private func publish(sources: [String]) {
        let archive = Archive(
            passages: passages.searcher, articles: articles.searcher, store: store, shelf: shelf,
            sources: sources,
            cursor: passages.cursor)
        snapshot.withLock { $0 = archive }
    }

    private static func document(of passage: Passage, in article: Article) -> Document {
        let text = passage.text
        let texts: [String] =
            switch passage.section {
            case .headline: [article.headline, "", ""]
            case .body: [article.headline, text, ""]
            case .analysis, .point, .outlook: [article.headline, "", text]
            }
        return Document(
            ordinal: passage.ordinal, language: article.language, texts: texts, time: article.time,
            tags: article.tags)
    }

    private static func document(of article: Article, passages: [Passage]) -> Document {
        let fact = passages.filter { $0.section == .body }.map(\.text).joined(separator: "\n")
        let opinion = passages.filter { $0.section.isOpinion }.map(\.text).joined(separator: "\n")
        return Document(
            ordinal: 0, language: article.language, texts: [article.headline, fact, opinion],
            time: article.time,
            tags: article.tags)
    }

    private func clear() {
        passages.clear()
        articles.clear()
        shelf.clear()
    }
}

extension Article {
    fileprivate var time: Int64? { publishedAt.map { Int64($0.timeIntervalSince1970) } }
    fileprivate var tags: [String] { ["source:\(source)", "language:\(language.rawValue)"] }
}
