/// OpenAI's chat completions, as OpenAI, Azure and many imitators speak them.
///
/// Lenient in what it reads, because imitators differ: `choices` may be null, `content` a list of parts, usage missing.
/// A stream ends with `[DONE]`; one that ends without it and without a `finish_reason` was cut.
///
/// Source: OpenAI's API reference, "Chat Completions"; Azure OpenAI's REST reference, 2024-10-21 and v1.
struct OpenAIChat: WireFormat {
    /// Whether addresses and the key's header are Azure's.
    var isAzure = false

    var framing: AnswerFraming { .events }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "model": .string(endpoint.model),
            "messages": [
                ["role": "system", "content": .string(prompt.system)],
                ["role": "user", "content": .string(prompt.user)],
            ],
            endpoint.tokenLimitField.rawValue: .integer(endpoint.maxTokens),
            "temperature": endpoint.temperature.map(JSONValue.number),
            "stream": true, "stream_options": ["include_usage": true],
        ]
        return WireRequest(
            url: isAzure
                ? azureURL(endpoint) : openAIAddress(endpoint.baseURL, of: "/chat/completions"),
            headers: endpoint.apiKey.map {
                isAzure ? [("api-key", $0.revealed)] : [("Authorization", "Bearer \($0.revealed)")]
            } ?? [], body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        if event.data.elementsEqual("[DONE]".utf8) { return [.end] }
        if event.name == "error", let failure = ProviderFailure(body: event.data) {
            return [.failure(failure)]
        }
        return decoded(Chunk.self, event.data).map(Self.parts)
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? {
        guard let chunk = decoded(Chunk.self, body), chunk.choices?.isEmpty == false else {
            return ProviderFailure(body: body).map { [.failure($0)] }
        }
        return Self.parts(chunk) + [.end]
    }

    private static func parts(_ chunk: Chunk) -> [AnswerPart] {
        if let failure = chunk.error, chunk.choices?.isEmpty ?? true { return [.failure(failure)] }
        var parts: [AnswerPart] = []
        if let model = chunk.model { parts.append(.model(model)) }
        if let usage = chunk.usage {
            parts.append(.usage(TokenUsage(prompt: usage.prompt_tokens, completion: usage.completion_tokens)))
        }
        guard let choice = chunk.choices?.first(where: { $0.index ?? 0 == 0 }) else { return parts }
        let message = choice.delta ?? choice.message
        if let text = message?.content?.text { parts.append(.text(text)) }
        if let refusal = message?.refusal { parts.append(.refusal(refusal)) }
        switch choice.finish_reason {
        case nil: break
        case "length": parts.append(.finish(.length))
        case "content_filter": parts.append(.finish(.filtered("content_filter")))
        default: parts.append(.finish(.stop))
        }
        return parts
    }

    /// The deployment's address; a base that holds `/openai/v1` is one of the newer form, which names it in the body.
    private func azureURL(_ endpoint: ModelEndpoint) -> String {
        if endpoint.baseURL.contains("/openai/v1") {
            return openAIAddress(endpoint.baseURL, of: "/chat/completions")
        }
        let deployment = "/openai/deployments/" + pathSegment(endpoint.model) + "/chat/completions"
        let url = address(endpoint.baseURL, adding: deployment)
        return url.contains("?") ? url : url + "?api-version=2024-10-21"
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
        let error: ProviderFailure?
    }
}
