public import Foundation
import GRDB
public import News

extension NewsStore {
    /// All subscriptions at hubs, by feed.
    public func hubSubscriptions() async throws(StorageError) -> [HubSubscription] {
        try await read { db in
            try String.fetchAll(db, sql: "SELECT content FROM hub_subscription ORDER BY feed, key")
                .map(HubSubscription.init(column:))
        }
    }

    /// The subscription of a callback; nil where there is none.
    public func hubSubscription(key: String) async throws(StorageError) -> HubSubscription? {
        try await read { db in try subscription(key, db) }
    }

    /// The subscription of a feed that is not ending; nil where there is none.
    public func hubSubscription(feed url: String) async throws(StorageError) -> HubSubscription? {
        try await read { db in
            try String.fetchOne(
                db, sql: "SELECT content FROM hub_subscription WHERE feed = ? AND NOT is_ending",
                arguments: [ColumnText.encoded(url)]
            ).map(HubSubscription.init(column:))
        }
    }

    /// Puts a subscription on record, unless its feed has one that is not ending.
    public func add(_ subscription: HubSubscription) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO hub_subscription (key, feed, is_ending, due_at, content)
                    VALUES (?, ?, ?, ?, ?)
                    """, arguments: try subscription.columns())
        }
    }

    /// Changes what is on record of a subscription, with nobody else between reading and writing.
    ///
    /// - Parameters:
    ///   - key: the callback's; an unknown one changes nothing.
    ///   - change: what it becomes; nil takes it away.
    /// - Returns: what the change has returned beside it; nil where there was no such subscription.
    /// - Throws: ``StorageError`` when the file cannot be written.
    @discardableResult public func changeHubSubscription<Result: Sendable>(
        key: String, _ change: @escaping @Sendable (HubSubscription) -> (HubSubscription?, Result)
    ) async throws(StorageError) -> Result? {
        try await write { db in
            guard let before = try subscription(key, db) else { return nil }
            let (after, result) = change(before)
            guard let after else {
                try db.execute(
                    sql: "DELETE FROM hub_subscription WHERE key = ?", arguments: [ColumnText.encoded(key)])
                return result
            }
            try db.execute(
                sql: """
                    UPDATE hub_subscription SET key = ?, feed = ?, is_ending = ?, due_at = ?, content = ?
                    WHERE key = ?
                    """, arguments: try after.columns() + [ColumnText.encoded(key)])
            return result
        }
    }

    /// The subscriptions for which something is to be done, earliest first.
    public func hubSubscriptions(due now: Date, limit: Int) async throws(StorageError) -> [HubSubscription] {
        try await read { db in
            try String.fetchAll(
                db, sql: "SELECT content FROM hub_subscription WHERE due_at <= ? ORDER BY due_at LIMIT ?",
                arguments: [now.timeIntervalSince1970, max(0, limit)]
            ).map(HubSubscription.init(column:))
        }
    }

    /// Makes a feed due at a moment, unless it is due earlier or has ended.
    public func hasten(feed url: String, to moment: Date) async throws(StorageError) {
        try await write { db in
            guard
                var feed = try String.fetchOne(
                    db, sql: "SELECT content FROM feed WHERE url = ? AND next_read_at > ?",
                    arguments: [ColumnText.encoded(url), moment.timeIntervalSince1970]
                ).map(FeedSubscription.init(column:))
            else { return }
            feed.progress.nextReadAt = moment
            try db.execute(
                sql: "UPDATE feed SET next_read_at = ?, content = ? WHERE url = ?",
                arguments: [
                    moment.timeIntervalSince1970, try ColumnJSON.encoded(feed), ColumnText.encoded(url),
                ])
        }
    }
}

private func subscription(_ key: String, _ db: Database) throws -> HubSubscription? {
    try String.fetchOne(
        db, sql: "SELECT content FROM hub_subscription WHERE key = ?", arguments: [ColumnText.encoded(key)]
    ).map(HubSubscription.init(column:))
}

extension HubSubscription {
    fileprivate init(column: String) throws {
        self = try ColumnJSON.decoded(HubSubscription.self, from: column)
    }

    /// The values of the columns key, feed, is_ending, due_at, content.
    fileprivate func columns() throws -> StatementArguments {
        [
            ColumnText.encoded(key), ColumnText.encoded(feed), phase == .ending,
            dueAt.timeIntervalSince1970, try ColumnJSON.encoded(self),
        ]
    }
}
