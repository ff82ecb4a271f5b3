import Answering
import Foundation
import News
import Retrieval
import Storage
import Text

/// What the bot says to an event: reads the wish, asks the answerer or obeys a command.
///
/// It knows no platform: what it says are documents, which the platform's channel writes in its own way.
struct ChatResponder: Sendable {
    /// What is said, before it is written in a platform's way.
    struct Saying: Sendable {
        var document: ReplyDocument
        var buttons: [Button] = []
        /// The answer that it holds; nil where it holds none that is on record.
        var reply: Reply?

        init(_ document: ReplyDocument, buttons: [Button] = [], reply: Reply? = nil) {
            (self.document, self.buttons, self.reply) = (document, buttons, reply)
        }

        init(_ text: String) { document = ReplyDocument(plain: text) }
    }

    /// What an event is answered with.
    struct Response: Sendable {
        /// What is said.
        var sayings: [Saying] = []
        /// A word that is shown for a moment where the platform can, and said where it cannot.
        var flash: String?
        /// Results to choose from.
        var results: [OutboundMessage.Result] = []
    }

    /// Where an event came from, and what is known of the place.
    struct Place: Sendable {
        var channel: String
        var lane: String
        /// Nobody but one person and the bot are here.
        var isPrivate: Bool
        /// The language that was asked for here.
        var language: Language?
        /// The key of the conversation.
        var conversation: String
        /// The keys of all of the person's conversations begin with this.
        var prefix: String
        /// The person, told apart from people of other platforms.
        var person: String
        /// Where to send what nobody asked for; nil where the platform lets us answer only.
        ///
        /// Found out when it is asked for, because few questions need it.
        var address: @Sendable () -> String?

        /// Whether somebody's conversation takes place here.
        func isPlace(of other: String) -> Bool {
            func room(_ key: String) -> [Substring] {
                let parts = key.split(separator: "/", omittingEmptySubsequences: false)
                return parts.count == 4 ? [parts[0], parts[2]] : []
            }
            return !room(other).isEmpty && room(other) == room(conversation)
        }
    }

    let answerer: Answerer
    let store: NewsStore
    let index: NewsIndex
    let texts: ChatTexts
    let configuration: ChatConfiguration
    let now: @Sendable () -> Date
    let onAnswer: @Sendable (Reply) -> Void

    /// The response to an event.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - place: where.
    ///   - usesModel: whether a model may be asked.
    ///   - draft: told of the extract before a model is asked; nil waits for the model.
    ///   - progress: told of what a model has written so far, as far as it is checked.
    /// - Returns: what to say; nothing where there is nothing to say.
    /// - Throws: ``AnsweringError`` when the archive cannot be read or written.
    func response(
        to event: ChatEvent, at place: Place, usesModel: Bool,
        draft: (@Sendable (Saying) async -> Void)?, progress: (@Sendable (Saying) async -> Void)? = nil
    ) async throws(AnsweringError) -> Response {
        let text = Self.words(of: event)
        let language = self.language(of: event, text, at: place)
        if event.request == .results { return try await results(for: text, place) }
        if event.request == .unreadable {
            return Response(sayings: [Saying(texts.text(.unreadable, in: language))])
        }
        if event.kind == .button {
            if let press = try await pressed(text, place, language, usesModel) { return press }
        }
        let command: ChatCommand
        do throws(ChatCommand.Problem) {
            command = try Self.command(of: event, text: text)
        } catch {
            return Response(sayings: [Saying(problem(error, language))])
        }
        if case .ask(let question) = command {
            return try await answer(
                question, place, language, usesModel: usesModel, draft: draft, progress: progress)
        }
        do throws(StorageError) {
            return try await obey(command, place, language)
        } catch { throw .store(error) }
    }

