import Foundation
import Logging
import News
import Search
import Storage
import Testing
import Text

@testable import Retrieval

@Suite struct RankingTests {
    private let now = Date(timeIntervalSince1970: 1_752_800_000)

    @Test func `features of passages stand where their places say`() {
        let features = RankingWeights.PassageFeature.all
        #expect(features.map(\.place) == Array(features.indices))
    }

    private func archive(
        _ articles: [(id: String, headline: String, body: [String])], language: Language = .english
    ) async throws -> Archive {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        _ = try await store.commit(
            articles.map { id, headline, body in
                Article(
                    id: id, source: "Test", language: language, publishedAt: now, headline: headline,
                    body: body)
            }, at: now)
        try await index.refresh()
        return index.archive
    }

    /// Stories enough for words to be rare or common, and one long one about everything.
    private func mixed() async throws -> Archive {
        let filler = (0..<40).map { number in
            (
                id: "filler\(number)", headline: "Council notes \(number)",
                body: ["The council met on item \(number). The mayor spoke about the budget of the city."]
            )
        }
        return try await archive(
            filler + [
                (
                    "bridge", "Bridge over the Aller reopens",
                    ["Engineers reopened the Aller bridge after repairing its eastern pylon."]
                ),
                (
                    "orchestra", "Orchestra appoints a conductor",
                    ["The philharmonic orchestra appointed Lena Weiss as its conductor."]
                ),
            ])
    }

    @Test func `a long question has a facet for each part that says enough`() async throws {
        let archive = try await mixed()
        let read = archive.read(
            "Which bridge did engineers reopen after repairing a pylon, and which conductor did the philharmonic "
                + "orchestra appoint?", language: .english, now: now)
        let query = read.query(idf: archive.passages.idf(of:))
        let facets = query.facets.map { facet in Set(facet.map { query.query.clauses[$0].term }) }
        #expect(facets.count == 2)
        #expect(facets.first?.contains("bridg") == true && facets.last?.contains("orchestra") == true)
    }

    @Test func `a short question is one facet`() async throws {
        let archive = try await mixed()
        for question in ["Who is the conductor?", "bridge", "pylon, and bridge"] {
            let read = archive.read(question, language: .english, now: now)
            #expect(read.query(idf: archive.passages.idf(of:)).facets.count == 1, "\(question)")
        }
    }

    @Test func `each part of a question finds its evidence`() async throws {
        let archive = try await mixed()
        let read = archive.read(
            "Which city council spoke about its budget, and which conductor did the philharmonic orchestra appoint "
                + "while engineers were repairing the pylon of a bridge?", language: .english, now: now)
        let findings = try await archive.findings(for: read, limit: 4, now: now)
        let found = findings.evidence.map(\.article.article.id)
        #expect(found.contains("bridge") && found.contains("orchestra"))
        for item in findings.evidence {
            #expect(item.score == item.features.reduce(0) { $0 + $1.value * $1.weight })
            #expect(item.passages.map(\.score) == item.passages.map(\.score).sorted(by: >))
        }
    }

    @Test(arguments: [
        // Its rarest words tell most of it; two thirds of the archive have the others, and a short article all of them.
        ("Which council repaired the pylon of the Aller bridge?", true),
        // No word is rare.
        ("What did the mayor say about the budget of the city?", false),
        // What nobody tells of is beside what many do.
        ("What did the mayor say about Xyzzyburg?", false),
    ])
    func `the rarest words find what one place of a long text says`(
        question: String, isLong: Bool
    ) async throws {
        let filler = (0..<60).map { number in
            (
                id: "filler\(number)", headline: "Council notes \(number)",
                body: ["The council met on item \(number). The mayor spoke about the budget of the city."]
            )
        }
        let long = (0..<40).map {
            "Nobody in the harbour quarter remembers the year \(1800 + $0) but Ines."
        }
        let archive = try await archive(
            filler + [
                (
                    "long", "A chronicle of the harbour",
                    long + ["Workers repaired the pylon of the Aller bridge."] + long
                )
            ])
        let pylon = archive.read("Aller bridge pylon", language: .english, now: now)
        let chronicle = try await archive.findings(for: pylon, limit: 1, now: now).evidence.first?.article
            .stored.row
        let read = archive.read(question, language: .english, now: now)
        let ranker = Ranker(passages: archive.passages, articles: archive.articles, many: 1)
        let found = ranker.rank(read, wanted: 3, now: now).articles
        let first = try #require(found.first)
        #expect((first.row == chronicle) == isLong)
        // Who wants many articles gets those without the rarest words as well.
        #expect(ranker.rank(read, wanted: 40, now: now).articles.count >= found.count)
    }

    @Test func `words in the order of the question lift a passage`() async throws {
        let archive = try await archive([
            ("apart", "Notes", ["Research on lions was paid by a zoo. The station in the north is old."]),
            (
                "together", "Notes",
                ["A zoo paid for lions. The northern research station is old and was shut."]
            ),
        ])
        let read = archive.read("Is the research station old?", language: .english, now: now)
        let findings = try await archive.findings(for: read, limit: 2, now: now)
        #expect(findings.evidence.first?.article.article.id == "together")
        let near = findings.evidence.map { item in
            item.passages.first?.features.first { $0.name == "proximity" }?.value ?? 0
        }
        #expect(near[0] > near[1])
    }

