import Answering
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
    let ingestor: Ingestor
    let feedReader: FeedReader
    let logger: Logger
    let now: @Sendable () -> Date
    private let transport: any HTTPTransport

    /// Opens the archive of the settings and brings its index up to date.
    ///
    /// - Parameters:
    ///   - settings: what the owner has set.
    ///   - now: the clock that answers measure time by.
    ///   - logger: told of what an operator should know.
    /// - Returns: the open newsroom, its index up to date.
    /// - Throws: the typed error of the part that cannot be opened.
    static func open(
        _ settings: Settings, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) async throws -> Newsroom {
        let prompts = try PromptLibrary(directory: settings.promptsDirectory)
        do {
            try FileManager.default.createDirectory(
                atPath: settings.dataDirectory, withIntermediateDirectories: true)
        } catch {
            throw SettingsError(
                place: settings.places[.dataDirectory] ?? "data_dir",
                message: "cannot create the folder \(settings.dataDirectory): \(error.localizedDescription)")
        }
        let store = try NewsStore(path: settings.storePath)
        let transport = defaultTransport(logger: logger)
        let vectors = PassageVectors.following(store, settings, transport: transport, logger: logger)
        let index = NewsIndex(
            store: store, folder: settings.indexFolder, vectors: vectors, logger: logger)
        try await index.refresh()
        var model: (any LanguageModel)?
        if let configuration = settings.model {
            // Even a single endpoint goes through the router: once its breaker is open, nobody waits for it.
            model = ModelRouter([
                ModelRouter.Endpoint(OpenAICompatibleModel(configuration, transport: transport))
            ])
        }
        let answerer = Answerer(
            index: index, store: store, prompts: prompts, model: model, configuration: settings.answers,
            now: now,
            logger: logger)
        return Newsroom(
            settings: settings, store: store, index: index, vectors: vectors, prompts: prompts,
            answerer: answerer,
            ingestor: Ingestor(store: store, logger: logger),
            feedReader: FeedReader(
                store: store, fetcher: WebFetcher(transport: transport, configuration: settings.fetching),
                logger: logger), logger: logger, now: now, transport: transport)
    }

    /// Ends what runs in the background.
    func close() async {
        await index.close()
        await transport.shutdown(grace: .seconds(2))
    }
}
