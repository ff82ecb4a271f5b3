extension Segment {
    /// One segment of the living documents of several, as if they had been indexed together, in memory.
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
        var writer = SegmentWriter(schema: schema)
        return merge(parts, into: &writer, isCancelled: isCancelled) ? writer.finish() : nil
    }

    /// The same into a writer, which need not keep all of it in memory.
    ///
    /// - Returns: whether it was done.
    static func merge(
        _ parts: [SegmentView], into writer: inout SegmentWriter, isCancelled: () -> Bool
    ) -> Bool {
        for part in parts where !part.segment.isWhole() { return false }
        // Where one part's documents follow another's, its postings do as well.
        let parts = parts.filter { $0.segment.documentCount > 0 }
            .sorted { $0.segment.id(0) < $1.segment.id(0) }
        let numbers = add(documentsOf: parts, to: &writer)
        let offsets = numbers.map(offset)
        var readers = parts.map { $0.segment.dictionary.reader(at: 0) }
        var isOpen = readers.indices.map { readers[$0].advance() }
        var lists = MergedLists(fields: parts.first?.segment.fieldCount ?? 0)
        var letGoAt = memory
        while let first = readers.indices.filter({ isOpen[$0] }).min(by: {
            readers[$0].bytes.lexicographicallyPrecedes(readers[$1].bytes)
        }) {
            if isCancelled() { return false }
            let term = readers[first].bytes
            lists.removeAll()
            for part in readers.indices where isOpen[part] && readers[part].bytes == term {
                for list in readers[part].lists {
                    if let offset = offsets[part] {
                        lists.add(list, of: parts[part].segment, offset: offset)
                    } else {
                        lists.add(list, of: parts[part].segment, numbers: numbers[part])
                    }
                }
                isOpen[part] = readers[part].advance()
            }
            lists.order()
            if !lists.isEmpty { term.withUnsafeBufferPointer { writer.add(term: $0, lists: lists.lists) } }
            // What was read of the parts is not read again.
            if writer.size > letGoAt {
                for part in parts { part.segment.bytes.letGo() }
                letGoAt = writer.size + memory
            }
        }
        return parts.allSatisfy { $0.segment.failure == nil }
    }

    /// How far all numbers of a segment move, where it keeps all its documents in a row, as one that was imported does.
    private static func offset(_ numbers: [UInt32]) -> UInt32? {
        guard let first = numbers.first, first != .max else { return nil }
        let isRow = numbers.indices.allSatisfy { numbers[$0] == first &+ UInt32($0) }
        return isRow ? first : nil
    }

    /// How much of mapped files may be in memory at a time, in bytes.
    static let memory = 32 << 20

    /// Adds the living documents by their names; tells the number that each has from now on, `max` for the others.
    private static func add(
        documentsOf parts: [SegmentView], to writer: inout SegmentWriter
    ) -> [[UInt32]] {
        var living: [(id: DocumentID, part: UInt32, number: UInt32)] = []
        living.reserveCapacity(parts.reduce(0) { $0 + $1.livingCount })
        for (part, view) in parts.enumerated() {
            for number in 0..<view.segment.documentCount where !view.isDeleted(number) {
                living.append((view.segment.id(number), UInt32(part), UInt32(number)))
            }
        }
        living.sort { $0.id < $1.id }
        var numbers = parts.map { [UInt32](repeating: .max, count: $0.segment.documentCount) }
        for (new, (id, part, old)) in living.enumerated() {
            numbers[Int(part)][Int(old)] = UInt32(new)
            let segment = parts[Int(part)].segment
            writer.add(
                id, time: segment.time(Int(old)), tags: segment.tags(Int(old)),
                lengths: (0..<segment.fieldCount).lazy.map { segment.lengths(of: $0)[Int(old)] })
        }
        return numbers
    }
}

/// Gathers the postings of one term from several segments, a list a field.
private struct MergedLists {
    private(set) var lists: [PostingsList]
    private var areOrdered: [Bool]
    private let buffers = CursorBuffers()
    private lazy var buffer = buffers.next()

    init(fields: Int) {
        lists = (0..<fields).map { _ in PostingsList() }
        areOrdered = Array(repeating: true, count: fields)
    }

    var isEmpty: Bool { lists.allSatisfy(\.isEmpty) }

    mutating func removeAll() {
        for field in lists.indices {
            lists[field].removeAll()
            areOrdered[field] = true
        }
    }

    /// Adds those of a segment's documents that have a number.
    mutating func add(_ part: TermList, of segment: Segment, numbers: [UInt32]) {
        let field = part.field
        guard lists.indices.contains(field), var counter = ListCursor(part, in: segment, buffer: buffer),
            var reader = PositionReader(part, in: segment, count: counter.countPositions()),
            var cursor = ListCursor(part, in: segment, buffer: buffer)
        else { return }
        var place = 0
        while cursor.document != ListCursor.end {
            let frequency = cursor.frequencyHere
            let number = numbers[Int(cursor.document)]
            if number != .max {
                let list = lists[field]
                if let last = list.documents.last, last > number { areOrdered[field] = false }
                if part.hasPositions {
                    let before = list.distanceCount
                    reader.distances(from: place, count: Int(frequency)) { list.append(distance: $0) }
                    guard frequency > 0, list.distanceCount - before == Int(frequency) else {
                        list.removeLast(distances: list.distanceCount - before)
                        return segment.fail("its positions make no sense")
                    }
                }
                list.append(document: number, frequency: frequency)
            }
            place += Int(frequency)
            cursor.advance()
        }
    }

    /// Adds those of a segment all of whose documents move as far.
    mutating func add(_ part: TermList, of segment: Segment, offset: UInt32) {
        let field = part.field
        guard lists.indices.contains(field), var cursor = ListCursor(part, in: segment, buffer: buffer) else {
            return
        }
        let list = lists[field]
        if let last = list.documents.last, last >= cursor.document &+ offset { areOrdered[field] = false }
        var places = 0
        while cursor.document != ListCursor.end {
            let frequency = cursor.frequencyHere
            list.append(document: cursor.document &+ offset, frequency: frequency)
            places += Int(frequency)
            cursor.advance()
        }
        guard part.hasPositions, let reader = PositionReader(part, in: segment, count: places) else { return }
        if !list.append(distances: places, reader.all) { segment.fail("its positions make no sense") }
    }

    /// Brings the lists into the order of their documents.
    mutating func order() {
        for field in lists.indices where !areOrdered[field] { lists[field] = Self.ordered(lists[field]) }
    }

    private static func ordered(_ list: PostingsList) -> PostingsList {
        let (documents, frequencies, distances) = (list.documents, list.frequencies, list.distances)
        var starts: [Int] = []
        var start = 0
        for frequency in frequencies {
            starts.append(start)
            start += Int(frequency)
        }
        let ordered = PostingsList()
        for place in documents.indices.sorted(by: { documents[$0] < documents[$1] }) {
            let frequency = frequencies[place]
            if !distances.isEmpty {
                ordered.append(
                    distances: UnsafeBufferPointer(
                        rebasing: distances[starts[place]..<starts[place] + Int(frequency)]))
            }
            ordered.append(document: documents[place], frequency: frequency)
        }
        return ordered
    }
}
