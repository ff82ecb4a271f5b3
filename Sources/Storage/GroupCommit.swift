import GRDB

/// Commits the small changes of many callers in few transactions.
///
/// While one transaction is being written, what else arrives waits and then goes together in the next. So a commit costs
/// one flush to the disk however many callers share it, and every caller still gets its answer only once its own change
/// is safe, even from a power cut (`synchronous = FULL`; the rest of the archive is written with `NORMAL`).
///
/// A change that fails is undone alone, and may run twice where another one fails; a transaction that fails is told to all who were in it.
actor GroupCommit {
    private struct Job {
        var change: (Database) throws -> Void
        var resume: ((any Error)?) -> Void
    }

    private let database: any DatabaseWriter
    private let path: String
    private var waiting: [Job] = []
    private var isWriting = false

    init(_ database: any DatabaseWriter, path: String) { (self.database, self.path) = (database, path) }

    /// Makes a change with whatever else is waiting; returns once it is on the disk.
    func commit<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let result = Box<Value>()
        do {
            try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
                waiting.append(
                    Job(
                        change: { db in result.value = try change(db) },
                        resume: { error in
                            if let error { caller.resume(throwing: error) } else { caller.resume() }
                        }))
                if !isWriting {
                    isWriting = true
                    // Not the caller's task: others wait for the same transaction.
                    Task { await self.writeAll() }
                }
            }
        } catch { throw .of(error, path: path) }
        guard let value = result.value else {
            throw .failed(path: path, reason: "a change ended without a result")
        }
        return value
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = Batch(jobs: waiting)
            waiting = []
            do {
                try await database.writeWithoutTransaction { db in
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
                for (job, failure) in zip(batch.jobs, batch.failures) { job.resume(failure) }
            } catch {
                for job in batch.jobs { job.resume(error) }
            }
        }
        isWriting = false
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
