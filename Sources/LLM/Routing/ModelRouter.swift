public import Foundation
public import Logging
import Synchronization
public import Transport

/// Several models as one: a prompt goes to whichever allowed endpoint is healthy, and on to the next when that fails.
///
/// An attempt is whole or it failed: what a broken stream has brought is discarded, and the next endpoint answers anew;
/// its tokens count all the same. A failing endpoint is left alone by its circuit breaker and costs nobody a second; when
/// no endpoint is left the router throws at once, for the caller has the extractive answer. Copies share what they know
/// of the endpoints. What is decided, ``RoutingTable`` decides; here are the clock, the lock and the waiting.
public struct ModelRouter: LanguageModel {
    /// What one attempt was, for metrics.
    public struct Report: Sendable, Hashable {
        /// The provider's name.
        public var provider: String
        /// `answered`, or the class of what went wrong.
        public var outcome: String
        /// From its beginning to its end.
        public var took: Duration
        /// To the first useful token; nil where none came.
        public var firstToken: Duration?
        /// Tokens of the prompt that count.
        public var promptTokens: Int
        /// Tokens of the answer that count.
        public var completionTokens: Int
        /// Whether the tokens are estimated, because the provider did not say.
        public var isEstimated: Bool
        /// What it cost, in the account's currency.
        public var cost: Double
    }

    /// One attempt at one endpoint: prompt, longest wait for the first token, deadline, and who is told of the whole text
    /// so far with every useful token.
    typealias Connection =
        @Sendable (
            Prompt, Duration, ContinuousClock.Instant, _ onText: @escaping @Sendable (String) -> Void
        ) async -> Attempt

    private struct Ledger: ~Copyable {
        var table: RoutingTable
        var waiting: [(ticket: Int, wake: CheckedContinuation<Void, Never>)] = []
        /// Tickets of questions that are about to wait; one that is woken before it does is taken out.
        var announced: Set<Int> = []
        var tickets = 0
    }

    private final class Shared: Sendable {
        let connections: [Connection]
        let ledger: Mutex<Ledger>
        let now: @Sendable () -> ContinuousClock.Instant
        let date: @Sendable () -> Date
        let observer: @Sendable (Report) -> Void
        let logger: Logger

        init(
            _ table: RoutingTable, _ connections: [Connection],
            now: @escaping @Sendable () -> ContinuousClock.Instant, date: @escaping @Sendable () -> Date,
            observer: @escaping @Sendable (Report) -> Void, logger: Logger
        ) {
            self.connections = connections
            ledger = Mutex(Ledger(table: table))
            self.now = now
            self.date = date
            self.observer = observer
            self.logger = logger
        }
    }

    /// What may be asked for whom.
    public let policy: RoutingPolicy
    private let audience: Audience
    private let shared: Shared

    /// A router over the endpoints of a policy.
    ///
    /// - Parameters:
    ///   - policy: who may be asked for whom.
    ///   - transport: the way out.
    ///   - spent: what plans have spent today before, for a program that was started anew.
    ///   - logger: told of every attempt that failed.
    ///   - observer: told of every attempt.
    ///   - date: the clock by which budgets are renewed.
    public init(
        _ policy: RoutingPolicy, transport: any HTTPTransport, spent: [String: Spend] = [:],
        logger: Logger = Logger(label: "newsdesk.llm"),
        observer: @escaping @Sendable (Report) -> Void = { _ in },
        date: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(
            policy,
            connections: policy.endpoints.map { endpoint in
                let model = RemoteModel(endpoint, transport: transport)
                return { await model.attempt($0, firstToken: $1, deadline: $2, onText: $3) }
            }, spent: spent, logger: logger, observer: observer, date: date)
    }

    init(
        _ policy: RoutingPolicy, connections: [Connection], spent: [String: Spend] = [:],
        logger: Logger = Logger(label: "newsdesk.llm"),
        observer: @escaping @Sendable (Report) -> Void = { _ in },
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        date: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.policy = policy
        audience = policy.audience(of: nil)
        shared = Shared(
            RoutingTable(policy, spent: spent, day: Self.day(date())), connections, now: now, date: date,
            observer: observer, logger: logger)
    }

    private init(_ other: ModelRouter, audience: Audience) {
        policy = other.policy
        shared = other.shared
        self.audience = audience
    }

    /// The names of the providers that may be asked, in order.
    public var name: String {
        var seen: Set<String> = []
        return policy.levels(for: audience).joined().map { policy.endpoints[$0].name }
            .filter { seen.insert($0).inserted }.joined(separator: ", ")
    }

    /// The most tokens that a prompt may have for every endpoint that may be asked to take it.
    public var promptTokens: Int? {
        policy.levels(for: audience).joined()
            .map { policy.endpoints[$0].contextTokens - policy.endpoints[$0].maxTokens }.min()
    }

    /// The same router for the questions of a conversation.
    public func serving(_ conversation: String?) -> any LanguageModel {
        ModelRouter(self, audience: policy.audience(of: conversation))
    }

