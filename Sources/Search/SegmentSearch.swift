/// Finds the best documents of one segment without scoring all that match.
///
/// Documents are taken in windows. In each, the lists whose bounds together cannot reach the worst of the best hits so
/// far are only looked up for documents that the others have found, while those are few; the others add their scores to
/// the window one after the other, in plain loops over whole blocks. Windows that no document can leave with enough are
/// passed over. The window that promises most is searched first, so that the worst of the best hits is soon high.
/// Source: MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) over windows with block
/// bounds, as in Lucene's bulk scorer.
struct SegmentSearch {
    /// Documents of one window: their scores fit the first-level cache.
    private static let window: UInt32 = 1 << 13
    /// Where fewer than one document in so many of a window is found, these are remembered instead of looked for.
    private static let sparse = 8
    /// The documents are this many times more than the postings of a query that is soon searched.
    private static let rare = 4
    /// One window in so many is looked at first, for a guess of what the best hits score.
    private static let sampled: UInt32 = 16
    /// One look-up of a document costs as much as adding so many postings.
    private static let lookUpCost = 24

    /// The postings of one clause in one field.
    private struct Part {
        var cursor: ListCursor
        var units: UnitTable
        var lengths: UnsafePointer<UInt8>
        var boundScale: Float
        /// The most units of a document of the whole list.
        var most: Int32
        /// Of a phrase.
        var matcher: Unmanaged<FieldMatcher>?

        /// The most units of a document before `end`; the cursor stands on one.
        ///
        /// Where all that the list can give is next to nothing beside a threshold, it is not looked at more closely.
        @inline(__always)
        func bound(until end: UInt32, beside threshold: Int32) -> Int32 {
            guard most > threshold >> 5, let bound = cursor.bound(until: end) else { return most }
            return min(most, Self.units(ofBound: bound * boundScale))
        }

        /// Rounding may lift a score by a unit, and the order of multiplying by less.
        static func units(ofBound bound: Float) -> Int32 { Score.clamped((bound * 1.0001).rounded(.up)) &+ 1 }

        /// What a document gets; 0 where it does not hold the clause.
        @inline(__always)
        mutating func look(up document: UInt32) -> Int32 {
            cursor.skip(to: document)
            return cursor.document == document ? unitsHere : 0
        }

        private var unitsHere: Int32 {
            var frequency = cursor.frequencyHere
            if let matcher {
                frequency = matcher.takeUnretainedValue().frequency(in: cursor.document)
                guard frequency > 0 else { return 0 }
            }
            return units.units(frequency, lengths[Int(cursor.document)])
        }

        /// Adds what the documents of a window get to their places; in `marks`, where they are wanted, the bit of each such
        /// place is set.
        mutating func add(
            from base: UInt32, until end: UInt32, to scores: UnsafeMutablePointer<Int32>,
            marks: UnsafeMutablePointer<UInt64>?
        ) {
            if matcher == nil {
                guard let marks else {
                    return cursor.add(
                        from: base, until: end, to: scores, units, lengths: EachLength(lengths))
                }
                return cursor.add(
                    from: base, until: end, to: scores, units, lengths: EachLength(lengths), marks: marks)
            }
            cursor.skip(to: base)
            while cursor.document < end {
                let place = Int(cursor.document &- base)
                scores[place] &+= unitsHere
                if let marks { marks[place >> 6] |= 1 << UInt64(place & 63) }
                cursor.advance()
            }
        }
    }

    /// Whether a document holds a clause, in whatever field.
    private typealias Presence = [FieldMatcher]

    private let view: SegmentView
    /// The segment's place among those of the snapshot.
    private let place: Int
    private let scoring: QueryScoring
    private let filter: Segment.PreparedFilter?
    /// What each clause is made of here: for every field with all its terms, a list a term.
    private let lists: [[[TermList]]]
    /// Whether a required clause is missing from the whole segment.
    private let isImpossible: Bool

