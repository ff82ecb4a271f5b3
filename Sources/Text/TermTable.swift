import CPrefetch

/// The different terms of many texts, numbered from nought in the order in which they were met.
///
/// Scanners of several languages may share one, so that a term has the same number in all of them. It belongs to one
/// task at a time.
public final class TermTable {
    private struct Entry {
        var start: UnsafePointer<UInt8>
        var hash: UInt64
        /// What most terms are wholly known by, without a look at the memory where they lie.
        var head: TermHead
    }

    /// A term with its first eight bytes, in which most differ.
    private struct Ordered {
        var head: UInt64
        var number: UInt32
    }

    private static let chunk = 1 << 16

    @exclusivity(unchecked) private var entries: [Entry] = []
    /// A number and one in the lower half and half of the term's hash above it, or nought where nothing lies.
    ///
    /// There are twice as many as there are entries, or more.
    @exclusivity(unchecked) private var slots = [UInt64](repeating: 0, count: 1 << 10)
    /// The terms that were put in order, in that order.
    private var order: [Ordered] = []
    /// Memory that never moves, so that terms may be compared while others are added.
    private var chunks: [UnsafeMutablePointer<UInt8>] = []
    private var next: UnsafeMutablePointer<UInt8>?
    private var room = 0
    private let seed = TermKey.seed

    /// A table without terms.
    public init() {}

    deinit { for chunk in chunks { chunk.deallocate() } }

    /// How many terms there are; their numbers are below.
    public var count: Int { entries.count }

    /// The UTF-8 of a term; it lives as long as the table.
    ///
    /// - Complexity: O(1).
    public subscript(number: UInt32) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[Int(number)]
        return UnsafeBufferPointer(start: entry.start, count: entry.head.count)
    }

    /// The first letters of a term.
    ///
    /// - Complexity: O(1).
    public func head(of number: UInt32) -> TermHead { entries[Int(number)].head }

    /// Some terms in ascending order of their bytes.
    ///
    /// - Parameter isWanted: tells, of each number, whether it is one of them.
    /// - Returns: the numbers with the terms.
    /// - Complexity: O(terms + new terms · log new terms), where those are new that have been met since it was last asked.
    public func ordered(
        where isWanted: (UInt32) -> Bool
    ) -> [(number: UInt32, term: UnsafeBufferPointer<UInt8>)] {
        entries.withUnsafeBufferPointer { entries in
            func term(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
                UnsafeBufferPointer(start: entries[Int(number)].start, count: entries[Int(number)].head.count)
            }
            func precedes(_ a: Ordered, _ b: Ordered) -> Bool {
                a.head != b.head ? a.head < b.head : term(a.number).lexicographicallyPrecedes(term(b.number))
            }
            var new = (UInt32(order.count)..<UInt32(entries.count)).map { number in
                Ordered(head: entries[Int(number)].head.first, number: number)
            }
            new.sort(by: precedes)
            order = Self.merged(order, new, by: precedes)
            var wanted: [(number: UInt32, term: UnsafeBufferPointer<UInt8>)] = []
            wanted.reserveCapacity(order.count)
            for each in order where isWanted(each.number) { wanted.append((each.number, term(each.number))) }
            return wanted
        }
    }

    /// Both of two rows that are in order, in order.
    private static func merged(
        _ one: [Ordered], _ other: [Ordered], by precedes: (Ordered, Ordered) -> Bool
    ) -> [Ordered] {
        guard !one.isEmpty, !other.isEmpty else { return one + other }
        var all: [Ordered] = []
        all.reserveCapacity(one.count + other.count)
        var at = 0
        for next in other {
            while at < one.count, precedes(one[at], next) {
                all.append(one[at])
                at += 1
            }
            all.append(next)
        }
        all += one[at...]
        return all
    }

    /// The text of a term.
    ///
    /// - Complexity: O(length).
    public func text(of number: UInt32) -> String {
        // What lies beside its hash is at hand, and the memory where it lies as a whole seldom.
        head(of: number).text ?? String(decoding: self[number], as: UTF8.self)
    }

    /// The key of a term.
    ///
    /// - Complexity: O(1).
    public func key(of number: UInt32) -> TermKey { TermKey(hash: entries[Int(number)].hash) }

    /// Puts the keys of the terms of some occurrences into memory, in their order.
    ///
    /// The terms' heads are at hand afterwards.
    ///
    /// - Parameters:
    ///   - found: the occurrences.
    ///   - memory: not initialised; has room for a key for each occurrence.
    /// - Complexity: O(occurrences).
    public func copyKeys(
        of found: UnsafeBufferPointer<TermOccurrence>, to memory: UnsafeMutableBufferPointer<TermKey>
    ) {
        entries.withUnsafeBufferPointer { entries in
            guard let first = entries.baseAddress else { return }
            for place in found.indices {
                // The terms of a text are scattered over the table, and to fetch one takes as long as to read many.
                if place &+ Self.ahead < found.count {
                    let next = UnsafeRawPointer(first + Int(found[place &+ Self.ahead].term))
                    CPrefetch.prefetch(next)
                    CPrefetch.prefetch(next + (MemoryLayout<Entry>.size - 1))
                }
                memory.initializeElement(
                    at: place, to: TermKey(hash: first[Int(found[place].term)].hash))
            }
        }
    }

    /// How many entries are on their way while one is read.
    private static let ahead = 12

    /// The number of a term, which is a new one where the term has not been met.
    ///
    /// - Complexity: O(length), amortised.
    public func number(of term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = TermKey.hash(of: term, seed: seed)
        let head = TermHead(term)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let (number, half) = (UInt32(truncatingIfNeeded: slots[slot]) - 1, slots[slot] >> 32)
            if half == hash >> 32, isEqual(entries[Int(number)], head, term) { return number }
            slot = (slot + 1) & mask
        }
        let number = UInt32(entries.count)
        entries.append(Entry(start: keep(term), hash: hash, head: head))
        slots[slot] = Self.slot(number, hash)
        if entries.count * 2 > slots.count { grow() }
        return number
    }

    private func isEqual(_ entry: Entry, _ head: TermHead, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        guard entry.head == head else { return false }
        for place in TermHead.letters..<max(TermHead.letters, term.count)
        where entry.start[place] != term[place] { return false }
        return true
    }

    private static func slot(_ number: UInt32, _ hash: UInt64) -> UInt64 {
        (hash >> 32) << 32 | UInt64(number + 1)
    }

    private func keep(_ term: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
        let place: UnsafeMutablePointer<UInt8>
        if let next, room >= term.count {
            place = next
        } else {
            let size = max(Self.chunk, term.count)
            place = .allocate(capacity: size)
            chunks.append(place)
            room = size
        }
        if let first = term.baseAddress { place.update(from: first, count: term.count) }
        next = place + term.count
        room -= term.count
        return UnsafePointer(place)
    }

    /// Has room for so many terms, so that nobody waits for it to grow.
    func reserve(_ terms: Int) {
        entries.reserveCapacity(terms)
        var count = slots.count
        while terms * 2 > count { count *= 2 }
        if count > slots.count { grow(to: count) }
    }

    /// Forgets all terms, whose numbers mean nothing any more, and keeps the room for as many.
    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
        order = []
        for chunk in chunks { chunk.deallocate() }
        (chunks, next, room) = ([], nil, 0)
    }

    private func grow() { grow(to: slots.count * (slots.count < 1 << 16 ? 4 : 2)) }

    private func grow(to count: Int) {
        let mask = count - 1
        slots = [UInt64](repeating: 0, count: count)
        for (number, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Self.slot(UInt32(number), entry.hash)
        }
    }
}
