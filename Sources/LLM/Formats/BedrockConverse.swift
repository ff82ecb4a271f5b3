/// Amazon Bedrock's Converse, with an API key as bearer token.
///
/// Requests are not signed (Signature Version 4): a key of the long form is enough, and nothing depends on how a library
/// signs a path that holds a colon, as model ids do.
///
/// Source: Amazon Bedrock API reference, `ConverseStream`; "Amazon event stream encoding".
struct BedrockConverse: WireFormat {
    var framing: AnswerFraming { .frames }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "system": [["text": .string(prompt.system)]],
            "messages": [["role": "user", "content": [["text": .string(prompt.user)]]]],
            "inferenceConfig": [
                "maxTokens": .integer(endpoint.maxTokens),
                "temperature": endpoint.temperature.map(JSONValue.number),
            ],
        ]
        return WireRequest(
            url: address(
                endpoint.baseURL, adding: "/model/" + pathSegment(endpoint.model) + "/converse-stream"),
            headers: endpoint.apiKey.map { [("Authorization", "Bearer \($0.revealed)")] } ?? [],
            body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        if event.name.lowercased().hasSuffix("exception") || event.name == "error" {
            var failure = ProviderFailure(body: event.data) ?? ProviderFailure()
            failure.words.insert(event.name.lowercased())
            return [.failure(failure)]
        }
        guard let item = decoded(Item.self, event.data) else { return nil }
        switch event.name {
        case "contentBlockDelta": return item.delta?.text.map { [.text($0)] } ?? []
        case "messageStop": return item.stopReason.map { [.finish(Self.finish($0))] }
        case "metadata": return item.usage.map { [.usage($0.tokens), .end] } ?? [.end]
        default: return []
        }
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? {
        guard let answer = decoded(Answer.self, body), let message = answer.output?.message else {
            return ProviderFailure(body: body).map { [.failure($0)] }
        }
        return (message.content ?? []).compactMap { $0.text.map(AnswerPart.text) }
            + (answer.usage.map { [.usage($0.tokens)] } ?? [])
            + [.finish(Self.finish(answer.stopReason ?? "end_turn")), .end]
    }

    private static func finish(_ reason: String) -> AnswerPart.Finish {
        switch reason {
        case "max_tokens": .length
        case "guardrail_intervened", "content_filtered": .filtered(reason)
        case "model_context_window_exceeded": .windowFull
        case let reason where reason.hasPrefix("malformed"): .broken(reason)
        default: .stop
        }
    }

    private struct Block: Decodable {
        let text: String?
    }

    private struct Usage: Decodable {
        let inputTokens: Int?
        let outputTokens: Int?

        var tokens: TokenUsage { TokenUsage(prompt: inputTokens, completion: outputTokens) }
    }

    private struct Item: Decodable {
        let delta: Block?
        let stopReason: String?
        let usage: Usage?
    }

    private struct Answer: Decodable {
        struct Output: Decodable {
            struct Message: Decodable {
                let content: [Block]?
            }

            let message: Message?
        }

        let output: Output?
        let stopReason: String?
        let usage: Usage?
    }
}
