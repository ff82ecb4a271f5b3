import CPrefetch
import Synchronization
import Text

extension Segment {
    /// A segment of new documents.
    ///
    /// - Complexity: O(length of the texts + terms · log terms).
    static func build(_ groups: [(group: Int64, documents: [Document])], schema: Schema) -> [UInt8] {
        let named = groups.flatMap { group, documents in
            documents.map { (DocumentID(group: group, ordinal: $0.ordinal), $0) }
        }.sorted { $0.0 < $1.0 }
        let reader = FieldReader(fields: schema.fields)
        var writer = SegmentWriter(schema: schema)
        for (number, (id, document)) in named.enumerated() {
            let lengths = schema.fields.indices.map { field in
                LengthCode.encode(
                    reader.add(
                        field < document.texts.count ? document.texts[field][...] : "", to: field,
                        of: number, document.language))
            }
            writer.add(id, time: document.time, tags: document.tags, lengths: lengths)
        }
        let lists = schema.fields.map { _ in PostingsList() }
        let order = reader.order()
        for table in reader.tables { table.sort(by: order.lazy.map(\.number)) }
        for (rank, each) in order.enumerated() {
            for (field, list) in lists.enumerated() {
                list.fill(reader.tables[field].sorted[rank], schema.fields[field])
            }
            writer.add(term: each.term, lists: lists)
        }
        return writer.finish()
    }
}

/// Makes segments of parted documents: one of the parts and one of the wholes, from one reading of the texts.
///
/// ```
/// text of a part  ─ occurrences by part  ─ as they are → parts     ─ moved behind the parts before → whole
/// shared text     ─ occurrences by whole ─ once a part → parts     ─ as they are                   → whole
/// ```
/// Both are what an index makes of the same documents by themselves, byte for byte. Documents may be read in several
/// goes before they are one step, and while the segments of a step are written, those of the next are read. It keeps the
/// words that it has met for the next step. It belongs to one task at a time.
public final class PartedBuilder {
    private let schema: PartedSchema
    /// Whether each field is shared.
    private let isShared: [Bool]
    private let reader: FieldReader
    private var groups: [Int64] = []
    /// How long the fields of a whole are, and those of a part: memory that is used again.
    @exclusivity(unchecked) private var lengths: [Int]
    @exclusivity(unchecked) private var codes: [UInt8]
    @exclusivity(unchecked) private var parts: SegmentWriter
    @exclusivity(unchecked) private var whole: SegmentWriter
    @exclusivity(unchecked) private var map: PartMap
    /// More different terms than these are forgotten after a step: with all that they were made of they take some 80 MB.
    private static let longestMemory = 1 << 18

    /// A builder of segments of a schema.
    public init(schema: PartedSchema) {
        self.schema = schema
        isShared = schema.whole.fields.indices.map(schema.shared.contains)
        reader = FieldReader(fields: schema.whole.fields)
        parts = SegmentWriter(schema: schema.parts)
        whole = SegmentWriter(schema: schema.whole)
        map = PartMap(isShared: isShared)
        lengths = Array(repeating: 0, count: schema.whole.fields.count)
        codes = Array(repeating: 0, count: schema.parts.fields.count)
    }

    /// Whether it has met so many words that a new one is better for the next step.
    public var isFull: Bool { reader.terms.count > Self.longestMemory }

    /// How many places of terms have been read since the last step.
    public var occurrenceCount: Int { reader.tables.reduce(0) { $0 + $1.count } }

    /// Whether changes of these groups may be part of the same step as those that have been read.
    ///
    /// They may where they are new to it: the documents of a segment lie in the order of their groups.
    public func accepts(_ more: [Int64]) -> Bool {
        guard let last = groups.last else { return true }
        return more.allSatisfy { $0 > last }
    }

    /// Reads documents, each of which is made when its turn comes, so that they are never all in memory.
    ///
    /// - Parameters:
    ///   - more: the groups, one a change; of several of one the last counts. They are ``accepts(_:)``ed.
    ///   - document: what a change, told by its place, puts in the place of the group; nil where it is gone.
    /// - Complexity: O(length of the texts).
    public func read(groups more: [Int64], _ document: (Int) -> PartedDocument?) {
        precondition(accepts(more), "the groups of a step ascend")
        for place in Self.lastOfEach(more) {
            groups.append(more[place])
            if let document = document(place) { read(document, of: more[place]) }
        }
    }

