import Foundation

/// A place in a JSON document, which may hold nothing.
///
/// Platforms leave out, add and change fields at will, and a field of the wrong kind is as good as none. What the parser made is never changed, so that threads may share it.
struct JSONNode: @unchecked Sendable {
    private let value: Any?

    /// A place that holds nothing.
    static var nothing: JSONNode { JSONNode(nil) }

    private init(_ value: Any?) { self.value = value }

    /// The document of a body.
    ///
    /// - Throws: ``ChannelError/malformed(reason:)`` where it is not one JSON object.
    init(object body: [UInt8]) throws(ChannelError) {
        let value: Any
        do { value = try JSONSerialization.jsonObject(with: Data(body)) } catch {
            throw .malformed(reason: "it is not JSON")
        }
        guard value is [String: Any] else { throw .malformed(reason: "it is not a JSON object") }
        self.init(value)
    }

    subscript(_ key: String) -> JSONNode { JSONNode((value as? [String: Any])?[key]) }

    var isPresent: Bool { value != nil && !(value is NSNull) }
    var elements: [JSONNode] { (value as? [Any] ?? []).map(JSONNode.init) }
    var string: String? { value as? String }
    var isTrue: Bool { value as? Bool ?? false }
    var integer: Int64? {
        guard !(value is String), let number = value as? NSNumber else { return nil }
        return Int64(exactly: number)
    }
    var number: Double? { value is String ? nil : (value as? NSNumber)?.doubleValue }
    /// An identity, which platforms write as a string or as a number.
    var identity: String? { string ?? integer.map { String($0) } }
    /// A time in seconds since 1970, as a number or a string with or without a fraction.
    var seconds: Date? {
        if let integer { return Date(timeIntervalSince1970: Double(integer)) }
        return string.flatMap { Double($0) }.flatMap { $0.isFinite ? Date(timeIntervalSince1970: $0) : nil }
    }
    /// A time in milliseconds since 1970.
    var milliseconds: Date? { integer.map { Date(timeIntervalSince1970: Double($0) / 1000) } }

    /// The identity at a key that the platform always sends.
    func required(_ key: String) throws(ChannelError) -> String {
        guard let identity = self[key].identity, !identity.isEmpty else {
            throw .malformed(reason: "“\(key)” is missing or neither text nor number")
        }
        return identity
    }
}
