/// The clock of one exchange: which bound falls next, and which has fallen.
///
/// connecting ─first byte→ receiving ⇄ held back by the reader. `firstByte` counts until the first byte, `idle`
/// between bytes while receiving, `total` always. The connect bound is libcurl's own.
struct DeadlineWatch {
    private let timeouts: HTTPRequest.Timeouts
    private let start: ContinuousClock.Instant
    private var lastByte: ContinuousClock.Instant?
    private var isHeld = false

    init(_ timeouts: HTTPRequest.Timeouts, start: ContinuousClock.Instant) {
        self.timeouts = timeouts
        self.start = start
    }

    /// Notes a byte of the final response.
    mutating func received(at now: ContinuousClock.Instant) { lastByte = now }

    /// Notes that the reader holds the sender back, so that silence is not the sender's fault.
    mutating func hold() { isHeld = true }

    /// Notes that the reader takes bytes again.
    mutating func resume(at now: ContinuousClock.Instant) {
        guard isHeld else { return }
        isHeld = false
        lastByte = now
    }

    /// The next bound to fall, and the error that it then is.
    var next: (due: ContinuousClock.Instant, error: TransportError) {
        let total = (due: start + timeouts.total, error: TransportError.totalTimeout(timeouts.total))
        let phase: (due: ContinuousClock.Instant, error: TransportError)
        if isHeld {
            return total
        } else if let lastByte {
            phase = (lastByte + timeouts.idle, .idleTimeout(timeouts.idle))
        } else {
            phase = (start + timeouts.firstByte, .firstByteTimeout(timeouts.firstByte))
        }
        return phase.due < total.due ? phase : total
    }
}
