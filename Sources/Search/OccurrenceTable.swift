import Text

/// The occurrences of terms in one field of new documents: gathered by document, then sorted by terms in an order.
///
/// Counted while they are gathered, each goes straight to its place when they are sorted: O(occurrences + terms), two
/// numbers an occurrence and no list to follow. They are gathered in chunks, which never move, and those of a term lie
/// behind those of the term before, so that whoever goes through the terms in order reads memory in a row. It belongs to
/// one task at a time.
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

    /// What is gathered, of which all chunks but the last are full.
    @exclusivity(unchecked) private var chunks: [UnsafeMutableBufferPointer<Occurrence>] = []
    /// How many occurrences the last chunk has, and has room for.
    @exclusivity(unchecked) private var filled = 0
    @exclusivity(unchecked) private var room = 0
    /// How many there are.
    @exclusivity(unchecked) private(set) var count = 0
    /// The documents that hold any, with how many there are up to their ends.
    @exclusivity(unchecked) private var documents: [(number: UInt32, end: Int)] = []
    /// How often each term occurs; while they are sorted, where its next place is.
    @exclusivity(unchecked) private var counts: UnsafeMutablePointer<UInt32>
    @exclusivity(unchecked) private var termCount = 0
    private var ends: UnsafeMutablePointer<UInt32>
    private var places: UnsafeMutablePointer<Place>

    /// The first chunk and the largest, which is one of Linux's large pages.
    private static let (smallest, largest) = (1 << 10, (2 << 20) / MemoryLayout<Occurrence>.stride)

    init() {
        counts = .allocate(capacity: 0)
        ends = .allocate(capacity: 0)
        places = .allocate(capacity: 0)
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
        counts.deallocate()
        ends.deallocate()
        places.deallocate()
    }

    /// Adds the occurrences in a document; in one that nothing is added for there are none.
    ///
    /// - Parameters:
    ///   - more: what the field holds, by place.
    ///   - document: its number, greater than those before.
    ///   - terms: how many numbers of terms there are.
    func add(_ more: UnsafeBufferPointer<TermOccurrence>, of document: Int, terms: Int) {
        guard !more.isEmpty else { return }
        if terms > termCount { makeRoom(forTerms: terms) }
        var start = 0
        while start < more.count {
            if filled == room { addChunk() }
            let end = min(more.count, start + room - filled)
            add(UnsafeBufferPointer(rebasing: more[start..<end]))
            start = end
        }
        documents.append((UInt32(document), count))
    }

    /// Adds as many as the last chunk has room for.
    private func add(_ more: UnsafeBufferPointer<TermOccurrence>) {
        guard let memory = chunks.last?.baseAddress else { return }
        let (found, counts) = (memory + filled, counts)
        var at = 0
        for occurrence in more {
            let term = occurrence.term
            found[at] = Occurrence(term: term, position: occurrence.position)
            counts[Int(term)] &+= 1
            at &+= 1
        }
        filled += more.count
        count += more.count
    }

    /// Whether a term occurs, before that is sorted.
    @inline(__always)
    func holds(_ term: UInt32) -> Bool { Int(term) < termCount && counts[Int(term)] > 0 }

    /// Sorts what was gathered; nothing is added any more.
    ///
    /// - Parameter order: the terms, all that occur among them.
    func sort(by order: some Collection<UInt32>) {
        precondition(count < Int(UInt32.max), "a segment has less than 2³² occurrences")
        ends.deallocate()
        ends = LargeMemory.allocate(capacity: order.count)
        var start: UInt32 = 0
        for (rank, term) in order.enumerated() {
            if Int(term) < termCount {
                let count = counts[Int(term)]
                counts[Int(term)] = start
                start &+= count
            }
            ends[rank] = start
        }
        places.deallocate()
        places = LargeMemory.allocate(capacity: count)
        scatter()
        for chunk in chunks { chunk.deallocate() }
        chunks = []
    }

    /// Puts each occurrence in its place.
    private func scatter() {
        let (counts, places) = (counts, places)
        var (next, at) = (0, 0)
        for chunk in chunks {
            var place = 0
            let last = min(chunk.count, count - at)
            while place < last {
                while documents[next].end == at { next += 1 }
                let (document, documentEnd) = documents[next]
                let end = min(last, place + documentEnd - at)
                at += end - place
                while place < end {
                    let occurrence = chunk[place]
                    let free = counts[Int(occurrence.term)]
                    places[Int(free)] = Place(document: document, position: occurrence.position)
                    counts[Int(occurrence.term)] = free &+ 1
                    place &+= 1
                }
            }
        }
    }

    /// What was gathered, once it is sorted; it is there as long as the table is.
    var sorted: Sorted { Sorted(ends: ends, places: places) }

    /// The places of all terms in a form that costs nothing to hand about.
    struct Sorted {
        fileprivate let ends: UnsafeMutablePointer<UInt32>
        fileprivate let places: UnsafeMutablePointer<Place>

        /// Where a term stands, told by its rank in the order, by document and position.
        @inline(__always)
        subscript(rank: Int) -> UnsafeBufferPointer<Place> {
            let start = rank == 0 ? 0 : Int(ends[rank - 1])
            return UnsafeBufferPointer(start: places + start, count: Int(ends[rank]) - start)
        }
    }

    @inline(never)
    private func addChunk() {
        let capacity = chunks.isEmpty ? Self.smallest : min(Self.largest, room * 4)
        chunks.append(
            UnsafeMutableBufferPointer(start: LargeMemory.allocate(capacity: capacity), count: capacity))
        (filled, room) = (0, capacity)
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
