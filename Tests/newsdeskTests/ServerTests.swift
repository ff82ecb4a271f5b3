import Answering
import Chat
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import TestSupport
import Testing
import Transport

@testable import newsdesk

@Suite struct ServerTests {
    private let transport = defaultTransport()

    /// Runs a server on a free port for as long as `body` takes.
    private func withServer(
        _ values: [SettingKey: String] = [:], archive: Bool = true,
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom(values, archive: archive)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = try NewsServer(newsroom).application { number in port.yield(number) }
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [application], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let number = try #require(await iterator.next())
            try await body("http://127.0.0.1:\(number)")
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func send(
        _ method: Transport.HTTPRequest.Method, _ url: String, _ body: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> (status: Int, body: String) {
        let response = try await transport.send(
            Transport.HTTPRequest(
                method, url: url, headers: headers.map { (name: $0.0, value: $0.1) },
                body: body.map { Array($0.utf8) },
                proxy: .direct))
        return (response.status, String(decoding: try await response.collect(limit: 4 << 20), as: UTF8.self))
    }

    @Test func `a streamed answer without a model is one event`() async throws {
        try await withServer { base in
            let reply = try await send(
                .post, base + "/v1/ask", #"{"question":"When did the Ethereum Merge happen?","stream":true}"#)
            #expect(reply.status == 200)
            #expect(reply.body.hasPrefix("event: answer\ndata: {") && reply.body.hasSuffix("}\n\n"))
            #expect(reply.body.components(separatedBy: "event: ").count == 2)
            let empty = try await send(.post, base + "/v1/ask", #"{"question":" ","stream":true}"#)
            #expect(empty.body.hasPrefix("event: error\ndata: {") && empty.body.contains("unprocessable"))
        }
    }

    #if LLM
        @Test func `a streamed answer of a model comes after the extract`() async throws {
            let peer = try LoopbackPeer { connection in
                while connection.receive() != nil {
                    let delta =
                        #"{"choices":[{"index":0,"delta":{"content":"Ethereum completed the Merge on 15 September 2022. [1]"},"finish_reason":"stop"}]}"#
                    connection.send(
                        chunkedHead(["Content-Type: text/event-stream"]) + chunk("data: \(delta)\n\n")
                            + chunk("data: [DONE]\n\n") + chunk(""))
                }
            }
            let model: [SettingKey: String] = [
                .llmName: "acme", .llmBaseURL: peer.url + "/v1", .llmModel: "m", .llmTimeout: "120",
                .llmFirstTokenTimeout: "60", .llmIdleTimeout: "60", .llmConnectTimeout: "60",
            ]
            try await withServer(model) { base in
                let body = try await send(
                    .post, base + "/v1/ask",
                    #"{"question":"When did the Ethereum Merge happen?","stream":true}"#
                ).body
                let events = body.components(separatedBy: "\n\n").filter { !$0.isEmpty }
                #expect(events.count == 2)
                #expect(events.first?.hasPrefix("event: draft\n") == true)
                #expect(events.first?.contains(#""engine":"template""#) == true)
                #expect(events.last?.hasPrefix("event: answer\n") == true)
                #expect(events.last?.contains(#""engine":"llm:acme""#) == true)
            }
        }
    #endif

    @Test func `a question gets a cited answer in the promised form`() async throws {
        try await withServer { base in
            let reply = try await send(
                .post, base + "/v1/ask",
                #"{"question":"When did the Ethereum Merge happen?","unknown":[1],"top":2}"#)
            #expect(reply.status == 200)
            let value = try JSONSerialization.jsonObject(with: Data(reply.body.utf8))
            let object = try #require(value as? [String: Any])
            #expect(object["status"] as? String == "answered")
            #expect(object["engine"] as? String == "template")
            #expect(object["language"] as? String == "en")
            #expect((object["answer"] as? String)?.contains("15 September 2022") == true)
            #expect(object["took_ms"] is NSNumber)
            #expect((object["as_of"] as? String)?.hasPrefix("2022-09-15T") == true)
            let citation = try #require((object["citations"] as? [[String: Any]])?.first)
            for key in ["number", "article", "title", "source", "url", "published_at", "quote"] {
                #expect(citation[key] != nil, "\(key)")
            }
            let id = try #require(citation["article"] as? String)
            let article = try await send(.get, base + "/v1/articles/" + id)
            #expect(article.status == 200 && article.body.contains("Merge"))
            let refused = try await send(
                .post, base + "/v1/ask", #"{"question":"Who won the football world cup?"}"#)
            #expect(refused.body.contains(#""status":"not_found""#))
            let found = try await send(.get, base + "/v1/search?q=monopolist&top=3&explain=1")
            #expect(
                found.status == 200 && found.body.contains("google-search-monopoly")
                    && found.body.contains("idf"))
        }
    }

    @Test func `a reader judges an answer, and a conversation is forgotten`() async throws {
        try await withServer { base in
            let reply = try await send(
                .post, base + "/v1/ask",
                #"{"question":"When did the Ethereum Merge happen?","conversation":"c/1"}"#)
            let answer = try AnswerDocument(json: Array(reply.body.utf8))
            let turn = try #require(answer.turn)
            let path = base + "/v1/feedback"
            let body = #"{"conversation":"c/1","turn":\#(turn),"verdict":"bad","remark":"too long"}"#
            #expect(try await send(.post, path, body).status == 204)
            let other = #"{"conversation":"c/2","turn":\#(turn),"verdict":"good"}"#
            #expect(try await send(.post, path, other).status == 404)
            #expect(
                try await send(.post, path, #"{"conversation":"c/1","verdict":"fine"}"#).status == 400)
            let thumb = try await send(.post, base + "/v1/ask", #"{"question":"👍","conversation":"c/1"}"#)
            #expect(thumb.status == 200 && thumb.body.contains("welcome"))
            #expect(try await send(.delete, base + "/v1/conversations/c%2F1").status == 204)
            #expect(try await send(.post, path, body).status == 404)
        }
    }

    @Test func `errors are JSON with the right status`() async throws {
        try await withServer([.serverMaxBodyBytes: "2048"], archive: false) { base in
            let long = String(repeating: "x", count: 5000)
            let cases: [(Transport.HTTPRequest.Method, String, String?, Int, String)] = [
                (.post, "/v1/ask", "{", 400, "bad_request"), (.post, "/v1/ask", "{}", 400, "question"),
                (.post, "/v1/ask", #"{"question":5}"#, 400, "string"),
                (.post, "/v1/ask", #"{"question":" "}"#, 422, "empty"),
                (.post, "/v1/ask", #"{"question":"a","top":99}"#, 400, "top"),
                (.post, "/v1/ask", #"{"question":"a","language":"xx"}"#, 400, "language"),
                (.post, "/v1/ask", #"{"question":"\#(long)"}"#, 413, "too_large"),
                (.get, "/v1/ask", nil, 405, "POST"), (.get, "/nothing", nil, 404, "not_found"),
                (.get, "/v1/search", nil, 400, "q is missing"), (.get, "/v1/articles/none", nil, 404, "none"),
                (.get, "/v1/articles", nil, 403, "token"), (.post, "/v1/articles", "{}", 403, "token"),
            ]
            for (method, path, body, status, words) in cases {
                let reply = try await send(method, base + path, body)
                #expect(reply.status == status, "\(path) \(reply)")
                let document = try JSONDecoder().decode(ErrorDocument.self, from: Data(reply.body.utf8))
                #expect(
                    "\(document.error.code) \(document.error.message)".contains(words), "\(path) \(reply)")
            }
        }
    }

    @Test func `articles come in with the token and are found at once`() async throws {
        try await withServer([.serverToken: "t0ken"], archive: false) { base in
            let line =
                #"{"id":"a1","title":"Volcano Zorb erupts","text":"The volcano Zorb erupted on 3 May 2025.","source":"Wire"}"#
            let wrong = try await send(
                .post, base + "/v1/articles", line, headers: [("Authorization", "Bearer no")])
            #expect(wrong.status == 401)
            let headers = [("Authorization", "Bearer t0ken")]
            let added = try await send(.post, base + "/v1/articles", line + "\nrubbish", headers: headers)
            #expect(
                added.status == 200 && added.body.contains(#""new":1"#)
                    && added.body.contains(#""refused":1"#))
            let again = try await send(.post, base + "/v1/articles", line, headers: headers)
            #expect(again.body.contains(#""unchanged":1"#), "\(again)")
            let answer = try await send(
                .post, base + "/v1/ask", #"{"question":"When did the volcano Zorb erupt?"}"#)
            #expect(answer.body.contains("3 May 2025"), "\(answer)")
            let list = try await send(.get, base + "/v1/articles", headers: headers)
            #expect(list.body.contains("Volcano Zorb"))
        }
    }

    @Test func `a webhook is signed and idempotent`() async throws {
        try await withServer([.webhookSecret: "key"]) { base in
            let body =
                #"{"id":"m1","conversation":"c","user":"u","text":"When did the Ethereum Merge happen?"}"#
            let (timestamp, signature) = GenericWebhook.sign(
                Array(body.utf8), secret: "key", at: Workspace.now)
            let headers = [("X-Newsdesk-Timestamp", timestamp), ("X-Newsdesk-Signature", signature)]
            #expect(try await send(.post, base + "/webhooks/generic", body).status == 401)
            let forged = try await send(.post, base + "/webhooks/generic", body + " ", headers: headers)
            #expect(forged.status == 401)
            let first = try await send(.post, base + "/webhooks/generic", body, headers: headers)
            #expect(first.status == 200 && first.body.contains("15 September 2022"), "\(first)")
            #expect(
                try await send(.post, base + "/webhooks/generic", body, headers: headers).body == first.body)
        }
    }

    @Test func `operators can look inside`() async throws {
        try await withServer { base in
            #expect(try await send(.get, base + "/healthz").status == 200)
            let ready = try await send(.get, base + "/readyz")
            #expect(ready.status == 200 && ready.body.contains("27"))
            _ = try await send(
                .post, base + "/v1/ask", #"{"question":"When did the Ethereum Merge happen?"}"#)
            let metrics = try await send(.get, base + "/metrics").body
            #expect(metrics.contains("# TYPE newsdesk_answers_total counter"))
            #expect(
                metrics.contains(
                    #"newsdesk_answers_total{engine="template",language="en",status="answered"} 1"#))
            #expect(
                metrics.contains(#"newsdesk_http_request_seconds_bucket{route="/v1/ask",le="+Inf"} 1"#),
                "\(metrics)")
            #expect(try await send(.get, base + "/").body.contains("<title>Newsdesk</title>"))
        }
    }

    @Test func `a public address needs a secret`() async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom([.serverHost: "0.0.0.0"], archive: false)
        let error = #expect(throws: SettingsError.self) { try NewsServer(newsroom) }
        #expect(error?.description.contains("webhook.secret") == true)
    }

    @Test func `a feed that is added is read, and its articles answer`() async throws {
        let peer = try LoopbackPeer.answering { _ in
            httpResponse(
                """
                <rss version="2.0"><channel><title>Quay Times</title><item><title>The lighthouse of Skarv is sold</title>
                <guid>1</guid><pubDate>Sat, 01 Nov 2025 07:42:00 GMT</pubDate>
                <description>The lighthouse of Skarv was sold for 3 million crowns.</description></item></channel></rss>
                """)
        }
        let feed = "http://127.0.0.1:\(peer.port)/feed"
        let settings: [SettingKey: String] = [
            .serverToken: "t", .feedsAllowedHosts: "127.0.0.1:\(peer.port)",
        ]
        try await withServer(settings, archive: false) { base in
            let token = [("Authorization", "Bearer t")]
            #expect(try await send(.post, base + "/v1/feeds", "{}", headers: token).status == 400)
            #expect(
                try await send(.post, base + "/v1/feeds", #"{"url":"ftp://x"}"#, headers: token).status == 400
            )
            #expect(try await send(.get, base + "/v1/feeds").status == 401)
            let body = #"{"url":"\#(feed)"}"#
            #expect(try await send(.post, base + "/v1/feeds", body, headers: token).status == 201)
            #expect(try await send(.post, base + "/v1/feeds", body, headers: token).status == 200)
            let question = #"{"question":"For how much was the lighthouse of Skarv sold?"}"#
            var answer = ""
            while !answer.contains("3 million") {
                try await Task.sleep(for: .milliseconds(200))
                answer = try await send(.post, base + "/v1/ask", question).body
            }
            let list = try await send(.get, base + "/v1/feeds.opml", headers: token).body
            #expect(list.contains("Quay Times") && list.contains(feed))
            #expect(
                try await send(.post, base + "/v1/feeds.opml", list, headers: token).body
                    == #"{"known":1,"new":0}"#)
            #expect(try await send(.get, base + "/readyz").body.contains(#""feeds":[]"#))
            #expect(try await send(.delete, base + "/v1/feeds?url=" + feed, headers: token).status == 204)
            #expect(try await send(.delete, base + "/v1/feeds?url=" + feed, headers: token).status == 404)
        }
    }

    @Test func `an article that is taken back leaves the answers at once, and the archive says so`()
        async throws
    {
        try await withServer([.serverToken: "t"], archive: false) { base async throws in
            let token = [("Authorization", "Bearer t")]
            let article =
                #"{"id":"skarv","title":"The lighthouse of Skarv is sold","source":"Quay Times","#
                + #""published_at":"2025-11-01T07:42:00Z","text":"The lighthouse of Skarv was sold for 3 million crowns."}"#
            #expect(try await send(.post, base + "/v1/articles", article, headers: token).status == 200)
            let lines = try await send(
                .post, base + "/v1/articles", "nonsense\n\n" + article + "\n", headers: token
            ).body
            #expect(
                lines.contains(
                    #""lines":[{"line":1,"verdict":"refused"},{"id":"skarv","line":3,"verdict":"unchanged"}]"#
                ), "\(lines)")
            let question = #"{"question":"For how much was the lighthouse of Skarv sold?"}"#
            #expect(try await send(.post, base + "/v1/ask", question).body.contains("3 million"))
            #expect(try await send(.delete, base + "/v1/articles/skarv").status == 401)
            #expect(try await send(.delete, base + "/v1/articles/skarv", headers: token).status == 204)
            #expect(try await send(.delete, base + "/v1/articles/skarv", headers: token).status == 404)
            #expect(try await send(.get, base + "/v1/articles/skarv").status == 410)
            #expect(try await send(.post, base + "/v1/ask", question).body.contains(#""status":"not_found""#))
        }
    }

    @Test func `who receives what is published, and how providers fare is measured`() async throws {
        let settings: [SettingKey: String] = [
            .llmName: "acme", .llmBaseURL: "https://nobody.invalid/v1", .llmModel: "m",
            .llmAPIKey: "top-secret",
            .llmTimeout: "3600", .llmConnectTimeout: "600", .llmFirstTokenTimeout: "600",
        ]
        try await withServer(settings) { base in
            let list = try await send(.get, base + "/v1/subprocessors").body
            #expect(
                list.contains(#""name":"acme""#) && list.contains(#""receives":"the question"#), "\(list)")
            let question = #"{"question":"When did the Ethereum Merge happen?"}"#
            #expect(try await send(.post, base + "/v1/ask", question).body.contains("15 September 2022"))
            let metrics = try await send(.get, base + "/metrics").body
            for line in [
                #"newsdesk_provider_attempts_total{provider="acme",outcome="unreachable"} 2"#,
                #"newsdesk_provider_breaker{provider="acme",state="closed"} 1"#,
                #"newsdesk_provider_cost_total{provider="acme"} 0"#,
                #"newsdesk_provider_in_flight{provider="acme"} 0"#,
            ] {
                #expect(metrics.contains(line), "\(line)")
            }
            #expect(!(list + metrics).contains("top-secret"))
        }
    }
}
