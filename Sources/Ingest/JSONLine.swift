import Foundation

/// One line of a JSON Lines archive as it is written; keys that are not named here are not looked at.
struct JSONLine: Decodable {
    var id: Text?
    var title: String?
    var text: String?
    var url: String?
    var source: String?
    var author: String?
    var publishedAt: Text?
    var language: String?

    /// A text, or a number taken as its digits: archives write ids and times as either.
    struct Text: Decodable {
        var value: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                value = String(number)
            } else if let number = try? container.decode(Double.self) {
                value = String(number)
            } else {
                value = try container.decode(String.self)
            }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, title, text, url, source, author, language
        case publishedAt = "published_at"
    }

    /// What is wrong with a line, in words, and what to do.
    static func problem(_ error: any Error) -> (message: String, mend: String) {
        let shape = "write one object a line: {\"title\": \"…\", \"text\": \"…\"}"
        guard let error = error as? DecodingError else { return ("the line is not JSON", shape) }
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            guard let key = context.codingPath.first?.stringValue else {
                return ("the line is not a JSON object", shape)
            }
            return ("“\(key)” is not a text", "write “\(key)” as a text in quotation marks")
        default: return ("the line is not valid JSON", shape)
        }
    }
}
