public import Foundation
import GRDB

/// What a chat platform delivered, on its way to an answer.
///
/// Entries of one lane, which is a chat of a platform, are answered in the order in which they were taken in.
public struct InboxEntry: Sendable, Hashable {
    /// The platform's name.
    public var channel: String
    /// The platform's identity of the delivery.
    public var key: String
    /// What tells one message from another where it comes under several keys; nil where the key says all.
    public var fingerprint: String?
    /// The chat, told apart from those of other platforms.
    public var lane: String
    /// What happened, in the form that its reader chose; it is taken away once it is answered.
    public var content: String

    /// An entry made of the given parts.
    public init(channel: String, key: String, fingerprint: String?, lane: String, content: String) {
        (self.channel, self.key, self.fingerprint) = (channel, key, fingerprint)
        (self.lane, self.content) = (lane, content)
    }
}

/// One message that is to be sent to a platform.
public struct OutboxEntry: Sendable, Hashable {
    /// The platform's name.
    public var channel: String
    /// What the message is known by; a second one under the same key is not taken in.
    public var key: String
    /// The chat; messages of one lane are sent in order.
    public var lane: String
    /// The message that it answers.
    public var about: String?
    /// What to send, in the form that its writer chose; it is taken away once it is sent.
    public var content: String

    /// An entry made of the given parts.
    public init(channel: String, key: String, lane: String, about: String?, content: String) {
        (self.channel, self.key, self.lane) = (channel, key, lane)
        (self.about, self.content) = (about, content)
    }
}

/// An entry of the inbox that is not answered, or of the outbox that is not sent.
public struct WaitingEntry: Sendable, Hashable {
    /// Its number; later ones have higher numbers.
    public var row: Int64
    /// The platform's name.
    public var channel: String
    /// The chat.
    public var lane: String
    /// What it is known by.
    public var key: String
    /// How often sending was begun without the platform's answer; 0 for the inbox.
    public var attempts: Int
    /// When it was taken in.
    public var since: Date
    /// What happened or is to be sent.
    public var content: String
}

/// What is known of a chat.
public struct ChatProfile: Sendable, Hashable {
    /// The language that its people asked for, as a tag.
    public var language: String?
    /// Whether nobody but one person and the bot are in it.
    public var isPrivate = false

    /// A chat of which nothing is known.
    public init() {}
}

extension NewsStore {
    // MARK: Inbox

