import Foundation
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// Answers that several articles make together, and what time does to them.
@Suite struct NewsSenseTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static func day(_ text: String) throws -> Date {
        try Date.ISO8601FormatStyle().parse(text + "T09:00:00Z")
    }

    private static let posts: [(id: String, day: String, headline: String, body: String)] = [
        (
            "strike-1", "2025-03-03", "Dockers of Marn begin a strike",
            "The dockers of Marn began a strike on Monday. The union Tidewater asks for 8 percent more pay."
        ),
        (
            "strike-2", "2025-03-07", "Strike in Marn: 1,200 dockers stay at home",
            "The strike of the dockers in Marn has closed three quays. 1,200 dockers take part in the strike in Marn."
        ),
        (
            "strike-3", "2025-03-12", "Strike in Marn grows",
            "1,900 dockers take part in the strike in Marn. Ships wait off the coast."
        ),
        (
            "bridge", "2025-02-01", "Osei Bridge opens",
            "The Osei Bridge was opened in Ballin. The Osei Bridge cost 40 million dollars."
        ),
        (
            "tunnel", "2025-02-20", "Kerr Tunnel is finished",
            "The Kerr Tunnel under the river was finished. The Kerr Tunnel cost 95 million dollars."
        ),
    ]

    private func answerer(at now: String) async throws -> Answerer {
        let store = try NewsStore.inMemory()
        for post in Self.posts {
            let article = Article(
                id: post.id, source: "Tide Wire", language: .english, publishedAt: try Self.day(post.day),
                headline: post.headline, body: [post.body])
            _ = try await store.commit([article], at: try Self.day(post.day))
        }
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let time = try Self.day(now)
        return Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { time }, logger: Logger(label: "test"))
    }

    @Test func `a timeline goes from the oldest to the newest, each day with its source`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "Give me a timeline of the strike in Marn")).answer
        let days = ["3 March 2025", "7 March 2025", "12 March 2025"].map { answer.text.range(of: $0) }
        let places = try days.map { try #require($0?.lowerBound) }
        #expect(places == places.sorted())
        #expect(answer.citations.map(\.articleID) == ["strike-1", "strike-2", "strike-3"])
    }

    @Test func `a nearest headline without a date has none beside its source`() async throws {
        let store = try NewsStore.inMemory()
        let article = Article(
            id: "ferry", source: "Tide Wire", language: .english, headline: "Ferries of Marn are full",
            body: ["The ferries of Marn are full on most days."])
        _ = try await store.commit([article], at: Date(timeIntervalSince1970: 1_750_000_000))
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let answerer = Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { Date(timeIntervalSince1970: 1_750_000_000) }, logger: Logger(label: "test"))
        let answer = try await answerer.answer(Inquiry(question: "Who owns the ferries of Marn?")).answer
        #expect(answer.status == .notFound)
        #expect(answer.text.hasSuffix("• Ferries of Marn are full (Tide Wire)"), "\(answer.text)")
    }

    @Test func `what changed is the newest beside the one before`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "What has changed in the strike in Marn?")).answer
        #expect(answer.citations.map(\.articleID) == ["strike-3", "strike-2"])
        #expect(answer.text.hasPrefix("Now, 12 March 2025: "))
        #expect(answer.text.contains("Before, 7 March 2025: "))
    }

    @Test func `of two figures the newest leads, and both have their day`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "How many dockers take part in the strike in Marn?")).answer
        #expect(answer.text.hasPrefix("1,900 dockers take part in the strike in Marn. [1] (12 March 2025)"))
        #expect(answer.text.contains("7 March 2025") && answer.text.contains("1,200"))
        #expect(answer.citations.map(\.articleID) == ["strike-3", "strike-2"])
    }

    @Test func `two things are told of beside each other`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "Compare the Osei Bridge with the Kerr Tunnel")).answer
        #expect(Set(answer.citations.map(\.articleID)) == ["bridge", "tunnel"])
        #expect(answer.text.contains("• Osei Bridge: ") && answer.text.contains("• Kerr Tunnel: "))
    }

    @Test func `which is more is said where the figures say it`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "Which cost more, the Osei Bridge or the Kerr Tunnel?")).answer
        #expect(answer.text.hasPrefix("Kerr Tunnel, "), "\(answer.text)")
        #expect(answer.text.contains("40 million") && answer.text.contains("95 million"))
    }

    @Test func `a side that no article tells of is said to lack`() async throws {
        let answer = try await answerer(at: "2025-03-20")
            .answer(Inquiry(question: "Compare the Osei Bridge with the Ballin Airport")).answer
        #expect(answer.text.contains("• Ballin Airport: the stored articles do not say."), "\(answer.text)")
    }

    @Test(arguments: [("2025-03-12", false), ("2025-03-20", true)])
    func `a question about today is warned where nothing is of today`(now: String, isWarned: Bool)
        async throws
    {
        let answer = try await answerer(at: now)
            .answer(Inquiry(question: "How many dockers take part in the strike in Marn today?")).answer
        #expect(answer.text.contains("nothing on this from today") == isWarned, "\(answer.text)")
    }

    @Test(arguments: [
        // A time that nothing is of, one that something is of, and one that the sentence denies.
        ("When in 2019 did the Osei Bridge open?", nil, nil),
        ("What opened in February 2025?", "Osei Bridge", nil),
        ("What did the Osei Bridge cost?", "40 million", nil),
        ("Did the strike in Marn close three quays?", "closed", "Yes"),
        ("Who was the fifth owner of the Osei Bridge?", nil, nil), ("What is the price of Marn?", nil, nil),
    ])
    func `a question's time, order and measure are held to`(
        question: String, words: String?, verdict: String?
    ) async throws {
        let answer = try await answerer(at: "2025-03-20").answer(Inquiry(question: question)).answer
        guard let words else {
            #expect(answer.status == .notFound, "\(answer.text)")
            return
        }
        #expect(answer.text.contains(words), "\(answer.text)")
        if let verdict { #expect(answer.text.hasPrefix(verdict), "\(answer.text)") }
    }

    @Test func `a follow-up of another time asks the same of it`() async throws {
        let answerer = try await answerer(at: "2025-03-20")
        func ask(_ question: String) async throws -> Answer {
            try await answerer.answer(Inquiry(question: question, conversation: "c")).answer
        }
        _ = try await ask("What happened in February 2025?")
        let march = try await ask("And in March 2025?")
        #expect(march.text.contains("Strike in Marn") && !march.text.contains("Kerr Tunnel"), "\(march.text)")
        #expect(try await ask("And in April 2024?").status == .notFound)
    }

    @Test func `what both Chinese scripts write alike is answered in the script used before`() async throws {
        let answerer = try await answerer(at: "2025-03-20")
        _ = try await answerer.answer(Inquiry(question: "大桥开放了吗？", conversation: "c"))
        let reply = try await answerer.answer(Inquiry(question: "何人造了它？", conversation: "c"))
        #expect(reply.why.language == .simplifiedChinese)
        #expect(
            try await answerer.answer(Inquiry(question: "何人造了它？", conversation: "d")).why.language
                == .traditionalChinese)
    }

    @Test(arguments: [
        ("How long was the Lindau bridge closed?", "Also reported by"), ("Lindau 的橋關閉了多久？", "報導此事"),
    ])
    func `ten reposts fill one place, and their sources are named`(
        question: String, words: String
    ) async throws {
        let store = try NewsStore.inMemory()
        let body =
            "The Lindau bridge was closed for nine hours on Tuesday after a barge had struck a pillar. "
            + "The port of Lindau said that nobody was hurt and that divers had looked at the pillar."
        var articles = (0..<10).map { number in
            Article(
                id: "repost-\(number)", source: "Outlet \(number)", language: .english,
                publishedAt: Date(timeIntervalSince1970: 1_741_000_000 + Double(number) * 600),
                headline: "Lindau bridge closed", body: [body + (number == 3 ? " More soon." : "")])
        }
        articles.append(
            Article(
                id: "other", source: "Harbour Wire", language: .english,
                publishedAt: Date(timeIntervalSince1970: 1_741_100_000),
                headline: "Lindau bridge to be rebuilt",
                body: ["The Lindau bridge is to be rebuilt by 2028, the mayor Ana Osei announced."]))
        _ = try await store.commit(articles, at: Date(timeIntervalSince1970: 1_741_200_000))
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let answerer = Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { Date(timeIntervalSince1970: 1_741_200_000) }, logger: Logger(label: "test"))
        let reply = try await answerer.answer(Inquiry(question: question))
        #expect(reply.answer.text.components(separatedBy: "nine hours").count == 2, "\(reply.answer.text)")
        #expect(reply.answer.text.contains(words) && reply.answer.text.contains("Outlet"))
        #expect(reply.answer.citations.first?.alsoReportedBy.count == 9)
        #expect(reply.why.articles.map(\.article).contains("other"))
        #expect(reply.why.articles.count { $0.article.hasPrefix("repost") } == 1)
    }

    @Test func `reports of one event by several sources are told to be so`() async throws {
        let store = try NewsStore.inMemory()
        let day = Date(timeIntervalSince1970: 1_741_000_000)
        let posts = [
            (
                "Tide Wire", "Marn Steel buys Osei Works",
                "Marn Steel has bought Osei Works for 90 million dollars."
            ),
            (
                "Port Post", "A sale in the valley",
                "For 90 million dollars Osei Works now belongs to Marn Steel, the owner Ada Kerr told us."
            ),
            (
                "Hill News", "Osei Works strikes",
                "Workers of Osei Works asked Marn Steel for 7 percent more pay."
            ),
        ]
        _ = try await store.commit(
            posts.map {
                Article(
                    id: $0.0, source: $0.0, language: .english, publishedAt: day, headline: $0.1, body: [$0.2]
                )
            }, at: day)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let answerer = Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { day }, logger: Logger(label: "test"))
        let answer = try await answerer.answer(
            Inquiry(question: "Which works has Marn Steel bought?")
        )
        .answer
        let cited = Set(answer.citations.map(\.source))
        let others = Set(answer.citations.flatMap(\.alsoReportedBy))
        #expect(cited.union(others).isSuperset(of: ["Tide Wire", "Port Post"]), "\(answer.text)")
        #expect(!others.contains("Hill News"))
    }

    @Test func `a thumb is kept with the last answer`() async throws {
        let answerer = try await answerer(at: "2025-03-20")
        let before = try await answerer.answer(Inquiry(question: "👍", conversation: "c"))
        #expect(before.turn == nil && before.answer.text.contains("no answer of mine"))
        let reply = try await answerer.answer(
            Inquiry(question: "How much did the Osei Bridge cost?", conversation: "c"))
        #expect(reply.turn != nil)
        let thumb = try await answerer.answer(Inquiry(question: "👎 too short", conversation: "c"))
        #expect(thumb.answer.text.contains("noted") && thumb.turn == nil)
    }
}

