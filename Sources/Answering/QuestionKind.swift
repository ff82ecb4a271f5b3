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

    /// Whether it is answered without looking at the archive.
    var isSmallTalk: Bool { self == .greeting || self == .thanks || self == .help }

    /// Whether an answer must state exactly what is asked, so that one missing word means another fact.
    var isExact: Bool {
        switch self {
        case .who, .when, .where, .list, .howMany, .howMuch, .howLong, .percentage, .yesNo, .order, .fact:
            true
        default: false
        }
    }

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
