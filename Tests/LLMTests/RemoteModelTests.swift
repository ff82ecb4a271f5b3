import Foundation
import Synchronization
import Testing
import Transport

@testable import LLM

/// A transport that answers every request with a script, and keeps what was sent.
private final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case bytes(String)
        case pause
        case fail(TransportError)
    }

    let status: Int
    let headers: [(name: String, value: String)]
    let steps: [Step]
    let failure: TransportError?
    let sent = Mutex<[HTTPRequest]>([])

    init(
        status: Int = 200, type: String = "text/event-stream", headers: [(name: String, value: String)] = [],
        failure: TransportError? = nil, _ steps: [Step] = []
    ) {
        self.status = status
        self.headers = headers + [("Content-Type", type)]
        self.steps = steps
        self.failure = failure
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        sent.withLock { $0.append(request) }
        if let failure { throw failure }
        let rest = Queue(steps)
        return HTTPResponse(
            status: status, headers: headers,
            body: ResponseBody { () async throws(TransportError) -> [UInt8]? in
                switch rest.next() {
                case .bytes(let text): return Array(text.utf8)
                case .fail(let error): throw error
                case .pause:
                    do { try await Task.sleep(for: .seconds(3600)) } catch { throw .cancelled }
                    return nil
                case nil: return nil
                }
            })
    }

    private final class Queue: Sendable {
        let steps: Mutex<[Step]>
        init(_ steps: [Step]) { self.steps = Mutex(steps) }
        func next() -> Step? { steps.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
    }
}

@Suite struct RemoteModelTests {
    private func outcome(
        _ transport: ScriptedTransport, firstToken: Duration = .seconds(300), idle: Duration = .seconds(300),
        deadline: Duration = .seconds(600)
    ) async -> String {
        let model = RemoteModel(
            ModelEndpoint(
                name: "acme", baseURL: "http://127.0.0.1:9/v1", apiKey: Secret("top-secret"), model: "m",
                firstTokenTimeout: firstToken, idleTimeout: idle), transport: transport)
        do throws(CompletionError) {
            let completion = try await model.complete(
                Prompt(system: "s", user: "u"), deadline: .now + deadline)
            return "text: \(completion.text)"
        } catch {
            #expect(!"\(error)".contains("top-secret"))
            return "\(error)"
        }
    }

    private func event(_ text: String, finish: String? = nil) -> String {
        let reason = finish.map { "\"\($0)\"" } ?? "null"
        return
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(reason)}]}\n\n"
    }

    @Test func `a stream becomes one text`() async {
        let transport = ScriptedTransport([
            .bytes(event("Hel")), .bytes(event("lo", finish: "stop") + "data: [DONE]\n\n"),
        ])
        #expect(await outcome(transport) == "text: Hello")
        let request = transport.sent.withLock { $0[0] }
        #expect(request.url == "http://127.0.0.1:9/v1/chat/completions")
        #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer top-secret" })
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(body.contains("\"stream\":true") && !body.contains("top-secret"))
    }

    @Test func `a whole JSON answer is taken too`() async {
        let json = #"{"choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}"#
        #expect(await outcome(ScriptedTransport(type: "application/json", [.bytes(json)])) == "text: Hi")
    }

    @Test func `what is broken, cut off, slow or rubbish is never handed out`() async {
        let scripts: [(String, ScriptedTransport)] = [
            ("absent", ScriptedTransport(failure: .cancelled)),
            ("cut off", ScriptedTransport([.bytes(event("Hel")), .fail(.tooLarge(limit: 1))])),
            ("truncated", ScriptedTransport([.bytes(event("Hel"))])),
            ("empty", ScriptedTransport([.bytes("data: [DONE]\n\n")])),
            ("HTML", ScriptedTransport(type: "text/html", [.bytes("<html>login</html>")])),
            (
                "error inside",
                ScriptedTransport([.bytes("data: {\"error\":{\"message\":\"no top-secret\"}}\n\n")])
            ),
            ("refused", ScriptedTransport(status: 401, type: "application/json", [.bytes("{}")])),
            ("limited", ScriptedTransport(status: 429, headers: [("Retry-After", "7")], [.bytes("{}")])),
            ("broken", ScriptedTransport(status: 500, [.bytes("oops")])),
            (
                "half an event",
                ScriptedTransport([
                    .bytes(event("Hel") + "data: {\"choices\":[{\n\n" + event("lo", finish: "stop"))
                ])
            ),
        ]
        for (name, transport) in scripts {
            let outcome = await outcome(transport)
            #expect(!outcome.hasPrefix("text:"), "\(name): \(outcome)")
        }
    }

    @Test func `an endpoint that is silent for too long is given up`() async {
        let silent = await outcome(ScriptedTransport([.pause]), firstToken: .milliseconds(100))
        #expect(!silent.hasPrefix("text:"))
        let late = await outcome(ScriptedTransport([.pause]), deadline: .milliseconds(100))
        #expect(!late.hasPrefix("text:"))
        let stalled = await outcome(
            ScriptedTransport([.bytes(event("Hel")), .pause]), idle: .milliseconds(100))
        #expect(!stalled.hasPrefix("text:"))
    }

    /// What an attempt counts as spent, as "prompt+completion", with a mark where it is estimated.
    private func spent(_ transport: ScriptedTransport) async -> String {
        let endpoint = ModelEndpoint(name: "acme", baseURL: "http://127.0.0.1:9/v1", model: "m")
        let attempt = await RemoteModel(endpoint, transport: transport).attempt(
            Prompt(system: "12345678", user: "1234"), firstToken: .seconds(300),
            deadline: .now + .seconds(600))
        return "\(attempt.usage.prompt ?? -1)+\(attempt.usage.completion ?? -1)"
            + (attempt.isEstimated ? " estimated" : "")
    }

    @Test func `what a provider worked on counts, whether it tells of it or not`() async {
        let told = #"data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}"# + "\n\n"
        let rows: [(ScriptedTransport, String)] = [
            (ScriptedTransport([.bytes(event("Hello", finish: "stop") + told)]), "9+2"),
            (ScriptedTransport([.bytes(event("Hello, all", finish: "stop"))]), "3+3 estimated"),
            (ScriptedTransport([.bytes(event("Hello, all")), .fail(.cut("x"))]), "3+3 estimated"),
            (ScriptedTransport(failure: .firstByteTimeout(.seconds(1))), "3+0 estimated"),
            (ScriptedTransport(failure: .unreachable("x")), "0+0"),
            (ScriptedTransport(status: 500, [.bytes("{}")]), "0+0"),
        ]
        for (transport, expected) in rows { #expect(await spent(transport) == expected) }
    }
}
