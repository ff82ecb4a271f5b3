import Testing

@testable import LLM

@Suite struct EventStreamParserTests {
    private func items(_ bytes: [UInt8], cuts: Set<Int> = []) -> [EventStreamParser.Item] {
        var parser = EventStreamParser()
        var items: [EventStreamParser.Item] = []
        var piece: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if cuts.contains(index) {
                items += parser.add(piece)
                piece = []
            }
            piece.append(byte)
        }
        return items + parser.add(piece)
    }

    @Test(arguments: [
        ("data: a\n\n", ["a"]), ("data: a\r\n\r\ndata: b\r\r", ["a", "b"]), ("\u{FEFF}data: a\n\n", ["a"]),
        (": comment\n\ndata: a\n\n", ["a"]), ("data: a\ndata: b\n\n", ["a\nb"]),
        ("data:a\nid: 4\nretry: 1\n\n", ["a"]),
        ("data\n\n", [""]), ("data: unfinished", []),
    ])
    func `events come out whatever the line ends`(text: String, data: [String]) {
        #expect(items(Array(text.utf8)) == data.map { .event(name: "message", data: $0) })
    }

    @Test func `the pieces that bytes come in make no difference`() {
        let bytes = Array("event: x\r\ndata: 臺灣 café\r\n\r\ndata: b\n\n".utf8)
        let whole = items(bytes)
        #expect(whole.count == 2)
        for first in bytes.indices {
            for second in first..<bytes.count { #expect(items(bytes, cuts: [first, second]) == whole) }
        }
    }

    @Test func `an event above the bound is reported once and dropped`() {
        let long = "data: " + String(repeating: "x", count: EventStreamParser.maxEventBytes + 10)
        #expect(
            items(Array((long + "\n\ndata: a\n\n").utf8)) == [.oversized, .event(name: "message", data: "a")])
    }
}
