/// OpenAI's Responses.
///
/// `response.created` comes before quota and policy are looked at, so that only `response.output_text.delta` is a sign of
/// an answer. A stream ends with one of `response.completed`, `response.incomplete`, `response.failed` and `error`; there
/// is no `[DONE]`. Nothing is stored at the provider (`store: false`).
///
/// Source: OpenAI's API reference, "Responses".
struct OpenAIResponses: WireFormat {
    var framing: AnswerFraming { .events }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "model": .string(endpoint.model), "instructions": .string(prompt.system),
            "input": .string(prompt.user), "max_output_tokens": .integer(endpoint.maxTokens),
            "temperature": endpoint.temperature.map(JSONValue.number), "stream": true, "store": false,
        ]
        return WireRequest(
            url: openAIAddress(endpoint.baseURL, of: "/responses"),
            headers: endpoint.apiKey.map { [("Authorization", "Bearer \($0.revealed)")] } ?? [],
            body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        guard let item = decoded(Item.self, event.data) else { return nil }
        switch item.type ?? event.name {
        case "response.output_text.delta": return item.delta.map { [.text($0)] }
        case "response.refusal.delta": return item.delta.map { [.refusal($0)] }
        case "response.completed", "response.incomplete", "response.failed":
            // The text has come in pieces; of the whole only the end and the tokens are new.
            guard let response = item.response else { return nil }
            return Self.parts(response, withText: false)
        case "error": return [.failure(ProviderFailure(body: event.data) ?? ProviderFailure())]
        // Some gateways send an error as a bare object.
        default: return item.type == nil ? ProviderFailure(body: event.data).map { [.failure($0)] } : []
        }
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? {
        if let response = decoded(Response.self, body), response.output != nil {
            return Self.parts(response, withText: true)
        }
        return ProviderFailure(body: body).map { [.failure($0)] }
    }

    private static func parts(_ response: Response, withText: Bool) -> [AnswerPart] {
        var parts: [AnswerPart] = []
        if let model = response.model { parts.append(.model(model)) }
        if let usage = response.usage {
            parts.append(.usage(TokenUsage(prompt: usage.input_tokens, completion: usage.output_tokens)))
        }
        if withText {
            for content in (response.output ?? []).flatMap({ $0.content ?? [] }) {
                if let text = content.text { parts.append(.text(text)) }
                if let refusal = content.refusal { parts.append(.refusal(refusal)) }
            }
        }
        switch response.status {
        case "completed": parts += [.finish(.stop), .end]
        case "incomplete":
            let reason = response.incomplete_details?.reason ?? "incomplete"
            parts += [.finish(reason == "max_output_tokens" ? .length : .filtered(reason)), .end]
        default:
            parts.append(.failure(response.error ?? ProviderFailure(message: response.status ?? "")))
        }
        return parts
    }

    private struct Item: Decodable {
        let type: String?
        let delta: String?
        let response: Response?
    }

    private struct Response: Decodable {
        struct Output: Decodable {
            struct Content: Decodable {
                let text: String?
                let refusal: String?
            }

            let content: [Content]?
        }

        struct Details: Decodable {
            let reason: String?
        }

        struct Usage: Decodable {
            let input_tokens: Int?
            let output_tokens: Int?
        }

        let status: String?
        let model: String?
        let output: [Output]?
        let error: ProviderFailure?
        let incomplete_details: Details?
        let usage: Usage?
    }
}