    /// Ends a step; what is read from here on is part of the next.
    ///
    /// - Returns: the step, whose segments are not written yet.
    /// - Complexity: O(terms + new terms · log new terms).
    public func finish() -> ReadStep {
        let step = ReadStep(
            schema: schema, isShared: isShared, groups: groups, words: reader.terms, terms: reader.order(),
            tables: reader.tables, parts: parts, whole: whole, map: map)
        groups = []
        parts = SegmentWriter(schema: schema.parts)
        whole = SegmentWriter(schema: schema.whole)
        map = PartMap(isShared: isShared)
        reader.removeAll()
        return step
    }

    /// The last place of each group, in the order of the groups, in which new ones come.
    private static func lastOfEach(_ groups: [Int64]) -> [Int] {
        if zip(groups, groups.dropFirst()).allSatisfy({ $0 < $1 }) { return Array(groups.indices) }
        var last: [Int64: Int] = [:]
        for (place, group) in groups.enumerated() { last[group] = place }
        return last.sorted { $0.key < $1.key }.map(\.value)
    }

    private func read(_ document: PartedDocument, of group: Int64) {
        let whole = map.wholeCount
        for field in lengths.indices {
            let isHere = isShared[field] && field < document.shared.count
            lengths[field] =
                isHere
                ? reader.add(document.shared[field][...], to: field, of: whole, document.language) : 0
            if field < codes.count { codes[field] = LengthCode.encode(lengths[field]) }
        }
        for part in document.parts {
            let number = map.add(before: lengths)
            if let field = part.field, !isShared[field] {
                let length = reader.add(part.text, to: field, of: number, document.language)
                codes[field] = LengthCode.encode(length)
                lengths[field] += length
            }
            parts.add(
                DocumentID(group: group, ordinal: part.ordinal), time: document.time, tags: document.tags,
                lengths: codes)
            // The next part may have another.
            if let field = part.field, !isShared[field] { codes[field] = LengthCode.encode(0) }
        }
        map.close()
        self.whole.add(
            DocumentID(group: group, ordinal: 0), time: document.time, tags: document.tags,
            lengths: lengths.lazy.map(LengthCode.encode))
    }
}

/// A step of both indexes whose texts have been read, but whose segments are not written yet.
///
/// Either is written by itself, at the same time where there are cores for it.
public final class ReadStep: @unchecked Sendable {
    // Nobody else has its tables, which whoever writes first sorts under a lock, and nothing else of it changes; of the
    // table of words it reads the bytes of terms alone, which never move.
    private let schema: PartedSchema
    private let isShared: [Bool]
    private let groups: [Int64]
    private let words: TermTable
    private let terms: [FieldReader.Ordered]
    private let tables: [OccurrenceTable]
    private let areSorted = Mutex(false)
    private let parts: SegmentWriter
    private let whole: SegmentWriter
    private let map: PartMap

    fileprivate init(
        schema: PartedSchema, isShared: [Bool], groups: [Int64], words: TermTable,
        terms: [FieldReader.Ordered], tables: [OccurrenceTable], parts: SegmentWriter,
        whole: SegmentWriter, map: PartMap
    ) {
        (self.schema, self.isShared, self.groups) = (schema, isShared, groups)
        (self.words, self.terms) = (words, terms)
        (self.tables, self.parts, self.whole, self.map) = (tables, parts, whole, map)
    }

    /// The step of the index of parts.
    ///
    /// - Parameter place: where its segment is kept, for that index alone; in memory where there is none.
    /// - Returns: the step with its segment.
    /// - Complexity: O(occurrences + terms).
    public func writeParts(to place: SegmentPlace? = nil) -> BuiltStep {
        guard map.partCount > 0 else { return BuiltStep(groups: groups) }
        let whole = PostingsList()
        return write(parts, of: schema.parts, to: place) { list, places, field in
            if isShared[field] {
                whole.fill(places, schema.parts.fields[field])
                list.repeat(whole, map)
            } else {
                list.fill(places, schema.parts.fields[field])
            }
        }
    }

    /// The step of the index of wholes.
    ///
    /// - Parameter place: where its segment is kept, for that index alone; in memory where there is none.
    /// - Returns: the step with its segment.
    /// - Complexity: O(occurrences + terms).
    public func writeWhole(to place: SegmentPlace? = nil) -> BuiltStep {
        guard map.wholeCount > 0 else { return BuiltStep(groups: groups) }
        return write(whole, of: schema.whole, to: place) { list, places, field in
            if isShared[field] {
                list.fill(places, schema.whole.fields[field])
            } else {
                list.join(places, map, field, schema.whole.fields[field])
            }
        }
    }

