import Foundation
import Logging
import News
import Storage
import Testing
import Text

@testable import Retrieval

@Suite struct ReadArticleTests {
    private static let texts = [
        "The U.S.", "said: “it isn’t so” - and Coca-Cola-", "-owned brands' 5,000,000.", "", "v2.",
        "5 more e.g.",
        "台積電在美國設廠，GPT-4o 的需求", "大增。", "Ὀδυσσεύς naïve Café", "’s", "a b a b A",
        "投資 invest investor investing",
        "U.", "S. law", "1,", "000", "don", "'t",
    ]

    @Test(arguments: [Language.english, .traditionalChinese, .german])
    func `the parts of a text have the words that they have alone`(language: Language) {
        let analyzer = TextAnalyzer(language)
        let read = Wording.parts(Self.texts, analyzer: analyzer)
        let parts = (0..<read.count).map { read[$0] }
        #expect(parts.count == Self.texts.count)
        for (text, part) in zip(Self.texts, parts) {
            let terms = Set(analyzer.terms(in: text).map { TermKey($0) })
            #expect(Set(part.terms) == terms, "\(text)")
            for term in read.whole.terms { #expect(part.has(term) == terms.contains(term), "\(text)") }
        }
        #expect(Array(read.whole.terms) == Set(parts.flatMap(\.terms)).sorted())
    }

    @Test func `a table of words tells what each sentence tells`() {
        let article = ReadArticle(
            StoredArticle(
                row: 1, version: 1, sequence: 1,
                article: Article(
                    id: "a", source: "s", language: .german, publishedAt: nil, headline: "Volkswagen",
                    body: [
                        "Volkswagen baut ein Werk. Der Umsatz stieg auf 5 Milliarden.",
                        "台積電在美國設廠。 Zahl 7 und Zahl 90.",
                    ])))
        // More words than one number has bits, and some of the same term.
        let numbers = (0..<150).map(String.init).joined(separator: " ")
        let words = TokenReading.all(
            in: "Volkswagen Volkswagen's factory 美國 \(numbers)", language: .english, others: [.german]
        ).map { WordKey($0) }
        let found = WordTable(words).occurrences(in: article)
        #expect(words.count > 150 && article.sentences.count > 3)
        for (number, word) in words.enumerated() {
            let holding = article.sentences.indices.filter { place in
                let sentence = article.sentences[place]
                return sentence.has(word.key)
                    || word.variants.contains { $0.languages.contains(.german) && sentence.has($0.key) }
            }
            #expect(article.sentences.indices.filter { found.has(number, at: $0) } == holding)
            #expect(found.count(of: number) == holding.count)
        }
        #expect(found.count(of: 0) == 1)
        let none = WordTable([]).occurrences(in: article)
        #expect(!article.sentences.isEmpty && none.count(of: 0) == 0)
    }

    @Test func `many words are brought in order too`() {
        let text = (0..<5000).map { "word\($0 % 3000)" }.joined(separator: " ")
        let wording = Wording(text, analyzer: TextAnalyzer(.english))
        #expect(Array(wording.terms) == Set((0..<3000).map { TermKey("word\($0)") }).sorted())
    }

    @Test func `concepts are met by words, kin and characters`() {
        let read = Wording.parts(Self.texts, analyzer: TextAnalyzer(.english))
        func degree(_ form: Concept.Form, in wording: Wording) -> Double {
            wording.degree(of: Concept(word: "", weight: 1, kind: .word, ways: [.init(form)]))
        }
        #expect(degree(.stems(["invest"]), in: read[11]) == 1)
        #expect(degree(.stems(["investig"]), in: read[11]) == 0.6)
        #expect(degree(.stems(["investig"]), in: read.whole) == 0.6)
        #expect(degree(.stems(["investig"]), in: read[0]) == 0)
        #expect(degree(.stems(["investment"]), in: read.whole) == 0)
        #expect(degree(.characters("台积电"), in: read[6]) == 1)
        #expect(degree(.characters("台积电"), in: read.whole) == 1)
        #expect(degree(.characters("台积电"), in: read[7]) == 0)
        #expect(degree(.characters("isn’t"), in: read[1]) == 1)
        #expect(degree(.run("美国设立"), in: read.whole) == 0.75)
        // No part goes over into the next.
        #expect(degree(.characters("需求大增"), in: read.whole) == 0)
    }

    @Test(arguments: Self.texts + ["a\r\nb", "e\u{301}a", "👩‍👩‍👧 x", "it’s – “fine” …", "「が」は、カ゚と（は）が"])
    func `a sentence is as long as its characters are many`(text: String) throws {
        let article = Article(
            id: "a", source: "s", language: .english, publishedAt: nil, headline: "h", body: [text])
        let read = ReadArticle(StoredArticle(row: 1, version: 1, sequence: 1, article: article))
        for sentence in read.sentences { #expect(sentence.length == sentence.sentence.text.count) }
    }

    @Test func `the shelf keeps what was used last`() async throws {
        let store = try NewsStore.inMemory()
        let now = Date(timeIntervalSince1970: 1_752_800_000)
        _ = try await store.commit(
            (1...9).map {
                Article(
                    id: "\($0)", source: "s", language: .english, publishedAt: now, headline: "h\($0)",
                    body: ["Text \($0)."])
            }, at: now)
        let rows = try await store.latest(limit: 9).map(\.row).sorted()
        let shelf = ArticleShelf(capacity: 3)
        func read(_ row: Int64) async throws -> ReadArticle? {
            try await shelf.articles(rows: [row], store: store, sequence: .max)[row]
        }
        let first = try await read(rows[0])
        // What is asked for again and again stays, and leaves nothing behind.
        for row in rows.dropFirst() {
            _ = try await read(row)
            for _ in 0..<5 { #expect(try await read(rows[0]) === first) }
        }
        let last = try await read(rows[8])
        #expect(try await read(rows[8]) === last)
        let second = try await read(rows[1])
        for row in rows[2...4] { _ = try await read(row) }
        #expect(try await read(rows[1]) !== second)
        shelf.drop(rows: [rows[4]])
        #expect(try await read(rows[4]) != nil)
    }

    @Test func `the newest articles are on the shelf before anybody asks`() async throws {
        let store = try NewsStore.inMemory()
        let now = Date(timeIntervalSince1970: 1_752_800_000)
        // The third of them, newest first, is more text than is read beforehand.
        let texts = ["Oldest.", String(repeating: "x ", count: 1 << 21), "Old.", "New."]
        _ = try await store.commit(
            texts.enumerated().map { place, text in
                Article(
                    id: "\(place)", source: "s", language: .english,
                    publishedAt: now.addingTimeInterval(Double(place)), headline: "h\(place)", body: [text])
            }, at: now)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let archive = index.archive
        try await archive.warmUp()
        let rows = try await store.latest(limit: 9).map(\.row)
        // What is not on the shelf is not in another store either.
        let found = try await archive.shelf.articles(rows: rows, store: .inMemory(), sequence: archive.cursor)
        #expect(Set(found.keys) == Set(rows.prefix(2)))
        #expect(found[rows[0]]?.article.headline == "h3")
    }

    @Test func `what has changed since the snapshot is not kept`() async throws {
        let shelf = ArticleShelf(capacity: 8)
        let article = Article(id: "a", source: "s", language: .english, headline: "h", body: ["Text."])
        shelf.keep(
            (1...4).map { ReadArticle(StoredArticle(row: $0, version: 1, sequence: $0, article: article)) },
            sequence: 2)
        let found = try await shelf.articles(rows: [1, 2, 3, 4], store: .inMemory(), sequence: 2)
        #expect(found.keys.sorted() == [1, 2])
    }

    @Test func `an article is a repost by what it reports, whatever it says to that`() {
        func words(_ from: Int, _ until: Int) -> String {
            (from..<until).map { "word\($0)" }.joined(separator: " ") + "."
        }
        func read(_ body: [String], opening: [String] = []) -> ReadArticle {
            ReadArticle(
                StoredArticle(
                    row: 1, version: 1, sequence: 1,
                    article: Article(
                        id: "a", source: "Test", language: .english, headline: "Bridge closed", body: body,
                        analyses: opening.isEmpty ? [] : [Analysis(opening: opening)])))
        }
        let report = words(0, 80)
        let first = read([report])
        #expect(read([report, "More soon."]).isRepost(of: first))
        // The analysis of a source is five times as long as the report, and no part of it.
        let analysed = read([report], opening: [words(1000, 1400)])
        #expect(analysed.isRepost(of: first))
        #expect(first.isRepost(of: analysed))
        // A longer report that has all words of a shorter one tells more.
        #expect(!read([report, words(2000, 2400)]).isRepost(of: first))
        #expect(!first.isRepost(of: read([words(80, 160)])))
    }
}
