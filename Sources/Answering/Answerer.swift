public import Foundation
public import LLM
public import Logging
public import News
public import Retrieval
public import Storage
public import Text

/// Questions in, cited answers out.
///
/// A question runs through six stages: it is read against the conversation (``FollowUp``), its kind is told
/// (``QuestionAnalysis``), evidence is retrieved, an extract is taken from it (``ExtractiveAnswerer``), set in a template,
/// and, where a model is configured, offered to it as numbered passages. What the model writes goes out only if every
/// sentence passes ``ClaimCheck``; otherwise the reader gets the extract, which was ready before the model was asked.
///
/// It does not decide who may ask, and it keeps no state of its own but what was asked this minute (``RecentExtracts``):
/// conversations live in the store.
public struct Answerer: Sendable {
    /// What an owner may set.
    public struct Configuration: Sendable {
        /// The most citations an answer carries where the question does not say, 1…10.
        public var maxCitations = 3
        /// The time a whole answer may take when a model is asked.
        public var deadline: Duration = .seconds(25)
        /// The silence after which a conversation's topic is forgotten.
        public var topicExpiry: Duration = .seconds(1800)

        /// The defaults.
        public init() {}
    }

    private let index: NewsIndex
    private let store: NewsStore
    private let composer: Composer
    private let writer: ModelWriter?
    private let configuration: Configuration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let clock = ContinuousClock()
    private let recent = RecentWork<RecentExtracts.Key, RecentExtracts.Prepared>(capacity: 512)

    /// An answerer over an index, with or without a model.
    public init(
        index: NewsIndex, store: NewsStore, prompts: PromptLibrary, model: (any LanguageModel)? = nil,
        configuration: Configuration = Configuration(), now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.index = index
        self.store = store
        composer = Composer(prompts: prompts)
        writer = model.map { ModelWriter(model: $0, prompts: prompts) }
        self.configuration = configuration
        self.now = now
        self.logger = logger
    }

    /// Whether there is a word to answer in a text.
    public static func isQuestion(_ text: String) -> Bool { text.contains(where: \.isAlphanumeric) }

    /// The answer to one question; remembers the turn where the inquiry names a conversation.
    ///
    /// - Parameters:
    ///   - inquiry: the question and where it was asked.
    ///   - draft: told of the extract before a model is asked, so that a reader need not wait for the model; not called
    ///     where none is asked.
    ///   - progress: told of what a model has written so far, whenever a sentence more of it is whole and has passed the
    ///     same check as the answer; not called where nothing passes before the end.
    /// - Returns: an answer, which may be the honest word that the archive does not hold one.
    /// - Throws: ``AnsweringError`` when the archive cannot be read; never because a model failed.
    public func answer(
        _ inquiry: Inquiry, draft: (@Sendable (Answer) async -> Void)? = nil,
        progress: (@Sendable (Answer) async -> Void)? = nil
    ) async throws(AnsweringError) -> Reply {
        var stages = Stages(clock: clock)
        let text = String(inquiry.question.trimming(\.isWhitespace))
        if let feedback = Feedback(message: text) {
            return try await reply(to: feedback, inquiry: inquiry, start: stages.start)
        }
        guard Self.isQuestion(text) else { throw .emptyQuestion }
        let time = now()
        let asked = asked(text, inquiry, after: try await turns(of: inquiry.conversation, at: time), at: time)
        let prepared = try await known(asked, &stages)
        if prepared.question.kind.isSmallTalk { return smallTalk(prepared, stages) }
        // Where a model is asked, it may change what the account tells of.
        let outcome = Outcome(prepared, isKept: asked.writer == nil)
        if let writer = asked.writer, !prepared.evidence.isEmpty {
            await draft?(prepared.answer)
            await writer.forget(changesIn: store, upTo: asked.archive.cursor)
            outcome.take(
                await writer.answer(
                    prepared.question, evidence: prepared.evidence, language: asked.key.language,
                    today: time, deadline: stages.start + configuration.deadline, progress: progress),
                logger)
            stages.mark("model")
        }
        finish(outcome, try await lapses(of: outcome.answer, prepared.evidence, at: time), stages)
        if let conversation = inquiry.conversation {
            do {
                outcome.turn = try await store.append(
                    turn(asked, outcome), account: outcome.account, conversation: conversation)
            } catch { throw .store(error) }
            stages.mark("remember")
        }
        return reply(outcome, to: asked, stages)
    }

    // While a model is waited for, the room of every function that has waited in the question's task stays taken. So what
    // need not wait is a function of its own, and what is large is held by reference.