    /// The words on a person who asks too fast.
    func slowDown(_ event: ChatEvent, at place: Place, seconds: Int) -> Saying {
        let language = language(of: event, Self.words(of: event), at: place)
        return Saying(texts.text(.slowDown, in: language, ["seconds": max(1, seconds)]))
    }

    /// The words on a post that was handed on.
    func thanks(_ event: ChatEvent, at place: Place) -> Saying {
        Saying(texts.text(.thanks, in: language(of: event, Self.words(of: event), at: place)))
    }

    /// The words on a question that could not be answered.
    func failed(_ event: ChatEvent, at place: Place) -> Saying {
        Saying(texts.text(.failed, in: language(of: event, Self.words(of: event), at: place)))
    }

    // MARK: Reading

    /// The text without what names the bot.
    private static func words(of event: ChatEvent) -> String {
        var text = event.text ?? ""
        for naming in event.namings where !naming.isEmpty {
            while let range = text.range(of: naming, options: .caseInsensitive) {
                text.removeSubrange(range)
            }
        }
        text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        // “News bot: what…” loses its name above, and here what parted it from the rest.
        if !event.namings.isEmpty { text = String(text.drop { ":,，：、 ".contains($0) }) }
        return text
    }

    /// The command of an event; a text that is none is a question.
    private static func command(
        of event: ChatEvent, text: String
    ) throws(ChatCommand.Problem) -> ChatCommand {
        if let name = event.command {
            if ChatCommand.names.contains(name.lowercased()) {
                return try ChatCommand.parse("/\(name) \(text)") ?? .ask(text)
            }
            // One command for everything, such as “/news latest trade”.
            let first = text.prefix { !$0.isWhitespace }.lowercased()
            if text.isEmpty { return .help }
            if ChatCommand.names.contains(first) { return try ChatCommand.parse("/" + text) ?? .ask(text) }
        }
        return try ChatCommand.parse(text) ?? .ask(text)
    }

    private func language(of event: ChatEvent, _ text: String, at place: Place) -> Language {
        if let fixed = place.language ?? configuration.language { return fixed }
        if ChatTexts.isWordy(text) {
            let detected = LanguageDetector.detect(text)
            if detected != .undetermined { return detected }
        }
        return event.locale.flatMap(Language.init(tag:)) ?? .english
    }

    private func problem(_ problem: ChatCommand.Problem, _ language: Language) -> String {
        switch problem {
        case .unknown(let name): texts.text(.unknownCommand, in: language, ["name": name])
        case .incomplete(let name): texts.text(.incompleteCommand, in: language, ["name": name])
        case .invalidTime(let time): texts.text(.invalidTime, in: language, ["time": time])
        }
    }

    // MARK: Answering

    private func answer(
        _ question: String, _ place: Place, _ language: Language, fixed: Language? = nil, usesModel: Bool,
        draft: (@Sendable (Saying) async -> Void)? = nil, progress: (@Sendable (Saying) async -> Void)? = nil
    ) async throws(AnsweringError) -> Response {
        var inquiry = Inquiry(
            question: question, conversation: place.conversation,
            language: place.language ?? configuration.language ?? fixed)
        inquiry.usesModel = usesModel
        var onDraft: (@Sendable (Answer) async -> Void)?
        if let draft { onDraft = { await draft(Saying(document(of: $0))) } }
        var onProgress: (@Sendable (Answer) async -> Void)?
        if let progress {
            onProgress = { answer in
                var begun = answer
                begun.text += " …"
                await progress(Saying(document(of: begun)))
            }
        }
        do throws(AnsweringError) {
            let reply = try await answerer.answer(inquiry, draft: onDraft, progress: onProgress)
            onAnswer(reply)
            return Response(sayings: [
                Saying(
                    document(of: reply.answer), buttons: buttons(for: reply, language: language), reply: reply
                )
            ])
        } catch .emptyQuestion {
            return Response(sayings: [Saying(texts.text(.empty, in: language))])
        } catch {
            throw error
        }
    }

