import CPrefetch

/// What the words of texts became when they were first met, by a number made of their bytes as they stand there.
///
/// Open addressing; four slots lie in a line of the processor's memory. Two different words have the same number with a
/// chance of about 10⁻¹⁹, as those of ``TermKey``, and nobody can write words that do without knowing what they are made
/// with, which is drawn for each.
struct WordCache: ~Copyable {
    /// The bytes of a word of no more than ``short`` bytes in two loads, nought behind its end.
    struct Key {
        var head: UInt64
        var tail: UInt64
    }

    private struct Slot {
        /// Nought where nothing lies.
        var word: UInt64
        var entry: UInt32
    }

    /// The longest word that fits in a key.
    static let short = 16
    /// Longer words are seldom met twice.
    static let longest = 255

    private var slots: UnsafeMutablePointer<Slot>
    private var capacity = 256
    private var shift: UInt64 = 64 - 8
    private(set) var count = 0
    private let secrets = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    private let seed = UInt64.random(in: 0...UInt64.max) | 1

    init() { slots = Self.empty(capacity) }

    deinit { slots.deallocate() }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Slot> {
        let slots = LargeMemory.allocate(Slot.self, capacity: capacity)
        slots.initialize(repeating: Slot(word: 0, entry: 0), count: capacity)
        return slots
    }

    /// The number of a short word: both halves of the product of its bytes, each hidden by a secret (Wang Yi's wyhash).
    @inline(__always)
    func number(of key: Key) -> UInt64 {
        let product = (key.head ^ secrets.0).multipliedFullWidth(by: key.tail ^ secrets.1)
        return max(product.high ^ product.low, 1)
    }

    /// The number of a longer word.
    func number(of word: UnsafeBufferPointer<UInt8>) -> UInt64 { max(TermKey.hash(of: word, seed: seed), 1) }

    @inline(__always)
    private func home(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word >> shift) }

    /// Asks for the memory where a word lies, which is looked up soon.
    @inline(__always)
    func prefetch(_ word: UInt64) { CPrefetch.prefetch(slots + home(word)) }

    /// What a word became, if it is known.
    @inline(__always)
    func find(_ word: UInt64) -> UInt32? {
        var at = home(word)
        while true {
            let slot = slots[at]
            if slot.word == word { return slot.entry }
            if slot.word == 0 { return nil }
            at = (at &+ 1) & (capacity &- 1)
        }
    }

    /// Keeps what a word became, which is not known yet.
    mutating func insert(_ word: UInt64, _ entry: UInt32) {
        if count * 8 >= capacity * 5 { grow() }
        put(Slot(word: word, entry: entry))
        count += 1
    }

    private mutating func put(_ slot: Slot) {
        var at = home(slot.word)
        while slots[at].word != 0 { at = (at + 1) & (capacity - 1) }
        slots[at] = slot
    }

    /// Has room for so many words, so that nobody waits for it to grow.
    mutating func reserve(_ words: Int) {
        var doublings = 0
        while words * 8 >= (capacity << doublings) * 5 { doublings += 1 }
        if doublings > 0 { grow(by: doublings) }
    }

    /// Forgets all words, and keeps the room.
    mutating func removeAll() {
        slots.update(repeating: Slot(word: 0, entry: 0), count: capacity)
        count = 0
    }

    private mutating func grow() {
        // Small tables grow fast, because every growth puts all words in their places again.
        grow(by: capacity < 1 << 16 ? 2 : 1)
    }

    private mutating func grow(by doublings: Int) {
        let (old, oldCapacity) = (slots, capacity)
        capacity <<= doublings
        shift -= UInt64(doublings)
        slots = Self.empty(capacity)
        for at in 0..<oldCapacity where old[at].word != 0 { put(old[at]) }
        old.deallocate()
    }
}
