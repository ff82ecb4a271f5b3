/// What a query finds in one document, clause by clause: what features of a ranking are made of.
public struct Match: Sendable, Hashable {
    /// Which document.
    public var document: DocumentID
    /// What each clause of the query adds to the score, in their order; 0 where the document does not hold it.
    public var scores: [Float]

    /// The score of the document, or of some of the query's clauses.
    public func score(of clauses: [Int]) -> Float {
        var sum: Float = 0
        for clause in clauses { sum += scores[clause] }
        return sum
    }
}

extension Searcher {
    /// How a query matches some documents.
    ///
    /// Optional clauses only; what the query requires, excludes or filters is not looked at.
    ///
    /// - Returns: one match for each of the documents that the index holds, by name.
    /// - Complexity: O(documents · clauses), with a seek in the postings for each.
    public func matches(_ query: Query, in documents: [DocumentID]) -> [Match] {
        let clauses = query.clauses.map(prepared)
        let sorted = Set(documents).sorted()
        var found: [Match] = []
        let entries = clauses.map { $0.terms.map(entries(of:)) }
        for (place, view) in views.enumerated() {
            let numbers = view.segment.numbers(of: sorted).filter { !view.isDeleted($0) }
            guard !numbers.isEmpty else { continue }
            let start = found.count
            found += numbers.map {
                Match(document: view.segment.id($0), scores: Array(repeating: 0, count: clauses.count))
            }
            for (index, clause) in clauses.enumerated() {
                let entries = entries[index].map { $0[place] }
                for lists in SegmentSearch.lists(entries, fieldMask: clause.fieldMask) {
                    let field = lists[0].field
                    let scale = clause.weight * clause.idf * schema.gain(field) * Score.unitsPerPoint
                    let lengths = view.segment.lengths(of: field)
                    view.segment.frequencies(lists, in: numbers) { offset, frequency in
                        let code = Int(lengths[numbers[offset]])
                        let units = UnitTable.units(frequency, norms[field][code], scale)
                        found[start + offset].scores[index] += Score.points(units)
                    }
                }
            }
        }
        return damage == nil ? found.sorted { $0.document < $1.document } : []
    }

    /// How near to each other pairs of terms stand in some documents.
    ///
    /// - Returns: for each document that the index holds the least distance of each pair in one field, in positions; nil
    ///   where a document does not hold both in one.
    /// - Complexity: O(documents · terms), with a seek in the postings for each.
    public func distances(
        of pairs: [(first: String, second: String)], in documents: [DocumentID]
    ) -> [DocumentID: [Int?]] {
        let terms = Array(Set(pairs.flatMap { [$0.first, $0.second] }))
        let numbers = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, $0) })
        let wanted = pairs.compactMap { pair in
            numbers[pair.first].flatMap { a in numbers[pair.second].map { (a, $0) } }
        }
        let sorted = Set(documents).sorted()
        var found: [DocumentID: [Int?]] = [:]
        let entries = terms.map(entries(of:))
        for (place, view) in views.enumerated() {
            let here = view.segment.numbers(of: sorted).filter { !view.isDeleted($0) }
            guard !here.isEmpty else { continue }
            let places = entries.map { segments in
                (segments[place]?.lists ?? []).compactMap { PlaceReader($0, in: view.segment) }
            }
            // The fields of the document in which each term stands, a bit each, and where.
            var fields = [UInt8](repeating: 0, count: terms.count)
            var known = [[(field: Int, positions: [UInt32])]?](repeating: nil, count: terms.count)
            func positions(of term: Int) -> [(field: Int, positions: [UInt32])] {
                if let found = known[term] { return found }
                let found = places[term].filter { fields[term] >> UInt8($0.field) & 1 == 1 }
                    .map { ($0.field, $0.positions()) }
                known[term] = found
                return found
            }
            for number in here {
                for term in terms.indices {
                    fields[term] = places[term].reduce(0) {
                        $1.holds(UInt32(number)) ? $0 | 1 << UInt8($1.field) : $0
                    }
                    known[term] = nil
                }
                found[view.segment.id(number)] = wanted.map { a, b in
                    guard fields[a] & fields[b] != 0 else { return nil }
                    let others = positions(of: b)
                    return positions(of: a).compactMap { field, positions in
                        others.first { $0.field == field }.flatMap {
                            Self.distance(positions, $0.positions)
                        }
                    }.min()
                }
            }
        }
        return damage == nil ? found : [:]
    }

    /// The least distance between two ascending lists.
    private static func distance(_ a: [UInt32], _ b: [UInt32]) -> Int? {
        var (i, j) = (0, 0)
        var least: Int?
        while i < a.count, j < b.count {
            let apart = abs(Int(a[i]) - Int(b[j]))
            least = min(least ?? apart, apart)
            if a[i] < b[j] { i += 1 } else { j += 1 }
        }
        return least
    }

    /// The moment of a document, in seconds since 1970; nil where it has none or is not there.
    ///
    /// - Complexity: O(segments · log documents).
    public func time(of document: DocumentID) -> Int64? {
        living(document).flatMap { $0.segment.time($1) }
    }

    /// The tags of the documents, those of deleted ones among them until they are merged away.
    ///
    /// - Complexity: O(different tags · segments).
    public var tags: Set<String> { Set(views.flatMap(\.segment.tags)) }

    /// The tags of a document; empty where it is not there.
    ///
    /// - Complexity: O(segments · log documents).
    public func tags(of document: DocumentID) -> [String] {
        living(document).map { $0.segment.tags($1) } ?? []
    }

    private func living(_ document: DocumentID) -> (SegmentView, Int)? {
        for view in views {
            if let number = view.segment.number(of: document), !view.isDeleted(number) {
                return (view, number)
            }
        }
        return nil
    }
}

