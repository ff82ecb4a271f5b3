/// What is known of the endpoints, and which of them a question goes to next.
///
/// Endpoints outside the allowed regions are out of the question, whatever fails. Of the rest, the first level with an
/// endpoint that may be asked counts; of two random ones there the better goes (Mitzenmacher, "The Power of Two Choices
/// in Randomized Load Balancing", 2001), by latency × (questions under way + 1). When none is left the question ends
/// without a completion, at once: an extractive answer is at hand, so a closed breaker is never forced.
///
/// A value: time and randomness come in.
struct RoutingTable: Sendable {
    /// The named bounds.
    struct Configuration: Sendable {
        /// The endpoints that one question is offered to at most.
        var maxAttempts = 3
        /// The time below which no further attempt is begun; the first is the owner's to allow, by the deadline.
        var minimumBudget = Duration.seconds(3)
        /// The questions under way at one endpoint at most.
        var maxConcurrentPerEndpoint = 8
        /// Second and later attempts that each first attempt earns.
        var retryBudgetRatio = 0.2
        /// Such attempts that are always free within ``retryWindow``.
        var retryBudgetFloor = 3
        /// The time over which they are counted.
        var retryWindow = Duration.seconds(10)
        /// The time after which a measured latency weighs half.
        var latencyHalfLife = Duration.seconds(60)
        /// The breakers' bounds.
        var breaker = CircuitBreaker.Configuration()
    }

    /// What does not change of an endpoint.
    struct Endpoint: Sendable {
        /// Where it computes.
        let region: String
        /// Lower ones are asked first.
        let level: Int
    }

    /// An endpoint that a question goes to.
    struct Choice: Sendable, Hashable {
        /// Its place in the list of endpoints.
        let index: Int
        /// Whether the question is its breaker's probe.
        let isProbe: Bool
    }

    private struct Standing {
        var breaker: CircuitBreaker
        var inFlight = 0
        /// Peak EWMA of seconds: rises at once, falls slowly.
        var latency = 0.0
        var measured: ContinuousClock.Instant?
    }

    private let configuration: Configuration
    private let endpoints: [Endpoint]
    private var standings: [Standing]
    private var firstAttempts: [ContinuousClock.Instant] = []
    private var retries: [ContinuousClock.Instant] = []

    init(_ endpoints: [Endpoint], configuration: Configuration = Configuration()) {
        self.endpoints = endpoints
        self.configuration = configuration
        standings = endpoints.map { _ in Standing(breaker: CircuitBreaker(configuration.breaker)) }
    }

    /// Chooses the endpoint to ask next, which from then on counts as asked.
    ///
    /// - Parameters:
    ///   - tried: the endpoints that this question was offered to before.
    ///   - regions: the allowed regions, or nil for all.
    ///   - deadline: when an answer is of no use any more.
    ///   - now: the time.
    ///   - generator: the source of the random choice.
    /// - Returns: the choice, which must be settled; nil where none is left.
    /// - Complexity: O(endpoints + attempts of the last ten seconds).
    mutating func next(
        after tried: [Int], regions: Set<String>?, deadline: ContinuousClock.Instant,
        at now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> Choice? {
        firstAttempts.removeAll { now - $0 > configuration.retryWindow }
        retries.removeAll { now - $0 > configuration.retryWindow }
        guard tried.count < configuration.maxAttempts, deadline > now,
            tried.isEmpty || (deadline - now >= configuration.minimumBudget && hasRetry)
        else { return nil }
        let open = endpoints.indices.filter { index in
            !tried.contains(index) && regions?.contains(endpoints[index].region) ?? true
                && standings[index].inFlight < configuration.maxConcurrentPerEndpoint
                && standings[index].breaker.admits(at: now)
        }
        let level = open.map { endpoints[$0].level }.min()
        var candidates = open.filter { endpoints[$0].level == level }
        guard !candidates.isEmpty else { return nil }
        if candidates.count > 2 {
            candidates.shuffle(using: &generator)
            candidates.removeLast(candidates.count - 2)
        }
        guard let chosen = candidates.min(by: { score($0, at: now) < score($1, at: now) }) else { return nil }
        if tried.isEmpty { firstAttempts.append(now) } else { retries.append(now) }
        standings[chosen].inFlight += 1
        return Choice(index: chosen, isProbe: standings[chosen].breaker.pass(at: now))
    }

    /// Notes how the question ended that ``next(after:regions:deadline:at:using:)`` sent to an endpoint.
    ///
    /// - Returns: whether another endpoint may do better.
    mutating func settle(
        _ choice: Choice, _ error: CompletionError?, took: Duration, at now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> Bool {
        standings[choice.index].inFlight -= 1
        standings[choice.index].breaker.settle(
            error, asProbe: choice.isProbe, at: now, spread: .random(in: -1...1, using: &generator))
        if error == nil { measure(choice.index, took, at: now) }
        return switch error {
        // Too long a prompt wants fewer passages, and a wrong request is ours: another provider mends neither.
        case nil, .tooLong, .invalid, .cancelled, .slow(.deadline): false
        default: true
        }
    }

    /// Where an endpoint's breaker stands.
    func state(of index: Int, at now: ContinuousClock.Instant) -> CircuitBreaker.State {
        standings[index].breaker.state(at: now)
    }

    private var hasRetry: Bool {
        let earned = Int(Double(firstAttempts.count) * configuration.retryBudgetRatio)
        return retries.count < earned + configuration.retryBudgetFloor
    }

    private func score(_ index: Int, at now: ContinuousClock.Instant) -> Double {
        (decayed(index, at: now) + 0.001) * Double(standings[index].inFlight + 1)
    }

    private func decayed(_ index: Int, at now: ContinuousClock.Instant) -> Double {
        standings[index].latency * weight(index, at: now)
    }

    private func weight(_ index: Int, at now: ContinuousClock.Instant) -> Double {
        guard let measured = standings[index].measured else { return 0 }
        var weight = 1.0
        var age = (now - measured) / configuration.latencyHalfLife
        while age >= 1, weight > 1e-6 {
            weight /= 2
            age -= 1
        }
        return weight * (1 - min(max(age, 0), 1) / 2)
    }

    private mutating func measure(_ index: Int, _ took: Duration, at now: ContinuousClock.Instant) {
        let seconds = took / .seconds(1)
        let weight = weight(index, at: now)
        let blended = standings[index].latency * weight + seconds * (1 - weight)
        standings[index].latency = max(seconds, blended)
        standings[index].measured = now
    }
}
