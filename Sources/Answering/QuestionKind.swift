/// What sort of answer a question wants.
public enum QuestionKind: String, Sendable, Hashable, CaseIterable {
    /// A person or organisation.
    case who
    /// A date.
    case when
    /// A place.
    case `where`
    /// Several names or things.
    case list
    /// A number of things.
    case howMany = "how_many"
    /// A sum, a size or another amount.
    case howMuch = "how_much"
    /// A stretch of time.
    case howLong = "how_long"
    /// A share.
    case percentage
    /// A reason.
    case why
    /// A manner.
    case how
    /// Whether something is so.
    case yesNo = "yes_no"
    /// Which of two came first or last.
    case order
    /// What somebody or something is.
    case define
    /// The main points of a story.
    case summary
    /// The newest on a matter.
    case latest
    /// What happened in a matter, in the order of time.
    case timeline
    /// What is different from before.
    case changed
    /// What two things have in common, and where they differ.
    case compare
    /// What the source makes of it.
    case opinion
    /// Who published it.
    case source
    /// When it was published.
    case published
    /// Any other fact.
    case fact
    /// A greeting.
    case greeting
    /// Thanks.
    case thanks
    /// How to use the service.
    case help
    /// A farewell.
    case farewell
    /// Talk that asks the archive nothing: "how are you", "tell me a joke".
    case smallTalk = "small_talk"
    /// An insult.
    case insult
    /// A word of dissatisfaction with an answer.
    case complaint
    /// A judgement where there is no answer to judge.
    case feedback

    /// Whether it is answered without looking at the archive.
    var isSmallTalk: Bool {
        switch self {
        case .greeting, .thanks, .help, .farewell, .smallTalk, .insult, .complaint, .feedback: true
        default: false
        }
    }

    /// Whether an answer must state exactly what is asked, so that one missing word means another fact.
    var isExact: Bool {
        switch self {
        case .who, .when, .where, .list, .howMany, .howMuch, .howLong, .percentage, .yesNo, .order, .fact:
            true
        default: false
        }
    }

    /// Whether several articles in the order of time answer it.
    var choosesManyArticles: Bool { self == .latest || self == .timeline || self == .changed }

    /// Whether what several articles say makes the answer, in whatever order.
    var gathers: Bool { self == .list || self == .compare || self == .summary || self == .opinion }

    /// Whether a sentence answers it, rather than a whole article.
    var choosesSentences: Bool { isExact || self == .why || self == .how || self == .define }

    /// Whether the source's opinion answers it as well as a fact.
    var welcomesOpinion: Bool {
        switch self {
        case .why, .how, .opinion, .yesNo: true
        default: false
        }
    }
}