    @inline(never) private func asked(
        _ typed: String, _ inquiry: Inquiry, after turns: [Turn], at time: Date
    ) -> Asked {
        let language = detected(typed, after: turns)
        let text = LeadIn.removed(from: typed, language: language)
        let archive = index.archive
        let followUp =
            turns.isEmpty
            ? nil : FollowUp.resolve(text, language: language, turns: turns, archive: archive, now: time)
        return Asked(
            typed,
            as: RecentExtracts.Key(
                text: text, asked: language, language: inquiry.language ?? language, top: inquiry.top,
                followUp: followUp),
            after: turns, archive: archive, at: time,
            writer: inquiry.usesModel ? writer?.serving(inquiry.conversation) : nil)
    }

    /// What was made of a question a moment ago, else what is made of it now.
    private func known(
        _ asked: Asked, _ stages: inout Stages
    ) async throws(AnsweringError) -> RecentExtracts.Prepared {
        // A model's answers are kept by themselves, and take too long for an extract to matter.
        let isKept =
            asked.writer == nil
            && (asked.turns.isEmpty
                || QuestionAnalysis.parts(of: asked.key.text, language: asked.key.asked) == nil)
        guard isKept else { return try await prepare(asked, &stages) }
        if let known = recent.value(asked.key, cursor: asked.archive.cursor, at: asked.time) {
            stages.mark("recall")
            return known
        }
        let prepared = try await prepare(asked, &stages)
        recent.keep(prepared, for: asked.key, cursor: asked.archive.cursor, at: asked.time)
        return prepared
    }

    @inline(never) private func smallTalk(_ prepared: RecentExtracts.Prepared, _ stages: Stages) -> Reply {
        let next: [Suggestion] = [.greeting, .help].contains(prepared.question.kind) ? [.newest] : []
        return Reply(
            answer: prepared.answer, why: prepared.why, suggestions: next, took: clock.now - stages.start)
    }

    /// Adds what is not of the extract or the model: who else reports it, and which of its sources have fallen silent.
    @inline(never) private func finish(_ outcome: Outcome, _ lapses: [SourceLapse], _ stages: Stages) {
        outcome.answer = composer.lapsed(
            composer.alsoReported(outcome.answer, evidence: outcome.evidence), lapses)
        outcome.why.stages = stages.all
    }

    @inline(never) private func turn(_ asked: Asked, _ outcome: Outcome) -> Turn {
        Turn(
            question: asked.typed, standalone: outcome.question.standalone, answer: outcome.answer.text,
            articles: outcome.answer.citations.map(\.articleID), askedAt: asked.time)
    }

    @inline(never) private func reply(_ outcome: Outcome, to asked: Asked, _ stages: Stages) -> Reply {
        outcome.why.stages = stages.all
        return Reply(
            answer: outcome.answer, why: outcome.why, turn: outcome.turn,
            suggestions: Suggestion.all(
                after: outcome.answer, to: outcome.question, evidence: outcome.evidence, turns: asked.turns),
            took: clock.now - stages.start)
    }

    /// Reads a question, finds evidence for it, and sets the extract in its template.
    ///
    /// A question of a conversation for which nothing was found may be made to stand alone by the model.
    private func prepare(
        _ asked: Asked, _ stages: inout Stages
    ) async throws(AnsweringError) -> RecentExtracts.Prepared {
        let question = question(asked, &stages)
        if question.kind.isSmallTalk { return smallTalk(question, in: asked.key.language) }
        let found = try await findings(
            for: question, archive: asked.archive, at: asked.time, atLeast: asked.articles)
        stages.mark("retrieve")
        var reading = Reading(question, found)
        let (text, language) = (asked.key.text, asked.key.asked)
        takeFromConversation(reading, asked)
        if let parts = QuestionAnalysis.parts(of: text, language: language),
            let both = try await joined(
                parts, with: reading.extract, after: asked.turns, language: language, archive: asked.archive,
                at: asked.time)
        {
            reading.replace(by: both, because: "Two questions in one are answered one by one")
        }
        if reading.extract.findings.isEmpty, !asked.turns.isEmpty, let writer = asked.writer,
            let standalone = await writer.standalone(
                text, after: asked.turns, language: language,
                deadline: stages.start + configuration.deadline)
        {
            let reworded = read(
                standalone, followUp: nil, language: language, archive: asked.archive, at: asked.time)
            let second = Reading(
                reworded,
                try await findings(
                    for: reworded, archive: asked.archive, at: asked.time, atLeast: asked.articles))
            if !second.extract.findings.isEmpty {
                reading = second
                reading.decisions.insert("A model made the question stand alone", at: 0)
            }
            stages.mark("rewrite")
        }
        return prepared(reading, asked, &stages)
    }

