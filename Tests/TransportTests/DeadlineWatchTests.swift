import Testing

@testable import Transport

@Suite struct DeadlineWatchTests {
    private let start = ContinuousClock.now
    private let bounds = HTTPRequest.Timeouts(
        connect: .seconds(1), firstByte: .seconds(4), idle: .seconds(2), total: .seconds(10))

    @Test func `until the first byte the first-byte bound falls next`() {
        let watch = DeadlineWatch(bounds, start: start)
        #expect(watch.next.due == start + .seconds(4))
        #expect(watch.next.error == .firstByteTimeout(.seconds(4)))
    }

    @Test func `each byte moves the idle bound on`() {
        var watch = DeadlineWatch(bounds, start: start)
        watch.received(at: start + .seconds(1))
        #expect(watch.next.due == start + .seconds(3))
        watch.received(at: start + .seconds(3))
        #expect(watch.next.due == start + .seconds(5))
        #expect(watch.next.error == .idleTimeout(.seconds(2)))
    }

    @Test func `the total bound falls first where it is nearest`() {
        var watch = DeadlineWatch(bounds, start: start)
        watch.received(at: start + .seconds(9))
        #expect(watch.next.due == start + .seconds(10))
        #expect(watch.next.error == .totalTimeout(.seconds(10)))
    }

    @Test func `a reader that holds back stops the idle bound, not the total one`() {
        var watch = DeadlineWatch(bounds, start: start)
        watch.received(at: start + .seconds(1))
        watch.hold()
        #expect(watch.next.error == .totalTimeout(.seconds(10)))
        watch.resume(at: start + .seconds(6))
        #expect(watch.next.due == start + .seconds(8))
        #expect(watch.next.error == .idleTimeout(.seconds(2)))
    }

    @Test func `a resume without a hold changes nothing`() {
        var watch = DeadlineWatch(bounds, start: start)
        watch.resume(at: start + .seconds(3))
        #expect(watch.next.error == .firstByteTimeout(.seconds(4)))
    }
}
