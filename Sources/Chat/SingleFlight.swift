/// Lets work for one key run once at a time: whoever asks while it runs waits for the same outcome.
///
/// The work is not bound to the task that began it, because others may be waiting for it too.
actor SingleFlight<Failure: Error> {
    private var running: [String: Task<Result<String, Failure>, Never>] = [:]

    /// The outcome of the work for a key, begun now or already under way.
    func value(
        for key: String, _ work: @escaping @Sendable () async -> Result<String, Failure>
    ) async throws(Failure) -> String {
        if let task = running[key] { return try await task.value.get() }
        let task = Task { await work() }
        running[key] = task
        let outcome = await task.value
        running[key] = nil
        return try outcome.get()
    }
}