    /// An answer with how fresh it is and who wrote it.
    func document(of answer: Answer) -> ReplyDocument {
        var values: [String: Any] = [:]
        if let asOf = answer.asOf { values["as_of"] = DateText.day(asOf, language: answer.language) }
        if case .model(let provider) = answer.engine { values["provider"] = provider }
        let remark = texts.text(.remark, in: answer.language, values)
        return ReplyDocument(answer, remark: remark.isEmpty ? nil : remark)
    }

    private func buttons(for reply: Reply, language: Language) -> [Button] {
        let questions = reply.suggestions.compactMap { suggested($0, in: language) }
        guard let turn = reply.turn, reply.answer.status == .answered else { return questions }
        var buttons: [Button] = []
        if !reply.answer.citations.isEmpty {
            buttons = [
                Button(texts.text(.buttonSources, in: language), data: "sources:\(turn)"),
                Button(texts.text(.buttonMore, in: language), data: "more:\(turn)"),
            ]
        }
        return questions + buttons
            + [Button("👍", data: "good:\(turn)"), Button("👎", data: "bad:\(turn)")]
    }

    /// The button that asks a question; nil where a platform could not send back what it stands for.
    ///
    /// What it sends back says all, so that a press is understood after any number of restarts and nothing is kept for it.
    private func suggested(_ suggestion: Suggestion, in language: Language) -> Button? {
        let language = texts.served(language)
        let subject: String
        var short: String?
        switch suggestion {
        case .article(let row, let headline): (subject, short) = ("article:\(row)", headline)
        case .timeline(let name): subject = "timeline:\(name)"
        case .latest(let name): subject = "latest:\(name)"
        case .newest: subject = "newest:"
        }
        let data = "ask:\(language.rawValue):\(subject)"
        guard data.utf8.count <= Button.longestData else { return nil }
        return Button(wording(of: suggestion, in: language), short: short, data: data)
    }

    private func wording(of suggestion: Suggestion, in language: Language) -> String {
        switch suggestion {
        case .article(_, let headline): texts.text(.suggestArticle, in: language, ["headline": headline])
        case .timeline(let name): texts.text(.suggestTimeline, in: language, ["name": name])
        case .latest(let name): texts.text(.suggestLatest, in: language, ["name": name])
        case .newest: texts.text(.suggestNewest, in: language)
        }
    }

    /// The question that a button asks, with its language; nil where it asks none.
    private func asked(by data: String) async throws(StorageError) -> (question: String, language: Language)?
    {
        let parts = data.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 4, parts[0] == "ask", let language = Language(rawValue: parts[1]) else {
            return nil
        }
        let suggestion: Suggestion
        switch parts[2] {
        case "timeline": suggestion = .timeline(name: parts[3])
        case "latest": suggestion = .latest(name: parts[3])
        case "newest": suggestion = .newest
        case "article":
            // An article may have gone since.
            guard let row = Int64(parts[3]), let article = try await store.articles(rows: [row])[row]?.article
            else { return (wording(of: .newest, in: language), language) }
            suggestion = .article(row: row, headline: article.headline)
        default: return nil
        }
        return (wording(of: suggestion, in: language), language)
    }