    init(_ scoring: QueryScoring, filter: Filter?, view: SegmentView, place: Int) {
        self.view = view
        self.place = place
        self.scoring = scoring
        self.filter = filter.map(view.segment.prepared)
        lists = scoring.clauses.map { $0.lists(in: place).map(\.all) }
        isImpossible = zip(scoring.clauses, lists).contains { $0.occurrence == .required && $1.isEmpty }
    }

    private func presences(_ occurrence: Clause.Occurrence) -> [Presence] {
        zip(scoring.clauses, lists).filter { $0.0.occurrence == occurrence }.map { _, lists in
            lists.compactMap { FieldMatcher($0, in: view.segment) }
        }
    }

    /// How many documents the segment has.
    var documentCount: Int { view.segment.documentCount }

    /// Offers what matches to the best hits so far.
    ///
    /// - Parameters:
    ///   - best: the hits.
    ///   - besidesSample: whether the windows of the sample are left out.
    func run(into best: inout TopHits, besidesSample: Bool = false) {
        withRun { $0.go(into: &best, besidesSample: besidesSample) }
    }

    /// The best hits of some of the windows, so many that the last of them scores about what the worst of all best hits is
    /// likely to score at least.
    ///
    /// - Parameters:
    ///   - limit: how many hits are wanted.
    ///   - total: the documents of all segments, of which this one is taken to be typical.
    /// - Returns: nil where the segment is too small to tell, too little is found in it, or all is soon searched.
    func sample(limit: Int, of total: Int) -> TopHits? {
        let windows = documentCount / Int(Self.window)
        let postings = lists.reduce(0) { $0 + $1.reduce(0) { $0 + ($1.map(\.frequency).min() ?? 0) } }
        // What is rare is soon searched.
        guard postings * Self.rare > documentCount else { return nil }
        let sample = (0..<UInt32(windows)).filter(Self.isSampled)
        guard !sample.isEmpty else { return nil }
        let share = Double(sample.count) * Double(Self.window) / Double(total)
        // So many of the best are expected there; three standard deviations more are hardly ever there by chance.
        let expected = Double(limit) * share
        let rank = Int((expected + 3 * expected.squareRoot()).rounded(.up)) + 3
        // Of one segment, whose names are not asked for.
        var found = TopHits(limit: rank, of: [])
        withRun { $0.go(over: sample, into: &found) }
        return found.isFull ? found : nil
    }

    private static func isSampled(_ window: UInt32) -> Bool { window % sampled == sampled / 2 }

    private func withRun(_ body: (Run) -> Void) {
        guard !isImpossible else { return }
        let capacity = zip(scoring.clauses, lists).reduce(0) {
            $1.0.occurrence == .excluded ? $0 : $0 + $1.1.count
        }
        guard capacity > 0 else { return }
        let buffers = CursorBuffers()
        let parts = UnsafeMutableBufferPointer<Part>.allocate(capacity: capacity)
        var matchers: [FieldMatcher] = []
        var count = 0
        for (clause, lists) in lists.enumerated() where scoring.clauses[clause].occurrence != .excluded {
            for lists in lists {
                guard let lead = lists.min(by: { $0.frequency < $1.frequency }),
                    let cursor = ListCursor(lead, in: view.segment, buffer: buffers.next())
                else { continue }
                let lengths = view.segment.lengths(of: lead.field)
                let units = scoring.units(clause, lead.field)
                let boundScale = scoring.boundScale(clause, lead.field, in: view.segment)
                var matcher: Unmanaged<FieldMatcher>?
                if lists.count > 1 {
                    guard let made = FieldMatcher(lists, in: view.segment) else { continue }
                    matchers.append(made)
                    matcher = .passUnretained(made)
                }
                let most = cursor.bound.map { Part.units(ofBound: $0 * boundScale) }
                parts.initializeElement(
                    at: count,
                    to: Part(
                        cursor: cursor, units: units, lengths: lengths, boundScale: boundScale,
                        most: most ?? cursor.mostUnits(units, lengths: lengths), matcher: matcher))
                count += 1
            }
        }
        // Those with the least are the first to be passed over; the bounds in a window are nearly in this order.
        var made = UnsafeMutableBufferPointer(rebasing: parts[..<count])
        made.sort { $0.most < $1.most }
        let run = Run(
            view: view, segment: place, filter: filter, required: presences(.required),
            excluded: presences(.excluded),
            parts: made, matchers: matchers)
        withExtendedLifetime((buffers, scoring)) { body(run) }
        parts.deallocate()
    }

