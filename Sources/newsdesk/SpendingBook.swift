import Foundation
import LLM
import Storage
import Synchronization

/// Keeps what models have cost in the archive, so that a day's budget outlives a start of the program.
///
/// Each process adds its own part. What it has not kept yet when it is killed is lost: a second's worth, in the server.
final class SpendingBook: Sendable {
    private let router: ModelRouter
    private let store: NewsStore
    private let now: @Sendable () -> Date
    /// What is kept already, by plan, and the day that it is of.
    private let kept: Mutex<(day: Int, plans: [String: Spend])>

    /// A book for a router that was told what the archive held.
    init(
        _ router: ModelRouter, store: NewsStore, known: [String: Spend], now: @escaping @Sendable () -> Date
    ) {
        self.router = router
        self.store = store
        self.now = now
        kept = Mutex((ModelRouter.day(now()), known))
    }

    /// What the archive holds of today's spending.
    static func known(_ store: NewsStore, now: Date) async throws(StorageError) -> [String: Spend] {
        let all = try await store.spendings(day: ModelRouter.day(now))
        return Dictionary(all.map { ($0.plan, Spend(tokens: $0.tokens, nanos: $0.nanos)) }) { $0 + $1 }
    }

    /// Adds to the archive what was spent since the last time.
    func keep() async throws(StorageError) {
        let today = ModelRouter.day(now())
        let days = kept.withLock { $0.day == today ? [today] : [$0.day, today] }
        for day in days {
            let spent = router.spent(day: day)
            let known = kept.withLock { $0.day == day ? $0.plans : [:] }
            let news = spent.compactMap { plan, spend -> Spending? in
                let more = spend - (known[plan] ?? Spend())
                return more == Spend()
                    ? nil : Spending(day: day, plan: plan, tokens: more.tokens, nanos: more.nanos)
            }
            if !news.isEmpty { try await store.add(news) }
            kept.withLock { $0 = (day, spent) }
        }
    }
}
