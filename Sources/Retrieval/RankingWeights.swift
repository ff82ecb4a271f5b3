/// What each feature of a candidate counts.
///
/// The weights of passages are learnt by `deploy/tables/learn_ranking.py` from public question sets; those of articles
/// were chosen beside them. Scores compare only within one question.
enum RankingWeights {
    /// What a passage is measured by.
    enum PassageFeature: String, CaseIterable {
        /// Its BM25 score for the whole question, the best one's being 1.
        case passage
        /// The BM25 score of its article, the best one's being 1.
        case article
        /// Its score for the part of the question that it meets best, the best one's for that part being 1.
        case facet
        /// How near it is to the first place for any part of the question.
        case facetRank = "facet rank"
        /// How many of the words that follow each other in the question do so, or nearly, in it.
        case proximity

        var weight: Double {
            switch self {
            case .passage: 1.57
            case .article: 2.68
            case .facet: 2.67
            case .facetRank: 2.52
            case .proximity: 1.5
            }
        }
    }

    /// What an article is measured by.
    enum ArticleFeature: String, CaseIterable {
        /// The BM25 score of its best passage for the whole question, the best one's being 1.
        case passage
        /// Its BM25 score as a whole, the best one's being 1.
        case article
        /// The score of its best passage by all features.
        case evidence
        /// How well its date suits the question.
        case time
        /// Whether the question names its source.
        case source

        var weight: Double {
            switch self {
            case .passage: 1
            case .article: 0.75
            case .evidence: 0.2
            case .time: 1
            case .source: 0.5
            }
        }
    }
}
