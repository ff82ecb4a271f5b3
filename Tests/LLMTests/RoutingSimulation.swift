@testable import LLM

/// Questions against endpoints that fail by turns, on a virtual clock; notes every invariant that does not hold.
///
/// Attempts overlap: what is under way stands in a list of events in the order of their time. Six endpoints in three
/// regions, four kinds of conversation, two plans of which one is short of money.
struct RoutingSimulation {
    private(set) var broken: [String] = []
    private(set) var ended = 0
    private(set) var answered = 0
    private(set) var answeredLate = 0
    private(set) var deadCalls = 0

    private struct Open {
        var question: RoutingTable.RoutedQuestion
        let audience: Audience
        let number: Int
        let began: ContinuousClock.Instant
        var attempts = 0
        var choice: RoutingTable.Choice?
    }

    private enum Event {
        case ask(Int)
        case go(Int)
        case settle(Int, CompletionError?, Duration)
    }

    private static let failures: [CompletionError] = [
        .unreachable("x"), .slow(.connect), .slow(.firstToken), .slow(.idle), .cut("x"), .overloaded("x"),
        .malformed("x"), .limited(retryAfter: .seconds(2)), .limited(retryAfter: nil),
    ]
    private static let audiences = [
        Audience(), Audience(plan: "team", allowedRegions: ["eu"]),
        Audience(plan: "poor", allowedRegions: ["us", "jp"]), Audience(plan: "team", allowsExternal: false),
    ]
    private static let day = 20_000

