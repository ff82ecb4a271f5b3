public import Foundation
public import Logging
import Markup
public import News
public import Storage
import Text
import Transport

/// Reads one feed once: fetch, parse, commit, and when to come back.
///
/// ```
/// FeedSubscription ─WebFetcher→ bytes ─FeedParser→ Feed ─articles→ NewsStore.commit
///        └────────────────── FeedSchedule ←────── what came of it ──────┘
/// ```
/// The articles are committed before the feed's new state is: killed between the two, the feed is read again and
/// nothing is lost or doubled.
public struct FeedReader: Sendable {
    private let store: NewsStore
    private let fetcher: WebFetcher
    private let schedule: FeedSchedule
    private let followsHubs: Bool
    private let logger: Logger

    /// A reader into a store.
    ///
    /// - Parameters:
    ///   - store: where articles and feeds are kept.
    ///   - fetcher: the way out.
    ///   - schedule: when to come back.
    ///   - followsHubs: whether a ``HubSubscriber`` runs, so that feeds with a hub need not be read often.
    ///   - logger: told of what an operator should know.
    public init(
        store: NewsStore, fetcher: WebFetcher, schedule: FeedSchedule = FeedSchedule(),
        followsHubs: Bool = false, logger: Logger
    ) {
        (self.store, self.fetcher, self.schedule) = (store, fetcher, schedule)
        (self.followsHubs, self.logger) = (followsHubs, logger)
    }

    /// What is at an address, without keeping anything.
    ///
    /// - Throws: ``WebFetcher/Problem``, ``FeedParser/Problem``, or ``FeedReader/Refusal`` for a status without a feed.
    public func preview(_ url: String) async throws -> Feed {
        let response = try await fetcher.fetch(url)
        guard (200..<300).contains(response.status) else { throw Refusal(status: response.status) }
        return try FeedParser().parse(
            response.body, address: response.address, contentType: response[header: "content-type"])
    }

