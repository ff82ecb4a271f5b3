import ArgumentParser
import Foundation
import Ingest
import News
import Retrieval
import Storage
import Transport

/// `newsdesk feed`: the feeds that the archive follows.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Follow RSS, Atom, RDF and JSON feeds.",
        discussion: "newsdesk serve reads them whenever they are due; newsdesk feed read does so now.",
        subcommands: [Add.self, List.self, Remove.self, Read.self, Show.self, Import.self, Export.self])

    /// `newsdesk feed add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Follow a feed, and read it at once.")

        @Argument(help: "The address of the feed.")
        var url: String
        @Option(help: "How answers name the source; otherwise as the feed names itself.")
        var name: String?
        @Flag(help: "Read the page behind each entry for its whole text.")
        var fullText = false
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let (url, name, fullText) = (url, name, fullText)
            try await FeedCommand.withFeeds(common) { feeds in
                guard FeedDesk.isAddress(url) else {
                    throw ValidationError("“\(url)” is no feed's address: write one with http:// or https://")
                }
                let feed = FeedSubscription(
                    url: url, name: name, readsFullText: fullText, addedAt: feeds.newsroom.now())
                guard try await feeds.newsroom.store.add(feed) else {
                    Terminal.remark("newsdesk: \(url) is followed already")
                    return
                }
                try await feeds.read([feed])
            }
        }
    }

    /// `newsdesk feed list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The feeds that are followed, and how each fares.")

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            try await FeedCommand.withFeeds(common) { feeds in
                let leases = try await feeds.leases()
                for feed in try await feeds.newsroom.store.feeds() {
                    let pushed = leases[feed.url].map { ", pushed until \($0.formatted(.iso8601))" } ?? ""
                    Terminal.result(FeedDesk.line(feed, now: feeds.newsroom.now()) + pushed)
                }
            }
        }
    }

    /// `newsdesk feed remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Follow a feed no longer; its articles stay.")

        @Argument(help: "The address of the feed.")
        var url: String
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let url = url
            try await FeedCommand.withFeeds(common) { feeds in
                guard try await feeds.newsroom.store.removeFeed(url: url) else {
                    throw FeedDesk.Unknown(url: url)
                }
            }
        }
    }

    /// `newsdesk feed read`.
    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "read", abstract: "Read feeds now, whether they are due or not.")

        @Argument(help: "The addresses; none for all that are followed.")
        var urls: [String] = []
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let urls = urls
            try await FeedCommand.withFeeds(common) { feeds in
                let known = try await feeds.newsroom.store.feeds()
                if let unknown = urls.first(where: { url in !known.contains { $0.url == url } }) {
                    throw FeedDesk.Unknown(url: unknown)
                }
                try await feeds.read(
                    known.filter { !$0.isDelivered && (urls.isEmpty || urls.contains($0.url)) })
            }
        }
    }

    /// `newsdesk feed show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "What an address or a file gives as a feed, without keeping any of it.")

        @Argument(help: "An address or a file.")
        var place: String
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let place = place
            try await FeedCommand.withFeeds(common) { feeds in
                let feed: Feed
                if FeedDesk.isAddress(place) {
                    feed = try await feeds.reader.preview(place)
                } else {
                    feed = try FeedParser().parse(try FeedDesk.bytes(place))
                }
                Terminal.result(
                    "\(feed.title ?? "(no title)"): \(feed.entries.count) entries, \(feed.form.rawValue)")
                for entry in feed.entries {
                    let date = entry.date.map { $0.formatted(.iso8601) } ?? "no date"
                    Terminal.result("  \(date)  \(entry.title ?? "(no title)")  \(entry.link ?? "")")
                }
            }
        }
    }

    /// `newsdesk feed import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Follow the feeds of a list (OPML).")

        @Argument(help: "The file.")
        var file: String
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let file = file
            try await FeedCommand.withFeeds(common) { feeds in
                let count = try await feeds.add(try FeedDesk.bytes(file), origin: file)
                Terminal.result("\(count.new) new, \(count.known) followed already")
            }
        }
    }

    /// `newsdesk feed export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "The feeds that are followed, as a list (OPML).")

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            try await FeedCommand.withFeeds(common) { feeds in Terminal.result(try await feeds.list()) }
        }
    }

    private static func withFeeds(
        _ common: CommonOptions, _ body: @Sendable (FeedDesk) async throws -> Void
    ) async throws {
        let settings = try common.settings()
        let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
        do {
            try await body(FeedDesk(newsroom))
        } catch {
            await newsroom.close()
            throw error
        }
        await newsroom.close()
    }
}

