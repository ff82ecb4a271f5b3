import Text

extension Segment {
    /// A segment of new documents.
    ///
    /// - Complexity: O(length of the texts + terms · log terms).
    static func build(_ groups: [(group: Int64, documents: [Document])], schema: Schema) -> [UInt8] {
        let named = groups.flatMap { group, documents in
            documents.map { (DocumentID(group: group, ordinal: $0.ordinal), $0) }
        }.sorted { $0.0 < $1.0 }
        let builder = SegmentBuilder(schema: schema)
        for (id, document) in named { builder.add(id, document) }
        return builder.finish()
    }
}

/// Gathers the postings of new documents.
private final class SegmentBuilder {
    private let schema: Schema
    private var writer: SegmentWriter
    private let terms = TermTable()
    private var scanners: [Language: TermScanner] = [:]
    /// One a field.
    private var arenas: [PostingsArena]
    private var count: UInt32 = 0

    init(schema: Schema) {
        self.schema = schema
        writer = SegmentWriter(schema: schema)
        arenas = schema.fields.map { _ in PostingsArena() }
    }

    deinit { for arena in arenas { arena.free() } }

    func add(_ id: DocumentID, _ document: Document) {
        let scanner = scanners[document.language] ?? TermScanner(document.language, terms: terms)
        scanners[document.language] = scanner
        var lengths: [UInt8] = []
        for field in schema.fields.indices {
            let text = field < document.texts.count ? document.texts[field] : ""
            if schema.fields[field].isExact {
                lengths.append(LengthCode.encode(addLines(of: text, to: field)))
                continue
            }
            let places = scanner.scan(text) { found in
                arenas[field].add(found, document: count, terms: terms.count)
                return found.last.map { Int($0.position) + 1 } ?? 0
            }
            // A field is as long as it has places: pairs of characters do not make a Chinese text longer.
            lengths.append(LengthCode.encode(places))
        }
        writer.add(id, time: document.time, tags: document.tags, lengths: lengths)
        count += 1
    }

    /// Adds each line as a term; returns how many there are.
    private func addLines(of text: String, to field: Int) -> Int {
        let found = text.utf8.split(separator: UInt8(ascii: "\n")).enumerated().map { place, line in
            TermOccurrence(
                term: Array(line).withUnsafeBufferPointer(terms.number), position: UInt32(place))
        }
        found.withUnsafeBufferPointer { arenas[field].add($0, document: count, terms: terms.count) }
        return found.count
    }

    func finish() -> [UInt8] {
        var lists = schema.fields.map { _ in PostingsWriter.List() }
        for number in termsInOrder() {
            for field in arenas.indices {
                lists[field].removeAll()
                arenas[field].read(number, into: &lists[field])
            }
            writer.add(term: terms[number], lists: lists)
        }
        return writer.finish()
    }

    /// The numbers of the terms in ascending order of their bytes.
    private func termsInOrder() -> [UInt32] {
        // Most terms differ in their first eight bytes, which compare as one number.
        var order: [(head: UInt64, number: UInt32)] = []
        order.reserveCapacity(terms.count)
        for number in 0..<UInt32(terms.count) {
            let term = terms[number]
            var head: UInt64 = 0
            for place in 0..<8 { head = head << 8 | (place < term.count ? UInt64(term[place]) : 0) }
            order.append((head, number))
        }
        order.sort { a, b in
            a.head != b.head ? a.head < b.head : terms[a.number].lexicographicallyPrecedes(terms[b.number])
        }
        return order.map(\.number)
    }
}
