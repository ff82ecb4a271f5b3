import Foundation
import Testing
import Transport

@testable import LLM

/// One recorded answer, cut into pieces, and what must become of it.
struct Exchange: Sendable, CustomTestStringConvertible {
    let format: ModelFormat
    let name: String
    let answer: [UInt8]
    /// The text with its tokens, or the class of the failure.
    let outcome: String

    init(_ format: ModelFormat, _ name: String, _ answer: String, _ outcome: String) {
        self.init(format, name, Array(answer.utf8), outcome)
    }

    init(_ format: ModelFormat, _ name: String, _ answer: [UInt8], _ outcome: String) {
        self.format = format
        self.name = name
        self.answer = answer
        self.outcome = outcome
    }

    var testDescription: String { "\(format.rawValue): \(name)" }

    /// The outcome when the bytes come in pieces of that size.
    func read(by size: Int) -> String {
        var reader = AnswerReader(format.wire)
        do throws(CompletionError) {
            var rest = answer[...]
            while !rest.isEmpty, !reader.isDone {
                _ = try reader.add(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            let completion = try reader.end(provider: "p", askedFor: "asked")
            return "\(completion.text) | \(completion.model) "
                + "\(completion.promptTokens.map(String.init) ?? "?")+\(completion.completionTokens.map(String.init) ?? "?")"
                + (completion.isTruncated ? " truncated" : "")
        } catch {
            return error.label
        }
    }
}

private func events(_ data: String...) -> String { data.map { "data: \($0)\n\n" }.joined() }

/// Named events, as OpenAI's Responses and Anthropic send them: the name is the payload's type.
private func named(_ data: String...) -> String {
    data.map { text in
        let type = text.split(separator: "\"").dropFirst(2).first.map(String.init) ?? ""
        return "event: \(type)\ndata: \(text)\n\n"
    }.joined()
}

private func lines(_ data: String...) -> String { data.map { $0 + "\n" }.joined() }

/// A message of Amazon's event stream.
private func frame(_ type: String, _ payload: String, exception: Bool = false) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }
    func header(_ name: String, _ value: String) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + [7] + number(value.utf8.count, 2) + Array(value.utf8)
    }
    let headers =
        header(exception ? ":exception-type" : ":event-type", type)
        + header(":content-type", "application/json")
        + header(":message-type", exception ? "exception" : "event")
    let prelude = number(16 + headers.count + payload.utf8.count, 4) + number(headers.count, 4)
    let message =
        prelude + number(EventFrameParser.checksum(prelude), 4) + headers + Array(payload.utf8)
    return message + number(EventFrameParser.checksum(message), 4)
}

private let chat =
    #"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#
private func chat(_ text: String, _ finish: String = "null") -> String {
    #"{"model":"m-1","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":\#(finish)}]}"#
}