/// What commands and the API do with feeds.
struct FeedDesk: Sendable {
    let newsroom: Newsroom
    var reader: FeedReader { newsroom.feedReader }

    init(_ newsroom: Newsroom) { self.newsroom = newsroom }

    /// A feed that was asked for and is not followed.
    struct Unknown: Error, CustomStringConvertible {
        var url: String
        var description: String { "\(url) is not followed: newsdesk feed list shows what is" }
    }

    /// A list that cannot be read.
    struct BadList: Error, CustomStringConvertible {
        var origin: String
        var description: String { "\(origin) is no list of feeds: give an OPML file" }
    }

    /// Reads feeds one after the other, telling what came of each.
    func read(_ feeds: [FeedSubscription]) async throws {
        var failed = false
        for feed in feeds {
            let (after, report) = try await reader.read(feed, now: newsroom.now())
            if let error = after.progress.lastError {
                failed = true
                Terminal.remark("newsdesk: \(feed.url): \(error); it stays on the list and is tried again")
            } else if after.progress.endedAt != nil {
                Terminal.remark("newsdesk: \(feed.url) is no longer published (410) and is read no more")
            } else if after.url != feed.url, try await newsroom.store.feed(url: feed.url) == nil {
                Terminal.result("\(after.source): moved to \(after.url), \(report.new) new")
            } else {
                Terminal.result(
                    "\(after.source): \(report.new) new, \(report.changed) changed, \(report.unchanged) unchanged"
                )
            }
        }
        try await newsroom.index.refresh()
        if failed { throw ExitCode(1) }
    }

    /// Follows the feeds of a list.
    ///
    /// - Throws: ``BadList`` when it is none.
    func add(_ opml: [UInt8], origin: String) async throws -> (new: Int, known: Int) {
        guard let outlines = OPML.read(opml) else { throw BadList(origin: origin) }
        var count = (new: 0, known: 0)
        for outline in outlines where Self.isAddress(outline.url) {
            var feed = FeedSubscription(url: outline.url, name: outline.title, addedAt: newsroom.now())
            feed.page = outline.page
            if try await newsroom.store.add(feed) { count.new += 1 } else { count.known += 1 }
        }
        return count
    }

    /// Until when hubs send what is new, by feed.
    func leases() async throws -> [String: Date] {
        let now = newsroom.now()
        let live = try await newsroom.store.hubSubscriptions().compactMap { subscription in
            subscription.liveUntil(at: now).map { (subscription.feed, $0) }
        }
        return Dictionary(live) { first, _ in first }
    }

    /// The feeds that are followed, as a list.
    func list() async throws -> String {
        let outlines = try await newsroom.store.feeds().filter { !$0.isDelivered }.map {
            OPML.Outline(title: $0.name ?? $0.title, url: $0.url, page: $0.page)
        }
        return OPML.written(outlines, title: "Feeds of Newsdesk", at: newsroom.now())
    }

    static func isAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else { return false }
        return (scheme == "http" || scheme == "https") && url.host()?.isEmpty == false && url.user() == nil
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(file) cannot be read: check that it exists, and its permissions")
        }
        return [UInt8](data)
    }

    /// One line on how a feed fares.
    static func line(_ feed: FeedSubscription, now: Date) -> String {
        let read = feed.progress.lastReadAt.map { "read \($0.formatted(.iso8601))" } ?? "never read"
        return "\(FeedCondition.text(feed, now: now))  \(feed.url)  \(feed.source), \(read)"
    }
}

/// How a feed fares, in words.
enum FeedCondition {
    static func text(_ feed: FeedSubscription, now: Date) -> String {
        switch feed.condition(at: now) {
        case .waiting: "waiting"
        case .fresh: "fresh"
        case .silent(let since): "silent since \(since.formatted(.iso8601))"
        case .failing(let reason): "failing: \(reason)"
        case .ended: "ended"
        }
    }

    /// A word for metrics and documents.
    static func label(_ feed: FeedSubscription, now: Date) -> String {
        switch feed.condition(at: now) {
        case .waiting: "waiting"
        case .fresh: "fresh"
        case .silent: "silent"
        case .failing: "failing"
        case .ended: "ended"
        }
    }
}
