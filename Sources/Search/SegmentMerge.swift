extension Segment {
    /// One segment of the living documents of several, as if they had been indexed together.
    ///
    /// It reads nothing but what is handed to it, and may run beside whatever else.
    ///
    /// - Parameters:
    ///   - parts: the segments with what is deleted in them.
    ///   - schema: that of the index.
    ///   - isCancelled: asked at every term whether to give up.
    /// - Returns: nil when it was cancelled, or when a part is not what was written, which the part keeps in mind.
    /// - Complexity: O(postings · log segments + positions).
    static func merge(
        _ parts: [SegmentView], schema: Schema, isCancelled: () -> Bool = { false }
    ) -> [UInt8]? {
        for part in parts where !part.segment.isWhole() { return nil }
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
                lengths: (0..<segment.fieldCount).map { segment.lengths(of: $0)[old] })
        }
        living = []
        var readers = parts.map { $0.segment.dictionary.reader(at: 0) }
        var isOpen = readers.indices.map { readers[$0].advance() }
        var lists = schema.fields.map { _ in MergedList() }
        while let first = readers.indices.filter({ isOpen[$0] }).min(by: {
            readers[$0].bytes.lexicographicallyPrecedes(readers[$1].bytes)
        }) {
            if isCancelled() { return nil }
            let term = readers[first].bytes
            for part in readers.indices where isOpen[part] && readers[part].bytes == term {
                for list in readers[part].lists {
                    lists[list.field].add(list, of: parts[part].segment, numbers: numbers[part])
                }
                isOpen[part] = readers[part].advance()
            }
            let merged = lists.indices.map { lists[$0].take() }
            if merged.contains(where: { !$0.documents.isEmpty }) { writer.add(term: term, lists: merged) }
        }
        return parts.allSatisfy { $0.segment.failure == nil } ? writer.finish() : nil
    }
}

/// Gathers the postings of one term in one field from several segments.
private struct MergedList {
    private var list = PostingsWriter.List()
    private var isOrdered = true
    private let buffers = CursorBuffers()
    private lazy var buffer = buffers.next()

    /// Adds those of a segment's documents that have a number.
    mutating func add(_ part: TermList, of segment: Segment, numbers: [UInt32]) {
        guard var counter = ListCursor(part, in: segment, buffer: buffer),
            var reader = PositionReader(part, in: segment, count: counter.countPositions()),
            var cursor = ListCursor(part, in: segment, buffer: buffer)
        else { return }
        var place = 0
        while cursor.document != ListCursor.end {
            let frequency = cursor.frequencyHere
            let number = numbers[Int(cursor.document)]
            if number != .max {
                if let last = list.documents.last, last > number { isOrdered = false }
                let before = list.distances.count
                reader.distances(from: place, count: Int(frequency)) { list.distances.append($0) }
                guard frequency > 0, list.distances.count - before == Int(frequency) else {
                    list.distances.removeLast(list.distances.count - before)
                    return segment.fail("its positions make no sense")
                }
                list.documents.append(number)
                list.frequencies.append(frequency)
            }
            place += Int(frequency)
            cursor.advance()
        }
    }

    /// The list by document; it is empty afterwards.
    mutating func take() -> PostingsWriter.List {
        defer {
            list.removeAll()
            isOrdered = true
        }
        guard !isOrdered else { return list }
        var starts: [Int] = []
        var start = 0
        for frequency in list.frequencies {
            starts.append(start)
            start += Int(frequency)
        }
        var ordered = PostingsWriter.List()
        for place in list.documents.indices.sorted(by: { list.documents[$0] < list.documents[$1] }) {
            ordered.documents.append(list.documents[place])
            ordered.frequencies.append(list.frequencies[place])
            ordered.distances += list.distances[starts[place]..<starts[place] + Int(list.frequencies[place])]
        }
        return ordered
    }
}
