import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Long work on a thread of its own, so that it takes none from the tasks that answer.
enum BackgroundThread {
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
            let thread = Thread {
                #if canImport(Glibc)
                    // Linux counts niceness by thread; where it is refused, the thread runs as any other.
                    if behind { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
                #endif
                continuation.resume(returning: body())
            }
            thread.name = name
            // The least that a thread of a main program has, as stemming and parsing know of no other.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
