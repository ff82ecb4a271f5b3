/// What a model wrote, whole, and what it took.
public struct Completion: Sendable, Hashable {
    /// The text without white space at its ends, never empty.
    public var text: String
    /// The name of the provider that wrote it.
    public var provider: String
    /// The model that wrote it, by the provider's word, else as asked for.
    public var model: String
    /// The tokens of the prompt, or nil where the provider does not say.
    public var promptTokens: Int?
    /// The tokens of the text, hidden reasoning included, or nil where the provider does not say.
    public var completionTokens: Int?
    /// Whether the text stops at the limit of tokens, so that its last sentence may be a torso.
    public var isTruncated: Bool

    /// A completion from its parts.
    public init(
        text: String, provider: String, model: String, promptTokens: Int? = nil, completionTokens: Int? = nil,
        isTruncated: Bool = false
    ) {
        self.text = text
        self.provider = provider
        self.model = model
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.isTruncated = isTruncated
    }
}
