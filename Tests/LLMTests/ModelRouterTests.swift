import Logging
import Synchronization
import Testing

@testable import LLM

/// An endpoint that plays its results in turn, the last one over and over.
private final class Scripted: Sendable {
    let endpoint: ModelEndpoint
    private let results: Mutex<[CompletionError?]>
    let asked = Mutex(0)

    init(
        _ name: String, _ results: [CompletionError?],
        _ change: (inout ModelEndpoint) -> Void = { _ in }
    ) {
        var endpoint = ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
        change(&endpoint)
        self.endpoint = endpoint
        self.results = Mutex(results)
    }

    var count: Int { asked.withLock(\.self) }

    func attempt() -> Attempt {
        asked.withLock { $0 += 1 }
        if let error = results.withLock({ $0.count > 1 ? $0.removeFirst() : $0[0] }) {
            return Attempt(.failure(error))
        }
        return Attempt(
            .success(Completion(text: "written", provider: endpoint.name, model: "m")),
            firstToken: .milliseconds(5))
    }
}

/// A router over scripted endpoints, each of a level of its own.
private func router(
    _ models: [Scripted], conversations: [ConversationRule] = [],
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
) -> ModelRouter {
    ModelRouter(
        RoutingPolicy(
            endpoints: models.map(\.endpoint), routes: [Route(levels: models.indices.map { [$0] })],
            conversations: conversations),
        connections: models.map { model in { _, _, _, _ in model.attempt() } },
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: now)
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

private let failures: [CompletionError] = [
    .unreachable("x"), .slow(.connect), .slow(.firstToken), .slow(.idle), .cut("x"), .overloaded("x"),
    .malformed("x"),
]

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func opened(by errors: [CompletionError]) -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for error in errors { breaker.settle(error, asProbe: breaker.pass(at: start), at: start) }
        return breaker
    }

    @Test(arguments: failures)
    func `five failures in a row open a breaker and four do not`(_ error: CompletionError) {
        #expect(opened(by: Array(repeating: error, count: 4)).state(at: start) == .closed)
        let breaker = opened(by: Array(repeating: error, count: 5))
        #expect(breaker.state(at: start + .seconds(9)) == .open)
        #expect(breaker.state(at: start + .seconds(10)) == .halfOpen)
    }

    @Test(arguments: [
        CompletionError.slow(.deadline), .tooLong("x"), .filtered("x"), .invalid("x"), .cancelled,
    ])
    func `what the question is to blame for leaves a breaker closed`(_ error: CompletionError) {
        #expect(opened(by: Array(repeating: error, count: 50)).state(at: start) == .closed)
    }

    @Test(arguments: [
        (CompletionError.limited(retryAfter: nil), 5.0), (.limited(retryAfter: .seconds(1)), 5),
        (.limited(retryAfter: .seconds(42)), 42), (.limited(retryAfter: .seconds(9999)), 600),
        (.rejected("x"), 900), (.exhausted("x"), 3600),
    ])
    func `one refusal closes the way for the time of its class`(_ error: CompletionError, _ seconds: Double) {
        let breaker = opened(by: [error])
        #expect(!breaker.admits(at: start + .seconds(seconds) - .milliseconds(1)))
        #expect(breaker.admits(at: start + .seconds(seconds)))
    }

    @Test func `a shorter cooldown does not shorten a longer one`() {
        let breaker = opened(by: [.limited(retryAfter: .seconds(60)), .limited(retryAfter: .seconds(5))])
        #expect(breaker.closedUntil == start + .seconds(60))
    }

    @Test func `half of ten calls within a minute open a breaker, and older ones do not count`() {
        var breaker = CircuitBreaker()
        for call in 0..<10 {
            breaker.settle(call % 2 == 0 ? nil : .cut("x"), asProbe: false, at: start)
        }
        #expect(breaker.state(at: start) == .open)
        var slow = CircuitBreaker()
        for call in 0..<10 {
            let time = start + .seconds(10 * call)
            slow.settle(call % 2 == 0 ? nil : .cut("x"), asProbe: false, at: time)
        }
        #expect(slow.state(at: start + .seconds(90)) == .closed)
    }

    @Test func `one probe at a time passes, and two successes close`() {
        var breaker = opened(by: Array(repeating: .cut("x"), count: 5))
        let later = start + .seconds(11)
        for expected in [CircuitBreaker.State.halfOpen, .closed] {
            let isProbe = breaker.pass(at: later)
            #expect(isProbe)
            #expect(!breaker.admits(at: later))
            // A question from before the opening ends only now, and makes no room for a second probe.
            breaker.settle(nil, asProbe: false, at: later)
            #expect(!breaker.admits(at: later))
            breaker.settle(nil, asProbe: true, at: later)
            #expect(breaker.state(at: later) == expected)
        }
    }

    @Test func `each failed probe doubles the time of being open, up to five minutes`() {
        var breaker = opened(by: Array(repeating: .cut("x"), count: 5))
        var now = start
        for seconds in [10, 20, 40, 80, 160, 300, 300] {
            #expect(breaker.closedUntil == now + .seconds(seconds))
            now += .seconds(seconds)
            breaker.settle(.cut("x"), asProbe: breaker.pass(at: now), at: now)
        }
    }
}

