/// Writes a segment: first its documents, in order, then its terms, in order.
struct SegmentWriter {
    private let schema: Schema
    private var documents: [DocumentID] = []
    private var times: [Int64?] = []
    private var sets: [Int64] = []
    private var setNumbers: [[UInt32]: Int64] = [:]
    private var setStarts: [UInt32] = [0]
    private var setTags: [UInt32] = []
    private var tagNumbers: [String: UInt32] = [:]
    private var tagNames: [String] = []
    /// The tags of the document before, which has often the same.
    private var lastTags: (tags: [String], set: Int64)?
    private var lengths: [[UInt8]]
    private var totals: [Int]
    private var norms: [[Float]] = []

    private var dictionary = TermDictionaryWriter()
    private var postings: PostingsWriter
    /// The lists of the next term.
    private var places: [TermList] = []
    /// How many documents hold the next term, where it stands in several fields.
    private var frequency = 0
    /// The last mark that each document got, and the last of all: each term of several fields has its own.
    private var marks: [UInt32] = []
    private var mark: UInt32 = 0

    /// - Parameters:
    ///   - schema: that of the index.
    ///   - spools: where postings and positions go that are too many for memory, until ``finish(to:)``; nil for nowhere.
    init(schema: Schema, spools: (postings: SpoolFile, positions: SpoolFile)? = nil) {
        self.schema = schema
        postings = PostingsWriter(spools: spools)
        totals = Array(repeating: 0, count: schema.fields.count)
        lengths = Array(repeating: [], count: schema.fields.count)
    }

    /// Adds the next document.
    mutating func add(_ id: DocumentID, time: Int64?, tags: [String], lengths codes: some Sequence<UInt8>) {
        documents.append(id)
        times.append(time)
        sets.append(number(of: tags))
        for (field, code) in codes.enumerated() {
            lengths[field].append(code)
            totals[field] += LengthCode.decode(code)
        }
    }

    private mutating func number(of tags: [String]) -> Int64 {
        if let lastTags, lastTags.tags == tags { return lastTags.set }
        let number = newNumber(of: tags)
        lastTags = (tags, number)
        return number
    }

    private mutating func newNumber(of tags: [String]) -> Int64 {
        let set = tags.map { tag in
            let number = tagNumbers[tag] ?? UInt32(tagNames.count)
            if number == tagNames.count {
                tagNumbers[tag] = number
                tagNames.append(tag)
            }
            return number
        }
        if let number = setNumbers[set] { return number }
        let number = Int64(setNumbers.count)
        setNumbers[set] = number
        setTags += set
        setStarts.append(UInt32(setTags.count))
        return number
    }

    /// Begins the terms, in memory of its own, where there are no spools.
    ///
    /// - Parameters:
    ///   - count: about how often terms occur in all fields.
    ///   - kept: how many of these places are kept.
    mutating func begin(postings count: Int, positions kept: Int) {
        dictionary = TermDictionaryWriter()
        postings = PostingsWriter(spools: nil, postings: count, positions: kept)
    }

    /// Adds the next term with its postings, a list a field, empty where there are none.
    mutating func add(term: UnsafeBufferPointer<UInt8>, lists: [PostingsList]) {
        let isOfSeveral = lists.count { !$0.isEmpty } > 1
        for (field, list) in lists.enumerated() where !list.isEmpty {
            add(list, to: field, isOfSeveral: isOfSeveral)
        }
        close(term: term)
    }

    /// Adds the postings of the next term in a field, which are not empty, in the order of the fields.
    ///
    /// - Parameters:
    ///   - list: the postings; they may change afterwards.
    ///   - field: where the term stands.
    ///   - isOfSeveral: whether it stands in other fields as well.
    mutating func add(_ list: PostingsList, to field: Int, isOfSeveral: Bool) {
        if norms.isEmpty { norms = schema.norms(averages: averages) }
        if isOfSeveral { count(list) }
        places.append(
            postings.add(
                list, field: field,
                PostingsWriter.Bounds(
                    lengths: lengths[field], norms: norms[field], gain: schema.gain(field))))
    }

    /// Ends the next term, whose postings have been added.
    mutating func close(term: UnsafeBufferPointer<UInt8>) {
        dictionary.add(term, frequency: places.count == 1 ? places[0].frequency : frequency, lists: places)
        places.removeAll(keepingCapacity: true)
        frequency = 0
    }

