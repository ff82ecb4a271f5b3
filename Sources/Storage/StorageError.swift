import GRDB

/// What can go wrong with the archive's file.
public enum StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is something else than an archive; it is left as it is.
    case notAnArchive(path: String)
    /// A newer Newsdesk made the file, with a step of the schema that this one does not know.
    case newer(path: String, unknown: String)
    /// The file or its folder cannot be opened or written.
    case inaccessible(path: String, reason: String)
    /// The disk is full; nothing of the change was kept.
    case full(path: String)
    /// Another process held the file for longer than is waited.
    case busy(path: String)
    /// The file's content contradicts itself.
    case damaged(path: String, reason: String)
    /// The task was cancelled; nothing of the change was kept.
    case cancelled(path: String)
    /// Anything else that SQLite reports.
    case failed(path: String, reason: String)

    /// The cause and the mend.
    public var description: String {
        switch self {
        case .notAnArchive(let path):
            "\(path) is not an archive of Newsdesk: move it away, or keep the archive in another folder"
        case .newer(let path, let unknown):
            "\(path) was made by a newer Newsdesk (this one does not know “\(unknown)”): update this one"
        case .inaccessible(let path, let reason):
            "\(path) cannot be opened or written (\(reason)): see that its folder exists and may be written"
        case .full(let path): "the disk of \(path) is full: free some space"
        case .busy(let path): "\(path) is held by another process: wait for it, or stop it"
        case .damaged(let path, let reason): "\(path) is damaged (\(reason)): restore it from a backup"
        case .cancelled(let path): "the work on \(path) was cancelled, and left nothing behind"
        case .failed(let path, let reason): "\(path): \(reason)"
        }
    }

    /// Whether the same call may succeed a moment later.
    public var isTransient: Bool {
        if case .busy = self { true } else { false }
    }

    /// A word for logs and metrics.
    public var label: String {
        switch self {
        case .notAnArchive: "not_an_archive"
        case .newer: "newer"
        case .inaccessible: "inaccessible"
        case .full: "full"
        case .busy: "busy"
        case .damaged: "damaged"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }

    /// What an error of the database means.
    static func of(_ error: any Error, path: String) -> StorageError {
        switch error {
        case let error as StorageError: error
        case is CancellationError: .cancelled(path: path)
        // A column that its own program cannot read back.
        case is DecodingError: .damaged(path: path, reason: "\(error)")
        case let error as DatabaseError: of(error, path: path)
        default: .failed(path: path, reason: "\(error)")
        }
    }

    private static func of(_ error: DatabaseError, path: String) -> StorageError {
        let reason = error.message ?? "error \(error.resultCode.rawValue)"
        switch error.resultCode.primaryResultCode {
        case .SQLITE_NOTADB: return .notAnArchive(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            return .inaccessible(path: path, reason: reason)
        case .SQLITE_FULL: return .full(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
        // Nothing else interrupts a statement.
        case .SQLITE_INTERRUPT: return .cancelled(path: path)
        case .SQLITE_CORRUPT: return .damaged(path: path, reason: reason)
        default: return .failed(path: path, reason: reason)
        }
    }
}