@Suite struct ModelRouterTests {
    private let prompt = Prompt(system: "s", user: "u")
    /// So far away that no machine is too busy for it.
    private var deadline: ContinuousClock.Instant { .now + .seconds(3600) }

    @Test(
        arguments: failures + [
            .limited(retryAfter: nil), .exhausted("x"), .rejected("x"), .filtered("x"),
        ])
    func `a failing endpoint is hidden by the next`(_ error: CompletionError) async throws {
        let bad = Scripted("bad", [error])
        let good = Scripted("good", [nil])
        let router = router([bad, good])
        for _ in 0..<3 {
            let completion = try await router.complete(prompt, deadline: deadline)
            #expect(completion.provider == "good")
        }
        #expect((1...3).contains(bad.count))
        #expect(good.count == 3)
        #expect(router.status().map { $0.outcomes["answered"] ?? 0 } == [0, 3])
    }

    @Test(arguments: [CompletionError.tooLong("x"), .invalid("x"), .cancelled, .slow(.deadline)])
    func `what no other endpoint can mend is thrown at once`(_ error: CompletionError) async {
        let spare = Scripted("spare", [nil])
        let router = router([Scripted("first", [error]), spare])
        await #expect(throws: error) { try await router.complete(prompt, deadline: deadline) }
        #expect(spare.count == 0)
    }

