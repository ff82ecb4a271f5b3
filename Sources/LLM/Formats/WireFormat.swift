/// How one provider's protocol writes a prompt and an answer.
///
/// A format is pure: values and bytes in, values and bytes out. It says nothing of time, sockets or repeating, which are
/// the same for all. Every format reads its answers into ``AnswerPart``s, so that what counts as a useful token, a
/// refusal or a whole text is decided once, in ``AnswerBuilder``.
protocol WireFormat: Sendable {
    /// How the bytes of a streamed answer fall into events.
    var framing: AnswerFraming { get }

    /// The request for one answer to one prompt.
    ///
    /// - Throws: ``CompletionError/invalid(_:)`` where the prompt or the endpoint has no form on the wire.
    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest

    /// What one event says, in order.
    ///
    /// - Returns: nothing for an event that is of no interest, nil for one that cannot be read.
    func parts(of event: WireEvent) -> [AnswerPart]?

    /// What a whole answer says that came in one piece of JSON; nil for one that cannot be read.
    func parts(ofWhole body: [UInt8]) -> [AnswerPart]?
}

/// Where a prompt goes, and its bytes.
struct WireRequest: Sendable {
    /// The address to post to.
    var url: String
    /// The fields that carry the key and the version; the content type is added.
    var headers: [(name: String, value: String)]
    /// The JSON of the request.
    var body: [UInt8]
}

/// How the bytes of a stream fall into events.
enum AnswerFraming: Sendable {
    /// Server-sent events (WHATWG HTML, 9.2).
    case events
    /// One JSON object a line.
    case lines
    /// Amazon's binary event stream.
    case frames
}

/// One event of a streamed answer.
struct WireEvent: Sendable, Hashable {
    /// The event's name, or "" where the framing has none.
    var name: String
    /// Its payload.
    var data: [UInt8]
}

/// What a piece of an answer says, in words that all formats share.
enum AnswerPart: Sendable, Hashable {
    /// How an answer came to its end.
    enum Finish: Sendable, Hashable {
        /// The model was done.
        case stop
        /// The limit of tokens.
        case length
        /// The provider's content policy, with its word for the reason.
        case filtered(String)
        /// The model's window.
        case windowFull
        /// In a way that leaves nothing usable.
        case broken(String)
    }

    /// Text of the answer.
    case text(String)
    /// Text by which the model refuses.
    case refusal(String)
    /// The model's name by the provider's word.
    case model(String)
    /// Tokens spent so far; a later word replaces an earlier one, number by number.
    case usage(TokenUsage)
    /// The text is whole.
    case finish(Finish)
    /// Nothing more comes.
    case end
    /// The provider failed, under a status of success.
    case failure(ProviderFailure)
}

/// The tokens of one attempt; nil where nobody said.
public struct TokenUsage: Sendable, Hashable {
    /// Tokens of the prompt, cached ones included.
    public var prompt: Int?
    /// Tokens of the answer, hidden reasoning included.
    public var completion: Int?

    /// Tokens, by part.
    public init(prompt: Int? = nil, completion: Int? = nil) {
        self.prompt = prompt
        self.completion = completion
    }
}
