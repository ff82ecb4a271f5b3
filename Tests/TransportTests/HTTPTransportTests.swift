import Testing
import Transport

@Suite struct HTTPTransportTests {
    @Test func `the transport of the build is there or says why not`() async {
        let transport = defaultTransport()
        let error = await #expect(throws: TransportError.self) {
            try await transport.send(HTTPRequest(url: "nowhere"))
        }
        #if LLM
            #expect(error?.label == "invalid_request")
        #else
            #expect(error?.label == "unavailable")
            #expect(error.map { "\($0)".contains("libcurl4-openssl-dev") } == true)
        #endif
        await transport.shutdown(grace: .zero)
    }

    @Test func `a response of one's own making can be read`() async throws {
        let pieces = Pieces(["a", "b"])
        let response = HTTPResponse(
            status: 200,
            body: ResponseBody { () async throws(TransportError) -> [UInt8]? in await pieces.next() })
        #expect(try await response.collect(limit: 2) == Array("ab".utf8))
    }

    @Test func `every error has a label of its own and a sentence`() {
        let errors: [TransportError] = [
            .invalidRequest("x"), .resolve("x"), .unreachable("x"), .proxy("x"), .tls("x"),
            .connectTimeout(.seconds(1)), .firstByteTimeout(.seconds(1)), .idleTimeout(.seconds(1)),
            .totalTimeout(.seconds(1)), .cut("x"), .tooLarge(limit: 1), .protocolViolation("x"), .cancelled,
            .unavailable("x"),
        ]
        #expect(Set(errors.map(\.label)).count == errors.count)
        #expect(Set(errors.map(\.description)).count == errors.count)
        #expect(
            errors.filter(\.isTransient).map(\.label).sorted() == [
                "connect_timeout", "cut", "first_byte_timeout", "idle_timeout", "resolve", "total_timeout",
                "unreachable",
            ])
    }
}

private actor Pieces {
    private var rest: [String]

    init(_ pieces: [String]) { rest = pieces }

    func next() -> [UInt8]? { rest.isEmpty ? nil : Array(rest.removeFirst().utf8) }
}