    @Test func `what a conversation rules out is not asked, whatever fails`() async {
        let inside = Scripted("inside", [.cut("x")]) {
            $0.region = "eu"
            $0.plans = ["team"]
            $0.isExternal = false
        }
        let outside = Scripted("outside", [nil]) { $0.region = "us" }
        let router = router(
            [inside, outside],
            conversations: [
                ConversationRule("t:1", Audience(plan: "team", allowedRegions: ["eu"])),
                ConversationRule("t:2", Audience(plan: "team", allowsExternal: false)),
                ConversationRule("t:*", Audience(plan: "free", allowedRegions: ["eu"])),
            ])
        for conversation in ["t:1", "t:2", "t:3"] {
            for _ in 0..<20 {
                await #expect(throws: CompletionError.self) {
                    try await router.serving(conversation).complete(prompt, deadline: deadline)
                }
            }
        }
        #expect(outside.count == 0)
        #expect(inside.count == 5)
        // The one of the house is left alone by now, and the other is ruled out.
        for conversation in ["t:1", "t:2", "t:3"] {
            #expect(router.serving(conversation).refusal() != nil)
        }
        #expect(router.refusal() == nil)
        #expect(router.serving("t:3").name == "" && router.serving(nil).name == "outside")
    }

    @Test func `nobody else is asked when too little time is left, and nobody at all when none is`() async {
        let models = [Scripted("bad", [.cut("x")]), Scripted("good", [nil])]
        let now = ContinuousClock.now
        let frozen = router(models, now: { now })
        await #expect(throws: CompletionError.cut("x")) {
            try await frozen.complete(prompt, deadline: now + .seconds(2))
        }
        #expect(models.map(\.count) == [1, 0])
        await #expect(throws: CompletionError.self) { try await frozen.complete(prompt, deadline: now) }
        #expect(models.map(\.count) == [1, 0])
    }

    @Test func `the only endpoint is asked once more where that may help`() async throws {
        for error in [CompletionError.unreachable("x"), .overloaded("x")] {
            let only = Scripted("only", [error, nil])
            #expect(try await router([only]).complete(prompt, deadline: deadline).text == "written")
            #expect(only.count == 2)
        }
        let only = Scripted("only", [.cut("x"), nil])
        await #expect(throws: CompletionError.cut("x")) {
            try await router([only]).complete(prompt, deadline: deadline)
        }
    }

    @Test func `two vendors that refuse a prompt are a judgement`() async {
        let models = [
            Scripted("a", [.filtered("a")]) { $0.vendor = "x" },
            Scripted("b", [nil]) { $0.vendor = "x" },
            Scripted("c", [.filtered("c")]) { $0.vendor = "y" }, Scripted("d", [nil]) { $0.vendor = "z" },
        ]
        await #expect(throws: CompletionError.filtered("c")) {
            try await router(models).complete(prompt, deadline: deadline)
        }
        #expect(models.map(\.count) == [1, 0, 1, 0])
    }

    @Test func `a prompt that fits no window is sent nowhere, and one that fits some to those`() async throws
    {
        let small = Scripted("small", [nil]) { $0.contextTokens = 500 }
        let large = Scripted("large", [nil]) { $0.contextTokens = 2000 }
        let router = router([small, large])
        let long = Prompt(system: "s", user: String(repeating: "word ", count: 400))
        #expect(try await router.complete(long, deadline: deadline).provider == "large")
        let longer = Prompt(system: "s", user: String(repeating: "新", count: 2000))
        await #expect(throws: CompletionError.tooLong("some 2001 tokens, and the largest window has 2000")) {
            try await router.complete(longer, deadline: deadline)
        }
        #expect(small.count == 0)
        #expect(router.promptTokens == 100)
    }

    @Test func `a question whose endpoint is slower than usual is put to another, if the route says so`()
        async throws
    {
        for hedges in [true, false] {
            let endpoints = ["slow", "spare"].map { (name: String) in
                ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
            }
            let asked = Mutex((slow: 0, spare: 0, letGo: 0))
            let router = ModelRouter(
                RoutingPolicy(endpoints: endpoints, routes: [Route(levels: [[0], [1]], hedges: hedges)]),
                connections: [
                    { _, _, _, onText in
                        let count = asked.withLock { asked in
                            asked.slow += 1
                            return asked.slow
                        }
                        if count > 20 {
                            // Without a second endpoint it answers in the end; with one it is let go long before.
                            do {
                                try await Task.sleep(for: hedges ? .seconds(3600) : .milliseconds(50))
                            } catch {
                                asked.withLock { $0.letGo += 1 }
                                return Attempt(.failure(.cancelled))
                            }
                        }
                        onText("")
                        return Attempt(
                            .success(Completion(text: "written", provider: "slow", model: "m")),
                            firstToken: .milliseconds(1))
                    },
                    { _, _, _, onText in
                        asked.withLock { $0.spare += 1 }
                        onText("")
                        return Attempt(
                            .success(Completion(text: "written", provider: "spare", model: "m")),
                            firstToken: .milliseconds(1))
                    },
                ])
            for _ in 0..<20 { _ = try await router.complete(prompt, deadline: deadline) }
            let completion = try await router.complete(prompt, deadline: deadline)
            #expect(completion.provider == (hedges ? "spare" : "slow"))
            let (slow, spare, letGo) = asked.withLock(\.self)
            #expect(slow == 21 && spare == (hedges ? 1 : 0) && letGo == (hedges ? 1 : 0))
            #expect(router.status().map(\.inFlight) == [0, 0])
            #expect(router.status()[0].breaker == "closed")
        }
    }

    @Test func `an endpoint that speaks is not joined by another, and both may fail`() async throws {
        let endpoints = ["first", "second"].map { (name: String) in
            ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
        }
        let asked = Mutex((first: 0, second: 0))
        let isSpeaking = Mutex(true)
        let router = ModelRouter(
            RoutingPolicy(endpoints: endpoints, routes: [Route(levels: [[0], [1]], hedges: true)]),
            connections: [
                { _, _, _, onText in
                    let count = asked.withLock { asked in
                        asked.first += 1
                        return asked.first
                    }
                    if isSpeaking.withLock(\.self) { onText("") }
                    if count > 20 { try? await Task.sleep(for: .milliseconds(100)) }
                    guard isSpeaking.withLock(\.self) else { return Attempt(.failure(.slow(.firstToken))) }
                    return Attempt(
                        .success(Completion(text: "written", provider: "first", model: "m")),
                        firstToken: .milliseconds(1))
                },
                { _, _, _, _ in
                    asked.withLock { $0.second += 1 }
                    return Attempt(.failure(.cut("x")))
                },
            ])
        for _ in 0..<21 { _ = try await router.complete(prompt, deadline: deadline) }
        #expect(asked.withLock(\.second) == 0)
        isSpeaking.withLock { $0 = false }
        // Whichever of the two ends last.
        await #expect(throws: CompletionError.self) {
            try await router.complete(prompt, deadline: deadline)
        }
        #expect(asked.withLock(\.second) == 1)
        #expect(router.status().map { $0.outcomes.values.reduce(0, +) } == [22, 1])
    }

    @Test func `a second endpoint is asked for few questions, cheaply, and from an ample budget`() throws {
        func share(_ change: (inout ModelEndpoint) -> Void, budget: Double = 2) -> Int {
            var endpoints = ["a", "b"].map { (name: String) in
                ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
            }
            change(&endpoints[1])
            var table = RoutingTable(
                RoutingPolicy(
                    endpoints: endpoints, routes: [Route(levels: [[0], [1]], hedges: true)],
                    budgets: ["": PlanBudget(dailyCost: budget)]))
            var random = SplitMix(state: 1)
            var hedges = 0
            for number in 0..<200 {
                let now = ContinuousClock.now + .seconds(20 * number)
                var question = table.question(Audience(), promptTokens: 500, deadline: now + .seconds(25))
                guard case .attempt(let first) = table.next(for: &question, at: now, day: 0, using: &random)
                else { continue }
                let done = Attempt(
                    .success(Completion(text: "w", provider: "a", model: "m")), firstToken: .milliseconds(5))
                if table.hedgeDelay(first, of: question) != nil,
                    let second = table.hedge(first, of: &question, at: now, day: 0, using: &random)
                {
                    hedges += 1
                    #expect(table.hedge(first, of: &question, at: now, day: 0, using: &random) == nil)
                    _ = table.settle(
                        second, of: &question, Attempt(.failure(.cancelled)), at: now, day: 0, using: &random)
                }
                _ = table.settle(first, of: &question, done, at: now, day: 0, using: &random)
            }
            return hedges
        }
        // The first twenty questions teach what is usual; of two hundred a twentieth may be doubled.
        #expect(share { _ in } == 10)
        #expect(share { $0.price.output = 10 } == 0)
        #expect(share({ $0.price.input = 2 }, budget: 0.001) == 0)
    }

    @Test func `questions beyond what an endpoint takes at once wait for their turn`() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let entered = AsyncStream<Void>.makeStream()
        var endpoint = ModelEndpoint(name: "one", baseURL: "https://one.example/v1", model: "m")
        endpoint.maxConcurrent = 1
        let router = ModelRouter(
            RoutingPolicy(endpoints: [endpoint]),
            connections: [
                { _, _, _, _ in
                    entered.continuation.yield()
                    var turns = gate.stream.makeAsyncIterator()
                    _ = await turns.next()
                    return Attempt(.success(Completion(text: "written", provider: "one", model: "m")))
                }
            ])
        let (prompt, deadline) = (prompt, deadline)
        let first = Task { try await router.complete(prompt, deadline: deadline) }
        var entries = entered.stream.makeAsyncIterator()
        await entries.next()
        let second = Task { try await router.complete(prompt, deadline: deadline) }
        let withdrawn = Task { try await router.complete(prompt, deadline: deadline) }
        withdrawn.cancel()
        await #expect(throws: CompletionError.cancelled) { try await withdrawn.value }
        gate.continuation.yield()
        #expect(try await first.value.text == "written")
        // The second is served if it was quick enough to wait; a machine that was busy for longer than a second sheds it.
        gate.continuation.yield()
        if case .failure(let error) = await second.result {
            #expect(error as? CompletionError == .overloaded("all endpoints are busy"))
        }
    }
}

