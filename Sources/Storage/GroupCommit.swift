import Dispatch
import GRDB
import Synchronization

/// Commits the small changes of many callers in few transactions.
///
/// While one transaction is being written, what else arrives waits and then goes together in the next (``CommitTurns``).
/// So a commit costs one flush to the disk however many callers share it, and every caller still gets its answer only once
/// its own change is safe, even from a power cut.
///
/// A change that fails is undone alone, and may run twice where another one fails; a transaction that fails is told to all
/// who were in it.
final class GroupCommit: Sendable {
    private struct Job: Sendable {
        var change: @Sendable (Database) throws -> Void
        var resume: @Sendable ((any Error)?) -> Void
    }

    private let database: any DatabaseWriter
    private let path: String
    private let turns = Mutex(CommitTurns<Job>())

    init(_ database: any DatabaseWriter, path: String) { (self.database, self.path) = (database, path) }

    /// Makes a change with whatever else is waiting, before those that are not urgent where somebody outside waits for it;
    /// returns once it is on the disk.
    func commit<Value: Sendable>(
        isUrgent: Bool = false, _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let result = Box<Value>()
        do {
            try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
                let job = Job(
                    change: { db in result.value = try change(db) },
                    resume: { error in
                        if let error { caller.resume(throwing: error) } else { caller.resume() }
                    })
                go(turns.withLock { $0.add(job, isUrgent: isUrgent) })
            }
        } catch { throw .of(error, path: path) }
        guard let value = result.value else {
            throw .failed(path: path, reason: "a change ended without a result")
        }
        return value
    }

    private func go(_ step: CommitTurns<Job>.Step) {
        switch step {
        case .nothing: break
        case .write: writeNext()
        case .wait(let nanoseconds, let turn):
            DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) {
                self.go(self.turns.withLock { $0.timeIsUp(turn: turn) })
            }
        }
    }

    /// Writes what is waiting by then, on the writer's thread, behind other writers.
    private func writeNext() {
        database.asyncWriteWithoutTransaction { db in
            let jobs = self.turns.withLock { $0.take(at: DispatchTime.now().uptimeNanoseconds) }
            let batch = Batch(jobs: jobs)
            do {
                try Self.write(batch, db)
                for (job, failure) in zip(jobs, batch.failures) { job.resume(failure) }
            } catch {
                for job in jobs { job.resume(error) }
            }
            self.go(self.turns.withLock { $0.written(at: DispatchTime.now().uptimeNanoseconds) })
        }
    }

    private static func write(_ batch: Batch, _ db: Database) throws {
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
