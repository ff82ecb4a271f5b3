/// What a query finds in all documents of some groups, clause by clause.
///
/// It tells the best documents for any of the query's clauses without another search.
public struct MatchTable: Sendable {
    /// The documents, by name.
    public private(set) var documents: [DocumentID] = []
    private let clauses: Int
    /// What each clause adds to the score of each document, a clause after the other.
    fileprivate var scores: [Float] = []

    fileprivate init(clauses: Int) { self.clauses = clauses }

    /// What a clause adds to the score of a document, by its place among ``documents``; 0 where it does not hold it.
    public subscript(document: Int, clause: Int) -> Float {
        get { scores[clause * documents.count + document] }
        set { scores[clause * documents.count + document] = newValue }
    }

    /// The place of a document among ``documents``; nil where it is of another group.
    ///
    /// - Complexity: O(log documents).
    public func place(of document: DocumentID) -> Int? {
        var (low, high) = (0, documents.count)
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < documents.count && documents[low] == document ? low : nil
    }

    /// What the query finds in the document of a place.
    ///
    /// - Complexity: O(clauses).
    public func match(at place: Int) -> Match {
        let scores = [Float](unsafeUninitializedCapacity: clauses) { found, count in
            for clause in 0..<clauses {
                found.initializeElement(at: clause, to: self.scores[clause &* documents.count &+ place])
            }
            count = clauses
        }
        return Match(document: documents[place], scores: scores)
    }

    /// The best documents for some of the clauses.
    ///
    /// - Parameters:
    ///   - wanted: the numbers of the clauses.
    ///   - limit: how many documents at most.
    /// - Returns: the places of those that hold one of the clauses at least, with what these score there, better ones first,
    ///   equals by name.
    /// - Complexity: O(documents · clauses + hits · log hits).
    public func best(of wanted: [Int], limit: Int) -> [(place: Int, score: Float)] {
        var sums = [Float](repeating: 0, count: documents.count)
        scores.withUnsafeBufferPointer { scores in
            sums.withUnsafeMutableBufferPointer { sums in
                for clause in wanted {
                    let start = clause &* sums.count
                    for place in sums.indices { sums[place] += scores[start &+ place] }
                }
            }
        }
        // The bits of floats above nought are in the order of the floats; plain numbers are soon sorted. What is kept is cut
        // whenever there is twice too much, so that most documents are compared once.
        var keys: [UInt64] = []
        var worst = UInt64.max
        for (place, sum) in sums.enumerated() where sum > 0 {
            let key = ~UInt64(sum.bitPattern) << 32 | UInt64(place)
            guard key < worst else { continue }
            keys.append(key)
            guard keys.count == limit * 2, limit > 0 else { continue }
            keys.sort()
            keys.removeLast(limit)
            worst = keys[limit - 1]
        }
        return keys.sorted().prefix(limit).map { key in
            let place = Int(key & 0xFFFF_FFFF)
            return (place, sums[place])
        }
    }
}

extension Searcher {
    /// How a query matches all documents of some groups.
    ///
    /// Optional clauses only; what the query requires, excludes or filters is not looked at.
    ///
    /// - Parameters:
    ///   - query: what to look for.
    ///   - groups: whose documents are looked at.
    ///   - wholes: what the same query finds in documents that hold all that those of a group hold, where this is known: a
    ///     clause that such a whole does not have is not looked for in its parts.
    /// - Returns: the documents that the index holds, whether they match or not.
    /// - Complexity: O(groups · clauses) seeks in the postings, and what they hold of the groups.
    public func matches(
        _ query: PreparedQuery, ofGroups groups: [Int64], within wholes: MatchTable? = nil
    ) -> MatchTable {
        let clauses = query.prepared
        let sorted = Set(groups).sorted()
        let wholes = wholes.flatMap { $0.documents.isEmpty ? nil : $0 }
        let known = wholes?.places(of: sorted)
        var documents: [DocumentID] = []
        var runs: [[DocumentRun]] = []
        for view in views {
            let found = view.runs(of: sorted, known, &documents)
            for run in found { view.segment.prefetchLengths(of: Int(run.documents.lowerBound)) }
            runs.append(found)
        }
        var columns: [Column] = []
        columns.reserveCapacity(clauses.count * views.count * schema.fields.count)
        for (index, clause) in clauses.enumerated() {
            for place in views.indices where !runs[place].isEmpty {
                clause.forEachField(in: place) { lists in
                    columns.append(Column(clause: index, view: place, lists: lists))
                    views[place].segment.prefetch(lists.first)
                    for list in lists.others { views[place].segment.prefetch(list) }
                }
            }
        }
        // What is read of each list is asked for before the first is read.
        var kept: [DocumentRun] = []
        kept.reserveCapacity(columns.reduce(0) { $0 + runs[$1.view].count })
        for index in columns.indices {
            let (clause, view, first) = (columns[index].clause, columns[index].view, kept.count)
            let isOne = columns[index].lists.others.isEmpty
            if let wholes, isOne {
                for run in runs[view] where wholes.mayHold(clause, run) { kept.append(run) }
            } else {
                // Where the words of a phrase stand in a whole may not be kept.
                kept += runs[view]
            }
            columns[index].runs = first..<kept.count
            let documents = kept[first...].lazy.map(\.documents.lowerBound)
            views[view].segment.prefetch(columns[index].lists.first, for: documents)
            guard !isOne else { continue }
            for list in columns[index].lists.others { views[view].segment.prefetch(list, for: documents) }
        }
        var table = MatchTable(clauses: clauses.count, documents: documents)
        let buffers = CursorBuffers()
        let buffer = buffers.next()
        table.scores.withUnsafeMutableBufferPointer { scores in
            for column in columns where !column.runs.isEmpty {
                let (clause, segment) = (clauses[column.clause], views[column.view].segment)
                let sums = UnsafeMutableBufferPointer(
                    rebasing: scores[
                        (column.clause * documents.count)..<((column.clause + 1) * documents.count)])
                let field = column.lists.field
                let scale = clause.weight * clause.idf * schema.gain(field) * Score.unitsPerPoint
                let lengths = segment.lengths(of: field)
                let norms = tables.norms(field)
                segment.frequencies(column.lists, in: kept[column.runs], buffer: buffer) {
                    place, document, frequency in
                    let units = UnitTable.units(frequency, norms[Int(lengths[document])], scale)
                    sums[place] += Score.points(units)
                }
            }
        }
        withExtendedLifetime(buffers) {}
        guard damage == nil else { return MatchTable(clauses: clauses.count, documents: []) }
        return views.count > 1 ? table.ordered : table
    }