    /// Sorts the tables, unless that is done: here, where the builder does not wait for it.
    private func sort() {
        areSorted.withLock { areSorted in
            guard !areSorted else { return }
            let order = terms.lazy.map(\.number)
            for table in tables { table.sort(by: order) }
            areSorted = true
        }
    }

    /// The step of an index.
    ///
    /// - Parameters:
    ///   - documents: a writer that has them.
    ///   - schema: that of the index.
    ///   - place: where its segment is kept; in memory where there is none.
    ///   - fill: has a list take the places of a term in a field.
    /// - Returns: the step.
    @inline(__always)
    private func write(
        _ documents: SegmentWriter, of schema: Schema, to place: SegmentPlace?,
        _ fill: (PostingsList, OccurrenceTable.Places, Int) -> Void
    ) -> BuiltStep {
        sort()
        var writer = documents
        let list = PostingsList()
        let tables = tables.prefix(schema.fields.count)
        let count = tables.reduce(0) { $0 + $1.count }
        let kept = zip(tables, schema.fields).reduce(0) { $0 + ($1.1.hasPositions ? $1.0.count : 0) }
        writer.begin(postings: count, positions: kept)
        tables.map(\.sorted).withUnsafeBufferPointer { tables in
            for (rank, each) in terms.enumerated() {
                // Terms were met in another order, and their bytes lie far apart.
                if rank + 8 < terms.count, let later = terms[rank + 8].term.baseAddress {
                    CPrefetch.prefetch(later)
                }
                var occupied = 0
                for places in tables { occupied &+= places[rank].isEmpty ? 0 : 1 }
                for (field, places) in tables.enumerated() {
                    let here = places[rank]
                    guard !here.isEmpty else { continue }
                    fill(list, here, field)
                    // A whole without parts leaves nothing of what it shares.
                    if !list.isEmpty { writer.add(list, to: field, isOfSeveral: occupied > 1) }
                }
                writer.close(term: each.term)
            }
        }
        var step = BuiltStep(groups: groups)
        writer.finish { pieces in
            // What cannot be written stays in memory, and the next commit tells why.
            if let place, let segment = try? place.files.write(pieces, number: place.number, schema: schema) {
                step.written = (place.number, segment)
            } else {
                step.segment = SegmentBytes(joining: pieces)
            }
        }
        return step
    }
}

/// Which parts belong to which whole, and what stands before each.
private final class PartMap {
    /// Where a field of a part lies: in which whole, and behind how many places of the parts before.
    struct Place {
        var whole: UInt32
        var before: UInt32
    }

    @exclusivity(unchecked) private(set) var partCount = 0
    /// The first part of each whole, and the number of all parts.
    @exclusivity(unchecked) private(set) var firsts: [UInt32] = [0]
    /// By field, those of all parts; none of fields that parts share.
    @exclusivity(unchecked) private(set) var places: [[Place]]
    private let ofParts: [Int]

    init(isShared: [Bool]) {
        places = Array(repeating: [], count: isShared.count)
        ofParts = isShared.indices.filter { !isShared[$0] }
    }

    var wholeCount: Int { firsts.count - 1 }

    /// Adds a part; returns its number.
    func add(before lengths: [Int]) -> Int {
        let whole = UInt32(firsts.count - 1)
        for field in ofParts { places[field].append(Place(whole: whole, before: UInt32(lengths[field]))) }
        partCount += 1
        return partCount - 1
    }

    /// Ends a whole.
    func close() { firsts.append(UInt32(partCount)) }
}

extension PostingsList {
    /// Takes the places of a term in a field.
    fileprivate func fill(_ places: OccurrenceTable.Places, _ field: Field) {
        field.hasPositions
            ? fill(places, keepsPositions: true) { $0 } : fill(places, keepsPositions: false) { $0 }
    }

