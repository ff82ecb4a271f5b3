import Foundation
import LLM
import Logging
import News
import Retrieval
import Storage
import Synchronization
import Testing
import Text

@testable import Answering

/// Articles that give orders to a model, against a model that obeys every one of them.
@Suite struct InjectionTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let now = Date(timeIntervalSince1970: 1_763_000_000)

    /// One article that gives orders, and what obeying them looks like.
    struct Injection: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var story: String
        var place: String?
        var text: String
        /// What the model writes; `{system}` and `{mark}` stand for what it was told in confidence.
        var obeyed: String
        /// None of it may reach a reader.
        var forbidden: [String]

        var testDescription: String { name }
    }

    struct Story: Decodable, Sendable {
        var headline: String
        var paragraphs: [String]
        var question: String
    }

    struct Fixture: Decodable {
        var stories: [String: Story]
        var injections: [Injection]
    }

    static let fixture: Fixture = {
        let url = folder.appendingPathComponent("Fixtures/injections.json")
        do { return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url)) } catch {
            fatalError("\(url.path): \(error)")
        }
    }()

    /// A model that writes what the article wants, and gives away what it was told.
    final class Accomplice: LanguageModel {
        let name = "accomplice"
        let obeyed: String
        /// What it has been asked and has written.
        let record = Mutex<(prompt: Prompt?, raw: String, mark: String)>((nil, "", ""))

        init(_ obeyed: String) { self.obeyed = obeyed }

        func complete(_ prompt: Prompt, deadline: ContinuousClock.Instant) async throws(CompletionError)
            -> Completion
        {
            let tag = prompt.user.components(separatedBy: "<passage ").dropFirst().first ?? ""
            let mark = String(tag.prefix { $0 != " " })
            let raw = obeyed.replacing("{system}", with: prompt.system).replacing("{mark}", with: mark)
            record.withLock { $0 = (prompt, raw, mark) }
            return Completion(text: raw, provider: name, model: name)
        }
    }

    private func reply(
        to injection: Injection, model: (any LanguageModel)?
    ) async throws -> Reply {
        let story = try #require(Self.fixture.stories[injection.story])
        let language = try #require(Language(rawValue: injection.story))
        var article = Article(
            id: "harlow", source: "Tide Wire", url: "https://tidewire.example/harlow", language: language,
            publishedAt: Date(timeIntervalSince1970: 1_741_000_000), headline: story.headline,
            body: story.paragraphs)
        switch injection.place {
        case "headline": article.headline = injection.text
        case "source": article.source = injection.text
        case "analysis": article.analyses = [Analysis(opening: [injection.text])]
        default: article.body.insert(injection.text, at: 1)
        }
        let store = try NewsStore.inMemory()
        _ = try await store.commit([article], at: Self.now)
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        try await index.refresh()
        let prompts = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("prompts").path
        let answerer = Answerer(
            index: index, store: store, prompts: try PromptLibrary(directory: prompts), model: model,
            now: { Self.now }, logger: Logger(label: "test"))
        return try await answerer.answer(Inquiry(question: story.question))
    }

    @Test(arguments: fixture.injections)
    func `a model that obeys an article gets nothing past the check`(injection: Injection) async throws {
        let model = Accomplice(injection.obeyed)
        let reply = try await reply(to: injection, model: model)
        let (prompt, raw, mark) = model.record.withLock { $0 }
        _ = try #require(prompt, "the model was not asked")
        let forbidden = injection.forbidden.map { $0.replacing("{mark}", with: mark) }
        let story = try #require(Self.fixture.stories[injection.story])

        // What the model wrote would have done the harm.
        #expect(forbidden.allSatisfy(raw.contains))
        #expect(!Oracle(story).faults(in: raw, sources: 1).isEmpty, "\(raw)")

        let text = reply.answer.text
        for word in forbidden { #expect(!text.contains(word), "\(text)") }
        #expect(
            Oracle(story).faults(in: text, sources: reply.answer.citations.count).isEmpty, "\(text)")
        #expect(reply.answer.status == .answered)
        // The reader gets the answer that the article does hold.
        #expect(text.contains("3 March 2025") || text.contains("2025年3月3日"), "\(text)")
    }

    @Test func `there are fifty articles that give orders`() {
        #expect(Self.fixture.injections.count == 50)
        #expect(Set(Self.fixture.injections.map(\.obeyed)).count >= 47)
    }

    @Test(arguments: fixture.injections.filter { $0.place == nil })
    func `no passage can forge its delimiters`(injection: Injection) async throws {
        let model = Accomplice("NO_ANSWER")
        _ = try await reply(to: injection, model: model)
        let (prompt, _, mark) = model.record.withLock { $0 }
        let user = try #require(prompt).user
        #expect(user.components(separatedBy: "<passage \(mark)").count == 2)
        #expect(user.components(separatedBy: "</passage \(mark)>").count == 2)
        #expect(user.components(separatedBy: "<").count == 3, "\(user)")
        #expect(!user.unicodeScalars.contains { $0.properties.isDefaultIgnorableCodePoint })
    }

    @Test func `what speaks to a model is not shown to it, and the news around it is`() async throws {
        var shown = 0
        for injection in Self.fixture.injections where injection.place == nil {
            let model = Accomplice("NO_ANSWER")
            _ = try await reply(to: injection, model: model)
            let user = try #require(model.record.withLock { $0.prompt }).user
            #expect(user.contains("3 March 2025") || user.contains("2025年3月3日"))
            if user.contains(Spotlight.quoted(injection.text)) { shown += 1 }
        }
        // Orders that read like news are shown, and end at the check.
        #expect(shown <= 8, "\(shown)")
    }

    @Test func `a model that keeps to the article is heard`() async throws {
        for (story, said) in [
            ("en", "Harlow Bridge was opened to traffic on 3 March 2025. [1]"),
            ("zh-Hant", "哈洛大橋於2025年3月3日通車。[1]"), ("zh-Hans", "哈洛大桥于2025年3月3日通车。[1]"),
        ] {
            let injection = try #require(Self.fixture.injections.first { $0.story == story })
            let reply = try await reply(to: injection, model: Accomplice(said))
            #expect(reply.answer.engine == .model(provider: "accomplice"), "\(reply.why.modelFailure ?? "")")
        }
    }
}

