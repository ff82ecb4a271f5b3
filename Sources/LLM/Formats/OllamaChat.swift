/// Ollama's chat: one JSON object a line.
///
/// A prompt longer than `num_ctx` is cut silently. So the window is always said, as ``ModelEndpoint/contextTokens``, and the
/// router sends no prompt that may not fit it.
///
/// Source: Ollama's API document, "Generate a chat completion".
struct OllamaChat: WireFormat {
    var framing: AnswerFraming { .lines }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "model": .string(endpoint.model),
            "messages": [
                ["role": "system", "content": .string(prompt.system)],
                ["role": "user", "content": .string(prompt.user)],
            ],
            "options": [
                "num_predict": .integer(endpoint.maxTokens), "num_ctx": .integer(endpoint.contextTokens),
                "temperature": endpoint.temperature.map(JSONValue.number),
            ],
            "stream": true, "keep_alive": "10m",
        ]
        return WireRequest(
            url: address(endpoint.baseURL, adding: "/api/chat"),
            headers: endpoint.apiKey.map { [("Authorization", "Bearer \($0.revealed)")] } ?? [],
            body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        guard let line = decoded(Line.self, event.data) else { return nil }
        if let failure = line.error { return [.failure(failure)] }
        var parts: [AnswerPart] = line.model.map { [.model($0)] } ?? []
        if let text = line.message?.content { parts.append(.text(text)) }
        guard line.done == true else { return parts }
        parts.append(.usage(TokenUsage(prompt: line.prompt_eval_count, completion: line.eval_count)))
        switch line.done_reason {
        case "length": parts.append(.finish(.length))
        case "load", "unload": parts.append(.finish(.broken("done_reason \(line.done_reason ?? "")")))
        default: parts.append(.finish(.stop))
        }
        return parts + [.end]
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? { parts(of: WireEvent(name: "", data: body)) }

    private struct Line: Decodable {
        struct Message: Decodable {
            let content: String?
        }

        let model: String?
        let message: Message?
        let done: Bool?
        let done_reason: String?
        let prompt_eval_count: Int?
        let eval_count: Int?
        let error: ProviderFailure?
    }
}
