import Foundation
import GRDB

/// The archive: articles with their versions, conversations, and replies that were given, in one SQLite file.
///
/// ```
/// ingest ─commit, delete→ article rows ─changes(after:)→ whoever follows: the index, a server's clock
/// answering ─append→ turns               chat ─record→ replies
/// ```
/// The store is the truth; everything else can be built again from it. Every change takes the next sequence number, in
/// the transaction that makes the change, so a follower that keeps the last number it saw misses nothing and sees
/// nothing twice. Numbers rise and are never given twice, not even after a deletion.
///
/// An article keeps its row and its id through all its versions. It is known by its origin (the file it was read from)
/// or else by its id, so that a corrected headline makes a new version, not a second article.
///
/// The store knows no clock: every change is handed its time. Reads run beside each other and beside the one writer
/// (SQLite's WAL), on threads of their own; each call sees one consistent state unless it says otherwise. A call
/// whose task is cancelled throws ``StorageError/cancelled(path:)`` and changes nothing. Several processes may share
/// a file; a writer waits some seconds for the other's turn to end.
///
/// It does not judge, rank or search articles, and it holds no settings.
public final class NewsStore: Sendable {
    /// The file, for operators; `:memory:` where there is none.
    public let path: String
    private let database: any DatabaseWriter
    private let journal: GroupCommit
    private let lookups: GroupRead
    let recent = RecentChanges()

    /// How long a writer waits for another process, in seconds; ingest commits take far less.
    private static let patience = 5.0
    /// The bytes of a page of a new archive: two or three articles fill one nearly, and an import writes fewer of them.
    private static let pageSize = 8192
    /// What is logged before it is brought back to the file, in pages.
    private static let logLength = 2000
    /// How long the log waits for readers of other processes to be emptied, in seconds: writers wait meanwhile.
    private static let logPatience = 1.0
    /// How long an import logs before it is brought back.
    private static let logTime = Duration.milliseconds(200)

    /// Opens the archive at a path, and makes one where there is none; its folder must exist.
    ///
    /// - Throws: ``StorageError`` when the file is not an archive, newer than this program, or cannot be opened.
    public convenience init(path: String) throws(StorageError) {
        try self.init(path: path, steps: StoreSchema.steps)
    }

    /// An archive that lives as long as the object.
    public static func inMemory() throws(StorageError) -> NewsStore {
        let path = ":memory:"
        do {
            return try NewsStore(database: DatabaseQueue(), path: path, steps: StoreSchema.steps)
        } catch {
            throw .of(error, path: path)
        }
    }

    /// Opens or makes an archive of an earlier or later schema.
    convenience init(path: String, steps: [StoreSchema.Step]) throws(StorageError) {
        do {
            try self.init(database: Self.open(path), path: path, steps: steps)
        } catch {
            throw .of(error, path: path)
        }
    }

    private init(database: any DatabaseWriter, path: String, steps: [StoreSchema.Step]) throws {
        (self.database, self.path) = (database, path)
        journal = GroupCommit(database, path: path)
        try StoreSchema.migrate(database, steps: steps, path: path)
        let isFile = database is DatabasePool
        lookups = GroupRead(isFile ? try DatabaseQueue(path: path, configuration: Self.reading) : database)
        // What is committed from now on outlives a power cut (sqlite.org/pragma.html); of tables it only brings back that
        // they are to be made.
        guard isFile else { return }
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    /// A connection that reads alone: it is got by one change of threads, where one of the pool's takes three.
    private static var reading: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { db in
            // Where it is the last to be closed, it must bring back the log, which one of a file opened to be read cannot.
            try db.execute(sql: "PRAGMA query_only = TRUE")
            // The upper pages of the tables are kept at hand; in kibibytes.
            try db.execute(sql: "PRAGMA cache_size = -8192")
        }
        return configuration
    }

