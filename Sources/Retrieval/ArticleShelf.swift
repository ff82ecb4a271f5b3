import News
import Storage
import Synchronization

/// The articles read most recently, kept so that a question does not read and analyse them again.
///
/// Bounded by count; for each that comes too many, the one goes that was not used for longest, so that no question has to
/// wait until many are cleared away. An entry is used only for the version it was made of.
final class ArticleShelf: Sendable {
    /// How many articles there is room for.
    let capacity: Int
    private let state = Mutex(State())

    private struct State {
        var articles: [Int64: (article: ReadArticle, used: UInt64)] = [:]
        /// Each use with its time, oldest first; only the last one of an article counts.
        private var uses: [(row: Int64, used: UInt64)] = []
        private var gone = 0
        private var clock: UInt64 = 0

        /// Puts an article in front.
        mutating func use(_ row: Int64, _ article: ReadArticle, capacity: Int) {
            clock += 1
            articles[row] = (article, clock)
            uses.append((row, clock))
            // Of an article that is used again and again all uses but the last say nothing.
            guard uses.count > 4 * capacity else { return }
            uses = uses[gone...].filter { articles[$0.row]?.used == $0.used }
            gone = 0
        }

        /// Takes away what there are too many of, and returns it.
        mutating func evict(capacity: Int) -> [ReadArticle] {
            var evicted: [ReadArticle] = []
            while articles.count > capacity, gone < uses.count {
                let oldest = uses[gone]
                gone += 1
                guard let entry = articles[oldest.row], entry.used == oldest.used else { continue }
                articles[oldest.row] = nil
                evicted.append(entry.article)
            }
            return evicted
        }
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
                state.use(row, entry.article, capacity: capacity)
                found[row] = entry.article
            }
        }
        let missing = rows.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        for (row, stored) in try await store.articles(rows: missing) { found[row] = ReadArticle(stored) }
        keep(missing.compactMap { found[$0] }, sequence: sequence)
        return found
    }

    /// Keeps articles that were read, those apart that have changed since a snapshot of the archive.
    func keep(_ fresh: [ReadArticle], sequence: Int64) {
        let evicted = state.withLock { state in
            for article in fresh where article.stored.sequence <= sequence {
                state.use(article.stored.row, article, capacity: capacity)
            }
            return state.evict(capacity: capacity)
        }
        // To clear an article away takes half as long as to take it apart, and no question need wait for it.
        if !evicted.isEmpty { Task.detached { withExtendedLifetime(evicted) {} } }
    }

    /// Forgets rows that have changed.
    func drop(rows: [Int64]) {
        state.withLock { state in
            for row in rows { state.articles[row] = nil }
        }
    }

    /// Forgets everything.
    func clear() {
        state.withLock { $0 = State() }
    }
}
