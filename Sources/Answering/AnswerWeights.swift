import Retrieval

/// What each feature of an answer counts.
///
/// Most weights are learnt from public question sets, cross-validated; those of features that the sets cannot teach, such
/// as an opinion that was not asked for, were set beside them. Scores compare only within one question.
enum AnswerWeights {
    /// What a sentence is ranked by.
    enum Sentence: String, CaseIterable {
        /// How much of the question it and what it leans on meet.
        case coverage
        /// How many of the question's words it has, each by how much it tells the sentences apart.
        case words
        /// How much its article promises, the best one's being 1.
        case evidence
        /// How near its article is to the first place.
        case rank
        /// How much its passage promises, the best one's being 1.
        case passage
        /// How near it is to the beginning.
        case position
        /// Whether it begins with what the question names.
        case subject
        /// Whether it has what the kind of question wants.
        case expected
        /// How well that suits.
        case fit
        /// Whether it tells by what means, where that is asked.
        case manner
        /// Whether it says what the thing is that is to be defined.
        case definition
        /// How long it is.
        case size
        /// Whether it is of the time that the question names.
        case time
        /// Whether it is an opinion that was not asked for.
        case opinion
        /// Whether it asks itself.
        case question
        /// Whether it has the opposite of a word of the question.
        case opposite
        /// Whether it only says what is so, where the question asks what is not.
        case affirmed

        /// All of them and their weights, made once.
        static let all = allCases
        static let weights = all.map(\.weight)

        /// What makes up the score of a sentence that was measured to be `values`.
        static func features(_ values: [Double]) -> [Evidence.Feature] {
            zip(all, values).map { Evidence.Feature(name: $0.rawValue, value: $1, weight: $0.weight) }
        }

        /// Its place among all.
        var place: Int { Self.all.firstIndex { $0 == self } ?? 0 }

        var weight: Double {
            switch self {
            case .coverage: 4.5
            case .words: 4.4
            case .evidence: 3.8
            case .rank: 1.5
            case .passage: 1.4
            case .position: 0.3
            case .subject: 0.3
            case .expected: 2
            case .fit: 4
            case .manner: 1
            case .definition: 3
            case .size: 0.8
            case .time: 4.6
            case .opinion: -0.75
            case .question: -1.5
            case .opposite: -2
            case .affirmed: -2
            }
        }
    }

    /// What tells whether a sentence says what an English question asks, for a logistic sum (``Alignment``).
    enum Relation: String, CaseIterable {
        /// How much of the question it says, by how much each word tells sentences apart.
        case said
        /// How many names are not met.
        case names
        /// How many figures it does not have.
        case numbers
        /// Whether the lesser end that is asked for, such as "the least" or "the last", is not met.
        case lesser
        /// Whether it has the opposite of a word that it does not say.
        case opposed
        /// Whether it has another thing of the kind of one that it does not have.
        case sibling
        /// How many words are replaced by another one before the same noun.
        case replaced
        /// How many words that the question has together are far apart.
        case apart
        /// Whether the question asks what is not so, and it says what is.
        case denied
        /// Whether it says what is not so, and the question asks what is.
        case denying
        /// Whether nothing of the kind wanted is left in it.
        case typeMissing
        /// How near to what is met such a thing is.
        case typeNear
        /// Whether it has who does it and to whom the other way round.
        case turned
        /// What ``Sentence/opposite`` and ``Sentence/affirmed`` found, of which ranking keeps sentences back.
        case contrary
        /// Whether nothing speaks against it as an exact answer.
        case exact

        static let bias = -0.65

        var weight: Double {
            switch self {
            case .said: 0.53
            case .names: -0.80
            case .numbers: -0.70
            case .lesser: -2.29
            case .opposed: -0.85
            case .sibling: -1.93
            case .replaced: -0.51
            case .apart: -0.12
            case .denied: -0.32
            case .denying: -0.51
            case .typeMissing: -1.40
            case .typeNear: 1.49
            case .turned: -0.44
            case .contrary: -1.24
            case .exact: 0.35
            }
        }
    }

    /// What tells whether the best sentence answers a question of another language, for a logistic sum.
    enum Likelihood: CaseIterable {
        /// How many of the question's words it has.
        case words
        /// How much of the question it meets itself.
        case direct
        /// How much its passage promises, the best one's being 1.
        case passage
        /// How far it leads.
        case margin
        /// Whether it has the opposite of a word of the question.
        case opposite
        /// Whether it only says what is so, where the question asks what is not.
        case affirmed

        static let bias = -9.4

        var weight: Double {
            switch self {
            case .words: 1.3
            case .direct: 3.1
            case .passage: 6.75
            case .margin: 0.15
            case .opposite: -3
            case .affirmed: -1.4
            }
        }
    }
}
