import News
import Storage
import Synchronization

/// The articles read most recently, kept so that a question does not read and analyse them again.
///
/// Bounded by count; the oldest half goes when it is full, which costs less than exact recency and keeps what is asked
/// about again. An entry is used only for the version it was made of.
final class ArticleShelf: Sendable {
    private let capacity: Int
    private let state = Mutex(State())

    private struct State {
        var articles: [Int64: (article: ReadArticle, used: UInt64)] = [:]
        var clock: UInt64 = 0
    }

    init(capacity: Int) { self.capacity = capacity }

    /// The articles of the given rows as the store holds them now; deleted rows are missing.
    func articles(rows: [Int64], store: NewsStore, sequence: Int64) async throws(StorageError) -> [Int64:
        ReadArticle]
    {
        var found: [Int64: ReadArticle] = [:]
        state.withLock { state in
            for row in rows {
                guard let entry = state.articles[row] else { continue }
                state.clock += 1
                state.articles[row]?.used = state.clock
                found[row] = entry.article
            }
        }
        let missing = rows.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        for (row, stored) in try await store.articles(rows: missing) { found[row] = ReadArticle(stored) }
        let fresh = missing.compactMap { found[$0] }
        state.withLock { state in
            for article in fresh where article.stored.sequence <= sequence {
                state.clock += 1
                state.articles[article.stored.row] = (article, state.clock)
            }
            guard state.articles.count > capacity else { return }
            let middle = state.articles.values.map(\.used).sorted()[state.articles.count / 2]
            state.articles = state.articles.filter { $0.value.used > middle }
        }
        return found
    }

    /// Forgets rows that have changed.
    func drop(rows: [Int64]) {
        state.withLock { state in
            for row in rows { state.articles[row] = nil }
        }
    }

    /// Forgets everything.
    func clear() {
        state.withLock { $0.articles = [:] }
    }
}
