import Synchronization

/// Some clauses of a query, for which the best documents are wanted.
public struct QueryPart: Sendable, Hashable {
    /// The numbers of the clauses, each once.
    public var clauses: [Int]
    /// How many documents at most.
    public var limit: Int

    /// A part of a query.
    public init(_ clauses: [Int], limit: Int) {
        self.clauses = clauses
        self.limit = limit
    }
}

extension Searcher {
    /// The best documents for each of some parts of a query, found in one walk of the postings.
    ///
    /// It pays where the parts have clauses in common and there are not so many documents that passing over those that
    /// cannot win would save more.
    ///
    /// - Parameters:
    ///   - query: what to look for.
    ///   - parts: so many that they are worth it, and at most 64; more are searched one by one, and so is a query that
    ///     requires, excludes or filters or that has phrases.
    ///   - lengthsCount: whether a short document is worth more than a long one. To read the length of each takes longer
    ///     than all else where few are found and many are not; without it each counts as one of average length, in a plain
    ///     query of so many parts.
    /// - Returns: for each part what ``search(_:limit:)`` finds for its clauses alone, where lengths count.
    /// - Complexity: O(postings of the query's terms + documents · parts).
    public func search(_ query: PreparedQuery, parts: [QueryPart], lengthsCount: Bool = true) -> [[Hit]] {
        let plain = query.query
        let isPlain =
            plain.filter == nil && plain.clauses.allSatisfy { $0.occurrence == .optional && $0.phrase == nil }
        guard isPlain, parts.count <= UInt64.bitWidth, parts.allSatisfy({ $0.limit > 0 }) else {
            return parts.map { part in
                search(Query(part.clauses.map { plain.clauses[$0] }, filter: plain.filter), limit: part.limit)
            }
        }
        let segments = views.map(\.segment)
        var best = parts.map { TopHits(limit: $0.limit, of: segments) }
        let parted = PartedSearch(query, parts: parts, of: self, lengthsCount: lengthsCount)
        for (place, view) in views.enumerated() { parted.run(view, place: place, into: &best) }
        return damage == nil ? best.map(\.sorted) : parts.map { _ in [] }
    }

    /// The same of a query that is asked nothing else.
    public func search(_ query: Query, parts: [QueryPart], lengthsCount: Bool = true) -> [[Hit]] {
        search(prepared(query), parts: parts, lengthsCount: lengthsCount)
    }
}

/// Scores all documents for several parts of a query at once.
///
/// Clauses that belong to the same parts share a column of sums, so that a posting is read and added once, to however many
/// parts it belongs; what a document scores for a part is the sum of some columns.
private struct PartedSearch {
    /// Documents of one window: a few columns fit the second-level cache.
    private static let window: UInt32 = 1 << 13
    /// Where fewer than one document in so many is found, postings are sorted instead: sums that lie far from each other are
    /// waited for one by one.
    private static let sparse = 32
    /// More columns than these have no number in ``SparsePostings``.
    private static let mostColumns = 64

    /// The postings of one clause in one field.
    private struct Part {
        var cursor: ListCursor
        let units: UnitTable
        let column: Int
    }

    private let scoring: QueryScoring
    /// The column of each clause; nil for one of no part.
    private let columns: [Int?]
    private let columnCount: Int
    /// The columns of each part.
    private let columnsOfParts: [[Int]]

    private let lengthsCount: Bool
    private let memory: WindowMemory

