public import Foundation
public import Text

/// What a reader gets back: a short text, the citations that carry it, and how it came about.
public struct Answer: Sendable, Hashable {
    /// The reply without its source list, in ``language``, with citation markers such as `[1]`.
    public var text: String
    /// Whether the archive held the answer.
    public var status: Status
    /// Who wrote the text.
    public var engine: Engine
    /// The language of the text; quotations stay in their article's language.
    public var language: Language
    /// The sources of the text, numbered as its markers are.
    public var citations: [Citation]
    /// The newest article on the matter; nil when nothing is on the matter.
    public var asOf: Date?
    /// How sure the answer is, 0…1, calibrated so that about that share of such answers is right.
    public var confidence: Double
    /// Headlines nearest to the question, offered when the answer was not found.
    public var nearest: [Citation]
    /// The cited sources that have gone silent or fail; the text says so.
    public var lapses: [SourceLapse] = []

    /// An answer made of the given parts.
    public init(
        text: String, status: Status, engine: Engine, language: Language, citations: [Citation] = [],
        asOf: Date? = nil, confidence: Double = 0, nearest: [Citation] = []
    ) {
        self.text = text
        self.status = status
        self.engine = engine
        self.language = language
        self.citations = citations
        self.asOf = asOf
        self.confidence = confidence
        self.nearest = nearest
    }

    /// Whether the archive held the answer.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// The text answers the question and its citations carry it.
        case answered
        /// The stored articles do not hold the answer; the text says so.
        case notFound = "not_found"
    }

    /// Who wrote the text of an answer.
    public enum Engine: Sendable, Hashable, CustomStringConvertible {
        /// Taken from the articles and set in a template, without a model.
        case template
        /// Written by the named provider's model and checked against the articles.
        case model(provider: String)

        /// `template` or `llm:<provider>`, as in the API.
        public var description: String {
            switch self {
            case .template: "template"
            case .model(let provider): "llm:\(provider)"
            }
        }
    }
}

/// One numbered source of an answer.
public struct Citation: Sendable, Hashable {
    /// The number that the text's markers use, from 1.
    public var number: Int
    /// The cited article's id.
    public var articleID: String
    /// The cited article's headline.
    public var headline: String
    /// The channel or outlet.
    public var source: String
    /// Where a reader can open it.
    public var url: String?
    /// When it was published.
    public var publishedAt: Date?
    /// The words of the article that carry the answer, verbatim.
    public var quote: String
    /// The other channels and outlets that reported the same, each once.
    public var alsoReportedBy: [String] = []

    /// A citation of `article` for the words `quote`.
    public init(number: Int, article: Article, quote: String) {
        self.number = number
        articleID = article.id
        headline = article.headline
        source = article.source
        url = article.url
        publishedAt = article.publishedAt
        self.quote = quote
    }

    /// A citation from its parts, as read back from a record.
    public init(
        number: Int, articleID: String, headline: String, source: String, url: String?, publishedAt: Date?,
        quote: String
    ) {
        self.number = number
        self.articleID = articleID
        self.headline = headline
        self.source = source
        self.url = url
        self.publishedAt = publishedAt
        self.quote = quote
    }
}

/// One question of a conversation with what was answered; follow-ups lean on it.
public struct Turn: Sendable, Hashable {
    /// What the reader typed.
    public var question: String
    /// The question as it was understood: standing alone, with the conversation's entities filled in.
    public var standalone: String
    /// The answer's text.
    public var answer: String
    /// The ids of the articles that the answer cited.
    public var articles: [String]
    /// When it was asked.
    public var askedAt: Date

    /// A turn made of the given parts.
    public init(question: String, standalone: String, answer: String, articles: [String], askedAt: Date) {
        self.question = question
        self.standalone = standalone
        self.answer = answer
        self.articles = articles
        self.askedAt = askedAt
    }
}
