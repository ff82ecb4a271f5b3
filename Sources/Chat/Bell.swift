/// Wakes one loop: whoever has something for it rings, and a ring is never lost.
actor Bell {
    private var sleeper: CheckedContinuation<Void, Never>?
    private var hasRung = false

    /// Wakes the loop, now or at its next wait.
    nonisolated func ring() { Task { await strike() } }

    /// Returns at a ring, or at a time.
    func wait(until time: ContinuousClock.Instant? = nil) async {
        if hasRung {
            hasRung = false
            return
        }
        let alarm = time.map { time in
            Task {
                do { try await Task.sleep(until: time, clock: .continuous) } catch { return }
                self.strike()
            }
        }
        await withCheckedContinuation { sleeper = $0 }
        hasRung = false
        alarm?.cancel()
    }

    private func strike() {
        hasRung = true
        sleeper?.resume()
        sleeper = nil
    }
}
