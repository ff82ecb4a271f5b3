/// Work in lanes: the items of a lane one at a time and in their order, the lanes beside each other.
///
/// It knows neither tasks nor clocks: whoever runs the work asks for the next item, and tells when one is done or has to
/// wait. Lanes take turns, so that a busy chat does not hold up the others.
///
/// ```
///          append                next                 finish
/// waiting ───────→ a lane's turn ────→ under way ─────────────→ gone
///                        ↑                │ postpone(until:)
///                        └────────────────┘ the same item, first in its lane
/// ```
struct LaneQueue<Item: Sendable>: Sendable {
    /// What to do next.
    enum Step {
        /// This item may begin.
        case work(lane: String, Item)
        /// Nothing before this time, unless something is added or done.
        case wait(ContinuousClock.Instant)
        /// Nothing at all, unless something is added or done.
        case idle
    }

    private struct Lane {
        var items: [Item] = []
        /// The items before this place are done.
        var head = 0
        var isUnderWay = false

        var isEmpty: Bool { head == items.count }

        mutating func removeFirst() {
            head += 1
            // Moved seldom enough that an item costs O(1) in the long run.
            if head == items.count || head > 64 && head * 2 > items.count {
                items.removeFirst(head)
                head = 0
            }
        }
    }

    private var lanes: [String: Lane] = [:]
    /// Lanes whose first item may begin, in the order of their turns.
    private var turns: [String] = []
    private var nextTurn = 0
    /// Lanes whose first item has to wait, the soonest last.
    private var postponed: [(until: ContinuousClock.Instant, lane: String)] = []

    /// How many items are waiting or under way.
    private(set) var count = 0
    /// How many items are under way.
    private(set) var running = 0

    /// Adds an item at the end of its lane.
    mutating func append(_ item: Item, lane: String) {
        let isNew = lanes[lane] == nil
        lanes[lane, default: Lane()].items.append(item)
        count += 1
        if isNew { turns.append(lane) }
    }

    /// The next item that may begin, which is under way from now on.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - admit: asked of the first item of a lane; nil lets it begin, a time postpones it.
    /// - Returns: an item, or what to wait for.
    /// - Complexity: O(1) for each lane that is asked, and O(n) in the postponed lanes for each that is postponed.
    mutating func next(
        at now: ContinuousClock.Instant, admit: (Item) -> ContinuousClock.Instant? = { _ in nil }
    ) -> Step {
        while let last = postponed.last, last.until <= now {
            postponed.removeLast()
            turns.append(last.lane)
        }
        while nextTurn < turns.count {
            let name = turns[nextTurn]
            nextTurn += 1
            if nextTurn > 1024, nextTurn * 2 > turns.count {
                turns.removeFirst(nextTurn)
                nextTurn = 0
            }
            guard let lane = lanes[name], !lane.isUnderWay, !lane.isEmpty else { continue }
            let item = lane.items[lane.head]
            guard let later = admit(item), later > now else {
                lanes[name]?.isUnderWay = true
                running += 1
                return .work(lane: name, item)
            }
            postpone(name, until: later)
        }
        return postponed.last.map { .wait($0.until) } ?? .idle
    }

    /// The item of a lane that was under way is done.
    mutating func finish(_ name: String) {
        guard var lane = lanes[name], lane.isUnderWay else { return }
        lane.isUnderWay = false
        lane.removeFirst()
        running -= 1
        count -= 1
        if lane.isEmpty {
            lanes[name] = nil
        } else {
            lanes[name] = lane
            turns.append(name)
        }
    }

    /// The item of a lane that was under way has to be begun again, not before a time; it may come back changed.
    mutating func again(_ name: String, with item: Item, at time: ContinuousClock.Instant) {
        guard var lane = lanes[name], lane.isUnderWay else { return }
        lane.isUnderWay = false
        lane.items[lane.head] = item
        lanes[name] = lane
        running -= 1
        postpone(name, until: time)
    }

    private mutating func postpone(_ lane: String, until time: ContinuousClock.Instant) {
        var (low, high) = (0, postponed.count)
        while low < high {
            let middle = (low + high) / 2
            if postponed[middle].until > time { low = middle + 1 } else { high = middle }
        }
        postponed.insert((time, lane), at: low)
    }
}