    /// The same of a query that is asked nothing else.
    public func matches(
        _ query: Query, ofGroups groups: [Int64], within wholes: MatchTable? = nil
    ) -> MatchTable { matches(prepared(query), ofGroups: groups, within: wholes) }
}

extension SegmentView {
    /// The living documents of some groups, ascending, which are added to `documents`; `wholes` are the places of the wholes
    /// of these groups in a table, if they are there.
    fileprivate func runs(of groups: [Int64], _ wholes: [Int32]?, _ documents: inout [DocumentID])
        -> [DocumentRun]
    {
        var runs: [DocumentRun] = []
        runs.reserveCapacity(groups.count)
        var start = 0
        for (place, group) in groups.enumerated() {
            let found = segment.documents(of: group, from: start)
            start = found.upperBound
            var isOpen = false
            for number in found {
                guard !isDeleted(number) else {
                    isOpen = false
                    continue
                }
                if isOpen {
                    let first = runs[runs.count - 1].documents.lowerBound
                    runs[runs.count - 1].documents = first..<UInt32(number + 1)
                } else {
                    let run = UInt32(number)..<UInt32(number + 1)
                    runs.append(
                        DocumentRun(
                            documents: run, place: Int32(documents.count), whole: wholes?[place] ?? -1))
                    isOpen = true
                }
                documents.append(segment.id(number))
            }
        }
        return runs
    }
}

extension MatchTable {
    /// The places of the only documents of some groups, ascending; below nought for a group that has none or several here.
    fileprivate func places(of groups: [Int64]) -> [Int32] {
        var place = 0
        return groups.map { group in
            while place < documents.count, documents[place].group < group { place += 1 }
            let next = place + 1
            guard place < documents.count, documents[place].group == group,
                next == documents.count || documents[next].group != group
            else { return -1 }
            return Int32(place)
        }
    }

    /// Whether documents may hold a clause, for all that is known of their whole.
    fileprivate func mayHold(_ clause: Int, _ run: DocumentRun) -> Bool {
        run.whole < 0 || self[Int(run.whole), clause] > 0
    }
}

extension MatchTable {
    fileprivate init(clauses: Int, documents: [DocumentID]) {
        self.init(clauses: clauses)
        self.documents = documents
        scores = Array(repeating: 0, count: clauses * documents.count)
    }

    /// The same with the documents by name.
    fileprivate var ordered: MatchTable {
        let order = documents.indices.sorted { documents[$0] < documents[$1] }
        var table = MatchTable(clauses: clauses, documents: order.map { documents[$0] })
        table.scores.withUnsafeMutableBufferPointer { ordered in
            scores.withUnsafeBufferPointer { scores in
                for start in stride(from: 0, to: scores.count, by: max(1, order.count)) {
                    for (place, old) in order.enumerated() { ordered[start &+ place] = scores[start &+ old] }
                }
            }
        }
        return table
    }
}

/// The lists of one clause in one field of a segment.
private struct Column {
    let clause: Int
    /// The segment's place among those of the snapshot.
    let view: Int
    let lists: PreparedClause.FieldLists
    /// Where it is looked for, as places among the runs of all columns.
    var runs = 0..<0
}

/// Documents of a group that follow each other in a segment, with the place of the first in a table.
private struct DocumentRun {
    var documents: Range<UInt32>
    var place: Int32
    /// The place of what holds all that they hold in another table; below nought where there is none.
    var whole: Int32
}

extension Segment {
    /// Calls `body` for each of the documents that hold a term or phrase in a field.
    ///
    /// - Parameters:
    ///   - lists: where it is held in the field.
    ///   - runs: ascending; at least one.
    ///   - buffer: for one block.
    ///   - body: is called with the place in the table, the document and the frequency.
    fileprivate func frequencies(
        _ lists: PreparedClause.FieldLists, in runs: ArraySlice<DocumentRun>,
        buffer: UnsafeMutablePointer<UInt32>, _ body: (Int, Int, UInt32) -> Void
    ) {
        guard lists.others.isEmpty else {
            guard let matcher = FieldMatcher(lists.all, in: self) else { return }
            for run in runs {
                for document in run.documents {
                    let frequency = matcher.frequency(in: document)
                    guard frequency > 0 else { continue }
                    body(Int(run.place) + Int(document - run.documents.lowerBound), Int(document), frequency)
                }
            }
            return
        }
        guard let first = runs.first,
            var cursor = ListCursor(
                lists.first, in: self, buffer: buffer, from: first.documents.lowerBound)
        else { return }
        for run in runs {
            cursor.skip(to: run.documents.lowerBound)
            while cursor.document < run.documents.upperBound {
                body(
                    Int(run.place) &+ Int(cursor.document &- run.documents.lowerBound), Int(cursor.document),
                    cursor.frequencyHere)
                cursor.advance()
            }
            guard cursor.document != ListCursor.end else { return }
        }
    }
}
