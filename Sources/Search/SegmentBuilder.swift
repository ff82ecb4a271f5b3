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

    /// One segment of the living documents of several, as if they had been indexed together.
    ///
    /// - Complexity: O(postings · log segments + positions).
    static func merge(_ parts: [SegmentView], schema: Schema) -> [UInt8] {
        // (name, part, number there), by name.
        var living: [(id: DocumentID, part: Int, number: Int)] = []
        for (part, view) in parts.enumerated() {
            for number in 0..<view.segment.documentCount where !view.isDeleted(number) {
                living.append((view.segment.id(number), part, number))
            }
        }
        living.sort { $0.id < $1.id }
        var writer = SegmentWriter(schema: schema)
        var numbers = parts.map { [UInt32](repeating: .max, count: $0.segment.documentCount) }
        for (new, (id, part, old)) in living.enumerated() {
            numbers[part][old] = UInt32(new)
            let segment = parts[part].segment
            writer.add(
                id, time: segment.time(old), tags: segment.tags(old),
                lengths: (0..<segment.fieldCount).map { segment.lengthCode(old, $0) })
        }
        var next = [Int](repeating: 0, count: parts.count)
        var occurrences: [SegmentWriter.Occurrence] = []
        while true {
            // The smallest of the terms that the parts stand on.
            var least: UnsafeBufferPointer<UInt8>?
            for (part, view) in parts.enumerated() where next[part] < view.segment.termCount {
                let bytes = view.segment.bytes(of: next[part])
                if least.map({ Segment.isBefore(bytes, $0) }) ?? true { least = bytes }
            }
            guard let term = least else { break }
            occurrences.removeAll(keepingCapacity: true)
            var sources = 0
            for (part, view) in parts.enumerated() where next[part] < view.segment.termCount {
                guard view.segment.bytes(of: next[part]).elementsEqual(term) else { continue }
                let before = occurrences.count
                let cursor = TermCursor(view.segment.term(next[part]), in: view.segment)
                while cursor.document != TermCursor.end {
                    let number = numbers[part][Int(cursor.document)]
                    if number != .max {
                        for (field, positions) in cursor.positions() {
                            occurrences.append(
                                SegmentWriter.Occurrence(
                                    document: number, field: UInt8(field), positions: positions[...]))
                        }
                    }
                    cursor.advance()
                }
                if occurrences.count > before { sources += 1 }
                next[part] += 1
            }
            if sources > 1 { occurrences.sort { ($0.document, $0.field) < ($1.document, $1.field) } }
            if !occurrences.isEmpty { writer.add(term: term, occurrences) }
        }
        return writer.finish()
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
