/// Lets work for one key run once at a time: whoever asks while it runs waits for the same outcome.
///
/// The work is not bound to the task that began it, because others may be waiting for it too.
public actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    private var running: [Key: Task<Value, Never>] = [:]

    /// Nothing under way.
    public init() {}

    /// The outcome of the work for a key, begun now or already under way.
    public func value(for key: Key, _ work: @escaping @Sendable () async -> Value) async -> Value {
        if let task = running[key] { return await task.value }
        let task = Task { await work() }
        running[key] = task
        let outcome = await task.value
        running[key] = nil
        return outcome
    }
}
