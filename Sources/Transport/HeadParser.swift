/// Header lines, one by one, to the head of the final response.
///
/// Interim responses (1xx) are passed over, and so is everything after the final head: trailers are not used.
struct HeadParser {
    /// The head of a response.
    struct Head: Sendable {
        var status: Int
        var headers: [(name: String, value: String)]

        /// The promised length of the body, or nil.
        var contentLength: Int? {
            headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        }
    }

    /// The bytes of all lines of one response above which its head is refused.
    static let maxBytes = 128 << 10

    /// Whether a status line of a final response has come.
    private(set) var hasBegun = false
    private var bytes = 0
    private var status = 0
    private var headers: [(name: String, value: String)] = []

    /// Takes one line, with or without its line end.
    ///
    /// - Returns: the head when this line, an empty one, completes it.
    /// - Throws: when the head is too long, or its status line is none.
    mutating func add(line: some Collection<UInt8>) throws(TransportError) -> Head? {
        bytes += line.count
        guard bytes <= Self.maxBytes else {
            throw .protocolViolation("the head is longer than \(Self.maxBytes) bytes")
        }
        let text = Self.trimmed(String(decoding: line, as: UTF8.self)[...])
        if text.isEmpty {
            return status >= 200 ? Head(status: status, headers: headers) : nil
        }
        if text.hasPrefix("HTTP/") {
            let parts = text.split(separator: " ", maxSplits: 2)
            guard parts.count >= 2, let code = Int(parts[1]), 100..<1000 ~= code else {
                throw .protocolViolation("the status line names no status")
            }
            status = code
            headers = []
            hasBegun = code >= 200
        } else if let colon = text.firstIndex(of: ":") {
            headers.append(
                (
                    name: String(Self.trimmed(text[..<colon])),
                    value: String(Self.trimmed(text[text.index(after: colon)...]))
                ))
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let utf8 = text.utf8
        guard let first = utf8.firstIndex(where: { $0 > 0x20 }),
            let last = utf8.lastIndex(where: { $0 > 0x20 })
        else { return "" }
        return text[first...last]
    }
}
