import Synchronization
import Text

/// A snapshot of an index: what could be found at one moment.
///
/// It is safe to share.
///
/// A document's score is the sum, over clauses and fields, of
/// `weight · boost · idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average))`, where a term's idf is
/// `ln(1 + (N − n + 0.5) / (n + 0.5))` over the documents that hold it in any field. Deleted documents count in the
/// statistics until they are merged away.
/// Each term of the sum is kept to a 4096th, so that it is the same in whatever order it is taken.
/// Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
public final class Searcher: Sendable {
    let schema: Schema
    let views: [SegmentView]
    private let total: Int
    let averages: [Float]
    /// What lengths add below the line, by field and code.
    let norms: [[Float]]
    /// The same, and what else does not depend on the question.
    let tables: LengthTables
    private let met = MetTerms()
    /// Memory that its searches use one after the other.
    let windows = WindowMemory()

    init(schema: Schema, views: [SegmentView]) {
        self.schema = schema
        self.views = views
        let total = views.reduce(0) { $0 + $1.segment.documentCount }
        self.total = total
        averages = schema.fields.indices.map { field in
            let length = views.reduce(0) { $0 + $1.segment.totals[field] }
            return total == 0 ? 0 : Float(length) / Float(total)
        }
        norms = schema.norms(averages: averages)
        tables = LengthTables(
            norms: norms,
            codes: schema.fields.indices.map { field in
                (views.map { Int($0.segment.longestCodes[field]) }.max() ?? 0) + 1
            }, averages: averages)
    }

    /// What was found to be wrong with the index since it was opened; nil where nothing was.
    ///
    /// Postings are held against their checksums when they are first read. Where they do not agree, nothing is found any
    /// more: the index must be built again.
    public var damage: SearchError? {
        for view in views {
            if let failure = view.segment.failure { return failure }
        }
        return nil
    }

    /// Holds all bytes against their checksums.
    ///
    /// - Throws: ``SearchError/damaged(file:reason:)``.
    /// - Complexity: O(size of the index).
    public func verify() throws(SearchError) { for view in views { try view.segment.verify() } }

    /// What the index is made of, one entry a segment.
    public var segments: [SegmentStatistics] {
        views.map { view in
            SegmentStatistics(
                documents: view.segment.documentCount, deleted: view.deletedCount,
                terms: view.segment.dictionary.count, bytes: view.segment.bytes.buffer.count)
        }
    }

    /// The number of documents that can be found.
    public var documentCount: Int { views.reduce(0) { $0 + $1.livingCount } }

    /// The number of documents that hold a term in any field; deleted ones count until they are merged away.
    ///
    /// - Complexity: O(segments · log terms).
    public func documentFrequency(of term: String) -> Int {
        entries(of: term).reduce(0) { $0 + ($1?.frequency ?? 0) }
    }

    /// Where the postings of a term lie in each segment; a question asks for its terms again and again.
    ///
    /// - Complexity: O(segments · log terms) for the first time.
    func entries(of term: String) -> [TermDictionary.Entry?] {
        met.entries(of: term) { views.map { $0.segment.dictionary.find(term) } }
    }

    /// How rare a term is: `ln(1 + (N − n + 0.5) / (n + 0.5))`.
    public func idf(of term: String) -> Float { idf(ofFrequency: documentFrequency(of: term)) }

    /// How rare a term is that so many documents hold.
    public func idf(ofFrequency frequency: Int) -> Float {
        let (all, holding) = (Float(total), Float(min(frequency, total)))
        return logarithm(1 + (all - holding + 0.5) / (holding + 0.5))
    }

