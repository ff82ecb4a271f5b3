import Text

/// The occurrences of terms in one field of new documents: gathered by document, then sorted by terms in an order.
///
/// Counted while they are gathered, each goes straight to its place when they are sorted: O(occurrences + terms), a number
/// or two an occurrence, and no list to follow. They are gathered in chunks, which never move, and those of a term lie
/// behind those of the term before, so that whoever goes through the terms in order reads memory in a row. It belongs to
/// one task at a time.
final class OccurrenceTable {
    /// Where a term stands.
    struct Place: Equatable {
        var document: UInt32
        var position: UInt32
    }

    /// What is gathered: the terms, a number each, as most stand behind the one before; what does not has a mark and its
    /// position in the next number.
    @exclusivity(unchecked) private var chunks: [UnsafeMutablePointer<UInt32>] = []
    /// How many numbers the chunks before the last have.
    @exclusivity(unchecked) private var lengths: [Int] = []
    /// How many numbers the last chunk has, and has room for.
    @exclusivity(unchecked) private var filled = 0
    @exclusivity(unchecked) private var room = 0
    private static let mark: UInt32 = 1 << 31
    /// How many there are.
    @exclusivity(unchecked) private(set) var count = 0
    /// The documents that hold any, with how many there are up to their ends.
    @exclusivity(unchecked) private var documents: [(number: UInt32, end: Int)] = []
    /// How often each term occurs; while they are sorted, where its next place is.
    @exclusivity(unchecked) private var counts: UnsafeMutablePointer<UInt32>
    @exclusivity(unchecked) private var termCount = 0
    private var ends: UnsafeMutablePointer<UInt32>
    private var places = UnsafeMutableRawPointer.allocate(byteCount: 0, alignment: 1)
    /// The last position of all documents.
    @exclusivity(unchecked) private var longest: UInt32 = 0
    private var form = PlaceForm(longest: 0, last: 0)

    /// The first chunk and the largest, which is one of Linux's large pages.
    private static let (smallest, largest) = (1 << 10, (2 << 20) / MemoryLayout<UInt32>.stride)

    init() {
        counts = .allocate(capacity: 0)
        ends = .allocate(capacity: 0)
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
        // The first position is behind this.
        var position = UInt32.max
        while start < more.count {
            if room - filled < 2 { addChunk() }
            let end = min(more.count, start + (room - filled) / 2)
            add(UnsafeBufferPointer(rebasing: more[start..<end]), behind: &position)
            start = end
        }
        documents.append((UInt32(document), count))
        if let last = more.last { longest = max(longest, last.position) }
    }

    /// Adds as many as the last chunk has room for, behind a position.
    private func add(_ more: UnsafeBufferPointer<TermOccurrence>, behind position: inout UInt32) {
        guard let memory = chunks.last else { return }
        let counts = counts
        var (next, before) = (memory + filled, position)
        for occurrence in more {
            if occurrence.position == before &+ 1 {
                next[0] = occurrence.term
                next += 1
            } else {
                next[0] = occurrence.term | Self.mark
                next[1] = occurrence.position
                next += 2
            }
            before = occurrence.position
            counts[Int(occurrence.term)] &+= 1
        }
        position = before
        filled = next - memory
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
        form = PlaceForm(longest: longest, last: documents.last?.number ?? 0)
        if form.isNarrow {
            let memory = LargeMemory.allocate(UInt32.self, capacity: count)
            places = UnsafeMutableRawPointer(memory)
            let form = form
            scatter { memory[$0] = form.narrow($1) }
        } else {
            let memory = LargeMemory.allocate(Place.self, capacity: count)
            places = UnsafeMutableRawPointer(memory)
            scatter { memory[$0] = $1 }
        }
        for chunk in chunks { chunk.deallocate() }
        chunks = []
    }

    /// Puts each occurrence in its place.
    @inline(__always)
    private func scatter(_ put: (Int, Place) -> Void) {
        let counts = counts
        var (next, at, position) = (0, 0, UInt32.max)
        for (chunk, length) in zip(chunks, lengths + [filled]) {
            var place = 0
            while place < length {
                if documents[next].end == at { (next, position) = (next + 1, .max) }
                let (document, end) = documents[next]
                while place < length, at < end {
                    var term = chunk[place]
                    place &+= 1
                    if term & Self.mark == 0 {
                        position &+= 1
                    } else {
                        term ^= Self.mark
                        position = chunk[place]
                        place &+= 1
                    }
                    let free = counts[Int(term)]
                    put(Int(free), Place(document: document, position: position))
                    counts[Int(term)] = free &+ 1
                    at &+= 1
                }
            }
        }
    }

    /// What was gathered, once it is sorted; it is there as long as the table is.
    var sorted: Sorted { Sorted(ends: ends, places: places, form: form) }

    /// The places of all terms in a form that costs nothing to hand about.
    struct Sorted {
        fileprivate let ends: UnsafeMutablePointer<UInt32>
        fileprivate let places: UnsafeMutableRawPointer
        fileprivate let form: PlaceForm

        /// Where a term stands, told by its rank in the order, by document and position.
        @inline(__always)
        subscript(rank: Int) -> Places {
            let start = rank == 0 ? 0 : Int(ends[rank - 1])
            return Places(start: places + start * form.size, count: Int(ends[rank]) - start, form: form)
        }
    }

    /// How places lie in memory: in 32 bits where document and position fit in them together.
    fileprivate struct PlaceForm {
        private let positionBits: UInt32
        let isNarrow: Bool

        /// For positions and documents up to these.
        init(longest: UInt32, last: UInt32) {
            positionBits = UInt32(UInt32.bitWidth - longest.leadingZeroBitCount)
            // Shifts by all bits are none.
            isNarrow = positionBits < 32 && Int(positionBits) <= last.leadingZeroBitCount
        }

        var size: Int { isNarrow ? MemoryLayout<UInt32>.stride : MemoryLayout<Place>.stride }

        @inline(__always)
        func narrow(_ place: Place) -> UInt32 { place.document &<< positionBits | place.position }

        @inline(__always)
        func place(_ narrow: UInt32) -> Place {
            Place(document: narrow &>> positionBits, position: narrow & ((1 &<< positionBits) &- 1))
        }
    }

    /// The places of a term, by document and position.
    struct Places {
        fileprivate let start: UnsafeMutableRawPointer
        let count: Int
        fileprivate let form: PlaceForm

        var isEmpty: Bool { count == 0 }

        /// Hands over each place with its number.
        @inline(__always)
        func forEach(_ body: (Int, Place) -> Void) {
            if form.isNarrow {
                let (places, form) = (start.assumingMemoryBound(to: UInt32.self), form)
                for number in 0..<count { body(number, form.place(places[number])) }
            } else {
                let places = start.assumingMemoryBound(to: Place.self)
                for number in 0..<count { body(number, places[number]) }
            }
        }
    }

    @inline(never)
    private func addChunk() {
        let capacity = chunks.isEmpty ? Self.smallest : min(Self.largest, room * 4)
        if !chunks.isEmpty { lengths.append(filled) }
        chunks.append(LargeMemory.allocate(capacity: capacity))
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
