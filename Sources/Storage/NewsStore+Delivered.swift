public import Foundation
import GRDB

/// An answer that stands in a chat, with what is needed to correct it there.
public struct DeliveredAnswer: Sendable, Hashable, Codable {
    /// The turn's number.
    public var turn: Int64
    /// The platform's name.
    public var channel: String
    /// The chat.
    public var lane: String
    /// Where to send it, in the form that its writer chose.
    public var address: String
    /// The question as it was understood, standing alone.
    public var question: String
    /// The language of the answer, as a tag.
    public var language: String
    /// What it says and quotes.
    public var text: String
    /// The ids of the articles that it cites.
    public var articles: [String]
    /// When it was given.
    public var givenAt: Date
    /// The numbers in the outbox of the messages that it stands in, in order.
    public var messages: [Int64] = []

    /// An answer whose messages are not on record yet.
    public init(
        turn: Int64, channel: String, lane: String, address: String, question: String, language: String,
        text: String, articles: [String], givenAt: Date
    ) {
        (self.turn, self.channel, self.lane, self.address) = (turn, channel, lane, address)
        (self.question, self.language, self.text) = (question, language, text)
        (self.articles, self.givenAt) = (articles, givenAt)
    }
}

/// A change of an article that delivered answers cite.
public struct CitedChange: Sendable, Hashable {
    /// Its number.
    public var sequence: Int64
    /// The article's id.
    public var article: String
    /// Whether the article was taken back.
    public var isRetracted: Bool
}

extension NewsStore {
    /// The changes of articles that delivered answers cite, in order.
    ///
    /// - Parameters:
    ///   - sequence: the number of the last change that was looked at.
    ///   - limit: how many at most.
    /// - Returns: none where nothing that was cited has changed.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func citedChanges(after sequence: Int64, limit: Int) async throws(StorageError) -> [CitedChange] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sequence, id, deleted_at IS NOT NULL FROM article WHERE sequence > ?
                        AND EXISTS (SELECT 1 FROM delivered_citation WHERE article = article.id)
                    ORDER BY sequence LIMIT ?
                    """, arguments: [sequence, max(0, limit)]
            ).map {
                CitedChange(sequence: $0[0], article: ColumnText.decoded($0[1]), isRetracted: $0[2])
            }
        }
    }

    /// The delivered answers that cite an article, in the order in which they were given.
    public func deliveredAnswers(citing article: String) async throws(StorageError) -> [DeliveredAnswer] {
        try await read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT a.content FROM delivered_citation c JOIN delivered_answer a ON a.turn = c.turn
                    WHERE c.article = ? ORDER BY a.turn
                    """, arguments: [ColumnText.encoded(article)]
            ).map { try ColumnJSON.decoded(DeliveredAnswer.self, from: $0) }
        }
    }

    /// The newest change that the delivered answers were held against; from now on, where they never were.
    public func correctedUpTo() async throws(StorageError) -> Int64 {
        try await write { db in
            if let known = try Int64.fetchOne(db, sql: "SELECT sequence FROM corrected") { return known }
            let newest = try Int64.fetchOne(db, sql: "SELECT sequence FROM newest_change") ?? 0
            try db.execute(sql: "INSERT INTO corrected (sequence) VALUES (?)", arguments: [newest])
            return newest
        }
    }

    /// Notes that the delivered answers were held against all changes up to a number.
    public func noteCorrected(upTo sequence: Int64) async throws(StorageError) {
        try await write { db in
            try db.execute(sql: "UPDATE corrected SET sequence = ?", arguments: [sequence])
        }
    }

    /// Takes in the messages that correct an answer and what stands in the chat then, both or neither.
    ///
    /// - Parameters:
    ///   - answer: as it stands then; without articles where there is nothing left to correct.
    ///   - messages: what to send, each with the number of the message that it takes the place of.
    ///   - now: the time.
    /// - Returns: false where the answer was forgotten meanwhile; nothing is sent then.
    /// - Throws: ``StorageError`` when the file cannot be written.
    public func correct(
        _ answer: DeliveredAnswer, with messages: [(entry: OutboxEntry, replaces: Int64?)], at now: Date
    ) async throws(StorageError) -> Bool {
        try await commitTogether { db in
            try db.execute(sql: "DELETE FROM delivered_answer WHERE turn = ?", arguments: [answer.turn])
            guard db.changesCount > 0 else { return false }
            try deliver(answer, in: messages, at: now, db)
            return true
        }
    }
}

/// Puts messages into the outbox and the answer that stands in them on record.
@discardableResult func deliver(
    _ answer: DeliveredAnswer?, in messages: [(entry: OutboxEntry, replaces: Int64?)], at now: Date,
    _ db: Database
) throws -> [Int64] {
    let rows = try messages.map { try insert($0.entry, at: now, db) }
    guard var answer, !answer.articles.isEmpty else { return rows }
    answer.messages = zip(rows, messages).map { row, message in message.replaces ?? row }
    // A turn may have been forgotten before its answer was sent.
    guard
        try Bool.fetchOne(db, sql: "SELECT 1 FROM turn WHERE row = ?", arguments: [answer.turn]) != nil
    else { return rows }
    try db.execute(
        sql: "INSERT OR REPLACE INTO delivered_answer (turn, content) VALUES (?, ?)",
        arguments: [answer.turn, try ColumnJSON.encoded(answer)])
    for article in Set(answer.articles) {
        try db.execute(
            sql: "INSERT OR IGNORE INTO delivered_citation (article, turn) VALUES (?, ?)",
            arguments: [ColumnText.encoded(article), answer.turn])
    }
    return rows
}
