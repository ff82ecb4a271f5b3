#if LLM
    import Answering
    import Foundation
    import News
    import Retrieval
    import Search
    import TestSupport
    import Testing
    import Text

    @testable import newsdesk

    /// Passages found by meaning, from the settings to the wire and back.
    @Suite struct EmbeddingsTests {
        /// What a French question says in words of the sample archive, for a model that knows no more than that.
        private static let glossary = [
            "combien": "how many", "boursiers": "etfs", "minage": "mining", "fusion": "merge",
            "coffre": "vault", "abandonné": "leaves behind",
        ]

        /// The JSON of vectors made of the words' hashes.
        private static func answer(_ request: LoopbackPeer.Request) -> String {
            struct Body: Decodable { var input: [String] }
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(request.body.utf8)) else {
                return httpResponse("{}", status: "400 Bad Request")
            }
            let items = body.input.enumerated().map { index, text -> String in
                var vector = [Double](repeating: 0.001, count: 2048)
                let words = text.lowercased().split { !$0.isLetter }.map(String.init)
                for word in words.dropFirst().flatMap({ (glossary[$0] ?? $0).split(separator: " ") }) {
                    var hash: UInt64 = 14_695_981_039_346_656_037
                    for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
                    vector[Int(hash >> 20) % 2048] += 1
                }
                return #"{"index":\#(index),"embedding":\#(vector)}"#
            }
            return httpResponse(#"{"data":[\#(items.joined(separator: ","))]}"#)
        }

        private func settings(_ url: String) -> [SettingKey: String] {
            [
                .embeddingsBaseURL: url, .embeddingsModel: "hash", .embeddingsQueryPrefix: "query: ",
                .embeddingsPassagePrefix: "passage: ", .embeddingsTimeout: "60", .embeddingsBatchSize: "64",
            ]
        }

        @Test func `an article of another language is found by its meaning`() async throws {
            let peer = try LoopbackPeer.answering(Self.answer)
            let newsroom = try await Workspace().newsroom(settings(peer.url + "/v1"))
            let vectors = try #require(newsroom.vectors)
            #expect(try await vectors.fill() == .done)
            #expect(vectors.searcher.count == newsroom.index.archive.passageCount)
            #expect(peer.requests.allSatisfy { $0.line == "POST /v1/embeddings HTTP/1.1" })
            let archive = newsroom.index.archive
            let read = archive.read(
                "Fusion: minage abandonné?", language: .english, now: newsroom.now())
            let findings = try await archive.findings(for: read, limit: 3, now: newsroom.now())
            let first = try #require(findings.evidence.first)
            #expect(first.article.article.headline == "Ethereum completes the Merge and leaves mining behind")
            #expect(
                first.passages.first?.features.contains { $0.name == "similarity" && $0.value > 0 } ?? false)
            #expect(peer.requests.last?.body.contains("query: Fusion: minage abandonné?") ?? false)
            await newsroom.close()
        }

        @Test func `questions are answered by words when the endpoint is gone`() async throws {
            let peer = try LoopbackPeer.answering(Self.answer)
            let workspace = Workspace()
            let first = try await workspace.newsroom(settings(peer.url))
            #expect(try await first.vectors?.fill() == .done)
            await first.close()
            let gone = "http://127.0.0.1:\(try LoopbackPeer.closedPort())"
            let newsroom = try await workspace.newsroom(settings(gone), archive: false)
            #expect((newsroom.vectors?.searcher.count ?? 0) > 0)
            let question = "When did the Ethereum Merge happen?"
            let reply = try await newsroom.answerer.answer(Inquiry(question: question))
            #expect(reply.answer.status == .answered && reply.answer.text.contains("15 September 2022"))
            await newsroom.close()
            // An archive whose passages have none yet is no different.
            let other = try await Workspace().newsroom(settings(gone))
            guard case .unavailable = try await other.vectors?.fill() else {
                Issue.record("vectors came from nowhere")
                return
            }
            let again = try await other.answerer.answer(Inquiry(question: question))
            #expect(again.answer.text == reply.answer.text)
            await other.close()
        }

        @Test(
            arguments: [
                ([.embeddingsModel: "m"], "set embeddings.base_url too"),
                ([.embeddingsBaseURL: "http://h"], "set embeddings.model too"),
                ([.embeddingsBaseURL: "h:1", .embeddingsModel: "m"], "is not an http or https address"),
                ([.embeddingsBaseURL: "http://k:s@h", .embeddingsModel: "m"], "set embeddings.api_key_file"),
                ([.embeddingsWeight: "-1"], "a number from 0 to 100"),
                ([.embeddingsBatchSize: "0"], "a whole number from 1 to 2048"),
            ] as [([SettingKey: String], String)])
        func `a wrong setting is told with its mend`(values: [SettingKey: String], message: String) {
            var raw = RawSettings()
            for (key, value) in values { raw.add(option: "test", key: key, value: value) }
            let error = #expect(throws: SettingsError.self) { try Settings(raw, locations: Locations()) }
            #expect(error.map { "\($0)".contains(message) } ?? false, "\(String(describing: error))")
        }
    }
#endif
