public import Foundation
import GRDB
public import News
import Text

extension NewsStore {
    /// Takes articles in, in one transaction: all of them or none.
    ///
    /// An article is known by its origin, if it has one that is known, or else by its id. A changed one keeps its id and
    /// row, and gets the next version and a new sequence number; what it said before is kept. One that says the same in
    /// another place is unchanged, and is known by the new place from then on. A deleted one comes back in its row.
    ///
    /// - Returns: one outcome an article, in order.
    public func commit(_ articles: [Article], at now: Date) async throws(StorageError) -> [CommitOutcome] {
        guard !articles.isEmpty else { return [] }
        let recent = recent
        return try await write { db in
            var taking = try Taking(now.timeIntervalSince1970, db)
            let outcomes = try articles.map { try taking.take($0) }
            let (arrivals, sizes) = (taking.arrivals, taking.sizes)
            let areAll = try arrivals.count == taking.numbers.save(db) && !taking.hasMoved
            db.afterNextTransaction { _ in
                if areAll { recent.append(arrivals, sizes: sizes) } else { recent.removeAll() }
            }
            return outcomes
        }
    }

    /// Takes an article away; its versions stay on record.
    ///
    /// - Returns: whether there was one.
    public func delete(id: String, at now: Date) async throws(StorageError) -> Bool {
        let recent = recent
        return try await write { db in
            let row = try Int64.fetchOne(
                db, sql: "SELECT row FROM article WHERE id = ? AND deleted_at IS NULL",
                arguments: [ColumnText.encoded(id)])
            guard let row else { return false }
            var numbers = try SequenceNumbers(db)
            try db.execute(
                sql: "UPDATE article SET deleted_at = ?, sequence = ? WHERE row = ?",
                arguments: [now.timeIntervalSince1970, numbers.next(), row])
            try numbers.save(db)
            db.afterNextTransaction { _ in recent.removeAll() }
            return true
        }
    }

    /// Takes away the article that was read from a place; its versions stay on record.
    ///
    /// - Returns: whether there was one.
    public func delete(origin: String, at now: Date) async throws(StorageError) -> Bool {
        let id = try await read { db in
            try String.fetchOne(
                db, sql: "SELECT id FROM article WHERE origin = ? AND deleted_at IS NULL",
                arguments: [ColumnText.encoded(origin)]
            ).map(ColumnText.decoded)
        }
        guard let id else { return false }
        return try await delete(id: id, at: now)
    }

    /// What has changed after a sequence number: the newest state of each article, in the order of the changes.
    ///
    /// - Parameters:
    ///   - sequence: the number of the last change that is known already; 0 for none.
    ///   - limit: how many changes at most.
    ///   - bytes: the size of their contents behind which no more are read.
    /// - Returns: none when nothing has changed since.
    /// - Throws: ``StorageError`` when the file cannot be read.
    public func changes(
        after sequence: Int64, limit: Int, bytes: Int = .max
    ) async throws(StorageError) -> [ArticleChange] {
        if let known = recent.take(after: sequence, limit: limit, bytes: bytes) { return known }
        return try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT row, version, sequence, content, deleted_at IS NOT NULL FROM article
                    WHERE sequence > ? ORDER BY sequence LIMIT ?
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [sequence, max(0, limit)])
            var found: [ArticleChange] = []
            var size = 0
            while size < bytes, let row = try rows.next() {
                let isDeleted: Bool = row[4]
                let content: String = row[3]
                size += content.utf8.count
                found.append(
                    ArticleChange(
                        sequence: row[2], row: row[0], article: isDeleted ? nil : try StoredArticle(row)))
            }
            return found
        }
    }

    /// The number of the newest change; 0 for an archive without any.
    public func lastSequence() async throws(StorageError) -> Int64 {
        try await read { db in try Int64.fetchOne(db, sql: "SELECT sequence FROM newest_change") ?? 0 }
    }
}

/// What is on record of an article that has come again.
private struct KnownArticle {
    var row: Int64
    var version: Int
    var changedAt: Double
    var isDeleted: Bool
    var json: String
    var content: ArticleContent

    init?(_ article: Article, _ db: Database) throws {
        let columns = "SELECT row, version, changed_at, deleted_at IS NOT NULL, content FROM article"
        func find(_ column: String, _ value: String?) throws -> Row? {
            guard let value else { return nil }
            return try Row.fetchOne(
                db.cachedStatement(sql: "\(columns) WHERE \(column) = ?"),
                arguments: [ColumnText.encoded(value)])
        }
        guard let found = try find("origin", article.origin) ?? find("id", article.id) else { return nil }
        (row, version, changedAt, isDeleted, json) = (found[0], found[1], found[2], found[3], found[4])
        content = try ArticleContent(json: json)
    }
}

/// Gives out the next numbers; within a transaction, so that a number is seen only together with its change.
private struct SequenceNumbers {
    private(set) var last: Int64
    private let first: Int64

    init(_ db: Database) throws {
        last = try Int64.fetchOne(db.cachedStatement(sql: "SELECT sequence FROM newest_change")) ?? 0
        first = last
    }

