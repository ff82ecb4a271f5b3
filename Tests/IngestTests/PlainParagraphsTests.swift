import News
import Testing

@testable import Ingest

/// What is told of a text by its bytes is what the rules for posts tell.
@Suite struct PlainParagraphsTests {
    private static let long =
        "The port of the town was closed on Friday after a storm had taken away part of the pier"
    /// Lines, and what makes them something else than a paragraph.
    private static let lines = [
        long + ".", long + ", said the mayor: it opens again in May.", long + " – for a week.", long + "…",
        "“\(long),” said the mayor.", "She said “no”.", "— \(long)", long + ".”", "Short", "1. A point.",
        "Analysis",
        "Analysis: the port is small.", "Our view", "Outlook", "【分析】港口很小。", "港口關閉了。", "展望未來，港口會重開。", "---",
        "* * *",
        "#port #storm", "👍 12 ❤ 3", "https://example.org/port", "Link: https://example.org/port",
        "Read and/or write", "www.example.org", "t.me/harbour/12", "Harbour Wire",
        "Harbour Wire - News with the tide",
        "Harbour Wire | News", "  set in", "trailing ", "\ttab", "a\u{A0}b", "\u{3000}wide", "wide\u{3000}",
        "zero\u{200B}width",
        "e\u{301}", "\u{301}mark", "👍", "\u{FEFF}", "ends in é", "• bullet", "“", "…", "2025", "Σ",
        "(in brackets)", "[1]",
    ]

    @Test func `plain texts are read as by the rules for posts`() {
        var random = SeededGenerator(seed: 11)
        let ends = ["\n", "\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\r\n", "\r", ""]
        var told = 0
        for _ in 0..<8_000 {
            // Most texts hold one line at most that is none of a plain text.
            let odd = Int.random(in: 0..<4, using: &random) == 0
            let text = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                let line = Self.lines[Int.random(in: 0..<(odd ? Self.lines.count : 8), using: &random)]
                return line + ends[Int.random(in: 0..<(odd ? ends.count : 5), using: &random)]
            }.joined()
            for (source, url) in [
                (nil, nil), ("Harbour Wire", nil), ("Harbour Wire", "https://example.org/1"),
            ] {
                var draft = ArticleDraft(line: 1)
                (draft.source, draft.url) = (source, url)
                var expected = draft
                draft.read(text: text)
                expected.readLines(of: text)
                #expect(draft.body == expected.body, "\(text.debugDescription)")
                #expect(draft.analyses == expected.analyses, "\(text.debugDescription)")
                #expect(draft.tagline == expected.tagline, "\(text.debugDescription)")
                #expect(draft.url == expected.url, "\(text.debugDescription)")
                told += PlainParagraphs(text, source: source, seeksLink: url == nil) == nil ? 0 : 1
            }
        }
        #expect(told > 4_000, "most of these are plain")
    }
}
