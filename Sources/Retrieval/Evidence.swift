/// One article that may hold an answer, with the passages that say so.
public struct Evidence: Sendable {
    /// The article.
    public var article: ReadArticle
    /// Its passages that matched, best first.
    public var passages: [RankedPassage]
    /// What makes up the score.
    public var features: [Feature]

    /// How much it promises: larger is better; comparable only within one question.
    public var score: Double { features.reduce(0) { $0 + $1.value } }

    /// One named part of a score.
    public struct Feature: Sendable, Hashable {
        /// What was measured.
        public var name: String
        /// What it adds to the score.
        public var value: Double

        /// A part of a score.
        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }
}

/// A passage of an article with its score.
public struct RankedPassage: Sendable, Hashable {
    /// The passage's place in its article.
    public var ordinal: UInt32
    /// What makes up the score.
    public var features: [Evidence.Feature]

    /// How much it promises: larger is better; comparable only within one question.
    public var score: Double { features.reduce(0) { $0 + $1.value } }
}
