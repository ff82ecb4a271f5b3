/// One response: its head, and its body as it arrives.
public struct HTTPResponse: Sendable {
    /// The status of the final response, 200…599; redirects are not followed.
    public var status: Int
    /// Header fields in the order they came, names as sent.
    public var headers: [(name: String, value: String)]
    /// The bytes of the body; dropping it unread closes the exchange.
    public var body: ResponseBody

    /// A response from its parts.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: ResponseBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first field of that name in any case, or nil.
    public subscript(header name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The whole body.
    ///
    /// - Parameter limit: the most bytes to take.
    /// - Returns: all bytes in order.
    /// - Throws: ``TransportError/tooLarge(limit:)`` above the limit, or what ended the exchange.
    public func collect(limit: Int) async throws(TransportError) -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.count <= limit else { throw .tooLarge(limit: limit) }
            bytes += chunk
        }
        return bytes
    }
}
