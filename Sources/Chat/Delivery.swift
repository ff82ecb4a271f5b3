import Foundation

/// What to do with a message after a try to send it, without sockets and clocks.
///
/// The promise is that every answer arrives, and twice only where the platform gives no way to avoid it: a platform that
/// falls silent after it was sent a message may have shown it. Where it knows a repetition by a key, by a used reply
/// token or because it replaces the same message, sending again is harmless; elsewhere it is the lesser evil.
enum Delivery {
    /// What comes next.
    enum Decision: Hashable {
        /// The platform has it.
        case done(id: String?)
        /// Once more, after a time.
        case again(after: Duration, OutboundMessage)
        /// Never: why.
        case abandon(String)
    }

    /// How long a message is tried for.
    static let patience: TimeInterval = 24 * 3600
    private static let longestPause = Duration.seconds(60)

    /// The decision after a try.
    ///
    /// - Parameters:
    ///   - outcome: what the platform said.
    ///   - message: what was sent.
    ///   - attempts: how many tries there were, this one included.
    ///   - mayHaveArrived: whether an earlier try ended without an answer.
    ///   - age: since when the message waits, in seconds.
    ///   - jitter: 0…1, so that many messages do not come back at one moment.
    /// - Returns: what to do; a message that is to be sent again may come back changed.
    static func decision(
        after outcome: SendOutcome, to message: OutboundMessage, attempts: Int, mayHaveArrived: Bool,
        age: TimeInterval, jitter: Double
    ) -> Decision {
        var message = message
        switch outcome {
        case .sent(let id): return .done(id: id)
        case .refused(let reason): return .abandon(reason)
        case .markupRefused where !message.isPlain:
            message.isPlain = true
            return .again(after: .zero, message)
        case .markupRefused: return .abandon("refused even without markup")
        case .handleRefused where message.address.handle == nil: return .abandon("the address is refused")
        case .handleRefused where mayHaveArrived:
            // The token can be used once, and it was we who used it.
            return .done(id: nil)
        case .handleRefused:
            message.address.handle = nil
            return .again(after: .zero, message)
        case .tooFast(let wait, _):
            guard age < patience else { return .abandon("too fast for a day") }
            return .again(after: wait ?? pause(attempts, jitter), message)
        case .uncertain(let reason):
            guard age < patience else { return .abandon(reason) }
            return .again(after: pause(attempts, jitter), message)
        }
    }

    /// A pause that doubles from half a second to a minute, give or take a half of it.
    private static func pause(_ attempts: Int, _ jitter: Double) -> Duration {
        let full = min(.milliseconds(500 << min(max(attempts - 1, 0), 8)), longestPause)
        return full * (0.5 + 0.5 * min(max(jitter, 0), 1))
    }
}
