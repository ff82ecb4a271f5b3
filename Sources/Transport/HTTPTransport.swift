public import Logging

/// One request to one streamed response, within its bounds.
///
/// Transport is the only way out of the house: every outbound call of the project goes through ``send(_:)``. It
/// knows bytes, not formats; it follows no redirect, keeps no cookie, and repeats nothing by itself (the one
/// exception is libcurl's own: a kept connection that proves dead before the first byte is replaced by a fresh
/// one). Repeating is a matter of what a request means, and so of the caller.
///
/// ``CurlTransport`` is the true implementation; where the trait LLM is off, ``UnavailableTransport`` stands in
/// for it and says so. Tests of what lies above bring their own.
public protocol HTTPTransport: Sendable {
    /// The response, as soon as its head is here.
    ///
    /// - Throws: the reason why there is none; ``TransportError/cancelled`` when the task is cancelled.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Ends the transport: refuses new requests, gives those under way `grace`, then cuts them off.
    func shutdown(grace: Duration) async
}

extension HTTPTransport {
    /// Does nothing: a transport without lifetime has nothing to end.
    public func shutdown(grace: Duration) async {}
}

/// The transport of this build: libcurl's, or one that says why there is none.
public func defaultTransport(logger: Logger = Logger(label: "newsdesk.transport")) -> any HTTPTransport {
    #if LLM
        do {
            return try CurlTransport(logger: logger)
        } catch {
            logger.error("No outbound transport", metadata: ["error": "\(error)"])
            return UnavailableTransport("\(error)")
        }
    #else
        return UnavailableTransport(
            "this build has no libcurl; install libcurl4-openssl-dev and build with the trait LLM")
    #endif
}

/// A transport that refuses every request with the reason why there is no other.
public struct UnavailableTransport: HTTPTransport {
    private let reason: String

    /// A transport that refuses for this reason.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Throws ``TransportError/unavailable(_:)``.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw .unavailable(reason)
    }
}
