/// Why a platform's request was turned away; nothing of it was taken in.
public enum ChannelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The request carries no proof of its sender, or one that is not well formed or not right.
    case unauthorised(reason: String)
    /// A token is not the one that was agreed on.
    case forbidden(reason: String)
    /// The signature was made too long ago, or the clocks differ: seconds off, either way.
    case stale(seconds: Int64)
    /// The body is not what the platform documents.
    case malformed(reason: String)
    /// The platform asks for something that is not served here.
    case unknownPath(String)
    /// The body is larger than ``ChannelRequest/largestBody``: its length in bytes.
    case oversized(bytes: Int)

    /// The HTTP status to answer with.
    public var status: Int {
        switch self {
        case .unauthorised, .stale: 401
        case .forbidden: 403
        case .malformed: 400
        case .unknownPath: 404
        case .oversized: 413
        }
    }

    /// The cause and the mend, for the operator's log; holds nothing that came in the request but lengths and names.
    public var description: String {
        switch self {
        case .unauthorised(let reason): "not authorised: \(reason)"
        case .forbidden(let reason): "forbidden: \(reason)"
        case .stale(let seconds):
            "signed \(seconds) seconds away from this server's time: set the clock, or it is an old request sent again"
        case .malformed(let reason): "the body is not what the platform documents: \(reason)"
        case .unknownPath(let path):
            "nothing is served at \(path): check the address that the platform was given"
        case .oversized(let bytes):
            "the body has \(bytes) bytes, \(ChannelRequest.largestBody) are allowed"
        }
    }
}