    /// What a button stands for; nil where the text is no button of ours, and so a wish in words.
    private func pressed(
        _ data: String, _ place: Place, _ language: Language, _ usesModel: Bool
    ) async throws(AnsweringError) -> Response? {
        var (place, language) = (place, language)
        let asked: (question: String, language: Language)?
        do throws(StorageError) { asked = try await self.asked(by: data) } catch { throw .store(error) }
        if let asked {
            var response = try await answer(
                asked.question, place, place.language ?? configuration.language ?? asked.language,
                fixed: asked.language, usesModel: usesModel)
            // A press leaves no words, and others want to know what is answered.
            if !response.sayings.isEmpty {
                response.sayings[0].document.blocks.insert(.quote([.text(asked.question)]), at: 0)
            }
            return response
        }
        let parts = data.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let turn = Int64(parts[1]) else { return nil }
        do throws(StorageError) {
            if let record = try await store.turn(number: turn), place.isPlace(of: record.conversation) {
                // In a group anybody may press.
                place.conversation = record.conversation
                // A button has no language of its own.
                let detected = LanguageDetector.detect(record.turn.question)
                if place.language ?? configuration.language == nil, detected != .undetermined {
                    language = detected
                }
            }
            switch parts[0] {
            case "good", "bad":
                let verdict = Feedback.Verdict(rawValue: parts[0]) ?? .good
                let isKept = try await store.keep(
                    Feedback(verdict), turn: turn, conversation: place.conversation)
                let text = texts.text(
                    isKept ? (verdict == .good ? .thanks : .complaint) : .noTurn, in: language)
                return Response(flash: text)
            case "sources": return Response(sayings: [try await sources(of: turn, place, language)])
            case "more": break
            default: return nil
            }
        } catch { throw .store(error) }
        return try await answer(
            language.isChinese ? "還有呢？" : "Tell me more", place, language, fixed: language,
            usesModel: usesModel)
    }

    private func results(for text: String, _ place: Place) async throws(AnsweringError) -> Response {
        guard Answerer.isQuestion(text) else { return Response() }
        var inquiry = Inquiry(question: text, language: place.language ?? configuration.language)
        inquiry.usesModel = false
        let reply = try await answerer.answer(inquiry)
        var results: [OutboundMessage.Result] = []
        if reply.answer.status == .answered {
            results.append(
                .init(
                    title: String(reply.answer.text.prefix(80)),
                    text: String(answerer.message(for: reply.answer).prefix(4000))))
        }
        let hits: [PassageHit]
        do { hits = try await index.archive.search(text, limit: 8, now: now()) } catch {
            throw .retrieval(error)
        }
        var seen: Set<String> = []
        for hit in hits where seen.insert(hit.article.article.id).inserted {
            let article = hit.article.article
            results.append(
                .init(
                    title: String(article.headline.prefix(80)),
                    text: [article.headline, hit.snippet, article.url].compactMap { $0 }
                        .joined(separator: "\n")))
        }
        return Response(results: results)
    }

    // MARK: Commands

    private func obey(
        _ command: ChatCommand, _ place: Place, _ language: Language
    ) async throws(StorageError) -> Response {
        func say(_ key: ChatTexts.Key, _ values: [String: Any] = [:]) -> Response {
            Response(sayings: [Saying(texts.text(key, in: language, values))])
        }
        switch command {
        case .start, .help:
            let text =
                command == .start
                ? texts.text(.start, in: language)
                : texts.text(.help, in: language, ["commands": texts.commandLines(in: language)])
            var saying = Saying(text)
            if index.archive.articleCount > 0, let button = suggested(.newest, in: language) {
                saying.buttons = [button]
            }
            return Response(sayings: [saying])
        case .ask: return Response()
        case .latest(let topic): return await latest(topic, language, heading: nil)
        case .digest:
            return await latest(nil, language, heading: texts.text(.digest, in: language))
        case .timeline(let topic):
            let question = language.isChinese ? "\(topic) 時間線" : "Timeline of \(topic)"
            return await found(language) {
                try await answerer.answer(Inquiry(question: question, language: language)).answer
            }
        case .search(let words): return await search(words, language)
        case .sources:
            guard let turn = try await store.newestTurn(conversation: place.conversation) else {
                return say(.noTurn)
            }
            return Response(sayings: [try await sources(of: turn, place, language)])
        case .why:
            guard let turn = try await store.newestTurn(conversation: place.conversation),
                let record = try await store.turn(number: turn)
            else { return say(.noTurn) }
            return Response(sayings: [
                Saying(record.account.prefix(14).map { "• " + $0 }.joined(separator: "\n"))
            ])
        case .providers:
            let model = configuration.providers.map { $0(place.conversation) } ?? configuration.model
            return say(.providers, model.map { ["model": $0] } ?? [:])
        case .status:
            let newest = try await store.latest(limit: 1).first?.article.publishedAt
            var values: [String: Any] = [
                "articles": index.archive.articleCount,
                "waiting": max(0, try await store.chatBacklog().unanswered - 1),
            ]
            if let newest { values["newest"] = DateText.day(newest, language: language) }
            return say(.status, values)
        case .language(let tag): return try await set(language: tag, place, language)
        case .reset:
            try await store.reset(conversation: place.conversation)
            return say(.reset)
        case .forget:
            try await store.forget(
                conversationsFrom: place.prefix, person: place.person,
                lane: place.isPrivate ? place.lane : nil)
            return say(.forgotten)
        case .subscribe(let topic): return try await subscribe(topic, minute: nil, place, language)
        case .subscribeDaily(let hour, let minute):
            return try await subscribe("", minute: hour * 60 + minute, place, language)
        case .unsubscribe(let topic):
            let wanted = topic.map { $0.lowercased() == "daily" ? "" : $0 }
            let count = try await store.unsubscribe(person: place.person, lane: place.lane, topic: wanted)
            return say(count > 0 ? .unsubscribed : .notSubscribed)
        }
    }

