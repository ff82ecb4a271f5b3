import Foundation

/// What a provider says of an error, read from any of the forms that are about.
///
/// Lenient, because they differ and change: `error` may be an object, a bare string or in a list; the envelope may be
/// missing; `code` may be a number or a word; Google puts the wait into `details`, Amazon the kind into a header.
struct ProviderFailure: Sendable, Hashable {
    /// The HTTP status, or a number of the body that looks like one.
    var status: Int?
    /// The provider's sentence.
    var message = ""
    /// Its words for the kind of error (`type`, `code`, `status`), lowercase.
    var words: Set<String> = []
    /// The wait that the body asks for.
    var wait: Duration?

    init(status: Int? = nil, message: String = "", words: Set<String> = []) {
        self.status = status
        self.message = message
        self.words = words
    }

    /// The error that a body tells of; nil where it tells of none.
    init?(body: some Sequence<UInt8>) {
        guard let envelope = decoded(Envelope.self, body), envelope.failure.says else { return nil }
        self = envelope.failure
    }

    /// The class of an answer that is none.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - kind: the kind of error that a header names.
    ///   - body: the bytes of the answer, of whatever form.
    ///   - wait: the wait that its headers ask for.
    /// - Returns: the class with the provider's own words.
    static func error(
        status: Int, kind: String? = nil, body: [UInt8], wait: Duration?
    ) -> CompletionError {
        var failure = ProviderFailure(body: body) ?? ProviderFailure()
        failure.status = status
        if let kind { failure.words.insert(kind.lowercased()) }
        return failure.error(wait: wait)
    }

    /// The class of the error; the more telling signs come first.
    ///
    /// - Parameter wait: the wait that headers ask for, which counts more than the body's.
    /// - Returns: the class with the provider's own words.
    func error(wait: Duration? = nil) -> CompletionError {
        let text = message.lowercased()
        let detail = [status.map { "status \($0)" }, message.isEmpty ? nil : message]
            .compactMap(\.self).joined(separator: ", ")
        func has(_ known: Set<String>) -> Bool { !words.isDisjoint(with: known) }
        if status == 402 || has(Self.exhaustedWords) || Self.exhaustedTexts.contains(where: text.contains) {
            return .exhausted(detail)
        }
        if status == 413 || has(Self.tooLongWords)
            || (!words.contains("string_above_max_length")
                && Self.tooLongTexts.contains(where: text.contains))
        {
            return .tooLong(detail)
        }
        if has(Self.filteredWords) || words.contains(where: { $0.hasSuffix("_policy") }) {
            return .filtered(detail)
        }
        if status == 429 || has(Self.limitedWords) { return .limited(retryAfter: wait ?? self.wait) }
        switch status {
        case 408, 409, 424, 425, .some(500...): return .overloaded(detail)
        case 401, 403, 404, .some(300..<400): return .rejected(detail)
        default: break
        }
        if has(Self.rejectedWords) { return .rejected(detail) }
        if status != nil || has(Self.invalidWords) { return .invalid(detail) }
        return .overloaded(detail.isEmpty ? "an error without words" : detail)
    }

    /// Whether anything is said at all, so that this is an error and not just no completion.
    private var says: Bool { !message.isEmpty || !words.isEmpty }

    private static let exhaustedWords: Set = [
        "insufficient_quota", "billing_error", "billing_hard_limit_reached", "servicequotaexceededexception",
        "quota_per_day",
    ]
    private static let exhaustedTexts = [
        "credit balance", "exceeded your current quota", "api usage limit", "insufficient credits",
    ]
    private static let tooLongWords: Set = [
        "context_length_exceeded", "exceed_context_size_error", "request_too_large",
    ]
    private static let tooLongTexts = [
        "maximum context length", "maximum context limit", "exceed context limit", "context window",
        "prompt is too long", "input is too long", "exceeds the maximum number of tokens",
        "exceeds the available context size", "longer than the model's context length", "input tokens exceed",
    ]
    private static let filteredWords: Set = [
        "content_filter", "content_policy_violation", "responsibleaipolicyviolation", "invalid_prompt",
    ]
    private static let limitedWords: Set = [
        "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "too_many_requests",
        "throttlingexception",
    ]
    private static let rejectedWords: Set = [
        "invalid_api_key", "authentication_error", "permission_error", "model_not_found",
        "deploymentnotfound", "data_residency_mismatch", "unauthenticated", "permission_denied",
        "not_found_error", "not_found", "accessdeniedexception", "resourcenotfoundexception",
    ]
    private static let invalidWords: Set = [
        "invalid_request_error", "invalid_argument", "validationexception",
    ]
}

extension ProviderFailure: Decodable {
    private enum Key: String, CodingKey {
        case message, type, code, status, innererror, details
        case amazonsMessage = "Message"
    }

    private struct Inner: Decodable {
        let code: String?
    }

    /// One of Google's `google.rpc` details.
    private struct Detail: Decodable {
        struct Violation: Decodable {
            let quotaId: String?
        }

        let retryDelay: String?
        let violations: [Violation]?
    }

    init(from decoder: any Decoder) throws {
        if let bare = try? decoder.singleValueContainer().decode(String.self) {
            message = bare
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ key: Key) -> String? { try? fields.decode(String.self, forKey: key) }
        message = text(.message) ?? text(.amazonsMessage) ?? ""
        status = (try? fields.decode(Int.self, forKey: .code)).flatMap { 400..<600 ~= $0 ? $0 : nil }
        let inner = try? fields.decode(Inner.self, forKey: .innererror)
        words = Set([text(.type), text(.code), text(.status), inner?.code].compactMap { $0?.lowercased() })
        guard let details = try? fields.decode([Detail].self, forKey: .details) else { return }
        wait = details.compactMap { $0.retryDelay.flatMap(durationInGoNotation) }.max()
        if details.contains(where: {
            $0.violations?.contains { $0.quotaId?.lowercased().contains("perday") == true } == true
        }) {
            words.insert("quota_per_day")
        }
    }
}

/// An error with what it is wrapped in.
private struct Envelope: Decodable {
    private enum Key: String, CodingKey {
        case error, detail
    }

    let failure: ProviderFailure

    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            self = try list.decode(Envelope.self)
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        if let inner = try fields.decodeIfPresent(ProviderFailure.self, forKey: .error) {
            failure = inner
        } else if let detail = try? fields.decode(String.self, forKey: .detail) {
            failure = ProviderFailure(message: detail)
        } else {
            failure = try ProviderFailure(from: decoder)
        }
    }
}
