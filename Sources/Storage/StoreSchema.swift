import GRDB

/// The tables of the archive, as a list of steps that is only ever added to.
///
/// ```
/// article          the newest version of each article, deleted ones too, with its place in the order of changes
/// article_version  what an article said before its newest version
/// newest_change    one line: the sequence number given last
/// turn             the questions and answers of each conversation, in order, how each came about, and what readers thought
/// reply            what was replied to a delivery, by its key
/// feed             the feeds that are followed, and when each is due; never, for one that has ended
/// hub_subscription what was agreed with the hubs that announce what is new in them, and when to speak to them again
/// album_part       the captions of posts that a platform delivers piece by piece
/// delivered_answer what was answered in chats and may be corrected there, with the articles that it cites
/// corrected        one line: the newest change that the delivered answers were held against
/// delivery         what chat platforms delivered: the keys by which repetitions are known, and nothing that was said
/// inbox            deliveries that are not answered, with the text; a number is that of the delivery
/// outbox           what was or is to be sent to them; the text goes once it is sent, the platform's id stays for edits
/// chat             what is known of a chat: its language, and whether it is private
/// owned_thread     the threads that the bot has answered in
/// subscription     who gets digests and alerts, and what was sent last
/// ```
/// Contents are JSON (``ArticleContent``, ``TurnContent``); columns beside them are there to be looked up, in the form of
/// ``ColumnText``. Times are seconds since 1970.
enum StoreSchema {
    /// One step, run once on each archive, in its own transaction.
    struct Step: Sendable {
        /// Kept in the file, so that a step is never taken twice and an unknown one is noticed.
        var name: String
        var sql: String
    }

    /// "News" in ASCII: what tells an archive from any other SQLite file.
    static let applicationID: Int64 = 0x4E65_7773

