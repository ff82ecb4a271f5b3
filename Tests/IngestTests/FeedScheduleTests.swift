import Foundation
import Ingest
import News
import Testing

private let day: TimeInterval = 86_400

@Suite struct FeedScheduleTests {
    private let schedule = FeedSchedule()
    private let now = reference

    private func pause(
        _ outcome: FeedSchedule.Outcome, _ progress: FeedSubscription.Progress = .init(), chance: Double = 0
    )
        -> TimeInterval
    {
        schedule.progress(after: outcome, of: progress, at: now, chance: chance).nextReadAt.timeIntervalSince(
            now)
    }

    private func failing(_ count: Int) -> FeedSubscription.Progress {
        var progress = FeedSubscription.Progress()
        progress.failures = count
        return progress
    }

    private func known(rhythm: TimeInterval, silence: TimeInterval) -> FeedSubscription.Progress {
        var progress = FeedSubscription.Progress()
        (progress.rhythm, progress.lastNewAt) = (rhythm, now.addingTimeInterval(-silence))
        return progress
    }

    @Test func `pauses follow the rhythm, the server's wishes and the errors`() {
        let quiet = FeedSchedule.Advice()
        #expect(pause(.read(new: 0, quiet)) == 900)
        #expect(pause(.unchanged(FeedSchedule.Advice(freshFor: 3600))) == 3600)
        #expect(pause(.unchanged(FeedSchedule.Advice(freshFor: 1))) == 900)
        #expect(pause(.unchanged(FeedSchedule.Advice(freshFor: 1e9))) == day)
        #expect(pause(.unchanged(quiet), known(rhythm: 7200, silence: 60)) == 1800)
        #expect(pause(.unchanged(quiet), known(rhythm: 60, silence: 60)) == 300)
        #expect(pause(.unchanged(quiet), known(rhythm: 60, silence: day)) == day / 16)
        #expect(pause(.unchanged(quiet), known(rhythm: 60, silence: 400 * day)) == day / 4)
        let doubled: [(Int, TimeInterval)] = [
            (0, 900), (1, 1800), (2, 3600), (5, 28_800), (9, day), (1000, day),
        ]
        for (failures, wanted) in doubled {
            #expect(pause(.failed("x", retryAfter: nil), failing(failures)) == wanted, "after \(failures)")
        }
        #expect(pause(.failed("x", retryAfter: 5000)) == 5000)
        #expect(pause(.failed("x", retryAfter: 1e12)) == day)
    }

    @Test func `chance lengthens a pause by a tenth at most`() {
        #expect(pause(.unchanged(.init()), chance: 0.5) == 945)
        #expect(pause(.unchanged(.init()), chance: 7) <= 990.0001)
    }

    @Test func `a success forgets the errors and keeps the validators`() {
        var progress = failing(3)
        progress.lastError = "x"
        progress = schedule.progress(
            after: .read(new: 1, .init(etag: "\"a\"", lastModified: "m")), of: progress, at: now, chance: 0)
        #expect(
            progress.failures == 0 && progress.lastError == nil && progress.lastReadAt == now
                && progress.lastNewAt == now)
        #expect(progress.etag == "\"a\"" && progress.lastModified == "m" && progress.rhythm == nil)
        progress = schedule.progress(
            after: .unchanged(.init()), of: progress, at: now.addingTimeInterval(60), chance: 0)
        #expect(progress.etag == "\"a\"" && progress.lastNewAt == now)
        // A full answer without validators means that the server has none any more.
        progress = schedule.progress(
            after: .read(new: 0, .init()), of: progress, at: now.addingTimeInterval(90), chance: 0)
        #expect(progress.etag == nil)
    }

    @Test func `the rhythm is learnt from what is new`() {
        var progress = FeedSubscription.Progress()
        var moment = now
        for _ in 0..<40 {
            progress = schedule.progress(after: .read(new: 2, .init()), of: progress, at: moment, chance: 0)
            moment = moment.addingTimeInterval(3600)
        }
        #expect(abs((progress.rhythm ?? 0) - 3600) < 1)
        progress = schedule.progress(
            after: .read(new: 1, .init()), of: progress, at: moment.addingTimeInterval(2 * day), chance: 0)
        #expect((progress.rhythm ?? 0) < 60_000)
    }

    @Test func `a feed that has ended is never due again`() {
        let progress = schedule.progress(after: .gone, of: failing(1), at: now, chance: 0)
        #expect(progress.endedAt == now && progress.lastError == nil)
    }

    @Test(arguments: 0..<200)
    func `the next reading lies ahead, within bounds`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var progress = FeedSubscription.Progress()
        var moment = now
        for _ in 0..<50 {
            let wish = [nil, -5, 0, 1e3, 1e7, .infinity].randomElement(using: &random) ?? nil
            let outcomes: [FeedSchedule.Outcome] = [
                .read(new: Int.random(in: 0...3, using: &random), .init(freshFor: wish)),
                .unchanged(.init(freshFor: wish)),
                .failed("x", retryAfter: wish),
            ]
            guard let outcome = outcomes.randomElement(using: &random) else { continue }
            progress = schedule.progress(
                after: outcome, of: progress, at: moment, chance: Double.random(in: 0..<1, using: &random))
            let pause = progress.nextReadAt.timeIntervalSince(moment)
            #expect(pause >= 299.9 && pause <= day * 1.1 + 1, "seed \(seed)")
            moment = progress.nextReadAt
        }
    }

    @Test func `the condition of a feed is told`() {
        var feed = FeedSubscription(url: "https://a.example/f", addedAt: now)
        #expect(feed.condition(at: now) == .waiting && feed.source == "a.example")
        (feed.progress.lastReadAt, feed.progress.lastNewAt, feed.progress.rhythm) = (now, now, 3600)
        #expect(feed.condition(at: now.addingTimeInterval(day)) == .fresh)
        #expect(feed.condition(at: now.addingTimeInterval(day + 1)) == .silent(since: now))
        (feed.progress.failures, feed.progress.lastError) = (3, "down")
        #expect(feed.condition(at: now) == .failing("down"))
        feed.progress.endedAt = now
        #expect(feed.condition(at: now) == .ended)
    }
}
