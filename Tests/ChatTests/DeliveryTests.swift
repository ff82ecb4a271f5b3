import Foundation
import Testing

@testable import Chat

@Suite struct DeliveryTests {
    private static let address = ReplyAddress(
        chat: "c", user: "u", message: "m", thread: nil, handle: "token", account: nil, isPrivate: true,
        isPress: false, receivedAt: Date(timeIntervalSince1970: 0))
    private static let message = OutboundMessage(address: address, content: .part(ReplyPart()), key: "k")

    private func decide(
        _ outcome: SendOutcome, _ message: OutboundMessage = Self.message, attempts: Int = 1,
        unclear: Bool = false, age: TimeInterval = 1
    ) -> Delivery.Decision {
        Delivery.decision(
            after: outcome, to: message, attempts: attempts, mayHaveArrived: unclear, age: age, jitter: 1)
    }

    @Test func `what was sent is done and what was refused is given up`() {
        #expect(decide(.sent(id: "7")) == .done(id: "7"))
        #expect(decide(.refused("blocked")) == .abandon("blocked"))
    }

    @Test func `refused markup goes once more as plain text`() {
        var plain = Self.message
        plain.isPlain = true
        #expect(decide(.markupRefused) == .again(after: .zero, plain))
        #expect(decide(.markupRefused, plain) == .abandon("refused even without markup"))
    }

    @Test func `a used handle means a message that arrived, or else another way`() {
        var other = Self.message
        other.address.handle = nil
        #expect(decide(.handleRefused) == .again(after: .zero, other))
        #expect(decide(.handleRefused, unclear: true) == .done(id: nil))
        #expect(decide(.handleRefused, other) == .abandon("the address is refused"))
    }

    @Test(arguments: [(1, 500), (2, 1000), (5, 8000), (8, 60_000), (400, 60_000)])
    func `pauses double up to a minute`(attempts: Int, milliseconds: Int) {
        #expect(
            decide(.uncertain("status 500"), attempts: attempts)
                == .again(after: .milliseconds(milliseconds), Self.message))
    }

    @Test func `the platform's own time to wait is kept, and after a day nobody waits for an answer`() {
        #expect(
            decide(.tooFast(wait: .seconds(7), everywhere: false))
                == .again(after: .seconds(7), Self.message))
        let day = 86_400.0
        #expect(
            decide(.tooFast(wait: .seconds(7), everywhere: true), age: day) == .abandon("too fast for a day"))
        #expect(decide(.uncertain("status 502"), age: day) == .abandon("status 502"))
    }
}
