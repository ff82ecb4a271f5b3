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
/// the same steps. An index that is damaged, or made for another form of passages, is thrown away and built again from
/// the store.
///
/// A reader takes the ``archive``, an immutable snapshot, and never waits for the writer.
public actor NewsIndex {
    /// The fields of a document, in the order of ``Passage/Section``'s three kinds: title, fact, opinion.
    static let schema = Schema([
        Field("headline", boost: 0.6, b: 0.3), Field("body", boost: 1, b: 0.6),
        Field("analysis", boost: 0.9, b: 0.6),
    ])
    private static let batch = 512
    /// Named in the folder, so that a change of what is indexed starts a new index instead of mixing two.
    private static let form = "v1"

    private let store: NewsStore
    private let logger: Logger
    private let shelf = ArticleShelf(capacity: 2048)
    private var passages: InvertedIndex
    private var articles: InvertedIndex
    private let directory: String?
    private nonisolated let snapshot: Mutex<Archive>

    /// An index over the store's articles.
    ///
    /// - Parameters:
    ///   - store: the archive it follows.
    ///   - directory: where its files lie, created if absent; nil keeps it in memory.
    ///   - logger: told of rebuilds and merges.
    /// - Throws: ``RetrievalError`` when the folder cannot be used.
    public init(store: NewsStore, directory: String?, logger: Logger) throws(RetrievalError) {
        self.store = store
        self.logger = logger
        self.directory = directory.map { "\($0)/\(Self.form)" }
        (passages, articles) = try Self.open(self.directory, logger: logger)
        snapshot = Mutex(
            Archive(passages: passages.searcher, articles: articles.searcher, store: store, shelf: shelf))
    }

    /// The archive as of the last refresh.
    public nonisolated var archive: Archive { snapshot.withLock { $0 } }

    /// The sequence number of the last change that can be found.
    public nonisolated var cursor: Int64 { archive.cursor }

    /// Takes in what has changed in the store since the last refresh.
    ///
    /// - Throws: ``RetrievalError`` when the store cannot be read or the index not written; what was taken in stays.
    public func refresh() async throws(RetrievalError) {
        do {
            let last = try await store.lastSequence()
            // A store that was replaced by an older or another one: its numbers say nothing about this index.
            if last < passages.cursor || passages.cursor != articles.cursor {
                logger.warning("Index does not match the store and is built again")
                try rebuild()
            }
            var changed = false
            while true {
                let changes = try await store.changes(after: passages.cursor, limit: Self.batch)
                guard let newest = changes.last?.sequence else { break }
                try apply(changes, cursor: newest)
                changed = true
            }
            if changed {
                try passages.mergeIfNeeded()
                try articles.mergeIfNeeded()
            }
            let sources =
                changed || archive.sources.isEmpty ? try await store.sources().map(\.name) : archive.sources
            publish(sources: sources)
        } catch let error as StorageError {
            throw .store(error)
        } catch let error as SearchError {
            throw .index(error)
        } catch let error as RetrievalError {
            throw error
        } catch {
            throw .folder(path: directory ?? "", reason: "\(error)")
        }
    }

    private func apply(_ changes: [ArticleChange], cursor: Int64) throws {
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
        try passages.apply(ofPassages, cursor: cursor)
        try articles.apply(ofArticles, cursor: cursor)
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

    private static func open(
        _ directory: String?, logger: Logger
    ) throws(RetrievalError) -> (InvertedIndex, InvertedIndex) {
        guard let directory else { return (InvertedIndex(schema: schema), InvertedIndex(schema: schema)) }
        do throws(SearchError) {
            return (
                try InvertedIndex(schema: schema, directory: directory + "/passages"),
                try InvertedIndex(schema: schema, directory: directory + "/articles")
            )
        } catch {
            logger.warning("Index cannot be used and is built again", metadata: ["reason": "\(error)"])
        }
        try remove(directory)
        do throws(SearchError) {
            return (
                try InvertedIndex(schema: schema, directory: directory + "/passages"),
                try InvertedIndex(schema: schema, directory: directory + "/articles")
            )
        } catch {
            throw .index(error)
        }
    }

    private func rebuild() throws(RetrievalError) {
        if let directory { try Self.remove(directory) }
        (passages, articles) = try Self.open(directory, logger: logger)
        shelf.clear()
    }

    private static func remove(_ directory: String) throws(RetrievalError) {
        guard FileManager.default.fileExists(atPath: directory) else { return }
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            throw .folder(path: directory, reason: error.localizedDescription)
        }
    }
}

extension Article {
    fileprivate var time: Int64? { publishedAt.map { Int64($0.timeIntervalSince1970) } }
    fileprivate var tags: [String] { ["source:\(source)", "language:\(language.rawValue)"] }
}
