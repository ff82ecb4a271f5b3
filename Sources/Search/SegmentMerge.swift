extension Segment {
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