    @inline(never) private func question(_ asked: Asked, _ stages: inout Stages) -> Question {
        let question = read(
            asked.key.text, followUp: asked.key.followUp, language: asked.key.asked, archive: asked.archive,
            at: asked.time)
        stages.mark("read")
        return question
    }

    @inline(never) private func smallTalk(
        _ question: Question, in language: Language
    ) -> RecentExtracts.Prepared {
        RecentExtracts.Prepared(
            question: question, evidence: [], answer: composer.smallTalk(question.kind, language: language),
            why: Why(question, language: language))
    }

    @inline(never) private func takeFromConversation(_ reading: Reading, _ asked: Asked) {
        guard
            let nearer = ofTheConversation(
                reading.question, typed: asked.key.text, findings: reading.findings, archive: asked.archive)
        else { return }
        reading.decisions = []
        reading.replace(by: nearer, because: "What the conversation is about answers it")
    }

    /// The extract in its template, with the account of how it came about.
    @inline(never) private func prepared(
        _ reading: Reading, _ asked: Asked, _ stages: inout Stages
    ) -> RecentExtracts.Prepared {
        let (question, evidence) = (reading.question, reading.findings.evidence)
        let citations = question.kind == .timeline ? 10 : configuration.maxCitations
        var answer = composer.answer(
            reading.extract, question: question, evidence: evidence, language: asked.key.language,
            limit: asked.key.top.map { min(max($0, 1), 10) } ?? citations)
        if let today = question.today(at: asked.time),
            !answer.citations.contains(where: { $0.publishedAt.map(today.holds) == true })
        {
            answer = composer.dated(answer, newest: answer.asOf)
        }
        stages.mark("extract")
        return RecentExtracts.Prepared(
            question: question, evidence: evidence, answer: answer,
            why: Why(reading, language: asked.key.language))
    }

    /// Keeps what a reader thinks of the last answer of the conversation, and says so.
    private func reply(
        to feedback: Feedback, inquiry: Inquiry, start: ContinuousClock.Instant
    ) async throws(AnsweringError) -> Reply {
        var language = inquiry.language
        var kind = QuestionKind.feedback
        if let conversation = inquiry.conversation {
            do throws(StorageError) {
                let last = try await store.turns(conversation: conversation, limit: 1).last
                language = language ?? last.map { detected($0.question) }
                if last != nil, try await store.keep(feedback, conversation: conversation) {
                    kind = feedback.verdict == .good ? .thanks : .complaint
                }
            } catch { throw .store(error) }
        }
        let why = Why(
            standalone: inquiry.question, kind: kind.rawValue, language: language ?? .english)
        return Reply(
            answer: composer.smallTalk(kind, language: why.language), why: why, took: clock.now - start)
    }

    /// The sentences that could answer a question that stands alone, best first, as they were measured: what the weights
    /// are learnt from.
    ///
    /// - Parameters:
    ///   - question: as typed.
    ///   - limit: how many sentences at most.
    /// - Returns: none where the kind of question chooses articles rather than sentences.
    /// - Throws: ``AnsweringError`` when the archive cannot be read.
    public func candidates(
        for question: String, limit: Int
    ) async throws(AnsweringError) -> [Why.Candidate] {
        let archive = index.archive
        let time = now()
        let language = detected(question)
        let read = read(
            LeadIn.removed(from: question, language: language), followUp: nil, language: language,
            archive: archive, at: time)
        let findings = try await findings(for: read, archive: archive, at: time)
        return ExtractiveAnswerer(read, findings: findings).candidates.prefix(limit).map(Why.Candidate.init)
    }

    /// The newest articles, on a topic or at all, as a dated list.
    ///
    /// - Parameters:
    ///   - topic: what they must be about; nil for any.
    ///   - limit: how many at most.
    ///   - language: the language of the reply.
    /// - Returns: the list, or a refusal where nothing is on the topic.
    /// - Throws: ``AnsweringError`` when the archive cannot be read.
    public func latest(topic: String?, limit: Int, language: Language) async throws(AnsweringError) -> Answer
    {
        let archive = index.archive
        let time = now()
        let words = topic ?? ""
        var read = archive.read(words, language: detected(words), now: time)
        read.text = words
        let question = Question(words, kind: .latest, read: read)
        let findings = try await findings(for: question, archive: archive, at: time)
        let extract = ExtractiveAnswerer(question, findings: findings).extract().extract
        return composer.answer(
            extract, question: question, evidence: findings.evidence, language: language, limit: limit)
    }

