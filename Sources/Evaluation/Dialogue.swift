public import News
public import Text

/// A conversation with what its answers must hold; its turns are asked in order.
public struct Dialogue: Sendable, Hashable {
    /// What reports call it; unique in its batch.
    public var name: String
    /// The questions in order.
    public var turns: [Turn]

    /// A dialogue made of the given parts.
    public init(name: String, turns: [Turn]) {
        self.name = name
        self.turns = turns
    }

    /// One question with what its answer must hold.
    public struct Turn: Sendable, Hashable {
        /// The question, as a reader would type it.
        public var question: String
        /// What its answer must hold.
        public var expectation: AnswerExpectation
        /// The line of the batch file that it stands in, from 1.
        public var line: Int

        /// A turn made of the given parts.
        public init(question: String, expectation: AnswerExpectation = AnswerExpectation(), line: Int = 1) {
            self.question = question
            self.expectation = expectation
            self.line = line
        }
    }
}

/// What an answer must hold; what is not set is not looked at.
///
/// Words are compared folded: case, width, accents, the two Chinese scripts and the amount of white space do not count.
public struct AnswerExpectation: Sendable, Hashable {
    /// All of these occur in the answer.
    public var contains: [String] = []
    /// At least one of these occurs.
    public var containsAny: [String] = []
    /// None of these occurs.
    public var notContains: [String] = []
    /// Each is part of the id, title, link or source of some citation.
    public var cites: [String] = []
    /// Whether the archive held the answer.
    public var status: Answer.Status?
    /// Who wrote it: `template`, `llm` for any model, or `llm:<provider>`.
    public var engine: String?
    /// The language of the answer.
    public var language: Language?
    /// The longest time that the answer may take, in milliseconds.
    public var maxMilliseconds: Double?

    /// An expectation that every answer meets.
    public init() {}

    /// What an answer lacks, each a sentence; empty when it holds all that is expected.
    public func failures(of reply: BatchReply) -> [String] {
        let answer = reply.answer
        let text = Self.folded(answer.text)
        func isHeld(_ words: String) -> Bool { text.contains(Self.folded(words)) }
        var failures = contains.filter { !isHeld($0) }.map { "does not contain “\($0)”" }
        if !containsAny.isEmpty, !containsAny.contains(where: isHeld) {
            failures.append("contains none of " + containsAny.map { "“\($0)”" }.joined(separator: ", "))
        }
        failures += notContains.filter(isHeld).map { "contains “\($0)”" }
        for wanted in cites {
            let wanted = Self.folded(wanted)
            let isCited = answer.citations.contains { citation in
                [citation.articleID, citation.headline, citation.url ?? "", citation.source]
                    .contains { Self.folded($0).contains(wanted) }
            }
            if !isCited { failures.append("cites nothing with “\(wanted)”") }
        }
        if let status, status != answer.status {
            failures.append("status is \(answer.status.rawValue), not \(status.rawValue)")
        }
        if let engine {
            let actual = answer.engine.description
            if actual != engine, !(engine == "llm" && actual.hasPrefix("llm:")) {
                failures.append("engine is \(actual), not \(engine)")
            }
        }
        if let language, language != answer.language {
            failures.append("language is \(answer.language.rawValue), not \(language.rawValue)")
        }
        let milliseconds = reply.took / .milliseconds(1)
        if let maxMilliseconds, milliseconds > maxMilliseconds {
            failures.append("took \(milliseconds) ms, not at most \(maxMilliseconds)")
        }
        return failures
    }

    private static func folded(_ text: String) -> String {
        Folding.fold(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// What a batch gets for a question, wherever it was answered.
public struct BatchReply: Sendable, Hashable {
    /// The answer.
    public var answer: Answer
    /// How long it took, as who answered measured it.
    public var took: Duration

    /// A reply made of the given parts.
    public init(answer: Answer, took: Duration) {
        self.answer = answer
        self.took = took
    }
}