    @Test func `an archive is surer of what it tells than of what it does not`() async throws {
        let archive = try await mixed()
        func confidence(_ question: String) async throws -> Double {
            let read = archive.read(question, language: .english, now: now)
            return try await archive.findings(for: read, limit: 3, now: now).confidence
        }
        let known = try await confidence("Whom did the philharmonic orchestra appoint as conductor?")
        let unknown = try await confidence("Whom did the volleyball federation suspend for doping in Lima?")
        #expect(known > 0.5 && unknown < 0.5)
    }

    @Test func `windows show no passage twice and keep their bound`() async throws {
        let sentences = (0..<60).map {
            "Sentence \($0) of the long report tells of the harbour and the ferry."
        }
        let archive = try await archive([("long", "A long report", [sentences.joined(separator: " ")])])
        let read = archive.read("harbour ferry report", language: .english, now: now)
        let findings = try await archive.findings(for: read, limit: 5, now: now)
        let windows = EvidenceWindow.best(of: findings.evidence, limit: 10)
        #expect(windows.count > 2)
        #expect(windows.allSatisfy { $0.text.count <= EvidenceWindow.longest })
        var homes: Set<UInt32> = []
        for window in windows { #expect(homes.insert(window.ordinal).inserted) }
    }

    @Test func `a window grows to the better side and shows nothing twice`() async throws {
        let idle = "The weather was calm and nobody came to the quay that day."
        let told = "The ferry broke down in the harbour."
        // Three sentences a passage: idle, idle, told and asked for, told, idle.
        let body = [idle, idle, told, told, idle].map {
            Array(repeating: $0, count: 3).joined(separator: " ")
        }
        let article = ReadArticle(
            StoredArticle(
                row: 1, version: 1, sequence: 1,
                article: Article(
                    id: "a", source: "Test", language: .english, publishedAt: now, headline: "Day", body: body
                )))
        #expect(article.passages.count == 5)
        let home = article.passages[2].sentences.map(\.text).joined(separator: " ").count
        let worth: (UInt32) -> Double = { $0 == 3 ? 2 : $0 == 2 ? 3 : 0 }
        let narrow = article.stretch(around: 2, limit: home + 3 * (told.count + 1), worth: worth)
        #expect(narrow.home == 6..<9 && narrow.sentences == 6..<12)
        let blocked = article.stretch(around: 2, limit: 10_000, isShown: { $0 >= 9 }, worth: worth)
        #expect(blocked.sentences == 0..<9)
        #expect(article.stretch(around: 2, limit: 10_000).sentences == 0..<15)
        #expect(article.stretch(around: 9, limit: 10_000).sentences.isEmpty)
    }

    @Test func `what holds all words of a question is told from what repeats some`() async throws {
        let archive = try await archive([
            ("all", "Notes", ["Kerr sold the crane in Marn to pay for its yard, long after the strike."]),
            ("some", "Notes", ["The crane of Kerr. A crane, said Kerr. Kerr has a crane, a crane, a crane."]),
        ])
        let read = archive.read("Kerr crane Marn yard", language: .english, now: now)
        let findings = try await archive.findings(for: read, limit: 2, now: now)
        #expect(findings.evidence.first?.article.article.id == "all")
        let features = findings.evidence.map { item in
            Dictionary(uniqueKeysWithValues: item.passages[0].features.map { ($0.name, $0.value) })
        }
        for name in ["coverage", "rarity", "singles"] {
            let (all, some) = (features[0][name] ?? 0, features[1][name] ?? 0)
            #expect(abs(all - 1) < 1e-6 && some > 0 && some < 1, "\(name): \(all), \(some)")
        }
        // "Kerr crane" stands in both, the whole stretch in one.
        #expect(features[0]["run"] == 1)
        #expect((features[1]["run"] ?? 0) < 1)
    }

    @Test func `single characters meet where pairs do not, and those of function words count nothing`()
        async throws
    {
        let archive = try await archive(
            [
                ("told", "公告", ["考察隊建了一座觀測站。"]), ("else", "公告", ["研究人員走了一段長路。"]),
            ], language: .traditionalChinese)
        func singles(_ question: String) async throws -> [String: Double] {
            let read = archive.read(question, language: .traditionalChinese, now: now)
            let findings = try await archive.findings(for: read, limit: 2, now: now)
            return Dictionary(
                uniqueKeysWithValues: findings.evidence.map { item in
                    (
                        item.article.article.id,
                        item.passages[0].features.first { $0.name == "singles" }?.value ?? 0
                    )
                })
        }
        let asked = try await singles("觀測隊的站何時建？")
        #expect(asked["told"] == 1, "\(asked)")
        #expect((asked["else"] ?? 0) < 0.5, "\(asked)")
        let bare = try await singles("觀測隊站建")
        #expect(bare["told"] == 1, "\(bare)")
    }

    @Test func `of passages that say the same, the one nearer to the beginning counts more`() async throws {
        let told = "Kerr sold the crane. It was old. It was large."
        let archive = try await archive([("a", "Notes", Array(repeating: told, count: 3))])
        let read = archive.read("Kerr sold crane", language: .english, now: now)
        let passages = try #require(
            try await archive.findings(for: read, limit: 1, now: now).evidence.first?.passages)
        #expect(passages.map(\.ordinal) == [0, 1, 2])
        let lead = passages.compactMap { passage in
            passage.features.first { $0.name == "lead" }?.value
        }
        let expected: [Double] = [1, 1 / 4, 1 / 9]
        #expect(lead == expected)
        let scores = passages.map(\.score)
        #expect(scores == scores.sorted(by: >) && Set(scores).count == 3)
    }
}
