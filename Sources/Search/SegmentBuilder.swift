import Text

extension Segment {
    /// A segment of new documents.
    ///
    /// - Complexity: O(length of the texts + terms · log terms).
    static func build(_ groups: [(group: Int64, documents: [Document])], schema: Schema) -> [UInt8] {
        let named = groups.flatMap { group, documents in
            documents.map { (DocumentID(group: group, ordinal: $0.ordinal), $0) }
        }.sorted { $0.0 < $1.0 }
        var builder = SegmentBuilder(schema: schema)
        for (id, document) in named { builder.add(id, document) }
        return builder.finish()
    }
}

/// Gathers the postings of new documents.
private struct SegmentBuilder {
    private struct Entry {
        var document: UInt32
        var field: UInt8
        /// Where its positions begin among those of the term.
        var start: Int
    }

    private struct Postings {
        var entries: [Entry] = []
        var positions: [UInt32] = []
    }

    private let schema: Schema
    private var writer: SegmentWriter
    private var analyzers: [Language: TextAnalyzer] = [:]
    private var numbers: [String: Int] = [:]
    private var postings: [Postings] = []
    private var count: UInt32 = 0

    init(schema: Schema) {
        self.schema = schema
        writer = SegmentWriter(schema: schema)
    }

    mutating func add(_ id: DocumentID, _ document: Document) {
        let analyzer = analyzers[document.language] ?? TextAnalyzer(document.language)
        analyzers[document.language] = analyzer
        var lengths: [UInt8] = []
        for field in schema.fields.indices {
            let tokens = analyzer.tokens(in: field < document.texts.count ? document.texts[field] : "")
            // A field is as long as it has places: pairs of characters do not make a Chinese text longer.
            lengths.append(LengthCode.encode((tokens.last?.position).map { $0 + 1 } ?? 0))
            for token in tokens { add(token.term, UInt8(field), UInt32(token.position)) }
        }
        writer.add(id, time: document.time, tags: document.tags, lengths: lengths)
        count += 1
    }

    private mutating func add(_ term: String, _ field: UInt8, _ position: UInt32) {
        let number = numbers[term] ?? postings.count
        if number == postings.count {
            numbers[term] = number
            postings.append(Postings())
        }
        let isNew =
            postings[number].entries.last.map { $0.document != count || $0.field != field } ?? true
        if isNew {
            postings[number].entries.append(
                Entry(document: count, field: field, start: postings[number].positions.count))
        }
        postings[number].positions.append(position)
    }

    mutating func finish() -> [UInt8] {
        let terms = numbers.map { (Array($0.key.utf8), $0.value) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
        for (term, number) in terms {
            let found = postings[number]
            let occurrences = found.entries.indices.map { index -> SegmentWriter.Occurrence in
                let entry = found.entries[index]
                let end =
                    index + 1 < found.entries.count ? found.entries[index + 1].start : found.positions.count
                return SegmentWriter.Occurrence(
                    document: entry.document, field: entry.field,
                    positions: Self.ascending(found.positions[entry.start..<end]))
            }
            writer.add(term: term, occurrences)
        }
        return writer.finish()
    }

    /// Tokens of one place may come in any order; their positions are written as distances.
    private static func ascending(_ positions: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
        for (a, b) in zip(positions, positions.dropFirst()) where a > b { return positions.sorted()[...] }
        return positions
    }
}
