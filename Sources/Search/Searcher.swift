import Text

/// A snapshot of an index: what could be found at one moment.
///
/// It is cheap to copy and safe to share.
///
/// A document's score is the sum, over clauses and fields, of
/// `weight · boost · idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average))`, where a term's idf is
/// `ln(1 + (N − n + 0.5) / (n + 0.5))` over the documents that hold it in any field. Deleted documents count in the
/// statistics until they are merged away.
/// Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
public struct Searcher: Sendable {
    let schema: Schema
    let views: [SegmentView]
    private let total: Int
    let averages: [Float]

    init(schema: Schema, views: [SegmentView]) {
        self.schema = schema
        self.views = views
        let total = views.reduce(0) { $0 + $1.segment.documents.count }
        self.total = total
        averages = schema.fields.indices.map { field in
            let length = views.reduce(0) { $0 + $1.segment.totals[field] }
            return total == 0 ? 0 : Float(length) / Float(total)
        }
    }

    /// The number of documents that can be found.
    public var documentCount: Int { views.reduce(0) { $0 + $1.livingCount } }

    /// The number of documents that hold a term in any field; deleted ones count until they are merged away.
    public func documentFrequency(of term: String) -> Int {
        views.reduce(0) { $0 + ($1.segment.documentFrequencies[term] ?? 0) }
    }

    /// How rare a term is: `ln(1 + (N − n + 0.5) / (n + 0.5))`.
    public func idf(of term: String) -> Float { idf(frequency: documentFrequency(of: term)) }

    private func idf(frequency: Int) -> Float {
        let (all, holding) = (Float(total), Float(min(frequency, total)))
        return logarithm(1 + (all - holding + 0.5) / (holding + 0.5))
    }

    /// The terms of the index within an edit distance of a term, without the term itself.
    ///
    /// - Returns: by the number of documents that hold them, most first, then by spelling.
    /// - Complexity: O(number of terms · length of the term).
    public func terms(near term: String, distance: Int, limit: Int) -> [String] {
        let length = term.utf8.count
        var frequencies: [String: Int] = [:]
        for view in views {
            for (candidate, frequency) in view.segment.documentFrequencies
            where abs(candidate.utf8.count - length) <= distance * 4 && candidate != term {
                if frequencies[candidate] == nil,
                    EditDistance.bounded(candidate, term, limit: distance) == nil
                {
                    continue
                }
                frequencies[candidate, default: 0] += frequency
            }
        }
        return frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    }

    /// The best documents for a query.
    ///
    /// - Returns: at most `limit` hits, better ones first, equals by name.
    /// - Complexity: O(postings of the query's terms + hits · log limit).
    public func search(_ query: Query, limit: Int) -> [Hit] {
        guard limit > 0 else { return [] }
        let clauses = query.clauses.map(prepared)
        var best = TopHits(limit: limit)
        for (number, view) in views.enumerated() {
            var scorer = SegmentScorer(view: view)
            for clause in clauses { scorer.add(clause, in: number, of: self) }
            scorer.collect(
                filter: query.filter, required: clauses.count { $0.occurrence == .required }, into: &best)
        }
        return best.sorted
    }

    /// The same as ``search(_:limit:)``, found by scoring every document by itself: slow, plain, and the measure of the
    /// other.
    public func searchExhaustively(_ query: Query, limit: Int) -> [Hit] {
        var hits: [Hit] = []
        for view in views {
            for number in view.segment.documents.indices where !view.isDeleted(number) {
                let id = view.segment.documents[number]
                guard let found = explain(query, id) else { continue }
                hits.append(Hit(document: id, score: found.total))
            }
        }
        return Array(hits.sorted(by: Hit.isBetter).prefix(max(0, limit)))
    }

    /// How a document's score comes about; nil where it does not match.
    public func explain(_ query: Query, _ document: DocumentID) -> Explanation? {
        for view in views {
            guard let number = view.segment.number(of: document), !view.isDeleted(number) else { continue }
            return explanation(query, view.segment, number)
        }
        return nil
    }

    private func explanation(_ query: Query, _ segment: Segment, _ number: Int) -> Explanation? {
        guard segment.passes(number, query.filter) else { return nil }
        var parts: [Explanation.Part] = []
        var total: Float = 0
        var isMatched = false
        for clause in query.clauses {
            let prepared = prepared(clause)
            var isHeld = false
            for field in schema.fields.indices where clause.fields?.contains(field) ?? true {
                let frequency = segment.frequency(of: prepared.terms, in: number, field: field)
                guard frequency > 0 else { continue }
                isHeld = true
                guard clause.occurrence != .excluded else { continue }
                let score = contribution(
                    prepared, frequency: frequency, length: segment.length(number, field), field: field)
                total += score
                parts.append(
                    Explanation.Part(
                        term: clause.term, field: schema.fields[field].name, frequency: frequency,
                        length: segment.length(number, field), averageLength: averages[field],
                        idf: prepared.idf,
                        weight: clause.weight * schema.fields[field].boost, score: score))
            }
            switch clause.occurrence {
            case .excluded: if isHeld { return nil }
            case .required:
                guard isHeld else { return nil }
                isMatched = true
            case .optional: isMatched = isMatched || isHeld
            }
        }
        return isMatched ? Explanation(total: total, parts: parts) : nil
    }

    /// A clause with its rarity.
    struct PreparedClause {
        var terms: [String]
        var idf: Float
        var weight: Float
        var occurrence: Clause.Occurrence
        var fields: Set<Int>?
    }

    private func prepared(_ clause: Clause) -> PreparedClause {
        let terms = clause.phrase ?? [clause.term]
        return PreparedClause(
            terms: terms, idf: terms.reduce(0) { $0 + idf(of: $1) }, weight: clause.weight,
            occurrence: clause.occurrence, fields: clause.fields)
    }

    @inline(__always)
    func contribution(_ clause: PreparedClause, frequency: Int, length: Int, field: Int) -> Float {
        let settings = schema.fields[field]
        let tf = Float(frequency)
        let average = max(averages[field], 1)
        let norm = schema.k1 * (1 - settings.b + settings.b * Float(length) / average)
        return clause.weight * settings.boost * clause.idf * (tf * (schema.k1 + 1) / (tf + norm))
    }
}
