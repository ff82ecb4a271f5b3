/// One HTTP request of a chat platform, as it came.
public struct ChannelRequest: Sendable {
    /// The largest body that is looked at, in bytes; every platform stays far below.
    public static let largestBody = 1 << 20

    /// The method in capitals, such as `POST`.
    public let method: String
    /// The path without the query.
    public let path: String
    /// The query's fields, decoded.
    public let query: [String: String]
    /// The bytes as they came: signatures are of these, never of what is written again after parsing.
    public let body: [UInt8]
    private let headers: [String: String]

    /// A request; of several headers with one name, in whatever case, the first counts.
    public init(
        method: String = "POST", path: String = "/", query: [String: String] = [:],
        headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
    }

    /// The value of a header, whose name is compared without case (RFC 9110, 5.1).
    public func header(_ name: String) -> String? { headers[name.lowercased()] }
}
