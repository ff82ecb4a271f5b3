public import Foundation
public import Logging
import News
public import Storage

/// Reads feeds when they are due, until its task is cancelled.
///
/// Feeds are taken with a lease, so that of several programs on one archive only one reads a feed at a time, and what a
/// program had taken when it died is read by another. The feeds of one host are read one after the other, those of
/// different hosts side by side up to a bound.
public struct FeedPoller: Sendable {
    private let store: NewsStore
    private let reader: FeedReader
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// How many hosts are asked at a time.
    private static let hostsAtOnce = 8
    /// How many feeds are taken at a time.
    private static let feedsAtOnce = 32
    /// How long a feed that was taken stays so; longer than reading the feeds of one host one by one takes.
    private static let lease: TimeInterval = 900

    /// A poller of the feeds of a store.
    public init(
        store: NewsStore, reader: FeedReader, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        (self.store, self.reader, self.now, self.logger) = (store, reader, now, logger)
    }

    /// Reads all feeds that are due, each once.
    ///
    /// - Returns: how many were read.
    /// - Throws: ``StorageError`` when feeds cannot be taken; `CancellationError` when cancelled.
    @discardableResult
    public func readDue() async throws -> Int {
        let moment = now()
        let due = try await store.claimFeeds(
            due: moment, until: moment.addingTimeInterval(Self.lease), limit: Self.feedsAtOnce)
        let hosts = Dictionary(grouping: due) { URL(string: $0.url)?.host() ?? $0.url }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, feeds) in hosts.values.enumerated() {
                if place >= Self.hostsAtOnce { try await group.next() }
                group.addTask {
                    for feed in feeds { try await reader.read(feed, now: now()) }
                }
            }
            try await group.waitForAll()
        }
        return due.count
    }

    /// Reads feeds whenever they are due, until the task is cancelled.
    ///
    /// - Parameter clock: what the pauses between two looks are measured by.
    public func run(clock: any Clock<Duration> = ContinuousClock()) async {
        while !Task.isCancelled {
            var count = 0
            do {
                count = try await readDue()
            } catch is CancellationError {
                return
            } catch {
                logger.error("Feeds cannot be followed", metadata: ["error": "\(error)"])
            }
            // More may be due than were taken at once.
            guard count < Self.feedsAtOnce else { continue }
            do { try await clock.sleep(for: .seconds(5)) } catch { return }
        }
    }
}
