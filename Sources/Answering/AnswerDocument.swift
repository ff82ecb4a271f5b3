import Foundation
public import News
import Text

/// An answer as programs read it: the JSON of `POST /v1/ask`, of `newsdesk ask --json` and of webhook replies.
///
/// Dates are ISO 8601 in UTC. Every key is always there, `null` where there is nothing to say, so that a reader need
/// not guess.
public struct AnswerDocument: Sendable, Hashable, Codable {
    /// The text, with citation markers.
    public var answer: String
    /// `answered` or `not_found`.
    public var status: String
    /// `template` or `llm:<provider>`.
    public var engine: String
    /// The language of the text, as a BCP 47 tag.
    public var language: String
    /// The sources that carry the text.
    public var citations: [Source]
    /// When the newest article on the matter was published.
    public var asOf: String?
    /// How sure the answer is, 0…1.
    public var confidence: Double
    /// The articles nearest to a question that was not answered.
    public var nearest: [Source]
    /// The cited sources that have gone silent or fail; left out where none has.
    public var lapses: [Lapse]?
    /// The number of the turn on record, for feedback; none where the question names no conversation.
    public var turn: Int64?
    /// The time that the answer took, in milliseconds.
    public var tookMilliseconds: Double
    /// How the answer came about, line by line, where it was asked for.
    public var why: [String]?

    /// A source that brings less than it used to.
    public struct Lapse: Sendable, Hashable, Codable {
        /// The source.
        public var source: String
        /// `silent` or `failing`.
        public var condition: String
        /// When it last brought something new.
        public var lastNewAt: String?

        private enum CodingKeys: String, CodingKey {
            case source, condition
            case lastNewAt = "last_new_at"
        }
    }

    /// One numbered source.
    public struct Source: Sendable, Hashable, Codable {
        /// The number that the text's markers use.
        public var number: Int
        /// The article's id.
        public var article: String
        /// Its headline.
        public var title: String
        /// The channel or outlet.
        public var source: String
        /// Where a reader can open it.
        public var url: String?
        /// When it was published.
        public var publishedAt: String?
        /// The words that carry the answer.
        public var quote: String
        /// The other channels and outlets that reported the same; none where nobody did.
        public var alsoReportedBy: [String]?
    }

    /// The document of an answer that took some time.
    public init(_ answer: Answer, took: Duration, why: Why? = nil) {
        self.answer = answer.text
        status = answer.status.rawValue
        engine = answer.engine.description
        language = answer.language.rawValue
        citations = answer.citations.map(Source.init)
        asOf = answer.asOf.map(DateText.iso)
        confidence = (answer.confidence * 1000).rounded() / 1000
        nearest = answer.nearest.map(Source.init)
        lapses =
            answer.lapses.isEmpty
            ? nil
            : answer.lapses.map {
                Lapse(
                    source: $0.source, condition: $0.kind.rawValue,
                    lastNewAt: $0.lastNewAt.map(DateText.iso))
            }
        tookMilliseconds = (took / .microseconds(1)).rounded() / 1000
        self.why = why?.lines
    }

    /// A document of a reply, with the account of it where it is wanted.
    public init(_ reply: Reply, explained: Bool = false) {
        self.init(reply.answer, took: reply.took, why: explained ? reply.why : nil)
        turn = reply.turn
    }

    /// The answer that the document tells of; nil where its status or language is none that is known.
    public var content: Answer? {
        guard let status = Answer.Status(rawValue: status), let language = Language(rawValue: language) else {
            return nil
        }
        let provider = engine.hasPrefix("llm:") ? String(engine.dropFirst(4)) : nil
        var content = Answer(
            text: answer, status: status, engine: provider.map { .model(provider: $0) } ?? .template,
            language: language, citations: citations.map(\.citation),
            asOf: asOf.flatMap(Self.date), confidence: confidence, nearest: nearest.map(\.citation))
        content.lapses = (lapses ?? []).compactMap { lapse in
            SourceLapse.Kind(rawValue: lapse.condition).map {
                SourceLapse(
                    source: lapse.source, kind: $0, lastNewAt: lapse.lastNewAt.flatMap(Self.date))
            }
        }
        return content
    }

