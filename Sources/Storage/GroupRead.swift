import GRDB
import Synchronization

/// Runs the small reads of many callers on one connection, those together that come while it is being got ready.
///
/// Getting a connection and changing to its thread costs more than a statement that looks up one row. A read holds up
/// those beside it, so that only such as are soon done belong here.
final class GroupRead: Sendable {
    private struct Job: @unchecked Sendable {
        var run: (Result<Database, any Error>) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isReading = false
    }

    private let database: any DatabaseReader
    private let state = Mutex(State())

    init(_ database: any DatabaseReader) { self.database = database }

    /// Reads with whatever else is waiting, each by a statement of its own, without a transaction.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { caller in
            let job = Job { database in caller.resume(with: Result { try body(database.get()) }) }
            let begins = state.withLock { state in
                state.waiting.append(job)
                defer { state.isReading = true }
                return !state.isReading
            }
            if begins { readNext() }
        }
    }

    private func readNext() {
        database.asyncUnsafeRead { database in
            // What comes while others are read is read at once.
            while true {
                let jobs = self.state.withLock { state in
                    state.isReading = !state.waiting.isEmpty
                    defer { state.waiting = [] }
                    return state.waiting
                }
                guard !jobs.isEmpty else { return }
                for job in jobs { job.run(database) }
            }
        }
    }
}
