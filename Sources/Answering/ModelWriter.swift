import Foundation
import LLM
import News
import Retrieval
import Storage
import Text

/// Asks a model to answer from numbered passages, and lets through only what the passages say.
struct ModelWriter: Sendable {
    private(set) var model: any LanguageModel
    let prompts: PromptLibrary
    private let memory = AnswerMemory()

    init(model: any LanguageModel, prompts: PromptLibrary) {
        self.model = model
        self.prompts = prompts
    }

    /// How often fewer passages are tried where a window turns out to be smaller than it was said to be.
    private static let mostAttempts = 3

    /// The same writer for one conversation, by a model that the conversation allows.
    func serving(_ conversation: String?) -> ModelWriter {
        var writer = self
        writer.model = model.serving(conversation)
        return writer
    }

    /// The checked answer of the model, with an account of the check for an operator.
    ///
    /// Equal questions about the same versions of the same articles are asked once: while one is under way, others wait
    /// for it, and later ones are given what it brought. The `evidence` comes best first. The first to ask is told of
    /// its `progress`: what is written so far, as far as it passes the check.
    func answer(
        _ question: Question, evidence: [Evidence], language: Language, today: Date,
        deadline: ContinuousClock.Instant, progress: (@Sendable (Answer) async -> Void)? = nil
    ) async -> Result<WrittenAnswer, ModelFailure> {
        let key = AnswerCache.Key(
            question: PlainText(question.standalone), kind: question.kind, language: language,
            day: DateText.day(today, language: .english),
            prompt: prompts.version(of: .system, in: language) + prompts.version(of: .prompt, in: language),
            model: model.name)
        let versions = Dictionary(
            evidence.map { ($0.article.stored.row, $0.article.stored.version) }, uniquingKeysWith: max)
        return await memory.answer(for: key, evidence: versions) {
            await write(
                question, evidence: evidence, language: language, today: today, deadline: deadline, progress)
        }
    }

    /// A follow-up that stands alone, in the conversation's own words; nil where the model gives none.
    func standalone(
        _ question: String, after turns: [Turn], language: Language, deadline: ContinuousClock.Instant
    ) async -> String? {
        await FollowUpRewriter(model: model, prompts: prompts)
            .standalone(question, after: turns, language: language, deadline: deadline)
    }

    /// Lets go of what is remembered of articles that have changed or are gone.
    func forget(changesIn store: NewsStore, upTo cursor: Int64) async {
        await memory.forget(changesIn: store, upTo: cursor)
    }

    private func write(
        _ question: Question, evidence: [Evidence], language: Language, today: Date,
        deadline: ContinuousClock.Instant, _ progress: (@Sendable (Answer) async -> Void)?
    ) async -> Result<WrittenAnswer, ModelFailure> {
        if let refusal = model.refusal() { return .failure(.completion(refusal)) }
        var window = model.promptTokens
        var attempt = 1
        while true {
            guard let check = check(question, evidence, language, today: today, window: window) else {
                return .failure(.noRoom)
            }
            do throws(CompletionError) {
                return written(
                    try await complete(check.grounded.prompt, deadline: deadline, check, progress), check)
            } catch .tooLong where attempt < Self.mostAttempts && check.grounded.sources.count > 1 {
                // Another provider would not make the prompt shorter: the same one is asked with fewer passages.
                attempt += 1
                window = check.grounded.prompt.estimatedTokens * 2 / 3
            } catch {
                return .failure(.completion(error))
            }
        }
    }

    // Functions of their own keep what they work with out of the frame that waits for the model.

    @inline(never) private func check(
        _ question: Question, _ evidence: [Evidence], _ language: Language, today: Date, window: Int?
    ) -> AnswerCheck? {
        var generator = SystemRandomNumberGenerator()
        return GroundedPrompt.packed(
            question, evidence: evidence, language: language, today: today, window: window, prompts: prompts,
            using: &generator
        ).map { AnswerCheck(question: question, grounded: $0, language: language) }
    }

    @inline(never) private func written(
        _ completion: Completion, _ check: AnswerCheck
    ) -> Result<WrittenAnswer, ModelFailure> {
        check.checked(completion).map {
            WrittenAnswer(
                checked: $0, provider: completion.provider, language: check.language,
                passages: check.grounded.sources.count)
        }
    }