    /// Why nobody can be asked for the conversation at this moment; nil where somebody may be.
    public func refusal() -> CompletionError? {
        let now = shared.now()
        return shared.ledger.withLock { $0.table.refusal(for: audience, at: now) }
    }

    /// The day by UTC that budgets count a time to, since 1970.
    public static func day(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 86_400).rounded(.down)) }

    /// What each plan has spent on a day, with what it had spent before the start.
    public func spent(day: Int) -> [String: Spend] {
        shared.ledger.withLock { $0.table.spent(day: day) }
    }

    /// How the endpoints stand, in the owner's order.
    public func status() -> [EndpointStatus] {
        let now = shared.now()
        return shared.ledger.withLock { ledger in
            policy.endpoints.indices.map { ledger.table.status(of: $0, at: now) }
        }
    }

    /// The whole text for one prompt, by the first endpoint that gives one.
    ///
    /// - Throws: the error of the last attempt; where none could be made, why; ``CompletionError/cancelled`` when the task
    ///   is cancelled.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant
    ) async throws(CompletionError) -> Completion {
        try await complete(prompt, deadline: deadline) { _ in }
    }

    /// The whole text for one prompt, with a view of how it grows: that of the attempt which goes on.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, onText: @escaping @Sendable (String) -> Void
    ) async throws(CompletionError) -> Completion {
        var generator = SystemRandomNumberGenerator()
        var question = shared.ledger.withLock {
            $0.table.question(audience, promptTokens: prompt.estimatedTokens, deadline: deadline)
        }
        while true {
            let (now, day) = (shared.now(), today)
            let step = shared.ledger.withLock {
                $0.table.next(for: &question, at: now, day: day, using: &generator)
            }
            switch step {
            case .end(let error): throw error
            case .queue(let end):
                await waitForRoom(until: end)
                if Task.isCancelled {
                    shared.ledger.withLock { $0.table.abandon(&question) }
                    throw .cancelled
                }
            case .attempt(let choice):
                let ended = await attempts(prompt, choice, &question, deadline: deadline, onText)
                // The one that counts comes last, and decides how the question stands.
                let goesOn = ended.map { settle($0.choice, &question, $0.attempt) }.allSatisfy(\.self)
                switch ended.last?.attempt.result {
                case .success(let completion): return completion
                case .failure(let error): guard goesOn else { throw error }
                case nil: throw .cancelled
                }
            }
        }
    }

    private var today: Int { Self.day(shared.date()) }

    /// The attempt, and where it is silent for longer than usual and the route allows it, another beside it: the first of
    /// them to speak is waited for, and the other let go.
    ///
    /// - Returns: how each ended; the one that counts is the last.
    private func attempts(
        _ prompt: Prompt, _ first: RoutingTable.Choice, _ question: inout RoutingTable.RoutedQuestion,
        deadline: ContinuousClock.Instant, _ onText: @escaping @Sendable (String) -> Void
    ) async -> [(choice: RoutingTable.Choice, attempt: Attempt)] {
        let delay = shared.ledger.withLock { [question] in $0.table.hedgeDelay(first, of: question) }
        guard let delay else {
            return [(first, await attempt(prompt, first, deadline: deadline, onText))]
        }
        let race = Race(onText)
        return await withTaskGroup(of: (choice: RoutingTable.Choice, attempt: Attempt)?.self) { group in
            group.addTask {
                await (first, race.run(first.index) { await attempt(prompt, first, deadline: deadline, $0) })
            }
            group.addTask {
                // Sleep fails on cancellation alone, which means that the first attempt is over.
                try? await Task.sleep(for: delay)
                return nil
            }
            var ended: [(choice: RoutingTable.Choice, attempt: Attempt)] = []
            var running = 1
            while let event = await group.next() {
                if let event {
                    ended.append(event)
                    running -= 1
                    if running == 0 || event.attempt.error == nil { group.cancelAll() }
                } else if running == 1, !race.isDecided, let second = hedge(first, &question) {
                    running += 1
                    group.addTask {
                        await (
                            second,
                            race.run(second.index) { await attempt(prompt, second, deadline: deadline, $0) }
                        )
                    }
                }
            }
            let counting =
                ended.lastIndex { $0.attempt.error == nil }
                ?? ended.lastIndex { $0.attempt.error != .cancelled }
            if let counting { ended.append(ended.remove(at: counting)) }
            return ended
        }
    }

    private func hedge(
        _ first: RoutingTable.Choice, _ question: inout RoutingTable.RoutedQuestion
    ) -> RoutingTable.Choice? {
        guard !Task.isCancelled else { return nil }
        var generator = SystemRandomNumberGenerator()
        let (now, day) = (shared.now(), today)
        return shared.ledger.withLock {
            $0.table.hedge(first, of: &question, at: now, day: day, using: &generator)
        }
    }

    private func attempt(
        _ prompt: Prompt, _ choice: RoutingTable.Choice, deadline: ContinuousClock.Instant,
        _ onText: @escaping @Sendable (String) -> Void
    ) async -> Attempt {
        if choice.pause > .zero {
            do { try await Task.sleep(for: choice.pause) } catch { return Attempt(.failure(.cancelled)) }
        }
        let start = shared.now()
        let attempt = await shared.connections[choice.index](
            prompt, choice.firstTokenTimeout, deadline, onText)
        let endpoint = policy.endpoints[choice.index]
        let report = Report(
            provider: endpoint.name, outcome: attempt.error?.label ?? "answered", took: shared.now() - start,
            firstToken: attempt.firstToken, promptTokens: attempt.usage.prompt ?? 0,
            completionTokens: attempt.usage.completion ?? 0, isEstimated: attempt.isEstimated,
            cost: Double(endpoint.spend(attempt.usage).nanos) / 1e9)
        shared.observer(report)
        if let error = attempt.error, error != .cancelled {
            let needsMending =
                switch error {
                case .rejected, .exhausted, .invalid: true
                default: false
                }
            shared.logger.log(
                level: needsMending ? .warning : .notice, "Model attempt failed",
                metadata: [
                    "provider": "\(endpoint.name)", "class": "\(error.label)", "error": "\(error)",
                    "took": "\(report.took)",
                ])
        }
        return attempt
    }

    private func settle(
        _ choice: RoutingTable.Choice, _ question: inout RoutingTable.RoutedQuestion, _ attempt: Attempt
    ) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let (now, day) = (shared.now(), today)
        let (goesOn, next) = shared.ledger.withLock { ledger in
            let goesOn = ledger.table.settle(
                choice, of: &question, attempt, at: now, day: day, using: &generator)
            return (goesOn, ledger.waiting.isEmpty ? nil : ledger.waiting.removeFirst().wake)
        }
        next?.resume()
        return goesOn
    }

    /// Waits until an attempt elsewhere is over, the time has come, or the task is cancelled.
    private func waitForRoom(until end: ContinuousClock.Instant) async {
        let ticket = shared.ledger.withLock { ledger in
            ledger.tickets += 1
            ledger.announced.insert(ledger.tickets)
            return ledger.tickets
        }
        await withTaskGroup { group in
            group.addTask {
                // Sleep fails on cancellation alone, which means that the wait is over.
                try? await Task.sleep(until: end, clock: .continuous)
                Self.wake(ticket, shared)
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { wake in
                    let isOver = shared.ledger.withLock { ledger in
                        guard ledger.announced.remove(ticket) != nil else { return true }
                        ledger.waiting.append((ticket, wake))
                        return false
                    }
                    if isOver { wake.resume() }
                }
            } onCancel: {
                Self.wake(ticket, shared)
            }
            group.cancelAll()
        }
    }

    private static func wake(_ ticket: Int, _ shared: Shared) {
        let wake = shared.ledger.withLock { ledger -> CheckedContinuation<Void, Never>? in
            guard let place = ledger.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                ledger.announced.remove(ticket)
                return nil
            }
            return ledger.waiting.remove(at: place).wake
        }
        wake?.resume()
    }
}

