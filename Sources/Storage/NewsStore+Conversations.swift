public import Foundation
import GRDB
public import News

extension NewsStore {
    /// The newest turns of a conversation since it was last reset, oldest first.
    ///
    /// - Parameters:
    ///   - conversation: its key; an unknown one has no turns.
    ///   - limit: how many at most.
    /// - Returns: the turns in the order in which they were appended.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func turns(conversation: String, limit: Int) async throws(StorageError) -> [Turn] {
        try await lookUp { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT asked_at, content FROM turn WHERE conversation = ? AND NOT ended
                        ORDER BY row DESC LIMIT ?
                        """),
                arguments: [ColumnText.encoded(conversation), max(0, limit)])
            return try Array(rows.map { try storedTurn($0[1], askedAt: $0[0]) }).reversed()
        }
    }

    /// Adds a turn to a conversation; the first one begins it.
    ///
    /// - Parameters:
    ///   - turn: what was asked and answered.
    ///   - account: how the answer came about, line by line.
    ///   - conversation: its key.
    /// - Returns: the turn's number, which no other turn has or will have.
    /// - Throws: ``StorageError`` when the file cannot be written.
    @discardableResult public func append(
        _ turn: Turn, account: [String] = [], conversation: String
    ) async throws(StorageError) -> Int64 {
        try await commitTogether { db in
            try db.cachedStatement(
                sql: "INSERT INTO turn (conversation, asked_at, content, account) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [
                ColumnText.encoded(conversation), turn.askedAt.timeIntervalSince1970,
                ColumnJSON.encoded(TurnContent(turn)),
                account.isEmpty ? nil : ColumnText.encoded(account.joined(separator: "\n")),
            ])
            return db.lastInsertedRowID
        }
    }

    /// A turn by its number, with its conversation and the account of how its answer came about; nil where there is none.
    public func turn(
        number: Int64
    ) async throws(StorageError) -> (conversation: String, turn: Turn, account: [String])? {
        try await read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT asked_at, content, account, conversation FROM turn WHERE row = ?",
                arguments: [number])
            guard let row else { return nil }
            let account = (row[2] as String?).map(ColumnText.decoded) ?? ""
            return (
                ColumnText.decoded(row[3]), try storedTurn(row[1], askedAt: row[0]),
                account.split(separator: "\n").map(String.init)
            )
        }
    }

    /// Keeps what a reader thought of an answer, in place of what was kept of it before.
    ///
    /// - Parameters:
    ///   - feedback: the verdict.
    ///   - turn: the answer's number; nil for the newest of the conversation.
    ///   - conversation: the one that the answer was given in. A number of another one is no turn of it.
    /// - Returns: whether there is such an answer.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func keep(
        _ feedback: Feedback, turn: Int64? = nil, conversation: String
    ) async throws(StorageError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE turn SET verdict = ?, remark = ? WHERE conversation = ? AND row = coalesce(
                        ?, (SELECT max(row) FROM turn WHERE conversation = ? AND NOT ended))
                    """,
                arguments: [
                    feedback.verdict.rawValue, feedback.remark.map(ColumnText.encoded),
                    ColumnText.encoded(conversation), turn, ColumnText.encoded(conversation),
                ])
            return db.changesCount > 0
        }
    }

    /// The answers that readers judged, in the order in which they were given.
    ///
    /// - Parameters:
    ///   - verdict: the verdict wanted; nil for both.
    ///   - context: how many turns before each at most.
    /// - Returns: each with the turns before it in the same conversation.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func ratedTurns(
        _ verdict: Feedback.Verdict? = nil, context: Int = 0
    ) async throws(StorageError) -> [RatedTurn] {
        try await read { db in
            let rated = try Row.fetchAll(
                db,
                sql: """
                    SELECT row, conversation, verdict, remark FROM turn
                    WHERE verdict IS NOT NULL AND verdict = coalesce(?, verdict) ORDER BY row
                    """, arguments: [verdict?.rawValue])
            return try rated.compactMap { row in
                guard let verdict = Feedback.Verdict(rawValue: row[2]) else { return nil }
                let turns = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT asked_at, content FROM turn WHERE conversation = ? AND row <= ?
                        ORDER BY row DESC LIMIT ?
                        """, arguments: [row[1] as String, row[0] as Int64, max(0, context) + 1])
                return RatedTurn(
                    feedback: Feedback(verdict, remark: (row[3] as String?).map(ColumnText.decoded)),
                    turns: try turns.map { try storedTurn($0[1], askedAt: $0[0]) }.reversed())
            }
        }
    }

    /// Lets a conversation begin anew: its turns stay on record, and what comes next does not lean on them.
    public func reset(conversation: String) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE turn SET ended = 1 WHERE conversation = ?",
                arguments: [ColumnText.encoded(conversation)])
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
                        try storedTurn(row[2], askedAt: row[1])
                    )
                })
        }
    }

    /// Takes all turns of a conversation away, with what readers thought of them.
    public func forget(conversation: String) async throws(StorageError) {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM turn WHERE conversation = ?", arguments: [ColumnText.encoded(conversation)])
        }
    }

    /// The reply on record for a key; nil where there is none.
    public func reply(key: String) async throws(StorageError) -> String? {
        try await lookUp { db in try recordedReply(key, db) }
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
        try await commitTogether { db in
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
        db.cachedStatement(sql: "SELECT content FROM reply WHERE key = ?"),
        arguments: [ColumnText.encoded(key)]
    ).map(ColumnText.decoded)
}

private func storedTurn(_ content: String, askedAt: Double) throws -> Turn {
    try ColumnJSON.decoded(TurnContent.self, from: content)
        .turn(askedAt: Date(timeIntervalSince1970: askedAt))
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
