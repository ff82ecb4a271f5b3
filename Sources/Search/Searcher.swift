import Text

/// A snapshot of an index: what could be found at one moment.
///
/// It is cheap to copy and safe to share.
///
/// A document's score is the sum, over clauses and fields, of
/// `weight · boost · idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average))`, where a term's idf is
/// `ln(1 + (N − n + 0.5) / (n + 0.5))` over the documents that hold it in any field. Deleted documents count in the
/// statistics until they are merged away.
/// Each term of the sum is kept to a 4096th, so that it is the same in whatever order it is taken.
/// Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
public struct Searcher: Sendable {
    let schema: Schema
    let views: [SegmentView]
    private let total: Int
    let averages: [Float]

    init(schema: Schema, views: [SegmentView]) {
        self.schema = schema
        self.views = views
        let total = views.reduce(0) { $0 + $1.segment.documentCount }
        self.total = total
        averages = schema.fields.indices.map { field in
            let length = views.reduce(0) { $0 + $1.segment.totals[field] }
            return total == 0 ? 0 : Float(length) / Float(total)
        }
    }

    /// What the index is made of, one entry a segment.
    public var segments: [SegmentStatistics] {
        views.map { view in
            SegmentStatistics(
                documents: view.segment.documentCount, deleted: view.deletedCount,
                terms: view.segment.termCount, bytes: view.segment.bytes.buffer.count)
        }
    }

    /// The number of documents that can be found.
    public var documentCount: Int { views.reduce(0) { $0 + $1.livingCount } }

    /// The number of documents that hold a term in any field; deleted ones count until they are merged away.
    ///
    /// - Complexity: O(segments · log terms).
    public func documentFrequency(of term: String) -> Int {
        views.reduce(0) { $0 + ($1.segment.find(term)?.frequency ?? 0) }
    }

    /// How rare a term is: `ln(1 + (N − n + 0.5) / (n + 0.5))`.
    public func idf(of term: String) -> Float { idf(frequency: documentFrequency(of: term)) }

    private func idf(frequency: Int) -> Float {
        let (all, holding) = (Float(total), Float(min(frequency, total)))
        return logarithm(1 + (all - holding + 0.5) / (holding + 0.5))
    }

    /// The terms of the index within an edit distance of a term that begin as it does, without the term itself.
    ///
    /// Whoever slips seldom does so at the first letter, and the dictionary is in order: so only a part of it is read.
    ///
    /// - Returns: by the number of documents that hold them, most first, then by spelling.
    /// - Complexity: O(terms with the same first byte · length of the term).
    public func terms(near term: String, distance: Int, limit: Int) -> [String] {
        let length = term.utf8.count
        var frequencies: [String: Int] = [:]
        for view in views {
            for number in view.segment.terms(beginningLike: term) {
                let bytes = view.segment.bytes(of: number)
                guard abs(bytes.count - length) <= distance * 4 else { continue }
                let candidate = String(decoding: bytes, as: UTF8.self)
                guard candidate != term else { continue }
                if frequencies[candidate] == nil,
                    EditDistance.bounded(candidate, term, limit: distance) == nil
                {
                    continue
                }
                frequencies[candidate, default: 0] += view.segment.term(number).frequency
            }
        }
        return frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    }

    /// The best documents for a query.
    ///
    /// - Returns: at most `limit` hits, better ones first, equals by name.
    /// - Complexity: O(postings of the query's terms) at worst; most are passed over by their bounds.
    public func search(_ query: Query, limit: Int) -> [Hit] {
        guard limit > 0 else { return [] }
        let clauses = query.clauses.map(prepared)
        var best = TopHits(limit: limit)
        for view in views {
            let scoring = SegmentScoring(view.segment, schema: schema, averages: averages)
            SegmentSearch(clauses, filter: query.filter, view: view, scoring: scoring).run(into: &best)
        }
        return best.sorted
    }

    /// The same as ``search(_:limit:)``, found by scoring every document by itself: slow, plain, and the measure of the
    /// other.
    public func searchExhaustively(_ query: Query, limit: Int) -> [Hit] {
        var hits: [Hit] = []
        for view in views {
            let plain = PlainScorer(query, clauses: query.clauses.map(prepared), in: view.segment, of: self)
            for number in 0..<view.segment.documentCount where !view.isDeleted(number) {
                guard let found = plain.explanation(number) else { continue }
                hits.append(Hit(document: view.segment.id(number), score: found.total))
            }
        }
        return Array(hits.sorted(by: Hit.isBetter).prefix(max(0, limit)))
    }

    /// How a document's score comes about; nil where it does not match.
    public func explain(_ query: Query, _ document: DocumentID) -> Explanation? {
        for view in views {
            guard let number = view.segment.number(of: document), !view.isDeleted(number) else { continue }
            return PlainScorer(query, clauses: query.clauses.map(prepared), in: view.segment, of: self)
                .explanation(number)
        }
        return nil
    }

    func prepared(_ clause: Clause) -> PreparedClause {
        let terms = clause.phrase ?? [clause.term]
        var mask: UInt8 = .max
        if let fields = clause.fields { mask = fields.reduce(0) { $0 | 1 << UInt8($1) } }
        return PreparedClause(
            terms: terms, idf: terms.reduce(0) { $0 + idf(of: $1) }, weight: clause.weight,
            occurrence: clause.occurrence, fieldMask: mask)
    }
}

/// What one segment of an index holds.
public struct SegmentStatistics: Sendable, Hashable {
    /// Its documents, deleted ones included.
    public var documents: Int
    /// Those that cannot be found any more.
    public var deleted: Int
    /// Its different terms.
    public var terms: Int
    /// Its size.
    public var bytes: Int
}

/// Scores documents of a segment one at a time, clause by clause, with the account of it.
private struct PlainScorer {
    private let query: Query
    private let prepared: [PreparedClause]
    private let segment: Segment
    private let searcher: Searcher
    private let filter: Segment.PreparedFilter?
    private let cursors: [ClauseCursor?]

    init(_ query: Query, clauses: [PreparedClause], in segment: Segment, of searcher: Searcher) {
        self.query = query
        prepared = clauses
        self.segment = segment
        self.searcher = searcher
        filter = query.filter.map(segment.prepared)
        let scoring = SegmentScoring(segment, schema: searcher.schema, averages: searcher.averages)
        cursors = clauses.map { ClauseCursor($0, scoring: scoring) }
    }

    /// The account of one document; nil where it does not match.
    ///
    /// Documents must be asked for in ascending order.
    func explanation(_ number: Int) -> Explanation? {
        if let filter, !segment.passes(number, filter) { return nil }
        var parts: [Explanation.Part] = []
        var total: Int32 = 0
        var isMatched = false
        for (index, clause) in query.clauses.enumerated() {
            let found = cursors[index]?.parts(of: UInt32(number)) ?? []
            switch clause.occurrence {
            case .excluded:
                if !found.isEmpty { return nil }
                continue
            case .required: if found.isEmpty { return nil }
            case .optional: break
            }
            isMatched = isMatched || !found.isEmpty
            for (field, frequency, units) in found {
                total += units
                parts.append(
                    Explanation.Part(
                        term: clause.term, field: searcher.schema.fields[field].name, frequency: frequency,
                        length: segment.length(number, field), averageLength: searcher.averages[field],
                        idf: prepared[index].idf,
                        weight: clause.weight * searcher.schema.fields[field].boost,
                        score: Score.points(units)))
            }
        }
        return isMatched ? Explanation(total: Score.points(total), parts: parts) : nil
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The natural logarithm.
private func logarithm(_ value: Float) -> Float { logf(value) }
