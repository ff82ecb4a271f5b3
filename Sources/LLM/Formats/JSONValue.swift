import Foundation

/// A piece of JSON to be sent, written as a Swift literal.
enum JSONValue: Encodable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([JSONValue])
    /// A value of nil is left out.
    case object([String: JSONValue?])

    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONValue?)...) {
        self = .object(Dictionary(elements) { $1 })
    }

    func encode(to encoder: any Encoder) throws {
        var single = encoder.singleValueContainer()
        switch self {
        case .string(let value): try single.encode(value)
        case .integer(let value): try single.encode(value)
        case .number(let value): try single.encode(value)
        case .boolean(let value): try single.encode(value)
        case .list(let values): try single.encode(values)
        case .object(let fields): try single.encode(fields.compactMapValues(\.self))
        }
    }

    /// The bytes, keys in alphabetical order, so that equal prompts are equal bytes to a provider's cache.
    ///
    /// - Throws: ``CompletionError/invalid(_:)`` for a number that JSON cannot write.
    func bytes() throws(CompletionError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self))
        } catch {
            throw .invalid("the request cannot be written as JSON; check temperature")
        }
    }
}

/// The value that some JSON holds, or nil where it is not of that form.
func decoded<Form: Decodable>(_ type: Form.Type, _ bytes: some Sequence<UInt8>) -> Form? {
    try? JSONDecoder().decode(Form.self, from: Data(bytes))
}