    /// Takes the places of a term in parts as those of the wholes.
    fileprivate func join(
        _ places: OccurrenceTable.Places, _ map: PartMap, _ number: Int, _ field: Field
    ) {
        map.places[number].withUnsafeBufferPointer { parts in
            /// Where a place of a part lies in the whole.
            func joined(_ place: OccurrenceTable.Place) -> OccurrenceTable.Place {
                let part = parts[Int(place.document)]
                return OccurrenceTable.Place(document: part.whole, position: place.position &+ part.before)
            }
            field.hasPositions
                ? fill(places, keepsPositions: true, joined) : fill(places, keepsPositions: false, joined)
        }
    }

    /// Without a branch at each place: where a document ends cannot be foretold.
    @inline(__always)
    private func fill(
        _ places: OccurrenceTable.Places, keepsPositions: Bool,
        _ moved: (OccurrenceTable.Place) -> OccurrenceTable.Place
    ) {
        fill(most: places.count, keepsPositions: keepsPositions) { documents, frequencies, distances in
            // No document has this number.
            var (count, frequency, position): (Int, UInt32, UInt32) = (-1, 0, 0)
            var last = UInt32.max
            places.forEach { at, place in
                let place = moved(place)
                let isSame = place.document == last
                count &+= isSame ? 0 : 1
                frequency = isSame ? frequency &+ 1 : 1
                if keepsPositions { distances[at] = place.position &- (isSame ? position : 0) }
                documents[count] = place.document
                frequencies[count] = frequency
                (last, position) = (place.document, place.position)
            }
            return count + 1
        }
    }

    /// Takes the postings of wholes once for each of their parts.
    fileprivate func `repeat`(_ list: PostingsList, _ map: PartMap) {
        removeAll()
        let (documents, frequencies, distances) = (list.documents, list.frequencies, list.distances)
        var at = 0
        for place in documents.indices {
            let whole = Int(documents[place])
            let frequency = frequencies[place]
            for part in map.firsts[whole]..<map.firsts[whole + 1] {
                if !distances.isEmpty {
                    append(distances: UnsafeBufferPointer(rebasing: distances[at..<at + Int(frequency)]))
                }
                append(document: part, frequency: frequency)
            }
            at += Int(frequency)
        }
    }
}

/// Reads the texts of new documents into tables, one a field, whose terms share their numbers.
private final class FieldReader {
    private let fields: [Field]
    let terms = TermTable()
    private var scanners: [Language: TermScanner] = [:]
    /// The one of the text before, which is often of the same language.
    @exclusivity(unchecked) private var last: (language: Language, scanner: TermScanner)?
    /// One a field.
    @exclusivity(unchecked) private(set) var tables: [OccurrenceTable]

    init(fields: [Field]) {
        self.fields = fields
        tables = fields.map { _ in OccurrenceTable() }
    }

    /// Leaves the tables to who has them, and begins new ones; the words are kept.
    func removeAll() { tables = tables.map { _ in OccurrenceTable() } }

    /// Adds the text that a field has in a document; returns how many places it has.
    func add(_ text: Substring, to field: Int, of document: Int, _ language: Language) -> Int {
        guard !text.isEmpty else { return 0 }
        if fields[field].isExact { return addLines(of: text, to: tables[field], document) }
        let scanner = scanner(language)
        let (table, terms) = (tables[field], terms)
        return scanner.scan(text) { found in
            table.add(found, of: document, terms: terms.count)
            // A field is as long as it has places: pairs of characters do not make a Chinese text longer.
            return found.last.map { Int($0.position) + 1 } ?? 0
        }
    }

    private func scanner(_ language: Language) -> TermScanner {
        if let last, last.language == language { return last.scanner }
        let scanner = scanners[language] ?? TermScanner(language, terms: terms)
        scanners[language] = scanner
        last = (language, scanner)
        return scanner
    }

    /// Adds each line as a term; returns how many there are.
    private func addLines(of text: Substring, to table: OccurrenceTable, _ document: Int) -> Int {
        let found = text.utf8.split(separator: UInt8(ascii: "\n")).enumerated().map { place, line in
            TermOccurrence(
                term: Array(line).withUnsafeBufferPointer(terms.number), position: UInt32(place))
        }
        found.withUnsafeBufferPointer { table.add($0, of: document, terms: terms.count) }
        return found.count
    }

    /// A term that occurs, and its number.
    typealias Ordered = (number: UInt32, term: UnsafeBufferPointer<UInt8>)

    /// The terms that occur, in ascending order of their bytes, after the last document.
    func order() -> [Ordered] {
        let tables = tables
        return terms.ordered { number in tables.contains { $0.holds(number) } }
    }
}