    /// The memory that one window after the other is searched in.
    private final class Scratch {
        /// Nought between windows.
        let scores: UnsafeMutablePointer<Int32>
        let found: UnsafeMutablePointer<UInt32>
        let active: UnsafeMutablePointer<(bound: Int32, part: Int32)>
        /// A bit a document of a window in which few are found; nought between windows.
        let marks: UnsafeMutablePointer<UInt64>
        private static let words = Int(SegmentSearch.window) / 64

        init(parts: Int) {
            let window = Int(SegmentSearch.window)
            scores = .allocate(capacity: window)
            scores.initialize(repeating: 0, count: window)
            found = .allocate(capacity: window)
            active = .allocate(capacity: parts)
            marks = .allocate(capacity: Self.words)
            marks.initialize(repeating: 0, count: Self.words)
        }

        deinit {
            scores.deallocate()
            found.deallocate()
            active.deallocate()
            marks.deallocate()
        }

        /// The marked places with a score that suffices.
        func gatherMarked(atLeast least: Int32) -> Int {
            var count = 0
            for word in 0..<Self.words {
                var rest = marks[word]
                while rest != 0 {
                    let place = word &* 64 &+ rest.trailingZeroBitCount
                    found[count] = UInt32(truncatingIfNeeded: place)
                    count &+= scores[place] >= least ? 1 : 0
                    rest &= rest &- 1
                }
            }
            return count
        }

        /// Takes marks and their scores away.
        func clearMarked() {
            for word in 0..<Self.words {
                var rest = marks[word]
                guard rest != 0 else { continue }
                marks[word] = 0
                while rest != 0 {
                    scores[word &* 64 &+ rest.trailingZeroBitCount] = 0
                    rest &= rest &- 1
                }
            }
        }
    }

    /// One pass over a segment.
    private struct Run {
        let view: SegmentView
        let segment: Int
        let filter: Segment.PreparedFilter?
        let required: [Presence]
        let excluded: [Presence]
        let parts: UnsafeMutableBufferPointer<Part>
        /// Those of the parts that are phrases.
        let matchers: [FieldMatcher]

        /// Searches all windows, or all but those of the sample.
        func go(into best: inout TopHits, besidesSample: Bool) {
            let window = SegmentSearch.window
            let scratch = Scratch(parts: parts.count)
            // No window is sampled that is not whole.
            let whole = UInt32(view.segment.documentCount) / window
            func isLeftOut(_ number: UInt32) -> Bool {
                besidesSample && number < whole && SegmentSearch.isSampled(number)
            }
            let first = mostPromising()
            if let first, !isLeftOut(first) {
                rewind(to: first * window)
                search(first * window, scratch, into: &best)
                rewind(to: 0)
            }
            var base: UInt32 = 0
            while true {
                var next = ListCursor.end
                for index in parts.indices {
                    parts[index].cursor.skip(to: base)
                    next = min(next, parts[index].cursor.document)
                }
                guard next != ListCursor.end else { return }
                base = next & ~(window - 1)
                if base / window != first, !isLeftOut(base / window) { search(base, scratch, into: &best) }
                guard base <= ListCursor.end - window else { return }
                base += window
            }
        }

        /// Searches some windows, ascending.
        func go(over windows: [UInt32], into best: inout TopHits) {
            let scratch = Scratch(parts: parts.count)
            for number in windows {
                let base = number * SegmentSearch.window
                for index in parts.indices { parts[index].cursor.skip(to: base) }
                search(base, scratch, into: &best)
            }
        }