/// Attempts of which the first to speak goes on and the others are let go.
private final class Race: Sendable {
    private struct State {
        var winner: Int?
        var losers: [Int: AsyncStream<Never>.Continuation] = [:]
    }

    private let state = Mutex(State())
    private let onText: @Sendable (String) -> Void

    /// A race of which the winner's words are told.
    init(_ onText: @escaping @Sendable (String) -> Void) { self.onText = onText }

    /// Whether one of them speaks.
    var isDecided: Bool { state.withLock { $0.winner != nil } }

    /// Runs one of them until it is over, or another has won.
    func run(
        _ runner: Int,
        _ body: @escaping @Sendable (_ onText: @escaping @Sendable (String) -> Void) async -> Attempt
    ) async -> Attempt {
        let (isOver, continuation) = AsyncStream.makeStream(of: Never.self)
        let hasLost = state.withLock { state in
            if state.winner == nil { state.losers[runner] = continuation }
            return state.winner != nil
        }
        if hasLost { continuation.finish() }
        return await withTaskGroup(of: Attempt?.self) { group in
            group.addTask { await body { if self.win(runner) { self.onText($0) } } }
            group.addTask {
                for await _ in isOver {}
                return nil
            }
            defer { group.cancelAll() }
            while let attempt = await group.next() {
                if let attempt { return attempt }
                group.cancelAll()
            }
            return Attempt(.failure(.cancelled))
        }
    }

    /// Whether a runner that speaks has won, now or before.
    private func win(_ runner: Int) -> Bool {
        let (hasWon, losers) = state.withLock { state in
            guard state.winner == nil else {
                return (state.winner == runner, [AsyncStream<Never>.Continuation]())
            }
            state.winner = runner
            state.losers[runner] = nil
            defer { state.losers = [:] }
            return (true, Array(state.losers.values))
        }
        for loser in losers { loser.finish() }
        return hasWon
    }
}
