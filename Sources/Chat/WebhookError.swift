public import Answering
public import Storage

/// Why a delivery to a webhook was not answered.
public enum WebhookError: Error, Sendable, CustomStringConvertible {
    /// A secret is set and the delivery carries no signature or no time.
    case unsigned
    /// The time header is not a number of seconds since 1970.
    case invalidTimestamp(String)
    /// The delivery was signed too long ago, or its sender's clock is wrong: seconds off.
    case stale(seconds: Int)
    /// The signature is not the one of these bytes.
    case forged
    /// The body is not the JSON that is expected.
    case malformed(reason: String)
    /// A field that is needed is absent, empty or too long.
    case invalidField(name: String, reason: String)
    /// The question could not be answered.
    case answering(AnsweringError)
    /// The reply could not be put on record.
    case store(StorageError)

    /// The cause and the mend, for the developer of the sender.
    public var description: String {
        switch self {
        case .unsigned:
            "not signed: send X-Newsdesk-Timestamp and X-Newsdesk-Signature (sha256= and the HMAC of timestamp.body)"
        case .invalidTimestamp(let text):
            "X-Newsdesk-Timestamp is “\(text.prefix(40))”: send whole seconds since 1970"
        case .stale(let seconds):
            "signed \(seconds) seconds away from this server's time, 300 are allowed: set the sender's clock"
        case .forged:
            "the signature does not fit: sign timestamp, a full stop and the exact bytes of the body"
        case .malformed(let reason): "the body is not the expected JSON: \(reason)"
        case .invalidField(let name, let reason): "\(name): \(reason)"
        case .answering(let error): "\(error)"
        case .store(let error): "store: \(error)"
        }
    }

    /// Whether the same delivery may succeed a moment later.
    public var isTransient: Bool {
        switch self {
        case .answering(let error): error.isTransient
        case .store(let error): error.isTransient
        default: false
        }
    }
}
