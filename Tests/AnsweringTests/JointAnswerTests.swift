import Foundation
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// Questions that join what several articles tell apart.
@Suite struct JointAnswerTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let now = Date(timeIntervalSince1970: 1_763_000_000)

    private func answerer() async throws -> Answerer {
        let stories: [(id: String, headline: String, body: String)] = [
            (
                "ferry", "Ferry line buys electric vessels",
                "Vantor Lines ordered six electric ferries from a shipyard in Gdansk. Vantor said that the vessels cost "
                    + "90 million euros. The ferries will cross the strait every hour."
            ),
            (
                "strike", "Dockers walk out over pensions",
                "Dockers at Vantor Lines walked out on Monday because their pensions were frozen. The union said that "
                    + "Vantor had broken a promise. Harbour pilots joined the walkout."
            ),
            (
                "chef", "Chef opens a kitchen for apprentices",
                "Mireille Okafor opened a training kitchen for young refugees in Lyon. Okafor pays the apprentices from "
                    + "her own savings. The kitchen serves lunch on weekdays."
            ),
            (
                "prize", "Cookbook wins the national prize",
                "The jury gave the national cookbook prize to Mireille Okafor for her recipes from Senegal. Okafor "
                    + "thanked her grandmother in her speech. The prize is worth 20000 euros."
            ),
        ]
        let others = (0..<60).map { number in
            (
                id: "notes\(number)", headline: "Council notes \(number)",
                body: "The council met on item \(number) and heard the treasurer. The budget was adopted."
            )
        }
        let store = try NewsStore.inMemory()
        _ = try await store.commit(
            (stories + others).map { id, headline, body in
                Article(
                    id: id, source: "Test", language: .english, publishedAt: Self.now, headline: headline,
                    body: [body])
            }, at: Self.now)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        return Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            model: nil, now: { Self.now }, logger: Logger(label: "test"))
    }

    @Test(arguments: [
        (
            "Which company ordered six electric ferries from a shipyard in Gdansk, and saw its dockers walk out because "
                + "their pensions were frozen?", "Vantor", ["ferry", "strike"]
        ),
        (
            "Who is the person that opened a training kitchen for young refugees in Lyon, and received the national "
                + "cookbook prize for recipes from Senegal?", "Mireille Okafor", ["chef", "prize"]
        ),
    ])
    func `the name that the articles have in common answers`(
        question: String, name: String, articles: [String]
    ) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .answered)
        #expect(answer.text.hasPrefix(name), "\(answer.text)")
        #expect(Set(answer.citations.map(\.articleID)) == Set(articles))
    }

    @Test(arguments: [
        "Which company drilled for lithium under the Bolivian salt flats, and sold its Canadian smelter to pay the fine "
            + "that a Quebec tribunal had imposed?",
        "Who is the astronaut that repaired the orbital telescope with a borrowed wrench, and later taught geology at a "
            + "Nairobi university?",
    ])
    func `what the archive has not heard of is refused`(question: String) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .notFound, "\(answer.text)")
    }

    @Test func `reports on different matters are told to differ, and do not contradict each other`()
        async throws
    {
        let answerer = try await answerer()
        let parts =
            "between the report on electric ferries from a shipyard in Gdansk and the report on dockers whose pensions "
            + "were frozen in a walkout"
        for (question, verdict) in [
            ("Is there a difference \(parts)?", "Yes"), ("Is there a contradiction \(parts)?", "No"),
        ] {
            let answer = try await answerer.answer(Inquiry(question: question)).answer
            #expect(answer.text.hasPrefix(verdict), "\(question) \(answer.text)")
            #expect(answer.citations.count == 2)
        }
    }
}