    /// The terms of the index that a few slips make out of a term, without the term itself.
    ///
    /// - Parameters:
    ///   - term: as analysed; of at most 63 letters, a longer one is near nothing.
    ///   - distance: how many letters may be added, left out, mistaken or swapped with the next; at most 8.
    ///   - prefix: how many letters at the beginning must be the same, which makes it many times faster.
    ///   - limit: how many terms at most.
    /// - Returns: nearest first; of those as near, the ones that begin as the term does, whoever slips seldom doing so at
    ///   the first letter; then by the number of documents that hold them, most first, then by spelling.
    /// - Complexity: O(beginnings of terms within the distance · (length of the term + log terms)).
    public func terms(near term: String, distance: Int, prefix: Int = 0, limit: Int) -> [String] {
        guard let first = term.utf8.first else { return [] }
        var found: [String: (slips: Int, frequency: Int)] = [:]
        for view in views {
            if distance == 1, let filter = view.segment.termFilter,
                let slip = OneSlip(term, prefix: prefix, filter)
            {
                for bytes in slip.words(in: filter) {
                    guard let entry = view.segment.dictionary.find(bytes) else { continue }
                    let term = String(decoding: bytes, as: UTF8.self)
                    found[term, default: (1, 0)].frequency += entry.frequency
                }
                continue
            }
            guard var near = NearTerms(term, limit: distance, prefix: prefix) else { return [] }
            var reader = view.segment.dictionary.reader(at: 0)
            var isMore = reader.advance()
            while isMore {
                switch near.verdict(on: reader.bytes, shared: reader.shared) {
                case .near(let slips):
                    if slips > 0 {
                        let term = String(decoding: reader.bytes, as: UTF8.self)
                        found[term, default: (slips, 0)].frequency += reader.frequency
                    }
                    isMore = reader.advance()
                case .far: isMore = reader.advance()
                case .hopeless: isMore = reader.seek(near.next)
                case .last: isMore = false
                }
            }
        }
        return found.sorted {
            let (a, b) = ($0.value, $1.value)
            let (begins, other) = ($0.key.utf8.first == first, $1.key.utf8.first == first)
            guard a.slips == b.slips else { return a.slips < b.slips }
            guard begins == other else { return begins }
            return (b.frequency, $0.key) < (a.frequency, $1.key)
        }.prefix(limit).map(\.key)
    }

    /// The terms of the index with a beginning, with the number of documents that hold each.
    ///
    /// - Parameters:
    ///   - beginning: what they begin with; not empty.
    ///   - limit: how many a segment is asked for at most.
    /// - Returns: the terms that most documents hold first, then by spelling; deleted documents count until they are
    ///   merged away.
    /// - Complexity: O(segments · (log terms + limit)).
    public func terms(beginning: String, limit: Int) -> [(term: String, frequency: Int)] {
        let bytes = Array(beginning.utf8)
        guard !bytes.isEmpty else { return [] }
        var found: [String: Int] = [:]
        for view in views {
            for (term, frequency) in view.segment.dictionary.terms(beginning: bytes, limit: limit) {
                found[String(decoding: term, as: UTF8.self), default: 0] += frequency
            }
        }
        return found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// The best documents for a query.
    ///
    /// - Parameters:
    ///   - query: what to look for.
    ///   - limit: how many hits at most.
    /// - Returns: at most `limit` hits, better ones first, equals by name.
    /// - Complexity: O(postings of the query's terms) at worst; most are passed over by their bounds.
    public func search(_ query: Query, limit: Int) -> [Hit] {
        guard limit > 0, !views.isEmpty else { return [] }
        let scoring = QueryScoring(query.clauses.map(prepared), of: self)
        let searches = views.indices.map { place in
            SegmentSearch(scoring, filter: query.filter, view: views[place], place: place)
        }
        let segments = views.map(\.segment)
        var best = TopHits(limit: limit, of: segments)
        // A guess that was too high leaves too few; it is as if it had not been made.
        if let (largest, sample) = sample(searches, limit: limit) {
            // Of those of the sample that score above its last, all are known.
            best = TopHits(limit: limit, of: segments, atLeast: sample.threshold + 1)
            for entry in sample.entries where entry.units > sample.threshold { best.offer(entry) }
            for (place, search) in searches.enumerated() {
                search.run(into: &best, besidesSample: place == largest)
            }
            if best.isFull { return damage == nil ? best.sorted : [] }
            best = TopHits(limit: limit, of: segments)
        }
        for search in searches { search.run(into: &best) }
        return damage == nil ? best.sorted : []
    }

    /// The best hits of a sample of the largest segment, the last of which scores about what the worst of all best hits is
    /// likely to score at least; with the segment's place.
    private func sample(_ searches: [SegmentSearch], limit: Int) -> (largest: Int, hits: TopHits)? {
        guard
            let largest = searches.indices.max(by: {
                searches[$0].documentCount < searches[$1].documentCount
            })
        else { return nil }
        return searches[largest].sample(limit: limit, of: total).map { (largest, $0) }
    }

    /// The same as ``search(_:limit:)``, found by scoring every document by itself: slow, plain, and the measure of the
    /// other.
    public func searchExhaustively(_ query: Query, limit: Int) -> [Hit] {
        var hits: [Hit] = []
        for (place, view) in views.enumerated() {
            let plain = PlainScorer(query, in: place, of: self)
            for number in 0..<view.segment.documentCount where !view.isDeleted(number) {
                guard let found = plain.explanation(number) else { continue }
                hits.append(Hit(document: view.segment.id(number), score: found.total))
            }
        }
        return damage == nil ? Array(hits.sorted(by: Hit.isBetter).prefix(max(0, limit))) : []
    }

    /// How a document's score comes about; nil where it does not match.
    public func explain(_ query: Query, _ document: DocumentID) -> Explanation? {
        for (place, view) in views.enumerated() {
            guard let number = view.segment.number(of: document), !view.isDeleted(number) else { continue }
            let explanation = PlainScorer(query, in: place, of: self).explanation(number)
            return damage == nil ? explanation : nil
        }
        return nil
    }

    /// A query whose terms have been looked up, for those who ask several things of it.
    ///
    /// - Complexity: O(terms · segments · log terms of the index).
    public func prepared(_ query: Query) -> PreparedQuery {
        PreparedQuery(query: query, prepared: query.clauses.map(prepared))
    }

    func prepared(_ clause: Clause) -> PreparedClause {
        let entries = (clause.phrase ?? [clause.term]).map(entries(of:))
        let idf = entries.reduce(into: Float(0)) { sum, entries in
            sum += self.idf(ofFrequency: entries.reduce(0) { $0 + ($1?.frequency ?? 0) })
        }
        var mask: UInt8 = .max
        if let fields = clause.fields { mask = fields.reduce(0) { $0 | 1 << UInt8($1) } }
        return PreparedClause(
            entries: entries, idf: idf, weight: clause.weight, occurrence: clause.occurrence, fieldMask: mask)
    }
}

/// A query whose terms have been looked up in a snapshot of an index, of which alone it may be asked.
public struct PreparedQuery: Sendable {
    /// What is looked for.
    public let query: Query
    let prepared: [PreparedClause]

