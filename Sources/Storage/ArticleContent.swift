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

extension ArticleContent {
    /// The content of a column.
    ///
    /// - Throws: what the decoder throws.
    init(json: String) throws {
        var json = json
        self = try json.withUTF8 { try ArticleContent(json: $0) }
    }

    /// The same in UTF-8.
    init(json: UnsafeBufferPointer<UInt8>) throws {
        var reader = JSONReader(json)
        if let content = ArticleContent(&reader), reader.isAtEnd() {
            self = content
        } else {
            self = try ColumnJSON.decoded(
                ArticleContent.self, from: String(decoding: json, as: UTF8.self))
        }
    }

    /// What nearly all columns are read by, because an archive is read as a whole where its index is built.
    private init?(_ reader: inout JSONReader) {
        self.init()
        // Of the six that none is without.
        var found = 0
        let isRead = reader.object { key, reader in
            if key.isKey("analyses") {
                found += 1
                return reader.array { analyses.add(AnalysisContent(&$0)) }
            }
            if key.isKey("body") {
                found += 1
                return reader.array { body.add($0.string()) }
            }
            if key.isKey("published") {
                published = reader.number().flatMap { Double(String(decoding: $0, as: UTF8.self)) }
                return published != nil
            }
            guard let text = reader.string() else { return false }
            if key.isKey("id") {
                id = text
                found += 1
            } else if key.isKey("source") {
                source = text
                found += 1
            } else if key.isKey("author") {
                author = text
            } else if key.isKey("url") {
                url = text
            } else if key.isKey("language") {
                language = text
                found += 1
            } else if key.isKey("headline") {
                headline = text
                found += 1
            } else if key.isKey("tagline") {
                tagline = text
            } else if key.isKey("origin") {
                origin = text
            } else {
                return false
            }
            return true
        }
        guard isRead, found == 6 else { return nil }
    }

    private init() { (id, source, language, headline, body, analyses) = ("", "", "", "", [], []) }

    /// The content as it lies in its column, as ``ColumnJSON`` writes it.
    ///
    /// - Throws: what the encoder throws.
    func json() throws -> [UInt8] {
        var writer = JSONWriter()
        return try withJSON(&writer) { Array($0) }
    }

    /// The same in memory that is used again.
    ///
    /// - Throws: what the encoder and the use throw.
    func withJSON<Result>(
        _ writer: inout JSONWriter, _ use: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) throws -> Result {
        guard published?.isFinite ?? true else {
            return try Array(ColumnJSON.encoded(self).utf8).withUnsafeBufferPointer(use)
        }
        writer.removeAll()
        writer.append(raw: "{\"analyses\":")
        writer.append(analyses) { $0.write(to: &$1) }
        writer.append(key: ",\"author\":", author)
        writer.append(raw: ",\"body\":")
        writer.append(body)
        writer.append(key: ",\"headline\":", headline)
        writer.append(key: ",\"id\":", id)
        writer.append(key: ",\"language\":", language)
        writer.append(key: ",\"origin\":", origin)
        if let published {
            writer.append(raw: ",\"published\":")
            writer.append(published)
        }
        writer.append(key: ",\"source\":", source)
        writer.append(key: ",\"tagline\":", tagline)
        writer.append(key: ",\"url\":", url)
        writer.append(raw: "}")
        return try writer.bytes.withUnsafeBufferPointer(use)
    }
}

extension ArticleContent.AnalysisContent {
    fileprivate init?(_ reader: inout JSONReader) {
        (opening, points, outlook) = ([], [], [])
        var found = 0
        let isRead = reader.object { key, reader in
            found += 1
            if key.isKey("opening") { return reader.array { opening.add($0.string()) } }
            if key.isKey("outlook") { return reader.array { outlook.add($0.string()) } }
            if key.isKey("points") { return reader.array { points.add(ArticleContent.PointContent(&$0)) } }
            return false
        }
        guard isRead, found == 3 else { return nil }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.append(raw: "{\"opening\":")
        writer.append(opening)
        writer.append(raw: ",\"outlook\":")
        writer.append(outlook)
        writer.append(raw: ",\"points\":")
        writer.append(points) { point, writer in
            writer.append(raw: "{")
            if let heading = point.heading { writer.append(key: "\"heading\":", heading) }
            writer.append(raw: point.heading == nil ? "\"text\":" : ",\"text\":")
            writer.append(point.text)
            writer.append(raw: "}")
        }
        writer.append(raw: "}")
    }
}

extension ArticleContent.PointContent {
    fileprivate init?(_ reader: inout JSONReader) {
        var (heading, text): (String?, String?) = (nil, nil)
        let isRead = reader.object { key, reader in
            guard key.isKey("heading") || key.isKey("text"), let found = reader.string() else { return false }
            if key.isKey("text") { text = found } else { heading = found }
            return true
        }
        guard isRead, let text else { return nil }
        self.init(heading: heading, text: text)
    }
}

extension Array {
    /// Adds what could be read; tells whether it could.
    fileprivate mutating func add(_ element: Element?) -> Bool {
        guard let element else { return false }
        append(element)
        return true
    }
}

extension JSONWriter {
    fileprivate mutating func append(key: StaticString, _ text: String?) {
        guard let text else { return }
        append(raw: key)
        append(text)
    }

    fileprivate mutating func append<Element>(
        _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        append(raw: "[")
        for (place, element) in elements.enumerated() {
            if place > 0 { append(raw: ",") }
            write(element, &self)
        }
        append(raw: "]")
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
