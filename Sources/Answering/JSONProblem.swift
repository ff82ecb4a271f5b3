import Foundation

/// Says what is wrong with JSON in a sentence that a sender can act on.
public enum JSONProblem {
    /// The place and the fault of a decoding error, without a word of this program's own types.
    public static func text(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "cannot be read" }
        switch error {
        case .keyNotFound(let key, let context):
            return "field \(path(context.codingPath + [key])) is missing"
        case .typeMismatch(let type, let context):
            return "field \(path(context.codingPath)) must be \(name(type))"
        case .valueNotFound(let type, let context):
            return "field \(path(context.codingPath)) is null, it must be \(name(type))"
        case .dataCorrupted(let context):
            guard context.codingPath.isEmpty else { return "field \(path(context.codingPath)) is not valid" }
            let cause = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
            return "not valid JSON" + (cause.map { ": \($0)" } ?? "")
        @unknown default: return "cannot be read"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let text = keys.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(
            separator: ".")
        return text.isEmpty ? "at the top" : "“\(text)”"
    }

    private static func name(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is any Collection.Type where !(type is String.Type): "a list or an object"
        default: "an object"
        }
    }
}
