/// What an archive has on a question.
public struct Findings: Sendable {
    /// The articles that may hold an answer, best first.
    public var evidence: [Evidence]
    /// How likely it is that the archive tells of what is asked at all, 0…1.
    public var confidence: Double
    /// The things that the question asks about at once, each by its concepts; one for a short question.
    public var facets: [[Concept]] = []
    /// What the confidence was made from.
    public var signals: [Evidence.Feature] = []

    /// Findings made of the given parts.
    public init(
        evidence: [Evidence], confidence: Double, facets: [[Concept]] = [], signals: [Evidence.Feature] = []
    ) {
        self.evidence = evidence
        self.confidence = confidence
        self.facets = facets
        self.signals = signals
    }
}

/// One article that may hold an answer, with the passages that say so.
public struct Evidence: Sendable {
    /// The article.
    public var article: ReadArticle
    /// Its passages that matched, best first.
    public var passages: [RankedPassage]
    /// What makes up the score.
    public var features: [Feature]
    /// The articles that publish the same in nearly the same words, which are no evidence of their own; best first.
    public var reposts: [ReadArticle] = []

    /// How much it promises: larger is better; comparable only within one question.
    public var score: Double { features.score }

    /// One thing that was measured, and what it counts.
    public struct Feature: Sendable, Hashable {
        /// What was measured.
        public var name: String
        /// What was found.
        public var value: Double
        /// What one of it adds to the score.
        public var weight: Double

        /// A measurement.
        public init(name: String, value: Double, weight: Double = 1) {
            self.name = name
            self.value = value
            self.weight = weight
        }
    }
}

extension [Evidence.Feature] {
    /// The weighed sum.
    public var score: Double { reduce(0) { $0 + $1.value * $1.weight } }
}

/// A passage of an article with its score.
public struct RankedPassage: Sendable, Hashable {
    /// The passage's place in its article.
    public let ordinal: UInt32
    /// How much it promises: larger is better; comparable only within one question.
    public let score: Double
    /// What it was measured to be, in the order of ``RankingWeights/PassageFeature``.
    private let values: ArraySlice<Double>
    /// How near its meaning is to the question's, where vectors tell.
    let similarity: Evidence.Feature?

    // The values are a slice, so that all passages of a question share one array.
    init(ordinal: UInt32, values: ArraySlice<Double> = [], similarity: Evidence.Feature? = nil) {
        self.ordinal = ordinal
        self.values = values
        self.similarity = similarity
        score = Self.score(values, similarity)
    }

    /// How much a passage with such values promises.
    static func score(_ values: ArraySlice<Double>, _ similarity: Evidence.Feature?) -> Double {
        let measured = zip(RankingWeights.PassageFeature.weights, values).reduce(0) { $0 + $1.0 * $1.1 }
        return measured + (similarity.map { $0.value * $0.weight } ?? 0)
    }

    /// What makes up the score.
    public var features: [Evidence.Feature] {
        let features = zip(RankingWeights.PassageFeature.all, values).map {
            Evidence.Feature(name: $0.rawValue, value: $1, weight: $0.weight)
        }
        guard let similarity else { return features }
        return features + [similarity]
    }

    /// What it was measured to be; 0 where it was not measured.
    func value(of feature: RankingWeights.PassageFeature) -> Double {
        values.isEmpty ? 0 : values[values.startIndex + feature.place]
    }
}