    /// Reads in what the first questions would otherwise wait for: word tables, templates, the newest articles.
    ///
    /// What fails here fails again, and is told, when somebody asks.
    public func warmUp() async {
        guard (try? await index.archive.warmUp()) != nil, let newest = try? await store.latest(limit: 20)
        else {
            return
        }
        // One question in each way of writing is enough for the tables.
        var seen: Set<Bool> = []
        for article in newest.map(\.article) where seen.insert(article.language.isCJK).inserted {
            let asked = Question(
                article.headline, kind: .fact,
                read: index.archive.read(article.headline, language: article.language, now: now()))
            guard let findings = try? await findings(for: asked, archive: index.archive, at: now()) else {
                return
            }
            let extract = ExtractiveAnswerer(asked, findings: findings).extract().extract
            _ = composer.message(
                for: composer.answer(
                    extract, question: asked, evidence: findings.evidence, language: article.language,
                    limit: 1))
        }
    }

    /// A whole message for a chat or a terminal: the answer, its sources, and how fresh they are.
    public func message(for answer: Answer) -> String { composer.message(for: answer) }

    /// The sources that an answer cites and that have gone silent or fail.
    private func lapses(
        of answer: Answer, _ evidence: [Evidence], at time: Date
    ) async throws(AnsweringError) -> [SourceLapse] {
        let cited = Set(answer.citations.map(\.articleID))
        let origins = evidence.map(\.article.article).filter { cited.contains($0.id) }.compactMap(\.origin)
        do {
            return try await store.feeds(ofOrigins: origins).compactMap { SourceLapse($0, at: time) }
        } catch { throw .store(error) }
    }

    // MARK: Stages

    /// The turns of a conversation that are not yet forgotten, oldest first.
    private func turns(of conversation: String?, at time: Date) async throws(AnsweringError) -> [Turn] {
        guard let conversation else { return [] }
        let turns: [Turn]
        do { turns = try await store.turns(conversation: conversation, limit: 6) } catch {
            throw .store(error)
        }
        let expiry = TimeInterval(configuration.topicExpiry.components.seconds)
        return turns.filter { time.timeIntervalSince($0.askedAt) <= expiry }
    }

    private func read(
        _ text: String, followUp: FollowUp?, language: Language, archive: Archive, at time: Date
    ) -> Question {
        let standalone = followUp?.standalone ?? text
        // Words added from the last question must not change what this one asks.
        let typed =
            followUp.map { $0.kind == nil && $0.standalone.hasPrefix(text) ? text : $0.standalone } ?? text
        var kind = followUp?.kind ?? QuestionAnalysis.kind(of: typed, language: language)
        let read = archive.read(standalone, language: language, now: time)
        if kind == .fact || kind == .yesNo, read.wantsLatest,
            read.concepts.filter({ $0.kind == .word }).isEmpty
        {
            kind = .latest
        }
        var question = Question(standalone, kind: kind, read: read)
        if standalone.hasPrefix(text) { question.lighten(besides: text) }
        question.seen = followUp?.seen
        question.quoted = followUp?.quoted
        question.recent = followUp?.articles ?? []
        return question
    }

    /// What the archive has on a question; reading articles that it was not asked about lately takes most of the time.
    private func findings(
        for question: Question, archive: Archive, at time: Date, atLeast least: Int = 0
    ) async throws(AnsweringError) -> Findings {
        var wanted = question.read
        // Generic words find nothing by themselves, and would find anything.
        if question.essential.isEmpty { wanted.concepts = [] }
        let (usual, ofOne) = Self.articles(for: question)
        do {
            var findings = try await archive.findings(
                for: wanted, limit: max(usual, least), ofOne: max(ofOne, least), now: time)
            for index in findings.evidence.indices
            where question.recent.contains(findings.evidence[index].article.article.id) {
                findings.evidence[index].features.append(
                    Evidence.Feature(name: "conversation", value: 1, weight: 0.4))
            }
            findings.evidence.sort { $0.score > $1.score }
            return findings
        } catch {
            throw .retrieval(error)
        }
    }

