import Foundation
import News
import Testing

@testable import Ingest

/// What `Tests/Fuzz` has found, each cut down to what matters.
@Suite struct FuzzFindsTests {
    @Test func `a page whose title is nothing but invisible marks has a headline all the same`() throws {
        let page =
            "<html><head><title>\u{9A}\u{9C}</title></head><body><p>\(String(repeating: "The pier is open. ", count: 20))</p></body></html>"
        let parsed = PageParser().parse(Array(page.utf8), origin: "/archive/page.html")
        #expect(try #require(parsed.articles.first).headline == "The pier is open.")
    }

    @Test func `an address whose host is only www. gives no source without a name`() throws {
        let line = #"{"title": "Crane", "text": "It lifts.", "url": "https://www./a"}"#
        let parsed = JSONLinesParser(reference: reference).parse(Array(line.utf8), origin: "/wire/a.jsonl")
        #expect(try #require(parsed.articles.first).source == "wire")
    }

    @Test func `line ends and tabs inside an address outlive OPML`() {
        let outlines = [OPML.Outline(title: "A\rB", url: "https://a.example/\r\tx")]
        let text = OPML.written(outlines, title: "Feeds", at: reference)
        #expect(OPML.read(Array(text.utf8)) == outlines)
    }
}
