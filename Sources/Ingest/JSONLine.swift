import Foundation
import Text

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

        init(_ value: String) { self.value = value }

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

    init() {}

    /// The line that bytes hold.
    ///
    /// - Throws: `DecodingError`.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        if let plain = Self.plain(bytes) {
            self = plain
        } else {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        }
    }

    /// What nearly all lines are read by; nil for those that take a decoder to read or to tell what is wrong with them.
    static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONLine? {
        var reader = JSONReader(bytes)
        var line = JSONLine()
        var seen: UInt8 = 0
        let isRead = reader.object { key, reader in
            guard let key = Key(key) else { return reader.skip() }
            // Of two that are the same the decoder chooses.
            guard seen & 1 << key.rawValue == 0 else { return false }
            seen |= 1 << key.rawValue
            if reader.null() { return true }
            let text = key == .id || key == .publishedAt ? reader.textOrNumber() : reader.string()
            guard let text else { return false }
            switch key {
            case .id: line.id = Text(text)
            case .title: line.title = text
            case .text: line.text = text
            case .url: line.url = text
            case .source: line.source = text
            case .author: line.author = text
            case .publishedAt: line.publishedAt = Text(text)
            case .language: line.language = text
            }
            return true
        }
        return isRead && reader.isAtEnd() ? line : nil
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

/// The keys of a line, told by their bytes.
private enum Key: UInt8 {
    case id, title, text, url, source, author, publishedAt, language

    init?(_ key: UnsafeBufferPointer<UInt8>) {
        if key.isKey("id") {
            self = .id
        } else if key.isKey("title") {
            self = .title
        } else if key.isKey("text") {
            self = .text
        } else if key.isKey("url") {
            self = .url
        } else if key.isKey("source") {
            self = .source
        } else if key.isKey("author") {
            self = .author
        } else if key.isKey("published_at") {
            self = .publishedAt
        } else if key.isKey("language") {
            self = .language
        } else {
            return nil
        }
    }
}

extension JSONReader {
    /// A text, or a number as ``JSONLine/Text`` takes it: whole ones by their digits; the decoder reads the others.
    fileprivate mutating func textOrNumber() -> String? {
        var ahead = self
        guard let number = ahead.number() else { return string() }
        // Up to eighteen digits fit, and -0 is no way to write nought.
        guard number.count <= 18, number.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        self = ahead
        return String(decoding: number, as: UTF8.self)
    }
}
