#if LLM
    import Answering
    import Foundation
    import News
    import TestSupport
    import Testing

    @testable import newsdesk

    /// The connector from the question to the wire, against endpoints that behave and endpoints that do not.
    @Suite struct ModelConnectorTests {
        private static let question = "When did the Ethereum Merge happen?"
        private static let truth = "Ethereum completed the Merge on 15 September 2022. [1]"

        private func ask(_ peer: LoopbackPeer, _ values: [SettingKey: String] = [:]) async throws -> Reply {
            let workspace = Workspace()
            var all: [SettingKey: String] = [
                .llmName: "acme", .llmBaseURL: peer.url + "/v1", .llmModel: "m", .llmAPIKey: "top-secret",
                .llmTimeout: "120", .llmFirstTokenTimeout: "60", .llmIdleTimeout: "60",
                .llmConnectTimeout: "60",
            ]
            all.merge(values) { _, new in new }
            let newsroom = try await workspace.newsroom(all)
            let reply = try await newsroom.answerer.answer(Inquiry(question: Self.question))
            await newsroom.close()
            return reply
        }

        private static func event(_ text: String, finish: String? = nil) -> String {
            let reason = finish.map { "\"\($0)\"" } ?? "null"
            let delta =
                #"{"choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":\#(reason)}]}"#
            return chunk("data: \(delta)\n\n")
        }

        private static let streamHead = chunkedHead(["Content-Type: text/event-stream"])

        @Test func `what a model says of the articles goes out under its name`() async throws {
            let peer = try LoopbackPeer { connection in
                while connection.receive() != nil {
                    connection.send(
                        Self.streamHead + Self.event("Ethereum completed the Merge ")
                            + Self.event("on 15 September 2022. [1]", finish: "stop")
                            + chunk("data: [DONE]\n\n") + chunk(""))
                }
            }
            let reply = try await ask(peer)
            #expect(reply.answer.engine.description == "llm:acme")
            #expect(reply.answer.text == Self.truth)
            #expect(reply.answer.citations.count == 1)
            let request = try #require(peer.requests.first)
            #expect(request.line == "POST /v1/chat/completions HTTP/1.1")
            #expect(request.headers["authorization"] == "Bearer top-secret")
            #expect(request.body.contains("15 September 2022") && request.body.contains(Self.question))
        }

        /// How an endpoint can fail, each with the script that does so.
        enum Misdeed: String, CaseIterable, Sendable {
            case lies, liesAboutSources, cutsMidAnswer, hangsUp, stalls, saysNothing, failsInside, speaksHTML,
                refuses,
                breaks, floods

            func play(_ connection: LoopbackPeer.Connection) {
                guard connection.receive() != nil else { return }
                let head = ModelConnectorTests.streamHead
                switch self {
                case .lies:
                    connection.send(
                        head + event("Ethereum completed the Merge on 3 May 2021. [1]", finish: "stop")
                            + chunk(""))
                case .liesAboutSources:
                    connection.send(
                        head + event("Ethereum completed the Merge on 15 September 2022. [9]", finish: "stop")
                            + chunk(""))
                case .cutsMidAnswer:
                    connection.send(head + event("Ethereum completed the Merge on 15 "))
                    connection.reset()
                case .hangsUp: connection.close()
                case .stalls:
                    connection.send(head + event("Ethereum completed"))
                    connection.waitForClose()
                case .saysNothing: connection.waitForClose()
                case .failsInside:
                    connection.send(
                        head + chunk("data: {\"error\":{\"message\":\"no top-secret\"}}\n\n") + chunk(""))
                case .speaksHTML:
                    connection.send(httpResponse("<html>log in</html>", headers: ["Content-Type: text/html"]))
                case .refuses: connection.send(httpResponse("{}", status: "401 Unauthorized"))
                case .breaks: connection.send(httpResponse("oops", status: "500 Internal Server Error"))
                case .floods:
                    connection.send(head)
                    while connection.send(event(String(repeating: "word ", count: 2000))) {}
                }
            }

            private func event(_ text: String, finish: String? = nil) -> String {
                ModelConnectorTests.event(text, finish: finish)
            }
        }

        @Test(arguments: Misdeed.allCases)
        func `an endpoint that fails leaves the reader the extract`(misdeed: Misdeed) async throws {
            let peer = try LoopbackPeer { misdeed.play($0) }
            let isSlow = misdeed == .stalls || misdeed == .saysNothing
            let reply = try await ask(
                peer, isSlow ? [.llmFirstTokenTimeout: "0.3", .llmIdleTimeout: "0.3"] : [:])
            #expect(reply.answer.engine == .template)
            #expect(reply.answer.status == .answered)
            #expect(reply.answer.text.contains("15 September 2022"))
            let failure = try #require(reply.why.modelFailure)
            #expect(!failure.isEmpty && !failure.contains("top-secret"))
            #expect(peer.connects >= 1)
        }

        @Test func `an endpoint that keeps failing is left alone`() async throws {
            let peer = try LoopbackPeer { Misdeed.breaks.play($0) }
            let newsroom = try await Workspace().newsroom([
                .llmName: "acme", .llmBaseURL: peer.url + "/v1", .llmModel: "m",
            ])
            for _ in 0..<8 {
                let reply = try await newsroom.answerer.answer(Inquiry(question: Self.question))
                #expect(reply.answer.engine == .template && reply.answer.status == .answered)
                #expect(reply.why.modelFailure?.isEmpty == false)
            }
            await newsroom.close()
            // Five open the breaker; on a machine so busy that its time passes meanwhile, a few probes follow.
            #expect((5...8).contains(peer.requests.count))
        }

        @Test func `an endpoint that is not there costs nobody the answer`() async throws {
            let peer = try LoopbackPeer { $0.close() }
            let reply = try await ask(
                peer, [.llmBaseURL: "http://127.0.0.1:\(try LoopbackPeer.closedPort())/v1"])
            #expect(reply.answer.engine == .template && reply.answer.status == .answered)
        }
    }
#endif
