import Testing

@testable import Chat

@Suite struct SendPaceTests {
    private let start = ContinuousClock.now

    @Test func `a chat gets its burst and then one message an interval`() {
        var pace = SendPace(
            perChat: .init(every: .seconds(1), burst: 3), overall: .init(every: .milliseconds(1)))
        let times = sent(&pace, to: "a", count: 6)
        #expect(times == [0, 1, 2, 1000, 2000, 3000].map { start + .milliseconds($0) })
    }

    @Test func `chats do not wait for each other but for the platform`() {
        var pace = SendPace(
            perChat: .init(every: .seconds(1)), overall: .init(every: .milliseconds(100), burst: 2))
        #expect(pace.take(for: "a", at: start) == nil)
        #expect(pace.opening(at: start) == nil)
        #expect(pace.take(for: "b", at: start) == nil)
        #expect(pace.opening(at: start) == start + .milliseconds(100))
        #expect(pace.opening(at: start + .milliseconds(100)) == nil)
        #expect(pace.take(for: "c", at: start) == start + .milliseconds(100))
        #expect(pace.take(for: "c", at: start + .milliseconds(100)) == nil)
        #expect(pace.take(for: "a", at: start + .milliseconds(500)) == start + .seconds(1))
    }

    @Test func `nothing goes before the time that the platform named is over`() {
        var pace = SendPace(perChat: .init(every: .seconds(1)), overall: .init(every: .milliseconds(1)))
        pace.refuse(.chat("a"), for: .seconds(7), at: start)
        pace.refuse(.chat("a"), for: .seconds(2), at: start)
        #expect(pace.take(for: "a", at: start + .seconds(6)) == start + .seconds(7))
        #expect(pace.take(for: "b", at: start) == nil)
        pace.refuse(.platform, for: .seconds(9), at: start)
        #expect(pace.take(for: "b", at: start + .seconds(8)) == start + .seconds(9))
        #expect(pace.take(for: "a", at: start + .seconds(9)) == nil)
    }

    @Test func `an idle chat is forgotten and a blocked one is not`() {
        var pace = SendPace(perChat: .init(every: .seconds(1)), overall: .init(every: .milliseconds(1)))
        for chat in 0..<50 { _ = pace.take(for: "\(chat)", at: start + .milliseconds(chat)) }
        pace.refuse(.chat("late"), for: .seconds(60), at: start)
        #expect(pace.forgetIdle(at: start + .milliseconds(500)) == 51)
        #expect(pace.forgetIdle(at: start + .seconds(5)) == 1)
        #expect(pace.take(for: "late", at: start + .seconds(5)) == start + .seconds(60))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `no second holds more than the rates allow`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var pace = SendPace(
            perChat: .init(every: .seconds(1), burst: 3), overall: .init(every: .milliseconds(50), burst: 5))
        var sends: [(chat: String, at: Int)] = []
        for millisecond in stride(from: 0, to: 20_000, by: 7) {
            let chat = String(Int.random(in: 0..<40, using: &random))
            if pace.take(for: chat, at: start + .milliseconds(millisecond)) == nil {
                sends.append((chat, millisecond))
            }
        }
        #expect(sends.count > 100)
        for from in stride(from: 0, to: 19_000, by: 250) {
            let window = sends.filter { (from..<from + 1000).contains($0.at) }
            #expect(window.count <= 25, "seed \(seed)")
            let perChat = Dictionary(grouping: window, by: \.chat).values.map(\.count).max() ?? 0
            #expect(perChat <= 4, "seed \(seed)")
        }
    }

    /// When each message goes if the sender asks again exactly when told to.
    private func sent(_ pace: inout SendPace, to chat: String, count: Int) -> [ContinuousClock.Instant] {
        var times: [ContinuousClock.Instant] = []
        var now = start
        while times.count < count {
            if let later = pace.take(for: chat, at: now) {
                now = later
            } else {
                times.append(now)
            }
        }
        return times
    }
}
