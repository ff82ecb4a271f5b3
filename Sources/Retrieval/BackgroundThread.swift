import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Long work on a thread of its own, so that it takes none from the tasks that answer.
///
/// An object is a thread that stays for work that comes in pieces, one after the other: the memory that a thread has at
/// hand is lost with it. It ends with the object.
final class BackgroundThread: Sendable {
    private typealias Work = @Sendable () -> Void
    private let waiting = Waiting()

    /// What is to be done; the thread holds it alone, so that whoever lets the object go ends the thread.
    private final class Waiting: Sendable {
        private let works = Mutex<[Work]>([])
        private let count = DispatchSemaphore(value: 0)

        func add(_ work: Work?) {
            if let work { works.withLock { $0.append(work) } }
            count.signal()
        }

        /// Waits for the next; nil where nothing comes any more.
        func next() -> Work? {
            count.wait()
            return works.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }

    /// A thread with a name.
    init(named name: String) {
        let waiting = waiting
        Self.start(named: name) {
            while let work = waiting.next() { work() }
        }
    }

    deinit { waiting.add(nil) }

    /// Does work that somebody waits for, after what was asked for before.
    func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            waiting.add { continuation.resume(returning: body()) }
        }
    }

    /// Does work that nobody waits for, behind all that somebody waits for.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await run(named: "merge", behind: true, body)
    }

    /// Does work that somebody waits for.
    ///
    /// - Parameters:
    ///   - name: that of the thread.
    ///   - behind: whether all else goes first, where there are not cores enough.
    ///   - body: the work.
    /// - Returns: what the work returns.
    static func run<Result: Sendable>(
        named name: String, behind: Bool = false, _ body: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            start(named: name) {
                #if canImport(Glibc)
                    // Linux counts niceness by thread; where it is refused, the thread runs as any other.
                    if behind { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
                #endif
                continuation.resume(returning: body())
            }
        }
    }

    private static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        // The least that a thread of a main program has, as stemming and parsing know of no other.
        thread.stackSize = 8 << 20
        thread.start()
    }
}
