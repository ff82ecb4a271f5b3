/// What is known of the endpoints, and which of them a question goes to next.
///
/// The policy rules out endpoints for good. Of the rest, the first level with one that may be asked counts; there another
/// vendor or region than those tried before is preferred, and of two random endpoints the better goes (Mitzenmacher, "The
/// Power of Two Choices in Randomized Load Balancing", 2001), by time to the first token × (questions under way + 1) ÷
/// share of successes. When none is left the question ends without a completion, at once: an extractive answer is at hand,
/// so an open breaker is never forced. Where all are only busy, a bounded number of questions waits a little.
///
/// A value: time, the day and randomness come in.
struct RoutingTable: Sendable {
    /// The named bounds.
    struct Parameters: Sendable {
        /// The attempts of one question at most.
        var maxAttempts = 3
        /// The time below which no further attempt is begun; the first is the owner's to allow, by the deadline.
        var minimumBudget = Duration.seconds(3)
        /// Second and later attempts that each first attempt of a route earns.
        var retryBudgetRatio = 0.2
        /// Such attempts that are always free within ``retryWindow``.
        var retryBudgetFloor = 3
        /// The time over which they are counted.
        var retryWindow = Duration.seconds(10)
        /// The longest pause before the same endpoint is asked again; the real one is a random part of it.
        var backoff = Duration.milliseconds(200)
        /// The time after which a measured latency weighs half.
        var latencyHalfLife = Duration.seconds(60)
        /// The first tokens after which an endpoint's own pace bounds the wait for them.
        var adaptiveSamples = 20
        /// The share of the configured wait that the adaptive one lies in, around three times the 95th percentile.
        var adaptiveRange = 0.375...1.875
        /// The share of the questions that may be put to a second endpoint while the first is silent.
        var hedgeShare = 0.05
        /// The price, in billionths, that such a second attempt must be below by its estimate.
        var hedgePrice = 2_000_000
        /// The questions that wait for a busy endpoint at most.
        var queueLimit = 16
        /// The longest such wait.
        var queueWait = Duration.seconds(1)
        /// The breakers' bounds.
        var breaker = CircuitBreaker.Configuration()
    }

    /// What a question may do now.
    enum Step: Sendable {
        /// Go to an endpoint, which from then on counts as asked; must be settled.
        case attempt(Choice)
        /// Wait until an endpoint is free, or that time.
        case queue(until: ContinuousClock.Instant)
        /// End without a completion.
        case end(CompletionError)
    }

    /// An endpoint that a question goes to.
    struct Choice: Sendable, Hashable {
        /// Its place in the list of endpoints.
        let index: Int
        /// Whether the question is its breaker's probe.
        let isProbe: Bool
        /// What is set aside for it.
        let reservation: Spend
        /// The longest wait for the first useful token.
        let firstTokenTimeout: Duration
        /// The pause before it begins.
        let pause: Duration
    }

    private struct Standing {
        var breaker: CircuitBreaker
        var inFlight = 0
        /// Peak EWMA of seconds to the first token: rises at once, falls slowly.
        var latency = 0.0
        var measured: ContinuousClock.Instant?
        /// The last times to the first token, in seconds.
        var firstTokens: [Double] = []
        var headroom: Headroom?
        /// When it was asked within the last minute.
        var asked: [ContinuousClock.Instant] = []
        var outcomes: [String: Int] = [:]
        var spent = Spend()
        var lastFailure: String?
    }

    private struct RetryWindow {
        var firsts: [ContinuousClock.Instant] = []
        var retries: [ContinuousClock.Instant] = []
    }

    private static let keptFirstTokens = 64

    let policy: RoutingPolicy
    private let parameters: Parameters
    private var standings: [Standing]
    private var retryWindows: [[[Int]]: RetryWindow] = [:]
    private var ledger: BudgetLedger
    private var queued = 0
    /// Questions of routes that hedge, and how many of them were put to a second endpoint; old ones count less.
    private var hedging = (questions: 0, hedges: 0)

    init(
        _ policy: RoutingPolicy, parameters: Parameters = Parameters(), spent: [String: Spend] = [:],
        day: Int = 0
    ) {
        self.policy = policy
        self.parameters = parameters
        standings = policy.endpoints.map { _ in
            Standing(breaker: CircuitBreaker(parameters.breaker))
        }
        ledger = BudgetLedger(policy.budgets, spent: spent, day: day)
    }

