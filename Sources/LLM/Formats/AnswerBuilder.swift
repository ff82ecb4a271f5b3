import Foundation

/// An answer as it grows, part by part, whatever format it comes in.
struct AnswerBuilder {
    /// Whether the sender has said that nothing more will come.
    private(set) var isDone = false
    /// Whether the model has said that its text is whole.
    var isFinished: Bool { finish != nil || isDone }
    /// The tokens that the provider has told of so far.
    private(set) var usage = TokenUsage()
    /// What has come of the text.
    private(set) var text = ""

    private let maxTextBytes: Int
    private var refusal = ""
    private var finish: AnswerPart.Finish?
    private var model: String?

    /// An answer of at most that many bytes of text; one that goes on is not the answer that was asked for.
    init(maxTextBytes: Int = .max) {
        self.maxTextBytes = maxTextBytes
    }

    /// Takes what one event says; nil for an event that cannot be read.
    ///
    /// - Returns: whether it brought a useful token, which is one that a reader could see.
    /// - Throws: ``CompletionError/malformed(_:)`` for what cannot be read, because a word of the answer may have been
    ///   in it; the class of the failure that the provider tells of.
    mutating func add(_ parts: [AnswerPart]?) throws(CompletionError) -> Bool {
        guard let parts else { throw .malformed("one of its events cannot be read") }
        var isUseful = false
        for part in parts where !isDone {
            switch part {
            case .text(let new):
                text += new
                guard text.utf8.count <= maxTextBytes else {
                    throw .malformed("it goes on beyond the tokens that were asked for")
                }
                if new.contains(where: { !$0.isWhitespace }) { isUseful = true }
            case .refusal(let new): refusal += new
            case .model(let name): if !name.isEmpty { model = name }
            case .usage(let told):
                usage.prompt = told.prompt ?? usage.prompt
                usage.completion = told.completion ?? usage.completion
            case .finish(let reason): finish = reason
            case .end: isDone = true
            case .failure(let failure): throw failure.error()
            }
        }
        return isUseful
    }

    /// The completion, now that nothing more comes.
    ///
    /// - Throws: what the text lacks to be one.
    func completion(provider: String, askedFor: String) throws(CompletionError) -> Completion {
        switch finish {
        case .filtered(let reason): throw .filtered("the answer was withheld (\(reason))")
        case .windowFull: throw .tooLong("the window was full before the answer was whole")
        case .broken(let reason): throw .malformed("it ended with \(reason)")
        case .stop, .length, nil: break
        }
        guard isFinished else { throw .cut("it ended without a sign of its end") }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            if !refusal.isEmpty { throw .filtered(refusal) }
            throw .malformed(
                finish == .length
                    ? "its tokens were spent before the first word; raise max_tokens" : "it is empty")
        }
        return Completion(
            text: trimmed, provider: provider, model: model ?? askedFor, promptTokens: usage.prompt,
            completionTokens: usage.completion, isTruncated: finish == .length)
    }
}
