public import Foundation
import GRDB
public import News

extension NewsStore {
    /// Begins to follow a feed.
    ///
    /// - Returns: false when its address is followed already; what is on record of it is then left as it is.
    public func add(_ feed: FeedSubscription) async throws(StorageError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "INSERT INTO feed (url, next_read_at, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: try feed.columns())
            return db.changesCount > 0
        }
    }

    /// The feeds that are followed, by address.
    public func feeds() async throws(StorageError) -> [FeedSubscription] {
        try await read { db in
            try String.fetchAll(db, sql: "SELECT content FROM feed ORDER BY url").map(
                FeedSubscription.init(column:))
        }
    }

    /// The feed at an address; nil where it is not followed.
    public func feed(url: String) async throws(StorageError) -> FeedSubscription? {
        try await read { db in
            try String.fetchOne(
                db, sql: "SELECT content FROM feed WHERE url = ?", arguments: [ColumnText.encoded(url)]
            ).map(FeedSubscription.init(column:))
        }
    }

    /// The feeds and channels that articles came from, as their origins tell.
    public func feeds(ofOrigins origins: [String]) async throws(StorageError) -> [FeedSubscription] {
        // `<feed>#<entry>`, `<channel>/<post>`.
        let places = Set(
            origins.flatMap { origin in
                [
                    origin.firstIndex(of: "#").map { String(origin[..<$0]) },
                    origin.lastIndex(of: "/").map { String(origin[..<$0]) },
                ].compactMap(\.self)
            })
        guard !places.isEmpty else { return [] }
        return try await lookUp { db in
            let list = try ColumnJSON.encoded(places.sorted().map(ColumnText.encoded))
            return try String.fetchAll(
                db.cachedStatement(
                    sql: "SELECT content FROM feed WHERE url IN (SELECT value FROM json_each(?)) ORDER BY url"
                ),
                arguments: [list]
            ).map(FeedSubscription.init(column:))
        }
    }

    /// Ceases to follow a feed; its articles stay.
    ///
    /// - Returns: whether it was followed.
    public func removeFeed(url: String) async throws(StorageError) -> Bool {
        try await write { db in
            try db.execute(sql: "DELETE FROM feed WHERE url = ?", arguments: [ColumnText.encoded(url)])
            return db.changesCount > 0
        }
    }

    /// Takes feeds that are due, so that nobody else reads them before the lease has run out.
    ///
    /// - Parameters:
    ///   - now: the moment; what is due earlier comes first.
    ///   - lease: when a feed is due again if whoever took it never says what came of it.
    ///   - limit: how many at most.
    /// - Returns: the feeds, as they were before.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func claimFeeds(due now: Date, until lease: Date, limit: Int) async throws(StorageError)
        -> [FeedSubscription]
    {
        // Mostly nothing is due, and whoever writes need not wait for that to be found out.
        let isAnyDue = try await read { db in
            try Bool.fetchOne(
                db, sql: "SELECT 1 FROM feed WHERE next_read_at <= ? LIMIT 1",
                arguments: [now.timeIntervalSince1970])
        }
        guard isAnyDue != nil else { return [] }
        return try await write { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT url, content FROM feed WHERE next_read_at IS NOT NULL AND next_read_at <= ?
                    ORDER BY next_read_at LIMIT ?
                    """, arguments: [now.timeIntervalSince1970, max(0, limit)])
            for row in rows {
                try db.execute(
                    sql: "UPDATE feed SET next_read_at = ? WHERE url = ?",
                    arguments: [lease.timeIntervalSince1970, row[0] as String])
            }
            return try rows.map { try FeedSubscription(column: $0[1]) }
        }
    }

    /// Keeps what is known of a feed after it was read.
    ///
    /// - Parameters:
    ///   - feed: its new state, perhaps with another address.
    ///   - url: the address by which it is on record.
    /// - Returns: false when it is not followed any more, or when its new address is followed already and so this one
    ///   was removed.
    /// - Throws: ``StorageError`` when the file cannot be written.
    @discardableResult
    public func update(_ feed: FeedSubscription, knownBy url: String) async throws(StorageError) -> Bool {
        try await write { db in
            if feed.url != url,
                try Bool.fetchOne(
                    db, sql: "SELECT 1 FROM feed WHERE url = ?", arguments: [ColumnText.encoded(feed.url)])
                    != nil
            {
                try db.execute(sql: "DELETE FROM feed WHERE url = ?", arguments: [ColumnText.encoded(url)])
                return false
            }
            try db.execute(
                sql: "UPDATE feed SET url = ?, next_read_at = ?, content = ? WHERE url = ?",
                arguments: try feed.columns() + [ColumnText.encoded(url)])
            return db.changesCount > 0
        }
    }
}

extension FeedSubscription {
    init(column: String) throws {
        self = try ColumnJSON.decoded(FeedSubscription.self, from: column)
    }

    /// The values of the columns url, next_read_at, content; what has ended or is delivered is never due.
    fileprivate func columns() throws -> StatementArguments {
        [
            ColumnText.encoded(url),
            progress.endedAt == nil && !isDelivered ? progress.nextReadAt.timeIntervalSince1970 : nil,
            try ColumnJSON.encoded(self),
        ]
    }
}