    init(_ query: PreparedQuery, parts: [QueryPart], of searcher: Searcher, lengthsCount: Bool) {
        self.lengthsCount = lengthsCount
        memory = searcher.windows
        var memberships = [UInt64](repeating: 0, count: query.prepared.count)
        for (part, clauses) in parts.map(\.clauses).enumerated() {
            for clause in clauses { memberships[clause] |= 1 << UInt64(part) }
        }
        var kinds: [UInt64] = []
        columns = memberships.map { kind in
            guard kind != 0 else { return nil }
            if let known = kinds.firstIndex(of: kind) { return known }
            kinds.append(kind)
            return kinds.count - 1
        }
        scoring = QueryScoring(
            zip(query.prepared, memberships).map { $1 == 0 ? .ofNothing : $0 },
            of: searcher,
            lengthsCount: lengthsCount)
        columnCount = kinds.count
        columnsOfParts = parts.indices.map { part in
            kinds.indices.filter { kinds[$0] >> UInt64(part) & 1 == 1 }
        }
    }

    /// The postings of a clause, which has one term, in all fields of a segment.
    private func lists(of clause: Int, in place: Int) -> [TermList] {
        scoring.clauses[clause].entries[0][place]?.lists ?? []
    }

    /// Offers what a segment has to the best hits of each part so far.
    func run(_ view: SegmentView, place: Int, into best: inout [TopHits]) {
        let segment = view.segment
        let buffers = CursorBuffers()
        var parts: [Part] = []
        for (clause, column) in columns.enumerated() where column != nil {
            for list in lists(of: clause, in: place) { segment.prefetch(list) }
        }
        for (clause, column) in columns.enumerated() {
            guard let column else { continue }
            for list in lists(of: clause, in: place) where scoring.clauses[clause].counts(list.field) {
                guard let cursor = ListCursor(list, in: segment, buffer: buffers.next()) else { continue }
                parts.append(
                    Part(
                        cursor: cursor, units: scoring.units(clause, list.field, for: list.frequency),
                        column: column))
            }
        }
        let count = parts.reduce(0) { $0 + $1.cursor.frequency }
        withExtendedLifetime((buffers, scoring)) {
            if count * Self.sparse < segment.documentCount, columnCount <= Self.mostColumns {
                sort(&parts, count, of: view, place: place, into: &best)
            } else {
                add(&parts, of: view, place: place, into: &best)
            }
        }
    }

    /// Scores few postings: brings them together, and sorts them by document.
    private func sort(
        _ parts: inout [Part], _ count: Int, of view: SegmentView, place: Int, into best: inout [TopHits]
    ) {
        var postings = SparsePostings(room: count)
        for index in parts.indices {
            let column = UInt64(parts[index].column)
            let units = parts[index].units
            if lengthsCount {
                let lengths = EachLength(view.segment.lengths(of: parts[index].cursor.field))
                parts[index].cursor.forEach(units, lengths: lengths) {
                    postings.append($0, column: column, units: $1)
                }
            } else {
                parts[index].cursor.forEach(units, lengths: SameLength()) {
                    postings.append($0, column: column, units: $1)
                }
            }
        }
        postings.sort(below: view.segment.documentCount)
        let masks = columnsOfParts.map { $0.reduce(UInt64(0)) { $0 | 1 << UInt64($1) } }
        var thresholds = best.map(\.threshold)
        postings.forEachDocument(columns: columnCount) { document, found, sums in
            for part in masks.indices where masks[part] & found != 0 {
                var units: Int32 = 0
                var rest = masks[part] & found
                while rest != 0 {
                    units &+= sums[rest.trailingZeroBitCount]
                    rest &= rest &- 1
                }
                guard units >= thresholds[part], !view.isDeleted(Int(document)) else { continue }
                best[part].offer(TopHits.Entry(units: units, segment: place, document: document))
                thresholds[part] = best[part].threshold
            }
        }
    }