    /// A server that answers without a feed.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// The status of its answer.
        public var status: Int
        /// The status in words.
        public var description: String { "the server answers \(status) where a feed was expected" }
    }

    /// Reads a feed and keeps what is new in it.
    ///
    /// - Parameters:
    ///   - feed: the feed as it is on record.
    ///   - now: the time of the change.
    ///   - chance: 0 ..< 1, for the schedule.
    /// - Returns: the feed as it is on record now, and what became of its articles.
    /// - Throws: ``StorageError`` when the store fails; what the other side does wrong ends in the feed's state.
    @discardableResult
    public func read(
        _ feed: FeedSubscription, now: Date, chance: Double = Double.random(in: 0..<1)
    ) async throws -> (feed: FeedSubscription, report: IngestReport) {
        var after = feed
        var report = IngestReport()
        let outcome: FeedSchedule.Outcome
        do {
            outcome = try await fetched(&after, now: now, &report)
        } catch let error as StorageError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch WebFetcher.Problem.transport(.cancelled) {
            throw CancellationError()
        } catch {
            outcome = .failed("\(error)", retryAfter: nil)
        }
        try await keep(&after, knownBy: feed.url, outcome, report, now: now, chance: chance)
        return (after, report)
    }

    /// Takes in what a hub has sent of a feed, as if it had been read there.
    ///
    /// A delivery without a feed in it, and one of a feed whose pages are to be read, makes the feed due at once.
    ///
    /// - Parameters:
    ///   - body: the bytes of the delivery, proved to be the hub's.
    ///   - contentType: the header that came with them.
    ///   - feed: the feed as it is on record.
    ///   - now: the time.
    ///   - chance: 0 ..< 1, for the schedule.
    /// - Returns: what became of the articles.
    /// - Throws: ``StorageError`` when the store fails.
    @discardableResult
    public func take(
        _ body: [UInt8], contentType: String?, of feed: FeedSubscription, now: Date,
        chance: Double = Double.random(in: 0..<1)
    ) async throws -> IngestReport {
        let parsed: Feed
        do throws(FeedParser.Problem) {
            parsed = try FeedParser().parse(body, address: feed.url, contentType: contentType)
        } catch {
            if error != .empty {
                logger.warning(
                    "A hub has sent what is no feed; the feed is read instead",
                    metadata: ["feed.url": "\(feed.url)", "error": "\(error)"])
            }
            try await store.hasten(feed: feed.url, to: now)
            return IngestReport()
        }
        if feed.readsFullText {
            try await store.hasten(feed: feed.url, to: now)
            return IngestReport()
        }
        var after = feed
        let report = try await commit(parsed, of: feed, now: now)
        try await keep(
            &after, knownBy: feed.url, .pushed(new: report.new + report.changed), report, now: now,
            chance: chance)
        return report
    }

    /// Notes that a chat platform has delivered posts of a channel, so that its rhythm is known like that of a feed.
    ///
    /// - Parameters:
    ///   - delivery: what became of the posts.
    ///   - channel: the channel, put on record where it is not.
    ///   - now: the time.
    /// - Throws: ``StorageError`` when the store fails.
    public func note(
        delivery: IngestReport, of channel: FeedSubscription, now: Date
    ) async throws(StorageError) {
        guard delivery.new + delivery.changed + delivery.unchanged > 0 else { return }
        _ = try await store.add(channel)
        guard var known = try await store.feed(url: channel.url) else { return }
        known.name = channel.name
        known.progress = schedule.progress(
            after: .pushed(new: delivery.new), of: known.progress, at: now, chance: 0)
        try await store.update(known, knownBy: known.url)
    }

    private func keep(
        _ feed: inout FeedSubscription, knownBy url: String, _ outcome: FeedSchedule.Outcome,
        _ report: IngestReport, now: Date, chance: Double
    ) async throws(StorageError) {
        let lease = followsHubs ? try await store.hubSubscription(feed: url)?.liveUntil(at: now) : nil
        feed.progress = schedule.progress(
            after: outcome, of: feed.progress, at: now, chance: chance, pushedUntil: lease)
        log(feed, outcome, report)
        try await store.update(feed, knownBy: url)
    }

    private func fetched(
        _ feed: inout FeedSubscription, now: Date, _ report: inout IngestReport
    ) async throws -> FeedSchedule.Outcome {
        var headers = [
            (
                name: "Accept",
                value:
                    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
            )
        ]
        if let etag = feed.progress.etag { headers.append((name: "If-None-Match", value: etag)) }
        if let date = feed.progress.lastModified { headers.append((name: "If-Modified-Since", value: date)) }
        let response = try await fetcher.fetch(feed.url, headers: headers)
        var advice = CacheAdvice.advice(in: response, now: now)
        switch response.status {
        case 304: return .unchanged(advice)
        case 410: return .gone
        case 200..<300: break
        default:
            return .failed(
                "\(Refusal(status: response.status))",
                retryAfter: CacheAdvice.retryAfter(in: response, now: now))
        }
        let parsed = try FeedParser().parse(
            response.body, address: response.address, contentType: response[header: "content-type"])
        if let moved = response.permanentAddress, moved != feed.url {
            feed.url = moved
            // The other one reads it, perhaps with whole texts, which these must not take the place of.
            if try await store.feed(url: moved) != nil { return .unchanged(advice) }
        }
        feed.title = parsed.title ?? feed.title
        feed.page = parsed.link ?? feed.page
        let links = LinkHeader.links(in: response.values(of: "link"))
        func target(_ relation: String) -> String? {
            links.first { $0.relations.contains(relation) }
                .map { WebAddress.resolved($0.target, against: response.address) }
        }
        // What the server says of an address stands above what lies there (WebSub, section 4).
        feed.hub = target("hub") ?? parsed.hub
        feed.topic = feed.hub == nil ? nil : target("self") ?? parsed.selfLink ?? response.address
        advice.freshFor = [advice.freshFor, parsed.timeToLive].compactMap(\.self).max()
        report = try await commit(parsed, of: feed, now: now)
        return .read(new: report.new + report.changed, advice)
    }

    private func commit(_ parsed: Feed, of feed: FeedSubscription, now: Date) async throws -> IngestReport {
        let whole = feed.readsFullText ? try await withFullTexts(parsed, of: feed) : parsed
        var (articles, diagnostics) = whole.articles(from: feed)
        for place in articles.indices {
            // Two entries of one minute with like headlines are two articles, however alike their ids would be.
            guard let known = try await store.article(id: articles[place].id)?.article,
                let origin = known.origin,
                origin != articles[place].origin, origin.hasPrefix(feed.url + "#"),
                let own = articles[place].origin
            else { continue }
            articles[place].id += "-" + ArticleIdentity.code(own)
        }
        var report = IngestReport()
        report.diagnostics = diagnostics
        report.refused = diagnostics.count { $0.severity == .refused }
        diagnostics = []
        for outcome in try await store.commit(articles, at: now) { report.count(outcome) }
        return report
    }

    /// The entries that are not known yet, or have changed since the last reading, with the text of their pages.
    ///
    /// Each page is asked for once; a known entry is left out, because its short text must not replace the whole one.
    /// A page that cannot be read leaves its entry as the feed has it: the headline is news already.
    private func withFullTexts(_ parsed: Feed, of feed: FeedSubscription) async throws -> Feed {
        var whole = parsed
        let known = try await store.known(origins: parsed.entries.compactMap { $0.origin(in: feed) })
        whole.entries.removeAll { entry in
            guard let origin = entry.origin(in: feed), known.contains(origin) else { return false }
            guard let changed = entry.updatedAt, let last = feed.progress.lastReadAt else { return true }
            return changed <= last
        }
        for place in whole.entries.indices {
            let entry = whole.entries[place]
            guard let link = entry.link else { continue }
            do {
                let response = try await fetcher.fetch(link)
                guard (200..<300).contains(response.status),
                    let page = PageParser.read(
                        response.body, origin: response.address, contentType: response[header: "content-type"]
                    )
                else { throw Refusal(status: response.status) }
                if page.text.count > (entry.text ?? "").count { whole.entries[place].content = page.text }
                whole.entries[place].author = entry.author ?? page.metadata.author
                whole.entries[place].publishedAt = entry.date ?? page.metadata.publishedAt
                // Known by what the feed calls it, shown by what the page calls itself.
                whole.entries[place].id = entry.id ?? entry.link
                whole.entries[place].link = page.metadata.url ?? link
            } catch WebFetcher.Problem.transport(.cancelled) {
                throw CancellationError()
            } catch {
                logger.warning(
                    "A page cannot be read",
                    metadata: ["feed.url": "\(feed.url)", "page.url": "\(link)", "error": "\(error)"])
            }
        }
        return whole
    }

    private func log(_ feed: FeedSubscription, _ outcome: FeedSchedule.Outcome, _ report: IngestReport) {
        let metadata: Logger.Metadata = ["feed.url": "\(feed.url)", "feed.source": "\(feed.source)"]
        switch outcome {
        case .read, .pushed:
            let counts: Logger.Metadata = [
                "ingest.new": "\(report.new)", "ingest.changed": "\(report.changed)",
                "ingest.refused": "\(report.refused)",
            ]
            logger.info(
                "Read a feed", metadata: metadata.merging(counts) { $1 })
        case .unchanged: logger.debug("A feed is unchanged", metadata: metadata)
        case .failed(let reason, _):
            logger.warning("A feed cannot be read", metadata: metadata.merging(["error": "\(reason)"]) { $1 })
        case .gone: logger.warning("A feed has ended", metadata: metadata)
        }
    }
}