@Suite struct ClaimCheckTests {
    private static func article(_ language: Language) throws -> Article {
        Article(
            id: "a", source: "Tide Wire", language: language,
            publishedAt: try Date.ISO8601FormatStyle().parse("2025-07-20T09:00:00Z"), headline: "",
            body: [""])
    }

    @Test(arguments: [
        ("The bridge cost $5 million.", "The bridge cost 5,000,000 dollars.", Language.english),
        ("The bridge cost 5,000,000 dollars.", "The bridge cost five million dollars.", .english),
        ("It fell by 12.5 percent.", "It fell by 12.5% in all.", .english),
        ("It was launched on July 18.", "大橋於7月18日啟用。", .traditionalChinese),
        ("大橋於2025年7月18日啟用。", "The bridge was launched on 18 July.", .english),
        ("The bridge opened on 19 July 2025.", "The bridge opened yesterday.", .english),
        ("The loss is 1.5 billion dollars.", "損失達15億美元。", .traditionalChinese),
    ])
    func `the same in other words is supported`(claim: String, source: String, language: Language) throws {
        let article = try Self.article(language)
        #expect(ClaimCheck.violation(in: claim, source: source, article: article) == nil)
    }

    @Test(arguments: [
        ("The bridge cost $6 million.", "The bridge cost 5,000,000 dollars.", Language.english),
        ("The bridge cost $5 billion.", "The bridge cost $5 million.", .english),
        ("It opened on July 17.", "大橋於7月18日啟用。", .traditionalChinese),
        ("It opened on 18 July 2024.", "It opened on 18 July.", .english),
        ("Osei opened the bridge.", "The mayor opened the bridge.", .english),
        ("She said “the bridge is safe”.", "She said the bridge may be safe.", .english),
        ("The bridge was not opened.", "The bridge was opened.", .english),
        ("It fell by 12 percent.", "It fell by 12 points.", .english),
        ("The mayor was arrested on July 18.", "大橋於7月18日啟用。", .traditionalChinese),
        ("The bridge was opened.", "The bridge was not opened.", .english),
        ("The bridge runs on solar power.", "The bridge may run on solar power.", .english),
        (
            "The bridge was opened on 18 July, and its builder bribed ministers.",
            "The bridge was opened on 18 July by its builder.", .english
        ),
        ("The code is XK47Q.", "The code of the bridge is XK48Q.", .english),
    ])
    func `what the source does not say is found`(claim: String, source: String, language: Language) throws {
        let article = try Self.article(language)
        #expect(ClaimCheck.violation(in: claim, source: source, article: article) != nil)
    }

