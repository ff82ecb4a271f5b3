import Foundation
import Logging
import News
import Search
import Storage
import Testing
import Text

@testable import Retrieval

/// What the archive itself teaches about the words of a question.
@Suite struct QuestionReadingTests {
    private static func day(_ text: String) throws -> Date {
        try Date.ISO8601FormatStyle().parse(text + "T09:00:00Z")
    }

    private static let posts:
        [(id: String, language: Language, day: String, headline: String, body: String)] = [
            (
                "merger", .english, "2025-02-03", "Kerr and Tidewater complete their merger",
                "The merger of Kerr and Tidewater was completed on Monday. The Marn Harbour Authority (MHA) had agreed."
            ),
            (
                "after", .english, "2025-04-01", "Kerr closes a yard",
                "Kerr closes a yard and sells two cranes. Since the merger it has lost money."
            ),
            (
                "before", .english, "2024-05-01", "Kerr buys a crane",
                "Kerr buys a crane for its yard, and calls a merger unlikely."
            ),
            (
                "port", .english, "2025-03-01", "Authority raises fees",
                "The MHA raises its fees in Marn by a tenth."
            ),
            (
                "bracket", .traditionalChinese, "2025-03-05", "港口易主",
                "昨日，歐塞港（Osei Harbour）易主。馬恩市長凱爾（Ann Kerrigan）表示歡迎。"
            ),
            ("other", .traditionalChinese, "2025-03-09", "歐塞港漲價", "歐塞港的費用上漲一成。凱爾反對。"),
            (
                "maker", .english, "2025-03-11", "Kelp Systems grows",
                "Kelp Systems, the maker of Tidebook, has grown by a third."
            ),
            ("kelp", .english, "2025-03-12", "Kelp Systems moves", "Kelp Systems moves its seat to Ballin."),
        ]

    private func archive() async throws -> Archive {
        let store = try NewsStore.inMemory()
        for post in Self.posts {
            let time = try Self.day(post.day)
            _ = try await store.commit(
                [
                    Article(
                        id: post.id, source: "Tide Wire", language: post.language, publishedAt: time,
                        headline: post.headline, body: [post.body])
                ], at: time)
        }
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        return index.archive
    }

    private func best(_ question: String, _ language: Language) async throws -> String? {
        let archive = try await archive()
        let now = try Self.day("2025-06-01")
        let read = archive.read(question, language: language, now: now)
        return try await archive.findings(for: read, limit: 3, now: now).evidence.first?.article.article.id
    }

    @Test(arguments: [
        ("What has Kerr done since the merger?", Language.english),
        ("Since the merger of Kerr and Tidewater, what has been sold?", .english),
    ])
    func `the time since an event begins with its first article`(question: String, language: Language)
        async throws
    {
        let read = try await archive().read(question, language: language, now: try Self.day("2025-06-01"))
        #expect(read.times.map(\.from) == [try Self.day("2025-02-03")])
        #expect(read.times.first?.until == nil)
        #expect(read.concepts.filter { $0.word == "merger" }.allSatisfy { $0.kind == .generic })
    }

    @Test func `what happened since an event is preferred`() async throws {
        let archive = try await archive()
        let now = try Self.day("2025-06-01")
        let read = archive.read("What has Kerr done since the merger?", language: .english, now: now)
        let order = try await archive.findings(for: read, limit: 8, now: now).evidence
            .map(\.article.article.id).filter { $0 == "before" || $0 == "after" }
        #expect(order == ["after", "before"])
    }

    @Test(arguments: [
        "What has Kerr done since then?", "Since when does Kerr have a yard?",
        "What happened since the flood?",
        "What has Kerr sold since last week?",
    ])
    func `other words behind since name no event`(question: String) async throws {
        let read = try await archive().read(question, language: .english, now: try Self.day("2025-06-01"))
        #expect(!read.times.contains { $0.text.contains("since the") || $0.text.contains("Since the") })
        #expect(!read.times.contains { $0.from == (try? Self.day("2025-02-03")) })
    }

    @Test(arguments: [
        ("Which fees does the Marn Harbour Authority raise?", Language.english, "port"),
        ("Where does the maker of Tidebook move its seat?", .english, "kelp"),
        ("Where does the Tidebook maker move its seat?", .english, "kelp"),
        ("Did the fees of Osei Harbour rise?", .english, "other"),
        ("歐塞港的費用漲了嗎？", .traditionalChinese, "other"),
    ])
    func `a name is found under another one that the articles give it`(
        question: String, language: Language, id: String
    ) async throws {
        #expect(try await best(question, language) == id)
    }