    /// Scores many postings: adds them up, a window after the other.
    private func add(_ parts: inout [Part], of view: SegmentView, place: Int, into best: inout [TopHits]) {
        let scratch = Scratch(columns: columnCount, width: Int(Self.window), memory: memory)
        var used: [UnsafePointer<Int32>] = []
        while let next = parts.lazy.map(\.cursor.document).min(), next != ListCursor.end {
            let base = next & ~(Self.window - 1)
            let end = base > ListCursor.end - Self.window ? ListCursor.end : base + Self.window
            for index in parts.indices where parts[index].cursor.document < end {
                let column = parts[index].column
                scratch.isUsed[column] = true
                let (units, sums) = (parts[index].units, scratch.sums(column))
                if lengthsCount {
                    let lengths = EachLength(view.segment.lengths(of: parts[index].cursor.field))
                    parts[index].cursor.add(from: base, until: end, to: sums, units, lengths: lengths)
                } else {
                    parts[index].cursor.add(from: base, until: end, to: sums, units, lengths: SameLength())
                }
            }
            for (part, columns) in columnsOfParts.enumerated() {
                used.removeAll(keepingCapacity: true)
                for column in columns where scratch.isUsed[column] {
                    used.append(UnsafePointer(scratch.sums(column)))
                }
                Self.gather(used, from: base, of: view, place: place, into: &best[part])
            }
            scratch.clear()
        }
    }

    /// The memory that one window after the other is searched in.
    private final class Scratch {
        /// Documents of a window.
        private let width: Int
        /// A column after the other, nought between windows.
        private let all: UnsafeMutablePointer<Int32>
        private let columns: Int
        /// Which columns something was added to.
        var isUsed: [Bool]
        private let memory: WindowMemory
        private let piece: WindowMemory.Piece

        init(columns: Int, width: Int, memory: WindowMemory) {
            piece = memory.take(sums: columns * width)
            all = piece.sums
            isUsed = Array(repeating: false, count: columns)
            (self.columns, self.width, self.memory) = (columns, width, memory)
        }

        deinit { memory.give(back: piece) }

        /// The sums of a column.
        func sums(_ column: Int) -> UnsafeMutablePointer<Int32> { all + column * width }

        func clear() {
            for column in 0..<columns where isUsed[column] {
                sums(column).update(repeating: 0, count: width)
                isUsed[column] = false
            }
        }
    }

    /// Offers the documents of a window whose sums suffice.
    private static func gather(
        _ columns: [UnsafePointer<Int32>], from base: UInt32, of view: SegmentView, place: Int,
        into best: inout TopHits
    ) {
        guard !columns.isEmpty else { return }
        // Behind the last document all sums are nought.
        let count = min(Int(window), view.segment.documentCount - Int(base))
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: WidePostings.lanes) { sums in
            guard let found = sums.baseAddress else { return }
            var (threshold, start) = (best.threshold, 0)
            while true {
                start = WidePostings.firstReaching(
                    columns, from: start, before: count, threshold, sums: found)
                guard start < count else { return }
                for lane in sums.indices where sums[lane] >= threshold {
                    let document = base &+ UInt32(truncatingIfNeeded: start &+ lane)
                    guard !view.isDeleted(Int(document)) else { continue }
                    best.offer(TopHits.Entry(units: sums[lane], segment: place, document: document))
                    threshold = best.threshold
                }
                start += WidePostings.lanes
            }
        }
    }
}

/// Postings of some columns that are brought together by document, for searches that find few.
struct SparsePostings: ~Copyable {
    /// Document, column and units, from the highest bit down.
    private typealias Posting = UInt64
    private static let columnBits: UInt64 = 6
    /// They hold four times the most that ``Score`` gives.
    private static let unitBits: UInt64 = 26
    /// Bits that are sorted by at once.
    private static let digit = 11

    private var postings: UnsafeMutablePointer<Posting>
    private var others: UnsafeMutablePointer<Posting>
    private(set) var count = 0

    /// - Parameter room: for so many postings, and no more.
    init(room: Int) {
        postings = .allocate(capacity: room)
        others = .allocate(capacity: room)
    }

    deinit {
        postings.deallocate()
        others.deallocate()
    }

