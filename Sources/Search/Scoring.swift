/// A clause with its rarity, and where its postings lie.
struct PreparedClause {
    /// For each of its terms an entry a segment.
    var entries: [[TermDictionary.Entry?]]
    var idf: Float
    var weight: Float
    var occurrence: Clause.Occurrence
    /// A bit a field that counts.
    var fieldMask: UInt8

    /// A clause that nobody asks for.
    static let ofNothing = PreparedClause(
        entries: [], idf: 0, weight: 0, occurrence: .optional, fieldMask: 0)

    /// How many documents hold the term of it that the fewest hold, in any field; nought where it has none.
    var frequency: Int {
        var least: Int?
        for term in entries.indices {
            var frequency = 0
            for place in entries[term].indices { frequency += entries[term][place]?.frequency ?? 0 }
            least = min(least ?? frequency, frequency)
        }
        return least ?? 0
    }

    /// Whether a field counts.
    func counts(_ field: Int) -> Bool { fieldMask >> UInt8(field) & 1 == 1 }

    /// Where it is held in one field of a segment.
    struct FieldLists {
        /// The list of its first term.
        var first: TermList
        /// Those of the other terms of a phrase.
        var others: [TermList] = []

        var field: Int { first.field }
        /// One a term.
        var all: [TermList] { [first] + others }
    }

    /// What holds it in the segment of a place among those of the snapshot: for every field that has all its terms, and that
    /// counts, a list a term.
    func lists(in place: Int) -> [FieldLists] {
        var found: [FieldLists] = []
        forEachField(in: place) { found.append($0) }
        return found
    }

    /// Calls `body` with what holds it in each field, without a copy.
    @inline(__always)
    func forEachField(in place: Int, _ body: (FieldLists) -> Void) {
        guard let first = entries.first?[place] else { return }
        for list in first.lists where counts(list.field) {
            guard entries.count > 1 else {
                body(FieldLists(first: list))
                continue
            }
            let others = entries.dropFirst().compactMap { entries in
                entries[place]?.lists.first { $0.field == list.field }
            }
            if others.count == entries.count - 1 { body(FieldLists(first: list, others: others)) }
        }
    }
}

/// Scores in whole numbers.
enum Score {
    /// The whole numbers that make up one point; every sum below 4096 points is exact in a `Float`.
    static let unitsPerPoint: Float = 4096
    /// Sums of as many clauses as anybody asks stay within an `Int32`.
    private static let most: Float = 16_777_216

    @inline(__always)
    static func clamped(_ units: Float) -> Int32 {
        // Damaged bytes may make a bound that is below nought or no number.
        guard units > 0 else { return 0 }
        return units < most ? Int32(units) : Int32(most)
    }

    /// The score of a number of units.
    static func points(_ units: Int32) -> Float { Float(units) / unitsPerPoint }
}

/// What one clause is worth in one field, by frequency and ``LengthCode``.
///
/// Scores are whole numbers of ``Score/unitsPerPoint``, so that they add up to the same in any order: the fast search and
/// the plain one agree to the last digit, ties included.
struct UnitTable {
    /// The frequencies that have a row.
    static let rows: UInt32 = 4
    /// A number for each of the first frequencies, for each length code: what lengths that are alike need lies together.
    let row: UnsafeMutablePointer<Int32>
    /// How many length codes there are.
    let codes: Int
    /// What lengths add below the line, by code.
    let norms: UnsafePointer<Float>
    /// The shares of `scale` that the first frequencies are worth, in the order of `row`.
    let shares: UnsafePointer<Float>
    /// What a frequency without end is worth.
    let scale: Float
    /// Whether there is anything in the rows: for few postings it is not worth while.
    let isFilled: Bool

    /// What a frequency is worth in a document with a length, by itself.
    @inline(__always)
    func lone(_ frequency: UInt32, _ code: Int) -> Int32 { Self.units(frequency, norms[code], scale) }