    /// Takes deliveries in; those whose key or fingerprint is known are passed over.
    ///
    /// - Returns: for each its number, nil where it was known, once they would outlive a power cut.
    /// - Throws: ``StorageError`` when the file cannot be written; nothing is taken in then.
    @discardableResult public func receive(
        _ entries: [InboxEntry], at now: Date
    ) async throws(StorageError) -> [Int64?] {
        guard !entries.isEmpty else { return [] }
        return try await commitTogether(isUrgent: true) { db in
            let know = try db.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO delivery (channel, key, fingerprint, received_at) VALUES (?, ?, ?, ?)
                    """)
            let keep = try db.cachedStatement(sql: "INSERT INTO inbox (row, lane, content) VALUES (?, ?, ?)")
            return try entries.map { entry in
                try know.execute(arguments: [
                    entry.channel, ColumnText.encoded(entry.key), entry.fingerprint.map(ColumnText.encoded),
                    now.timeIntervalSince1970,
                ])
                guard db.changesCount > 0 else { return nil }
                let row = db.lastInsertedRowID
                try keep.execute(arguments: [
                    row, ColumnText.encoded(entry.lane), ColumnText.encoded(entry.content),
                ])
                return row
            }
        }
    }

    /// Deliveries that are not answered, in the order in which they came.
    public func unanswered(after row: Int64, limit: Int) async throws(StorageError) -> [WaitingEntry] {
        try await lookUp { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT row, channel, lane, key, 0, received_at, content
                        FROM inbox JOIN delivery USING (row) WHERE row > ? ORDER BY row LIMIT ?
                        """), arguments: [row, limit]
            ).map(WaitingEntry.init)
        }
    }

    /// Marks a delivery as answered and takes in what is to be sent, both or neither.
    ///
    /// - Parameters:
    ///   - row: the delivery; nil for messages that nobody asked for, such as a digest.
    ///   - messages: in the order of sending.
    ///   - thread: the thread that the bot answers in.
    ///   - answer: the answer that the messages hold, where it may have to be corrected.
    ///   - replaced: for each message the number of the one that it takes the place of.
    ///   - now: the time.
    /// - Returns: the number of each message.
    /// - Throws: ``StorageError`` when the file cannot be written.
    @discardableResult public func answered(
        _ row: Int64?, with messages: [OutboxEntry], thread: (lane: String, thread: String)? = nil,
        answer: DeliveredAnswer? = nil, replacing replaced: [Int64?] = [], at now: Date
    ) async throws(StorageError) -> [Int64] {
        try await commitTogether { db in
            if let row {
                try db.cachedStatement(sql: "DELETE FROM inbox WHERE row = ?").execute(arguments: [row])
            }
            if let thread {
                try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO owned_thread (lane, thread, used_at) VALUES (?, ?, ?)"
                ).execute(arguments: [
                    ColumnText.encoded(thread.lane), ColumnText.encoded(thread.thread),
                    now.timeIntervalSince1970,
                ])
            }
            return try deliver(
                answer,
                in: messages.enumerated().map { place, entry in
                    (entry, place < replaced.count ? replaced[place] : nil)
                }, at: now, db)
        }
    }

    // MARK: Outbox

    /// Messages that are not sent, in the order in which they were taken in.
    public func unsent(after row: Int64, limit: Int) async throws(StorageError) -> [WaitingEntry] {
        try await lookUp { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT row, channel, lane, key, attempts, created_at, content FROM outbox
                        WHERE settled_at IS NULL AND row > ? ORDER BY row LIMIT ?
                        """), arguments: [row, limit]
            ).map(WaitingEntry.init)
        }
    }

    /// Notes that sending begins, so that after a crash it is known that the message may have gone out.
    public func beginSending(_ row: Int64) async throws(StorageError) {
        try await commitTogether { db in
            try db.cachedStatement(sql: "UPDATE outbox SET attempts = attempts + 1 WHERE row = ?")
                .execute(arguments: [row])
        }
    }

    /// Notes that the platform turned the message away, so that after a crash it is known that it has not gone out.
    public func noteRefusal(_ row: Int64) async throws(StorageError) {
        try await commitTogether { db in
            try db.cachedStatement(sql: "UPDATE outbox SET attempts = 0 WHERE row = ?")
                .execute(arguments: [row])
        }
    }

    /// Notes that a message is sent, or that it never will be.
    ///
    /// - Parameters:
    ///   - row: the message.
    ///   - message: the platform's identity of it, where it gave one.
    ///   - failure: why it was given up; nil where it was sent. Holds nothing that somebody wrote.
    ///   - now: the time.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func settle(
        _ row: Int64, message: String?, failure: String? = nil, at now: Date
    ) async throws(StorageError) {
        try await commitTogether { db in
            try db.cachedStatement(
                sql: """
                    UPDATE outbox SET settled_at = ?, message = ?, failure = ?, content = NULL WHERE row = ?
                    """
            ).execute(arguments: [
                now.timeIntervalSince1970, message.map(ColumnText.encoded), failure, row,
            ])
        }
    }

    /// The platform's identity of a message that was sent; nil where it was not, or where the platform gave none.
    public func sentMessage(_ row: Int64) async throws(StorageError) -> String? {
        try await lookUp { db in
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT message FROM outbox WHERE row = ?"), arguments: [row]
            ).map(ColumnText.decoded)
        }
    }

    /// The messages that answered another, in the order of sending: their numbers.
    public func answers(to message: String, lane: String) async throws(StorageError) -> [Int64] {
        try await read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT row FROM outbox WHERE lane = ? AND about = ? AND message IS NOT NULL ORDER BY row
                    """, arguments: [ColumnText.encoded(lane), ColumnText.encoded(message)])
        }
    }

    /// How many deliveries wait for an answer and how many messages for sending.
    public func chatBacklog() async throws(StorageError) -> (unanswered: Int, unsent: Int) {
        try await read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM inbox") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox WHERE settled_at IS NULL") ?? 0
            )
        }
    }

    // MARK: Chats

    /// What is known of a chat, and whether the bot has answered in a thread of it.
    public func chat(
        _ lane: String, thread: String? = nil
    ) async throws(StorageError) -> (profile: ChatProfile, ownsThread: Bool) {
        try await lookUp { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT chat.language, ifnull(chat.is_private, FALSE),
                            EXISTS (SELECT 1 FROM owned_thread o WHERE o.lane = asked.lane AND o.thread = asked.thread)
                        FROM (SELECT ? AS lane, ? AS thread) AS asked LEFT JOIN chat ON chat.lane = asked.lane
                        """), arguments: [ColumnText.encoded(lane), thread.map(ColumnText.encoded)])
            var profile = ChatProfile()
            guard let row else { return (profile, false) }
            profile.language = row[0]
            profile.isPrivate = row[1]
            return (profile, row[2])
        }
    }

    /// Keeps what is known of a chat.
    public func keep(_ profile: ChatProfile, lane: String) async throws(StorageError) {
        try await commitTogether { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO chat (lane, language, is_private) VALUES (?, ?, ?)",
                arguments: [ColumnText.encoded(lane), profile.language, profile.isPrivate])
        }
    }

    /// The number of the newest turn of a conversation since it was reset; nil where there is none.
    public func newestTurn(conversation: String) async throws(StorageError) -> Int64? {
        try await read { db in
            try Int64.fetchOne(
                db, sql: "SELECT max(row) FROM turn WHERE conversation = ? AND NOT ended",
                arguments: [ColumnText.encoded(conversation)])
        }
    }

    /// Takes away what is kept of a person: the turns of the conversations whose keys begin with a prefix, what was
    /// subscribed to, and, where the lane is given, what is known of the chat and what was sent there.
    ///
    /// Of deliveries only the platform's key and the fingerprint stay, by which a repetition is known, and they no longer
    /// tell whose they were.
    public func forget(
        conversationsFrom prefix: String, person: String, lane: String?
    ) async throws(StorageError) {
        try await commitTogether { db in
            // No scalar is above this one, so that every key with the prefix lies between the two.
            try db.execute(
                sql: "DELETE FROM turn WHERE conversation >= ? AND conversation < ?",
                arguments: [ColumnText.encoded(prefix), ColumnText.encoded(prefix) + "\u{10FFFF}"])
            try db.execute(
                sql: "DELETE FROM subscription WHERE person = ?", arguments: [ColumnText.encoded(person)])
            guard let lane else { return }
            let key = ColumnText.encoded(lane)
            try db.execute(sql: "UPDATE chat SET language = NULL WHERE lane = ?", arguments: [key])
            try db.execute(
                sql: "DELETE FROM outbox WHERE lane = ? AND settled_at IS NOT NULL", arguments: [key])
            try db.execute(sql: "DELETE FROM owned_thread WHERE lane = ?", arguments: [key])
        }
    }

    /// Takes away what is older than anybody needs.
    ///
    /// - Parameters:
    ///   - repetitions: answered deliveries and sent messages before this moment go; no platform repeats them any more.
    ///   - turns: questions and answers of chats before this moment go; nil keeps them.
    ///   - threads: threads that the bot has not answered in since then are no longer its own.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func pruneChats(
        repetitions: Date, turns: (before: Date, prefixes: [String])?, threads: Date
    ) async throws(StorageError) {
        try await write { db in
            let moment = repetitions.timeIntervalSince1970
            // Both are in the order of time: only what is old is looked at, and the first that is not. The last delivery
            // stays, so that its number is not given again to one that a reader takes for known.
            let lists = [
                (
                    "delivery", "received_at",
                    "row < (SELECT max(row) FROM delivery) AND row NOT IN (SELECT row FROM inbox)"
                ),
                ("outbox", "created_at", "settled_at IS NOT NULL"),
            ]
            for (list, time, condition) in lists {
                try db.execute(
                    sql: """
                        DELETE FROM \(list) WHERE \(time) < ? AND \(condition) AND row <
                            ifnull((SELECT row FROM \(list) WHERE \(time) >= ? ORDER BY row LIMIT 1), ?)
                        """, arguments: [moment, moment, Int64.max])
            }
            try db.execute(
                sql: "DELETE FROM owned_thread WHERE used_at < ?", arguments: [threads.timeIntervalSince1970])
            guard let turns else { return }
            for prefix in turns.prefixes {
                try db.execute(
                    sql: "DELETE FROM turn WHERE conversation >= ? AND conversation < ? AND asked_at < ?",
                    arguments: [
                        ColumnText.encoded(prefix), ColumnText.encoded(prefix) + "\u{10FFFF}",
                        turns.before.timeIntervalSince1970,
                    ])
            }
        }
    }
}

func insert(_ entry: OutboxEntry, at now: Date, _ db: Database) throws -> Int64 {
    let key = ColumnText.encoded(entry.key)
    try db.cachedStatement(
        sql: """
            INSERT OR IGNORE INTO outbox (channel, key, lane, about, created_at, content)
            VALUES (?, ?, ?, ?, ?, ?)
            """
    ).execute(arguments: [
        entry.channel, key, ColumnText.encoded(entry.lane), entry.about.map(ColumnText.encoded),
        now.timeIntervalSince1970, ColumnText.encoded(entry.content),
    ])
    if db.changesCount > 0 { return db.lastInsertedRowID }
    return try Int64.fetchOne(db, sql: "SELECT row FROM outbox WHERE key = ?", arguments: [key]) ?? 0
}

extension WaitingEntry {
    fileprivate init(_ row: Row) {
        self.init(
            row: row[0], channel: row[1], lane: ColumnText.decoded(row[2]), key: ColumnText.decoded(row[3]),
            attempts: row[4], since: Date(timeIntervalSince1970: row[5]),
            content: ColumnText.decoded(row[6] ?? ""))
    }
}
