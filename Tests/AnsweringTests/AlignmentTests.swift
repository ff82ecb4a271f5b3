import Foundation
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// Sentences held against questions word by word.
@Suite struct AlignmentTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static let town = [
        "The mill of Marn was opened by Ada Osei in 1912.",
        "Its largest wheel was 9 metres high, and the Danish owners sold it to Boll.",
        "The council did not repair the southern bridge.",
    ]

    private func answerer(_ body: [String]) async throws -> Answerer {
        let store = try NewsStore.inMemory()
        let article = Article(
            id: "a", source: "Tide Wire", language: .english, publishedAt: nil,
            headline: "The old mill of Marn", body: [body.joined(separator: " ")])
        _ = try await store.commit([article], at: Date(timeIntervalSince1970: 0))
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        return Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { Date(timeIntervalSince1970: 1000) }, logger: Logger(label: "test"))
    }

    private func values(_ question: String, _ number: Int) async throws -> [AnswerWeights.Relation: Double] {
        let store = try NewsStore.inMemory()
        let article = Article(
            id: "a", source: "Tide Wire", language: .english, publishedAt: nil,
            headline: "The old mill of Marn", body: [Self.town.joined(separator: " ")])
        _ = try await store.commit([article], at: Date(timeIntervalSince1970: 0))
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let read = index.archive.read(question, language: .english, now: Date(timeIntervalSince1970: 0))
        let asked = Question(
            question, kind: QuestionAnalysis.kind(of: question, language: .english), read: read)
        let held = ReadArticle(StoredArticle(row: 1, version: 1, sequence: 1, article: article))
        let alignment = try #require(Alignment(asked, among: [held]))
        return alignment.values(for: held.sentences[number], in: held)
    }

    @Test(arguments: [
        ("Who opened the mill of Marn?", 0, AnswerWeights.Relation.said, 1.0),
        // What is met by words akin says nothing against the sentence.
        ("Who started the mill of Marn?", 0, .opposed, 0),
        ("Who closed the mill of Marn?", 0, .opposed, 1),
        ("How high was the smallest wheel?", 1, .opposed, 1),
        ("How high was the smallest wheel?", 1, .lesser, 1),
        ("How high was the largest wheel?", 1, .lesser, 0),
        ("What did the Swedish owners sell?", 1, .sibling, 1),
        ("What did the Swedish owners sell?", 1, .replaced, 1),
        ("What did the Danish owners sell?", 1, .sibling, 0),
        ("When was the mill of Marn opened?", 0, .typeMissing, 0),
        ("When was the southern bridge repaired?", 2, .typeMissing, 1),
        ("Who repaired the southern bridge?", 2, .denying, 1),
        ("Who did not repair the southern bridge?", 2, .denying, 0),
        ("Who did not repair the southern bridge?", 2, .denied, 0),
        ("Who did not open the mill?", 0, .denied, 1),
        ("In 1913, who opened the mill of Marn?", 0, .numbers, 1),
        ("Who opened the mill of Marn?", 0, .turned, 0),
        ("Who sold the Danish owners?", 1, .turned, 1),
        ("Who sold it to Boll?", 1, .turned, 0),
    ])
    func `what speaks for and against a sentence is measured`(
        question: String, number: Int, feature: AnswerWeights.Relation, value: Double
    ) async throws {
        let found = try await values(question, number)[feature] ?? -1
        #expect(abs(found - value) < 0.51 && (found > 0) == (value > 0), "\(feature) is \(found)")
    }

    @Test func `a question that the sentence says is surer than one that changes a word`() async throws {
        let answerer = try await answerer(Self.town)
        for (said, changed) in [
            ("Who opened the mill of Marn?", "Who closed the mill of Marn?"),
            ("When was the mill of Marn opened?", "When was the mill of Marn last opened?"),
            ("What did the Danish owners sell?", "What did the Swedish owners sell?"),
        ] {
            let sure = try await answerer.answer(Inquiry(question: said)).answer.confidence
            let doubtful = try await answerer.answer(Inquiry(question: changed)).answer.confidence
            #expect(sure > doubtful, "\(said) \(sure), \(changed) \(doubtful)")
        }
    }

    @Test func `words have their relations in both directions`() {
        let relations = WordRelations.standard
        func stem(_ word: String) -> String { Stemmer(.english).term(of: word) }
        for (one, other) in [("buy", "bought"), ("lead", "led"), ("stay", "remain"), ("cattle", "cow")] {
            #expect(relations.akin(to: stem(one)).contains(stem(other)), "\(one)")
            #expect(relations.akin(to: stem(other)).contains(stem(one)), "\(other)")
        }
        for (one, other) in [("leave", "remain"), ("largest", "smallest"), ("win", "lost")] {
            #expect(relations.opposites(of: stem(one)).contains(stem(other)), "\(one)")
            #expect(relations.opposites(of: stem(other)).contains(stem(one)), "\(other)")
        }
        #expect(relations.siblings(of: "march").contains("april"))
    }
}