@Suite struct RoutingTableTests {
    /// Plans and regions of the sample story: some plans may use the second cloud in five countries, others never.
    @Test func `routes choose by plan and region of the conversation`() {
        let countries: Set<String> = ["us", "gb", "jp", "no", "nl"]
        let plans: Set<String> = ["enterprise", "education", "team", "api"]
        let policy = RoutingPolicy(
            endpoints: ["first", "second"].map { (name: String) in
                ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
            },
            routes: [
                Route(plans: plans, regions: countries, levels: [[0, 1]]),
                Route(levels: [[0]]),
            ])
        for plan in ["enterprise", "education", "team", "api", "free", "plus"] {
            for region in ["us", "gb", "jp", "no", "nl", "de", ""] {
                let levels = policy.levels(for: Audience(plan: plan, region: region))
                let isBoth = plans.contains(plan) && countries.contains(region)
                #expect(levels == (isBoth ? [[0, 1]] : [[0]]), "\(plan) in \(region)")
            }
        }
    }

    @Test func `a spent budget ends in no attempt, and the next day begins anew`() {
        var endpoint = ModelEndpoint(name: "a", baseURL: "https://a.example/v1", model: "m", maxTokens: 100)
        endpoint.price = ModelEndpoint.Price(input: 10, output: 100)
        let policy = RoutingPolicy(
            endpoints: [endpoint], budgets: ["": PlanBudget(dailyCost: 0.05, questionCost: 0.02)])
        var table = RoutingTable(policy)
        var random = SplitMix(state: 1)
        let start = ContinuousClock.now
        func ask(_ day: Int) -> String {
            var question = table.question(Audience(), promptTokens: 500, deadline: start + .seconds(25))
            switch table.next(for: &question, at: start, day: day, using: &random) {
            case .attempt(let choice):
                // 500 × 10 + 100 × 100 for a million.
                #expect(choice.reservation == Spend(tokens: 600, nanos: 15_000_000))
                var attempt = Attempt(.success(Completion(text: "x", provider: "a", model: "m")))
                attempt.usage = TokenUsage(prompt: 500, completion: 50)
                _ = table.settle(choice, of: &question, attempt, at: start, day: day, using: &random)
                return "asked"
            case .end(let error): return error.label
            case .queue: return "queued"
            }
        }
        // Each costs 0.010 and reserves 0.015: the fifth finds 0.040 spent and no room for its estimate.
        #expect((0..<5).map { _ in ask(7) } == ["asked", "asked", "asked", "asked", "exhausted"])
        #expect(table.spent(plan: "", day: 7).nanos == 40_000_000)
        #expect(ask(8) == "asked")
        #expect(table.spent(plan: "", day: 8).nanos == 10_000_000)
        var dear = table.question(Audience(), promptTokens: 1500, deadline: start + .seconds(25))
        guard case .end(.exhausted) = table.next(for: &dear, at: start, day: 9, using: &random) else {
            Issue.record("a question above its own bound was sent")
            return
        }
    }