/// What a server's headers say about when to come back.
enum CacheAdvice {
    static func advice(in response: WebFetcher.Response, now: Date) -> FeedSchedule.Advice {
        FeedSchedule.Advice(
            etag: response[header: "etag"], lastModified: response[header: "last-modified"],
            freshFor: freshness(response, now: now))
    }

    /// The wait of `Retry-After`, in seconds or until a date (RFC 9110, 10.2.3).
    static func retryAfter(in response: WebFetcher.Response, now: Date) -> TimeInterval? {
        guard let text = response[header: "retry-after"] else { return nil }
        if let seconds = Double(text), seconds >= 0, seconds.isFinite { return seconds }
        let clock = response[header: "date"].flatMap(FeedDate.parse) ?? now
        return FeedDate.parse(text).map { max(0, $0.timeIntervalSince(clock)) }
    }

    /// `max-age` less the age that the answer has already; `no-cache` and `no-store` leave it to the schedule.
    private static func freshness(_ response: WebFetcher.Response, now: Date) -> TimeInterval? {
        let directives = (response[header: "cache-control"] ?? "").lowercased().split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        if directives.contains("no-cache") || directives.contains("no-store") { return nil }
        for directive in directives where directive.hasPrefix("max-age=") {
            guard let seconds = Double(directive.dropFirst(8)), seconds >= 0 else { continue }
            let age = response[header: "age"].flatMap(Double.init) ?? 0
            return max(0, seconds - max(0, age))
        }
        let clock = response[header: "date"].flatMap(FeedDate.parse) ?? now
        return response[header: "expires"].flatMap(FeedDate.parse).map { max(0, $0.timeIntervalSince(clock)) }
    }
}