    /// Counts the documents of a list that none of the term's other lists has.
    private mutating func count(_ list: PostingsList) {
        if places.isEmpty {
            if marks.count < documents.count || mark == .max {
                (marks, mark) = (Array(repeating: 0, count: documents.count), 0)
            }
            mark += 1
        }
        let mark = mark
        frequency += marks.withUnsafeMutableBufferPointer { marks in
            var count = 0
            // Without a branch: which documents are met again cannot be foretold.
            for document in list.documents {
                count &+= marks[Int(document)] == mark ? 0 : 1
                marks[Int(document)] = mark
            }
            return count
        }
    }

    private var averages: [Float] {
        totals.map { documents.isEmpty ? 0 : Float($0) / Float(documents.count) }
    }

    /// The bytes of postings and positions so far.
    var size: Int { postings.postings.count + postings.positions.count }

    /// The bytes of the segment, where there are no spools.
    mutating func finish() -> [UInt8] {
        var bytes: [UInt8] = []
        finish { for piece in $0 { bytes.append(contentsOf: piece) } }
        return bytes
    }

    /// Hands the segment over as bytes that follow each other, where there are no spools.
    mutating func finish(_ body: ([UnsafeRawBufferPointer]) -> Void) {
        let (head, footer) = frame()
        head.withUnsafeBytes { head in
            footer.withUnsafeBytes { footer in
                withExtendedLifetime(postings) {
                    body([head, postings.postings.bytes.bytes, postings.positions.bytes.bytes, footer])
                }
            }
        }
    }

    /// Writes the segment to a file.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    mutating func finish(to file: FileWriter) throws(SearchError) {
        let (head, footer) = frame()
        try file.append(head)
        try postings.postings.copy(to: file)
        try postings.positions.copy(to: file)
        try file.append(footer)
    }

    /// What stands before the postings and behind the positions.
    private mutating func frame() -> (head: [UInt8], footer: [UInt8]) {
        postings.close()
        var writer = ByteWriter()
        writer.reserve(dictionary.terms.count + documents.count * (8 + lengths.count) + 8192)
        writer.append(SegmentFormat.magic)
        var table: [Range<Int>] = []
        func section(_ body: (inout ByteWriter) -> Void) {
            writer.align()
            let start = writer.count
            body(&writer)
            table.append(start..<writer.count)
        }
        section { PackedColumn.write(documents.map { Optional($0.group) }, to: &$0) }
        section { PackedColumn.write(documents.map { Optional(Int64($0.ordinal)) }, to: &$0) }
        section { PackedColumn.write(times, to: &$0) }
        section { PackedColumn.write(sets.map(Optional.some), to: &$0) }
        section { for start in setStarts { $0.append(start) } }
        section { for tag in setTags { $0.append(tag) } }
        section { writer in
            var start: UInt32 = 0
            writer.append(start)
            for name in tagNames {
                start += UInt32(name.utf8.count)
                writer.append(start)
            }
        }
        section { for name in tagNames { $0.append(contentsOf: name.utf8) } }
        section { for codes in lengths { $0.append(contentsOf: codes) } }
        section { $0.append(contentsOf: dictionary.blockStarts.bytes) }
        section { $0.append(contentsOf: dictionary.terms.bytes) }
        section { writer in
            for check in postings.postings.checks + postings.positions.checks { writer.append(check) }
        }
        writer.align()
        var end = writer.count
        for section in [postings.postings, postings.positions] {
            table.append(end..<end + section.count)
            end += section.count
        }
        var footer = ByteWriter()
        for range in table {
            footer.append(UInt64(range.lowerBound))
            footer.append(UInt64(range.count))
        }
        footer.append(UInt64(documents.count))
        footer.append(UInt64(schema.fields.count))
        footer.append(UInt64(dictionary.count))
        for field in 0..<SegmentFormat.maxFields {
            footer.append(UInt64(field < totals.count ? totals[field] : 0))
        }
        footer.append(schema.fingerprint)
        let check = footer.bytes.withUnsafeBytes { Checksum.of($0, seed: Checksum.of(writer.bytes)) }
        footer.append(check)
        footer.append(SegmentFormat.magic)
        return (writer.bytes, footer.bytes)
    }
}
