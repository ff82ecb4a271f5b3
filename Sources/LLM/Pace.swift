/// The bounds that a model's answer is held to, and which of them falls next.
///
/// silent ─first useful token→ speaking. Whatever else a server sends (headers, roles, pings, usage) moves
/// nothing here, so that a peer which only keeps its connection alive is found out.
struct Pace {
    private let silentDue: ContinuousClock.Instant
    private let idle: Duration
    private let deadline: ContinuousClock.Instant
    private var lastToken: ContinuousClock.Instant?

    init(
        firstToken: Duration, idle: Duration, start: ContinuousClock.Instant,
        deadline: ContinuousClock.Instant
    ) {
        silentDue = start + firstToken
        self.idle = idle
        self.deadline = deadline
    }

    /// Whether a useful token has come.
    var isSpeaking: Bool { lastToken != nil }

    /// Notes a useful token.
    mutating func spoke(at now: ContinuousClock.Instant) { lastToken = now }

    /// The bound that falls next, and when.
    var next: (due: ContinuousClock.Instant, bound: CompletionError.Bound) {
        let (due, bound): (ContinuousClock.Instant, CompletionError.Bound) =
            lastToken.map { ($0 + idle, .idle) } ?? (silentDue, .firstToken)
        return due < deadline ? (due, bound) : (deadline, .deadline)
    }
}
