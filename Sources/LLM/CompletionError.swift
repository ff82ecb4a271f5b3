/// Why there is no completion, by what can be done about it; none of its texts holds a key or a prompt.
public enum CompletionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bound that a slow provider broke.
    public enum Bound: String, Sendable, Hashable {
        /// No connection in time.
        case connect
        /// No useful token in time, whatever else came.
        case firstToken = "first_token"
        /// Too long a gap between two useful tokens.
        case idle
        /// The whole answer was not there when the caller's deadline passed.
        case deadline
    }

    /// No connection, or one that was closed before an answer began.
    case unreachable(String)
    /// Alive, but slower than a bound.
    case slow(Bound)
    /// The answer broke off.
    case cut(String)
    /// The provider cannot serve now.
    case overloaded(String)
    /// Too many requests for the moment; the wait is the provider's own, where it names one.
    case limited(retryAfter: Duration?)
    /// The quota or the money is spent: final until a human pays.
    case exhausted(String)
    /// The key, the region, the model or the address is refused: final until a human mends it.
    case rejected(String)
    /// The prompt does not fit the model's window.
    case tooLong(String)
    /// The provider's content policy refused the prompt or the answer.
    case filtered(String)
    /// The answer is not what the wire format promises, or is empty.
    case malformed(String)
    /// The provider holds our request for wrong.
    case invalid(String)
    /// Nobody waits for the answer any more.
    case cancelled

    /// Whether the same prompt may succeed at the same provider a little later without anyone mending anything.
    public var isTransient: Bool {
        switch self {
        case .unreachable, .slow, .cut, .overloaded, .limited, .malformed: true
        case .exhausted, .rejected, .tooLong, .filtered, .invalid, .cancelled: false
        }
    }

    /// The class as a word for metrics.
    public var label: String {
        switch self {
        case .unreachable: "unreachable"
        case .slow: "slow"
        case .cut: "cut"
        case .overloaded: "overloaded"
        case .limited: "limited"
        case .exhausted: "exhausted"
        case .rejected: "rejected"
        case .tooLong: "too_long"
        case .filtered: "filtered"
        case .malformed: "malformed"
        case .invalid: "invalid"
        case .cancelled: "cancelled"
        }
    }

    /// The error in one sentence, with what to mend where a human can.
    public var description: String {
        switch self {
        case .unreachable(let detail): "The model's server cannot be reached: \(detail)"
        case .slow(.connect): "The model's server did not accept a connection in time"
        case .slow(.firstToken): "The model did not begin its answer in time"
        case .slow(.idle): "The model fell silent within its answer"
        case .slow(.deadline): "The model's answer was not whole by the deadline"
        case .cut(let detail): "The model's answer broke off: \(detail)"
        case .overloaded(let detail): "The model's server cannot serve now: \(detail)"
        case .limited(.some(let wait)): "The model's rate limit is reached; it asks to wait \(wait)"
        case .limited(.none): "The model's rate limit is reached"
        case .exhausted(let detail): "The model's quota is spent: \(detail); check plan and billing"
        case .rejected(let detail):
            "The model's server refuses us: \(detail); check base_url, model and api_key"
        case .tooLong(let detail): "The prompt is too long for the model: \(detail)"
        case .filtered(let detail): "The model's content policy refused: \(detail)"
        case .malformed(let detail): "The model's answer is not usable: \(detail)"
        case .invalid(let detail): "The model's server holds the request for wrong: \(detail)"
        case .cancelled: "The question was withdrawn"
        }
    }
}
