import Foundation
import News
import Storage
import Testing
import Text

@Suite struct CommitTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    private func commit(_ articles: Article..., at now: Date = moment()) async throws -> [CommitOutcome] {
        try await store.commit(articles, at: now)
    }

    @Test func `an article comes back as it went in`() async throws {
        let article = sample("a", origin: "/news/a.txt")
        #expect(try await commit(article) == [.new(row: 1)])
        #expect(
            try await store.article(id: "a")
                == StoredArticle(row: 1, version: 1, sequence: 1, article: article))
        let bare = Article(id: "b", source: "", language: .undetermined, headline: "", body: [])
        #expect(try await commit(bare) == [.new(row: 2)])
        #expect(try await store.article(id: "b")?.article == bare)
    }

    @Test func `the same article again changes nothing`() async throws {
        _ = try await commit(sample(origin: "x"))
        #expect(try await commit(sample(origin: "x"), at: moment(9)) == [.unchanged(row: 1)])
        #expect(try await store.lastSequence() == 1)
        #expect(try await store.versions(id: "a").count == 1)
    }

    @Test func `a date with a broken second is the same date again`() async throws {
        let article = sample(publishedAt: Date(timeIntervalSinceReferenceDate: 774_492_800.123_456_7))
        _ = try await commit(article)
        #expect(try await commit(article) == [.unchanged(row: 1)])
    }

    /// Each case is one difference from the sample that must be noticed.
    static let edits: [(String, @Sendable (inout Article) -> Void)] = [
        ("source", { $0.source = "Other" }), ("author", { $0.author = nil }), ("url", { $0.url = nil }),
        ("language", { $0.language = .english }), ("date", { $0.publishedAt = moment(60) }),
        ("no date", { $0.publishedAt = nil }), ("headline", { $0.headline += "!" }),
        ("body", { $0.body[1] = "It sank." }), ("paragraph", { $0.body.append("") }),
        ("opening", { $0.analyses[0].opening = [] }), ("point", { $0.analyses[0].points[0].text += "." }),
        ("heading", { $0.analyses[0].points[0].heading = nil }),
        ("outlook", { $0.analyses[0].outlook = ["No."] }), ("analysis", { $0.analyses.removeLast() }),
        ("tagline", { $0.tagline = nil }),
    ]

    @Test(arguments: edits.indices)
    func `a change of any part makes a new version`(index: Int) async throws {
        var article = sample()
        _ = try await commit(article)
        Self.edits[index].1(&article)
        #expect(
            try await commit(article) == [.changed(row: 1, version: 2)], "\(Self.edits[index].0)")
        #expect(
            try await store.article(id: "a")
                == StoredArticle(row: 1, version: 2, sequence: 2, article: article))
    }

    @Test func `an article is known by its origin first, and keeps its id`() async throws {
        _ = try await commit(sample("a", origin: "/a"), sample("b", origin: "/b"))
        // Its headline was corrected, and with it the id that follows from the headline; the new id is even another's.
        let outcomes = try await commit(sample("b", headline: "Corrected", origin: "/a"))
        #expect(outcomes == [.changed(row: 1, version: 2)])
        let found = try #require(try await store.article(id: "a"))
        #expect((found.article.id, found.article.headline) == ("a", "Corrected"))
        #expect(try await store.article(id: "b")?.article == sample("b", origin: "/b"))
        #expect(try await store.count() == 2)
    }

    @Test func `an article of an unknown origin is known by its id`() async throws {
        _ = try await commit(sample("a", origin: "/old"))
        #expect(
            try await commit(sample("a", headline: "New", origin: "/new")) == [.changed(row: 1, version: 2)])
        #expect(try await store.article(id: "a")?.article.origin == "/new")
        // The old place is free: what comes from there now is another article.
        #expect(try await commit(sample("c", origin: "/old")) == [.new(row: 2)])
    }

    @Test func `a moved file is unchanged and known by its new place`() async throws {
        _ = try await commit(sample("a", origin: "/old"))
        #expect(try await commit(sample("a", origin: "/new")) == [.unchanged(row: 1)])
        #expect(try await store.lastSequence() == 1)
        #expect(
            try await commit(sample("b", headline: "New", origin: "/new")) == [.changed(row: 1, version: 2)])
        #expect(try await store.article(id: "a")?.article.headline == "New")
    }

    @Test func `an article without an origin keeps the one on record`() async throws {
        _ = try await commit(sample("a", origin: "/a"))
        #expect(try await commit(sample("a")) == [.unchanged(row: 1)])
        #expect(try await commit(sample("a", headline: "New")) == [.changed(row: 1, version: 2)])
        #expect(try await store.article(id: "a")?.article.origin == "/a")
    }

    @Test func `one batch may bring an article twice`() async throws {
        let outcomes = try await commit(
            sample("a"), sample("a", headline: "New"), sample("a", headline: "New"))
        #expect(outcomes == [.new(row: 1), .changed(row: 1, version: 2), .unchanged(row: 1)])
        #expect(try await store.commit([], at: moment()).isEmpty)
    }

    @Test func `what an article said is kept with its time`() async throws {
        let texts = ["One", "Two", "Three"]
        for (index, text) in texts.enumerated() {
            _ = try await commit(sample("a", headline: text), at: moment(Double(index)))
        }
        let expected = texts.enumerated().map { index, text in
            ArticleVersion(
                version: index + 1, since: moment(Double(index)), article: sample("a", headline: text))
        }
        #expect(try await store.versions(id: "a") == expected)
        #expect(try await store.versions(id: "unknown").isEmpty)
    }

    @Test func `a deleted article is gone, with its versions on record`() async throws {
        _ = try await commit(sample("a"), sample("b"))
        #expect(try await store.delete(id: "a", at: moment()))
        #expect(try await store.delete(id: "a", at: moment()) == false)
        #expect(try await store.delete(id: "unknown", at: moment()) == false)
        #expect(try await store.article(id: "a") == nil)
        #expect(try await store.articles(rows: [1, 2]).keys.sorted() == [2])
        #expect(try await store.latest(limit: 9).map(\.article.id) == ["b"])
        #expect(try await store.count() == 1)
        #expect(try await store.versions(id: "a").map(\.article) == [sample("a")])
        #expect(try await store.lastSequence() == 3)
    }

    @Test func `a deleted article comes back in its row`() async throws {
        _ = try await commit(sample("a"))
        _ = try await store.delete(id: "a", at: moment())
        #expect(try await commit(sample("a")) == [.new(row: 1)])
        #expect(
            try await store.article(id: "a")
                == StoredArticle(row: 1, version: 2, sequence: 3, article: sample("a")))
    }

    @Test func `ids and origins with a NUL are not cut short`() async throws {
        let first = sample("a\u{0}1", source: "S\u{0}1", origin: "o\u{0}1")
        let second = sample("a\u{0}2", source: "S\u{0}2", origin: "o\u{0}2")
        #expect(try await commit(first, second) == [.new(row: 1), .new(row: 2)])
        #expect(try await commit(first, second) == [.unchanged(row: 1), .unchanged(row: 2)])
        #expect(try await store.article(id: "a\u{0}2")?.article == second)
        #expect(try await store.article(id: "a") == nil)
        #expect(try await store.sources().map(\.name) == ["S\u{0}1", "S\u{0}2"])
        #expect(try await store.latest(limit: 9, source: "S\u{0}1").map(\.article) == [first])
    }
}
