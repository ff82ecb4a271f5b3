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

/// Two clauses of a query whose terms are looked for in a document.
public struct TermPair: Sendable, Hashable {
    /// Where they are looked for.
    public var document: DocumentID
    /// The number of a clause.
    public var first: Int
    /// The number of another.
    public var second: Int

    /// A pair of clauses in a document.
    public init(_ first: Int, _ second: Int, in document: DocumentID) {
        (self.first, self.second, self.document) = (first, second, document)
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
        let buffers = CursorBuffers()
        let buffer = buffers.next()
        for (place, view) in views.enumerated() {
            let numbers = view.segment.numbers(of: sorted).filter { !view.isDeleted($0) }
            guard !numbers.isEmpty else { continue }
            let start = found.count
            found += numbers.map {
                Match(document: view.segment.id($0), scores: Array(repeating: 0, count: clauses.count))
            }
            for (index, clause) in clauses.enumerated() {
                for lists in clause.lists(in: place) {
                    let field = lists.field
                    let scale = clause.weight * clause.idf * schema.gain(field) * Score.unitsPerPoint
                    let lengths = view.segment.lengths(of: field)
                    let norms = tables.norms(field)
                    view.segment.frequencies(lists, in: numbers, buffer: buffer) { offset, frequency in
                        let units = UnitTable.units(frequency, norms[Int(lengths[numbers[offset]])], scale)
                        found[start + offset].scores[index] += Score.points(units)
                    }
                }
            }
        }
        withExtendedLifetime(buffers) {}
        return damage == nil ? found.sorted { $0.document < $1.document } : []
    }

    /// How near to each other the terms of a query stand in some documents.
    ///
    /// - Parameters:
    ///   - query: of clauses of one term.
    ///   - pairs: which clauses are looked for, and where; of a document all in a row, the documents ascending.
    /// - Returns: for each pair the least distance of its terms in one field of its document, in positions; nil where they
    ///   are not both in one, or the index does not hold the document.
    /// - Complexity: O(terms that are looked for), with a seek in the postings for each.
    public func distances(_ query: PreparedQuery, of pairs: [TermPair]) -> [Int?] {
        var found = [Int?](repeating: nil, count: pairs.count)
        let buffers = CursorBuffers()
        for (place, view) in views.enumerated() {
            var places = query.prepared.map {
                TermPlaces($0.entries.first?[place]?.lists ?? [], in: view.segment, buffers)
            }
            var (number, next) = (0, 0)
            while next < pairs.count {
                let document = pairs[next].document
                let first = next
                while next < pairs.count, pairs[next].document == document { next += 1 }
                guard let there = view.segment.number(of: document, from: number), !view.isDeleted(there)
                else { continue }
                number = there
                for index in first..<next {
                    let (a, b) = (pairs[index].first, pairs[index].second)
                    let common = places[a].fields(of: UInt32(there)) & places[b].fields(of: UInt32(there))
                    for field in 0..<SegmentFormat.maxFields where common >> UInt8(field) & 1 == 1 {
                        let distance = Self.distance(
                            places[a].positions(in: field), places[b].positions(in: field))
                        guard let distance, distance < found[index] ?? .max else { continue }
                        found[index] = distance
                    }
                }
            }
        }
        withExtendedLifetime(buffers) {}
        return damage == nil ? found : Array(repeating: nil, count: pairs.count)
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
        living(document).flatMap { $0.time($1) }
    }

    /// The tags of the documents, those of deleted ones among them until they are merged away.
    ///
    /// - Complexity: O(different tags · segments).
    public var tags: Set<String> { Set(views.flatMap(\.segment.tags)) }

    /// The tags of a document; empty where it is not there.
    ///
    /// - Complexity: O(segments · log documents).
    public func tags(of document: DocumentID) -> [String] {
        living(document).map { $0.tags($1) } ?? []
    }

    private func living(_ document: DocumentID) -> (Segment, Int)? {
        for place in views.indices {
            if let number = views[place].segment.number(of: document), !views[place].isDeleted(number) {
                return (views[place].segment, number)
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
    ///   - lists: where it is held in the field.
    ///   - documents: ascending; at least one.
    ///   - buffer: for one block.
    ///   - body: is called for each that holds them.
    fileprivate func frequencies(
        _ lists: PreparedClause.FieldLists, in documents: [Int], buffer: UnsafeMutablePointer<UInt32>,
        _ body: (_ place: Int, _ frequency: UInt32) -> Void
    ) {
        guard lists.others.isEmpty else {
            guard let matcher = FieldMatcher(lists.all, in: self) else { return }
            for (place, document) in documents.enumerated() {
                let frequency = matcher.frequency(in: UInt32(document))
                if frequency > 0 { body(place, frequency) }
            }
            return
        }
        guard var cursor = ListCursor(lists.first, in: self, buffer: buffer, from: UInt32(documents[0]))
        else {
            return
        }
        for (place, document) in documents.enumerated() {
            let document = UInt32(document)
            cursor.skip(to: document)
            if cursor.document == document { body(place, cursor.frequencyHere) }
        }
    }
}

/// The places of one term, for documents that are asked for in ascending order; nothing is read before it is asked for.
private struct TermPlaces {
    private let lists: [TermList]
    private let segment: Segment
    private let buffers: CursorBuffers
    private var readers: [PlaceReader]?
    private var document = UInt32.max
    private var fields: UInt8 = 0

    init(_ lists: [TermList], in segment: Segment, _ buffers: CursorBuffers) {
        self.lists = lists
        self.segment = segment
        self.buffers = buffers
    }

    /// The fields of a document in which the term stands, a bit each.
    mutating func fields(of document: UInt32) -> UInt8 {
        guard document != self.document else { return fields }
        self.document = document
        if readers == nil {
            readers = lists.compactMap { PlaceReader($0, in: segment, buffers, from: document) }
        }
        fields = (readers ?? []).reduce(0) { $1.holds(document) ? $0 | 1 << UInt8($1.field) : $0 }
        return fields
    }

    /// The positions in a field of the document that was asked for last, ascending.
    func positions(in field: Int) -> [UInt32] {
        readers?.first { $0.field == field }?.positions() ?? []
    }
}

/// The places of one term in one field, for documents that are asked for in ascending order.
private final class PlaceReader {
    let field: Int
    private let list: TermList
    private let segment: Segment
    private let buffers: CursorBuffers
    private var cursor: ListCursor
    private var reader: PositionReader?
    private var known: (document: UInt32, positions: [UInt32])?

    init?(_ list: TermList, in segment: Segment, _ buffers: CursorBuffers, from document: UInt32) {
        guard let cursor = ListCursor(list, in: segment, buffer: buffers.next(), from: document) else {
            return nil
        }
        field = list.field
        self.list = list
        self.segment = segment
        self.buffers = buffers
        self.cursor = cursor
    }

    /// Goes to a document, and tells whether the term stands in the field there.
    func holds(_ document: UInt32) -> Bool {
        cursor.skip(to: document)
        return cursor.document == document
    }

    /// The positions in the document that it stands on, ascending; empty where they are damaged.
    func positions() -> [UInt32] {
        if let known, known.document == cursor.document { return known.positions }
        if reader == nil {
            guard var counter = ListCursor(list, in: segment, buffer: buffers.next()) else { return [] }
            reader = PositionReader(list, in: segment, count: counter.countPositions())
        }
        var last: UInt32 = 0
        var positions: [UInt32] = []
        reader?.distances(from: cursor.positionsBefore, count: Int(cursor.frequencyHere)) { distance in
            last &+= distance
            positions.append(last)
        }
        known = (cursor.document, positions)
        return positions
    }
}