    /// A question with what is known of its fate.
    struct RoutedQuestion: Sendable {
        fileprivate let plan: String
        fileprivate let levels: [[Int]]
        fileprivate let preference: Route.Preference
        fileprivate let hedges: Bool
        let promptTokens: Int
        let deadline: ContinuousClock.Instant
        /// The endpoints that it was offered to, in order.
        fileprivate(set) var tried: [Int] = []
        /// What all its attempts have cost.
        fileprivate(set) var spent = Spend()
        fileprivate var last: CompletionError?
        fileprivate var refusingVendors: Set<String> = []
        fileprivate var queuedUntil: ContinuousClock.Instant?
    }

    /// A question of an audience, not yet offered to anyone.
    func question(
        _ audience: Audience, promptTokens: Int, deadline: ContinuousClock.Instant
    ) -> RoutedQuestion {
        let route = policy.route(for: audience)
        return RoutedQuestion(
            plan: audience.plan, levels: policy.levels(for: audience),
            preference: route?.preference ?? .latency, hedges: route?.hedges ?? false,
            promptTokens: promptTokens, deadline: deadline)
    }

    // MARK: Choosing

    /// Why no question of an audience can be put to anyone at this moment, whatever its prompt; nil where one may be.
    ///
    /// - Complexity: O(endpoints + attempts of the last minute).
    func refusal(for audience: Audience, at now: ContinuousClock.Instant) -> CompletionError? {
        let allowed = policy.levels(for: audience).joined()
        guard !allowed.isEmpty else { return Self.nobodyAllowed }
        let isAnyOpen = allowed.contains { index in
            standings[index].breaker.admits(at: now) && !isAtLimit(index, 0, at: now)
        }
        return isAnyOpen ? nil : Self.nobodyOpen
    }

    private static let nobodyAllowed = CompletionError.unreachable(
        "no provider may be asked for this conversation")
    private static let nobodyOpen = CompletionError.unreachable("no endpoint may be asked now")

