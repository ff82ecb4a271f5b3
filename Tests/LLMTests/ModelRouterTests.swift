import Synchronization
import Testing

@testable import LLM

/// A model that plays its results in turn, the last one over and over.
private final class Scripted: LanguageModel {
    let name: String
    private let results: Mutex<[CompletionError?]>
    let asked = Mutex(0)

    init(_ name: String, _ results: [CompletionError?]) {
        self.name = name
        self.results = Mutex(results)
    }

    var count: Int { asked.withLock(\.self) }

    func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant
    ) async throws(CompletionError) -> Completion {
        asked.withLock { $0 += 1 }
        if let error = results.withLock({ $0.count > 1 ? $0.removeFirst() : $0[0] }) { throw error }
        return Completion(text: "written", provider: name, model: name)
    }
}

private struct SplitMix: RandomNumberGenerator {
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
    private var deadline: ContinuousClock.Instant { .now + .seconds(25) }

    @Test(
        arguments: failures + [
            .limited(retryAfter: nil), .exhausted("x"), .rejected("x"), .filtered("x"),
        ])
    func `a failing endpoint is hidden by the next`(_ error: CompletionError) async throws {
        let bad = Scripted("bad", [error])
        let good = Scripted("good", [nil])
        let router = ModelRouter([.init(bad), .init(good, level: 1)])
        for _ in 0..<3 {
            let completion = try await router.complete(prompt, deadline: deadline)
            #expect(completion.provider == "good")
        }
        #expect((1...3).contains(bad.count))
        #expect(good.count == 3)
    }

    @Test(arguments: [CompletionError.tooLong("x"), .invalid("x"), .cancelled, .slow(.deadline)])
    func `what no other endpoint can mend is thrown at once`(_ error: CompletionError) async {
        let spare = Scripted("spare", [nil])
        let router = ModelRouter([.init(Scripted("first", [error])), .init(spare, level: 1)])
        await #expect(throws: error) { try await router.complete(prompt, deadline: deadline) }
        #expect(spare.count == 0)
    }

    @Test func `an endpoint of another region is not asked, whatever fails`() async {
        let inside = Scripted("inside", [.cut("x")])
        let outside = Scripted("outside", [nil])
        let all = ModelRouter([.init(inside, region: "eu"), .init(outside, region: "us")])
        let router = all.restricted(to: ["eu", "us"]).restricted(to: ["eu"]).restricted(to: ["eu", "us"])
        for _ in 0..<20 {
            await #expect(throws: CompletionError.self) {
                try await router.complete(prompt, deadline: deadline)
            }
        }
        #expect(outside.count == 0)
        #expect(inside.count == 5)
    }

    @Test func `nobody else is asked when too little time is left, and nobody at all when none is`() async {
        let models = [Scripted("bad", [.cut("x")]), Scripted("good", [nil])]
        let router = ModelRouter([.init(models[0]), .init(models[1], level: 1)])
        let now = ContinuousClock.now
        let frozen = ModelRouter([.init(models[0]), .init(models[1], level: 1)], now: { now })
        await #expect(throws: CompletionError.cut("x")) {
            try await frozen.complete(prompt, deadline: now + .seconds(2))
        }
        #expect(models.map(\.count) == [1, 0])
        await #expect(throws: CompletionError.self) { try await router.complete(prompt, deadline: now) }
        #expect(models.map(\.count) == [1, 0])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the invariants hold over ten thousand questions`(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let regions = ["eu", "us", "eu", "jp"]
        var table = RoutingTable(
            regions.enumerated().map { RoutingTable.Endpoint(region: $1, level: $0 / 2) })
        let start = ContinuousClock.now
        var now = start
        // The endpoints are out of order by turns, the first two for good in the middle third.
        func isDead(_ index: Int, _ question: Int) -> Bool {
            (3_333..<6_666).contains(question) ? index < 2 : (question / 500) % 4 == index
        }
        var firsts: [ContinuousClock.Instant] = []
        var retries: [ContinuousClock.Instant] = []
        var deadCalls = 0
        var lateAnswers = 0
        for question in 0..<10_000 {
            now += .milliseconds(Int.random(in: 0...400, using: &random))
            let allowed: Set<String>? = [nil, ["eu"], ["us", "jp"]].randomElement(using: &random) ?? nil
            let deadline = now + .seconds(25)
            var tried: [Int] = []
            while true {
                let chosen = table.next(
                    after: tried, regions: allowed, deadline: deadline, at: now, using: &random)
                guard let chosen else { break }
                #expect(allowed?.contains(regions[chosen.index]) ?? true, "seed \(seed)")
                #expect(!tried.contains(chosen.index), "seed \(seed)")
                #expect(tried.isEmpty || deadline - now >= .seconds(3), "seed \(seed)")
                firsts.removeAll { now - $0 > .seconds(10) }
                retries.removeAll { now - $0 > .seconds(10) }
                if tried.isEmpty {
                    firsts.append(now)
                } else {
                    retries.append(now)
                    #expect(Double(retries.count) <= Double(firsts.count) * 0.2 + 3, "seed \(seed)")
                }
                tried.append(chosen.index)
                let dead = isDead(chosen.index, question)
                if dead, (3_333..<6_666).contains(question) { deadCalls += 1 }
                let error: CompletionError? = dead ? failures.randomElement(using: &random) : nil
                let took = Duration.milliseconds(Int.random(in: 1...900, using: &random))
                now += took
                let goesOn = table.settle(chosen, error, took: took, at: now, using: &random)
                if error == nil, question > 9_900 { lateAnswers += 1 }
                if !goesOn { break }
            }
            #expect(tried.count <= 3, "seed \(seed)")
        }
        // Two endpoints dead for some 2000 s: five calls each to open, then one for each time of being open, at most
        // 10, 20, 40 … 300 s.
        #expect(deadCalls <= 60, "seed \(seed)")
        // The fault that ended leaves nobody shut out.
        #expect(lateAnswers > 50, "seed \(seed)")
    }
}
