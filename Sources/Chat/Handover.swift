import Synchronization

/// What was put into one of the boxes, by its number there, on its way to whoever reads the box, so that it need not be
/// decoded again.
///
/// The box is the truth: what is not here any more is read from there.
final class Handover<Value: Sendable>: Sendable {
    private let capacity: Int
    private let values = Mutex<[Int64: Value]>([:])

    /// Room for so many values.
    init(capacity: Int) { self.capacity = capacity }

    /// Hands a value on.
    func put(_ value: Value, _ row: Int64) {
        values.withLock { values in
            // Whoever read the box before the value came left it here.
            if values.count >= capacity { values = [:] }
            values[row] = value
        }
    }

    /// The value, if it is here; it is not any more then.
    func take(_ row: Int64) -> Value? { values.withLock { $0.removeValue(forKey: row) } }
}
