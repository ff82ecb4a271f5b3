import Foundation
import News
import Text

/// The form in which an article lies in its column: JSON with short, stable keys.
struct ArticleContent: Codable, Equatable {
    var id: String
    var source: String
    var author: String?
    var url: String?
    var language: String
    /// Seconds since 1970.
    var published: Double?
    var headline: String
    var body: [String]
    var analyses: [AnalysisContent]
    var tagline: String?
    var origin: String?

    struct AnalysisContent: Codable, Equatable {
        var opening: [String]
        var points: [PointContent]
        var outlook: [String]
    }

    struct PointContent: Codable, Equatable {
        var heading: String?
        var text: String
    }

    init(_ article: Article) {
        id = article.id
        source = article.source
        author = article.author
        url = article.url
        language = article.language.rawValue
        published = article.publishedAt?.timeIntervalSince1970
        headline = article.headline
        body = article.body
        analyses = article.analyses.map { analysis in
            AnalysisContent(
                opening: analysis.opening,
                points: analysis.points.map { PointContent(heading: $0.heading, text: $0.text) },
                outlook: analysis.outlook)
        }
        tagline = article.tagline
        origin = article.origin
    }

    var article: Article {
        Article(
            id: id, source: source, author: author, url: url,
            language: Language(rawValue: language) ?? .undetermined,
            publishedAt: published.map(Date.init(timeIntervalSince1970:)), headline: headline, body: body,
            analyses: analyses.map { analysis in
                Analysis(
                    opening: analysis.opening,
                    points: analysis.points.map { Analysis.Point(heading: $0.heading, text: $0.text) },
                    outlook: analysis.outlook)
            }, tagline: tagline, origin: origin)
    }

    /// Whether both say the same, wherever they were read from.
    func saysTheSame(as other: ArticleContent) -> Bool {
        var moved = self
        moved.origin = other.origin
        return moved == other
    }
}

/// Values that lie in a column as JSON, readable to whoever opens the file with other tools.
enum ColumnJSON {
    static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }
}
