import Foundation
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// Two questions in one, whose words an answer was, and what a question takes for granted.
@Suite struct QuestionPartsTests {
    @Test(arguments: [
        (
            "When did Osei return and who joined the board?", Language.english,
            ["When did Osei return", "who joined the board"]
        ),
        ("Who bought the mill? What did it cost?", .english, ["Who bought the mill", "What did it cost"]),
        ("Who bought the mill and the dam?", .english, []),
        ("Compare the mill and the dam", .english, []),
        ("誰買了磨坊？花了多少錢？", .traditionalChinese, ["誰買了磨坊", "花了多少錢"]),
        ("谁买了磨坊，花了多少钱？", .simplifiedChinese, ["谁买了磨坊", "花了多少钱"]),
        ("去年五月，谁买了磨坊？", .simplifiedChinese, []),
    ])
    func `two questions in one are told apart`(text: String, language: Language, parts: [String]) {
        #expect((QuestionAnalysis.parts(of: text, language: language) ?? []) == parts)
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func answerer() async throws -> Answerer {
        let store = try NewsStore.inMemory()
        let day = Date(timeIntervalSince1970: 1_740_000_000)
        let article = Article(
            id: "mill", source: "Tide Wire", language: .english, publishedAt: day,
            headline: "Ballin buys the mill of Marn",
            body: [
                "The town of Ballin bought the mill of Marn on 19 February 2025. The price was 4 million dollars.",
                "Mayor Ada Osei said that the mill would stay open. The wheel was stopped because the river is low.",
            ])
        _ = try await store.commit([article], at: day)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        return Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            now: { day.addingTimeInterval(86_400) }, logger: Logger(label: "test"))
    }

    @Test func `both of two questions in one are answered`() async throws {
        let answer = try await answerer().answer(
            Inquiry(question: "Who bought the mill of Marn and why was the wheel stopped?")
        ).answer
        #expect(answer.text.contains("Ballin") && answer.text.contains("the river is low"))
    }

    @Test func `who said it is told by the sentence that was given, or by its source`() async throws {
        let answerer = try await answerer()
        for (question, name) in [
            ("Will the mill stay open?", "Ada Osei"), ("Why was the wheel stopped?", "Tide Wire"),
        ] {
            let conversation = UUID().uuidString
            _ = try await answerer.answer(Inquiry(question: question, conversation: conversation))
            let answer = try await answerer.answer(
                Inquiry(question: "Who said that?", conversation: conversation)
            ).answer
            #expect(answer.text.contains(name), "\(answer.text)")
        }
    }

    @Test(arguments: [
        "When will Ballin buy the next mill?", "Why did Ada Osei sue Ballin?",
    ])
    func `what did not happen has no reason and no day`(question: String) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .notFound, "\(answer.text)")
    }

    @Test func `the other way round is said where that is all`() async throws {
        let answer = try await answerer().answer(Inquiry(question: "Why did Ballin sell the mill of Marn?"))
            .answer
        #expect(
            answer.status == .notFound || answer.text.contains("closest") && answer.text.contains("bought"))
    }

    @Test func `no yes comes from the opposite`() async throws {
        let answer = try await answerer().answer(Inquiry(question: "Will the mill of Marn close?")).answer
        #expect(!answer.text.hasPrefix("Yes"), "\(answer.text)")
    }
}
