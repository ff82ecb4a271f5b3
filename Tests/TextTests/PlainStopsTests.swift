import Testing

@testable import Text

@Suite struct PlainStopsTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    /// What sentences are made of, with all that makes a stop none.
    private static let pieces = [
        " ", " ", " ", " ", "  ", "\n", "\r\n", "\r", "\t", ".", ".", ".", ". ", ". ", "...", "!", "?", "?!",
        "…", "。", "！",
        "；", "\u{2028}", "Mr", "inc", "Inc", "no", "No", "e.g", "U.S", "i", "I", "J", "The", "the", "Friday",
        "market", "12",
        "3", "2025", "6.25", "März", "im", "\"", "'", ")", "]", "”", "’", "」", "(", "“", ",", "，", "並", "é",
        "e\u{301}",
        "Oktober", "Mai", "den", "Den", "zum", "St", "co", "nos", "5", "Angela",
        "\u{301}", "\u{FE0F}", "\u{600}", "港灣", "example.org", "-", "👍", "\u{A0}", "\u{3000}", "\0",
    ]

    @Test func `sentences are the same by bytes and by characters`() {
        var random = Numbers(state: 7)
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
            }.joined()
            let slow = text.utf8.withContiguousStorageIfAvailable {
                SentenceSplitter.sentences(in: text, $0, byBytes: false).map(String.init)
            }
            #expect(SentenceSplitter.sentences(in: text).map(String.init) == slow, "\(text.debugDescription)")
        }
    }
}
