public import Answering
import Crypto
public import Foundation
public import Logging
import News
public import Retrieval
public import Storage
import Synchronization
import Text
public import Transport

/// Connects chat platforms with the answerer, so that every message that was acknowledged is answered.
///
/// ```
/// platform ─receive→ inbox ─acknowledged─ … answer, in order per chat → outbox … send, in order per chat → platform
/// ```
/// Both boxes lie in the store: what is in them survives whatever ends the program, and is taken up at the next start. An
/// event leaves the inbox in the transaction that brings its answer to the outbox. ``LaneQueue`` keeps the order,
/// ``SendPace`` the platforms' limits, ``Delivery`` decides after each try; the three are pure, this is their engine.
///
/// Nothing that somebody wrote is ever logged.
public actor Switchboard {
    /// What an operator wants to count.
    public enum Occurrence: Sendable, Hashable {
        /// Deliveries were taken in, or were known already.
        case received(channel: String, new: Int, known: Int)
        /// A message was sent, put off, or given up.
        case sent(channel: String), putOff(channel: String), abandoned(channel: String)
    }

    /// How many answers are made at one time: most of them wait for a commit that they share, or for a model.
    private static let mostAnswering = 32
    private static let mostSending = 64
    /// How many entries are read at a time, and how many are held in memory; the rest stay in the store.
    private static let page = 500
    private static let longestQueue = 5000
    private static let mostFailures = 5

    private struct Question {
        var entry: WaitingEntry
        var event: ChatEvent
        var failures = 0
    }

    private struct Parcel {
        var entry: WaitingEntry
        var message: OutboundMessage
        var attempts: Int
        /// A try ended without the platform's answer.
        var mayHaveArrived: Bool
    }

    let channels: [String: any Channel]
    let responder: ChatResponder
    let store: NewsStore
    private let transport: any HTTPTransport
    let configuration: ChatConfiguration
    let now: @Sendable () -> Date
    private let onNews: @Sendable (ChatEvent, String) async throws -> Void
    private let onOccurrence: @Sendable (Occurrence) -> Void
    private let logger: Logger

    private var questions = LaneQueue<Question>()
    /// For each platform its own, so that one that is slow holds up nobody else.
    private var parcels: [String: LaneQueue<Parcel>]
    private var sending = 0
    private var lastQuestion: Int64 = 0
    private var lastParcel: Int64 = 0
    private var paces: [String: SendPace]
    private var people: SendPace
    private var chats: SendPace
    /// Something may lie in a box that was not read yet; what is done brings nothing new to read.
    private let unread = Mutex((questions: true, parcels: true))
    private let heard = Handover<ChatEvent>(capacity: longestQueue)
    private let written = Handover<OutboundMessage>(capacity: longestQueue)
    private var isStopping = false
    private let questionBell = Bell()
    private let parcelBell = Bell()

    /// A switchboard of the platforms that are on.
    ///
    /// - Parameters:
    ///   - channels: each platform once.
    ///   - answerer: who answers.
    ///   - store: where both boxes lie.
    ///   - index: what is searched.
    ///   - texts: what is said besides answers.
    ///   - transport: the way out.
    ///   - configuration: what the owner has set.
    ///   - now: the clock.
    ///   - logger: told of what an operator should know.
    ///   - onAnswer: told of every answer.
    ///   - onNews: takes in a post of a channel whose posts are news; told the platform's name.
    ///   - onOccurrence: told what happens, for metrics.
    public init(
        channels: [any Channel], answerer: Answerer, store: NewsStore, index: NewsIndex, texts: ChatTexts,
        transport: any HTTPTransport, configuration: ChatConfiguration, now: @escaping @Sendable () -> Date,
        logger: Logger, onAnswer: @escaping @Sendable (Reply) -> Void = { _ in },
        onNews: @escaping @Sendable (ChatEvent, String) async throws -> Void = { _, _ in },
        onOccurrence: @escaping @Sendable (Occurrence) -> Void = { _ in }
    ) {
        self.channels = Dictionary(channels.map { ($0.name, $0) }) { first, _ in first }
        self.store = store
        self.transport = transport
        self.configuration = configuration
        self.now = now
        self.logger = logger
        self.onNews = onNews
        self.onOccurrence = onOccurrence
        responder = ChatResponder(
            answerer: answerer, store: store, index: index, texts: texts, configuration: configuration,
            now: now, onAnswer: onAnswer)
        paces = self.channels.mapValues(\.pace)
        parcels = self.channels.mapValues { _ in LaneQueue() }
        let anyNumber = SendPace.Rate(every: .nanoseconds(1), burst: 1 << 20)
        func rate(_ perMinute: Int) -> SendPace.Rate {
            SendPace.Rate(every: .seconds(60) / max(1, perMinute), burst: max(1, perMinute))
        }
        people = SendPace(perChat: rate(configuration.personRate), overall: anyNumber)
        chats = SendPace(perChat: rate(configuration.chatRate), overall: anyNumber)
    }

    // MARK: In

    /// Takes in a platform's request.
    ///
    /// - Returns: what to answer the platform, once everything that the request brought would outlive a power cut.
    /// - Throws: ``ChannelError`` for a request that is turned away, ``StorageError`` where it cannot be kept; the platform
    ///   sends it again then.
    public nonisolated func receive(
        _ request: ChannelRequest, on channel: any Channel
    ) async throws -> Acknowledgement {
        let update = try channel.receive(request, now: now())
        var (events, entries): ([ChatEvent], [InboxEntry]) = ([], [])
        for event in update.events {
            guard let (event, entry) = try await entry(of: event, on: channel) else { continue }
            events.append(event)
            entries.append(entry)
        }
        if !entries.isEmpty {
            let rows = try await store.receive(entries, at: now())
            for (row, event) in zip(rows, events) { if let row { heard.put(event, row) } }
            let new = rows.count { $0 != nil }
            onOccurrence(.received(channel: channel.name, new: new, known: rows.count - new))
            if new > 0 { questionsArrived() }
        }
        return update.acknowledgement
    }

    private nonisolated func questionsArrived() {
        unread.withLock { $0.questions = true }
        questionBell.ring()
    }

    nonisolated func parcelsArrived() {
        unread.withLock { $0.parcels = true }
        parcelBell.ring()
    }

    /// The entry of an event that wants something of us; what others say to each other is not kept.
    private nonisolated func entry(
        of event: ChatEvent, on channel: any Channel
    ) async throws(StorageError) -> (ChatEvent, InboxEntry)? {
        // Channels are often written to by programs, people never by bots that want an answer.
        let isNews = configuration.isNews(event, on: channel.name)
        guard let chat = event.chat ?? event.user, isNews || !event.isFromBot,
            configuration.admits(event, on: channel.name)
        else { return nil }
        let lane = "\(channel.name):\(chat)"
        var event = event
        // What anybody else hands on, or writes under a name in a channel that is none of ours, is read as what they say.
        switch event.request {
        case .forward where !isNews: event.request = nil
        case .post where !isNews && event.user != nil: event.request = nil
        default: break
        }
        switch event.request {
        case .results, .join: break
        case .unreadable:
            // Among several people nobody knows whom it was meant for.
            guard try await store.chat(lane).profile.isPrivate else { return nil }
        case .forward: guard event.text != nil || event.album != nil else { return nil }
        case .post, .withdrawal: guard isNews else { return nil }
        case nil:
            guard event.text != nil, event.kind != .ignore, event.kind != .join, !event.isForAnotherBot else {
                return nil
            }
            if !event.isAddressed {
                let known = try await store.chat(lane, thread: event.thread)
                guard known.profile.isPrivate || known.ownsThread else { return nil }
            }
        }
        event.chat = chat
        let content: String
        do { content = String(decoding: try JSONEncoder().encode(event), as: UTF8.self) } catch {
            logger.error("An event cannot be kept", metadata: ["channel": "\(channel.name)"])
            return nil
        }
        let entry = InboxEntry(
            channel: channel.name, key: event.id, fingerprint: Self.fingerprint(of: event, chat: chat),
            lane: lane, content: content)
        return (event, entry)
    }

    /// One message may come under several keys; a button may be pressed several times.
    private static func fingerprint(of event: ChatEvent, chat: String) -> String? {
        guard event.kind != .button, let message = event.message, let text = event.text else { return nil }
        // A post may be changed back to what it was.
        if case .post = event.request, event.kind == .edit { return nil }
        let parts = [chat, message, text].map { "\($0.utf8.count):\($0)" }.joined()
        // Platforms number what they deliver: with the number first, what comes together lies together in the index.
        return "\(message.prefix(20)) \(Hexadecimal.text(SHA256.hash(data: Array(parts.utf8)).prefix(16)))"
    }

    // MARK: Life

    /// Answers and sends until ``stop()``, and then until what is under way is done.
    public func run() async {
        // A platform that waits for its acknowledgement goes first.
        let background = BackgroundThreads(count: ProcessInfo.processInfo.activeProcessorCount)
        defer { background.stop() }
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask(executorPreference: background) { await self.answerAll() }
                group.addTask(executorPreference: background) { await self.sendAll() }
                group.addTask { await self.watchSubscriptions() }
                if self.configuration.correctsAnswers { group.addTask { await self.watchCorrections() } }
                group.addTask { await self.register() }
            }
        } onCancel: {
            stop()
        }
    }

    /// Begins nothing new; what is not done stays in the store.
    public nonisolated func stop() {
        Task { await self.beginStop() }
    }

    private func beginStop() {
        isStopping = true
        questionBell.ring()
        parcelBell.ring()
    }

    /// Takes away what is older than anybody needs; to be called now and then.
    public func prune() async throws(StorageError) {
        let day = 86_400.0
        let time = now()
        let kept = configuration.retention.map { TimeInterval($0.components.seconds) }
        // No platform repeats a delivery after a week.
        try await store.pruneChats(
            repetitions: time.addingTimeInterval(-8 * day),
            turns: kept.map { (time.addingTimeInterval(-$0), channels.keys.map { "\($0)/" }) },
            threads: time.addingTimeInterval(-30 * day))
        let instant = ContinuousClock.now
        people.forgetIdle(at: instant)
        chats.forgetIdle(at: instant)
        for name in paces.keys { paces[name]?.forgetIdle(at: instant) }
    }

    private func register() async {
        let lists = responder.texts.commandLists
        for channel in channels.values {
            for request in channel.registration(of: lists) {
                if let response = await exchange(request), !(200..<300).contains(response.status) {
                    logger.warning(
                        "Commands were not made known",
                        metadata: ["channel": "\(channel.name)", "status": "\(response.status)"])
                }
            }
        }
    }

    // MARK: Answering

    private func answerAll() async {
        await withDiscardingTaskGroup { workers in
            while !isStopping {
                await readQuestions()
                var pause: ContinuousClock.Instant?
                var isIdle = questions.running >= Self.mostAnswering
                while !isIdle {
                    switch questions.next(at: .now) {
                    case .work(let lane, let question):
                        workers.addTask { await self.answer(question, lane: lane) }
                        isIdle = questions.running >= Self.mostAnswering
                    case .wait(let time):
                        pause = time
                        isIdle = true
                    case .idle: isIdle = true
                    }
                }
                if !isStopping { await questionBell.wait(until: pause) }
            }
        }
    }

    private func readQuestions() async {
        while questions.count < Self.longestQueue, takeUnread(\.questions) {
            let entries: [WaitingEntry]
            do { entries = try await store.unanswered(after: lastQuestion, limit: Self.page) } catch {
                unread.withLock { $0.questions = true }
                return await stumble(error, questionBell)
            }
            for entry in entries {
                lastQuestion = entry.row
                guard channels[entry.channel] != nil, let event = heard.take(entry.row) ?? decoded(entry)
                else {
                    logger.warning("An event stays unanswered", metadata: ["channel": "\(entry.channel)"])
                    continue
                }
                questions.append(Question(entry: entry, event: event), lane: entry.lane)
            }
            if entries.count == Self.page { unread.withLock { $0.questions = true } }
        }
    }

    /// Whether there may be something new in a box; what arrives from now on sets it again.
    private func takeUnread(_ box: WritableKeyPath<(questions: Bool, parcels: Bool), Bool>) -> Bool {
        unread.withLock { unread in
            defer { unread[keyPath: box] = false }
            return unread[keyPath: box]
        }
    }

    private func decoded<Content: Decodable>(_ entry: WaitingEntry) -> Content? {
        try? JSONDecoder().decode(Content.self, from: Data(entry.content.utf8))
    }

    /// Tells of a failure of the store, and lets a loop try again in a second.
    private func stumble(_ error: StorageError, _ bell: Bell) async {
        logger.error("The store fails", metadata: ["error": "\(error)"])
        do { try await Task.sleep(for: .seconds(1)) } catch { return }
        bell.ring()
    }

    private func answer(_ question: Question, lane: String) async {
        do {
            try await respond(to: question, lane: lane)
            questions.finish(lane)
        } catch {
            var question = question
            question.failures += 1
            logger.error(
                "An answer failed",
                metadata: ["channel": "\(question.entry.channel)", "error": "\(error)"])
            if question.failures < Self.mostFailures {
                questions.again(lane, with: question, at: .now + .seconds(1 << question.failures))
            } else {
                await giveUp(question)
                questions.finish(lane)
            }
        }
        questionBell.ring()
    }

    private func giveUp(_ question: Question) async {
        guard let channel = channels[question.entry.channel],
            let setting = try? await setting(of: question, on: channel)
        else { return }
        let saying = responder.failed(question.event, at: setting.place)
        do {
            try await keep([saying], of: question, setting, on: channel, replacing: [], finishes: true)
        } catch {
            // It stays in the inbox, and is tried again at the next start.
            logger.error("The store fails", metadata: ["error": "\(error)"])
        }
    }

    /// Where an event came from, and where its answer goes.
    private struct Setting {
        var place: ChatResponder.Place
        var address: ReplyAddress
        /// The thread that the answer stands in.
        var thread: String?
    }

    private func setting(of question: Question, on channel: any Channel) async throws -> Setting {
        let (event, entry) = (question.event, question.entry)
        let profile = try await store.chat(entry.lane).profile
        let chat = event.chat ?? ""
        let isPrivate = event.isPrivate || profile.isPrivate
        let address = ReplyAddress(
            chat: chat, user: event.user, message: event.message, thread: event.thread,
            handle: event.replyHandle, account: event.account, isPrivate: isPrivate,
            isPress: event.kind == .button, receivedAt: entry.since)
        let thread = event.thread ?? (channel.opensThreads && !isPrivate ? event.message : nil)
        let later: @Sendable () -> String? = {
            var later = address
            (later.handle, later.message, later.isPress) = (nil, nil, false)
            let message = OutboundMessage(address: later, content: .part(ReplyPart()), key: "")
            return channel.send(message, now: .distantFuture).map { _ in Self.json(later) }
        }
        let user = Self.key(event.user ?? chat)
        return Setting(
            place: ChatResponder.Place(
                channel: entry.channel, lane: entry.lane, isPrivate: isPrivate,
                language: profile.language.flatMap { .init(tag: $0) },
                conversation: "\(entry.channel)/\(user)/\(Self.key(chat))/\(Self.key(thread ?? ""))",
                prefix: "\(entry.channel)/\(user)/", person: "\(entry.channel):\(event.user ?? chat)",
                address: later),
            address: address, thread: thread)
    }

    /// A part of a conversation's key; a slash parts them.
    private static func key(_ part: String) -> String {
        guard part.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") }) else {
            return part
        }
        return part.replacingOccurrences(of: "%", with: "%25").replacingOccurrences(of: "/", with: "%2F")
    }

    private func respond(to question: Question, lane: String) async throws {
        let (event, entry) = (question.event, question.entry)
        guard let channel = channels[entry.channel] else { return }
        let setting = try await setting(of: question, on: channel)
        switch event.request {
        case .post, .forward, .withdrawal:
            try await onNews(event, channel.name)
            guard event.kind == .command else {
                try await store.answered(entry.row, with: [], at: now())
                return
            }
            // Who chose a command waits for a word.
            try await keep(
                [responder.thanks(event, at: setting.place)], of: question, setting, on: channel,
                replacing: [], finishes: true)
            return
        case .join(let isDirect):
            var profile = try await store.chat(entry.lane).profile
            profile.isPrivate = isDirect
            try await store.keep(profile, lane: entry.lane)
            try await keep(
                [OutboundMessage(address: setting.address, content: .join, key: "\(entry.key)-join")],
                of: question, nil, finishes: true)
            return
        case .results, .unreadable, nil: break
        }
        if let seconds = wait(for: event, entry, isFirst: question.failures == 0) {
            let saying = responder.slowDown(event, at: setting.place, seconds: seconds)
            try await keep([saying], of: question, setting, on: channel, replacing: [], finishes: true)
            return
        }

        let replaced =
            event.kind == .edit ? try await replaceable(event, entry, channel, setting.address) : []
        let draft = Draft()
        let hasSign = channel.sign(.typing, at: setting.address) != nil
        let typing: Task<Void, any Error>? =
            !hasSign
            ? nil
            : Task {
                // Most answers are there before anybody would see the sign; who has waited already sees it sooner.
                let waited = Duration.seconds(max(0, self.now().timeIntervalSince(entry.since)))
                try await Task.sleep(for: max(.milliseconds(50), .milliseconds(250) - waited))
                while let request = channel.sign(.typing, at: setting.address) {
                    _ = await self.exchange(request)
                    try await Task.sleep(for: .seconds(5))
                }
            }
        defer { typing?.cancel() }
        var onDraft: (@Sendable (ChatResponder.Saying) async -> Void)?
        if channel.canEdit(at: setting.address), replaced.isEmpty {
            onDraft = { saying in
                do {
                    // It stays a question until the answer is there: a crash leaves no beginning of one.
                    await draft.set(
                        try await self.keep(
                            [saying], of: question, setting, on: channel, replacing: [], finishes: false))
                } catch {
                    self.logger.error("A draft was not kept", metadata: ["error": "\(error)"])
                }
            }
        }
        let beginnings = Beginnings()
        var showing: Task<Void, Never>?
        var progress: (@Sendable (ChatResponder.Saying) async -> Void)?
        if onDraft != nil, configuration.model != nil {
            progress = { beginnings.put($0) }
            showing = Task {
                await self.show(
                    beginnings, in: { await draft.onlyRow }, at: setting.address, lane: lane, on: channel)
            }
        }
        let response: ChatResponder.Response
        do {
            response = try await responder.response(
                to: event, at: setting.place, usesModel: questions.count <= configuration.crowd,
                draft: onDraft, progress: progress)
        } catch {
            beginnings.finish()
            throw error
        }
        beginnings.finish()
        showing?.cancel()
        await showing?.value
        var sayings = response.sayings
        if event.kind == .button {
            if let request = channel.sign(.heard(response.flash), at: setting.address) {
                _ = await exchange(request)
            } else if let flash = response.flash {
                sayings.append(ChatResponder.Saying(flash))
            }
        }
        if !response.results.isEmpty {
            let message = OutboundMessage(
                address: setting.address, content: .results(response.results), key: "\(entry.key)-results")
            try await keep([message], of: question, nil, finishes: true)
            return
        }
        let drafted = await draft.rows
        try await keep(
            sayings, of: question, setting, on: channel, replacing: drafted ?? replaced, finishes: true)
    }

    /// The messages of a draft; it is set before the model is asked and read after it answered.
    private actor Draft {
        private(set) var rows: [Int64]?
        func set(_ rows: [Int64]) { self.rows = rows }

        /// The draft, where it is one message.
        var onlyRow: Int64? { rows.flatMap { $0.count == 1 ? $0[0] : nil } }
    }

    /// The answers to a message that was changed, which the new answer takes the place of.
    private func replaceable(
        _ event: ChatEvent, _ entry: WaitingEntry, _ channel: any Channel, _ address: ReplyAddress
    ) async throws -> [Int64] {
        guard channel.canEdit(at: address), let message = event.message else { return [] }
        return try await store.answers(to: message, lane: entry.lane)
    }

    /// How many seconds a person has to wait who asks too fast; nil for everybody else.
    private func wait(for event: ChatEvent, _ entry: WaitingEntry, isFirst: Bool) -> Int? {
        guard isFirst else { return nil }
        let instant = ContinuousClock.now
        let person = "\(entry.channel):\(event.user ?? event.chat ?? "")"
        guard let time = people.take(for: person, at: instant) ?? chats.take(for: entry.lane, at: instant)
        else { return nil }
        return Int((time - instant) / .seconds(1)) + 1
    }

    /// Puts what is said into the outbox, in the transaction that takes the question out of the inbox.
    ///
    /// - Returns: the numbers of the messages.
    @discardableResult private func keep(
        _ sayings: [ChatResponder.Saying], of question: Question, _ setting: Setting, on channel: any Channel,
        replacing: [Int64], finishes: Bool
    ) async throws -> [Int64] {
        let entry = question.entry
        var messages: [OutboundMessage] = []
        for saying in sayings {
            let parts = channel.render(saying.document, at: setting.address)
            for (place, part) in parts.enumerated() {
                let index = messages.count
                let replaces = index < replacing.count ? replacing[index] : nil
                messages.append(
                    OutboundMessage(
                        address: setting.address, content: .part(part),
                        buttons: place == parts.count - 1 ? saying.buttons : [], index: index,
                        key: "\(entry.key)-\(index)" + (replaces == nil ? "" : "-edit"), replaces: replaces))
            }
        }
        let thread = channel.opensThreads ? setting.thread.map { (entry.lane, $0) } : nil
        let answer = sayings.count == 1 ? sayings[0].reply.flatMap { delivered($0, setting, entry) } : nil
        return try await keep(messages, of: question, thread, answer: answer, finishes: finishes)
    }

    /// What to know of an answer so that it can be corrected; nil where it cannot be, or nobody wants it to.
    private func delivered(_ reply: Reply, _ setting: Setting, _ entry: WaitingEntry) -> DeliveredAnswer? {
        guard configuration.correctsAnswers, let turn = reply.turn, setting.place.address() != nil else {
            return nil
        }
        var address = setting.address
        (address.handle, address.isPress) = (nil, false)
        let answer = reply.answer
        return DeliveredAnswer(
            turn: turn, channel: entry.channel, lane: entry.lane, address: Self.json(address),
            question: reply.why.standalone, language: answer.language.rawValue,
            text: Self.told(answer), articles: answer.citations.map(\.articleID), givenAt: now())
    }

    @discardableResult private func keep(
        _ messages: [OutboundMessage], of question: Question, _ thread: (lane: String, thread: String)?,
        answer: DeliveredAnswer? = nil, finishes: Bool
    ) async throws -> [Int64] {
        let entry = question.entry
        let rows = try await store.answered(
            finishes ? entry.row : nil,
            with: messages.map { message in
                OutboxEntry(
                    channel: entry.channel, key: "\(entry.channel):\(message.key)", lane: entry.lane,
                    about: message.replaces == nil ? message.address.message : nil,
                    content: Self.json(message))
            }, thread: thread, answer: answer, replacing: messages.map(\.replaces), at: now())
        for (row, message) in zip(rows, messages) where row > lastParcel { written.put(message, row) }
        if !rows.isEmpty { parcelsArrived() }
        return rows
    }

    static func json(_ value: some Encodable) -> String {
        // Texts, numbers and lists of them: there is nothing in it that JSON cannot hold.
        (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    // MARK: Sending

    private func sendAll() async {
        await withDiscardingTaskGroup { workers in
            while !isStopping {
                await readParcels()
                var pause: ContinuousClock.Instant?
                for name in channels.keys {
                    while sending < Self.mostSending {
                        let step = nextParcel(of: name)
                        guard case .work(let lane, let parcel) = step else {
                            if case .wait(let time) = step { pause = pause.map { min($0, time) } ?? time }
                            break
                        }
                        sending += 1
                        workers.addTask { await self.send(parcel, lane: lane) }
                    }
                }
                if !isStopping { await parcelBell.wait(until: pause) }
            }
        }
    }

    private func nextParcel(of name: String) -> LaneQueue<Parcel>.Step {
        let instant = ContinuousClock.now
        // Thousands of chats may wait for one platform; none is asked while it takes nothing.
        if let time = paces[name]?.opening(at: instant), parcels[name]?.count != 0 { return .wait(time) }
        return parcels[name]?.next(at: instant) { paces[name]?.take(for: $0.entry.lane, at: instant) }
            ?? .idle
    }

    private func readParcels() async {
        while parcels.values.reduce(0, { $0 + $1.count }) < Self.longestQueue, takeUnread(\.parcels) {
            let entries: [WaitingEntry]
            do { entries = try await store.unsent(after: lastParcel, limit: Self.page) } catch {
                unread.withLock { $0.parcels = true }
                return await stumble(error, parcelBell)
            }
            for entry in entries {
                lastParcel = entry.row
                guard channels[entry.channel] != nil, let message = written.take(entry.row) ?? decoded(entry)
                else {
                    logger.warning("A message stays unsent", metadata: ["channel": "\(entry.channel)"])
                    continue
                }
                let parcel = Parcel(
                    entry: entry, message: message, attempts: entry.attempts,
                    mayHaveArrived: entry.attempts > 0)
                parcels[entry.channel]?.append(parcel, lane: entry.lane)
            }
            if entries.count == Self.page { unread.withLock { $0.parcels = true } }
        }
    }

    private func send(_ parcel: Parcel, lane: String) async {
        var parcel = parcel
        let name = parcel.entry.channel
        defer {
            sending -= 1
            parcelBell.ring()
        }
        guard let channel = channels[name] else { return }
        do {
            // Of an address that can be used once it must be known, after a crash, whether it was.
            let isUsedOnce = parcel.message.address.handle != nil
            if isUsedOnce { try await store.beginSending(parcel.entry.row) }
            parcel.attempts += 1
            let outcome = await outcome(of: parcel, on: channel)
            let decision = Delivery.decision(
                after: outcome, to: parcel.message, attempts: parcel.attempts,
                mayHaveArrived: parcel.mayHaveArrived, age: now().timeIntervalSince(parcel.entry.since),
                jitter: .random(in: 0...1))
            if case .uncertain = outcome { parcel.mayHaveArrived = true }
            if case .tooFast(let wait, let everywhere) = outcome {
                paces[name]?.refuse(
                    everywhere ? .platform : .chat(lane), for: wait ?? .seconds(1), at: .now)
            }
            switch decision {
            case .done(let id):
                try await store.settle(parcel.entry.row, message: id, at: now())
                onOccurrence(.sent(channel: channel.name))
                parcels[name]?.finish(lane)
            case .abandon(let reason):
                logger.warning(
                    "A message was given up", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                try await store.settle(parcel.entry.row, message: nil, failure: reason, at: now())
                onOccurrence(.abandoned(channel: channel.name))
                parcels[name]?.finish(lane)
            case .again(let pause, let message):
                parcel.message = message
                if isUsedOnce, !parcel.mayHaveArrived { try await store.noteRefusal(parcel.entry.row) }
                onOccurrence(.putOff(channel: channel.name))
                parcels[name]?.again(lane, with: parcel, at: .now + pause)
            }
        } catch {
            logger.error("The store fails", metadata: ["error": "\(error)"])
            parcel.mayHaveArrived = true
            parcels[name]?.again(lane, with: parcel, at: .now + .seconds(1))
        }
    }

    /// Takes a platform's turn for a request beside the outbox; a time where there is none yet.
    func turn(on name: String, lane: String) -> ContinuousClock.Instant? {
        let instant = ContinuousClock.now
        return paces[name]?.opening(at: instant) ?? paces[name]?.take(for: lane, at: instant)
    }

    /// Notes that a platform wants to be left alone in a chat.
    func refused(on name: String, lane: String, wait: Duration?) {
        paces[name]?.refuse(.chat(lane), for: wait ?? .seconds(1), at: .now)
    }

    private func outcome(of parcel: Parcel, on channel: any Channel) async -> SendOutcome {
        let message = parcel.message
        var request: HTTPRequest?
        if let replaced = message.replaces {
            // What was never shown, or cannot be changed, is said anew.
            if let id = try? await store.sentMessage(replaced) {
                request = channel.edit(message, as: id, now: now())
            }
        }
        guard let request = request ?? channel.send(message, now: now()) else {
            return .refused("there is no way to send it: set the platform's token")
        }
        do {
            let response = try await transport.send(request)
            let body = try await response.collect(limit: 1 << 20)
            let outcome = channel.outcome(
                of: ChannelResponse(
                    status: response.status, retryAfter: response[header: "Retry-After"], body: body),
                to: message, now: now())
            if case .refused = outcome, message.replaces != nil, message.isNotice == true {
                // What may not be changed any more is set right below.
                var anew = parcel
                anew.message.replaces = nil
                return await self.outcome(of: anew, on: channel)
            }
            return outcome
        } catch {
            return error.isTransient || error == .cancelled
                ? .uncertain(error.label) : .refused(error.label)
        }
    }

    /// One request beside the outbox, whose failure nobody misses.
    nonisolated func exchange(_ request: HTTPRequest) async -> ChannelResponse? {
        do {
            let response = try await transport.send(request)
            let body = try await response.collect(limit: 1 << 20)
            return ChannelResponse(
                status: response.status, retryAfter: response[header: "Retry-After"], body: body)
        } catch {
            logger.debug("A sign was not given", metadata: ["error": "\(error.label)"])
            return nil
        }
    }

    // MARK: Unasked

    private func watchSubscriptions() async {
        await watch("Subscriptions cannot be served") { try await self.fulfilSubscriptions() }
    }

    private func watchCorrections() async {
        await watch("Answers cannot be corrected") { try await self.correctAnswers() }
    }

    /// Does something every ten seconds until the end.
    private func watch(_ failure: Logger.Message, _ work: () async throws -> Void) async {
        while !isStopping {
            do { try await work() } catch {
                logger.error(failure, metadata: ["error": "\(error)"])
            }
            for _ in 0..<20 where !isStopping {
                do { try await Task.sleep(for: .milliseconds(500)) } catch { return }
            }
        }
    }

    /// Sends every digest and alert that is due; each is noted in the transaction that brings it to the outbox.
    public func fulfilSubscriptions() async throws {
        let newest = try await store.lastSequence()
        // An index that lags behind would miss what is new, and later it would no longer be new.
        guard responder.index.cursor >= newest else { return }
        let clock = Digest.Clock(now(), in: configuration.timeZone)
        for var subscription in try await store.subscriptions() {
            guard let channel = channels[subscription.channel],
                let language = Language(tag: subscription.language),
                let address = try? JSONDecoder().decode(
                    ReplyAddress.self, from: Data(subscription.address.utf8))
            else { continue }
            var document: ReplyDocument?
            var key = "\(subscription.channel):subscription-\(subscription.row)-"
            switch Digest.wish(of: subscription, at: clock, newest: newest) {
            case .nothing: continue
            case .digest(let day):
                document = try await responder.digest(in: language)
                key += day
                subscription.lastDay = day
            case .news:
                document = try await responder.alert(
                    on: subscription.topic, after: subscription.lastSequence, in: language)
                key += "\(newest)"
                subscription.lastSequence = newest
            }
            let parts = document.map { channel.render($0, at: address) } ?? []
            let messages = parts.enumerated().map { index, part in
                OutboxEntry(
                    channel: subscription.channel, key: "\(key)-\(index)", lane: subscription.lane,
                    about: nil,
                    content: Self.json(
                        OutboundMessage(
                            address: address, content: .part(part), index: index, key: "\(key)-\(index)")))
            }
            try await store.fulfil(subscription, with: messages, at: now())
            if !messages.isEmpty { parcelsArrived() }
        }
    }
}
