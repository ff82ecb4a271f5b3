import CPrefetch
import Text

/// The occurrences of terms in one field of new documents: gathered by document, then sorted by the number of the term.
///
/// Counted while they are gathered, each goes straight to its place when they are sorted: O(occurrences + terms), two
/// numbers an occurrence and no list to follow. It belongs to one task at a time.
final class OccurrenceTable {
    /// Where a term stands.
    struct Place: Equatable {
        var document: UInt32
        var position: UInt32
    }

    private struct Occurrence {
        var term: UInt32
        var position: UInt32
    }

    private var found: UnsafeMutablePointer<Occurrence>
    private var room: Int
    /// How many there are.
    private(set) var count = 0
    /// How many occurrences there are up to the end of each document.
    private var ends: [Int] = []
    /// How often each term occurs; once sorted, where its places end.
    private var counts: UnsafeMutablePointer<UInt32>
    private var termCount = 0
    private var places: UnsafeMutablePointer<Place>

    /// - Parameter room: about how many occurrences there will be, so that they need not move.
    init(room: Int = 0) {
        self.room = max(room, 1 << 10)
        found = LargeMemory.allocate(capacity: self.room)
        counts = .allocate(capacity: 0)
        places = .allocate(capacity: 0)
    }

    deinit {
        found.deallocate()
        counts.deallocate()
        places.deallocate()
    }

    /// Adds the occurrences in the next document.
    ///
    /// - Parameters:
    ///   - more: what the field holds, by place.
    ///   - terms: how many numbers of terms there are.
    func add(_ more: UnsafeBufferPointer<TermOccurrence>, terms: Int) {
        if terms > termCount { makeRoom(forTerms: terms) }
        if count + more.count > room { makeRoom(count + more.count) }
        let (found, counts) = (found + count, counts)
        var at = 0
        for occurrence in more {
            let term = occurrence.term
            found[at] = Occurrence(term: term, position: occurrence.position)
            counts[Int(term)] &+= 1
            at &+= 1
        }
        count += more.count
        ends.append(count)
    }

    /// Sorts what was gathered; nothing is added any more.
    func sort() {
        precondition(count < Int(UInt32.max), "a segment has less than 2³² occurrences")
        places.deallocate()
        places = LargeMemory.allocate(capacity: count)
        var start: UInt32 = 0
        for term in 0..<termCount {
            let count = counts[term]
            counts[term] = start
            start &+= count
        }
        // Each start moves on to the end, which is the start of the next.
        var at = 0
        for (document, end) in ends.enumerated() {
            while at < end {
                let occurrence = found[at]
                let place = Int(counts[Int(occurrence.term)])
                places[place] = Place(document: UInt32(document), position: occurrence.position)
                counts[Int(occurrence.term)] &+= 1
                at &+= 1
            }
        }
        found.deallocate()
        found = .allocate(capacity: 0)
    }

    /// Where a term stands, by document and position, once that is sorted.
    subscript(term: UInt32) -> UnsafeBufferPointer<Place> { sorted[term] }

    /// What was gathered, once it is sorted; it is there as long as the table is.
    var sorted: Sorted { Sorted(ends: counts, termCount: termCount, places: places) }

    /// The places of all terms in a form that costs nothing to hand about.
    struct Sorted {
        fileprivate let ends: UnsafeMutablePointer<UInt32>
        fileprivate let termCount: Int
        fileprivate let places: UnsafeMutablePointer<Place>

        /// Where a term stands, by document and position.
        @inline(__always)
        subscript(term: UInt32) -> UnsafeBufferPointer<Place> {
            guard Int(term) < termCount else { return UnsafeBufferPointer(start: nil, count: 0) }
            let start = term == 0 ? 0 : Int(ends[Int(term) - 1])
            return UnsafeBufferPointer(start: places + start, count: Int(ends[Int(term)]) - start)
        }

        /// Asks for what tells where a term stands, which is read soon.
        @inline(__always)
        func prefetch(_ term: UInt32) {
            if Int(term) < termCount { CPrefetch.prefetch(ends + Int(term)) }
        }

        /// Asks for the first places of a term, which are read soon.
        @inline(__always)
        func prefetchPlaces(_ term: UInt32) {
            if let start = self[term].baseAddress { CPrefetch.prefetch(start) }
        }
    }

    @inline(never)
    private func makeRoom(_ least: Int) {
        let room = max(least, room * 2)
        let more = LargeMemory.allocate(Occurrence.self, capacity: room)
        more.update(from: found, count: count)
        found.deallocate()
        found = more
        self.room = room
    }

    @inline(never)
    private func makeRoom(forTerms terms: Int) {
        let room = max(terms, termCount * 2, 1024)
        let more = LargeMemory.allocate(UInt32.self, capacity: room)
        more.update(from: counts, count: termCount)
        (more + termCount).update(repeating: 0, count: room - termCount)
        counts.deallocate()
        counts = more
        termCount = room
    }
}
