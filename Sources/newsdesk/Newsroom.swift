import Answering
import Chat
import Foundation
import Ingest
import LLM
import Logging
import News
import Retrieval
import Storage
import Transport

/// The whole program but its doors: store, index, templates, model and answerer, put together in one place.
///
/// Commands, the server and the tests all open one, so that what is tested is what runs.
struct Newsroom: Sendable {
    let settings: Settings
    let store: NewsStore
    let index: NewsIndex
    /// The vectors of the passages, where an endpoint makes some.
    let vectors: PassageVectors?
    let prompts: PromptLibrary
    let answerer: Answerer
    /// The models behind the answerer, where some are configured.
    let router: ModelRouter?
    /// What they have cost, where some are configured.
    let spending: SpendingBook?
    let telemetry: Telemetry
    let ingestor: Ingestor
    let feedReader: FeedReader
    /// Has hubs announce what is new, where the owner has said how they reach the server.
    let hubs: HubSubscriber?
    let logger: Logger
    let now: @Sendable () -> Date
    let texts: ChatTexts
    let transport: any HTTPTransport

    /// Opens the archive of the settings and brings its index up to date.
    ///
    /// - Parameters:
    ///   - settings: what the owner has set.
    ///   - staying: whether the program stays, and may do in the background what makes later questions faster.
    ///   - now: the clock that answers measure time by.
    ///   - logger: told of what an operator should know.
    /// - Returns: the open newsroom, its index up to date.
    /// - Throws: the typed error of the part that cannot be opened.
    static func open(
        _ settings: Settings, staying: Bool = false, now: @escaping @Sendable () -> Date = { Date() },
        logger: Logger
    ) async throws -> Newsroom {
        // They take as long to read as the archive to open.
        async let prompts = PromptLibrary(directory: settings.promptsDirectory)
        async let texts = ChatTexts(directory: settings.promptsDirectory)
        let transport = defaultTransport(logger: logger)
        let (store, vectors, index) = try await openArchive(
            settings, staying: staying, transport: transport, logger: logger)
        // Even a single endpoint goes through the router: once its breaker is open, nobody waits for it.
        let telemetry = Telemetry()
        let known = try await SpendingBook.known(store, now: now())
        let router = settings.models.map {
            ModelRouter(
                $0, transport: transport, spent: known, logger: logger, observer: telemetry.attempted,
                date: now)
        }
        let fetcher = WebFetcher(transport: transport, configuration: settings.fetching)
        let feedReader = FeedReader(
            store: store, fetcher: fetcher, followsHubs: settings.publicURL != nil, logger: logger)
        let hubs = settings.publicURL.map {
            HubSubscriber(
                store: store, fetcher: fetcher, reader: feedReader, base: $0 + HubRoutes.path, now: now,
                logger: logger)
        }
        let answerer = Answerer(
            index: index, store: store, prompts: try await prompts, model: router,
            configuration: settings.answers,
            now: now,
            logger: logger)
        return Newsroom(
            settings: settings, store: store, index: index, vectors: vectors, prompts: try await prompts,
            answerer: answerer, router: router,
            spending: router.map { SpendingBook($0, store: store, known: known, now: now) },
            telemetry: telemetry,
            ingestor: Ingestor(store: store, logger: logger),
            feedReader: feedReader, hubs: hubs, logger: logger, now: now, texts: try await texts,
            transport: transport)
    }

    /// Opens the archive of the settings and brings its index up to date, for those who answer nothing.
    ///
    /// - Parameters:
    ///   - settings: what the owner has set.
    ///   - staying: whether the program stays.
    ///   - transport: how vectors are asked for, where some are.
    ///   - logger: told of what an operator should know.
    /// - Returns: the archive, the vectors of its passages where there are any, and the index of both.
    /// - Throws: the typed error of the part that cannot be opened.
    static func openArchive(
        _ settings: Settings, staying: Bool = false, transport: @autoclosure () -> any HTTPTransport,
        logger: Logger
    ) async throws -> (store: NewsStore, vectors: PassageVectors?, index: NewsIndex) {
        do {
            try FileManager.default.createDirectory(
                atPath: settings.dataDirectory, withIntermediateDirectories: true)
        } catch {
            throw SettingsError(
                place: settings.places[.dataDirectory] ?? "data_dir",
                message: "cannot create the folder \(settings.dataDirectory): \(error.localizedDescription)")
        }
        let store = try NewsStore(path: settings.storePath)
        let vectors = PassageVectors.following(store, settings, transport: transport(), logger: logger)
        let index = NewsIndex(
            store: store, folder: settings.indexFolder, vectors: vectors, tidies: staying, logger: logger)
        try await index.refresh()
        return (store, vectors, index)
    }

    /// The switchboard of the platforms that are on, which answers once it runs.
    ///
    /// - Returns: the switchboard, not running.
    func switchboard() -> Switchboard {
        Switchboard(
            channels: settings.channels, answerer: answerer, store: store, index: index, texts: texts,
            transport: transport, configuration: settings.chat, now: now, logger: logger,
            onAnswer: telemetry.answered, onNews: { event, channel in try await take(event, from: channel) },
            onOccurrence: telemetry.chat)
    }

    /// Takes in a post of a channel as the article that an export of the same post gives, or takes it back.
    func take(_ event: ChatEvent, from channel: String) async throws {
        guard let post = Self.origin(of: event) else { return }
        let place = "\(channel):\(Self.channelNumber(post.channel))"
        if event.request == .withdrawal {
            if try await store.delete(origin: "\(place)/\(post.message)", at: now()) {
                try await index.refresh()
            }
            return
        }
        let source = post.title ?? settings.chat.newsNames["\(channel):\(post.channel)"] ?? place
        var (text, message, url) = (event.reading ?? event.text, post.message, event.permalink)
        if let album = event.album {
            guard let whole = try await store.join(message, text: text, album: "\(place)/\(album)") else {
                return
            }
            // Pieces have addresses like that of the whole.
            if let own = url, own.hasSuffix("/" + message) {
                url = String(own.dropLast(message.count)) + whole.message
            }
            (text, message) = (whole.text, whole.message)
        }
        guard let text else { return }
        let report = try await ingestor.ingest(
            ChannelPost(
                text: text, source: source, publishedAt: post.time, url: url,
                origin: "\(place)/\(message)"), now: now())
        try await feedReader.note(
            delivery: report, of: FeedSubscription(place: place, name: source, addedAt: now()), now: now())
        if report.new + report.changed > 0 { try await index.refresh() }
    }

    /// Where a post was published: in the chat that it comes from, or where it was handed on from.
    private static func origin(of event: ChatEvent) -> ChatEvent.Origin? {
        switch event.request {
        case .forward(let origin): return origin
        case .post(let title, let name):
            guard let chat = event.chat, let message = event.message else { return nil }
            return ChatEvent.Origin(
                channel: chat, title: title, name: name, message: message, time: event.time)
        case .withdrawal:
            guard let chat = event.chat, let message = event.message else { return nil }
            return ChatEvent.Origin(channel: chat, title: nil, name: nil, message: message, time: nil)
        default: return nil
        }
    }

    /// The number of a channel as exports write it: without the mark that the Bot API puts before it.
    private static func channelNumber(_ chat: String) -> String {
        chat.hasPrefix("-100") ? String(chat.dropFirst(4)) : chat
    }

    /// Ends what runs in the background.
    func close() async {
        do { try await spending?.keep() } catch {
            logger.error("What models have cost is not kept", metadata: ["error": "\(error)"])
        }
        await index.close()
        await transport.shutdown(grace: .seconds(2))
    }
}