    /// What a frequency is worth in a document with a length, at least one unit, where the rows are filled.
    @inline(__always)
    func units(_ frequency: UInt32, _ code: UInt8) -> Int32 {
        // Nought, which only damaged bytes have, is above the rows.
        frequency &- 1 < Self.rows
            ? row[Int(code) &* Int(Self.rows) &+ Int(frequency &- 1)]
            : Self.units(frequency, norms[Int(code)], scale)
    }

    @inline(__always)
    static func units(_ frequency: UInt32, _ norm: Float, _ scale: Float) -> Int32 {
        units(ofShare: share(frequency, norm), scale)
    }

    @inline(__always)
    static func share(_ frequency: UInt32, _ norm: Float) -> Float {
        let tf = Float(frequency)
        return tf / (tf + norm)
    }

    @inline(__always)
    private static func units(ofShare share: Float, _ scale: Float) -> Int32 {
        max(1, Score.clamped(scale * share + 0.5))
    }

    func fill() {
        for place in 0..<(codes * Int(Self.rows)) { row[place] = Self.units(ofShare: shares[place], scale) }
    }
}

/// What lengths and frequencies are worth in the fields of a snapshot, whatever is asked.
final class LengthTables: Sendable {
    /// The different length codes of each field are below these.
    let codes: [Int]
    /// The code of the average length of each field.
    let averages: [UInt8]
    private nonisolated(unsafe) let memory: UnsafeMutablePointer<Float>
    /// A norm a code, and behind them a share a code for each of the first frequencies.
    private static let size = 256 * (1 + Int(UnitTable.rows))

    /// - Parameters:
    ///   - norms: what lengths add below the line, by field and code.
    ///   - codes: those that occur in each field are below these.
    ///   - averages: the average length of each field.
    init(norms: [[Float]], codes: [Int], averages: [Float]) {
        self.codes = codes
        self.averages = averages.map(LengthCode.encode(average:))
        memory = .allocate(capacity: norms.count * Self.size)
        for (field, norms) in norms.enumerated() {
            for code in 0..<256 {
                let start = memory + field * Self.size
                (start + code).initialize(to: norms[code])
                let shares = start + 256 + code * Int(UnitTable.rows)
                for frequency in 1...UnitTable.rows {
                    (shares + Int(frequency - 1)).initialize(to: UnitTable.share(frequency, norms[code]))
                }
            }
        }
    }

    deinit { memory.deallocate() }

    /// What lengths add below the line in a field, by code.
    func norms(_ field: Int) -> UnsafePointer<Float> { UnsafePointer(memory + field * Self.size) }

    /// The shares that the first frequencies are worth in a field, by code and frequency.
    func shares(_ field: Int) -> UnsafePointer<Float> { norms(field) + 256 }
}

/// What scoring the documents of an index for one query needs.
final class QueryScoring {
    let clauses: [PreparedClause]
    let schema: Schema
    private let averages: [Float]
    private let tables: LengthTables
    private let rows: UnsafeMutablePointer<Int32>
    /// Where the rows of each field begin within those of a clause, and how many numbers a clause has.
    private let starts: [Int]
    private let size: Int
    private var isFilled: [Bool]
    private let lengthsCount: Bool

    /// - Parameters:
    ///   - clauses: what is looked for.
    ///   - searcher: whose documents are scored.
    ///   - lengthsCount: whether each document counts with its length; otherwise all are of the average one, and the tables
    ///     have no other.
    init(_ clauses: [PreparedClause], of searcher: Searcher, lengthsCount: Bool = true) {
        self.lengthsCount = lengthsCount
        self.clauses = clauses
        schema = searcher.schema
        averages = searcher.averages
        tables = searcher.tables
        var size = 0
        starts = tables.codes.map { codes in
            defer { size += (lengthsCount ? codes : 1) * Int(UnitTable.rows) }
            return size
        }
        self.size = size
        isFilled = Array(repeating: false, count: clauses.count * schema.fields.count)
        rows = .allocate(capacity: clauses.count * size)
    }

