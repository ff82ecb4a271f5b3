/// A prompt to a completion, from whoever writes it.
///
/// The module LLM hides wire formats, streams and their faults. A completion is whole or it is an error: what a
/// broken stream has sent so far is never handed out, because the reader has the extractive answer already.
public protocol LanguageModel: Sendable {
    /// The name by which answers, logs and metrics know the provider.
    var name: String { get }

    /// The most tokens that a prompt may have, by a rough estimate; nil where nobody knows.
    var promptTokens: Int? { get }

    /// The same model for the questions of one conversation, held to what that conversation allows.
    ///
    /// - Parameter conversation: its identity; nil for a question that belongs to none.
    /// - Returns: a model that shares all that this one knows.
    func serving(_ conversation: String?) -> any LanguageModel

    /// Why nobody can be asked at this moment; nil where somebody may be.
    ///
    /// It is no promise: who may be asked now can fail. It costs next to nothing and changes nothing, and spares the making
    /// of a prompt that nobody would read.
    func refusal() -> CompletionError?

    /// The whole text for one prompt.
    ///
    /// - Parameters:
    ///   - prompt: what is asked.
    ///   - deadline: when an answer is of no use any more.
    /// - Returns: the text with what the provider said about it.
    /// - Throws: the class of what went wrong; ``CompletionError/cancelled`` when the task is cancelled.
    func complete(_ prompt: Prompt, deadline: ContinuousClock.Instant) async throws(CompletionError)
        -> Completion

    /// The whole text for one prompt, with a view of how it grows.
    ///
    /// - Parameters:
    ///   - prompt: what is asked.
    ///   - deadline: when an answer is of no use any more.
    ///   - onText: told of all that the model has written so far, again and again. It begins anew where another attempt
    ///     takes over, and need not be told of anything.
    /// - Returns: the text with what the provider said about it.
    /// - Throws: as ``complete(_:deadline:)``.
    func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, onText: @escaping @Sendable (String) -> Void
    ) async throws(CompletionError) -> Completion
}

extension LanguageModel {
    /// Nobody knows.
    public var promptTokens: Int? { nil }

    /// The whole text, of which nothing is told before.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, onText: @escaping @Sendable (String) -> Void
    ) async throws(CompletionError) -> Completion {
        try await complete(prompt, deadline: deadline)
    }

    /// Somebody may always be asked.
    public func refusal() -> CompletionError? { nil }

    /// The same model: it makes no difference between conversations.
    public func serving(_ conversation: String?) -> any LanguageModel { self }
}
