/// What a model is asked: the rules it works by, and the matter at hand.
public struct Prompt: Sendable, Hashable {
    /// The rules; the same for many questions, so that providers can cache it.
    public var system: String
    /// The passages and the question.
    public var user: String

    /// A prompt from its two parts.
    public init(system: String, user: String) {
        self.system = system
        self.user = user
    }
}
