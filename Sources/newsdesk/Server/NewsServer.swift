import Chat
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import LLM
import Logging
import NIOCore
import Retrieval
import ServiceLifecycle
import Storage

/// The HTTP server: its routes and its life.
struct NewsServer: Sendable {
    private let newsroom: Newsroom
    private var telemetry: Telemetry { newsroom.telemetry }
    private let switchboard: Switchboard

    /// A server of a newsroom.
    ///
    /// - Throws: ``SettingsError`` when others could reach it and deliveries need not be signed.
    init(_ newsroom: Newsroom) throws(SettingsError) {
        let settings = newsroom.settings
        guard settings.isLoopback || settings.webhookSecret != nil else {
            throw SettingsError(
                place: settings.places[.serverHost] ?? SettingKey.serverHost.rawValue,
                message: "server.host \(settings.host) can be reached by others: set webhook.secret (or "
                    + "webhook.secret_file), so that only who knows it can send messages, or listen on 127.0.0.1"
            )
        }
        self.newsroom = newsroom
        switchboard = newsroom.switchboard()
    }

    /// Compares who receives what with the list of the last start, and tells the operator and the chats that the owner has
    /// named what has changed.
    func announceSubprocessors() async {
        let (settings, logger) = (newsroom.settings, newsroom.logger)
        do {
            try await Subprocessors(settings).record(in: settings.dataDirectory) { changes, key in
                for change in changes {
                    logger.warning("Subprocessors changed", metadata: ["change": "\(change)"])
                }
                let unreached = try await switchboard.announce(
                    Announcement(.subprocessors(changes), to: settings.announceTo, key: key))
                for chat in unreached.sorted() {
                    logger.error(
                        "subprocessors.announce_to names a chat that cannot be written to: its platform is off or only answers",
                        metadata: ["chat": "\(chat)"])
                }
            }
        } catch {
            logger.error(
                "The list of subprocessors cannot be compared or kept: mend or delete subprocessors.json in data_dir",
                metadata: ["error": "\(error)"])
        }
    }

    /// The server as a service, which runs until it is shut down gracefully.
    ///
    /// - Parameter onReady: told of the port once requests are served.
    /// - Returns: the service, not started.
    func application(onReady: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let settings = newsroom.settings
        return Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "newsdesk"),
            services: [
                StoreFollower(newsroom: newsroom, telemetry: telemetry), FeedFollower(newsroom: newsroom),
                ChatService(switchboard: switchboard, logger: newsroom.logger),
            ] + (newsroom.vectors.map { [VectorFollower(vectors: $0)] } ?? [])
                + (newsroom.hubs.map { [HubFollower(hubs: $0)] } ?? []),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? settings.port) },
            logger: newsroom.logger)
    }

    /// The routes, each a line.
    private func router() -> Router<BasicRequestContext> {
        let api = NewsAPI(newsroom: newsroom, telemetry: telemetry)
        var routes: [(HTTPTypes.HTTPRequest.Method, String, NewsAPI.Handler)] = [
            (.get, "/", api.page),
            (.post, "/v1/ask", api.ask),
            (.post, "/v1/feedback", api.feedback),
            (.delete, "/v1/conversations/{id}", api.forget),
            (.get, "/v1/search", api.search),
            (.get, "/v1/articles", api.articles),
            (.post, "/v1/articles", api.addArticles),
            (.get, "/v1/articles/{id}", api.article),
            (.delete, "/v1/articles/{id}", api.retractArticle),
            (.get, "/v1/feeds", api.feeds),
            (.post, "/v1/feeds", api.addFeed),
            (.delete, "/v1/feeds", api.removeFeed),
            (.get, "/v1/feeds.opml", api.feedList),
            (.post, "/v1/feeds.opml", api.addFeedList),
            (.get, "/v1/subprocessors", api.subprocessors),
            (.get, "/healthz", api.health),
            (.get, "/readyz", api.readiness),
            (.get, "/metrics", api.metrics),
        ]
        for channel in newsroom.settings.channels {
            let handler = NewsAPI.handler(of: channel, switchboard)
            for route in channel.routes {
                routes.append((.init(route.method) ?? .post, route.path, handler))
            }
        }
        if let hubs = newsroom.hubs {
            let callback = HubRoutes(
                hubs: hubs, index: newsroom.index, limit: newsroom.settings.fetching.maxBytes)
            routes.append((.get, HubRoutes.path + "{key}", callback.verify))
            routes.append((.post, HubRoutes.path + "{key}", callback.deliver))
        }
        // Without an address for callbacks the generic webhook answers in its response.
        if !newsroom.settings.channels.contains(where: { $0 is GenericChannel }) {
            routes.append((.post, "/webhooks/generic", api.webhook))
        }
        var table = RouteTable()
        for (method, path, _) in routes { table.add(method, path) }
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: ErrorMiddleware(
                routes: table, telemetry: telemetry, limit: newsroom.settings.maxBodyBytes))
        for (method, path, handler) in routes {
            router.on(RouterPath(path), method: method) { request, context in
                try await handler(request, context)
            }
        }
        return router
    }
}

/// Reads the feeds whenever they are due.
private struct FeedFollower: Service {
    let newsroom: Newsroom

    func run() async throws {
        let poller = FeedPoller(
            store: newsroom.store, reader: newsroom.feedReader, now: newsroom.now, logger: newsroom.logger)
        await cancelWhenGracefulShutdown { await poller.run() }
    }
}

/// Asks hubs to announce what is new in feeds.
private struct HubFollower: Service {
    let hubs: HubSubscriber

    func run() async throws {
        await cancelWhenGracefulShutdown { await hubs.run() }
    }
}

/// Makes the vectors that are missing.
private struct VectorFollower: Service {
    let vectors: PassageVectors

    func run() async throws {
        await cancelWhenGracefulShutdown { await vectors.keepFilled() }
    }
}

/// Takes in what other processes change in the store, once a second.
private struct StoreFollower: Service {
    /// How long replies to webhooks stay on record; no platform repeats a delivery after a day.
    private static let repliesKept: TimeInterval = 7 * 86_400

    let newsroom: Newsroom
    let telemetry: Telemetry

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var rounds = 0
            while !Task.isCancelled {
                do {
                    try await newsroom.spending?.keep()
                    let last = try await newsroom.store.lastSequence()
                    if last != newsroom.index.cursor { try await newsroom.index.refresh() }
                    telemetry.archive(
                        articles: newsroom.index.archive.articleCount,
                        lag: max(0, last - newsroom.index.cursor))
                    if rounds.isMultiple(of: 60) {
                        telemetry.feeds(try await newsroom.store.feeds(), now: newsroom.now())
                    }
                    if rounds.isMultiple(of: 3600) {
                        try await newsroom.store.pruneReplies(
                            before: newsroom.now().addingTimeInterval(-Self.repliesKept))
                    }
                } catch is CancellationError {
                    return
                } catch {
                    newsroom.logger.error("Cannot follow the store", metadata: ["error": "\(error)"])
                }
                rounds += 1
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }
}
