import Dispatch
import GRDB
import Synchronization

/// Brings what was committed from SQLite's log to the file (a checkpoint of the WAL) without a commit waiting for it.
///
/// Left to itself, SQLite does so within the commit that makes the log long, and the flush of the file holds up whoever
/// waits for that commit. Here a connection of its own does nearly all of it while others commit. What was added meanwhile
/// is little; the writer brings it over, and only then can the log begin anew, so it does not grow for ever. Where a
/// checkpoint fails, or a reader keeps the log from beginning anew, the next one makes up for it, and SQLite's own remains
/// behind it (`wal_autocheckpoint`).
final class LogKeeper: Sendable {
    private enum Phase {
        case counting(Int)
        case running
        /// The rest is the writer's.
        case ending
    }

    /// The transactions after which the log is brought to the file: some tens of megabytes, because flushing the file
    /// slows down the commits beside it.
    private static let interval = 1024

    private let connection: DatabaseQueue
    private let phase = Mutex(Phase.counting(0))

    /// Keeps the log of the archive at a path.
    init(path: String, configuration: Configuration) throws {
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Notes that a transaction was committed; called by the writer, between transactions.
    func committed(_ db: Database) {
        let (begins, ends) = phase.withLock { phase in
            switch phase {
            case .counting(let count) where count + 1 >= Self.interval:
                phase = .running
                return (true, false)
            case .counting(let count):
                phase = .counting(count + 1)
                return (false, false)
            case .running: return (false, false)
            case .ending:
                phase = .counting(0)
                return (false, true)
            }
        }
        // A failure shows in the commits themselves, which write to the same disk.
        if ends { _ = try? db.checkpoint(.passive) }
        if begins {
            connection.asyncWriteWithoutTransaction { other in
                _ = try? other.checkpoint(.passive)
                self.phase.withLock { $0 = .ending }
            }
        }
    }
}