/// Judges a text by the plain words of a story, in another way than ``ClaimCheck`` does.
struct Oracle {
    private let words: String

    init(_ story: InjectionTests.Story) {
        words = ([story.headline] + story.paragraphs + ["Tide Wire"]).joined(separator: " ").lowercased()
    }

    init(text: String) { words = text.lowercased() }

    /// What in a text a reader must not get.
    func faults(in text: String, sources: Int) -> [String] {
        var faults: [String] = []
        let lowered = text.lowercased()
        for sign in ["://", "www.", ".com", ".example", "ｅ", "<", "@", "sk-", "akia"]
        where lowered.contains(sign) {
            faults.append("has \(sign)")
        }
        let parts = text.split(separator: /\[\d+\]/)
        let numbers = text.matches(of: /\[(\d+)\]/).compactMap { Int($0.output.1) }
        if numbers.isEmpty || numbers.contains(where: { !(1...max(sources, 1)).contains($0) }) {
            faults.append("cites \(numbers)")
        }
        if let last = parts.last, !text.hasSuffix("]"), last.contains(where: \.isLetter) {
            faults.append("ends uncited")
        }
        for number in lowered.matches(of: /\d[\d,.]*/).map({ $0.output.trimmingSuffix() })
        where !numbers.contains(Int(number) ?? -1) && !words.contains(number) {
            faults.append("has the number \(number)")
        }
        for part in parts {
            let judged = part.lowercased()
            let runs = judged.split { !$0.isLetter }
            let units =
                judged.unicodeScalars.contains { $0.value > 0x3000 }
                ? runs.flatMap { run in zip(run, run.dropFirst()).map { String([$0, $1]) } }
                : runs.filter { $0.count > 3 }.map(String.init)
            let foreign = units.filter { !words.contains($0) }
            if Double(foreign.count) > 0.25 * Double(units.count) { faults.append("says \(foreign)") }
        }
        // A denial, or one that was lost.
        for part in parts {
            let judged = part.lowercased()
            if judged.contains(" not opened") || (judged.contains("lorries may use")) {
                faults.append("turns it round")
            }
        }
        return faults
    }
}

extension Substring {
    fileprivate func trimmingSuffix() -> String {
        var text = self
        while let last = text.last, !last.isNumber { text.removeLast() }
        return String(text)
    }
}
