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
        for (id, document) in named {
            let lengths = schema.fields.indices.map { field in
                LengthCode.encode(
                    reader.add(
                        field < document.texts.count ? document.texts[field] : "", to: field,
                        document.language))
            }
            writer.add(id, time: document.time, tags: document.tags, lengths: lengths)
        }
        reader.sort()
        let lists = schema.fields.map { _ in PostingsList() }
        for (number, term) in reader.termsInOrder() {
            for field in lists.indices { lists[field].fill(reader.tables[field][number]) }
            writer.add(term: term, lists: lists)
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
/// Both are what an index makes of the same documents by themselves, byte for byte. It keeps the words that it has met
/// and its memory for the next step. It belongs to one task at a time.
public final class PartedBuilder {
    private let schema: PartedSchema
    private let reader: FieldReader
    /// More different terms than these are forgotten after a step: with all that they were made of they take some 80 MB.
    private static let longestMemory = 1 << 18

    /// A builder of segments of a schema.
    public init(schema: PartedSchema) {
        self.schema = schema
        reader = FieldReader(fields: schema.whole.fields)
    }

    /// Whether it has met so many words that a new one is better.
    public var isFull: Bool { reader.terms.count > Self.longestMemory }

    /// Reads the documents of one step; of several changes of a group the last one counts.
    ///
    /// - Returns: the step of either index.
    /// - Complexity: O(length of the texts + terms · log terms).
    public func build(_ changes: [PartedChange]) -> (parts: BuiltStep, whole: BuiltStep) {
        build(groups: changes.map(\.group)) { place in
            guard case .replace(_, let document) = changes[place] else { return nil }
            return document
        }
    }

    /// Reads the documents of one step, each of which is made when its turn comes, so that they are never all in memory.
    ///
    /// - Parameters:
    ///   - groups: what each change is of; of several of one the last counts.
    ///   - document: what a change, told by its place, puts in the place of the group; nil where it is gone.
    /// - Returns: the step of either index.
    /// - Complexity: O(length of the texts + terms · log terms).
    public func build(
        groups: [Int64], _ document: (Int) -> PartedDocument?
    ) -> (parts: BuiltStep, whole: BuiltStep) {
        let places = Self.lastOfEach(groups)
        let known = places.map { groups[$0] }
        let (parts, whole) = segments(places, groups, document)
        return (BuiltStep(groups: known, segment: parts), BuiltStep(groups: known, segment: whole))
    }

    /// The last place of each group, in the order of the groups, in which new ones come.
    private static func lastOfEach(_ groups: [Int64]) -> [Int] {
        if zip(groups, groups.dropFirst()).allSatisfy({ $0 < $1 }) { return Array(groups.indices) }
        var last: [Int64: Int] = [:]
        for (place, group) in groups.enumerated() { last[group] = place }
        return last.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Segments of the documents at some places, in the order of their groups; nil where there is none.
    private func segments(
        _ places: [Int], _ groups: [Int64], _ document: (Int) -> PartedDocument?
    ) -> (parts: SegmentBytes?, whole: SegmentBytes?) {
        reader.removeAll()
        let fields = schema.whole.fields.indices
        var parts = SegmentWriter(schema: schema.parts)
        var whole = SegmentWriter(schema: schema.whole)
        var map = PartMap(fields: fields.count)
        for place in places {
            guard let document = document(place) else { continue }
            let group = groups[place]
            var lengths = fields.map { field in
                guard schema.shared.contains(field), field < document.shared.count else { return 0 }
                return reader.add(document.shared[field], to: field, document.language)
            }
            let ofShared = lengths.map(LengthCode.encode)
            for part in document.parts {
                var codes = ofShared.prefix(schema.parts.fields.count)
                map.add(before: lengths)
                for field in fields where !schema.shared.contains(field) {
                    let length = reader.add(
                        field == part.field ? part.text : "", to: field, document.language)
                    codes[field] = LengthCode.encode(length)
                    lengths[field] += length
                }
                parts.add(
                    DocumentID(group: group, ordinal: part.ordinal), time: document.time,
                    tags: document.tags, lengths: codes)
            }
            map.close()
            whole.add(
                DocumentID(group: group, ordinal: 0), time: document.time, tags: document.tags,
                lengths: lengths.map(LengthCode.encode))
        }
        guard map.wholeCount > 0 else { return (nil, nil) }
        reader.sort()
        write(&parts, &whole, map)
        return (map.partCount == 0 ? nil : parts.finishInMemory(), whole.finishInMemory())
    }

    private func write(_ parts: inout SegmentWriter, _ whole: inout SegmentWriter, _ map: PartMap) {
        let ofParts = schema.parts.fields.map { _ in PostingsList() }
        let ofWhole = schema.whole.fields.map { _ in PostingsList() }
        let isShared = ofWhole.indices.map(schema.shared.contains)
        let tables = reader.tables
        let count = tables.reduce(0) { $0 + $1.count }
        parts.reserve(positions: count)
        whole.reserve(positions: count)
        let terms = reader.termsInOrder()
        for (at, (number, term)) in terms.enumerated() {
            reader.prefetch(terms, behind: at)
            for field in ofWhole.indices {
                let places = tables[field][number]
                if places.isEmpty {
                    ofWhole[field].removeAll()
                    if field < ofParts.count { ofParts[field].removeAll() }
                } else if isShared[field] {
                    ofWhole[field].fill(places)
                    if field < ofParts.count { ofParts[field].repeat(ofWhole[field], map) }
                } else {
                    ofParts[field].fill(places)
                    ofWhole[field].join(places, map, field)
                }
            }
            parts.add(term: term, lists: ofParts)
            whole.add(term: term, lists: ofWhole)
        }
    }
}

/// Which parts belong to which whole, and what stands before each.
private struct PartMap {
    /// The whole of each part.
    private(set) var wholes: [UInt32] = []
    /// The first part of each whole, and the number of all parts.
    private(set) var firsts: [UInt32] = [0]
    /// By field: how many places the parts before have in the same whole.
    private(set) var places: [[UInt32]]

    init(fields: Int) { places = Array(repeating: [], count: fields) }

    var partCount: Int { wholes.count }
    var wholeCount: Int { firsts.count - 1 }

    mutating func add(before lengths: [Int]) {
        wholes.append(UInt32(firsts.count - 1))
        for field in lengths.indices { places[field].append(UInt32(lengths[field])) }
    }

    /// Ends a whole.
    mutating func close() { firsts.append(UInt32(wholes.count)) }
}

extension PostingsList {
    /// Takes the places of a term.
    ///
    /// Without a branch at each place: where a document ends cannot be foretold.
    fileprivate func fill(_ places: UnsafeBufferPointer<OccurrenceTable.Place>) {
        fill(most: places.count) { documents, frequencies, distances in
            // No document has this number.
            var (count, frequency, position): (Int, UInt32, UInt32) = (-1, 0, 0)
            var last = UInt32.max
            for at in 0..<places.count {
                let place = places[at]
                let isSame = place.document == last
                count &+= isSame ? 0 : 1
                frequency = isSame ? frequency &+ 1 : 1
                distances[at] = place.position &- (isSame ? position : 0)
                documents[count] = place.document
                frequencies[count] = frequency
                (last, position) = (place.document, place.position)
            }
            return count + 1
        }
    }

    /// Takes the places of a term in parts as those of the wholes.
    fileprivate func join(
        _ places: UnsafeBufferPointer<OccurrenceTable.Place>, _ map: PartMap, _ field: Int
    ) {
        map.wholes.withUnsafeBufferPointer { wholes in
            map.places[field].withUnsafeBufferPointer { before in
                fill(most: places.count) { documents, frequencies, distances in
                    var (count, frequency, position): (Int, UInt32, UInt32) = (-1, 0, 0)
                    var last = UInt32.max
                    for at in 0..<places.count {
                        let part = Int(places[at].document)
                        let (whole, here) = (wholes[part], places[at].position &+ before[part])
                        let isSame = whole == last
                        count &+= isSame ? 0 : 1
                        frequency = isSame ? frequency &+ 1 : 1
                        distances[at] = here &- (isSame ? position : 0)
                        documents[count] = whole
                        frequencies[count] = frequency
                        (last, position) = (whole, here)
                    }
                    return count + 1
                }
            }
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
            let these = UnsafeBufferPointer(rebasing: distances[at..<at + Int(frequency)])
            for part in map.firsts[whole]..<map.firsts[whole + 1] {
                append(distances: these)
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
    private var last: (language: Language, scanner: TermScanner)?
    /// One a field.
    let tables: [OccurrenceTable]

    init(fields: [Field]) {
        self.fields = fields
        tables = fields.map { _ in OccurrenceTable() }
    }

    /// Forgets the documents, but not the words.
    func removeAll() { for table in tables { table.removeAll() } }

    /// Adds the text of the field's next document; returns how many places it has.
    func add(_ text: String, to field: Int, _ language: Language) -> Int {
        guard !text.isEmpty else {
            tables[field].add(UnsafeBufferPointer(start: nil, count: 0), terms: 0)
            return 0
        }
        if fields[field].isExact { return addLines(of: text, to: tables[field]) }
        let scanner = scanner(language)
        let (table, terms) = (tables[field], terms)
        return scanner.scan(text) { found in
            table.add(found, terms: terms.count)
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
    private func addLines(of text: String, to table: OccurrenceTable) -> Int {
        let found = text.utf8.split(separator: UInt8(ascii: "\n")).enumerated().map { place, line in
            TermOccurrence(
                term: Array(line).withUnsafeBufferPointer(terms.number), position: UInt32(place))
        }
        found.withUnsafeBufferPointer { table.add($0, terms: terms.count) }
        return found.count
    }

    /// Sorts the tables, after the last document.
    func sort() { for table in tables { table.sort() } }

    /// Asks for what is read of terms that come soon: they were met in another order, and lie far apart.
    func prefetch(_ order: [(number: UInt32, term: UnsafeBufferPointer<UInt8>)], behind at: Int) {
        for table in tables {
            if at + 16 < order.count { table.prefetch(order[at + 16].number) }
            if at + 6 < order.count { table.prefetchPlaces(order[at + 6].number) }
        }
    }

    /// The terms that occur, in ascending order of their bytes.
    func termsInOrder() -> [(number: UInt32, term: UnsafeBufferPointer<UInt8>)] {
        terms.ordered(
            (0..<UInt32(terms.count)).filter { number in tables.contains { !$0[number].isEmpty } })
    }
}
