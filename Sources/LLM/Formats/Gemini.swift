/// Google's Gemini, by its own address or through Vertex AI.
///
/// The key goes in a header, never in the address, which would stand in logs. A prompt that is blocked comes as a success
/// without candidates. There is no mark of the end: the last piece has a `finishReason`. Without `alt=sse` a stream is one
/// JSON array, which is read too, once it is whole.
///
/// Source: Gemini API reference, `models.streamGenerateContent`, v1beta.
struct Gemini: WireFormat {
    var framing: AnswerFraming { .events }

    func request(_ prompt: Prompt, to endpoint: ModelEndpoint) throws(CompletionError) -> WireRequest {
        let body: JSONValue = [
            "systemInstruction": ["parts": [["text": .string(prompt.system)]]],
            "contents": [["role": "user", "parts": [["text": .string(prompt.user)]]]],
            "generationConfig": [
                "maxOutputTokens": .integer(endpoint.maxTokens),
                "temperature": endpoint.temperature.map(JSONValue.number),
            ],
        ]
        let model = endpoint.model.hasPrefix("models/") ? String(endpoint.model.dropFirst(7)) : endpoint.model
        let isVertex = endpoint.baseURL.contains("/publishers/")
        let version = isVertex || endpoint.baseURL.contains("/v1") ? "" : "/v1beta"
        let url = address(
            endpoint.baseURL,
            adding: version + "/models/" + pathSegment(model) + ":streamGenerateContent")
        return WireRequest(
            url: url + (url.contains("?") ? "&alt=sse" : "?alt=sse"),
            headers: endpoint.apiKey.map {
                isVertex ? [("Authorization", "Bearer \($0.revealed)")] : [("x-goog-api-key", $0.revealed)]
            } ?? [], body: try body.bytes())
    }

    func parts(of event: WireEvent) -> [AnswerPart]? {
        guard let chunk = decoded(Chunk.self, event.data) else { return nil }
        return Self.parts(chunk)
    }

    func parts(ofWhole body: [UInt8]) -> [AnswerPart]? {
        let chunks = decoded([Chunk].self, body) ?? decoded(Chunk.self, body).map { [$0] }
        return chunks.map { $0.flatMap(Self.parts) + [.end] }
    }

    private static func parts(_ chunk: Chunk) -> [AnswerPart] {
        if let failure = chunk.error { return [.failure(failure)] }
        var parts: [AnswerPart] = chunk.modelVersion.map { [.model($0)] } ?? []
        if let usage = chunk.usageMetadata {
            let written = [usage.candidatesTokenCount, usage.thoughtsTokenCount].compactMap(\.self)
            parts.append(
                .usage(
                    TokenUsage(
                        prompt: usage.promptTokenCount,
                        completion: written.isEmpty ? nil : written.reduce(0, +))))
        }
        if let reason = chunk.promptFeedback?.blockReason { parts.append(.finish(.filtered(reason))) }
        guard let candidate = chunk.candidates?.first(where: { $0.index ?? 0 == 0 }) else { return parts }
        for part in candidate.content?.parts ?? [] where part.thought != true {
            if let text = part.text { parts.append(.text(text)) }
        }
        if let reason = candidate.finishReason { parts.append(.finish(finish(reason))) }
        return parts
    }

    private static func finish(_ reason: String) -> AnswerPart.Finish {
        switch reason {
        case "STOP": .stop
        case "MAX_TOKENS": .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "MODEL_ARMOR":
            .filtered(reason)
        default: .broken(reason)
        }
    }

    private struct Chunk: Decodable {
        struct Part: Decodable {
            let text: String?
            let thought: Bool?
        }

        struct Content: Decodable {
            let parts: [Part]?
        }

        struct Candidate: Decodable {
            let index: Int?
            let content: Content?
            let finishReason: String?
        }

        struct Usage: Decodable {
            let promptTokenCount: Int?
            let candidatesTokenCount: Int?
            let thoughtsTokenCount: Int?
        }

        struct Feedback: Decodable {
            let blockReason: String?
        }

        let candidates: [Candidate]?
        let usageMetadata: Usage?
        let promptFeedback: Feedback?
        let modelVersion: String?
        let error: ProviderFailure?
    }
}
