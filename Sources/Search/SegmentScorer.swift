#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Scores the documents of one segment term by term.
struct SegmentScorer {
    private let view: SegmentView
    private var scores: [Float]
    private var touched: [Int] = []
    private var isTouched: [Bool]
    private var requiredHeld: [UInt16]
    private var excluded: Set<Int> = []

    init(view: SegmentView) {
        self.view = view
        let count = view.segment.documents.count
        scores = Array(repeating: 0, count: count)
        isTouched = Array(repeating: false, count: count)
        requiredHeld = Array(repeating: 0, count: count)
    }

    /// Adds what a clause gives to every document that holds it.
    mutating func add(_ clause: Searcher.PreparedClause, in number: Int, of searcher: Searcher) {
        var last: Int?
        let segment = view.segment
        segment.matches(of: clause.terms) { document, field, frequency in
            guard clause.fields?.contains(field) ?? true else { return }
            if clause.occurrence == .excluded {
                excluded.insert(document)
                return
            }
            if !isTouched[document] {
                isTouched[document] = true
                touched.append(document)
            }
            if clause.occurrence == .required, last != document { requiredHeld[document] += 1 }
            last = document
            scores[document] += searcher.contribution(
                clause, frequency: frequency, length: segment.length(document, field), field: field)
        }
    }

    /// Offers what matches to the best hits so far.
    func collect(filter: Filter?, required: Int, into best: inout TopHits) {
        for document in touched {
            guard Int(requiredHeld[document]) == required, !view.isDeleted(document) else { continue }
            guard excluded.isEmpty || !excluded.contains(document) else { continue }
            guard view.segment.passes(document, filter) else { continue }
            best.offer(Hit(document: view.segment.documents[document], score: scores[document]))
        }
    }
}

extension Segment {
    /// The number of a document; nil where it is not in the segment.
    ///
    /// - Complexity: O(log documents).
    func number(of document: DocumentID) -> Int? {
        var low = 0
        var high = documents.count
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < documents.count && documents[low] == document ? low : nil
    }

    /// Whether a document is what a filter asks for.
    func passes(_ document: Int, _ filter: Filter?) -> Bool {
        guard let filter else { return true }
        if filter.from != nil || filter.until != nil {
            guard let time = times[document] else { return false }
            if let from = filter.from, time < from { return false }
            if let until = filter.until, time >= until { return false }
        }
        return filter.anyTag.isEmpty || tags[document].contains(where: filter.anyTag.contains)
    }

    /// How often terms follow each other in a field of a document; of a single term, how often it occurs.
    func frequency(of terms: [String], in document: Int, field: Int) -> Int {
        var found: [Posting] = []
        for term in terms {
            let postings = postings(of: term)
            var low = postings.startIndex
            var high = postings.endIndex
            while low < high {
                let middle = (low + high) / 2
                let posting = postings[middle]
                if (Int(posting.document), Int(posting.field)) < (document, field) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low < postings.endIndex, Int(postings[low].document) == document,
                Int(postings[low].field) == field
            else { return 0 }
            found.append(postings[low])
        }
        guard let first = found.first else { return 0 }
        guard found.count > 1 else { return Int(first.frequency) }
        let others = found.dropFirst().map { Set(positions(of: $0)) }
        return positions(of: first).count { start in
            others.enumerated().allSatisfy { $1.contains(start + UInt32($0) + 1) }
        }
    }

    /// Calls `body` for every document and field that hold the terms one after the other, in order.
    func matches(of terms: [String], _ body: (_ document: Int, _ field: Int, _ frequency: Int) -> Void) {
        guard let rarest = terms.min(by: { postings(of: $0).count < postings(of: $1).count }) else { return }
        let isPhrase = terms.count > 1
        for posting in postings(of: rarest) {
            let (document, field) = (Int(posting.document), Int(posting.field))
            let frequency =
                isPhrase ? frequency(of: terms, in: document, field: field) : Int(posting.frequency)
            if frequency > 0 { body(document, field, frequency) }
        }
    }

    private func positions(of posting: Posting) -> ArraySlice<UInt32> {
        positions[posting.positions..<posting.positions + Int(posting.frequency)]
    }
}

/// The best hits so far: a heap with the worst on top.
struct TopHits {
    private let limit: Int
    private var heap: [Hit] = []

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

/// The natural logarithm.
func logarithm(_ value: Float) -> Float { logf(value) }
