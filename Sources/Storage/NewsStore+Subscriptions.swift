public import Foundation
import GRDB

/// Somebody's wish to be told the news unasked.
public struct Subscription: Sendable, Hashable {
    /// Its number; 0 before it is kept.
    public var row: Int64 = 0
    /// The platform's name.
    public var channel: String
    /// The chat that it goes to.
    public var lane: String
    /// Who asked for it, told apart from people of other platforms.
    public var person: String
    /// What new articles must be about; empty for the daily digest.
    public var topic: String
    /// The minute of the day of the digest; nil for a topic, which is told as it comes.
    public var minute: Int?
    /// The language of its messages, as a tag.
    public var language: String
    /// Where to send it, in the form that its writer chose.
    public var address: String
    /// The day of the last digest, such as `2025-07-18`.
    public var lastDay: String?
    /// The newest change of the archive that was looked at.
    public var lastSequence: Int64

    /// A subscription that nothing was sent for yet.
    public init(
        channel: String, lane: String, person: String, topic: String, minute: Int?, language: String,
        address: String, lastDay: String? = nil, lastSequence: Int64
    ) {
        (self.channel, self.lane, self.person) = (channel, lane, person)
        (self.topic, self.minute, self.language, self.address) = (topic, minute, language, address)
        (self.lastDay, self.lastSequence) = (lastDay, lastSequence)
    }
}

extension NewsStore {
    /// Keeps a subscription, in place of the same person's to the same topic in the same chat.
    public func keep(_ wish: Subscription) async throws(StorageError) {
        try await commitTogether { db in
            try db.execute(
                sql: """
                    INSERT INTO subscription
                        (channel, lane, person, topic, minute, language, address, last_day, last_sequence)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (lane, person, topic) DO UPDATE SET
                        minute = excluded.minute, language = excluded.language, address = excluded.address
                    """,
                arguments: [
                    wish.channel, ColumnText.encoded(wish.lane), ColumnText.encoded(wish.person),
                    ColumnText.encoded(wish.topic), wish.minute, wish.language,
                    ColumnText.encoded(wish.address), wish.lastDay, wish.lastSequence,
                ])
        }
    }

    /// Ends a person's subscriptions in a chat: that to a topic, or all.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func unsubscribe(
        person: String, lane: String, topic: String?
    ) async throws(StorageError) -> Int {
        try await commitTogether { db in
            try db.execute(
                sql: """
                    DELETE FROM subscription WHERE person = ? AND lane = ? AND topic = coalesce(?, topic)
                    """,
                arguments: [
                    ColumnText.encoded(person), ColumnText.encoded(lane), topic.map(ColumnText.encoded),
                ])
            return db.changesCount
        }
    }

    /// All subscriptions, oldest first.
    public func subscriptions() async throws(StorageError) -> [Subscription] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT row, channel, lane, person, topic, minute, language, address, last_day, last_sequence
                    FROM subscription ORDER BY row
                    """
            ).map { row in
                var wish = Subscription(
                    channel: row[1], lane: ColumnText.decoded(row[2]), person: ColumnText.decoded(row[3]),
                    topic: ColumnText.decoded(row[4]), minute: row[5], language: row[6],
                    address: ColumnText.decoded(row[7]), lastDay: row[8], lastSequence: row[9])
                wish.row = row[0]
                return wish
            }
        }
    }

    /// Takes in what a subscription brings and notes that it did, both or neither, so that nothing is sent twice.
    ///
    /// - Parameters:
    ///   - wish: with what was sent last, as it is now.
    ///   - messages: what to send; none where there was nothing new.
    ///   - now: the time.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func fulfil(
        _ wish: Subscription, with messages: [OutboxEntry], at now: Date
    ) async throws(StorageError) {
        try await commitTogether { db in
            try db.execute(
                sql: "UPDATE subscription SET last_day = ?, last_sequence = ? WHERE row = ?",
                arguments: [wish.lastDay, wish.lastSequence, wish.row])
            guard db.changesCount > 0 else { return }
            for message in messages { _ = try insert(message, at: now, db) }
        }
    }
}
