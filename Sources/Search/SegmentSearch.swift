/// Finds the best documents of one segment without scoring all that match.
///
/// Documents are taken in windows. In each, the clauses whose bounds together cannot reach the worst of the best hits so
/// far are only looked up for documents that the others have found; the others add their scores to the window one after
/// the other, in plain loops over whole blocks. Windows that no document can leave with enough are passed over.
/// Source: MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) over windows with block
/// bounds, as in Lucene's bulk scorer.
struct SegmentSearch {
    /// Documents of one window: their scores fit the first-level cache.
    private static let window: UInt32 = 1 << 12

    private let view: SegmentView
    private let scoring: [ClauseCursor]
    private let required: [ClauseCursor]
    private let excluded: [ClauseCursor]
    private let filter: Segment.PreparedFilter?
    /// Whether a required clause is missing from the whole segment.
    private let isImpossible: Bool

    init(_ clauses: [PreparedClause], filter: Filter?, view: SegmentView, scoring: SegmentScoring) {
        self.view = view
        self.filter = filter.map(view.segment.prepared)
        var all: [ClauseCursor] = []
        var required: [ClauseCursor] = []
        var excluded: [ClauseCursor] = []
        var isImpossible = false
        for clause in clauses {
            guard let cursor = ClauseCursor(clause, scoring: scoring) else {
                if clause.occurrence == .required { isImpossible = true }
                continue
            }
            switch clause.occurrence {
            case .optional: all.append(cursor)
            case .excluded: excluded.append(cursor)
            case .required:
                all.append(cursor)
                // Whether a document holds it is asked apart from its score, by a cursor of its own.
                if let second = ClauseCursor(clause, scoring: scoring) { required.append(second) }
            }
        }
        self.scoring = all
        self.required = required
        self.excluded = excluded
        self.isImpossible = isImpossible
    }

    /// Offers what matches to the best hits so far.
    func run(into best: inout TopHits) {
        guard !isImpossible, !scoring.isEmpty else { return }
        let scores = UnsafeMutablePointer<Int32>.allocate(capacity: Int(Self.window))
        scores.initialize(repeating: 0, count: Int(Self.window))
        let words = Int(Self.window) / 64
        let touched = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        touched.initialize(repeating: 0, count: words)
        defer {
            scores.deallocate()
            touched.deallocate()
        }
        var order = scoring.map { (cursor: $0, bound: Int32(0)) }
        var base: UInt32 = 0
        while let next = nextDocument(from: base) {
            base = next & ~(Self.window - 1)
            let end = base &+ Self.window
            for index in order.indices {
                order[index].cursor.skip(to: base)
                order[index].bound = order[index].cursor.bound(from: base, until: end)
            }
            order.sort { $0.bound < $1.bound }
            let threshold = best.threshold
            var optional = 0
            var rest: Int32 = 0
            while optional < order.count, rest &+ order[optional].bound < threshold {
                rest &+= order[optional].bound
                optional += 1
            }
            if optional < order.count {
                for (cursor, bound) in order[optional...] where bound > 0 {
                    cursor.add(from: base, until: end) { document, units in
                        let place = Int(document &- base)
                        scores[place] &+= units
                        touched[place >> 6] |= 1 << UInt64(place & 63)
                    }
                }
                collect(base, scores, touched, words, order[..<optional], rest, into: &best)
            }
            guard end > base else { return }
            base = end
        }
    }

    /// The first document from `base` on that a clause stands on or before.
    private func nextDocument(from base: UInt32) -> UInt32? {
        var least = TermCursor.end
        for cursor in scoring {
            if cursor.document < base { cursor.skip(to: base) }
            least = min(least, cursor.document)
        }
        return least == TermCursor.end ? nil : least
    }

    private func collect(
        _ base: UInt32, _ scores: UnsafeMutablePointer<Int32>, _ touched: UnsafeMutablePointer<UInt64>,
        _ words: Int, _ others: ArraySlice<(cursor: ClauseCursor, bound: Int32)>, _ rest: Int32,
        into best: inout TopHits
    ) {
        for word in 0..<words where touched[word] != 0 {
            var bits = touched[word]
            touched[word] = 0
            while bits != 0 {
                let place = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                var score = scores[place]
                scores[place] = 0
                var open = rest
                guard score &+ open >= best.threshold else { continue }
                let document = base &+ UInt32(place)
                for (cursor, bound) in others.reversed() where bound > 0 {
                    guard score &+ open >= best.threshold else { break }
                    score &+= cursor.units(of: document)
                    open &-= bound
                }
                guard score >= best.threshold, accepts(document) else { continue }
                best.offer(Hit(document: view.segment.id(Int(document)), score: Score.points(score)))
            }
        }
    }

    private func accepts(_ document: UInt32) -> Bool {
        if view.isDeleted(Int(document)) { return false }
        if let filter, !view.segment.passes(Int(document), filter) { return false }
        return required.allSatisfy { $0.units(of: document) > 0 }
            && excluded.allSatisfy { $0.units(of: document) == 0 }
    }
}

/// The best hits so far: a heap with the worst on top.
struct TopHits {
    private let limit: Int
    private var heap: [Hit] = []
    /// The units that a hit must have at least to be one of the best; an equal one may win by its name.
    private(set) var threshold: Int32 = 1

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(min(limit, 1024))
    }

    /// The hits, best first.
    var sorted: [Hit] { heap.sorted(by: Hit.isBetter) }

    mutating func offer(_ hit: Hit) {
        if heap.count < limit {
            heap.append(hit)
            var child = heap.count - 1
            while child > 0, Hit.isBetter(heap[(child - 1) / 2], heap[child]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if Hit.isBetter(hit, heap[0]) {
            heap[0] = hit
            sink()
        }
        if heap.count == limit { threshold = Score.clamped(heap[0].score * Score.unitsPerPoint) }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Hit.isBetter(heap[worst], heap[child]) { worst = child }
            }
            guard worst != parent else { return }
            heap.swapAt(worst, parent)
            parent = worst
        }
    }
}