    /// The number of documents that hold each clause's term in any field; deleted ones count until they are merged away.
    ///
    /// Of a phrase it is that of the term that the fewest hold.
    public var frequencies: [Int] { prepared.map(\.frequency) }

    /// How rare each clause is; of a phrase, its terms together.
    public var idf: [Float] { prepared.map(\.idf) }
}

/// The terms that a snapshot was asked for, with what was found.
private final class MetTerms: Sendable {
    /// So many are kept; then it begins anew.
    private static let most = 4096
    private let known = Mutex<[TermKey: [TermDictionary.Entry?]]>([:])

    func entries(of term: String, find: () -> [TermDictionary.Entry?]) -> [TermDictionary.Entry?] {
        let key = TermKey(term)
        if let found = known.withLock({ $0[key] }) { return found }
        let found = find()
        known.withLock { known in
            if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
            known[key] = found
        }
        return found
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
    private let matchers: [[FieldMatcher]]
    private let norms: [[Float]]

    /// - Parameters:
    ///   - query: what documents are scored for.
    ///   - place: that of the segment among those of the snapshot.
    ///   - searcher: the snapshot.
    init(_ query: Query, in place: Int, of searcher: Searcher) {
        self.query = query
        let segment = searcher.views[place].segment
        prepared = query.clauses.map(searcher.prepared)
        self.segment = segment
        self.searcher = searcher
        filter = query.filter.map(segment.prepared)
        norms = searcher.norms
        matchers = prepared.map { clause in
            clause.lists(in: place).compactMap { FieldMatcher($0.all, in: segment) }
        }
    }

    /// What each field of a document adds for a clause; empty where it does not hold the clause.
    private func parts(_ clause: Int, _ document: Int) -> [(field: Int, frequency: Int, units: Int32)] {
        matchers[clause].compactMap { matcher in
            let frequency = matcher.frequency(in: UInt32(document))
            guard frequency > 0 else { return nil }
            let field = matcher.field
            let scale =
                prepared[clause].weight * prepared[clause].idf * searcher.schema.gain(field)
                * Score.unitsPerPoint
            let norm = norms[field][Int(segment.lengths(of: field)[document])]
            return (field, Int(frequency), UnitTable.units(frequency, norm, scale))
        }
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
            let found = self.parts(index, number)
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