    @Test func `a name in two scripts is one concept with both`() async throws {
        let now = try Self.day("2025-06-01")
        let english = try await archive().read("Did Kerrigan speak?", language: .english, now: now)
        #expect(
            english.concepts.first?.ways.contains { $0.form == .characters("凯尔") } == true,
            "\(english.concepts)")
        let chinese = try await archive().read("凱爾反對什麼？", language: .traditionalChinese, now: now)
        #expect(chinese.concepts.first?.word == "凯尔")
        #expect(chinese.concepts.first?.ways.contains { $0.form == .stems(["ann", "kerrigan"]) } == true)
    }

    @Test func `names go with their articles`() async throws {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        let now = try Self.day("2025-06-01")
        _ = try await store.commit(
            [
                Article(
                    id: "a", source: "Tide Wire", language: .english, publishedAt: now, headline: "A",
                    body: ["The Marn Harbour Authority (MHA) agreed."])
            ], at: now)
        try await index.refresh()
        #expect(index.archive.read("MHA fees", language: .english, now: now).concepts[0].ways.count > 1)
        _ = try await store.delete(id: "a", at: now)
        try await index.refresh()
        await index.settle()
        #expect(index.archive.read("MHA fees", language: .english, now: now).concepts[0].ways.count == 1)
    }

    @Test(
        arguments: [
            ("《歐塞港》的市長是誰？", "欧塞港"), ("「馬恩的市」是什麼？", "马恩的市"), ("“凱爾表”說了什麼？", "凯尔表"),
        ])
    func `what stands in quotation marks is one name`(question: String, name: String) async throws {
        let read = try await archive().read(
            question, language: .traditionalChinese, now: try Self.day("2025-05-01"))
        #expect(read.concepts.map(\.word).contains(name), "\(read.concepts.map(\.word))")
    }

    @Test func `a name of function characters is looked for where there is nothing else`() async throws {
        let read = try await archive().read(
            "理想國為誰所寫的？", language: .traditionalChinese, now: try Self.day("2025-05-01"))
        #expect(!read.concepts.isEmpty)
        let empty = try await archive().read(
            "誰這麼說？", language: .traditionalChinese, now: try Self.day("2025-05-01"))
        #expect(empty.concepts.isEmpty)
    }

    @Test(
        arguments: [
            ("What did Kerr close in April 2019?", Language.english, ["april", "2019"]),
            ("What did Kerr close last week?", .english, []),
            ("歐塞港在1947年由誰管理？", .traditionalChinese, ["1947"]),
            ("歐塞港昨天漲價多少？", .traditionalChinese, []),
        ])
    func `a dated year is looked for in texts too`(
        question: String, language: Language, dates: [String]
    ) async throws {
        let archive = try await archive()
        let read = archive.read(question, language: language, now: try Self.day("2025-05-01"))
        #expect(read.dates == dates)
        // As in an archive that has every word.
        let terms = read.query(idf: { $0.isEmpty ? 9 : 1 }).query.clauses.map(\.term)
        #expect(Set(dates).isSubset(of: terms))
    }

    @Test func `what no passage holds is looked for only where it is the reader's own word`() async throws {
        let archive = try await archive()
        let passages = archive.passages
        let read = archive.read(
            "Which company did the minister of Kerr sue, and who will zorgle the bridge?",
            language: .english, now: try Self.day("2025-05-01"))
        let query = read.query(idf: passages.idf(of:))
        let unheld = query.query.clauses.indices.filter {
            passages.documentFrequency(of: query.query.clauses[$0].term) == 0
        }
        #expect(!unheld.isEmpty && unheld.allSatisfy(query.own.contains))
        // Where all of it is held, such as synonyms and translations, it is more by far and weighs the same.
        let whole = read.query(idf: { $0.isEmpty ? 99 : passages.idf(of: $0) })
        func worth(_ query: QuestionQuery) -> Double {
            zip(query.query.clauses, query.idf).reduce(query.unheld.whole) { $0 + Double($1.0.weight * $1.1) }
        }
        #expect(whole.query.clauses.count > query.query.clauses.count && whole.unheld.whole == 0)
        #expect(query.unheld.whole > 0 && abs(worth(whole) - worth(query)) < 1e-3 * worth(whole))
    }
}