    private static func open(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { db in
            // An archive that exists keeps its own.
            try db.execute(sql: "PRAGMA page_size = \(pageSize)")
            // An import goes back to the file every 16 MB, not with every transaction.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(logLength)")
            // The writer keeps the upper pages of all indexes at hand; in kibibytes.
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA cache_size = -16384") }
        }
        let giveUp = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as DatabaseError
                where error.resultCode.primaryResultCode == .SQLITE_BUSY && ContinuousClock.now < giveUp
            {
                // The change of a new file to WAL does not wait by itself when others open it at the same moment.
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    // MARK: Health

    /// Looks whether the archive answers: one read of one line, cheap enough for every probe.
    public func check() async throws(StorageError) {
        _ = try await lastSequence()
    }

    /// Looks whether the pages of the file fit together.
    ///
    /// - Throws: ``StorageError/damaged(path:reason:)`` with the first thing that does not fit.
    /// - Complexity: O(size of the file); for a doctor, not for a probe.
    public func verify() async throws(StorageError) {
        let path = path
        try await read { db in
            let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no verdict"
            guard verdict == "ok" else { throw StorageError.damaged(path: path, reason: verdict) }
        }
    }

    // MARK: The log

    /// Does work that commits much: what it has committed is brought from the log back to the file beside it, rather than
    /// between two of its commits, none of which waits for the disk.
    ///
    /// A power cut in between may take the last of what was committed, of which each transaction is there whole or not at
    /// all; once this returns, all of it outlives one.
    ///
    /// - Parameter work: what commits.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws; ``StorageError`` when the file cannot be written.
    public func importing<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        guard database is DatabasePool else { return try await work() }
        // A disk that cannot keep up makes commits wait for it in the end.
        try await setLog(length: Self.logLength * 16, synchronous: "NORMAL")
        let log = try? Self.log(of: path)
        let keeper = Task { await Self.keepShort(log) }
        do {
            let result = try await work()
            keeper.cancel()
            await keeper.value
            try await endImport(log)
            return result
        } catch {
            keeper.cancel()
            await keeper.value
            try? await endImport(log)
            throw error
        }
    }

    /// Has what was imported outlive a power cut, and empties the log.
    private func endImport(_ log: DatabaseQueue?) async throws(StorageError) {
        try await setLog(length: Self.logLength, synchronous: "FULL")
        do {
            try await database.write { db in
                // A commit waits for all that was logged before it; this one writes what is there already.
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                try db.execute(sql: "PRAGMA user_version = \(version)")
            }
        } catch { throw .of(error, path: path) }
        // Where another program reads all the time, the log is emptied later.
        _ = try? await log?.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// Sets what commits wait for, and how many pages are logged before one brings them back.
    private func setLog(length: Int, synchronous: String) async throws(StorageError) {
        do {
            try await database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(length)")
                try db.execute(sql: "PRAGMA synchronous = \(synchronous)")
            }
        } catch { throw .of(error, path: path) }
    }

    /// A connection that brings back what has been logged, beside the one that goes on to log.
    private static func log(of path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(logPatience)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Brings back what has been logged again and again until it is cancelled.
    private static func keepShort(_ log: DatabaseQueue?) async {
        // Nothing depends on it: what is not brought back now is later.
        while let log, !Task.isCancelled {
            try? await Task.sleep(for: logTime)
            _ = try? await log.writeWithoutTransaction { try $0.checkpoint(.passive) }
        }
    }

    // MARK: Access

    /// Reads from one consistent state.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do { return try await database.read(body) } catch { throw .of(error, path: path) }
    }

    /// Reads by a single statement, which sees one state by itself: nothing is paid for a transaction.
    func readOnce<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do { return try await database.unsafeRead(body) } catch { throw .of(error, path: path) }
    }

    /// Looks up a few rows by a single statement, together with whatever others look up at the moment.
    func lookUp<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do { return try await lookups.read(body) } catch { throw .of(error, path: path) }
    }

    /// Changes the archive in one transaction: all of it or nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do { return try await database.write(body) } catch { throw .of(error, path: path) }
    }

    /// Changes the archive in a transaction that others share; returns once it would outlive a power cut.
    func commitTogether<Value: Sendable>(
        isUrgent: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        try await journal.commit(isUrgent: isUrgent, body)
    }
}