    /// Says what a question does next.
    ///
    /// - Parameters:
    ///   - question: the question; notes what it is told.
    ///   - now: the time.
    ///   - day: the day by UTC, since 1970.
    ///   - generator: the source of the random choice.
    /// - Returns: an attempt, which counts as begun; a wait; or the end.
    /// - Complexity: O(endpoints + attempts of the last minute).
    mutating func next(
        for question: inout RoutedQuestion, at now: ContinuousClock.Instant, day: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Step {
        leaveQueue(&question)
        let allowed = question.levels.flatMap(\.self)
        guard !allowed.isEmpty else {
            return .end(Self.nobodyAllowed)
        }
        guard question.deadline > now else { return .end(question.last ?? .slow(.deadline)) }
        let fitting = Set(allowed.filter { fits(question, $0) })
        guard !fitting.isEmpty else {
            let window = allowed.map { policy.endpoints[$0].contextTokens }.max() ?? 0
            return .end(
                .tooLong("some \(question.promptTokens) tokens, and the largest window has \(window)"))
        }
        if !question.tried.isEmpty {
            guard question.tried.count < parameters.maxAttempts,
                question.deadline - now >= parameters.minimumBudget,
                hasRetry(question.levels, at: now)
            else { return .end(question.last ?? .slow(.deadline)) }
        }

        var refusal: BudgetLedger.Refusal?
        var isBusy = false
        for level in question.levels {
            var candidates: [Int] = []
            for index in level where fitting.contains(index) && isOpen(index, for: question, at: now) {
                let endpoint = policy.endpoints[index]
                let estimate = estimate(question, index)
                if let no = ledger.refusal(
                    estimate, plan: question.plan, spentBefore: question.spent, day: day)
                {
                    refusal = refusal ?? no
                } else if standings[index].inFlight >= endpoint.maxConcurrent {
                    isBusy = true
                } else {
                    candidates.append(index)
                }
            }
            if let chosen = choose(candidates, for: question, at: now, using: &generator) {
                return .attempt(begin(chosen, &question, at: now, day: day, pause: .zero))
            }
        }
        if let pause = pauseBeforeSame(question, allowed, at: now, using: &generator),
            let same = question.tried.last,
            ledger.refusal(
                estimate(question, same), plan: question.plan, spentBefore: question.spent, day: day) == nil
        {
            return .attempt(begin(same, &question, at: now, day: day, pause: pause))
        }
        if isBusy, queued < parameters.queueLimit {
            let end = question.queuedUntil ?? min(now + parameters.queueWait, question.deadline)
            if now < end {
                question.queuedUntil = end
                queued += 1
                return .queue(until: end)
            }
        }
        if let last = question.last { return .end(last) }
        switch refusal {
        case .question: return .end(.exhausted("the question would cost more than one of its plan may"))
        case .day: return .end(.exhausted("the plan's budget for today is spent"))
        case nil:
            return .end(isBusy ? .overloaded("all endpoints are busy") : Self.nobodyOpen)
        }
    }

    /// Notes that a question which waits has gone away.
    mutating func abandon(_ question: inout RoutedQuestion) { leaveQueue(&question) }

    private mutating func leaveQueue(_ question: inout RoutedQuestion) {
        if question.queuedUntil != nil, queued > 0 { queued -= 1 }
    }

    private func fits(_ question: RoutedQuestion, _ index: Int) -> Bool {
        let endpoint = policy.endpoints[index]
        return question.promptTokens + endpoint.maxTokens <= endpoint.contextTokens
    }

    private func isOpen(
        _ index: Int, for question: RoutedQuestion, at now: ContinuousClock.Instant
    ) -> Bool {
        let (endpoint, standing) = (policy.endpoints[index], standings[index])
        return !question.tried.contains(index) && !question.refusingVendors.contains(endpoint.vendor)
            && standing.breaker.admits(at: now) && !isAtLimit(index, question.promptTokens, at: now)
    }

    private func isAtLimit(_ index: Int, _ tokens: Int, at now: ContinuousClock.Instant) -> Bool {
        if standings[index].headroom?.forbids(tokens: tokens, at: now) == true { return true }
        guard let limit = policy.endpoints[index].requestsPerMinute else { return false }
        return standings[index].asked.count { now - $0 < .seconds(60) } >= limit
    }

    private func estimate(_ question: RoutedQuestion, _ index: Int) -> Spend {
        let endpoint = policy.endpoints[index]
        return endpoint.spend(TokenUsage(prompt: question.promptTokens, completion: endpoint.maxTokens))
    }

    private func choose(
        _ candidates: [Int], for question: RoutedQuestion, at now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> Int? {
        // What fails together is not tried one after the other.
        let failed = Set(question.tried.map(domain))
        let elsewhere = candidates.filter { !failed.contains(domain($0)) }
        var pair = elsewhere.isEmpty ? candidates : elsewhere
        if question.preference == .price {
            let lowest = pair.map { estimate(question, $0).nanos }.min()
            pair = pair.filter { estimate(question, $0).nanos == lowest }
        }
        if pair.count > 2 {
            pair.shuffle(using: &generator)
            pair.removeLast(pair.count - 2)
        }
        return pair.min { score($0, at: now) < score($1, at: now) }
    }

    private func domain(_ index: Int) -> String {
        policy.endpoints[index].vendor + " " + policy.endpoints[index].region
    }

    /// The pause before the only endpoint that a question has is asked once more; nil where that is no use.
    private func pauseBeforeSame(
        _ question: RoutedQuestion, _ allowed: [Int], at now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        guard question.tried.count == 1, let index = question.tried.last, Set(allowed) == [index],
            standings[index].breaker.state(at: now) == .closed
        else { return nil }
        switch question.last {
        case .unreachable: return .zero
        case .overloaded: return parameters.backoff * Double.random(in: 0...1, using: &generator)
        default: return nil
        }
    }

    private mutating func begin(
        _ index: Int, _ question: inout RoutedQuestion, at now: ContinuousClock.Instant, day: Int,
        pause: Duration
    ) -> Choice {
        let reservation = estimate(question, index)
        ledger.reserve(reservation, plan: question.plan, day: day)
        var window = retryWindows[question.levels] ?? RetryWindow()
        if question.tried.isEmpty { window.firsts.append(now) } else { window.retries.append(now) }
        retryWindows[question.levels] = window
        if question.hedges, question.tried.isEmpty {
            hedging.questions += 1
            if hedging.questions > 2000 { hedging = (hedging.questions / 2, hedging.hedges / 2) }
        }
        question.tried.append(index)
        question.queuedUntil = nil
        standings[index].inFlight += 1
        standings[index].asked.removeAll { now - $0 >= .seconds(60) }
        standings[index].asked.append(now)
        return Choice(
            index: index, isProbe: standings[index].breaker.pass(at: now), reservation: reservation,
            firstTokenTimeout: firstTokenTimeout(index), pause: pause)
    }

    // MARK: Hedging

    /// How long an attempt may be silent before another endpoint is asked besides: as long as nineteen of twenty answers
    /// of its endpoint took to begin; nil where the route does not hedge, or that is not known yet.
    func hedgeDelay(_ choice: Choice, of question: RoutedQuestion) -> Duration? {
        guard question.hedges, question.tried.count == 1, choice.pause == .zero else { return nil }
        return usualFirstToken(choice.index).map { .seconds($0) }
    }

    /// Another endpoint for a question whose first attempt is silent, while it is under way; nil where none may be asked
    /// besides: few questions may be, only cheaply, from an ample budget, and never as a breaker's probe.
    ///
    /// Source: Dean and Barroso, "The Tail at Scale", 2013.
    ///
    /// - Returns: an attempt, which counts as begun; must be settled as the first must.
    mutating func hedge(
        _ first: Choice, of question: inout RoutedQuestion, at now: ContinuousClock.Instant, day: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Choice? {
        guard question.tried == [first.index], parameters.maxAttempts > 1,
            question.deadline - now >= parameters.minimumBudget,
            Double(hedging.hedges + 1) <= Double(hedging.questions) * parameters.hedgeShare,
            hasRetry(question.levels, at: now)
        else { return nil }
        for level in question.levels {
            let candidates = level.filter { index in
                let estimate = estimate(question, index)
                return fits(question, index) && isOpen(index, for: question, at: now)
                    && standings[index].breaker.state(at: now) == .closed
                    && standings[index].inFlight < policy.endpoints[index].maxConcurrent
                    && estimate.nanos < parameters.hedgePrice
                    && ledger.isAmple(after: estimate, plan: question.plan, day: day)
                    && ledger.refusal(
                        estimate, plan: question.plan, spentBefore: question.spent + first.reservation,
                        day: day) == nil
            }
            if let chosen = choose(candidates, for: question, at: now, using: &generator) {
                hedging.hedges += 1
                return begin(chosen, &question, at: now, day: day, pause: .zero)
            }
        }
        return nil
    }

    /// Three times what nineteen of twenty answers took to begin, near to what is configured.
    private func firstTokenTimeout(_ index: Int) -> Duration {
        let configured = policy.endpoints[index].firstTokenTimeout
        guard let usual = usualFirstToken(index) else { return configured }
        let wanted = Duration.seconds(3 * usual)
        return min(
            max(wanted, configured * parameters.adaptiveRange.lowerBound),
            configured * parameters.adaptiveRange.upperBound)
    }

    /// The seconds within which nineteen of twenty answers began; nil before enough are known.
    private func usualFirstToken(_ index: Int) -> Double? {
        let times = standings[index].firstTokens
        return times.count >= parameters.adaptiveSamples ? times.sorted()[times.count * 19 / 20] : nil
    }

    private mutating func hasRetry(_ levels: [[Int]], at now: ContinuousClock.Instant) -> Bool {
        guard var window = retryWindows[levels] else { return true }
        window.firsts.removeAll { now - $0 > parameters.retryWindow }
        window.retries.removeAll { now - $0 > parameters.retryWindow }
        retryWindows[levels] = window
        let earned = Int(Double(window.firsts.count) * parameters.retryBudgetRatio)
        return window.retries.count < earned + parameters.retryBudgetFloor
    }

    // MARK: Settling

    /// Notes how an attempt ended.
    ///
    /// - Returns: whether another endpoint may do better.
    mutating func settle(
        _ choice: Choice, of question: inout RoutedQuestion, _ attempt: Attempt,
        at now: ContinuousClock.Instant, day: Int, using generator: inout some RandomNumberGenerator
    ) -> Bool {
        let endpoint = policy.endpoints[choice.index]
        let error = attempt.error
        let spend = endpoint.spend(attempt.usage)
        ledger.settle(choice.reservation, plan: question.plan, actual: spend, day: day)
        question.spent = question.spent + spend
        question.last = error
        let isSlow = attempt.firstToken.map { $0 > endpoint.firstTokenTimeout } ?? false
        standings[choice.index].inFlight -= 1
        standings[choice.index].spent = standings[choice.index].spent + spend
        standings[choice.index].outcomes[error?.label ?? "answered", default: 0] += 1
        standings[choice.index].lastFailure = error?.label ?? standings[choice.index].lastFailure
        standings[choice.index].headroom = attempt.headroom ?? standings[choice.index].headroom
        standings[choice.index].breaker.settle(
            error, asProbe: choice.isProbe, isSlow: isSlow, at: now,
            spread: .random(in: -1...1, using: &generator))
        if let firstToken = attempt.firstToken { measure(choice.index, firstToken, at: now) }
        switch error {
        // Too long a prompt wants fewer passages, and a wrong request is ours: another provider mends neither.
        case nil, .tooLong, .invalid, .cancelled, .slow(.deadline): return false
        case .filtered:
            // One other vendor may be less strict; two are a judgement.
            guard question.refusingVendors.isEmpty else { return false }
            question.refusingVendors.insert(endpoint.vendor)
            return true
        default: return true
        }
    }

    private func score(_ index: Int, at now: ContinuousClock.Instant) -> Double {
        (standings[index].latency * weight(index, at: now) + 0.001) * Double(standings[index].inFlight + 1)
            / max(0.1, standings[index].breaker.successRate(at: now)) / policy.endpoints[index].weight
    }

    private func weight(_ index: Int, at now: ContinuousClock.Instant) -> Double {
        guard let measured = standings[index].measured else { return 0 }
        var weight = 1.0
        var age = (now - measured) / parameters.latencyHalfLife
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
        standings[index].firstTokens.append(seconds)
        if standings[index].firstTokens.count > Self.keptFirstTokens {
            standings[index].firstTokens.removeFirst()
        }
    }

    // MARK: Telling

    /// Where an endpoint's breaker stands.
    func state(of index: Int, at now: ContinuousClock.Instant) -> CircuitBreaker.State {
        standings[index].breaker.state(at: now)
    }

    /// What a plan has spent on a day.
    func spent(plan: String, day: Int) -> Spend { ledger.spent(plan: plan, day: day) }

    /// What each plan has spent on a day.
    func spent(day: Int) -> [String: Spend] { ledger.spent(day: day) }

    /// How an endpoint stands.
    func status(of index: Int, at now: ContinuousClock.Instant) -> EndpointStatus {
        let (endpoint, standing) = (policy.endpoints[index], standings[index])
        return EndpointStatus(
            provider: endpoint.name, model: endpoint.model, region: endpoint.region,
            breaker: standing.breaker.state(at: now).rawValue,
            openFor: standing.breaker.closedUntil.flatMap { $0 > now ? $0 - now : nil },
            lastFailure: standing.lastFailure, inFlight: standing.inFlight,
            firstToken: standing.measured == nil ? nil : .seconds(standing.latency),
            outcomes: standing.outcomes, tokens: standing.spent.tokens,
            cost: Double(standing.spent.nanos) / 1e9)
    }
}

/// How one endpoint stands, for operators.
public struct EndpointStatus: Sendable, Hashable {
    /// The provider's name.
    public var provider: String
    /// The model.
    public var model: String
    /// Where it computes.
    public var region: String
    /// `closed`, `open` or `half_open`.
    public var breaker: String
    /// How long nobody will ask it; nil where somebody may.
    public var openFor: Duration?
    /// The class of its last failure.
    public var lastFailure: String?
    /// The questions under way there.
    public var inFlight: Int
    /// The time to its first token, the slow ones remembered longer; nil before the first.
    public var firstToken: Duration?
    /// Its attempts so far by class; `answered` for those with a completion.
    public var outcomes: [String: Int]
    /// The tokens that it has taken.
    public var tokens: Int
    /// What they have cost, in the account's currency.
    public var cost: Double
}
