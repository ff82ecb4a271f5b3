import Testing

@testable import Storage

@Suite struct CommitTurnsTests {
    private typealias Turns = CommitTurns<Int>
    private let pause = Turns.pause
    private let patience = Turns.patience
    private let crowd = UInt64(Turns.crowd)

    @Test(arguments: [true, false]) func `a change alone waits for nobody`(isUrgent: Bool) {
        var turns = Turns()
        for round in 0..<3 {
            #expect(turns.add(round, isUrgent: isUrgent) == .write)
            #expect(turns.take(at: UInt64(round)) == [round])
            #expect(turns.written(at: UInt64(round)) == .nothing)
        }
    }

    @Test func `a few changes at once wait for nobody`() {
        var turns = Turns()
        #expect(turns.add(0, isUrgent: false) == .write)
        #expect(turns.add(1, isUrgent: false) == .nothing)
        #expect(turns.take(at: 0) == [0, 1])
        #expect(turns.add(2, isUrgent: false) == .nothing)
        #expect(turns.written(at: 1) == .write)
        #expect(turns.take(at: 1) == [2])
        #expect(turns.written(at: 2) == .nothing)
    }

    /// After a transaction of many changes, written at `start`.
    private func crowded(at start: UInt64) -> Turns {
        var turns = Turns()
        for number in 0..<Int(crowd) { _ = turns.add(number, isUrgent: false) }
        #expect(turns.take(at: start).count == Int(crowd))
        return turns
    }

    @Test func `patient changes gather after a crowd`() {
        var turns = crowded(at: 0)
        #expect(turns.add(10, isUrgent: false) == .nothing)
        #expect(turns.written(at: 100) == .wait(nanoseconds: patience, turn: 1))
        #expect(turns.add(11, isUrgent: false) == .nothing)
        #expect(turns.timeIsUp(turn: 1) == .write)
        #expect(turns.timeIsUp(turn: 1) == .nothing)
        #expect(turns.take(at: 100 + patience) == [10, 11])
    }

    @Test func `an urgent change goes before patient ones`() {
        var turns = crowded(at: 0)
        #expect(turns.add(10, isUrgent: false) == .nothing)
        #expect(turns.written(at: 100) == .wait(nanoseconds: patience, turn: 1))
        #expect(turns.add(20, isUrgent: true) == .write)
        #expect(turns.take(at: 200) == [20])
        #expect(turns.timeIsUp(turn: 1) == .nothing)
        // Two are no crowd: the patient one has its turn.
        #expect(turns.written(at: 300) == .write)
        #expect(turns.take(at: 300) == [10])
    }

    @Test func `urgent changes take the patient along when it is time`() {
        var turns = crowded(at: 0)
        #expect(turns.add(10, isUrgent: false) == .nothing)
        #expect(turns.add(20, isUrgent: true) == .nothing)
        #expect(turns.written(at: 100) == .wait(nanoseconds: pause, turn: 1))
        #expect(turns.add(21, isUrgent: true) == .nothing)
        #expect(turns.timeIsUp(turn: 1) == .write)
        #expect(turns.take(at: 100 + patience) == [20, 21, 10])
    }

    /// A seeded crowd of changes: each is written once, those of one kind in their order, and none waits for long.
    @Test(arguments: 0..<50) func `every change is written once and in time`(seed: UInt64) throws {
        var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ limit: UInt64) -> UInt64 {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return random % limit
        }
        var turns = Turns()
        var arrivals = (0..<400).map { (number: $0, at: next(100_000_000), isUrgent: next(3) == 0) }
            .sorted { $0.at < $1.at }[...]
        let all = Array(arrivals)
        var written: [Int: UInt64] = [:]
        var order: [Int] = []
        var (now, batch, end): (UInt64, [Int], UInt64?) = (0, [], nil)
        var alarm: (at: UInt64, turn: Int)?
        func take(_ step: Turns.Step) {
            switch step {
            case .nothing: break
            case .write:
                batch = turns.take(at: now)
                #expect(!batch.isEmpty)
                end = now + 500_000 + next(3_000_000)
            case .wait(let nanoseconds, let turn): alarm = (now + nanoseconds, turn)
            }
        }
        while true {
            let times = [arrivals.first?.at, end, alarm?.at].compactMap(\.self)
            guard let time = times.min() else { break }
            now = max(now, time)
            if let ended = end, ended <= now {
                end = nil
                for number in batch {
                    #expect(written.updateValue(now, forKey: number) == nil)
                    order.append(number)
                }
                take(turns.written(at: now))
            } else if let due = alarm, due.at <= now {
                alarm = nil
                take(turns.timeIsUp(turn: due.turn))
            } else if let change = arrivals.popFirst() {
                take(turns.add(change.number, isUrgent: change.isUrgent))
            }
        }
        #expect(written.count == all.count)
        for isUrgent in [true, false] {
            let mine = all.filter { $0.isUrgent == isUrgent }.map(\.number)
            #expect(order.filter(Set(mine).contains) == mine)
        }
        for change in all {
            let waited = try #require(written[change.number]) - change.at
            // At most two transactions of 3.5 ms, and the waits between them.
            #expect(waited <= 7_000_000 + (change.isUrgent ? pause : patience + 3_500_000 + pause))
        }
    }
}
