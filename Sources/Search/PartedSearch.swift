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
    public func search(_ query: Query, parts: [QueryPart], lengthsCount: Bool = true) -> [[Hit]] {
        let isPlain =
            query.filter == nil && query.clauses.allSatisfy { $0.occurrence == .optional && $0.phrase == nil }
        guard isPlain, parts.count <= UInt64.bitWidth, parts.allSatisfy({ $0.limit > 0 }) else {
            return parts.map { part in
                search(Query(part.clauses.map { query.clauses[$0] }, filter: query.filter), limit: part.limit)
            }
        }
        let segments = views.map(\.segment)
        var best = parts.map { TopHits(limit: $0.limit, of: segments) }
        let parted = PartedSearch(query, parts: parts, of: self, lengthsCount: lengthsCount)
        for (place, view) in views.enumerated() { parted.run(view, place: place, into: &best) }
        return damage == nil ? best.map(\.sorted) : parts.map { _ in [] }
    }
}

/// Scores all documents for several parts of a query at once.
///
/// Clauses that belong to the same parts share a column of sums, so that a posting is read and added once, to however many
/// parts it belongs; what a document scores for a part is the sum of some columns.
private struct PartedSearch {
    /// Documents of one window: a few columns fit the second-level cache.
    private static let window: UInt32 = 1 << 13
    /// The same where few are found, for one part: to go from one list to the next takes about as long then as to add
    /// what it has in a window.
    private static let sparseWindow: UInt32 = 1 << 15
    /// Where fewer than one document in so many is found, these are remembered instead of looked for: to look at all sums of
    /// a window, many at a time, costs as much as to remember that few.
    private static let sparse = 32

    /// The postings of one clause in one field.
    private struct Part {
        var cursor: ListCursor
        let units: UnitTable
        let lengths: LengthCodes
        let column: Int
    }

    private let scoring: QueryScoring
    /// For each clause an entry a segment.
    private let entries: [[TermDictionary.Entry?]]
    /// The column of each clause; nil for one of no part.
    private let columns: [Int?]
    private let columnCount: Int
    /// The columns of each part.
    private let columnsOfParts: [[Int]]

    /// The length code that all documents have, by field; nil where each has its own.
    private let lengths: [UInt8]?
    private let memory: WindowMemory

    init(_ query: Query, parts: [QueryPart], of searcher: Searcher, lengthsCount: Bool) {
        lengths = lengthsCount ? nil : searcher.averages.map { LengthCode.encode(Int($0)) }
        memory = searcher.windows
        scoring = QueryScoring(query.clauses.map(searcher.prepared), of: searcher)
        entries = query.clauses.map { searcher.entries(of: $0.term) }
        var memberships = [UInt64](repeating: 0, count: query.clauses.count)
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
        columnCount = kinds.count
        columnsOfParts = parts.indices.map { part in
            kinds.indices.filter { kinds[$0] >> UInt64(part) & 1 == 1 }
        }
    }