    /// The daily digest.
    func digest(in language: Language) async throws(AnsweringError) -> ReplyDocument {
        let answer = try await answerer.latest(topic: nil, limit: 5, language: language)
        return headed(answer, texts.text(.digest, in: language))
    }

    /// What is new on a topic since a change of the archive; nil where nothing is.
    func alert(
        on topic: String, after sequence: Int64, in language: Language
    ) async throws(AnsweringError) -> ReplyDocument? {
        let answer = try await answerer.latest(topic: topic, limit: 5, language: language)
        guard answer.status == .answered else { return nil }
        var lines: [[ReplyDocument.Inline]] = []
        do throws(StorageError) {
            for citation in answer.citations {
                guard let stored = try await store.article(id: citation.articleID),
                    stored.sequence > sequence
                else { continue }
                var line: [ReplyDocument.Inline] = [
                    citation.url.map { .link(label: citation.headline, url: $0) } ?? .bold(citation.headline)
                ]
                line.append(.text(" — " + citation.source))
                lines.append(line)
            }
        } catch { throw .store(error) }
        guard !lines.isEmpty else { return nil }
        let heading = texts.text(.alert, in: language, ["topic": topic])
        return ReplyDocument([.paragraph([.bold(heading)]), .list(lines)])
    }

    private func headed(_ answer: Answer, _ heading: String) -> ReplyDocument {
        var document = document(of: answer)
        document.blocks.insert(.paragraph([.bold(heading)]), at: 0)
        return document
    }

    /// The newest headlines, as commands show them.
    private func latest(_ topic: String?, _ language: Language, heading: String?) async -> Response {
        await found(language, heading: heading) {
            try await answerer.latest(topic: topic, limit: 5, language: language)
        }
    }

    private func found(
        _ language: Language, heading: String? = nil, _ answer: () async throws -> Answer
    ) async -> Response {
        do {
            let answer = try await answer()
            return Response(sayings: [Saying(heading.map { headed(answer, $0) } ?? document(of: answer))])
        } catch AnsweringError.emptyQuestion {
            return Response(sayings: [Saying(texts.text(.empty, in: language))])
        } catch {
            return Response(sayings: [Saying(texts.text(.failed, in: language))])
        }
    }

