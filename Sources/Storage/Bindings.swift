import GRDB
import GRDBSQLite

/// The values of a statement, handed to SQLite without being boxed, for what comes by the million.
struct Bindings {
    private let statement: OpaquePointer
    /// Tells SQLite to copy a text.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Those of a statement that is run by ``execute(_:_:_:)`` alone.
    init(_ statement: Statement) { self.statement = statement.sqliteStatement }

    /// Runs a statement that gives no rows.
    ///
    /// - Parameters:
    ///   - db: where it was prepared.
    ///   - sql: what it says, for errors.
    ///   - bind: binds its values.
    /// - Throws: `DatabaseError`.
    func execute(_ db: Database, _ sql: String, _ bind: () -> Void) throws {
        bind()
        let code = sqlite3_step(statement)
        let message = code == SQLITE_DONE ? nil : db.lastErrorMessage
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
        }
    }

    /// Runs a statement that gives one row at most.
    ///
    /// - Parameters:
    ///   - db: where it was prepared.
    ///   - sql: what it says, for errors.
    ///   - bind: binds its values.
    ///   - read: makes what is wanted of the row, which is gone afterwards.
    /// - Returns: nil where there is no row.
    /// - Throws: `DatabaseError`, and what `read` throws.
    func first<Value>(
        _ db: Database, _ sql: String, _ bind: () -> Void, _ read: (Columns) throws -> Value
    ) throws -> Value? {
        bind()
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return try read(Columns(statement: statement))
        case SQLITE_DONE: return nil
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
        }
    }

    /// The values of a row, counted from nought.
    struct Columns {
        fileprivate let statement: OpaquePointer

        func number(_ place: Int32) -> Int64 { sqlite3_column_int64(statement, place) }

        /// A text in UTF-8, which is there as long as the row.
        func text(_ place: Int32) -> UnsafeBufferPointer<UInt8> {
            let start = sqlite3_column_text(statement, place)
            return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
        }
    }

    func bind(_ place: Int32, _ text: String?) {
        guard var text else { return bindNull(place) }
        _ = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(statement, place, $0.baseAddress, Int32($0.count), Self.transient)
            }
        }
    }

    /// Binds a text without a NUL that stays where it is until the statement has run.
    func bind(_ place: Int32, lasting text: UnsafeBufferPointer<UInt8>) {
        _ = text.withMemoryRebound(to: CChar.self) {
            sqlite3_bind_text64(
                statement, place, $0.baseAddress, UInt64($0.count), nil, UInt8(SQLITE_UTF8))
        }
    }

    func bind(_ place: Int32, _ number: Double?) {
        guard let number else { return bindNull(place) }
        sqlite3_bind_double(statement, place, number)
    }

    func bind(_ place: Int32, _ number: Int64) { sqlite3_bind_int64(statement, place, number) }

    private func bindNull(_ place: Int32) { sqlite3_bind_null(statement, place) }
}
