/// Anthropic's Messages.
///
/// The system prompt stands beside the messages. Usage is cumulative: the prompt's tokens come with `message_start`, the
/// answer's with `message_delta`. Pings and the pieces of hidden thinking are no answer.
///
/// Source: Anthropic's API reference, "Messages" and "Streaming Messages", version 2023-06-01.
struct AnthropicMessages: WireFormat {
    var framing: AnswerFraming { .events }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "model": .string(endpoint.model), "system": .string(prompt.system),
            "messages": [["role": "user", "content": .string(prompt.user)]],
            "max_tokens": .integer(endpoint.maxTokens),
            "temperature": endpoint.temperature.map(JSONValue.number), "stream": true,
        ]
        return WireRequest(
            url: address(
                endpoint.baseURL,
                adding: endpoint.baseURL.contains("/v1") ? "/messages" : "/v1/messages"),
            headers: [("anthropic-version", "2023-06-01")]
                + (endpoint.apiKey.map { [("x-api-key", $0.revealed)] } ?? []),
            body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        guard let item = decoded(Item.self, event.data) else { return nil }
        switch item.type ?? event.name {
        case "message_start": return item.message.map { Self.opening($0) }
        case "content_block_start": return item.content_block?.text.map { [.text($0)] } ?? []
        case "content_block_delta": return item.delta?.text.map { [.text($0)] } ?? []
        case "message_delta":
            return (item.usage.map { [.usage(TokenUsage(completion: $0.output_tokens))] } ?? [])
                + (item.delta?.stop_reason.map { [.finish(Self.finish($0))] } ?? [])
        case "message_stop": return [.end]
        case "error": return [.failure(ProviderFailure(body: event.data) ?? ProviderFailure())]
        default: return item.type == nil ? ProviderFailure(body: event.data).map { [.failure($0)] } : []
        }
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? {
        guard let message = decoded(Message.self, body), let content = message.content else {
            return ProviderFailure(body: body).map { [.failure($0)] }
        }
        return Self.opening(message) + content.compactMap { $0.text.map(AnswerPart.text) }
            + [.finish(Self.finish(message.stop_reason ?? "end_turn")), .end]
    }

    private static func opening(_ message: Message) -> [AnswerPart] {
        var parts: [AnswerPart] = message.model.map { [.model($0)] } ?? []
        if let usage = message.usage {
            let read = [
                usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens,
            ]
            .compactMap(\.self)
            parts.append(
                .usage(
                    TokenUsage(
                        prompt: read.isEmpty ? nil : read.reduce(0, +), completion: usage.output_tokens)))
        }
        return parts
    }

    private static func finish(_ reason: String) -> AnswerPart.Finish {
        switch reason {
        case "max_tokens": .length
        case "refusal": .filtered(reason)
        case "model_context_window_exceeded": .windowFull
        default: .stop
        }
    }

    private struct Block: Decodable {
        let text: String?
        let stop_reason: String?
    }

    private struct Usage: Decodable {
        let input_tokens: Int?
        let output_tokens: Int?
        let cache_read_input_tokens: Int?
        let cache_creation_input_tokens: Int?
    }

    private struct Message: Decodable {
        let model: String?
        let content: [Block]?
        let stop_reason: String?
        let usage: Usage?
    }

    private struct Item: Decodable {
        let type: String?
        let message: Message?
        let content_block: Block?
        let delta: Block?
        let usage: Usage?
    }
}
