/// Why an exchange did not end well; none of its texts holds a header value or a body.
public enum TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request cannot be sent as it is.
    case invalidRequest(String)
    /// The host's name is not known.
    case resolve(String)
    /// No connection, or one that was closed before an answer began.
    case unreachable(String)
    /// The proxy refused or cannot be found.
    case proxy(String)
    /// No trusted connection: certificate, authority file or handshake.
    case tls(String)
    /// No connection within the bound.
    case connectTimeout(Duration)
    /// No answer began within the bound.
    case firstByteTimeout(Duration)
    /// The answer fell silent for longer than the bound.
    case idleTimeout(Duration)
    /// The answer was not whole within the bound.
    case totalTimeout(Duration)
    /// The connection ended within the answer.
    case cut(String)
    /// The answer is longer than the bound, in bytes.
    case tooLarge(limit: Int)
    /// The answer is not HTTP.
    case protocolViolation(String)
    /// The caller's task was cancelled, or the transport was shut down under it.
    case cancelled
    /// There is no transport here: built without libcurl, or already shut down.
    case unavailable(String)

    /// Whether the same request may succeed a little later without anyone mending anything.
    public var isTransient: Bool {
        switch self {
        case .resolve, .unreachable, .connectTimeout, .firstByteTimeout, .idleTimeout, .totalTimeout, .cut:
            true
        case .invalidRequest, .proxy, .tls, .tooLarge, .protocolViolation, .cancelled, .unavailable: false
        }
    }

    /// The kind of error as a word for metrics.
    public var label: String {
        switch self {
        case .invalidRequest: "invalid_request"
        case .resolve: "resolve"
        case .unreachable: "unreachable"
        case .proxy: "proxy"
        case .tls: "tls"
        case .connectTimeout: "connect_timeout"
        case .firstByteTimeout: "first_byte_timeout"
        case .idleTimeout: "idle_timeout"
        case .totalTimeout: "total_timeout"
        case .cut: "cut"
        case .tooLarge: "too_large"
        case .protocolViolation: "protocol_violation"
        case .cancelled: "cancelled"
        case .unavailable: "unavailable"
        }
    }

    /// The error in one sentence, with what to mend where the words of the network do not say it.
    public var description: String {
        switch self {
        case .invalidRequest(let detail): "The request cannot be sent: \(detail)"
        case .resolve(let detail): "The host name is not known: \(detail)"
        case .unreachable(let detail): "No answer from the other side: \(detail)"
        case .proxy(let detail): "The proxy does not let the request through: \(detail)"
        case .tls(let detail):
            "No trusted connection: \(detail); check the address, the clock and the certificate authority"
        case .connectTimeout(let bound): "No connection within \(bound)"
        case .firstByteTimeout(let bound): "No answer began within \(bound)"
        case .idleTimeout(let bound): "The answer fell silent for \(bound)"
        case .totalTimeout(let bound): "The answer was not whole within \(bound)"
        case .cut(let detail): "The connection ended within the answer: \(detail)"
        case .tooLarge(let limit): "The answer is longer than \(limit) bytes"
        case .protocolViolation(let detail): "The answer is not proper HTTP: \(detail)"
        case .cancelled: "The request was cancelled"
        case .unavailable(let detail): "There is no transport: \(detail)"
        }
    }
}