    private let policy: RoutingPolicy
    private var table: RoutingTable
    private var random: SplitMix
    private var now = ContinuousClock.now
    private var events: [(time: ContinuousClock.Instant, event: Event)] = []
    private var open: [Int: Open] = [:]
    private var retries: [Set<Int>: (firsts: [ContinuousClock.Instant], retries: [ContinuousClock.Instant])] =
        [:]
    private var inFlight = [0, 0, 0, 0, 0, 0]
    private var closedUntil: [ContinuousClock.Instant?] = Array(repeating: nil, count: 6)
    private var probes = [0, 0, 0, 0, 0, 0]
    private var overdraft: [String: Int] = [:]

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        policy = RoutingPolicy(
            endpoints: ["eu", "us", "eu", "jp", "us", "eu"].enumerated().map { index, region in
                var endpoint = ModelEndpoint(
                    name: "e\(index)", baseURL: "https://e\(index).example/v1", model: "m", maxTokens: 100)
                endpoint.region = region
                endpoint.isExternal = index != 5
                endpoint.maxConcurrent = 3
                endpoint.price = ModelEndpoint.Price(input: 1, output: 10)
                return endpoint
            }, routes: [Route(levels: [[0, 1], [2, 3], [4, 5]])],
            budgets: [
                "": PlanBudget(dailyCost: 1000), "team": PlanBudget(dailyCost: 1000),
                "poor": PlanBudget(dailyCost: 0.5),
            ])
        table = RoutingTable(policy)
    }

    mutating func run(questions: Int) {
        var time = now
        for number in 0..<questions {
            time += .milliseconds(Int.random(in: 0...1000, using: &random))
            schedule(.ask(number), at: time)
        }
        while !events.isEmpty {
            let (time, event) = events.removeFirst()
            now = max(now, time)
            switch event {
            case .ask(let number): ask(number)
            case .go(let number): go(number)
            case .settle(let number, let error, let took): settle(number, error, took)
            }
        }
    }

    private mutating func schedule(_ event: Event, at time: ContinuousClock.Instant) {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        events.insert((time, event), at: low)
    }

    /// The first two endpoints are dead for the middle third; else the endpoints are out of order by turns.
    private func isDead(_ index: Int, _ number: Int) -> Bool {
        (3_333..<6_666).contains(number) ? index < 2 : (number / 250) % 8 == index
    }

    private mutating func ask(_ number: Int) {
        let audience = Self.audiences.randomElement(using: &random) ?? Audience()
        open[number] = Open(
            question: table.question(audience, promptTokens: 300, deadline: now + .seconds(25)),
            audience: audience, number: number, began: now)
        go(number)
    }

    private mutating func go(_ number: Int) {
        guard var asked = open[number] else { return }
        switch table.next(for: &asked.question, at: now, day: Self.day, using: &random) {
        case .end:
            check(now <= asked.began + .seconds(25) + .milliseconds(100), "ended after its deadline", number)
            ended += 1
            open[number] = nil
            return
        case .queue(let end):
            check(end > now && end <= now + .seconds(1), "queued for too long", number)
            open[number] = asked
            schedule(.go(number), at: end)
        case .attempt(let choice):
            begin(choice, &asked)
            open[number] = asked
        }
    }

    private mutating func begin(_ choice: RoutingTable.Choice, _ asked: inout Open) {
        let endpoint = policy.endpoints[choice.index]
        let number = asked.number
        asked.attempts += 1
        asked.choice = choice
        check(asked.audience.allowedRegions?.contains(endpoint.region) ?? true, "outside its regions", number)
        check(asked.audience.allowsExternal || !endpoint.isExternal, "outside the house", number)
        check(asked.attempts <= 3, "more than three attempts", number)
        check(
            asked.attempts == 1 || asked.question.deadline - now >= .seconds(3), "too late an attempt", number
        )
        check(closedUntil[choice.index].map { $0 <= now } ?? true, "asked while open", number)
        inFlight[choice.index] += 1
        check(inFlight[choice.index] <= 3, "more at once than allowed", number)
        if choice.isProbe { probes[choice.index] += 1 }
        check(probes[choice.index] <= 1, "two probes at once", number)
        let key = Set(policy.levels(for: asked.audience).joined())
        var window = retries[key] ?? ([], [])
        window.firsts.removeAll { now - $0 > .seconds(10) }
        window.retries.removeAll { now - $0 > .seconds(10) }
        if asked.attempts == 1 {
            window.firsts.append(now)
        } else {
            window.retries.append(now)
            check(
                window.retries.count <= Int(Double(window.firsts.count) * 0.2) + 3, "too many retries", number
            )
        }
        retries[key] = window
        let dead = isDead(choice.index, number)
        if dead, (3_333..<6_666).contains(number) { deadCalls += 1 }
        let error: CompletionError? = dead ? Self.failures.randomElement(using: &random) : nil
        let took = Duration.milliseconds(Int.random(in: 1...4000, using: &random))
        schedule(.settle(number, error, took), at: now + took)
    }

    private mutating func settle(_ number: Int, _ error: CompletionError?, _ took: Duration) {
        guard var asked = open[number], let choice = asked.choice else { return }
        var attempt = Attempt(
            error.map { .failure($0) } ?? .success(Completion(text: "x", provider: "p", model: "m")),
            firstToken: error == nil ? took : nil)
        // What a provider worked on is paid, sometimes more than was expected.
        attempt.usage = TokenUsage(prompt: 300, completion: Int.random(in: 0...130, using: &random))
        let actual = policy.endpoints[choice.index].spend(attempt.usage)
        overdraft[asked.audience.plan, default: 0] += max(0, actual.nanos - choice.reservation.nanos)
        inFlight[choice.index] -= 1
        if choice.isProbe { probes[choice.index] -= 1 }
        let before = closedUntil[choice.index]
        let goesOn = table.settle(
            choice, of: &asked.question, attempt, at: now, day: Self.day, using: &random)
        if let openFor = table.status(of: choice.index, at: now).openFor {
            closedUntil[choice.index] = now + openFor
        }
        if let before, before > now {
            check((closedUntil[choice.index] ?? before) >= before, "a cooldown was shortened", number)
        }
        let plan = asked.audience.plan
        let limit = policy.budgets[plan].map { Int($0.dailyCost * 1e9) } ?? .max
        check(
            table.spent(plan: plan, day: Self.day).nanos <= limit + overdraft[plan, default: 0],
            "the budget is exceeded", number)
        open[number] = asked
        if goesOn {
            go(number)
        } else {
            check(now <= asked.question.deadline + .milliseconds(100), "answered after its deadline", number)
            ended += 1
            if error == nil {
                answered += 1
                if number > 9_900 { answeredLate += 1 }
            }
            open[number] = nil
        }
        // Whoever waits is woken when an endpoint is free.
        if let waiting = events.firstIndex(where: { if case .go = $0.event { true } else { false } }) {
            let event = events.remove(at: waiting).event
            schedule(event, at: now)
        }
    }

    private mutating func check(_ holds: Bool, _ what: String, _ number: Int) {
        if !holds { broken.append("\(what) (question \(number))") }
    }
}
