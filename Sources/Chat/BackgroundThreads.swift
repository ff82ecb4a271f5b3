import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Runs tasks on threads of their own, which the system lets run behind all others of the program.
///
/// The threads of the shared pool are alike to the system: while all are busy with answers, whoever acknowledges a delivery
/// waits for its turn among them. These give way to it.
final class BackgroundThreads: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// The jobs before this place are gone.
        var head = 0
        var isOver = false

        mutating func next() -> UnownedJob? {
            guard head < jobs.count else { return nil }
            defer {
                head += 1
                if head == jobs.count {
                    jobs.removeAll(keepingCapacity: true)
                    head = 0
                }
            }
            return jobs[head]
        }
    }

    /// What the system counts these threads down by; each step is about a fifth less of a busy processor.
    private static let niceness: Int32 = 5

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let count: Int

    /// So many threads, which live until ``stop()``.
    init(count: Int) {
        self.count = count
        for number in 1...max(1, count) {
            let thread = Thread { self.work() }
            thread.name = "background-\(number)"
            thread.qualityOfService = .utility
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        arrivals.signal()
    }

    /// Lets the threads end; to be called when the tasks that run on them are over.
    func stop() {
        state.withLock { $0.isOver = true }
        for _ in 0..<max(1, count) { arrivals.signal() }
    }

    private func work() {
        #if canImport(Glibc)
            // To Linux a thread is a process of its own here: 0 is the calling one.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        #endif
        while true {
            arrivals.wait()
            let (job, isOver) = state.withLock { ($0.next(), $0.isOver) }
            if let job {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if isOver {
                return
            }
        }
    }
}