extension Segment {
    /// Calls `body` with the place and the frequency for each of the documents, ascending, that hold a term or phrase in
    /// a field.
    ///
    /// - Parameters:
    ///   - lists: one a term, all of one field.
    ///   - documents: ascending.
    ///   - body: is called for each that holds them.
    fileprivate func frequencies(
        _ lists: [TermList], in documents: [Int], _ body: (_ place: Int, _ frequency: UInt32) -> Void
    ) {
        guard lists.count == 1 else {
            guard let matcher = FieldMatcher(lists, in: self) else { return }
            for (place, document) in documents.enumerated() {
                let frequency = matcher.frequency(in: UInt32(document))
                if frequency > 0 { body(place, frequency) }
            }
            return
        }
        let buffers = CursorBuffers()
        guard var cursor = ListCursor(lists[0], in: self, buffer: buffers.next()) else { return }
        withExtendedLifetime(buffers) {
            for (place, document) in documents.enumerated() {
                let document = UInt32(document)
                cursor.skip(to: document)
                if cursor.document == document { body(place, cursor.frequencyHere) }
            }
        }
    }
}

/// The places of one term in one field, for documents that are asked for in ascending order.
private final class PlaceReader {
    let field: Int
    private var cursor: ListCursor
    private var reader: PositionReader
    private let buffers = CursorBuffers()

    init?(_ list: TermList, in segment: Segment) {
        guard var counter = ListCursor(list, in: segment, buffer: buffers.next()),
            let reader = PositionReader(list, in: segment, count: counter.countPositions()),
            let cursor = ListCursor(list, in: segment, buffer: buffers.next())
        else { return nil }
        field = list.field
        self.reader = reader
        self.cursor = cursor
    }

    /// Goes to a document, and tells whether the term stands in the field there.
    func holds(_ document: UInt32) -> Bool {
        cursor.skip(to: document)
        return cursor.document == document
    }

    /// The positions in the document that it stands on, ascending.
    func positions() -> [UInt32] {
        var last: UInt32 = 0
        var positions: [UInt32] = []
        reader.distances(from: cursor.positionsBefore, count: Int(cursor.frequencyHere)) { distance in
            last &+= distance
            positions.append(last)
        }
        return positions
    }
}
