import News
import Synchronization

/// The newest arrivals as they were committed, for who follows so closely that they need not be read back.
///
/// They are changes of one row of numbers without gaps, so that whoever has them all has missed nothing, and each is the
/// newest of its article as far as this program knows. What was taken is forgotten, and what nobody takes goes by its age.
final class RecentChanges: Sendable {
    /// The bytes of text that are kept.
    private let room: Int

    private struct State {
        var changes: [ArticleChange] = []
        /// The bytes of text of each of them.
        var sizes: [Int] = []
        /// How many of them are gone.
        var gone = 0
        /// The bytes of text of those that are not.
        var bytes = 0

        var isEmpty: Bool { gone == changes.count }

        mutating func removeFirst() {
            bytes -= sizes[gone]
            gone += 1
        }

        /// Gives the memory of what is gone back, now and then.
        mutating func tidy() {
            guard gone * 2 >= changes.count else { return }
            changes.removeFirst(gone)
            sizes.removeFirst(gone)
            gone = 0
        }
    }

    private let state = Mutex(State())

    /// Room for so many bytes of text.
    init(room: Int = 48 << 20) { self.room = room }

    /// Adds articles that were committed for the first time.
    ///
    /// - Parameters:
    ///   - arrivals: in their order, without gaps.
    ///   - sizes: about the bytes of each.
    func append(_ arrivals: [ArticleChange], sizes: [Int]) {
        state.withLock { state in
            guard let first = arrivals.first else { return }
            // Another program has taken the numbers between.
            if let last = state.changes.last, last.sequence + 1 != first.sequence { state = State() }
            state.changes += arrivals
            state.sizes += sizes
            state.bytes += sizes.reduce(0, +)
            while state.bytes > room { state.removeFirst() }
            state.tidy()
        }
    }

    /// Forgets all, because one of them may not be the newest of its article any more.
    func removeAll() { state.withLock { $0 = State() } }

    /// Takes the changes after a number.
    ///
    /// - Parameters:
    ///   - sequence: the number of the last change that is known.
    ///   - limit: how many changes at most.
    ///   - bytes: the size of their texts behind which no more are taken.
    /// - Returns: nil where the next change is not here.
    func take(after sequence: Int64, limit: Int, bytes: Int) -> [ArticleChange]? {
        state.withLock { state in
            guard !state.isEmpty, state.changes[state.gone].sequence <= sequence + 1 else { return nil }
            while !state.isEmpty, state.changes[state.gone].sequence <= sequence { state.removeFirst() }
            let start = state.gone
            var size = 0
            while state.gone - start < limit, size < bytes, !state.isEmpty {
                size += state.sizes[state.gone]
                state.removeFirst()
            }
            let taken = Array(state.changes[start..<state.gone])
            state.tidy()
            return taken.isEmpty ? nil : taken
        }
    }
}