    /// The document as JSON, keys in alphabetical order.
    ///
    /// - Parameter pretty: whether it is laid out for people.
    /// - Returns: the bytes of the JSON in UTF-8.
    /// - Throws: `EncodingError`, which only a number that JSON cannot hold brings about.
    public func json(pretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return [UInt8](try encoder.encode(self))
    }

    /// The document in JSON.
    ///
    /// - Throws: `DecodingError` for what is not one.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
    }

    static func date(_ text: String) -> Date? { try? Date.ISO8601FormatStyle().parse(text) }

    private enum CodingKeys: String, CodingKey {
        case answer, status, engine, language, citations, confidence, nearest, turn, why
        case lapses = "ailing_sources"
        case asOf = "as_of"
        case tookMilliseconds = "took_ms"
    }

    /// A document from its keyed form; what a server of another version leaves out is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        answer = try values.decode(String.self, forKey: .answer)
        status = try values.decode(String.self, forKey: .status)
        engine = try values.decode(String.self, forKey: .engine)
        language = try values.decode(String.self, forKey: .language)
        citations = try values.decodeIfPresent([Source].self, forKey: .citations) ?? []
        asOf = try values.decodeIfPresent(String.self, forKey: .asOf)
        confidence = try values.decodeIfPresent(Double.self, forKey: .confidence) ?? 0
        nearest = try values.decodeIfPresent([Source].self, forKey: .nearest) ?? []
        turn = try values.decodeIfPresent(Int64.self, forKey: .turn)
        tookMilliseconds = try values.decodeIfPresent(Double.self, forKey: .tookMilliseconds) ?? 0
        why = try values.decodeIfPresent([String].self, forKey: .why)
        lapses = try values.decodeIfPresent([Lapse].self, forKey: .lapses)
    }

    /// Writes every key, `why` only where it was asked for and `ailing_sources` where there are any.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(answer, forKey: .answer)
        try values.encode(status, forKey: .status)
        try values.encode(engine, forKey: .engine)
        try values.encode(language, forKey: .language)
        try values.encode(citations, forKey: .citations)
        try values.encode(asOf, forKey: .asOf)
        try values.encode(confidence, forKey: .confidence)
        try values.encode(nearest, forKey: .nearest)
        try values.encode(turn, forKey: .turn)
        try values.encode(tookMilliseconds, forKey: .tookMilliseconds)
        try values.encodeIfPresent(why, forKey: .why)
        try values.encodeIfPresent(lapses, forKey: .lapses)
    }
}

extension AnswerDocument.Source {
    init(_ citation: Citation) {
        number = citation.number
        article = citation.articleID
        title = citation.headline
        source = citation.source
        url = citation.url
        publishedAt = citation.publishedAt.map(DateText.iso)
        quote = citation.quote
        alsoReportedBy = citation.alsoReportedBy
    }

    var citation: Citation {
        var citation = Citation(
            number: number, articleID: article, headline: title, source: source, url: url,
            publishedAt: publishedAt.flatMap(AnswerDocument.date), quote: quote)
        citation.alsoReportedBy = alsoReportedBy ?? []
        return citation
    }

    private enum CodingKeys: String, CodingKey {
        case number, article, title, source, url, quote
        case publishedAt = "published_at"
        case alsoReportedBy = "also_reported_by"
    }

    /// Writes every key, who else reported it only where somebody did.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(number, forKey: .number)
        try values.encode(article, forKey: .article)
        try values.encode(title, forKey: .title)
        try values.encode(source, forKey: .source)
        try values.encode(url, forKey: .url)
        try values.encode(publishedAt, forKey: .publishedAt)
        try values.encode(quote, forKey: .quote)
        if let others = alsoReportedBy, !others.isEmpty { try values.encode(others, forKey: .alsoReportedBy) }
    }
}
