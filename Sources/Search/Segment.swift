import Text

/// An immutable part of an index: the postings of the documents of one or more changes.
///
/// Documents are numbered from 0 in the order of their names. Postings of a term are ordered by document, then field.
final class Segment: Sendable {
    /// One term in one field of one document.
    struct Posting: Sendable {
        var document: UInt32
        var field: UInt8
        var frequency: UInt32
        /// Where its positions begin in ``Segment/positions``.
        var positions: Int
    }

    let documents: [DocumentID]
    let times: [Int64?]
    let tags: [[String]]
    /// Field lengths as ``LengthCode``, document by document, field by field.
    let lengths: [UInt8]
    /// The sums of the decoded lengths, a field each.
    let totals: [Int]
    /// Where the postings of each term lie.
    let terms: [String: Range<Int>]
    /// The number of documents that hold each term, in any field.
    let documentFrequencies: [String: Int]
    let postings: [Posting]
    let positions: [UInt32]
    let fieldCount: Int

    init(_ groups: [(group: Int64, documents: [Document])], fieldCount: Int) {
        let named = groups.flatMap { group, documents in
            documents.map { (DocumentID(group: group, ordinal: $0.ordinal), $0) }
        }.sorted { $0.0 < $1.0 }
        self.fieldCount = fieldCount
        var builder = SegmentBuilder(fieldCount: fieldCount)
        var analyzers: [Language: TextAnalyzer] = [:]
        for (_, document) in named {
            let analyzer = analyzers[document.language] ?? TextAnalyzer(document.language)
            analyzers[document.language] = analyzer
            builder.add(document, analyzer: analyzer)
        }
        documents = named.map(\.0)
        times = named.map(\.1.time)
        tags = named.map(\.1.tags)
        (lengths, totals) = (builder.lengths, builder.totals)
        (terms, documentFrequencies, postings, positions) = builder.finish()
    }

    /// One segment of the living documents of several, as if they had been indexed together.
    init(merging parts: [SegmentView], fieldCount: Int) {
        self.fieldCount = fieldCount
        // (name, part, number there), by name.
        var living: [(DocumentID, Int, Int)] = []
        for (part, view) in parts.enumerated() {
            for number in view.segment.documents.indices where !view.isDeleted(number) {
                living.append((view.segment.documents[number], part, number))
            }
        }
        living.sort { $0.0 < $1.0 }
        var renumbered = parts.map { [UInt32](repeating: .max, count: $0.segment.documents.count) }
        var lengths: [UInt8] = []
        var totals = [Int](repeating: 0, count: fieldCount)
        for (new, (_, part, old)) in living.enumerated() {
            renumbered[part][old] = UInt32(new)
            for field in 0..<fieldCount {
                let code = parts[part].segment.lengths[old * fieldCount + field]
                lengths.append(code)
                totals[field] += LengthCode.decode(code)
            }
        }
        documents = living.map(\.0)
        times = living.map { parts[$0.1].segment.times[$0.2] }
        tags = living.map { parts[$0.1].segment.tags[$0.2] }
        self.lengths = lengths
        self.totals = totals

        var terms: [String: Range<Int>] = [:]
        var frequencies: [String: Int] = [:]
        var postings: [Posting] = []
        var positions: [UInt32] = []
        for term in Set(parts.flatMap { $0.segment.terms.keys }).sorted() {
            var found: [(Posting, Int)] = []
            for (part, view) in parts.enumerated() {
                for posting in view.segment.postings(of: term) {
                    var moved = posting
                    moved.document = renumbered[part][Int(posting.document)]
                    if moved.document != .max { found.append((moved, part)) }
                }
            }
            guard !found.isEmpty else { continue }
            found.sort { ($0.0.document, $0.0.field) < ($1.0.document, $1.0.field) }
            let start = postings.count
            var holders = 0
            var last: UInt32?
            for (posting, part) in found {
                var posting = posting
                let old = posting.positions
                posting.positions = positions.count
                positions += parts[part].segment.positions[old..<old + Int(posting.frequency)]
                if posting.document != last { holders += 1 }
                last = posting.document
                postings.append(posting)
            }
            terms[term] = start..<postings.count
            frequencies[term] = holders
        }
        self.terms = terms
        documentFrequencies = frequencies
        self.postings = postings
        self.positions = positions
    }

    func postings(of term: String) -> ArraySlice<Posting> { terms[term].map { postings[$0] } ?? [] }

    func length(_ document: Int, _ field: Int) -> Int {
        LengthCode.decode(lengths[document * fieldCount + field])
    }
}

/// Gathers the postings of a segment, document by document.
private struct SegmentBuilder {
    private struct Entry {
        var document: UInt32
        var field: UInt8
        var positions: [UInt32]
    }

    let fieldCount: Int
    var lengths: [UInt8] = []
    var totals: [Int]
    private var entries: [String: [Entry]] = [:]
    private var count: UInt32 = 0

    init(fieldCount: Int) {
        self.fieldCount = fieldCount
        totals = Array(repeating: 0, count: fieldCount)
    }

    mutating func add(_ document: Document, analyzer: TextAnalyzer) {
        for field in 0..<fieldCount {
            let text = field < document.texts.count ? document.texts[field] : ""
            let tokens = analyzer.tokens(in: text)
            // A field is as long as it has places: pairs of characters do not make a Chinese text longer.
            let code = LengthCode.encode((tokens.last?.position).map { $0 + 1 } ?? 0)
            lengths.append(code)
            totals[field] += LengthCode.decode(code)
            for token in tokens {
                let position = UInt32(token.position)
                let isOpen =
                    entries[token.term]?.last.map { $0.document == count && $0.field == UInt8(field) }
                    ?? false
                if isOpen, let last = entries[token.term]?.indices.last {
                    entries[token.term]?[last].positions.append(position)
                } else {
                    entries[token.term, default: []].append(
                        Entry(document: count, field: UInt8(field), positions: [position]))
                }
            }
        }
        count += 1
    }

    func finish() -> ([String: Range<Int>], [String: Int], [Segment.Posting], [UInt32]) {
        var terms: [String: Range<Int>] = [:]
        var frequencies: [String: Int] = [:]
        var postings: [Segment.Posting] = []
        var positions: [UInt32] = []
        for (term, found) in entries {
            let start = postings.count
            var holders = 0
            var last: UInt32?
            for entry in found {
                postings.append(
                    Segment.Posting(
                        document: entry.document, field: entry.field,
                        frequency: UInt32(entry.positions.count),
                        positions: positions.count))
                positions += entry.positions
                if entry.document != last { holders += 1 }
                last = entry.document
            }
            terms[term] = start..<postings.count
            frequencies[term] = holders
        }
        return (terms, frequencies, postings, positions)
    }
}

/// A segment as of one moment: with the documents that were deleted since it was made.
struct SegmentView: Sendable {
    let segment: Segment
    private(set) var deleted: Set<Int> = []

    init(_ segment: Segment) { self.segment = segment }

    func isDeleted(_ document: Int) -> Bool { !deleted.isEmpty && deleted.contains(document) }

    var livingCount: Int { segment.documents.count - deleted.count }

    /// Takes the documents of groups away.
    mutating func delete(groups: Set<Int64>) {
        for (number, document) in segment.documents.enumerated() where groups.contains(document.group) {
            deleted.insert(number)
        }
    }
}
