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

        /// All of them, made once.
        static let all = allCases

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

    /// What tells whether the best sentence answers the question, for a logistic sum.
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
