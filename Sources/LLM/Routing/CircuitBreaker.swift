/// Whether one endpoint may be asked now, by how it served before.
///
/// closed ─5 failures in a row, or half of at least 10 within a minute→ open ─time→ half-open ─2 successes→ closed;
/// a failure while half-open opens it again, for twice as long. A cooldown that a provider asks for, a spent quota
/// and a refused key close the way for their own time without being failures. A closure is only ever extended.
///
/// A value on an injected clock: no time, no randomness and no I/O of its own. All operations are O(calls in window),
/// of which at most 64 are kept.
struct CircuitBreaker: Sendable {
    /// The named bounds; sources: Finagle and resilience4j for the shape, smaller counts for a chat's few calls.
    struct Configuration: Sendable {
        /// Failures in a row that open.
        var consecutiveFailures = 5
        /// The share of failures within ``window`` that opens, from ``leastCalls`` on.
        var failureRate = 0.5
        /// How far back calls count.
        var window = Duration.seconds(60)
        /// The calls below which a share says nothing.
        var leastCalls = 10
        /// The first time of being open, doubled with each opening in a row up to ``longestOpen``.
        var open = Duration.seconds(10)
        /// The longest time of being open after failures.
        var longestOpen = Duration.seconds(300)
        /// The share by which a time of being open is shortened or lengthened, so that replicas do not probe at once.
        var jitter = 0.2
        /// Successes of probes that close.
        var probeSuccesses = 2
        /// The wait after a rate limit that names none, and the least after one that does.
        var cooldown = Duration.seconds(5)
        /// The longest wait that a provider may ask for.
        var longestCooldown = Duration.seconds(600)
        /// The wait after a spent quota, which only a human mends.
        var exhausted = Duration.seconds(3600)
        /// The wait after a refused key, model or region.
        var rejected = Duration.seconds(900)
    }

    /// Where the breaker stands.
    enum State: String, Sendable {
        /// Questions pass.
        case closed
        /// None passes.
        case open
        /// One at a time passes, as a probe.
        case halfOpen = "half_open"
    }

    private struct Call {
        let time: ContinuousClock.Instant
        let failed: Bool
    }

    private static let keptCalls = 64

    private let configuration: Configuration
    private var failuresInRow = 0
    private var openings = 0
    private var calls: [Call] = []
    private var successes = 0
    /// Whether ``closedUntil`` must be followed by probes.
    private var isTripped = false
    private var probeInFlight = false

    /// When questions may pass again, or nil where nothing ever kept them out.
    private(set) var closedUntil: ContinuousClock.Instant?

    init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    /// Where it stands at that time.
    func state(at now: ContinuousClock.Instant) -> State {
        if let closedUntil, now < closedUntil { return .open }
        return isTripped ? .halfOpen : .closed
    }

    /// Whether a question may pass at that time.
    func admits(at now: ContinuousClock.Instant) -> Bool {
        switch state(at: now) {
        case .open: false
        case .closed: true
        case .halfOpen: !probeInFlight
        }
    }

    /// Notes that a question passes; each must be settled by ``settle(_:asProbe:at:spread:)``.
    ///
    /// - Returns: whether it is a probe, which its settling must say again.
    mutating func pass(at now: ContinuousClock.Instant) -> Bool {
        guard state(at: now) == .halfOpen else { return false }
        probeInFlight = true
        return true
    }

    /// Notes how a question that passed has ended.
    ///
    /// - Parameters:
    ///   - error: what went wrong, or nil for an answer.
    ///   - wasProbe: what its passing returned.
    ///   - isSlow: whether an answer began later than it should; a question is served by it, yet a share of such opens.
    ///   - now: when.
    ///   - spread: a random number in -1…1, which jitters a time of being open.
    mutating func settle(
        _ error: CompletionError?, asProbe wasProbe: Bool, isSlow: Bool = false,
        at now: ContinuousClock.Instant, spread: Double = 0
    ) {
        if wasProbe { probeInFlight = false }
        switch error {
        case nil: succeeded(at: now, wasProbe: wasProbe, isSlow: isSlow, spread: spread)
        case .unreachable, .cut, .overloaded, .malformed, .slow(.connect), .slow(.firstToken), .slow(.idle):
            failed(at: now, wasProbe: wasProbe, spread: spread)
        case .limited(let wait):
            let bounded = min(max(wait ?? .zero, configuration.cooldown), configuration.longestCooldown)
            extend(to: now + bounded)
        case .exhausted:
            isTripped = true
            extend(to: now + configuration.exhausted)
        case .rejected:
            isTripped = true
            extend(to: now + configuration.rejected)
        // These say something of the question or its reader, and nothing of the endpoint.
        case .slow(.deadline), .tooLong, .filtered, .invalid, .cancelled: break
        }
    }

    /// The share of answers within the window; 1 where nothing is known.
    func successRate(at now: ContinuousClock.Instant) -> Double {
        let recent = calls.filter { $0.time >= now - configuration.window }
        return recent.isEmpty ? 1 : Double(recent.count { !$0.failed }) / Double(recent.count)
    }

    private mutating func succeeded(
        at now: ContinuousClock.Instant, wasProbe: Bool, isSlow: Bool, spread: Double
    ) {
        failuresInRow = 0
        note(Call(time: now, failed: isSlow))
        if isSlow, !isTripped, isFailingOften { trip(at: now, spread: spread) }
        guard wasProbe, isTripped else { return }
        successes += 1
        guard successes >= configuration.probeSuccesses else { return }
        isTripped = false
        successes = 0
        openings = 0
        calls = []
    }

    private mutating func failed(at now: ContinuousClock.Instant, wasProbe: Bool, spread: Double) {
        failuresInRow += 1
        note(Call(time: now, failed: true))
        // What was under way when the breaker opened tells nothing new.
        if let closedUntil, now < closedUntil { return }
        guard
            (wasProbe && isTripped) || failuresInRow >= configuration.consecutiveFailures || isFailingOften
        else { return }
        trip(at: now, spread: spread)
    }

    private var isFailingOften: Bool {
        let rate = Double(calls.count(where: \.failed)) / Double(calls.count)
        return calls.count >= configuration.leastCalls && rate >= configuration.failureRate
    }

    private mutating func trip(at now: ContinuousClock.Instant, spread: Double) {
        isTripped = true
        successes = 0
        var time = configuration.open
        for _ in 0..<openings where time < configuration.longestOpen { time *= 2 }
        openings += 1
        extend(to: now + min(time, configuration.longestOpen) * (1 + configuration.jitter * spread))
    }

    private mutating func note(_ call: Call) {
        calls.append(call)
        let oldest = call.time - configuration.window
        calls.removeAll { $0.time < oldest }
        if calls.count > Self.keptCalls { calls.removeFirst(calls.count - Self.keptCalls) }
    }

    private mutating func extend(to time: ContinuousClock.Instant) {
        closedUntil = max(closedUntil ?? time, time)
    }
}
