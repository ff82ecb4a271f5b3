public import News
public import Text

/// One question as it comes from a reader, with what the edge knows about it.
public struct Inquiry: Sendable, Hashable {
    /// The reader's words.
    public var question: String
    /// The conversation that the question belongs to; nil for a question that stands alone and is not remembered.
    public var conversation: String?
    /// The language to reply in; nil follows the question.
    public var language: Language?
    /// The largest number of citations, 1…10; nil for the configured one.
    public var top: Int?
    /// Whether a model may be asked, where one is configured.
    public var usesModel = true

    /// An inquiry; only the question is needed.
    public init(question: String, conversation: String? = nil, language: Language? = nil, top: Int? = nil) {
        self.question = question
        self.conversation = conversation
        self.language = language
        self.top = top
    }
}

/// An answer with the account of how it came about.
public struct Reply: Sendable {
    /// What the reader gets.
    public var answer: Answer
    /// How the answer came about.
    public var why: Why
    /// The number of the turn on record; nil where the inquiry names no conversation or asks nothing of the archive.
    public var turn: Int64?
    /// What may be asked next, the most telling first.
    public var suggestions: [Suggestion]
    /// From the question's arrival to the finished answer.
    public var took: Duration

    /// A reply made of the given parts.
    public init(
        answer: Answer, why: Why, turn: Int64? = nil, suggestions: [Suggestion] = [], took: Duration
    ) {
        self.turn = turn
        self.suggestions = suggestions
        self.answer = answer
        self.why = why
        self.took = took
    }
}
