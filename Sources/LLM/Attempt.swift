/// How one prompt fared at one endpoint.
struct Attempt: Sendable {
    /// The completion, or the class of what went wrong.
    var result: Result<Completion, CompletionError>
    /// The tokens to be paid, told or estimated; none where the provider did not work on the prompt.
    var usage = TokenUsage(prompt: 0, completion: 0)
    /// Whether ``usage`` is an estimate in any part.
    var isEstimated = false
    /// The time to the first useful token; nil where none came.
    var firstToken: Duration?
    /// What the provider says is left of its limits.
    var headroom: Headroom?

    init(
        _ result: Result<Completion, CompletionError>, firstToken: Duration? = nil, headroom: Headroom? = nil
    ) {
        self.result = result
        self.firstToken = firstToken
        self.headroom = headroom
    }

    /// What went wrong, or nil for a completion.
    var error: CompletionError? {
        if case .failure(let error) = result { error } else { nil }
    }
}

/// What attempts may cost or have cost.
public struct Spend: Sendable, Hashable {
    /// Tokens of prompt and answer.
    public var tokens: Int
    /// Billionths of the account's currency: whole numbers add up to the same in any order.
    public var nanos: Int

    /// Nothing, where not said otherwise.
    public init(tokens: Int = 0, nanos: Int = 0) {
        self.tokens = tokens
        self.nanos = nanos
    }

    /// Both together.
    public static func + (left: Spend, right: Spend) -> Spend {
        Spend(tokens: left.tokens + right.tokens, nanos: left.nanos + right.nanos)
    }

    /// What the first is more than the second.
    public static func - (left: Spend, right: Spend) -> Spend {
        Spend(tokens: left.tokens - right.tokens, nanos: left.nanos - right.nanos)
    }
}
