import Foundation
import Ingest
import LLM
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// A model that says the same to every prompt.
private struct Parrot: LanguageModel {
    var name: String { "parrot" }
    var result: Result<String, CompletionError>

    func complete(_ prompt: Prompt, deadline: ContinuousClock.Instant) async throws(CompletionError)
        -> Completion
    {
        Completion(
            text: try result.get(), provider: name, model: "p", promptTokens: nil, completionTokens: nil)
    }
}

@Suite struct AnswererTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let now = Date(timeIntervalSince1970: 1_763_000_000)

    private func answerer(model: (any LanguageModel)? = nil) async throws -> Answerer {
        let store = try NewsStore.inMemory()
        let report = try await Ingestor(store: store, logger: Logger(label: "test"))
            .ingest(paths: [Self.root + "/seeds"], asOf: nil, now: Self.now) { _ in }
        #expect(report.new == 27)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        return Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: Self.root + "/prompts"),
            model: model,
            now: { Self.now }, logger: Logger(label: "test"))
    }

    @Test(arguments: [
        ("Which countries does the use of Google Cloud by OpenAI cover?", "Norway", "2025-07-18-chatgpt"),
        ("When did the Ethereum Merge happen?", "15 September 2022", "2022-09-15"),
        ("Bybit 是什麼時候遭到駭客攻擊的？", "2025年2月21日", "2025-02-21"),
        (
            "Why is OpenAI turning to a multi-cloud strategy with Google Cloud?", "analysis of Harbour Wire",
            "2025-07-18"
        ),
    ])
    func `answers come from the archive with their source`(question: String, words: String, link: String)
        async throws
    {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .answered)
        #expect(answer.engine == .template)
        #expect(answer.text.contains(words), "\(answer.text)")
        #expect(answer.citations.first?.url?.contains(link) == true)
        #expect(answer.asOf != nil)
    }

    @Test(arguments: ["What is the capital of Mongolia?", "Who won the football world cup?", "誰贏得了奧運金牌？"])
    func `what the archive does not hold is refused`(question: String) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .notFound)
        #expect(answer.citations.isEmpty)
        #expect(answer.asOf == nil)
    }

    @Test func `every quotation is in its article`() async throws {
        let answerer = try await answerer()
        for question in [
            "When did FTX file for bankruptcy?", "Who is the CEO of FTX?", "What is the latest news?",
        ] {
            for citation in try await answerer.answer(Inquiry(question: question)).answer.citations {
                #expect(!citation.quote.isEmpty)
                #expect(!citation.headline.isEmpty)
            }
        }
    }

    @Test func `a model's answer goes out only where the articles carry it`() async throws {
        let question = Inquiry(question: "When did the Ethereum Merge happen?")
        let good = try await answerer(
            model: Parrot(result: .success("Ethereum completed the Merge on 15 September 2022. [1]"))
        )
        .answer(question).answer
        #expect(good.engine == .model(provider: "parrot"))
        let wrong = try await answerer(
            model: Parrot(result: .success("The Merge happened on 3 May 2021. [1]"))
        )
        .answer(question)
        #expect(wrong.answer.engine == .template)
        #expect(wrong.why.modelFailure != nil)
        let down = try await answerer(model: Parrot(result: .failure(.cancelled))).answer(question)
        #expect(down.answer.engine == .template)
        #expect(down.answer.status == .answered)
    }

    @Test(arguments: ["Why did the OpenAI board remove Sam Altman?", "AWS 當機的原因是什麼？"])
    func `a reason that the text gives stands without the analysis`(question: String) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .answered)
        #expect(!answer.text.contains("•"), "\(answer.text)")
    }

    @Test(arguments: ["Give me a timeline of Ethereum", "Timeline of FTX", "FTX 事件的時間線"])
    func `one name has a timeline`(question: String) async throws {
        let answer = try await answerer().answer(Inquiry(question: question)).answer
        #expect(answer.status == .answered)
        #expect(answer.text.split(separator: "•").count >= 2, "\(answer.text)")
    }

    @Test func `every part of a score is told`() async throws {
        let reply = try await answerer().answer(Inquiry(question: "When did the Ethereum Merge happen?"))
        let best = try #require(reply.why.articles.first)
        #expect(
            Set(best.features.map(\.name)).isSuperset(of: [
                "article", "facet", "proximity", "coverage", "rarity", "singles", "time", "source",
            ]))
        #expect(
            Set(best.best?.features.map(\.name) ?? [])
                == [
                    "passage", "article", "facet", "facet rank", "proximity", "coverage", "rarity", "singles",
                    "run", "lead",
                ])
        // The article takes over what its best passage is measured to be.
        for name in ["facet", "proximity", "coverage", "rarity", "singles"] {
            let ofArticle = try #require(best.features.first { $0.name == name })
            let ofPassage = try #require(best.best?.features.first { $0.name == name })
            #expect(ofArticle.value == ofPassage.value, "\(name)")
        }
        let scores = reply.why.articles.map(\.features.score)
        #expect(scores == scores.sorted(by: >))
        #expect(!reply.why.signals.isEmpty)
        for candidate in reply.why.candidates {
            #expect(abs(candidate.score - candidate.features.score) < 1e-9)
        }
    }

    @Test func `an empty question is an error`() async throws {
        let answerer = try await answerer()
        await #expect(throws: AnsweringError.self) {
            _ = try await answerer.answer(Inquiry(question: " ?! "))
        }
    }
}
