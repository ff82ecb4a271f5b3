/// What each feature of a candidate counts.
///
/// The weights are learnt by `deploy/tables/learn_ranking.py` from public question sets, except for what an article's date
/// and source count, which was chosen beside them. Scores compare only within one question.
enum RankingWeights {
    /// How much farther the scores of passages spread than those of articles.
    static let passageSpread = 5.0

    /// What a passage is measured by.
    ///
    /// The last four came later. The sets do not agree on them, so their weights were set by hand, beside the others as
    /// they were learnt. All but `lead` learnt anew together, in folds by story, order no better beyond chance (MRR of
    /// passages: news .665 against .672, DRCD .933 against .935, CMRC .853 against .849), nor do boosted trees (.653, .938,
    /// .836).
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
        /// The share of what the question's words are worth that stand in it, however often.
        case coverage
        /// The same with each word's rarity squared: whether the few words are there that tell articles apart.
        case rarity
        /// The share of its single words that stand in it, by their idf alone; in a question without spaces, of its single
        /// characters.
        case singles
        /// The most of what a stretch of the question is worth that stands in it without a gap.
        case run
        /// How near it stands to the beginning of its article, where news says what it is about; the first one's being 1.
        case lead

        /// All of them and their weights, made once.
        static let all = allCases
        static let weights = all.map(\.weight)

        /// Its place among all.
        var place: Int {
            switch self {
            case .passage: 0
            case .article: 1
            case .facet: 2
            case .facetRank: 3
            case .proximity: 4
            case .coverage: 5
            case .rarity: 6
            case .singles: 7
            case .run: 8
            case .lead: 9
            }
        }

        var weight: Double {
            switch self {
            case .passage: 1.46
            case .article: 3.77
            case .facet: 2.77
            case .facetRank: 2.07
            case .proximity: 2.70
            case .coverage: 2
            case .rarity: 1
            case .singles: 2
            case .run: 1
            case .lead: 0.5
            }
        }
    }

    /// What an article is measured by: its best passage, and what is known of it as a whole.
    enum ArticleFeature: String, CaseIterable {
        /// Its BM25 score as a whole, the best one's being 1.
        case article
        /// What its best passage is measured to be, as ``PassageFeature`` tells.
        case facet, proximity, coverage, rarity, singles
        /// How well its date suits the question.
        case time
        /// Whether the question names its source.
        case source

        /// All of them and their weights, made once.
        static let all = allCases
        static let weights = all.map(\.weight)

        var weight: Double {
            switch self {
            case .article: 1.2
            case .facet: 1.38
            case .proximity: 0.64
            case .coverage: 1.97
            case .rarity: 0.75
            case .singles: 1.5
            case .time: 1
            case .source: 0.8
            }
        }

        /// The feature of its best passage that it takes over; nil for what it is measured for itself.
        var ofPassage: PassageFeature? {
            switch self {
            case .facet: .facet
            case .proximity: .proximity
            case .coverage: .coverage
            case .rarity: .rarity
            case .singles: .singles
            case .article, .time, .source: nil
            }
        }
    }

    /// What tells whether the archive has anything on a question, for a logistic sum.
    enum Confidence: String, CaseIterable {
        /// How much of what the question's words are worth one article scores.
        case whole
        /// How much of its worth the facet scores in one passage that is met worst.
        case leastFacet = "least facet"
        /// The same on the average of the facets.
        case meanFacet = "mean facet"
        /// The share of the worth in words that next to no article holds.
        case unknown
        /// The average rarity of the words, that of a word in no article being 1.
        case rarity

        /// How much of the worth of the question's names one article holds.
        case names
        /// How much of it the best articles hold together.
        case heard

        static let bias = -18.60
        /// A word in fewer of the articles than this share is as good as unknown.
        static let fewShare = 0.0035

        var weight: Double {
            switch self {
            case .whole: 3.72
            case .leastFacet: 6.14
            case .meanFacet: 1.19
            case .unknown: -7.68
            case .rarity: 21.07
            case .names: 1.27
            case .heard: 6.28
            }
        }
    }
}
