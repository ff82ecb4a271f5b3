import Foundation
import Logging
import News
import Retrieval
import Storage
import Synchronization
import Testing
import Text

@testable import Answering

/// A clock that is set by hand.
private final class HandClock: Sendable {
    private let seconds = Mutex(1_763_000_000.0)

    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

    func pass(_ time: Double) { seconds.withLock { $0 += time } }
}

@Suite struct RecentExtractsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private let store: NewsStore
    private let index: NewsIndex
    private let clock = HandClock()
    private let composer: Composer
    private let answerer: Answerer

    init() throws {
        let prompts = try PromptLibrary(directory: Self.root + "/prompts")
        composer = Composer(prompts: prompts)
        store = try NewsStore.inMemory()
        index = NewsIndex(store: store, logger: Logger(label: "test"))
        answerer = Answerer(
            index: index, store: store, prompts: prompts,
            now: { [clock] in clock.now }, logger: Logger(label: "test"))
    }

    private func publish(_ headline: String, _ body: String) async throws {
        let article = Article(
            id: headline, source: "Harbour Wire", language: .english, publishedAt: clock.now,
            headline: headline,
            body: [body])
        _ = try await store.commit([article], at: clock.now)
        try await index.refresh()
    }

    private func ask(_ question: String, conversation: String? = nil) async throws -> (
        answer: Answer, recalled: Bool
    ) {
        let reply = try await answerer.answer(Inquiry(question: question, conversation: conversation))
        return (reply.answer, reply.why.stages.contains { $0.name == "recall" })
    }

    @Test func `the same words come to the same for a minute`() async throws {
        try await publish(
            "Bridge opens", "The Lomu bridge opened on 3 May 2024. It joins both banks of the river.")
        let question = "When did the Lomu bridge open?"
        let first = try await ask(question)
        #expect(!first.recalled && first.answer.text.contains("3 May 2024"))
        clock.pass(40)
        let second = try await ask(question)
        #expect(second.recalled && second.answer == first.answer)
        #expect(try await !ask("When did the Lomu bridge open to the public?").recalled)
        clock.pass(30)
        #expect(try await !ask(question).recalled)
    }

    @Test func `what is published changes what is answered at once`() async throws {
        try await publish("Bridge opens", "The Lomu bridge opened on 3 May 2024.")
        let question = "What did the Lomu bridge cost?"
        #expect(try await !ask(question).answer.text.contains("40 million"))
        try await publish("What the bridge cost", "The Lomu bridge cost 40 million euros.")
        let told = try await ask(question)
        #expect(!told.recalled && told.answer.text.contains("40 million"))
    }

    @Test func `a conversation is answered by what was said in it`() async throws {
        try await publish("Bridge opens", "The Lomu bridge opened on 3 May 2024. It cost 40 million euros.")
        try await publish("Tunnel opens", "The Kidu tunnel opened on 9 June 2025. It cost 70 million euros.")
        for (place, name, cost) in [("a", "Lomu bridge", "40 million"), ("b", "Kidu tunnel", "70 million")] {
            _ = try await ask("When did the \(name) open?", conversation: place)
            let followUp = try await ask("How much did it cost?", conversation: place)
            #expect(!followUp.recalled && followUp.answer.text.contains(cost), "\(followUp.answer.text)")
        }
        // The same after the same answer, as by a button of it, is the same in every conversation.
        _ = try await ask("When did the Lomu bridge open?", conversation: "c")
        let again = try await ask("How much did it cost?", conversation: "c")
        #expect(again.recalled && again.answer.text.contains("40 million"), "\(again.answer.text)")
    }

    @Test func `a question that stands alone is not worked out anew in a conversation`() async throws {
        try await publish("Bridge opens", "The Lomu bridge opened on 3 May 2024. It cost 40 million euros.")
        try await publish("Tunnel opens", "The Kidu tunnel opened on 9 June 2025. It cost 70 million euros.")
        let first = try await ask("When did the Lomu bridge open?")
        _ = try await ask("When did the Kidu tunnel open?", conversation: "a")
        let again = try await ask("When did the Lomu bridge open?", conversation: "a")
        #expect(again.recalled && again.answer == first.answer)
        let followUp = try await ask("How much did it cost?", conversation: "a")
        #expect(!followUp.recalled && followUp.answer.text.contains("40 million"), "\(followUp.answer.text)")
        // Two questions in one lean on the conversation part by part.
        let both = "When did the Lomu bridge open and how much did it cost?"
        _ = try await ask(both)
        #expect(try await !ask(both, conversation: "a").recalled)
    }

    @Test func `it keeps no more than it has room for, the newest first, and nothing for long`() throws {
        let recent = RecentWork<RecentExtracts.Key, RecentExtracts.Prepared>(capacity: 4)
        let read = index.archive.read("bridge", language: .english, now: clock.now)
        func keep(_ text: String, at time: Date) -> RecentExtracts.Key {
            let key = RecentExtracts.Key(
                text: text, asked: .english, language: .english, top: nil, followUp: nil)
            let answer = composer.smallTalk(.thanks, language: .english)
            let prepared = RecentExtracts.Prepared(
                question: Question(text, kind: .fact, read: read), evidence: [], answer: answer,
                why: Why(standalone: text, kind: "fact", language: .english))
            recent.keep(prepared, for: key, cursor: 1, at: time)
            return key
        }
        let start = clock.now
        let keys = ["a", "b", "c", "d", "e"].map { keep($0, at: start) }
        let isKept = keys.map { recent.value($0, cursor: 1, at: start) != nil }
        #expect(isKept == [false, false, true, true, true])
        #expect(recent.value(keys[4], cursor: 2, at: start) == nil)
        let later = keep("f", at: start + 61)
        #expect(recent.value(later, cursor: 1, at: start + 61) != nil)
        #expect(recent.value(keys[4], cursor: 1, at: start + 61) == nil)
    }
}
