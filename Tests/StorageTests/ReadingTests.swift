import Foundation
import News
import Storage
import Testing

@Suite struct ReadingTests {
    let store: NewsStore

    init() async throws {
        store = try NewsStore.inMemory()
        let articles = [
            sample("noon", source: "Pier", publishedAt: moment(300)),
            sample("morning", source: "Harbour", publishedAt: moment(200)),
            sample("undated", source: "Pier", publishedAt: nil),
            sample("evening", source: "Harbour", publishedAt: moment(400)),
            sample("also noon", source: "Harbour", publishedAt: moment(300)),
            sample("timeless", source: "Almanac", publishedAt: nil),
        ]
        _ = try await store.commit(articles, at: moment())
    }

    struct Listing: Sendable {
        var limit = 99
        var before: Date?
        var source: String?
        var expected: [String]
    }

    static let listings = [
        Listing(expected: ["evening", "also noon", "noon", "morning", "timeless", "undated"]),
        Listing(limit: 2, expected: ["evening", "also noon"]),
        Listing(limit: 0, expected: []), Listing(limit: -1, expected: []),
        Listing(before: moment(400), expected: ["also noon", "noon", "morning"]),
        Listing(before: moment(300), expected: ["morning"]), Listing(before: moment(200), expected: []),
        Listing(source: "Harbour", expected: ["evening", "also noon", "morning"]),
        Listing(source: "Pier", expected: ["noon", "undated"]), Listing(source: "pier", expected: []),
        Listing(limit: 1, before: moment(400), source: "Harbour", expected: ["also noon"]),
    ]

    @Test(arguments: listings)
    func `the latest articles come newest first`(listing: Listing) async throws {
        let found = try await store.latest(
            limit: listing.limit, before: listing.before, source: listing.source)
        #expect(found.map(\.article.id) == listing.expected)
    }

    @Test func `articles are read by row`() async throws {
        let found = try await store.articles(rows: [3, 1, 3, 77, -1])
        #expect(found.mapValues(\.article.id) == [1: "noon", 3: "undated"])
        #expect(found.allSatisfy { $0.key == $0.value.row })
        #expect(try await store.articles(rows: []).isEmpty)
    }

    @Test func `thousands of rows are read at once`() async throws {
        _ = try await store.commit((0..<3000).map { sample("n\($0)") }, at: moment())
        let rows = Array(Int64(1)...3006)
        #expect(try await store.articles(rows: rows).keys.sorted() == rows)
    }

    @Test func `sources are summed up by name`() async throws {
        let expected = [
            SourceSummary(name: "Almanac", articles: 1, newest: nil),
            SourceSummary(name: "Harbour", articles: 3, newest: moment(400)),
            SourceSummary(name: "Pier", articles: 2, newest: moment(300)),
        ]
        #expect(try await store.sources() == expected)
        _ = try await store.delete(id: "evening", at: moment())
        _ = try await store.delete(id: "timeless", at: moment())
        let left = [
            SourceSummary(name: "Harbour", articles: 2, newest: moment(300)),
            SourceSummary(name: "Pier", articles: 2, newest: moment(300)),
        ]
        #expect(try await store.sources() == left)
        #expect(try await store.count() == 4)
    }

    @Test func `an article that changes its source is listed under the new one`() async throws {
        _ = try await store.commit(
            [sample("noon", source: "Harbour", publishedAt: moment(500))], at: moment())
        #expect(try await store.latest(limit: 1, source: "Harbour").map(\.article.id) == ["noon"])
        #expect(try await store.latest(limit: 9, source: "Pier").map(\.article.id) == ["undated"])
    }

    @Test func `an unknown id has no article`() async throws {
        #expect(try await store.article(id: "nobody") == nil)
        #expect(try await store.article(id: "") == nil)
        #expect(try await store.article(id: "noon' OR '1'='1") == nil)
    }
}
