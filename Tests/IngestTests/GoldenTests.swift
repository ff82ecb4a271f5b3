import Foundation
import Ingest
import News
import Testing

/// Every fixture beside its rendering; `UPDATE_GOLDEN=1 swift test` rewrites these, and a person reads the difference.
@Suite struct GoldenTests {
    @Test(arguments: Fixtures.names("posts"))
    func `posts are read as their golden files say`(_ name: String) throws {
        let parsed = PostParser(reference: reference).parse(
            try Fixtures.bytes("posts", name), origin: "/archive/posts/\(name)")
        let text = rendering(parsed)
        #expect(text == (try Fixtures.golden("posts", name, now: text)))
    }

    @Test(arguments: Fixtures.names("markdown"))
    func `markdown is read as its golden files say`(_ name: String) throws {
        let parsed = MarkdownParser(reference: reference).parse(
            try Fixtures.bytes("markdown", name), origin: "/archive/markdown/\(name)")
        let text = rendering(parsed)
        #expect(text == (try Fixtures.golden("markdown", name, now: text)))
    }

    @Test(arguments: Fixtures.names("lines"))
    func `JSON Lines are read as their golden files say`(_ name: String) throws {
        let parsed = JSONLinesParser(reference: reference).parse(
            try Fixtures.bytes("lines", name), origin: "/archive/lines/\(name)")
        let text = rendering(parsed)
        #expect(text == (try Fixtures.golden("lines", name, now: text)))
    }

    @Test(arguments: Fixtures.names("pages"))
    func `pages are read as their golden files say`(_ name: String) throws {
        let parsed = PageParser().parse(try Fixtures.bytes("pages", name), origin: "/archive/pages/\(name)")
        let text = rendering(parsed)
        #expect(text == (try Fixtures.golden("pages", name, now: text)))
    }

    @Test func `there are fixtures of every form`() {
        #expect(Fixtures.names("posts").count >= 20)
        #expect(Fixtures.names("markdown").count >= 5)
        #expect(!Fixtures.names("lines").isEmpty)
    }
}
