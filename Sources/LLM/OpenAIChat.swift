import Foundation
import Transport

/// The wire format of OpenAI's chat completions, as OpenAI and its many imitators speak it.
///
/// Pure: bytes and values only. Lenient in what it reads, because imitators differ: `choices` may be null,
/// `code` a number, `content` a list of parts, an error a bare string, in a list, or without its envelope.
enum OpenAIChat {
    /// The body of a request.
    ///
    /// - Throws: ``CompletionError/invalid(_:)`` where a number of the configuration has no JSON form.
    static func body(
        _ prompt: Prompt, configuration: OpenAIConfiguration
    ) throws(CompletionError) -> [UInt8] {
        let request = Request(
            model: configuration.model,
            messages: [
                Request.Message(role: "system", content: prompt.system),
                Request.Message(role: "user", content: prompt.user),
            ],
            limitField: configuration.tokenLimitField, limit: configuration.maxTokens,
            temperature: configuration.temperature)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(request))
        } catch {
            throw .invalid("the request cannot be written as JSON; check temperature")
        }
    }

    /// The class of an answer that is none, by its status and body.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - body: the bytes of the answer, of whatever form.
    ///   - wait: the wait that its headers ask for.
    /// - Returns: the class with the provider's own words, cut to a length for logs.
    static func failure(status: Int, body: [UInt8], wait: Duration?) -> CompletionError {
        var failure = (try? JSONDecoder().decode(Envelope.self, from: Data(body)))?.failure ?? Failure()
        failure.status = status
        return failure.error(wait: wait)
    }

    /// The class of the error that a body tells of under a status of success; nil where it tells of none.
    static func failure(in body: [UInt8]) -> CompletionError? {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body)), envelope.failure.says
        else { return nil }
        return envelope.failure.error(wait: nil)
    }
}

extension OpenAIChat {
    /// An answer as it grows, event by event or at once.
    struct Answer {
        /// The undecodable events above which a stream is rubbish.
        static let maxMalformedEvents = 3

        /// Whether the sender has said that nothing more will come.
        private(set) var isDone = false
        /// Whether the model has said that its text is whole.
        var isFinished: Bool { finish != nil || isDone }

        private var text = ""
        private var refusal = ""
        private var finish: String?
        private var model: String?
        private var usage: Chunk.Usage?
        private var malformedEvents = 0

        /// Takes one event of a stream.
        ///
        /// - Returns: whether it brought a useful token.
        mutating func add(_ item: EventStreamParser.Item) throws(CompletionError) -> Bool {
            guard !isDone else { return false }
            guard case .event(let name, let data) = item else {
                try countMalformed()
                return false
            }
            if data == "[DONE]" {
                isDone = true
                return false
            }
            if name == "error", let envelope: Envelope = decode(data.utf8) {
                throw envelope.failure.error(wait: nil)
            }
            guard let chunk: Chunk = decode(data.utf8) else {
                try countMalformed()
                return false
            }
            return try add(chunk)
        }

        /// Takes a whole answer.
        mutating func add(whole bytes: [UInt8]) throws(CompletionError) {
            guard let chunk: Chunk = decode(bytes) else {
                if let envelope: Envelope = decode(bytes), envelope.failure.says {
                    throw envelope.failure.error(wait: nil)
                }
                throw .malformed("it is not the JSON of a chat completion")
            }
            guard try add(chunk) || chunk.choices?.isEmpty == false else {
                throw .malformed("it holds no choices")
            }
            isDone = true
        }

        /// The completion, now that nothing more comes.
        ///
        /// - Throws: what the text lacks to be one.
        func completion(provider: String, askedFor: String) throws(CompletionError) -> Completion {
            if finish == "content_filter" { throw .filtered("the answer was withheld") }
            guard isFinished else { throw .cut("it ended without a sign of its end") }
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !trimmed.isEmpty else {
                if !refusal.isEmpty { throw .filtered(refusal) }
                throw .malformed(
                    finish == "length"
                        ? "its tokens were spent before the first word; raise max_tokens" : "it is empty")
            }
            return Completion(
                text: trimmed, provider: provider, model: model ?? askedFor,
                promptTokens: usage?.prompt_tokens, completionTokens: usage?.completion_tokens,
                isTruncated: finish == "length")
        }

        private mutating func add(_ chunk: Chunk) throws(CompletionError) -> Bool {
            if let failure = chunk.error, chunk.choices?.isEmpty ?? true { throw failure.error(wait: nil) }
            if let model = chunk.model, !model.isEmpty { self.model = model }
            if let usage = chunk.usage { self.usage = usage }
            guard let choice = chunk.choices?.first(where: { $0.index ?? 0 == 0 }) else { return false }
            if let reason = choice.finish_reason { finish = reason }
            let message = choice.delta ?? choice.message
            refusal += message?.refusal ?? ""
            guard let new = message?.content?.text, !new.isEmpty else { return false }
            text += new
            return true
        }

        private mutating func countMalformed() throws(CompletionError) {
            malformedEvents += 1
            if malformedEvents > Self.maxMalformedEvents {
                throw .malformed("more than \(Self.maxMalformedEvents) of its events cannot be read")
            }
        }
    }
}

// MARK: - The forms of the wire

private func decode<Form: Decodable>(_ bytes: some Sequence<UInt8>) -> Form? {
    try? JSONDecoder().decode(Form.self, from: Data(bytes))
}

private struct Request: Encodable {
    struct Message: Encodable {
        let role: String
        let content: String
    }

    struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let model: String
    let messages: [Message]
    let limitField: OpenAIConfiguration.TokenLimitField
    let limit: Int
    let temperature: Double?

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(model, forKey: Key(stringValue: "model"))
        try fields.encode(messages, forKey: Key(stringValue: "messages"))
        try fields.encode(limit, forKey: Key(stringValue: limitField.rawValue))
        try fields.encodeIfPresent(temperature, forKey: Key(stringValue: "temperature"))
        try fields.encode(true, forKey: Key(stringValue: "stream"))
        try fields.encode(["include_usage": true], forKey: Key(stringValue: "stream_options"))
    }
}

/// One event of a stream, or a whole answer: they differ in `delta` and `message` alone.
private struct Chunk: Decodable {
    struct Choice: Decodable {
        let index: Int?
        let delta: Message?
        let message: Message?
        let finish_reason: String?
    }

    struct Message: Decodable {
        let content: Content?
        let refusal: String?
    }

    struct Usage: Decodable {
        let prompt_tokens: Int?
        let completion_tokens: Int?
    }

    /// Text, or a list of parts of which those with a text count.
    struct Content: Decodable {
        struct Part: Decodable {
            let text: String?
        }

        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let plain = try? value.decode(String.self) {
                text = plain
            } else {
                text = try value.decode([Part].self).compactMap(\.text).joined()
            }
        }
    }

    let choices: [Choice]?
    let model: String?
    let usage: Usage?
    let error: Failure?
}

/// An error with its envelope, in any of the forms seen.
private struct Envelope: Decodable {
    private enum Key: String, CodingKey {
        case error, detail
    }

    let failure: Failure

    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            self = try list.decode(Envelope.self)
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        if let inner = try fields.decodeIfPresent(Failure.self, forKey: .error) {
            failure = inner
        } else if let detail = try? fields.decode(String.self, forKey: .detail) {
            failure = Failure(message: detail)
        } else {
            failure = try Failure(from: decoder)
        }
    }
}

/// What a provider says of an error.
private struct Failure: Decodable {
    private enum Key: String, CodingKey {
        case message, type, code, status, innererror
    }

    private struct Inner: Decodable {
        let code: String?
    }

    var status: Int?
    var message = ""
    var words: Set<String> = []

    init(message: String = "") {
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        if let bare = try? decoder.singleValueContainer().decode(String.self) {
            message = bare
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        message = (try? fields.decode(String.self, forKey: .message)) ?? ""
        status = (try? fields.decode(Int.self, forKey: .code)).flatMap { 400..<600 ~= $0 ? $0 : nil }
        let inner = try? fields.decode(Inner.self, forKey: .innererror)
        let texts =
            [Key.type, .code, .status].map { try? fields.decode(String.self, forKey: $0) } + [inner?.code]
        words = Set(texts.compactMap { $0?.lowercased() })
    }

    /// Whether anything is said at all, so that this is an error and not just no completion.
    var says: Bool { !message.isEmpty || !words.isEmpty }

    /// The class of the error; the more telling signs come first.
    func error(wait: Duration?) -> CompletionError {
        let text = message.lowercased()
        let detail = [status.map { "status \($0)" }, message.isEmpty ? nil : message]
            .compactMap(\.self).joined(separator: ", ")
        if status == 402 || !words.isDisjoint(with: Self.exhaustedWords)
            || Self.exhaustedTexts.contains(where: text.contains)
        {
            return .exhausted(detail)
        }
        if status == 413 || !words.isDisjoint(with: Self.tooLongWords)
            || (!words.contains("string_above_max_length")
                && Self.tooLongTexts.contains(where: text.contains))
        {
            return .tooLong(detail)
        }
        if !words.isDisjoint(with: Self.filteredWords) { return .filtered(detail) }
        if status == 429 || !words.isDisjoint(with: Self.limitedWords) { return .limited(retryAfter: wait) }
        switch status {
        case 408, 409, 424, 425, .some(500...): return .overloaded(detail)
        case 401, 403, 404, .some(300..<400): return .rejected(detail)
        case .some where words.isDisjoint(with: Self.rejectedWords): return .invalid(detail)
        default:
            if !words.isDisjoint(with: Self.rejectedWords) { return .rejected(detail) }
            return words.contains("invalid_request_error")
                ? .invalid(detail) : .overloaded(detail.isEmpty ? "an error without words" : detail)
        }
    }

    private static let exhaustedWords: Set = [
        "insufficient_quota", "billing_error", "billing_hard_limit_reached",
    ]
    private static let exhaustedTexts = [
        "credit balance", "exceeded your current quota", "api usage limit", "insufficient credits",
    ]
    private static let tooLongWords: Set = ["context_length_exceeded", "exceed_context_size_error"]
    private static let tooLongTexts = [
        "maximum context length", "maximum context limit", "exceed context limit", "context window",
        "prompt is too long", "input is too long", "exceeds the maximum number of tokens",
        "exceeds the available context size", "longer than the model's context length", "input tokens exceed",
    ]
    private static let filteredWords: Set = [
        "content_filter", "content_policy_violation", "responsibleaipolicyviolation",
    ]
    private static let limitedWords: Set = [
        "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "too_many_requests",
    ]
    private static let rejectedWords: Set = [
        "invalid_api_key", "authentication_error", "permission_error", "model_not_found",
        "deploymentnotfound",
        "data_residency_mismatch",
    ]
}
