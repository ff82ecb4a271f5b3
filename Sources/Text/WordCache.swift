import CPrefetch

/// What the words of texts became when they were first met, by their bytes as they stand there.
///
/// Open addressing; words of no more than 16 bytes, which is nearly all of them, lie in the slot itself and are compared
/// by two loads.
struct WordCache: ~Copyable {
    /// The bytes of a word in two loads, nought behind its end; of a longer one, where it is kept.
    struct Key {
        var head: UInt64
        var tail: UInt64
    }

    private struct Slot {
        /// Nought where nothing lies: no word begins with that byte.
        var key: Key
        var entry: UInt32
    }

    /// The longest word that lies in a slot.
    static let short = 16
    /// Longer words are seldom met twice.
    static let longest = 255
    /// The last byte of a longer word's head, which is in no UTF-8.
    private static let longMark: UInt64 = 0xFF << 56

    private var slots: UnsafeMutablePointer<Slot>
    private var capacity = 256
    private var shift: UInt64 = 64 - 8
    private(set) var count = 0
    private var long: [UInt8] = []
    /// Nobody can write texts whose words fall together without knowing these.
    private let factors = (UInt64.random(in: 0...UInt64.max) | 1, UInt64.random(in: 0...UInt64.max) | 1)

    init() { slots = Self.empty(capacity) }

    deinit { slots.deallocate() }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Slot> {
        let slots = LargeMemory.allocate(Slot.self, capacity: capacity)
        slots.initialize(repeating: Slot(key: Key(head: 0, tail: 0), entry: 0), count: capacity)
        return slots
    }

    @inline(__always)
    private func home(_ key: Key) -> Int {
        Int(truncatingIfNeeded: (key.head &* factors.0 &+ key.tail &* factors.1) >> shift)
    }

    /// Asks for the memory where a short word lies, which is looked up soon.
    @inline(__always)
    func prefetch(_ key: Key) { CPrefetch.prefetch(slots + home(key)) }

    /// What a short word became, if it is known.
    @inline(__always)
    func find(_ key: Key) -> UInt32? {
        var at = home(key)
        while true {
            let slot = slots + at
            if slot.pointee.key.head == key.head, slot.pointee.key.tail == key.tail {
                return slot.pointee.entry
            }
            if slot.pointee.key.head == 0 { return nil }
            at = (at &+ 1) & (capacity &- 1)
        }
    }

    /// Keeps what a short word became, which is not known yet.
    mutating func insert(_ key: Key, _ entry: UInt32) {
        if count * 2 >= capacity { grow() }
        put(Slot(key: key, entry: entry))
        count += 1
    }

    /// What a longer word became, if it is known.
    func findLong(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let head = longHead(word)
        var at = home(Key(head: head, tail: 0))
        while slots[at].key.head != 0 {
            let key = slots[at].key
            if key.head == head, Int(key.tail & 0xFF) == word.count,
                long[Int(key.tail >> 8)...].prefix(word.count).elementsEqual(word)
            {
                return slots[at].entry
            }
            at = (at + 1) & (capacity - 1)
        }
        return nil
    }

    /// Keeps what a longer word of no more than ``longest`` bytes became, which is not known yet.
    mutating func insertLong(_ word: UnsafeBufferPointer<UInt8>, _ entry: UInt32) {
        let tail = UInt64(long.count) << 8 | UInt64(word.count)
        long.append(contentsOf: word)
        insert(Key(head: longHead(word), tail: tail), entry)
    }

    private func longHead(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0
        for byte in word { hash = (hash ^ UInt64(byte)) &* factors.0 &+ hash >> 29 }
        return hash | Self.longMark
    }

    private mutating func put(_ slot: Slot) {
        // Where a longer word is kept says nothing to those who look for it.
        let isLong = slot.key.head >= Self.longMark
        var at = home(Key(head: slot.key.head, tail: isLong ? 0 : slot.key.tail))
        while slots[at].key.head != 0 { at = (at + 1) & (capacity - 1) }
        slots[at] = slot
    }

    private mutating func grow() {
        let (old, oldCapacity) = (slots, capacity)
        // Small tables grow fast, because every growth puts all words in their places again.
        let doublings = capacity < 1 << 16 ? 2 : 1
        capacity <<= doublings
        shift -= UInt64(doublings)
        slots = Self.empty(capacity)
        for at in 0..<oldCapacity where old[at].key.head != 0 { put(old[at]) }
        old.deallocate()
    }
}
