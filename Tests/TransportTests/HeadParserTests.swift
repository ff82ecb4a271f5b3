import Testing

@testable import Transport

@Suite struct HeadParserTests {
    private func heads(_ lines: [String]) throws -> [HeadParser.Head] {
        var parser = HeadParser()
        return try lines.compactMap { try parser.add(line: Array(($0 + "\r\n").utf8)) }
    }

    @Test func `an empty line completes a head`() throws {
        let head = try #require(try heads(["HTTP/2 429", "Retry-After:  7 ", "X-Empty:", ""]).first)
        #expect(head.status == 429)
        #expect(head.headers.map(\.name) == ["Retry-After", "X-Empty"])
        #expect(head.headers.map(\.value) == ["7", ""])
    }

    @Test func `interim responses are passed over`() throws {
        let heads = try heads(["HTTP/1.1 103 Early Hints", "Link: x", "", "HTTP/1.1 200 OK", "A: b", ""])
        #expect(heads.map(\.status) == [200])
        #expect(heads.first?.headers.map(\.name) == ["A"])
    }

    @Test func `only a final status line counts as a beginning`() throws {
        var parser = HeadParser()
        _ = try parser.add(line: "HTTP/1.1 100 Continue\r\n".utf8)
        #expect(!parser.hasBegun)
        _ = try parser.add(line: "HTTP/1.1 503 No\r\n".utf8)
        #expect(parser.hasBegun)
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.1 twohundred OK", "HTTP/1.1 42 OK"])
    func `a status line without a status is refused`(line: String) {
        var parser = HeadParser()
        #expect(throws: TransportError.self) { try parser.add(line: line.utf8) }
    }

    @Test func `an endless head is refused`() {
        var parser = HeadParser()
        let line = Array(("X: " + String(repeating: "a", count: 1000)).utf8)
        #expect(throws: TransportError.self) {
            for _ in 0..<200 { _ = try parser.add(line: line) }
        }
    }

    @Test func `a value of other letters is kept whole`() throws {
        let head = try #require(try heads(["HTTP/1.1 200 OK", "X-Title: 太空新聞", ""]).first)
        #expect(head.headers.first?.value == "太空新聞")
    }
}
