import Transport

extension CompletionError {
    /// The class of a transport's error.
    ///
    /// - Parameters:
    ///   - error: how the exchange ended.
    ///   - isSpeaking: whether a useful token had come, which tells the two kinds of silence apart.
    init(_ error: TransportError, isSpeaking: Bool) {
        switch error {
        case .invalidRequest: self = .rejected("\(error)")
        case .resolve, .unreachable, .proxy, .tls, .unavailable: self = .unreachable("\(error)")
        case .connectTimeout: self = .slow(.connect)
        case .firstByteTimeout: self = .slow(.firstToken)
        case .idleTimeout: self = .slow(isSpeaking ? .idle : .firstToken)
        case .totalTimeout: self = .slow(.deadline)
        case .cut(let detail): self = .cut(detail)
        case .tooLarge, .protocolViolation: self = .malformed("\(error)")
        case .cancelled: self = .cancelled
        }
    }

    /// The error fit to be shown: its words on one line, not too many, and without the key, which some servers
    /// repeat when they refuse it.
    func presented(hiding key: Secret?) -> CompletionError {
        func clean(_ text: String) -> String {
            // The key goes first: what it is cut to by the others would no longer be recognised.
            let redacted = key?.redacted(from: text) ?? text
            let line = redacted.split { $0.isWhitespace || $0 < " " }.joined(separator: " ")
            return line.count <= 300 ? line : line.prefix(300) + "…"
        }
        return switch self {
        case .unreachable(let text): .unreachable(clean(text))
        case .cut(let text): .cut(clean(text))
        case .overloaded(let text): .overloaded(clean(text))
        case .exhausted(let text): .exhausted(clean(text))
        case .rejected(let text): .rejected(clean(text))
        case .tooLong(let text): .tooLong(clean(text))
        case .filtered(let text): .filtered(clean(text))
        case .malformed(let text): .malformed(clean(text))
        case .invalid(let text): .invalid(clean(text))
        case .slow, .limited, .cancelled: self
        }
    }
}