    /// How many articles are read, and how many where the question asks for one thing alone.
    private static func articles(for question: Question) -> (usual: Int, ofOne: Int) {
        if question.kind.choosesManyArticles { return (40, 40) }
        // What the conversation is about may be far down.
        if !question.recent.isEmpty { return (16, 16) }
        return question.kind.gathers ? (8, 8) : (5, 3)
    }

    /// What the articles that the conversation is about answer to a question that names nothing else; nil where they do
    /// not answer it, or nothing better than all articles.
    private func ofTheConversation(
        _ question: Question, typed: String, findings: Findings, archive: Archive
    ) -> Extract? {
        guard !question.recent.isEmpty, question.kind.choosesSentences, !question.essential.isEmpty,
            archive.read(typed, language: question.read.language, now: now()).names.isEmpty
        else { return nil }
        var nearer = findings
        nearer.evidence.removeAll { !question.recent.contains($0.article.article.id) }
        guard !nearer.evidence.isEmpty, nearer.evidence.count < findings.evidence.count else { return nil }
        let extract = ExtractiveAnswerer(question, findings: nearer).extract().extract
        return extract.findings.isEmpty || extract.isUnsure ? nil : extract
    }

    /// The answers to the two questions in one, as one; nil where what was found for the whole answers both, or where either
    /// is not answered.
    private func joined(
        _ parts: [String], with whole: Extract, after turns: [Turn], language: Language, archive: Archive,
        at time: Date
    ) async throws(AnsweringError) -> Extract? {
        var turns = turns
        var extracts: [Extract] = []
        for part in parts {
            let followUp =
                turns.isEmpty
                ? nil
                : FollowUp.resolve(part, language: language, turns: turns, archive: archive, now: time)
            var question = read(part, followUp: followUp, language: language, archive: archive, at: time)
            guard !question.kind.isSmallTalk, question.kind != .yesNo, question.quoted == nil else {
                return nil
            }
            // "And what happened to him?" asks for the sentence here, not for the story.
            if question.kind == .summary { question.kind = .fact }
            let found = try await findings(for: question, archive: archive, at: time)
            var extract = ExtractiveAnswerer(question, findings: found).extract().extract
            if let nearer = ofTheConversation(question, typed: part, findings: found, archive: archive) {
                extract = nearer
            }
            guard let finding = extract.findings.first, !extract.isUnsure, extract.confidence >= 0.4,
                extract.form == .why || !finding.isOpinion
            else { return nil }
            extracts.append(extract)
            turns.append(
                Turn(
                    question: part, standalone: question.standalone,
                    answer: extract.findings.map(\.text).joined(separator: " "),
                    articles: extract.findings.map(\.article.article.id), askedAt: time))
        }
        var findings: [Finding] = []
        for finding in extracts.flatMap({ $0.findings.prefix($0.form == .why ? 3 : 1) })
        where !findings.contains(where: { $0.text == finding.text }) {
            findings.append(finding)
        }
        // One sentence that answers both is what was found for the whole.
        if whole.form == .fact, let first = whole.findings.first?.text,
            findings.allSatisfy({ first.contains($0.text) })
        {
            return nil
        }
        return Extract(
            form: .fact, findings: findings, confidence: extracts.map(\.confidence).min() ?? 0)
    }

    /// The language of a question; what both Chinese scripts have in common is of the script that was used before.
    private func detected(_ text: String, after turns: [Turn]) -> Language {
        var language = detected(text)
        // "Instagram 呢？" is hardly Chinese by its letters, but is after Chinese questions.
        if !language.isCJK, text.unicodeScalars.contains(where: { (0x4E00...0x9FFF).contains($0.value) }),
            let last = turns.last.map({ detected($0.question) }), last.isChinese
        {
            language = last
        }
        guard language.isChinese, LanguageDetector.isOfBothScripts(text) else { return language }
        let before = turns.last {
            LanguageDetector.detect($0.question).isChinese
                && !LanguageDetector.isOfBothScripts($0.question)
        }
        return before.map { detected($0.question) } ?? language
    }

    private func detected(_ text: String) -> Language {
        let language = LanguageDetector.detect(text)
        return language == .undetermined ? .english : language
    }
}

/// The stages of one answer with their times.
private struct Stages {
    let clock: ContinuousClock
    /// When the question came.
    let start: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private(set) var all: [Why.Stage] = []

    init(clock: ContinuousClock) {
        self.clock = clock
        start = clock.now
        last = start
    }

    mutating func mark(_ name: String) {
        let now = clock.now
        all.append(Why.Stage(name: name, took: now - last))
        last = now
    }
}