    /// The whole text of the model, while what it has written so far is checked beside it.
    private func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, _ check: AnswerCheck,
        _ progress: (@Sendable (Answer) async -> Void)?
    ) async throws(CompletionError) -> Completion {
        guard let progress else { return try await model.complete(prompt, deadline: deadline) }
        // Whoever checks is given the newest text only, and never holds up the model.
        let (texts, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(1))
        let result = await withTaskGroup(of: Result<Completion, CompletionError>?.self) { group in
            group.addTask { [model] in
                defer { continuation.finish() }
                do throws(CompletionError) {
                    return .success(
                        try await model.complete(prompt, deadline: deadline) { continuation.yield($0) })
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                var shown = ""
                for await text in texts {
                    guard !Task.isCancelled, let checked = check.checked(begun: text), checked.text != shown
                    else { continue }
                    shown = checked.text
                    await progress(
                        WrittenAnswer(
                            checked: checked, provider: model.name, language: check.language,
                            passages: check.grounded.sources.count
                        ).answer)
                }
                return nil
            }
            var result: Result<Completion, CompletionError> = .failure(.cancelled)
            while let next = await group.next() {
                guard let next else { continue }
                result = next
                // The answer is there; nobody wants its beginning any more.
                group.cancelAll()
            }
            return result
        }
        return try result.get()
    }
}

/// What models have answered, and what they are being asked: shared by all conversations.
private actor AnswerMemory {
    private struct Flight: Hashable {
        var key: AnswerCache.Key
        var evidence: AnswerCache.Evidence
    }

    /// Some thousands of characters each.
    private static let capacity = 1000
    private static let batch = 1000

    private var cache = AnswerCache(capacity: capacity)
    private var cursor: Int64 = 0
    private let flights = SingleFlight<Flight, Result<WrittenAnswer, ModelFailure>>()

    func answer(
        for key: AnswerCache.Key, evidence: AnswerCache.Evidence,
        _ work: @escaping @Sendable () async -> Result<WrittenAnswer, ModelFailure>
    ) async -> Result<WrittenAnswer, ModelFailure> {
        if let known = cache.answer(for: key, evidence: evidence) { return .success(known) }
        // Looking and keeping belong to the flight, so that nobody comes between its landing and the cache.
        return await flights.value(for: Flight(key: key, evidence: evidence)) {
            if let known = await self.known(key, evidence) { return .success(known) }
            let outcome = await work()
            if case .success(let answer) = outcome { await self.keep(answer, key, evidence) }
            return outcome
        }
    }

    private func known(_ key: AnswerCache.Key, _ evidence: AnswerCache.Evidence) -> WrittenAnswer? {
        cache.answer(for: key, evidence: evidence)
    }

    private func keep(_ answer: WrittenAnswer, _ key: AnswerCache.Key, _ evidence: AnswerCache.Evidence) {
        cache.keep(answer, for: key, evidence: evidence)
    }

    func forget(changesIn store: NewsStore, upTo newest: Int64) async {
        guard newest > cursor else { return }
        guard cache.count > 0 else {
            cursor = newest
            return
        }
        var from = cursor
        while from < newest {
            let changes: [ArticleChange]
            do { changes = try await store.changes(after: from, limit: Self.batch) } catch {
                // What has changed is not known, so nothing is trusted.
                cache = AnswerCache(capacity: Self.capacity)
                break
            }
            guard let last = changes.last else { break }
            cache.drop(changed: Set(changes.map(\.row)))
            from = last.sequence
        }
        cursor = max(cursor, newest)
    }
}

/// A model's answer after its check.
struct WrittenAnswer: Sendable, Hashable {
    /// What goes out.
    let answer: Answer
    /// How the check went, in a sentence for an operator; without the model's words.
    let account: String

    /// Likelier than an extract that is only fairly sure: every sentence of it was checked.
    private static let confidence = 0.8

    init(checked: CheckedAnswer, provider: String, language: Language, passages: Int) {
        answer = Answer(
            text: checked.text, status: .answered, engine: .model(provider: provider), language: language,
            citations: checked.citations, asOf: checked.citations.compactMap(\.publishedAt).max(),
            confidence: Self.confidence)
        var parts = ["the model was given \(passages) passages"]
        if !checked.dropped.isEmpty {
            let reasons = checked.dropped.map(\.description).joined(separator: "; ")
            parts.append("\(checked.dropped.count) of its sentences dropped: \(reasons)")
        }
        if checked.mended > 0 { parts.append("\(checked.mended) citations mended") }
        account = parts.joined(separator: ", ")
    }
}
