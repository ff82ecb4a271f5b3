public import Foundation
import GRDB
public import News

extension NewsStore {
    /// The newest turns of a conversation, oldest first.
    ///
    /// - Parameters:
    ///   - conversation: its key; an unknown one has no turns.
    ///   - limit: how many at most.
    /// - Returns: the turns in the order in which they were appended.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func turns(conversation: String, limit: Int) async throws(StorageError) -> [Turn] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT asked_at, content FROM turn WHERE conversation = ? ORDER BY row DESC LIMIT ?",
                arguments: [ColumnText.encoded(conversation), max(0, limit)])
            return try Array(
                rows.map { row in
                    try ColumnJSON.decoded(TurnContent.self, from: row[1])
                        .turn(askedAt: Date(timeIntervalSince1970: row[0]))
                }
            ).reversed()
        }
    }

    /// Adds a turn to a conversation; the first one begins it.
    public func append(_ turn: Turn, conversation: String) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: "INSERT INTO turn (conversation, asked_at, content) VALUES (?, ?, ?)",
                arguments: [
                    ColumnText.encoded(conversation), turn.askedAt.timeIntervalSince1970,
                    ColumnJSON.encoded(TurnContent(turn)),
                ])
        }
    }

    /// The turns whose answers cited an article, in the order in which they were appended.
    ///
    /// - Parameter id: the article's, also of one that was deleted.
    /// - Returns: each turn with its conversation.
    /// - Throws: ``StorageError`` when the file cannot be read.
    /// - Complexity: O(number of turns): every one is looked at.
    public func turns(citing id: String) async throws(StorageError) -> [(conversation: String, turn: Turn)] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT conversation, asked_at, content FROM turn
                    WHERE EXISTS (SELECT 1 FROM json_each(content, '$.articles') WHERE value = ?) ORDER BY row
                    """, arguments: [id])
            return try Array(
                rows.map { row in
                    (
                        ColumnText.decoded(row[0]),
                        try ColumnJSON.decoded(TurnContent.self, from: row[2])
                            .turn(askedAt: Date(timeIntervalSince1970: row[1]))
                    )
                })
        }
    }

    /// Takes all turns of a conversation away.
    public func forget(conversation: String) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM turn WHERE conversation = ?", arguments: [ColumnText.encoded(conversation)])
        }
    }

    /// The reply on record for a key; nil where there is none.
    public func reply(key: String) async throws(StorageError) -> String? {
        try await read { db in try recordedReply(key, db) }
    }

    /// Puts a reply on record for a key, unless one is there.
    ///
    /// - Parameters:
    ///   - reply: what was replied.
    ///   - key: what tells one delivery from another; the same for a repeated one.
    ///   - now: from when on its age counts.
    /// - Returns: the reply that is on record now: the first one.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func record(reply: String, key: String, at now: Date) async throws(StorageError) -> String {
        try await write { db in
            try db.execute(
                sql: "INSERT INTO reply (key, recorded_at, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [
                    ColumnText.encoded(key), now.timeIntervalSince1970, ColumnText.encoded(reply),
                ])
            return try recordedReply(key, db) ?? reply
        }
    }

    /// Takes replies away that were put on record before a moment.
    public func pruneReplies(before moment: Date) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM reply WHERE recorded_at < ?", arguments: [moment.timeIntervalSince1970])
        }
    }
}

private func recordedReply(_ key: String, _ db: Database) throws -> String? {
    try String.fetchOne(
        db, sql: "SELECT content FROM reply WHERE key = ?", arguments: [ColumnText.encoded(key)]
    ).map(ColumnText.decoded)
}

/// The form in which a turn lies in its column.
private struct TurnContent: Codable {
    var question: String
    var standalone: String
    var answer: String
    var articles: [String]

    init(_ turn: Turn) {
        (question, standalone) = (turn.question, turn.standalone)
        (answer, articles) = (turn.answer, turn.articles)
    }

    func turn(askedAt: Date) -> Turn {
        Turn(question: question, standalone: standalone, answer: answer, articles: articles, askedAt: askedAt)
    }
}
