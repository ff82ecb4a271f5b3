import Testing

@testable import Chat

@Suite struct LaneQueueTests {
    private let start = ContinuousClock.now

    private func work(_ step: LaneQueue<Int>.Step) -> Int? {
        if case .work(_, let item) = step { return item }
        return nil
    }

    private func time(_ step: LaneQueue<Int>.Step) -> ContinuousClock.Instant? {
        if case .wait(let time) = step { return time }
        return nil
    }

    @Test func `a lane's items come one at a time and in order, lanes beside each other`() {
        var queue = LaneQueue<Int>()
        for item in [1, 2, 3] { queue.append(item, lane: "a") }
        queue.append(10, lane: "b")
        #expect(work(queue.next(at: start)) == 1)
        #expect(work(queue.next(at: start)) == 10)
        #expect(work(queue.next(at: start)) == nil)
        #expect(queue.running == 2 && queue.count == 4)
        queue.finish("a")
        #expect(work(queue.next(at: start)) == 2)
        queue.finish("b")
        queue.finish("a")
        #expect(work(queue.next(at: start)) == 3)
        queue.finish("a")
        #expect(queue.count == 0 && queue.running == 0)
        queue.append(4, lane: "a")
        #expect(work(queue.next(at: start)) == 4)
    }

    @Test func `an item that has to wait holds up its lane alone`() {
        var queue = LaneQueue<Int>()
        queue.append(1, lane: "a")
        queue.append(2, lane: "a")
        queue.append(10, lane: "b")
        #expect(work(queue.next(at: start)) == 1)
        queue.again("a", with: 11, at: start + .seconds(5))
        #expect(work(queue.next(at: start)) == 10)
        #expect(time(queue.next(at: start)) == start + .seconds(5))
        #expect(work(queue.next(at: start + .seconds(5))) == 11)
        queue.finish("a")
        #expect(work(queue.next(at: start + .seconds(5))) == 2)
    }

    @Test func `what is not admitted is asked again at its time, the soonest first`() {
        var queue = LaneQueue<Int>()
        for (lane, item) in [("a", 3), ("b", 1), ("c", 2)] { queue.append(item, lane: lane) }
        let admit: (Int) -> ContinuousClock.Instant? = { [start] item in start + .seconds(item) }
        #expect(time(queue.next(at: start, admit: admit)) == start + .seconds(1))
        #expect(work(queue.next(at: start + .seconds(1))) == 1)
        #expect(time(queue.next(at: start + .seconds(1))) == start + .seconds(2))
        #expect(work(queue.next(at: start + .seconds(9))) == 2)
        #expect(work(queue.next(at: start + .seconds(9))) == 3)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever happens, nothing is lost and no lane is out of order`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var queue = LaneQueue<Int>()
        var underWay: [String: Int] = [:]
        var done: [String: [Int]] = [:]
        var added: [String: [Int]] = [:]
        var now = start
        var next = 0
        func step(adding: Bool) {
            now += .milliseconds(Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where adding:
                let lane = "\(Int.random(in: 0..<7, using: &random))"
                queue.append(next, lane: lane)
                added[lane, default: []].append(next)
                next += 1
            case 1:
                guard let lane = underWay.keys.randomElement(using: &random), let item = underWay[lane] else {
                    return
                }
                underWay[lane] = nil
                if Bool.random(using: &random) {
                    queue.finish(lane)
                    done[lane, default: []].append(item)
                } else {
                    queue.again(
                        lane, with: item, at: now + .milliseconds(Int.random(in: 0...90, using: &random)))
                }
            default:
                let isShut = Int.random(in: 0..<3, using: &random) == 0
                let later = now + .milliseconds(30)
                if case .work(let lane, let item) = queue.next(at: now, admit: { _ in isShut ? later : nil })
                {
                    #expect(underWay[lane] == nil, "seed \(seed)")
                    underWay[lane] = item
                }
            }
            #expect(queue.running == underWay.count, "seed \(seed)")
        }
        for _ in 0..<3000 { step(adding: true) }
        while queue.count > 0 { step(adding: false) }
        #expect(done == added, "seed \(seed)")
        #expect(done.values.reduce(0) { $0 + $1.count } > 300)
    }
}