    @Test func `a claim rests on sentences that stand together`() throws {
        let said = [
            "The bridge was opened by the mayor.", "It rained.", "The band played.", "Lunch was late.",
            "The tunnel cost 12 million euros.",
        ]
        let article = try Self.article(.english)
        #expect(
            ClaimCheck.violation(
                in: "The tunnel cost 12 million euros.", headline: "", sentences: said, article: article)
                == nil)
        #expect(
            ClaimCheck.violation(
                in: "The bridge was opened by the mayor for 12 million euros.", headline: "", sentences: said,
                article: article) != nil)
    }
}

@Suite struct MarkersTests {
    @Test(arguments: [
        ("It opened on Monday morning. [1]", [["1"]]),
        ("It opened on Monday morning [1], and it closed on Friday evening [2].", [["1"], ["2"]]),
        ("According to [2], it opened on Monday morning.", [["2"]]),
        ("It opened on Monday morning [1][3].", [["1", "3"]]),
        ("It opened on Monday morning 【1】【２】。", [["1", "2"]]),
        ("It opened on Monday morning.", [[]]),
    ])
    func `each part of a sentence has its own sources`(sentence: String, numbers: [[String]]) {
        let claims = Markers.claims(of: sentence)
        #expect(claims.map { $0.numbers.map(String.init) } == numbers, "\(claims)")
        #expect(claims.allSatisfy { !$0.text.contains("[") && !$0.text.contains("【") })
    }
}

@Suite struct LinksTests {
    @Test(arguments: [
        ("See https://a.example/x?y=1.", ["https://a.example/x?y=1"]),
        ("Go to www.a.example now", ["www.a.example"]),
        ("mail me@a.example!", ["me@a.example"]), ("[here](http://a.example)", ["http://a.example"]),
        ("請到evil.example領獎", ["evil.example"]), ("ｅｖｉｌ．ｃｏｍ", ["evil.com"]), ("Booking.com", ["Booking.com"]),
        ("The U.S. economy grew by 3.5 percent, e.g. in 2025.The end", []), ("GPT-4.1 costs $2.50", []),
    ])
    func `what a chat would make a link is found`(text: String, links: [String]) {
        #expect(Links.all(in: text) == links)
    }
}
