import Foundation
import Storage
import Synchronization
import Testing

@testable import LLM
@testable import newsdesk

@Suite struct SpendingTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

    /// A router whose every answer takes a thousand tokens at a price of 1000 a million.
    private func router(_ spent: [String: Spend], _ date: @escaping @Sendable () -> Date) -> ModelRouter {
        var endpoint = ModelEndpoint(name: "a", baseURL: "https://a.example/v1", model: "m", maxTokens: 100)
        endpoint.price = ModelEndpoint.Price(input: 1000, output: 1000)
        return ModelRouter(
            RoutingPolicy(
                endpoints: [endpoint], budgets: ["": PlanBudget(dailyCost: 2.5, questionCost: 10)]),
            connections: [
                { _, _, _, _ in
                    var attempt = Attempt(.success(Completion(text: "x", provider: "a", model: "m")))
                    attempt.usage = TokenUsage(prompt: 900, completion: 100)
                    return attempt
                }
            ], spent: spent, date: date)
    }

    private func ask(_ router: ModelRouter) async -> String {
        do throws(CompletionError) {
            return try await router.complete(
                Prompt(system: "s", user: "u"), deadline: .now + .seconds(3600)
            ).text
        } catch {
            return error.label
        }
    }

    @Test func `a day's budget outlives a start, and ends with the day`() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try NewsStore(path: folder + "/x.sqlite")
        let clock = Mutex(Date(timeIntervalSince1970: 1_763_000_000))
        let now: @Sendable () -> Date = { clock.withLock(\.self) }
        for answers in [["x", "x"], ["x", "exhausted"], ["exhausted", "exhausted"]] {
            let known = try await SpendingBook.known(store, now: now())
            let router = router(known, now)
            let book = SpendingBook(router, store: store, known: known, now: now)
            for expected in answers {
                #expect(await ask(router) == expected)
                try await book.keep()
                try await book.keep()
            }
        }
        let day = ModelRouter.day(now())
        #expect(
            try await store.spendings(day: day)
                == [Spending(day: day, plan: "", tokens: 3000, nanos: 3_000_000_000)])
        clock.withLock { $0 += 86_400 }
        #expect(try await SpendingBook.known(store, now: now()) == [:])
        #expect(await ask(router([:], now)) == "x")
    }
}
