import Foundation
import TestSupport
import Testing
import Transport

@testable import LLM

@Suite struct OpenAIEmbeddingsTests {
    @Test(
        arguments: [
            (
                #"{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[3,4.5]}]}"#,
                [[1, 2], [3, 4.5]]
            ),
            (#"{"data":[{"index":1,"embedding":[3]},{"index":0,"embedding":[1]}],"usage":{}}"#, [[1], [3]]),
            (#"{"object":"list","data":[{"embedding":[1e-3]},{"embedding":[-2]}]}"#, [[0.001], [-2]]),
        ] as [(String, [[Float]])])
    func `vectors are read in the order of their numbers`(body: String, expected: [[Float]]) throws {
        #expect(try OpenAIEmbeddings.vectors(Array(body.utf8), count: 2) == expected)
    }

    @Test(arguments: [
        ("", "malformed"), ("<html>", "malformed"), ("{}", "malformed"), (#"{"data":[]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":[1]}]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}"#, "malformed"),
        (#"{"data":[{"index":0,"embedding":["x"]},{"index":1,"embedding":[1]}]}"#, "malformed"),
        (#"{"error":{"message":"maximum context length is 512 tokens"}}"#, "too_long"),
        (#"{"error":{"code":"insufficient_quota","message":"pay"}}"#, "exhausted"),
    ])
    func `what is no answer is told apart`(body: String, label: String) {
        let error = #expect(throws: CompletionError.self) {
            try OpenAIEmbeddings.vectors(Array(body.utf8), count: 2)
        }
        #expect(error?.label == label)
    }

    @Test(arguments: [
        ("http://h:1", "http://h:1/v1/embeddings"), ("http://h:1/v1", "http://h:1/v1/embeddings"),
        ("https://h/openai/v1/?a=b", "https://h/openai/v1/embeddings?a=b"),
        ("http://h/v1/embeddings", "http://h/v1/embeddings"),
    ])
    func `the address is completed`(base: String, address: String) {
        #expect(EmbeddingConfiguration(baseURL: base, model: "m").url == address)
    }
}

#if LLM
    @Suite struct EmbeddingEndpointTests {
        private func endpoint(_ peer: LoopbackPeer) -> EmbeddingEndpoint {
            EmbeddingEndpoint(
                EmbeddingConfiguration(
                    baseURL: peer.url, apiKey: Secret("top-secret"), model: "m", queryPrefix: "query: ",
                    passagePrefix: "passage: ", connectTimeout: .seconds(60), queryTimeout: .seconds(60)),
                transport: defaultTransport())
        }

        @Test func `texts go out with their prefix and the key`() async throws {
            let peer = try LoopbackPeer.answering { _ in
                httpResponse(#"{"data":[{"index":0,"embedding":[0.5,1]}]}"#)
            }
            let endpoint = endpoint(peer)
            #expect(try await endpoint.embed(["Wo?"], as: .query) == [[0.5, 1]])
            #expect(try await endpoint.embed(["Hier."], as: .passage) == [[0.5, 1]])
            #expect(try await endpoint.embed([], as: .passage).isEmpty)
            #expect(peer.requests.map(\.line) == Array(repeating: "POST /v1/embeddings HTTP/1.1", count: 2))
            #expect(
                peer.requests.map(\.body) == [
                    #"{"input":["query: Wo?"],"model":"m"}"#, #"{"input":["passage: Hier."],"model":"m"}"#,
                ])
            #expect(peer.requests.allSatisfy { $0.headers["authorization"] == "Bearer top-secret" })
        }

        @Test
        func `an endpoint that fails with passages is left alone with them, and still serves questions`()
            async throws
        {
            let peer = try LoopbackPeer.answering { request in
                request.body.contains("passage: ")
                    ? httpResponse(
                        #"{"error":{"message":"no top-secret"}}"#, status: "500 Internal Server Error")
                    : httpResponse(#"{"data":[{"index":0,"embedding":[1]}]}"#)
            }
            let endpoint = endpoint(peer)
            for _ in 0..<8 {
                let error = await #expect(throws: CompletionError.self) {
                    try await endpoint.embed(["x"], as: .passage)
                }
                #expect(error.map { !"\($0)".contains("top-secret") } ?? false)
            }
            #expect(peer.requests.count == 5)
            #expect(try await endpoint.embed(["x"], as: .query) == [[1]])
        }

        @Test func `an endpoint that says nothing costs a question no more than its time`() async throws {
            let peer = try LoopbackPeer { $0.waitForClose() }
            let endpoint = EmbeddingEndpoint(
                EmbeddingConfiguration(
                    baseURL: peer.url, model: "m", connectTimeout: .seconds(60), queryTimeout: .seconds(0.2)),
                transport: defaultTransport())
            for _ in 0..<6 {
                await #expect(throws: CompletionError.self) { try await endpoint.embed(["x"], as: .query) }
            }
            // The sixth was not even tried.
            #expect(peer.connects == 5)
        }
    }
#endif
