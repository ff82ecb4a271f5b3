public import Retrieval
public import Text

/// The account of one answer: how the question was read, what was found, and what was chosen.
///
/// It is data, so that a terminal, a page and a log can each show it in their own way.
public struct Why: Sendable, Hashable {
    /// The question as it was understood, with what a follow-up left unsaid.
    public var standalone: String
    /// The kind of question, such as `when` or `list`.
    public var kind: String
    /// The reply's language.
    public var language: Language
    /// The concepts that the answer had to meet, with their weights.
    public var terms: [Term]
    /// The articles that were found, best first.
    public var articles: [Ranked] = []
    /// What tells how likely the archive knows of the matter at all: a logistic sum.
    public var signals: [Evidence.Feature] = []
    /// The sentences considered, best first.
    public var candidates: [Candidate]
    /// What the confidence was made from, where the sentence was held against the question word by word.
    public var relation: [Evidence.Feature]
    /// The checks that decided between answering and refusing, each a sentence for an operator.
    public var decisions: [String]
    /// Who wrote the text.
    public var engine: String
    /// What went wrong with the model, where one was asked in vain.
    public var modelFailure: String?
    /// The time of each stage, in order.
    public var stages: [Stage]

    /// An empty account of a question.
    public init(standalone: String, kind: String, language: Language) {
        self.standalone = standalone
        self.kind = kind
        self.language = language
        terms = []
        candidates = []
        relation = []
        decisions = []
        engine = "template"
        stages = []
    }

    /// One concept of the question.
    public struct Term: Sendable, Hashable {
        /// The reader's word or name.
        public var word: String
        /// Its share in the decision, relative to the others.
        public var weight: Double
        /// Whether it names somebody or something.
        public var isName: Bool
    }

    /// One article that was found, and what puts it in its place.
    public struct Ranked: Sendable, Hashable {
        /// The article's id.
        public var article: String
        /// What makes up its score, which is their weighed sum.
        public var features: [Evidence.Feature]
        /// Its best passage; nil where the headline alone was met.
        public var best: RankedPassage?
    }

    /// One sentence that could have been the answer.
    public struct Candidate: Sendable, Hashable {
        /// The article's id.
        public var article: String
        /// The sentence, verbatim.
        public var sentence: String
        /// The score it was ranked by.
        public var score: Double
        /// What it was measured to be, in the order of ``AnswerWeights/Sentence``.
        let values: [Double]

        /// What makes up the score.
        public var features: [Evidence.Feature] { AnswerWeights.Sentence.features(values) }
    }

    /// How long one stage took.
    public struct Stage: Sendable, Hashable {
        /// The stage, such as `retrieve`.
        public var name: String
        /// Its time.
        public var took: Duration
    }
}
