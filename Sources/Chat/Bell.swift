import Synchronization

/// Wakes one loop: whoever has something for it rings, and a ring is never lost.
final class Bell: Sendable {
    private struct State {
        var sleeper: CheckedContinuation<Void, Never>?
        var hasRung = false
    }

    private let state = Mutex(State())

    /// Wakes the loop, now or at its next wait.
    func ring() {
        let sleeper = state.withLock { state in
            state.hasRung = state.sleeper == nil
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// Returns at a ring, or at a time.
    func wait(until time: ContinuousClock.Instant? = nil) async {
        let alarm = time.map { time in
            Task {
                // Sleep fails on cancellation alone, which means that somebody rang before.
                do { try await Task.sleep(until: time, clock: .continuous) } catch { return }
                ring()
            }
        }
        await withCheckedContinuation { sleeper in
            let hasRung = state.withLock { state in
                if !state.hasRung { state.sleeper = sleeper }
                defer { state.hasRung = false }
                return state.hasRung
            }
            if hasRung { sleeper.resume() }
        }
        alarm?.cancel()
    }
}