    static let steps = [
        Step(
            name: "1 articles",
            sql: """
                PRAGMA application_id = \(applicationID);
                CREATE TABLE newest_change (
                    sequence INTEGER NOT NULL
                ) STRICT;
                INSERT INTO newest_change (sequence) VALUES (0);
                CREATE TABLE article (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    origin TEXT UNIQUE,
                    version INTEGER NOT NULL,
                    sequence INTEGER NOT NULL UNIQUE,
                    source TEXT NOT NULL,
                    published_at REAL,
                    changed_at REAL NOT NULL,
                    deleted_at REAL,
                    content TEXT NOT NULL
                ) STRICT;
                CREATE INDEX article_by_time ON article (published_at DESC, row DESC)
                    WHERE deleted_at IS NULL;
                CREATE INDEX article_by_source ON article (source, published_at DESC, row DESC)
                    WHERE deleted_at IS NULL;
                CREATE TABLE article_version (
                    article INTEGER NOT NULL REFERENCES article (row),
                    version INTEGER NOT NULL,
                    changed_at REAL NOT NULL,
                    content TEXT NOT NULL,
                    PRIMARY KEY (article, version)
                ) STRICT;
                """),
        Step(
            name: "2 conversations",
            sql: """
                CREATE TABLE turn (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    conversation TEXT NOT NULL,
                    asked_at REAL NOT NULL,
                    content TEXT NOT NULL
                ) STRICT;
                CREATE INDEX turn_by_conversation ON turn (conversation, row);
                CREATE TABLE reply (
                    key TEXT PRIMARY KEY NOT NULL,
                    recorded_at REAL NOT NULL,
                    content TEXT NOT NULL
                ) STRICT;
                CREATE INDEX reply_by_time ON reply (recorded_at);
                """),
        Step(
            name: "3 feeds",
            sql: """
                CREATE TABLE feed (
                    url TEXT PRIMARY KEY NOT NULL,
                    next_read_at REAL,
                    content TEXT NOT NULL
                ) STRICT;
                CREATE INDEX feed_by_time ON feed (next_read_at) WHERE next_read_at IS NOT NULL;
                """),
        Step(
            name: "4 feedback",
            sql: """
                ALTER TABLE turn ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE turn ADD COLUMN account TEXT;
                ALTER TABLE turn ADD COLUMN verdict TEXT;
                ALTER TABLE turn ADD COLUMN remark TEXT;
                CREATE INDEX turn_by_verdict ON turn (verdict, row) WHERE verdict IS NOT NULL;
                """),
        Step(
            name: "5 chat",
            sql: """
                CREATE TABLE inbox (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    channel TEXT NOT NULL,
                    key TEXT NOT NULL,
                    fingerprint TEXT,
                    lane TEXT NOT NULL,
                    received_at REAL NOT NULL,
                    done_at REAL,
                    content TEXT,
                    UNIQUE (channel, key)
                ) STRICT;
                CREATE UNIQUE INDEX inbox_by_fingerprint ON inbox (channel, fingerprint)
                    WHERE fingerprint IS NOT NULL;
                CREATE INDEX inbox_waiting ON inbox (row) WHERE done_at IS NULL;
                CREATE INDEX inbox_by_time ON inbox (received_at);
                CREATE TABLE outbox (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    channel TEXT NOT NULL,
                    key TEXT NOT NULL UNIQUE,
                    lane TEXT NOT NULL,
                    about TEXT,
                    created_at REAL NOT NULL,
                    attempts INTEGER NOT NULL DEFAULT 0,
                    settled_at REAL,
                    message TEXT,
                    failure TEXT,
                    content TEXT
                ) STRICT;
                CREATE INDEX outbox_waiting ON outbox (row) WHERE settled_at IS NULL;
                CREATE INDEX outbox_by_question ON outbox (lane, about) WHERE about IS NOT NULL;
                CREATE INDEX outbox_by_time ON outbox (created_at);
                CREATE TABLE chat (
                    lane TEXT PRIMARY KEY NOT NULL,
                    language TEXT,
                    is_private INTEGER NOT NULL DEFAULT 0
                ) STRICT;
                CREATE TABLE owned_thread (
                    lane TEXT NOT NULL,
                    thread TEXT NOT NULL,
                    used_at REAL NOT NULL,
                    PRIMARY KEY (lane, thread)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE subscription (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    channel TEXT NOT NULL,
                    lane TEXT NOT NULL,
                    person TEXT NOT NULL,
                    topic TEXT NOT NULL,
                    minute INTEGER,
                    language TEXT NOT NULL,
                    address TEXT NOT NULL,
                    last_day TEXT,
                    last_sequence INTEGER NOT NULL,
                    UNIQUE (lane, person, topic)
                ) STRICT;
                """),
        Step(
            name: "6 spending",
            sql: """
                CREATE TABLE spending (
                    day INTEGER NOT NULL,
                    plan TEXT NOT NULL,
                    tokens INTEGER NOT NULL,
                    nanos INTEGER NOT NULL,
                    PRIMARY KEY (day, plan)
                ) STRICT, WITHOUT ROWID;
                """),
        Step(
            name: "7 hubs",
            sql: """
                CREATE TABLE hub_subscription (
                    key TEXT PRIMARY KEY NOT NULL,
                    feed TEXT NOT NULL,
                    is_ending INTEGER NOT NULL,
                    due_at REAL NOT NULL,
                    content TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE UNIQUE INDEX hub_subscription_by_feed ON hub_subscription (feed) WHERE NOT is_ending;
                CREATE INDEX hub_subscription_by_time ON hub_subscription (due_at);
                """),
        Step(
            name: "8 posts and corrections",
            sql: """
                CREATE TABLE album_part (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    album TEXT NOT NULL,
                    message TEXT NOT NULL,
                    text TEXT NOT NULL,
                    UNIQUE (album, message)
                ) STRICT;
                CREATE TABLE delivered_answer (
                    turn INTEGER PRIMARY KEY REFERENCES turn (row) ON DELETE CASCADE,
                    content TEXT NOT NULL
                ) STRICT;
                CREATE TABLE delivered_citation (
                    article TEXT NOT NULL,
                    turn INTEGER NOT NULL REFERENCES delivered_answer (turn) ON DELETE CASCADE,
                    PRIMARY KEY (article, turn)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX delivered_citation_by_turn ON delivered_citation (turn);
                CREATE TABLE corrected (
                    sequence INTEGER NOT NULL
                ) STRICT;
                """),
        // Rows come in the order of time, and every index is a page more to write with each delivery.
        Step(name: "9 boxes without times", sql: "DROP INDEX inbox_by_time; DROP INDEX outbox_by_time;"),
        // What waits lies in a few pages that are always at hand, beside the long list of what is known.
        Step(
            name: "10 deliveries apart",
            sql: """
                CREATE TABLE delivery (
                    row INTEGER PRIMARY KEY,
                    channel TEXT NOT NULL,
                    key TEXT NOT NULL,
                    fingerprint TEXT,
                    received_at REAL NOT NULL,
                    UNIQUE (channel, key)
                ) STRICT;
                INSERT INTO delivery SELECT row, channel, key, fingerprint, received_at FROM inbox;
                CREATE UNIQUE INDEX delivery_by_fingerprint ON delivery (channel, fingerprint)
                    WHERE fingerprint IS NOT NULL;
                CREATE TABLE waiting (
                    row INTEGER PRIMARY KEY,
                    lane TEXT NOT NULL,
                    content TEXT NOT NULL
                ) STRICT;
                INSERT INTO waiting SELECT row, lane, ifnull(content, '') FROM inbox WHERE done_at IS NULL;
                DROP TABLE inbox;
                ALTER TABLE waiting RENAME TO inbox;
                DROP INDEX outbox_by_question;
                CREATE INDEX outbox_by_question ON outbox (about, lane) WHERE about IS NOT NULL;
                """),
    ]

    /// Brings a file to the newest form.
    ///
    /// - Throws: ``StorageError`` when it is somebody else's or a newer one; it is then left as it is.
    static func migrate(_ database: any DatabaseWriter, steps: [Step], path: String) throws {
        var migrator = DatabaseMigrator()
        for step in steps {
            migrator.registerMigration(step.name) { db in try db.execute(sql: step.sql) }
        }
        try database.read { db in
            let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
            let isOurs = try Int64.fetchOne(db, sql: "PRAGMA application_id") == applicationID
            // The first process to open a new file makes the list of steps before it takes the first of them.
            let isBegun =
                try db.tableExists("grdb_migrations") && migrator.appliedIdentifiers(db).isEmpty
            guard isEmpty || isOurs || isBegun else { throw StorageError.notAnArchive(path: path) }
            let unknown = try migrator.appliedIdentifiers(db).subtracting(migrator.migrations)
            if let first = unknown.sorted().first { throw StorageError.newer(path: path, unknown: first) }
        }
        var taken = try database.read(migrator.appliedIdentifiers)
        while true {
            do {
                return try migrator.migrate(database)
            } catch {
                // Another process may take the same step at the same moment: one of the two fails, and goes on from there.
                let now = try database.read(migrator.appliedIdentifiers)
                guard now != taken else { throw error }
                taken = now
            }
        }
    }
}