    @Test func `the wait for a first token follows what an endpoint is used to`() {
        let endpoint = ModelEndpoint(name: "a", baseURL: "https://a.example/v1", model: "m")
        for (usual, expected) in [(0.01, 3.0), (2, 6), (60, 15)] {
            var table = RoutingTable(RoutingPolicy(endpoints: [endpoint]))
            var random = SplitMix(state: 1)
            var now = ContinuousClock.now
            var timeouts: [Duration] = []
            for _ in 0..<21 {
                now += .seconds(3600)
                var question = table.question(Audience(), promptTokens: 1, deadline: now + .seconds(25))
                guard
                    case .attempt(let choice) = table.next(for: &question, at: now, day: 0, using: &random)
                else {
                    Issue.record("not asked")
                    return
                }
                timeouts.append(choice.firstTokenTimeout)
                let attempt = Attempt(
                    .success(Completion(text: "x", provider: "a", model: "m")), firstToken: .seconds(usual))
                _ = table.settle(choice, of: &question, attempt, at: now, day: 0, using: &random)
            }
            #expect(timeouts.dropLast().allSatisfy { $0 == .seconds(8) })
            #expect(timeouts.last == .seconds(expected))
        }
    }

    @Test func `the cheapest is asked where the price decides, the quickest where the time does`() {
        func endpoint(_ name: String, _ price: Double) -> ModelEndpoint {
            var endpoint = ModelEndpoint(name: name, baseURL: "https://\(name).example/v1", model: "m")
            endpoint.price = ModelEndpoint.Price(input: price, output: price)
            return endpoint
        }
        for (preference, expected) in [(Route.Preference.price, 0), (.latency, 1)] {
            var table = RoutingTable(
                RoutingPolicy(
                    endpoints: [endpoint("cheap", 1), endpoint("quick", 2)],
                    routes: [Route(levels: [[0, 1]], preference: preference)]))
            var random = SplitMix(state: 1)
            let now = ContinuousClock.now
            var chosen: [Int] = []
            for _ in 0..<12 {
                var question = table.question(Audience(), promptTokens: 1, deadline: now + .seconds(25))
                guard
                    case .attempt(let choice) = table.next(for: &question, at: now, day: 0, using: &random)
                else { continue }
                chosen.append(choice.index)
                let attempt = Attempt(
                    .success(Completion(text: "x", provider: "a", model: "m")),
                    firstToken: choice.index == 0 ? .seconds(2) : .milliseconds(100))
                _ = table.settle(choice, of: &question, attempt, at: now, day: 0, using: &random)
            }
            #expect(chosen.suffix(10) == Array(repeating: expected, count: 10)[...])
        }
    }

    /// Ten thousand questions over a virtual clock, many at once, against endpoints that fail in every way by turns.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the invariants hold over ten thousand questions`(_ seed: UInt64) {
        var simulation = RoutingSimulation(seed: seed)
        simulation.run(questions: 10_000)
        #expect(
            simulation.broken.isEmpty, "seed \(seed): \(simulation.broken.prefix(5).joined(separator: "; "))")
        #expect(simulation.ended == 10_000)
        #expect(simulation.answered > 5_000, "seed \(seed)")
        // Two endpoints are dead for the middle third, some 1 600 s: five calls each to open, and one for each time of
        // being open, at most 8, 16, 32 … 300 s.
        #expect(simulation.deadCalls <= 60, "seed \(seed): \(simulation.deadCalls)")
        #expect(simulation.answeredLate > 50, "seed \(seed)")
    }
}