        /// The window that the short lists promise most for; nil where that says nothing.
        private func mostPromising() -> UInt32? {
            let window = SegmentSearch.window
            let count = view.segment.documentCount / Int(window) + 1
            guard count > 2 else { return nil }
            var sums = [Int32](repeating: 0, count: count)
            for part in parts where part.cursor.frequency <= SegmentFormat.blockSize {
                var last = UInt32.max
                part.cursor.forEachOfBlock { document in
                    let number = document / window
                    if number != last { sums[Int(number)] &+= part.most }
                    last = number
                }
            }
            guard let most = sums.indices.max(by: { sums[$0] < sums[$1] }), sums[most] > 0 else { return nil }
            return UInt32(most)
        }

        private func rewind(to document: UInt32) {
            for index in parts.indices {
                parts[index].cursor.rewind()
                parts[index].cursor.skip(to: document)
            }
            for matcher in matchers { matcher.rewind() }
            for presence in required + excluded { for matcher in presence { matcher.rewind() } }
        }

        private func search(_ base: UInt32, _ scratch: Scratch, into best: inout TopHits) {
            let (scores, found, active) = (scratch.scores, scratch.found, scratch.active)
            let end = base &+ SegmentSearch.window
            // The lists with documents in the window, by their bounds.
            var count = 0
            var sum: Int32 = 0
            let threshold = best.threshold
            for index in parts.indices where parts[index].cursor.document < end {
                let bound = parts[index].bound(until: end, beside: threshold)
                sum &+= bound
                var place = count
                while place > 0, active[place - 1].bound > bound {
                    active[place] = active[place - 1]
                    place -= 1
                }
                active[place] = (bound, Int32(index))
                count += 1
            }
            guard sum >= threshold else { return }
            var optional = 0
            var rest: Int32 = 0
            while optional < count, rest &+ active[optional].bound < threshold {
                rest &+= active[optional].bound
                optional += 1
            }
            let width = Int(SegmentSearch.window)
            var postings = 0
            for place in optional..<count {
                postings += parts[Int(active[place].part)].cursor.frequency
            }
            let isSparse = postings * SegmentSearch.sparse < view.segment.documentCount
            let marks = isSparse ? scratch.marks : nil
            for place in optional..<count {
                parts[Int(active[place].part)].add(from: base, until: end, to: scores, marks: marks)
            }
            let least = max(1, threshold &- rest)
            var candidates =
                isSparse
                ? scratch.gatherMarked(atLeast: least) : Self.gather(scores, atLeast: least, into: found)
            while optional > 0, candidates > 0 {
                optional -= 1
                let (bound, index) = (active[optional].bound, Int(active[optional].part))
                rest &-= bound
                let postings = parts[index].cursor.frequency * width / view.segment.documentCount
                if candidates * SegmentSearch.lookUpCost > postings, parts[index].matcher == nil {
                    parts[index].add(from: base, until: end, to: scores, marks: marks)
                } else {
                    for candidate in 0..<candidates {
                        let place = found[candidate]
                        scores[Int(place)] &+= parts[index].look(up: base &+ place)
                    }
                }
                var kept = 0
                for candidate in 0..<candidates {
                    let place = found[candidate]
                    found[kept] = place
                    kept &+= Self.isAtLeast(threshold &- rest, scores[Int(place)])
                }
                candidates = kept
            }
            for candidate in 0..<candidates {
                let score = scores[Int(found[candidate])]
                let document = base &+ found[candidate]
                guard score >= best.threshold, accepts(document) else { continue }
                best.offer(TopHits.Entry(units: score, segment: segment, document: document))
            }
            if isSparse { scratch.clearMarked() } else { scores.update(repeating: 0, count: width) }
        }

        /// The places of a window with a score that suffices.
        private static func gather(
            _ scores: UnsafeMutablePointer<Int32>, atLeast least: Int32,
            into found: UnsafeMutablePointer<UInt32>
        ) -> Int {
            var count = 0
            let lanes = 16
            let wanted = SIMD16<Int32>(repeating: least)
            for start in stride(from: 0, to: Int(SegmentSearch.window), by: lanes) {
                let some = UnsafeRawPointer(scores + start).loadUnaligned(as: SIMD16<Int32>.self)
                guard any(some .>= wanted) else { continue }
                for place in start..<start + lanes {
                    found[count] = UInt32(truncatingIfNeeded: place)
                    count &+= isAtLeast(least, scores[place])
                }
            }
            return count
        }

