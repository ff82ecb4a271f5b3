import Answering
import Foundation
import Ingest
import News
import Retrieval
import Search
import Text

/// The body of `POST /v1/ask`; fields that are not listed are ignored.
struct AskRequest: Decodable, Sendable {
    var question: String
    var conversation: String?
    var language: String?
    var top: Int?
    var why: Bool?
    /// Whether the answer is wanted as events: the extract at once, and the model's checked text when it is there.
    var stream: Bool?
}

/// The body of `POST /v1/feedback`.
struct FeedbackRequest: Decodable, Sendable {
    var conversation: String
    /// As `turn` in the answer; the newest of the conversation where it is left out.
    var turn: Int64?
    /// good or bad.
    var verdict: String
    var remark: String?
}

/// The JSON of `GET /v1/search` and of `newsdesk search --json`.
struct SearchDocument: Encodable, Sendable {
    var query: String
    var hits: [Hit]
    var took_ms: Double

    struct Hit: Encodable, Sendable {
        var article: String
        var title: String
        var source: String
        var url: String?
        var published_at: String?
        var section: String
        var snippet: String
        var score: Float
        var explanation: [Part]?
    }

    struct Part: Encodable, Sendable {
        var term: String
        var field: String
        var frequency: Double
        var length: Int
        var average_length: Float
        var idf: Float
        var weight: Float
        var score: Float
    }

    init(query: String, hits: [PassageHit], took: Duration) {
        self.query = query
        self.hits = hits.map { hit in
            let article = hit.article.article
            return Hit(
                article: article.id, title: article.headline, source: article.source, url: article.url,
                published_at: article.publishedAt.map(DateText.iso), section: hit.passage.section.name,
                snippet: hit.snippet, score: hit.score,
                explanation: hit.explanation?.parts.map { part in
                    Part(
                        term: part.term, field: part.field, frequency: Double(part.frequency),
                        length: part.length, average_length: part.averageLength, idf: part.idf,
                        weight: part.weight, score: part.score)
                })
        }
        took_ms = (took / .microseconds(1)).rounded() / 1000
    }
}

extension Passage.Section {
    /// What programs call the section.
    var name: String {
        switch self {
        case .headline: "headline"
        case .body: "body"
        case .analysis: "analysis"
        case .point(let number): "point \(number)"
        case .outlook: "outlook"
        }
    }
}

/// The JSON of `GET /v1/articles`.
struct ArticleListDocument: Encodable, Sendable {
    var articles: [ArticleDocument]
}

/// The JSON of one article; the list leaves the text out.
struct ArticleDocument: Encodable, Sendable {
    var id: String
    var version: Int
    var title: String
    var source: String
    var author: String?
    var url: String?
    var language: String
    var published_at: String?
    var body: [String]?
    var analyses: [AnalysisDocument]?

    struct AnalysisDocument: Encodable, Sendable {
        var opening: [String]
        var points: [Point]
        var outlook: [String]
    }

    struct Point: Encodable, Sendable {
        var heading: String?
        var text: String
    }

    init(_ stored: StoredArticle, full: Bool) {
        let article = stored.article
        id = article.id
        version = stored.version
        title = article.headline
        source = article.source
        author = article.author
        url = article.url
        language = article.language.rawValue
        published_at = article.publishedAt.map(DateText.iso)
        guard full else { return }
        body = article.body
        analyses = article.analyses.map { analysis in
            AnalysisDocument(
                opening: analysis.opening,
                points: analysis.points.map { Point(heading: $0.heading, text: $0.text) },
                outlook: analysis.outlook)
        }
    }
}

/// The JSON of `POST /v1/articles`: what became of each line.
struct IngestDocument: Encodable, Sendable {
    var new: Int
    var changed: Int
    var unchanged: Int
    var refused: Int
    /// What became of each line that holds something.
    var lines: [Verdict]
    var diagnostics: [Line]

    struct Verdict: Encodable, Sendable {
        var line: Int
        var id: String?
        /// new, changed, unchanged or refused.
        var verdict: String
    }

    struct Line: Encodable, Sendable {
        var line: Int
        var severity: String
        var message: String
        var mend: String
    }

    init(_ report: IngestReport) {
        new = report.new
        changed = report.changed
        unchanged = report.unchanged
        refused = report.refused
        lines = report.verdicts.map { Verdict(line: $0.line, id: $0.id, verdict: $0.outcome.rawValue) }
        diagnostics = report.diagnostics.map { diagnostic in
            Line(
                line: diagnostic.line, severity: diagnostic.severity == .refused ? "refused" : "warning",
                message: diagnostic.message, mend: diagnostic.mend)
        }
    }
}

/// The JSON of `GET /readyz`.
struct ReadinessDocument: Encodable, Sendable {
    var status: String
    var articles: Int
    /// The feeds that have gone silent or fail; the server is ready all the same.
    var feeds: [FeedDocument.Public]
}

/// The JSON of `POST /v1/feeds`.
struct FeedRequest: Decodable, Sendable {
    var url: String
    var name: String?
    var full_text: Bool?
}

/// The JSON of `GET /v1/feeds`.
struct FeedListDocument: Encodable, Sendable {
    var feeds: [FeedDocument]
}

/// The JSON of one feed.
struct FeedDocument: Encodable, Sendable {
    var url: String
    var source: String
    /// waiting, fresh, silent, failing or ended.
    var condition: String
    var error: String?
    var last_read_at: String?
    var last_new_at: String?
    var next_read_at: String?
    /// The usual time between two new articles, in seconds.
    var rhythm: Int?
    /// Until when a hub sends what is new; left out where none does.
    var pushed_until: String?

    /// What everybody may know of it: addresses may hold keys, and errors the names of hosts.
    struct Public: Encodable, Sendable {
        var source: String
        var condition: String
        var last_new_at: String?
    }

    init(_ feed: FeedSubscription, pushedUntil: Date? = nil, now: Date) {
        let progress = feed.progress
        (url, source, error) = (feed.url, feed.source, progress.lastError)
        condition = FeedCondition.label(feed, now: now)
        last_read_at = progress.lastReadAt.map(DateText.iso)
        last_new_at = progress.lastNewAt.map(DateText.iso)
        next_read_at =
            progress.endedAt == nil && !feed.isDelivered ? DateText.iso(max(now, progress.nextReadAt)) : nil
        rhythm = progress.rhythm.map { Int($0) }
        pushed_until = pushedUntil.map(DateText.iso)
    }

    /// The part that everybody may know.
    var `public`: Public { Public(source: source, condition: condition, last_new_at: last_new_at) }
}