private let openAI: [Exchange] = [
    Exchange(
        .openAI, "a stream with usage",
        events(
            chat, chat("Grüße "), chat("[1]"), chat("", #""stop""#),
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}"#, "[DONE]"),
        "Grüße [1] | m-1 9+3"),
    Exchange(
        .openAI, "usage beside null choices, comments, events without payload",
        ": keep-alive\n\ndata: \n\n"
            + events(
                chat("Hi", #""stop""#),
                #"{"choices":null,"usage":{"prompt_tokens":9,"completion_tokens":1}}"#, "[DONE]"),
        "Hi | m-1 9+1"),
    Exchange(.openAI, "no usage, no [DONE]", events(chat("Hi"), chat("", #""stop""#)), "Hi | m-1 ?+?"),
    Exchange(
        .openAI, "a whole answer with parts",
        #"{"choices":[{"message":{"content":[{"type":"text","text":"Hi"}]},"finish_reason":"length"}],"usage":{"prompt_tokens":4,"completion_tokens":1}}"#,
        "Hi | asked 4+1 truncated"),
    Exchange(.openAI, "cut", events(chat("Hi")), "cut"),
    Exchange(.openAI, "empty", events(chat, chat("", #""stop""#), "[DONE]"), "malformed"),
    Exchange(.openAI, "half an event", events(chat("Hi"), #"{"choices":[{"ind"#, "[DONE]"), "malformed"),
    Exchange(.openAI, "a page", "<!doctype html><p>log in", "malformed"),
    Exchange(.openAI, "a text", "upstream connect error", "malformed"),
    Exchange(.openAI, "nothing", "", "malformed"),
    Exchange(
        .openAI, "a refusal",
        events(
            #"{"choices":[{"index":0,"delta":{"refusal":"I cannot."},"finish_reason":null}]}"#,
            chat("", #""stop""#), "[DONE]"), "filtered"),
    Exchange(.openAI, "withheld", events(chat("Hi"), chat("", #""content_filter""#)), "filtered"),
    Exchange(
        .openAI, "an error inside",
        events(chat, #"{"error":{"message":"overloaded","type":"server_error"}}"#), "overloaded"),
    Exchange(
        .openAI, "a spent quota inside", events(#"{"error":{"code":"insufficient_quota","message":"pay"}}"#),
        "exhausted"),
    Exchange(
        .openAI, "an error for an answer",
        #"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#, "limited"),
    Exchange(
        .azure, "filter results before the first choice",
        events(
            #"{"choices":[],"prompt_filter_results":[{"prompt_index":0}]}"#, chat("Hi", #""stop""#), "[DONE]"),
        "Hi | m-1 ?+?"),
]

private let responses: [Exchange] = [
    Exchange(
        .responses, "a stream",
        named(
            #"{"type":"response.created","response":{"status":"in_progress","output":[]}}"#,
            #"{"type":"response.output_item.added","item":{"type":"message"}}"#,
            #"{"type":"response.output_text.delta","delta":"Hel"}"#,
            #"{"type":"response.output_text.delta","delta":"lo"}"#,
            #"{"type":"response.output_text.done","text":"Hello"}"#,
            #"{"type":"response.completed","response":{"status":"completed","model":"m-2","output":[],"usage":{"input_tokens":8,"output_tokens":2}}}"#
        ), "Hello | m-2 8+2"),
    Exchange(
        .responses, "a whole answer",
        #"{"status":"completed","model":"m-2","output":[{"type":"reasoning"},{"type":"message","content":[{"type":"output_text","text":"Hi"}]}],"usage":{"input_tokens":8,"output_tokens":2}}"#,
        "Hi | m-2 8+2"),
    Exchange(
        .responses, "the limit of tokens",
        named(
            #"{"type":"response.output_text.delta","delta":"Hel"}"#,
            #"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}"#
        ), "Hel | asked ?+? truncated"),
    Exchange(
        .responses, "withheld",
        named(
            #"{"type":"response.output_text.delta","delta":"Hel"}"#,
            #"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}"#
        ), "filtered"),
    Exchange(
        .responses, "a quota that is found spent after the first event",
        named(
            #"{"type":"response.created","response":{"status":"in_progress"}}"#,
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","message":"pay"}}}"#
        ), "exhausted"),
    Exchange(
        .responses, "the wrong region",
        named(#"{"type":"error","code":"data_residency_mismatch","message":"no","param":null}"#), "rejected"),
    Exchange(
        .responses, "an overload",
        named(#"{"type":"error","code":"server_error","message":"no","param":null}"#), "overloaded"),
    Exchange(
        .responses, "cut", named(#"{"type":"response.output_text.delta","delta":"Hel"}"#), "cut"),
]

private let anthropic: [Exchange] = [
    Exchange(
        .anthropic, "a stream with pings and thinking",
        named(
            #"{"type":"message_start","message":{"model":"c-1","content":[],"usage":{"input_tokens":9,"cache_read_input_tokens":5,"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}"#,
            #"{"type":"message_stop"}"#), "Hi | c-1 14+3"),
    Exchange(
        .anthropic, "a whole answer",
        #"{"type":"message","model":"c-1","content":[{"type":"text","text":"Hi"}],"stop_reason":"max_tokens","usage":{"input_tokens":9,"output_tokens":3}}"#,
        "Hi | c-1 9+3 truncated"),
    Exchange(
        .anthropic, "a refusal",
        named(
            #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"refusal"}}"#, #"{"type":"message_stop"}"#),
        "filtered"),
    Exchange(
        .anthropic, "a full window",
        named(#"{"type":"message_delta","delta":{"stop_reason":"model_context_window_exceeded"}}"#),
        "too_long"),
    Exchange(
        .anthropic, "an overload inside",
        named(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#), "overloaded"),
    Exchange(
        .anthropic, "cut",
        named(#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}"#), "cut"),
]

private let gemini: [Exchange] = [
    Exchange(
        .gemini, "a stream with thoughts",
        events(
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"Hel"}]},"index":0}]}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"thoughtsTokenCount":4},"modelVersion":"g-1"}"#
        ), "Hello | g-1 9+7"),
    Exchange(
        .gemini, "an array, where the server ignores alt=sse",
        #"[{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]},"# + "\r\n"
            + #"{"candidates":[{"content":{"parts":[{"text":"lo"}]},"finishReason":"MAX_TOKENS"}]}]"#,
        "Hello | asked ?+? truncated"),
    Exchange(
        .gemini, "a blocked prompt",
        events(#"{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":9}}"#),
        "filtered"),
    Exchange(
        .gemini, "a withheld answer",
        events(#"{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"RECITATION"}]}"#),
        "filtered"),
    Exchange(
        .gemini, "an odd end", events(#"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#),
        "malformed"),
    Exchange(
        .gemini, "an error inside",
        events(#"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#),
        "overloaded"),
    Exchange(
        .gemini, "cut", events(#"{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]}"#), "cut"),
]

private let ollama: [Exchange] = [
    Exchange(
        .ollama, "a stream",
        lines(
            #"{"model":"l","message":{"role":"assistant","content":"Hel"},"done":false}"#, "",
            #"{"model":"l","message":{"role":"assistant","content":"lo"},"done":false}"#,
            #"{"model":"l","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":2}"#
        ), "Hello | l 9+2"),
    Exchange(
        .ollama, "a last line without its end",
        #"{"message":{"content":"Hi"},"done":true,"done_reason":"length"}"#, "Hi | asked ?+? truncated"),
    Exchange(
        .ollama, "only loaded", lines(#"{"message":{"content":""},"done":true,"done_reason":"load"}"#),
        "malformed"),
    Exchange(
        .ollama, "an error inside",
        lines(#"{"message":{"content":"Hi"},"done":false}"#, #"{"error":"model runner has stopped"}"#),
        "overloaded"),
    Exchange(
        .ollama, "half a line", lines(#"{"message":{"content":"Hi"},"done":false}"#, #"{"mess"#), "malformed"),
    Exchange(.ollama, "cut", lines(#"{"message":{"content":"Hi"},"done":false}"#), "cut"),
    Exchange(.ollama, "a page", "<html>", "malformed"),
]

private let bedrock: [Exchange] = [
    Exchange(
        .bedrock, "a stream",
        frame("messageStart", #"{"role":"assistant"}"#)
            + frame("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"Grü"}}"#)
            + frame("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"ße"}}"#)
            + frame("contentBlockStop", "{}") + frame("messageStop", #"{"stopReason":"end_turn"}"#)
            + frame("metadata", #"{"usage":{"inputTokens":9,"outputTokens":2}}"#), "Grüße | asked 9+2"),
    Exchange(
        .bedrock, "a whole answer",
        #"{"output":{"message":{"content":[{"text":"Hi"}]}},"stopReason":"max_tokens","usage":{"inputTokens":9,"outputTokens":2}}"#,
        "Hi | asked 9+2 truncated"),
    Exchange(
        .bedrock, "a throttling inside",
        frame("messageStart", "{}") + frame("throttlingException", #"{"message":"slow"}"#, exception: true),
        "limited"),
    Exchange(
        .bedrock, "an error of the model inside",
        frame("modelStreamErrorException", #"{"message":"no"}"#, exception: true), "overloaded"),
    Exchange(
        .bedrock, "withheld",
        frame("contentBlockDelta", #"{"delta":{"text":"Hi"}}"#)
            + frame("messageStop", #"{"stopReason":"guardrail_intervened"}"#), "filtered"),
    Exchange(.bedrock, "cut between frames", frame("contentBlockDelta", #"{"delta":{"text":"Hi"}}"#), "cut"),
    Exchange(
        .bedrock, "cut within a frame",
        Array(frame("contentBlockDelta", #"{"delta":{"text":"Hi"}}"#).dropLast(3)), "cut"),
    Exchange(
        .bedrock, "a flipped bit",
        frame("contentBlockDelta", #"{"delta":{"text":"Hi"}}"#).enumerated()
            .map { $0 == 90 ? $1 ^ 1 : $1 }, "malformed"),
]

/// An error as it comes: status, header, body, and the class it belongs to.
private let errors: [(status: Int, kind: String?, body: String, label: String)] = [
    (400, nil, #"{"error":{"message":"bad","type":"invalid_request_error"}}"#, "invalid"),
    (401, nil, #"{"error":{"message":"no","code":"invalid_api_key"}}"#, "rejected"),
    (403, nil, "", "rejected"),
    (404, nil, #"{"error":{"code":"DeploymentNotFound","message":"no"}}"#, "rejected"),
    (404, nil, #"{"error":"model 'x' not found"}"#, "rejected"),
    (408, nil, "", "overloaded"), (409, nil, "", "overloaded"), (424, nil, "", "overloaded"),
    (413, nil, "<html>too large</html>", "too_long"),
    (429, nil, #"{"error":{"code":"rate_limit_exceeded","message":"slow"}}"#, "limited"),
    (429, nil, #"{"error":{"code":"insufficient_quota","message":"pay"}}"#, "exhausted"),
    (402, nil, #"{"type":"error","error":{"type":"billing_error","message":"pay"}}"#, "exhausted"),
    (
        400, nil,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}"#,
        "exhausted"
    ),
    (
        400, nil,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}"#,
        "too_long"
    ),
    (529, nil, #"{"type":"error","error":{"type":"overloaded_error","message":"no"}}"#, "overloaded"),
    (400, nil, #"{"error":{"code":"context_length_exceeded","message":"no"}}"#, "too_long"),
    (
        400, nil, #"{"error":{"code":400,"type":"exceed_context_size_error","message":"no","n_ctx":4096}}"#,
        "too_long"
    ),
    (
        400, nil,
        #"{"object":"error","message":"This model's maximum context length is 8 tokens.","code":400}"#,
        "too_long"
    ),
    (
        400, nil,
        #"{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"},"message":"no"}}"#,
        "filtered"
    ),
    (
        400, nil, #"{"error":{"code":"string_above_max_length","message":"the maximum context length"}}"#,
        "invalid"
    ),
    (429, nil, #"[{"error":{"code":429,"message":"no","status":"RESOURCE_EXHAUSTED"}}]"#, "limited"),
    (
        429, nil,
        #"{"error":{"code":429,"message":"no","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}"#,
        "exhausted"
    ),
    (
        400, nil,
        #"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"The input token count (9) exceeds the maximum number of tokens allowed (8)."}}"#,
        "too_long"
    ),
    (400, "ValidationException", #"{"message":"Input is too long for requested model."}"#, "too_long"),
    (400, "ValidationException", #"{"message":"no such field"}"#, "invalid"),
    (400, "ServiceQuotaExceededException", "{}", "exhausted"),
    (403, "AccessDeniedException", #"{"Message":"no"}"#, "rejected"),
    (429, "ThrottlingException", "{}", "limited"), (500, nil, "oops", "overloaded"),
    (503, nil, "<html><h1>503", "overloaded"), (301, nil, "", "rejected"), (422, nil, "{}", "invalid"),
]

@Suite struct WireFormatTests {
    @Test(arguments: openAI + responses + anthropic + gemini + ollama + bedrock)
    func `a recorded answer becomes a text or a class, however its bytes are cut`(_ exchange: Exchange) {
        for size in [1, 2, 3, 7, 64, 100_000] {
            #expect(exchange.read(by: size) == exchange.outcome, "in pieces of \(size)")
        }
    }

    @Test func `an error is told by status, header and body`() {
        for row in errors {
            let error = ProviderFailure.error(
                status: row.status, kind: row.kind, body: Array(row.body.utf8), wait: nil)
            #expect(error.label == row.label, "\(row)")
        }
    }

    @Test func `the wait that Google puts into the body is taken, a header's counts more`() {
        let body = Array(
            #"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"7.5s"}]}}"#.utf8)
        #expect(
            ProviderFailure.error(status: 429, body: body, wait: nil) == .limited(retryAfter: .seconds(7.5)))
        #expect(
            ProviderFailure.error(status: 429, body: body, wait: .seconds(2))
                == .limited(retryAfter: .seconds(2)))
    }

    @Test func `the checksum is that of gzip`() {
        #expect(EventFrameParser.checksum("123456789".utf8) == 0xCBF4_3926)
    }

    @Test func `any bytes give an answer or an error`() {
        var random = SplitMix(state: 5)
        for format in ModelFormat.allCases {
            for exchange in openAI + responses + anthropic + gemini + ollama + bedrock
            where exchange.format == format {
                for _ in 0..<20 {
                    var bytes = exchange.answer
                    guard !bytes.isEmpty else { continue }
                    for _ in 0..<3 {
                        bytes[Int.random(in: bytes.indices, using: &random)] = .random(
                            in: 0...255, using: &random)
                    }
                    let outcome = Exchange(format, "", bytes, "").read(by: 13)
                    #expect(!outcome.isEmpty)
                }
            }
        }
    }

    private static let requests:
        [(format: ModelFormat, base: String, model: String, url: String, headers: String, body: String)] = [
            (
                .openAI, "https://a.example/v1", "m", "https://a.example/v1/chat/completions",
                "Authorization: Bearer K",
                #"{"max_tokens":400,"messages":[{"content":"S","role":"system"},{"content":"U","role":"user"}],"model":"m","stream":true,"stream_options":{"include_usage":true},"temperature":0}"#
            ),
            (
                .azure, "https://r.openai.azure.example/", "d 1",
                "https://r.openai.azure.example/openai/deployments/d%201/chat/completions?api-version=2024-10-21",
                "api-key: K",
                #"{"max_tokens":400,"messages":[{"content":"S","role":"system"},{"content":"U","role":"user"}],"model":"d 1","stream":true,"stream_options":{"include_usage":true},"temperature":0}"#
            ),
            (
                .azure, "https://r.openai.azure.example/openai/v1", "d",
                "https://r.openai.azure.example/openai/v1/chat/completions", "api-key: K",
                #"{"max_tokens":400,"messages":[{"content":"S","role":"system"},{"content":"U","role":"user"}],"model":"d","stream":true,"stream_options":{"include_usage":true},"temperature":0}"#
            ),
            (
                .responses, "https://a.example", "m", "https://a.example/v1/responses",
                "Authorization: Bearer K",
                #"{"input":"U","instructions":"S","max_output_tokens":400,"model":"m","store":false,"stream":true,"temperature":0}"#
            ),
            (
                .anthropic, "https://a.example", "c", "https://a.example/v1/messages",
                "anthropic-version: 2023-06-01, x-api-key: K",
                #"{"max_tokens":400,"messages":[{"content":"U","role":"user"}],"model":"c","stream":true,"system":"S","temperature":0}"#
            ),
            (
                .gemini, "https://g.example", "g-1",
                "https://g.example/v1beta/models/g-1:streamGenerateContent?alt=sse", "x-goog-api-key: K",
                #"{"contents":[{"parts":[{"text":"U"}],"role":"user"}],"generationConfig":{"maxOutputTokens":400,"temperature":0},"systemInstruction":{"parts":[{"text":"S"}]}}"#
            ),
            (
                .gemini, "https://v.example/v1/projects/p/locations/eu/publishers/google", "g",
                "https://v.example/v1/projects/p/locations/eu/publishers/google/models/g:streamGenerateContent?alt=sse",
                "Authorization: Bearer K",
                #"{"contents":[{"parts":[{"text":"U"}],"role":"user"}],"generationConfig":{"maxOutputTokens":400,"temperature":0},"systemInstruction":{"parts":[{"text":"S"}]}}"#
            ),
            (
                .ollama, "http://127.0.0.1:11434", "l", "http://127.0.0.1:11434/api/chat",
                "Authorization: Bearer K",
                #"{"keep_alive":"10m","messages":[{"content":"S","role":"system"},{"content":"U","role":"user"}],"model":"l","options":{"num_ctx":8192,"num_predict":400,"temperature":0},"stream":true}"#
            ),
            (
                .bedrock, "https://b.example", "v.m-1:0",
                "https://b.example/model/v.m-1%3A0/converse-stream", "Authorization: Bearer K",
                #"{"inferenceConfig":{"maxTokens":400,"temperature":0},"messages":[{"content":[{"text":"U"}],"role":"user"}],"system":[{"text":"S"}]}"#
            ),
        ]

    @Test func `a request is written as its provider wants it`() throws {
        for row in Self.requests {
            let endpoint = ModelEndpoint(
                format: row.format, baseURL: row.base, apiKey: Secret("K"), model: row.model)
            let request = try row.format.wire.request(Prompt(system: "S", user: "U"), to: endpoint)
            #expect(request.url == row.url)
            #expect(request.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ") == row.headers)
            #expect(String(decoding: request.body, as: UTF8.self) == row.body)
            // Without a key nothing is sent for one, and without a temperature the server's own counts.
            var bare = endpoint
            bare.apiKey = nil
            bare.temperature = nil
            let plain = try row.format.wire.request(Prompt(system: "S", user: "U"), to: bare)
            #expect(!plain.headers.contains { $0.value.contains("K") })
            #expect(!String(decoding: plain.body, as: UTF8.self).contains("temperature"))
        }
    }

    @Test func `what is left of a limit is read from either form of headers`() {
        let now = Date(timeIntervalSince1970: 1_763_000_000)
        let start = ContinuousClock.now
        func headroom(_ headers: [(name: String, value: String)]) -> Headroom? {
            Headroom(
                HTTPResponse(
                    status: 200, headers: headers,
                    body: ResponseBody { () async throws(TransportError) -> [UInt8]? in nil }),
                now: now, at: start)
        }
        #expect(
            headroom([
                ("x-ratelimit-remaining-requests", "1"), ("x-ratelimit-remaining-tokens", "900"),
                ("x-ratelimit-reset-requests", "1m2s"), ("x-ratelimit-reset-tokens", "12ms"),
            ]) == Headroom(requests: 1, tokens: 900, reset: start + .seconds(62)))
        #expect(
            headroom([
                ("anthropic-ratelimit-requests-remaining", "7"),
                ("anthropic-ratelimit-requests-reset", "2025-11-13T02:13:30Z"),
            ]) == Headroom(requests: 7, tokens: nil, reset: start + .seconds(10)))
        #expect(headroom([("x-ratelimit-remaining-requests", "7")]) == nil)
        let low = Headroom(requests: nil, tokens: 100, reset: start + .seconds(9))
        #expect(low.forbids(tokens: 101, at: start) && !low.forbids(tokens: 100, at: start))
        #expect(!low.forbids(tokens: 101, at: start + .seconds(9)))
    }
}