    mutating func next() -> Int64 {
        last += 1
        return last
    }

    /// Ends the row of numbers, before the transaction ends; tells how many there were.
    @discardableResult
    func save(_ db: Database) throws -> Int {
        guard last > first else { return 0 }
        try db.cachedStatement(sql: "UPDATE newest_change SET sequence = ?").execute(arguments: [last])
        return Int(last - first)
    }
}

/// Takes articles in, one after the other.
private struct Taking {
    /// In seconds since 1970.
    let now: Double
    let db: Database
    var numbers: SequenceNumbers
    /// The articles that were never known.
    private(set) var arrivals: [ArticleChange] = []
    /// About the bytes of each of them.
    private(set) var sizes: [Int] = []
    /// Whether one that is known is known by another place from now on, which is no change that has a number.
    private(set) var hasMoved = false
    /// Whether the article before was known: most come in rows of the same kind.
    private var isKnown = true
    private var writer = JSONWriter()
    /// The bytes of the content that was inserted last.
    private var contentSize = 0

    init(_ now: Double, _ db: Database) throws {
        (self.now, self.db) = (now, db)
        numbers = try SequenceNumbers(db)
    }

    mutating func take(_ article: Article) throws -> CommitOutcome {
        let content = ArticleContent(article)
        if !isKnown {
            try insert(content, Self.insertUnlessKnown)
            if db.changesCount > 0 { return arrived(article) }
        }
        if let known = try KnownArticle(article, db) {
            isKnown = true
            return try change(content, known)
        }
        isKnown = false
        try insert(content, Self.insert)
        return arrived(article)
    }

    private static let insert = """
        INSERT INTO article (id, origin, source, published_at, content, changed_at, version, sequence)
        VALUES (?, ?, ?, ?, ?, ?, 1, ?)
        """
    private static let insertUnlessKnown = insert + " ON CONFLICT DO NOTHING"

    /// By SQLite's own functions: archives come by the million, and their texts need not be copied on the way.
    private mutating func insert(_ content: ArticleContent, _ sql: String) throws {
        let (db, now, sequence) = (db, now, numbers.last + 1)
        let bindings = Bindings(try db.cachedStatement(sql: sql))
        contentSize = try content.withJSON(&writer) { json in
            try bindings.execute(db, sql) {
                bindings.bind(1, ColumnText.encoded(content.id))
                bindings.bind(2, content.origin.map(ColumnText.encoded))
                bindings.bind(3, ColumnText.encoded(content.source))
                bindings.bind(4, content.published)
                bindings.bind(5, lasting: json)
                bindings.bind(6, now)
                bindings.bind(7, sequence)
            }
            return json.count
        }
    }

    private mutating func arrived(_ article: Article) -> CommitOutcome {
        let (row, sequence) = (db.lastInsertedRowID, numbers.next())
        let stored = StoredArticle(row: row, version: 1, sequence: sequence, article: article)
        sizes.append(contentSize)
        arrivals.append(ArticleChange(sequence: sequence, row: row, article: stored))
        return .new(row: row)
    }

    private mutating func change(_ article: ArticleContent, _ known: KnownArticle) throws -> CommitOutcome {
        var content = article
        content.id = known.content.id
        content.origin = content.origin ?? known.content.origin
        if !known.isDeleted, content.saysTheSame(as: known.content) {
            if content != known.content {
                hasMoved = true
                let update =
                    "UPDATE article SET id = ?, origin = ?, source = ?, published_at = ?, content = CAST(? AS TEXT)"
                try db.cachedStatement(sql: "\(update) WHERE row = ?")
                    .execute(arguments: content.columns() + [known.row])
            }
            return .unchanged(row: known.row)
        }
        try db.cachedStatement(
            sql: "INSERT INTO article_version (article, version, changed_at, content) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [known.row, known.version, known.changedAt, known.json])
        try db.cachedStatement(
            sql: """
                UPDATE article SET id = ?, origin = ?, source = ?, published_at = ?,
                    content = CAST(? AS TEXT), changed_at = ?, version = ?, sequence = ?, deleted_at = NULL
                WHERE row = ?
                """
        ).execute(arguments: content.columns() + [now, known.version + 1, numbers.next(), known.row])
        return known.isDeleted ? .new(row: known.row) : .changed(row: known.row, version: known.version + 1)
    }
}

extension ArticleContent {
    /// The values of the columns that follow from the content: id, origin, source, published_at, content.
    ///
    /// The content goes as bytes, which need not be held against the rules of strings again.
    fileprivate func columns() throws -> StatementArguments {
        [
            ColumnText.encoded(id), origin.map(ColumnText.encoded), ColumnText.encoded(source), published,
            Data(try json()),
        ]
    }
}

extension StoredArticle {
    /// An article from the columns row, version, sequence, content, in this order.
    init(_ row: Row) throws {
        self.init(
            row: row[0], version: row[1], sequence: row[2],
            article: try ArticleContent(json: row[3]).article)
    }
}
