public import Foundation
import Synchronization

/// What was worked out in the last minute from an archive and the time, so that what is asked again is not worked out again.
///
/// As long as no article comes or goes, the same key comes to the same for a minute, and not beyond the end of a day.
/// Bounded: what was kept longest ago makes room.
public final class RecentWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var cursor: Int64 = -1
        /// What was kept since the last change of generations, and before it.
        var young: [Key: (value: Value, time: Date)] = [:]
        var old: [Key: (value: Value, time: Date)] = [:]
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Room for so many values; half of them are kept in any case.
    public init(capacity: Int) { self.capacity = capacity }

    /// Looks up what was worked out a moment ago, from the archive as it is.
    ///
    /// - Parameters:
    ///   - key: what it was worked out for.
    ///   - cursor: the archive's.
    ///   - time: the moment that is meant by "now".
    /// - Returns: the value; nil where it was not worked out, or holds no more.
    public func value(_ key: Key, cursor: Int64, at time: Date) -> Value? {
        state.withLock { state in
            guard state.cursor == cursor, let known = state.young[key] ?? state.old[key],
                Self.holds(known.time, at: time)
            else { return nil }
            return known.value
        }
    }

    /// Keeps what was worked out.
    ///
    /// - Complexity: O(1) on average.
    public func keep(_ value: Value, for key: Key, cursor: Int64, at time: Date) {
        // What makes room is let go of outside of the lock.
        _ = state.withLock { state -> State? in
            var gone: State?
            if state.cursor != cursor {
                gone = state
                state = State(cursor: cursor)
            } else if state.young.count >= max(1, capacity / 2) {
                gone = State(old: state.old)
                (state.old, state.young) = (state.young, [:])
            }
            state.young[key] = (value, time)
            return gone
        }
    }

    private static func holds(_ then: Date, at time: Date) -> Bool {
        // In every time zone days end with a quarter of an hour.
        func quarter(_ time: Date) -> Double { (time.timeIntervalSinceReferenceDate / 900).rounded(.down) }
        return (0..<60).contains(time.timeIntervalSince(then)) && quarter(then) == quarter(time)
    }
}