        /// 1 where a score suffices, else 0, without a branch, which nothing could foretell; both are far from overflow.
        @inline(__always)
        private static func isAtLeast(_ least: Int32, _ score: Int32) -> Int {
            Int(UInt32(bitPattern: least &- 1 &- score) >> 31)
        }

        private func accepts(_ document: UInt32) -> Bool {
            if view.isDeleted(Int(document)) { return false }
            if let filter, !view.segment.passes(Int(document), filter) { return false }
            func holds(_ presence: Presence) -> Bool {
                presence.contains { $0.frequency(in: document) > 0 }
            }
            return required.allSatisfy(holds) && !excluded.contains(where: holds)
        }
    }
}

/// The best hits so far: a heap with the worst on top.
///
/// Names are looked up at the end, and where documents of several segments score the same: in one segment, numbers are in
/// the order of names.
struct TopHits {
    /// A document by its number in its segment.
    struct Entry {
        var units: Int32
        /// The segment's place among those of the snapshot.
        var segment: Int
        var document: UInt32
    }

    private let limit: Int
    private let segments: [Segment]
    private var heap: [Entry] = []
    /// The units that a hit must have at least to be one of the best; an equal one may win by its name.
    private(set) var threshold: Int32

    /// - Parameters:
    ///   - limit: how many are kept.
    ///   - segments: those of the snapshot.
    ///   - least: the units that a hit must have at least.
    init(limit: Int, of segments: [Segment], atLeast least: Int32 = 1) {
        self.limit = limit
        self.segments = segments
        threshold = max(1, least)
        heap.reserveCapacity(min(limit, 1024))
    }

    /// Whether there are as many as are kept.
    var isFull: Bool { heap.count == limit }

    /// The hits in no order.
    var entries: some Collection<Entry> { heap }

    /// The hits, best first.
    var sorted: [Hit] {
        heap.map { Hit(document: name($0), score: Score.points($0.units)) }.sorted(by: Hit.isBetter)
    }

    mutating func offer(_ entry: Entry) {
        if heap.count < limit {
            heap.append(entry)
            rise()
        } else if Self.isBetter(entry, heap[0], segments) {
            sink(entry)
        }
        if heap.count == limit { threshold = max(threshold, heap[0].units) }
    }

    private func name(_ entry: Entry) -> DocumentID { Self.name(entry, segments) }

    private static func name(_ entry: Entry, _ segments: [Segment]) -> DocumentID {
        segments[entry.segment].id(Int(entry.document))
    }

    @inline(__always)
    private static func isBetter(_ a: Entry, _ b: Entry, _ segments: [Segment]) -> Bool {
        if a.units != b.units { return a.units > b.units }
        return a.segment == b.segment ? a.document < b.document : name(a, segments) < name(b, segments)
    }

    /// Brings the last entry to its place.
    private mutating func rise() {
        let segments = segments
        heap.withUnsafeMutableBufferPointer { heap in
            var child = heap.count - 1
            let entry = heap[child]
            while child > 0, Self.isBetter(heap[(child - 1) / 2], entry, segments) {
                heap[child] = heap[(child - 1) / 2]
                child = (child - 1) / 2
            }
            heap[child] = entry
        }
    }

    /// Puts an entry in the place of the worst.
    private mutating func sink(_ entry: Entry) {
        let segments = segments
        heap.withUnsafeMutableBufferPointer { heap in
            var parent = 0
            while true {
                var child = 2 * parent + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, Self.isBetter(heap[child], heap[child + 1], segments) {
                    child += 1
                }
                guard Self.isBetter(entry, heap[child], segments) else { break }
                heap[parent] = heap[child]
                parent = child
            }
            heap[parent] = entry
        }
    }
}