    private func search(_ words: String, _ language: Language) async -> Response {
        let hits: [PassageHit]
        do { hits = try await index.archive.search(words, limit: 5, now: now()) } catch {
            return Response(sayings: [Saying(texts.text(.failed, in: language))])
        }
        guard !hits.isEmpty else {
            return Response(sayings: [Saying(texts.text(.nothingFound, in: language))])
        }
        let items = hits.map { hit -> [ReplyDocument.Inline] in
            let article = hit.article.article
            let title: ReplyDocument.Inline =
                article.url.map { .link(label: article.headline, url: $0) } ?? .bold(article.headline)
            return [
                title, .text(": " + hit.snippet.split(whereSeparator: \.isNewline).joined(separator: " ")),
            ]
        }
        return Response(sayings: [Saying(ReplyDocument([.list(items)]))])
    }

    private func sources(
        of turn: Int64, _ place: Place, _ language: Language
    ) async throws(StorageError) -> Saying {
        guard let record = try await store.turn(number: turn), record.conversation == place.conversation
        else { return Saying(texts.text(.noTurn, in: language)) }
        var articles: [[String: Any]] = []
        for id in record.turn.articles {
            guard let article = try await store.article(id: id)?.article else { continue }
            var title = "\(article.headline) — \(article.source)"
            if let date = article.publishedAt { title += ", " + DateText.day(date, language: language) }
            var values: [String: Any] = ["title": title]
            if let url = article.url { values["url"] = url }
            articles.append(values)
        }
        guard !articles.isEmpty else { return Saying(texts.text(.noSources, in: language)) }
        return Saying(texts.text(.sources, in: language, ["articles": articles]))
    }

    private func set(
        language tag: String?, _ place: Place, _ language: Language
    ) async throws(StorageError) -> Response {
        let known = texts.languages.map(\.rawValue).joined(separator: ", ")
        guard let tag else {
            var values: [String: Any] = ["languages": known]
            if let fixed = place.language { values["language"] = fixed.rawValue }
            return Response(sayings: [Saying(texts.text(.languageNow, in: language, values))])
        }
        var profile = try await store.chat(place.lane).profile
        if tag.lowercased() == "auto" {
            profile.language = nil
            try await store.keep(profile, lane: place.lane)
            return Response(sayings: [
                Saying(texts.text(.languageNow, in: language, ["languages": known]))
            ])
        }
        guard let wanted = Language(tag: tag), texts.served(wanted) == wanted else {
            return Response(sayings: [
                Saying(texts.text(.languageUnknown, in: language, ["tag": tag, "languages": known]))
            ])
        }
        profile.language = wanted.rawValue
        try await store.keep(profile, lane: place.lane)
        return Response(sayings: [Saying(texts.text(.languageSet, in: wanted))])
    }

    private func subscribe(
        _ topic: String, minute: Int?, _ place: Place, _ language: Language
    ) async throws(StorageError) -> Response {
        guard let address = place.address() else {
            return Response(sayings: [Saying(texts.text(.cannotSubscribe, in: language))])
        }
        var wish = Subscription(
            channel: place.channel, lane: place.lane, person: place.person, topic: topic, minute: minute,
            language: language.rawValue, address: address, lastSequence: try await store.lastSequence())
        if let minute {
            // A time that is over today means tomorrow.
            let clock = Digest.Clock(now(), in: configuration.timeZone)
            if clock.minute >= minute { wish.lastDay = clock.day }
        }
        try await store.keep(wish)
        guard let minute else {
            return Response(sayings: [Saying(texts.text(.subscribed, in: language, ["topic": topic]))])
        }
        let time = String(format: "%02d:%02d", minute / 60, minute % 60)
        return Response(sayings: [
            Saying(
                texts.text(
                    .subscribedDaily, in: language,
                    ["time": time, "zone": configuration.timeZone.identifier]))
        ])
    }
}

extension ChatTexts {
    /// Whether a text has enough words to tell its language by; a command's name has not.
    static func isWordy(_ text: String) -> Bool {
        let words = text.hasPrefix("/") ? text.drop { !$0.isWhitespace } : text[...]
        return words.contains { $0.isLetter }
    }
}