    /// Offers what a segment has to the best hits of each part so far.
    func run(_ view: SegmentView, place: Int, into best: inout [TopHits]) {
        let segment = view.segment
        let buffers = CursorBuffers()
        var parts: [Part] = []
        for (clause, column) in columns.enumerated() where column != nil {
            for list in entries[clause][place]?.lists ?? [] { segment.prefetch(list) }
        }
        for (clause, column) in columns.enumerated() {
            guard let column else { continue }
            for list in SegmentSearch.lists(
                [entries[clause][place]], fieldMask: scoring.clauses[clause].fieldMask)
            {
                guard let cursor = ListCursor(list[0], in: segment, buffer: buffers.next()) else { continue }
                let field = list[0].field
                parts.append(
                    Part(
                        cursor: cursor, units: scoring.units(clause, field),
                        lengths: lengths.map { LengthCodes(same: $0[field]) }
                            ?? LengthCodes(segment.lengths(of: field)), column: column))
            }
        }
        let isSparse = parts.reduce(0) { $0 + $1.cursor.frequency } * Self.sparse < segment.documentCount
        let window = isSparse && columnCount == 1 ? Self.sparseWindow : Self.window
        let scratch = Scratch(columns: columnCount, parts: columnsOfParts, width: Int(window), memory: memory)
        withExtendedLifetime((buffers, scoring, scratch)) {
            while let next = parts.lazy.map(\.cursor.document).min(), next != ListCursor.end {
                let base = next & ~(window - 1)
                let end = base > ListCursor.end - window ? ListCursor.end : base + window
                for index in parts.indices where parts[index].cursor.document < end {
                    let column = parts[index].column
                    scratch.isUsed[column] = true
                    if isSparse {
                        parts[index].cursor.add(
                            from: base, until: end, to: scratch.sums(column), parts[index].units,
                            lengths: parts[index].lengths, marks: scratch.marks)
                    } else {
                        parts[index].cursor.add(
                            from: base, until: end, to: scratch.sums(column), parts[index].units,
                            lengths: parts[index].lengths)
                    }
                }
                if isSparse {
                    scratch.takeMarked(from: base, of: view, place: place, into: &best)
                } else {
                    for (part, columns) in columnsOfParts.enumerated() {
                        let used = columns.filter { scratch.isUsed[$0] }.map(scratch.sums)
                        Self.gather(used, from: base, of: view, place: place, into: &best[part])
                    }
                    scratch.clear()
                }
            }
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
        /// A bit a document of a window in which few are found; nought between windows.
        let marks: UnsafeMutablePointer<UInt64>
        /// The columns of each part.
        private let parts: [[Int]]
        private let memory: WindowMemory
        private let piece: WindowMemory.Piece

        init(columns: Int, parts: [[Int]], width: Int, memory: WindowMemory) {
            piece = memory.take(sums: columns * width, marks: width / 64)
            (all, marks) = (piece.sums, piece.marks)
            isUsed = Array(repeating: false, count: columns)
            (self.columns, self.parts, self.width, self.memory) = (columns, parts, width, memory)
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

        /// Offers the marked documents whose sums suffice, and takes marks and sums away.
        func takeMarked(from base: UInt32, of view: SegmentView, place: Int, into best: inout [TopHits]) {
            let (all, marks, parts, width) = (all, marks, parts, width)
            let used = (0..<columns).filter { isUsed[$0] }
            for column in used { isUsed[column] = false }
            if parts.count == 1, columns == 1 {
                // Most searches of few are for one part.
                return Self.takeMarked(
                    in: marks, words: width / 64, all, from: base, of: view, place: place, into: &best[0])
            }
            for word in 0..<(width / 64) where marks[word] != 0 {
                var rest = marks[word]
                marks[word] = 0
                while rest != 0 {
                    let offset = word &* 64 &+ rest.trailingZeroBitCount
                    rest &= rest &- 1
                    let document = base &+ UInt32(truncatingIfNeeded: offset)
                    if !view.isDeleted(Int(document)) {
                        for (part, columns) in parts.enumerated() {
                            var units: Int32 = 0
                            for column in columns { units &+= all[column &* width &+ offset] }
                            guard units >= best[part].threshold else { continue }
                            best[part].offer(TopHits.Entry(units: units, segment: place, document: document))
                        }
                    }
                    for column in used { all[column &* width &+ offset] = 0 }
                }
            }
        }

        private static func takeMarked(
            in marks: UnsafeMutablePointer<UInt64>, words: Int, _ sums: UnsafeMutablePointer<Int32>,
            from base: UInt32, of view: SegmentView, place: Int, into best: inout TopHits
        ) {
            var threshold = best.threshold
            for word in 0..<words {
                var rest = marks[word]
                guard rest != 0 else { continue }
                marks[word] = 0
                while rest != 0 {
                    let offset = word &* 64 &+ rest.trailingZeroBitCount
                    rest &= rest &- 1
                    let units = sums[offset]
                    sums[offset] = 0
                    guard units >= threshold else { continue }
                    let document = base &+ UInt32(truncatingIfNeeded: offset)
                    guard !view.isDeleted(Int(document)) else { continue }
                    best.offer(TopHits.Entry(units: units, segment: place, document: document))
                    threshold = best.threshold
                }
            }
        }
    }

    /// Offers the documents of a window whose sums suffice.
    private static func gather(
        _ columns: [UnsafeMutablePointer<Int32>], from base: UInt32, of view: SegmentView, place: Int,
        into best: inout TopHits
    ) {
        guard let first = columns.first else { return }
        let rest = columns.dropFirst()
        let lanes = 16
        var threshold = best.threshold
        var wanted = SIMD16<Int32>(repeating: threshold)
        // Behind the last document all sums are nought.
        let count = min(Int(window), view.segment.documentCount - Int(base))
        for start in stride(from: 0, to: count, by: lanes) {
            var scores = UnsafeRawPointer(first + start).loadUnaligned(as: SIMD16<Int32>.self)
            for column in rest {
                scores &+= UnsafeRawPointer(column + start).loadUnaligned(as: SIMD16<Int32>.self)
            }
            guard any(scores .>= wanted) else { continue }
            for lane in 0..<lanes where scores[lane] >= threshold {
                let document = base &+ UInt32(truncatingIfNeeded: start &+ lane)
                guard !view.isDeleted(Int(document)) else { continue }
                best.offer(TopHits.Entry(units: scores[lane], segment: place, document: document))
                threshold = best.threshold
            }
            wanted = SIMD16(repeating: threshold)
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
        let marks: UnsafeMutablePointer<UInt64>
        let markCount: Int

        init(sums sumCount: Int, marks markCount: Int) {
            sums = .allocate(capacity: sumCount)
            sums.initialize(repeating: 0, count: sumCount)
            marks = .allocate(capacity: markCount)
            marks.initialize(repeating: 0, count: markCount)
            (self.sumCount, self.markCount) = (sumCount, markCount)
        }

        func deallocate() {
            sums.deallocate()
            marks.deallocate()
        }
    }

    /// A few: who searches at the same time has one each.
    private static let most = 4
    private let spare = Mutex<[Piece]>([])

    deinit { for piece in spare.withLock({ $0 }) { piece.deallocate() } }

    /// Memory of at least this many sums and marks, all of it nought.
    func take(sums: Int, marks: Int) -> Piece {
        let kept = spare.withLock { spare in
            spare.lastIndex { $0.sumCount >= sums && $0.markCount >= marks }.map { spare.remove(at: $0) }
        }
        return kept ?? Piece(sums: sums, marks: marks)
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