    /// Adds one.
    ///
    /// - Parameters:
    ///   - document: its number.
    ///   - column: below 64.
    ///   - units: what it scores, at least nought.
    @inline(__always)
    mutating func append(_ document: UInt32, column: UInt64, units: Int32) {
        postings[count] =
            UInt64(document) << (Self.columnBits + Self.unitBits) | column << Self.unitBits
            | UInt64(UInt32(bitPattern: units))
        count &+= 1
    }

    /// Brings them in the order of their documents.
    ///
    /// - Parameter limit: is above all documents.
    /// - Complexity: O(postings · bits of the limit / 11).
    mutating func sort(below limit: Int) {
        let bits = Int.bitWidth - limit.leadingZeroBitCount
        for first in stride(from: 0, to: bits, by: Self.digit) {
            let shift = Self.columnBits + Self.unitBits + UInt64(first)
            let mask: UInt64 = 1 << UInt64(Self.digit) - 1
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << Self.digit) { starts in
                starts.initialize(repeating: 0)
                for place in 0..<count { starts[Int(postings[place] >> shift & mask)] &+= 1 }
                var start: UInt32 = 0
                for number in starts.indices {
                    (starts[number], start) = (start, start &+ starts[number])
                }
                for place in 0..<count {
                    let number = Int(postings[place] >> shift & mask)
                    others[Int(starts[number])] = postings[place]
                    starts[number] &+= 1
                }
            }
            swap(&postings, &others)
        }
    }

    /// Calls `body` with each document, the columns that it has postings in, a bit each, and the sums of their units, those of
    /// other columns being nought.
    @inline(__always)
    func forEachDocument(
        columns: Int,
        _ body: (_ document: UInt32, _ found: UInt64, _ sums: UnsafeMutableBufferPointer<Int32>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: columns) { sums in
            sums.initialize(repeating: 0)
            var place = 0
            while place < count {
                let document = postings[place] >> (Self.columnBits + Self.unitBits)
                var found: UInt64 = 0
                while place < count, postings[place] >> (Self.columnBits + Self.unitBits) == document {
                    let posting = postings[place]
                    let column = posting >> Self.unitBits & (1 << Self.columnBits - 1)
                    sums[Int(column)] &+= Int32(truncatingIfNeeded: posting & (1 << Self.unitBits - 1))
                    found |= 1 << column
                    place &+= 1
                }
                body(UInt32(truncatingIfNeeded: document), found, sums)
                while found != 0 {
                    sums[found.trailingZeroBitCount] = 0
                    found &= found &- 1
                }
            }
        }
    }
}

/// Memory for windows that is nought, kept from one search to the next: to make it nought takes longer than many a search.
final class WindowMemory: Sendable {
    /// Memory for one search at a time, nought whenever nobody has it.
    struct Piece: @unchecked Sendable {
        // Whoever has taken it is alone with it until it is given back, under a lock both times.
        let sums: UnsafeMutablePointer<Int32>
        let sumCount: Int

        init(sums sumCount: Int) {
            sums = .allocate(capacity: sumCount)
            sums.initialize(repeating: 0, count: sumCount)
            self.sumCount = sumCount
        }

        func deallocate() { sums.deallocate() }
    }

    /// A few: who searches at the same time has one each.
    private static let most = 4
    private let spare = Mutex<[Piece]>([])

    deinit { for piece in spare.withLock({ $0 }) { piece.deallocate() } }

    /// Memory of at least this many sums, all of it nought.
    func take(sums: Int) -> Piece {
        let kept = spare.withLock { spare in
            spare.lastIndex { $0.sumCount >= sums }.map { spare.remove(at: $0) }
        }
        return kept ?? Piece(sums: sums)
    }

    /// Takes it back, nought as it was given.
    func give(back piece: Piece) {
        let isKept = spare.withLock { spare in
            guard spare.count < Self.most else { return false }
            spare.append(piece)
            return true
        }
        if !isKept { piece.deallocate() }
    }
}
