import Dispatch
import GRDB
import Synchronization

/// Commits the small changes of many callers in few transactions.
///
/// While one transaction is being written, what else arrives waits and then goes together in the next. So a commit costs
/// one flush to the disk however many callers share it, and every caller still gets its answer only once its own change
/// is safe, even from a power cut (`synchronous = FULL`; the rest of the archive is written with `NORMAL`).
///
/// A change that fails is undone alone, and may run twice where another one fails; a transaction that fails is told to all who were in it.
final class GroupCommit: Sendable {
    private struct Job: @unchecked Sendable {
        var change: (Database) throws -> Void
        var resume: ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isWriting = false
    }

    /// After a transaction of so many changes the next one waits, so that it holds as many.
    private static let crowd = 4
    private static let pause = DispatchTimeInterval.milliseconds(2)

    private let database: any DatabaseWriter
    private let path: String
    private let state = Mutex(State())

    init(_ database: any DatabaseWriter, path: String) { (self.database, self.path) = (database, path) }

    /// Makes a change with whatever else is waiting; returns once it is on the disk.
    func commit<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let result = Box<Value>()
        do {
            try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
                let job = Job(
                    change: { db in result.value = try change(db) },
                    resume: { error in
                        if let error { caller.resume(throwing: error) } else { caller.resume() }
                    })
                let begins = state.withLock { state in
                    state.waiting.append(job)
                    defer { state.isWriting = true }
                    return !state.isWriting
                }
                if begins { writeNext() }
            }
        } catch { throw .of(error, path: path) }
        guard let value = result.value else {
            throw .failed(path: path, reason: "a change ended without a result")
        }
        return value
    }

    /// Writes what is waiting by then, on the writer's thread, and once more behind other writers while more has come.
    private func writeNext() {
        database.asyncWriteWithoutTransaction { db in
            let jobs = self.state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            let batch = Batch(jobs: jobs)
            do {
                try Self.write(batch, db)
                for (job, failure) in zip(jobs, batch.failures) { job.resume(failure) }
            } catch {
                for job in jobs { job.resume(error) }
            }
            if jobs.count >= Self.crowd {
                // What comes meanwhile shares the next flush, which costs more than all its changes.
                DispatchQueue.global().asyncAfter(deadline: .now() + Self.pause) { self.goOn() }
            } else {
                self.goOn()
            }
        }
    }

    private func goOn() {
        let isWanted = state.withLock { state in
            state.isWriting = !state.waiting.isEmpty
            return state.isWriting
        }
        if isWanted { writeNext() }
    }

    private static func write(_ batch: Batch, _ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Where this fails, what follows is only slower than it need be.
        defer { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
        do {
            try db.inTransaction(.immediate) {
                try batch.runTogether(db)
                return .commit
            }
        } catch is Batch.Failed {
            // All of it is undone: once more, each so that it can be undone alone.
            try db.inTransaction(.immediate) {
                batch.runApart(db)
                return .commit
            }
        }
    }

    /// What one transaction holds; touched by the writer's thread alone while it runs.
    private final class Batch: @unchecked Sendable {
        let jobs: [Job]
        private(set) var failures: [(any Error)?] = []

        init(jobs: [Job]) { self.jobs = jobs }

        /// One of the changes has failed.
        struct Failed: Error {}

        /// Makes all changes; cheaper than each on its own, and enough where none fails.
        func runTogether(_ db: Database) throws(Failed) {
            failures = []
            for job in jobs {
                do {
                    try job.change(db)
                    failures.append(nil)
                } catch { throw Failed() }
            }
        }

        /// Makes all changes but those that fail.
        func runApart(_ db: Database) {
            failures = jobs.map { job in
                do {
                    try db.inSavepoint {
                        try job.change(db)
                        return .commit
                    }
                    return nil
                } catch { return error }
            }
        }
    }

    /// A result on its way from the writer's thread to the caller, who reads it after the transaction.
    private final class Box<Value: Sendable>: @unchecked Sendable { var value: Value? }
}