    deinit { rows.deallocate() }

    /// What a clause is worth in a field, for so many postings; lives as long as the scoring.
    func units(_ clause: Int, _ field: Int, for postings: Int = .max) -> UnitTable {
        let place = clause * schema.fields.count + field
        let (first, codes) = lengthsCount ? (0, tables.codes[field]) : (Int(tables.averages[field]), 1)
        let table = UnitTable(
            row: rows + clause * size + starts[field], codes: codes, norms: tables.norms(field) + first,
            shares: tables.shares(field) + first * Int(UnitTable.rows),
            scale: clauses[clause].weight * clauses[clause].idf * schema.gain(field) * Score.unitsPerPoint,
            isFilled: postings >= codes)
        if table.isFilled, !isFilled[place] {
            table.fill()
            isFilled[place] = true
        }
        return table
    }

    /// From a bound of a segment's list for weight and idf 1 to units.
    ///
    /// A greater average length lifts a score by no more than it is greater.
    func boundScale(_ clause: Int, _ field: Int, in segment: Segment) -> Float {
        clauses[clause].weight * clauses[clause].idf * Score.unitsPerPoint
            * max(1, max(averages[field], 1) / max(segment.averages[field], 1))
    }
}

/// Memory for the blocks of cursors, freed with the last of them.
final class CursorBuffers {
    private static let chunk = 32
    private var chunks: [UnsafeMutablePointer<UInt32>] = []
    private var used = 0

    deinit { for chunk in chunks { chunk.deallocate() } }

    /// Room for one block.
    func next() -> UnsafeMutablePointer<UInt32> {
        if used == chunks.count * Self.chunk {
            chunks.append(.allocate(capacity: Self.chunk * SegmentFormat.blockSize))
        }
        defer { used += 1 }
        return chunks[used / Self.chunk] + used % Self.chunk * SegmentFormat.blockSize
    }
}

/// One clause in one field of one segment, for documents that are asked for by themselves in ascending order.
final class FieldMatcher {
    let field: Int
    /// One a term of the clause, in their order.
    private var cursors: [ListCursor] = []
    private var readers: [PositionReader] = []
    private let buffers = CursorBuffers()

    /// - Parameters:
    ///   - lists: one a term, all of one field.
    ///   - segment: whose they are.
    init?(_ lists: [TermList], in segment: Segment) {
        guard let first = lists.first else { return nil }
        field = first.field
        for list in lists {
            guard let cursor = ListCursor(list, in: segment, buffer: buffers.next()) else { return nil }
            cursors.append(cursor)
            guard lists.count > 1 else { continue }
            var counter = cursor
            guard let reader = PositionReader(list, in: segment, count: counter.countPositions()),
                // Counting has left the buffer on another block.
                let again = ListCursor(list, in: segment, buffer: buffers.next())
            else { return nil }
            cursors[cursors.count - 1] = again
            readers.append(reader)
        }
    }

    /// Goes back before the first document.
    func rewind() {
        for index in cursors.indices { cursors[index].rewind() }
        for index in readers.indices { readers[index].rewind() }
    }

    /// How often the term or phrase stands in the field of a document.
    func frequency(in document: UInt32) -> UInt32 {
        for index in cursors.indices {
            cursors[index].skip(to: document)
            if cursors[index].document != document { return 0 }
        }
        return readers.isEmpty ? cursors[0].frequencyHere : phraseFrequency()
    }

    private func phraseFrequency() -> UInt32 {
        var starts: Set<Int> = []
        for (place, cursor) in cursors.enumerated() {
            var position = 0
            var found: Set<Int> = []
            readers[place].distances(
                from: cursor.positionsBefore, count: Int(cursor.frequencyHere)
            ) { distance in
                position += Int(distance)
                // Where the phrase would begin.
                found.insert(position - place)
            }
            starts = place == 0 ? found : starts.intersection(found)
        }
        return UInt32(starts.count)
    }
}
