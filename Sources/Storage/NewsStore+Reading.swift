public import Foundation
import GRDB
public import News

extension NewsStore {
    /// The article with an id; nil where there is none, or it was deleted.
    public func article(id: String) async throws(StorageError) -> StoredArticle? {
        try await readOnce { db in
            try stored("id = ?", [ColumnText.encoded(id)], db).first
        }
    }

    /// Which of the origins are those of articles that are on record, deleted ones too.
    ///
    /// - Complexity: O(number of origins), in one query.
    public func known(origins: [String]) async throws(StorageError) -> Set<String> {
        guard !origins.isEmpty else { return [] }
        return try await read { db in
            let list = try ColumnJSON.encoded(origins.map(ColumnText.encoded))
            let found = try String.fetchAll(
                db, sql: "SELECT origin FROM article WHERE origin IN (SELECT value FROM json_each(?))",
                arguments: [list])
            return Set(found.map(ColumnText.decoded))
        }
    }

    /// The articles of rows, by row, each as it is when its turn comes; deleted and unknown ones are left out.
    ///
    /// - Complexity: O(number of rows · log articles).
    public func articles(rows: [Int64]) async throws(StorageError) -> [Int64: StoredArticle] {
        guard !rows.isEmpty else { return [:] }
        return try await lookUp { db in
            let sql = "SELECT version, sequence, content FROM article WHERE row = ? AND deleted_at IS NULL"
            let bindings = Bindings(try db.cachedStatement(sql: sql))
            var found: [Int64: StoredArticle] = [:]
            for row in rows where found[row] == nil {
                found[row] = try bindings.first(db, sql) {
                    bindings.bind(1, row)
                } _: { columns in
                    StoredArticle(
                        row: row, version: Int(columns.number(0)), sequence: columns.number(1),
                        article: try ArticleContent(json: columns.text(2)).article)
                }
            }
            return found
        }
    }

    /// The articles published last, newest first; those without a date come after all others.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - before: only those published earlier; none without a date then.
    ///   - source: only those of this source, written as the articles write it.
    /// - Returns: the articles, those of one moment by last arrival.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func latest(
        limit: Int, before: Date? = nil, source: String? = nil
    ) async throws(StorageError) -> [StoredArticle] {
        try await readOnce { db in
            var conditions = "TRUE"
            var arguments = StatementArguments()
            if let source {
                conditions += " AND source = ?"
                arguments += [ColumnText.encoded(source)]
            }
            if let before {
                conditions += " AND published_at < ?"
                arguments += [before.timeIntervalSince1970]
            }
            return try stored(
                conditions, arguments + [max(0, limit)], db, "ORDER BY published_at DESC, row DESC LIMIT ?")
        }
    }

    /// All that an article has said, oldest first; also of one that was deleted.
    public func versions(id: String) async throws(StorageError) -> [ArticleVersion] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    WITH known AS (SELECT * FROM article WHERE id = ?)
                    SELECT v.version AS number, v.changed_at, v.content
                        FROM known JOIN article_version v ON v.article = known.row
                    UNION ALL SELECT version, changed_at, content FROM known
                    ORDER BY number
                    """, arguments: [ColumnText.encoded(id)])
            return try Array(
                rows.map { row in
                    ArticleVersion(
                        version: row[0], since: Date(timeIntervalSince1970: row[1]),
                        article: try ArticleContent(json: row[2]).article)
                })
        }
    }

    /// The number of articles.
    public func count() async throws(StorageError) -> Int {
        try await read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM article WHERE deleted_at IS NULL") ?? 0
        }
    }

    /// What there is of each source, by name.
    public func sources() async throws(StorageError) -> [SourceSummary] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT source, count(*), max(published_at) FROM article
                    WHERE deleted_at IS NULL GROUP BY source ORDER BY source
                    """)
            return try Array(
                rows.map { row in
                    let newest: Double? = row[2]
                    return SourceSummary(
                        name: ColumnText.decoded(row[0]), articles: row[1],
                        newest: newest.map(Date.init(timeIntervalSince1970:)))
                })
        }
    }
}

/// The articles that meet conditions and were not deleted.
private func stored(
    _ conditions: String, _ arguments: StatementArguments, _ db: Database, _ order: String = ""
) throws -> [StoredArticle] {
    let statement = try db.cachedStatement(
        sql: """
            SELECT row, version, sequence, content FROM article
            WHERE \(conditions) AND deleted_at IS NULL \(order)
            """)
    return try Array(Row.fetchCursor(statement, arguments: arguments).map { try StoredArticle($0) })
}
