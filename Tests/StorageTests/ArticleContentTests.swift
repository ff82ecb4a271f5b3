import Foundation
import News
import Testing
import Text

@testable import Storage

@Suite struct ArticleContentTests {
    private static let plain = Article(
        id: "a", source: "Harbour Wire", language: .english,
        publishedAt: Date(timeIntervalSince1970: 1_500_000_000),
        headline: "The pier \"opens\" \\ today", body: ["One.\n", "", "港灣的燈 — é 😀 \u{0} a/b"])
    private static let full = Article(
        id: "b", source: "", author: "Ann", url: "https://example.org/a?b", language: .traditionalChinese,
        publishedAt: Date(timeIntervalSince1970: 1_721_289_600.25), headline: "", body: [],
        analyses: [
            Analysis(
                opening: ["It opens."],
                points: [Analysis.Point(heading: "One", text: "a"), Analysis.Point(text: "")],
                outlook: ["Soon."]),
            Analysis(),
        ], tagline: "Harbour Wire | News", origin: "/posts/b.txt")

    @Test(arguments: [plain, full])
    func `an article is written as the encoder writes it, and read back`(article: Article) throws {
        let content = ArticleContent(article)
        let json = String(decoding: try content.json(), as: UTF8.self)
        #expect(json == (try ColumnJSON.encoded(content)))
        #expect(try ArticleContent(json: json) == content)
        #expect(try ArticleContent(json: json).article == article)
    }

    @Test func `columns that others wrote are read as well`() throws {
        let content = ArticleContent(Self.full)
        let pretty = JSONEncoder()
        pretty.outputFormatting = [.prettyPrinted]
        let json = String(decoding: try pretty.encode(content), as: UTF8.self)
        #expect(try ArticleContent(json: json) == content)
        let more = json.replacingOccurrences(
            of: "{\n  \"analyses\"", with: "{\"later\": [1], \"tagline\": null, \"analyses\"")
        #expect(throws: Never.self) { try ArticleContent(json: more) }
    }

    @Test(arguments: ["", "{}", "[]", #"{"id": "a"}"#, "{", #"{"id": 5}"#])
    func `what is no article is refused`(json: String) {
        #expect(throws: DecodingError.self) { try ArticleContent(json: json) }
    }
}
