import Synchronization

/// Several models as one: a prompt goes to whichever allowed endpoint is healthy, and on to the next when that fails.
///
/// An attempt is whole or it failed: what a broken stream has brought is discarded, and the next endpoint answers anew.
/// A failing endpoint is left alone by its circuit breaker and costs nobody a second; when no endpoint is left the
/// router throws at once, for the caller has the extractive answer. Copies share what they know of the endpoints.
public struct ModelRouter: LanguageModel {
    /// One model and what decides whether a question may go there.
    public struct Endpoint: Sendable {
        /// The model; each of its calls is one attempt.
        public var model: any LanguageModel
        /// Where it computes, in the owner's words (`eu`, `us`).
        public var region: String
        /// Endpoints of a lower level are asked first.
        public var level: Int

        /// An endpoint from its parts.
        public init(_ model: any LanguageModel, region: String = "", level: Int = 0) {
            self.model = model
            self.region = region
            self.level = level
        }
    }

    private final class Ledger: Sendable {
        let table: Mutex<RoutingTable>
        init(_ table: RoutingTable) { self.table = Mutex(table) }
    }

    private let endpoints: [Endpoint]
    private let regions: Set<String>?
    private let ledger: Ledger
    private let now: @Sendable () -> ContinuousClock.Instant

    /// A router over these endpoints, allowed in these regions, or in all where nil.
    public init(
        _ endpoints: [Endpoint], regions: Set<String>? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.endpoints = endpoints
        self.regions = regions
        self.now = now
        ledger = Ledger(
            RoutingTable(endpoints.map { RoutingTable.Endpoint(region: $0.region, level: $0.level) }))
    }

    private init(_ other: ModelRouter, regions: Set<String>) {
        endpoints = other.endpoints
        ledger = other.ledger
        now = other.now
        self.regions = other.regions.map { $0.intersection(regions) } ?? regions
    }

    /// The same router for a conversation that allows these regions alone; a restriction is never lifted.
    public func restricted(to regions: Set<String>) -> ModelRouter { ModelRouter(self, regions: regions) }

    /// The names of the models that may be asked, in order.
    public var name: String {
        endpoints.filter { regions?.contains($0.region) ?? true }.map(\.model.name).joined(separator: ", ")
    }

    /// The whole text for one prompt, by the first endpoint that gives one.
    ///
    /// - Throws: the error of the last attempt, or ``CompletionError/unreachable(_:)`` where none could be made;
    ///   ``CompletionError/cancelled`` when the task is cancelled.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant
    ) async throws(CompletionError) -> Completion {
        var generator = SystemRandomNumberGenerator()
        var tried: [Int] = []
        var last = CompletionError.unreachable("no endpoint may be asked now")
        while true {
            guard !Task.isCancelled else { throw .cancelled }
            let start = now()
            let chosen = ledger.table.withLock {
                $0.next(after: tried, regions: regions, deadline: deadline, at: start, using: &generator)
            }
            guard let chosen else { throw last }
            tried.append(chosen.index)
            do throws(CompletionError) {
                let completion = try await endpoints[chosen.index].model.complete(prompt, deadline: deadline)
                _ = settle(chosen, nil, since: start)
                return completion
            } catch {
                last = error
                guard settle(chosen, error, since: start) else { throw error }
            }
        }
    }

    private func settle(
        _ choice: RoutingTable.Choice, _ error: CompletionError?, since start: ContinuousClock.Instant
    ) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let end = now()
        return ledger.table.withLock {
            $0.settle(choice, error, took: end - start, at: end, using: &generator)
        }
    }
}
