/// Walks the documents of one segment that hold a clause, and scores them.
///
/// Scores are whole numbers of ``Score/unit``, so that they add up to the same in any order: the fast search and the
/// plain one agree to the last digit, ties included.
final class ClauseCursor {
    let clause: PreparedClause
    private let lead: TermCursor
    /// The terms of a phrase with their places in it, besides the lead's.
    private let others: [(cursor: TermCursor, place: Int)]
    private let leadPlace: Int
    private let scoring: SegmentScoring
    /// From a bound for weight 1 and the segment's averages to units.
    private let boundScale: Float

    /// A cursor before the first document; nil where no document of the segment can match.
    init?(_ clause: PreparedClause, scoring: SegmentScoring) {
        var cursors: [(cursor: TermCursor, place: Int)] = []
        for (place, term) in clause.terms.enumerated() {
            guard let cursor = scoring.segment.cursor(term) else { return nil }
            cursors.append((cursor, place))
        }
        guard
            let rarest = cursors.indices.min(by: {
                cursors[$0].cursor.frequency < cursors[$1].cursor.frequency
            })
        else { return nil }
        self.clause = clause
        self.scoring = scoring
        (lead, leadPlace) = cursors.remove(at: rarest)
        others = cursors
        boundScale = clause.weight * clause.idf * scoring.boundFactor * Score.unitsPerPoint
    }

    /// The document that the cursor stands on; of a phrase, one that holds its rarest term.
    var document: UInt32 { lead.document }

    func skip(to target: UInt32) { lead.skip(to: target) }

    /// The most units that a document of a range can get; 0 where none of the range holds the clause.
    func bound(from first: UInt32, until end: UInt32) -> Int32 {
        let bound = lead.bound(from: first, until: end)
        return bound > 0 ? units(ofBound: bound) : 0
    }

    /// Rounding may lift a score by half a unit in each field, and by a whole one from nought.
    private func units(ofBound bound: Float) -> Int32 {
        Score.clamped((bound * boundScale * 1.0001).rounded(.up)) &+ Int32(scoring.fieldCount)
    }

    /// What a document gets; 0 where it does not hold the clause.
    ///
    /// Documents must be asked for in ascending order.
    func units(of document: UInt32) -> Int32 {
        lead.skip(to: document)
        return lead.document == document ? unitsHere() : 0
    }

    /// Adds what every document of a range gets, and goes behind them.
    @inline(__always)
    func add(from first: UInt32, until end: UInt32, _ body: (_ document: UInt32, _ units: Int32) -> Void) {
        lead.skip(to: first)
        guard others.isEmpty else {
            while lead.document < end {
                let units = unitsHere()
                if units > 0 { body(lead.document, units) }
                lead.advance()
            }
            return
        }
        let scale = clause.weight * clause.idf
        let (scoring, mask) = (scoring, clause.fieldMask)
        lead.forEach(before: end) { document, field, frequency in
            guard mask >> UInt8(field) & 1 == 1 else { return 0 }
            return scoring.units(frequency, document: document, field: field, scale: scale)
        } _: { document, units in
            if units > 0 { body(document, units) }
        }
    }

    private func unitsHere() -> Int32 {
        var sum: Int32 = 0
        forEachField { field, frequency in
            sum &+= scoring.units(
                frequency, document: lead.document, field: field, scale: clause.weight * clause.idf)
        }
        return sum
    }

    /// Calls `body` for every field of the current document that holds the clause.
    private func forEachField(_ body: (_ field: Int, _ frequency: UInt32) -> Void) {
        guard others.isEmpty else {
            for (field, frequency) in phraseFrequencies() where frequency > 0 { body(field, frequency) }
            return
        }
        lead.fields { field, frequency in
            if clause.fieldMask >> UInt8(field) & 1 == 1 { body(field, frequency) }
        }
    }

    /// How often the phrase stands in each field of the current document.
    private func phraseFrequencies() -> [(field: Int, frequency: UInt32)] {
        let document = lead.document
        for (cursor, _) in others {
            cursor.skip(to: document)
            guard cursor.document == document else { return [] }
        }
        let found = others.map { ($0.cursor.positions(), $0.place) }
        return lead.positions().compactMap { field, positions in
            guard clause.fieldMask >> UInt8(field) & 1 == 1 else { return nil }
            let beside = found.map { entries, place in
                (Set(entries.first { $0.field == field }?.positions ?? []), place)
            }
            let frequency = positions.count { position in
                // Where the phrase would begin; before the text, it does not.
                guard Int(position) >= leadPlace else { return false }
                let start = position - UInt32(leadPlace)
                return beside.allSatisfy { $0.0.contains(start + UInt32($0.1)) }
            }
            return (field, UInt32(frequency))
        }
    }

    /// What each field of a document adds; empty where it does not hold the clause.
    func parts(of document: UInt32) -> [(field: Int, frequency: Int, units: Int32)] {
        lead.skip(to: document)
        guard lead.document == document else { return [] }
        var parts: [(Int, Int, Int32)] = []
        forEachField { field, frequency in
            let units = scoring.units(
                frequency, document: document, field: field, scale: clause.weight * clause.idf)
            parts.append((field, Int(frequency), units))
        }
        return parts
    }
}

/// A clause with its rarity.
struct PreparedClause {
    var terms: [String]
    var idf: Float
    var weight: Float
    var occurrence: Clause.Occurrence
    /// A bit a field that counts.
    var fieldMask: UInt8
}

/// Scores in whole numbers.
enum Score {
    /// The whole numbers that make up one point; every sum below 4096 points is exact in a `Float`.
    static let unitsPerPoint: Float = 4096
    /// Sums of as many clauses as anybody asks stay within an `Int32`.
    private static let most: Float = 16_777_216

    @inline(__always)
    static func clamped(_ units: Float) -> Int32 { units < most ? Int32(units) : Int32(most) }

    /// The score of a number of units.
    static func points(_ units: Int32) -> Float { Float(units) / unitsPerPoint }
}

/// What scoring the documents of one segment needs.
final class SegmentScoring {
    let segment: Segment
    let schema: Schema
    let fieldCount: Int
    /// How far the averages of the whole index can lift a bound made from those of the segment.
    let boundFactor: Float
    /// Norms of the whole index, a field after the other, 256 each.
    private let norms: UnsafeMutablePointer<Float>
    /// `boost · (k1 + 1)`, a field each.
    private let boosts: UnsafeMutablePointer<Float>

    init(_ segment: Segment, schema: Schema, averages: [Float]) {
        self.segment = segment
        self.schema = schema
        fieldCount = schema.fields.count
        norms = .allocate(capacity: fieldCount * 256)
        boosts = .allocate(capacity: fieldCount)
        for (field, table) in schema.norms(averages: averages).enumerated() {
            for code in 0..<256 { norms[field * 256 + code] = table[code] }
            boosts[field] = schema.fields[field].boost * (schema.k1 + 1)
        }
        boundFactor =
            schema.fields.indices.map { field in
                max(1, max(averages[field], 1) / max(segment.averages[field], 1))
            }.max() ?? 1
    }

    deinit {
        norms.deallocate()
        boosts.deallocate()
    }

    /// What a frequency in a field of a document is worth: at least one unit.
    @inline(__always)
    func units(_ frequency: UInt32, document: UInt32, field: Int, scale: Float) -> Int32 {
        let tf = Float(frequency)
        let code = segment.lengths[Int(document) &* fieldCount &+ field]
        let score = scale * boosts[field] * (tf / (tf + norms[field &* 256 &+ Int(code)]))
        return max(1, Score.clamped((score * Score.unitsPerPoint).rounded()))
    }
}
