/// Writes a segment: first its documents, in order, then its terms, in order.
struct SegmentWriter {
    /// One term in one field of one document.
    struct Occurrence {
        var document: UInt32
        var field: UInt8
        /// Ascending; never empty.
        var positions: ArraySlice<UInt32>
    }

    private let schema: Schema
    private var documents: [DocumentID] = []
    private var times: [Int64] = []
    private var tagStarts: [UInt32] = [0]
    private var tagIDs: [UInt32] = []
    private var tagNumbers: [String: UInt32] = [:]
    private var tagNames: [String] = []
    private var lengths: [UInt8] = []
    private var totals: [Int]
    private var norms: [[Float]] = []

    private var termStarts: [UInt32] = [0]
    private var termBytes: [UInt8] = []
    private var terms = ByteWriter()
    private var postings = ByteWriter()

    init(schema: Schema) {
        self.schema = schema
        totals = Array(repeating: 0, count: schema.fields.count)
    }

    /// Adds the next document.
    mutating func add(_ id: DocumentID, time: Int64?, tags: [String], lengths codes: some Sequence<UInt8>) {
        documents.append(id)
        times.append(time ?? SegmentFormat.noTime)
        for tag in tags {
            let number = tagNumbers[tag] ?? UInt32(tagNames.count)
            if number == tagNames.count {
                tagNumbers[tag] = number
                tagNames.append(tag)
            }
            tagIDs.append(number)
        }
        tagStarts.append(UInt32(tagIDs.count))
        for (field, code) in codes.enumerated() {
            lengths.append(code)
            totals[field] += LengthCode.decode(code)
        }
    }

    /// Adds the next term with its occurrences, ordered by document, then field.
    mutating func add(term: some Sequence<UInt8>, _ occurrences: [Occurrence]) {
        if norms.isEmpty { norms = schema.norms(averages: averages) }
        termBytes.append(contentsOf: term)
        termStarts.append(UInt32(termBytes.count))
        let start = postings.count
        // Where each document's occurrences begin.
        var starts: [Int] = []
        for (index, occurrence) in occurrences.enumerated()
        where index == 0 || occurrences[index - 1].document != occurrence.document {
            starts.append(index)
        }
        let frequency = starts.count
        starts.append(occurrences.count)
        var table = ByteWriter()
        var blocks = ByteWriter()
        var positions = ByteWriter()
        var bound: Float = 0
        let blockCount = (frequency + SegmentFormat.blockSize - 1) / SegmentFormat.blockSize
        let tableSize = frequency > SegmentFormat.blockSize ? blockCount * SegmentFormat.entrySize : 0
        var positionStarts: [Int] = []
        var ends: [(last: UInt32, start: Int, bound: Float)] = []
        var previous: UInt32 = .max
        for block in 0..<blockCount {
            let range =
                block * SegmentFormat.blockSize..<min(frequency, (block + 1) * SegmentFormat.blockSize)
            let blockStart = tableSize + blocks.count
            positionStarts.append(positions.count)
            let numbers = range.map { occurrences[starts[$0]].document }
            writeGaps(numbers, after: previous, into: &blocks)
            previous = numbers[numbers.count - 1]
            var most: Float = 0
            for document in range {
                most = max(
                    most, write(occurrences[starts[document]..<starts[document + 1]], &blocks, &positions))
            }
            bound = max(bound, most)
            ends.append((previous, blockStart, most))
        }
        if tableSize > 0 {
            for (block, end) in ends.enumerated() {
                table.append(end.last)
                table.append(UInt32(end.start))
                table.append(UInt32(tableSize + blocks.count + positionStarts[block]))
                table.append(end.bound)
            }
        }
        postings.append(contentsOf: table.bytes)
        postings.append(contentsOf: blocks.bytes)
        postings.append(contentsOf: positions.bytes)
        terms.append(UInt64(start))
        terms.append(UInt32(frequency))
        terms.append(bound)
    }

    private func writeGaps(_ documents: [UInt32], after previous: UInt32, into blocks: inout ByteWriter) {
        var last = previous
        let gaps = documents.map { document in
            defer { last = document }
            // The first document of all counts from minus one.
            return document &- last &- 1
        }
        guard documents.count == SegmentFormat.blockSize else {
            for gap in gaps { blocks.append(varint: gap) }
            return
        }
        let width = gaps.map { UInt32.bitWidth - $0.leadingZeroBitCount }.max() ?? 0
        blocks.append(UInt8(width))
        blocks.append(packed: gaps, width: width)
    }

    /// Writes the occurrences of one document, and gives the most that they score.
    private func write(
        _ occurrences: ArraySlice<Occurrence>, _ codes: inout ByteWriter, _ positions: inout ByteWriter
    ) -> Float {
        var score: Float = 0
        for (index, occurrence) in zip(occurrences.indices, occurrences) {
            let frequency = UInt32(occurrence.positions.count)
            let more: UInt8 = index + 1 < occurrences.endIndex ? 0x80 : 0
            let short = min(frequency, SegmentFormat.longFrequency)
            codes.append(more | occurrence.field << 4 | UInt8(short))
            if short == SegmentFormat.longFrequency { codes.append(varint: frequency - short) }
            var last: UInt32 = 0
            for position in occurrence.positions {
                positions.append(varint: position - last)
                last = position
            }
            let code = lengths[Int(occurrence.document) * schema.fields.count + Int(occurrence.field)]
            score += schema.saturation(
                frequency, norm: norms[Int(occurrence.field)][Int(code)], field: Int(occurrence.field))
        }
        return score
    }

    private var averages: [Float] {
        totals.map { documents.isEmpty ? 0 : Float($0) / Float(documents.count) }
    }

    /// The bytes of the segment.
    func finish() -> [UInt8] {
        var writer = ByteWriter()
        writer.reserve(postings.count + termBytes.count + documents.count * 40 + 4096)
        writer.append(SegmentFormat.magic)
        var table: [(offset: Int, length: Int)] = []
        func section(_ body: (inout ByteWriter) -> Void) {
            writer.align()
            let start = writer.count
            body(&writer)
            table.append((start, writer.count - start))
        }
        section { for document in documents { $0.append(document.group) } }
        section { for document in documents { $0.append(document.ordinal) } }
        section { for time in times { $0.append(time) } }
        section { for start in tagStarts { $0.append(start) } }
        section { for id in tagIDs { $0.append(id) } }
        section { writer in
            var start: UInt32 = 0
            writer.append(start)
            for name in tagNames {
                start += UInt32(name.utf8.count)
                writer.append(start)
            }
        }
        section { for name in tagNames { $0.append(contentsOf: name.utf8) } }
        section { $0.append(contentsOf: lengths) }
        section { for start in termStarts { $0.append(start) } }
        section { $0.append(contentsOf: termBytes) }
        section { $0.append(contentsOf: terms.bytes) }
        section { $0.append(contentsOf: postings.bytes) }
        writer.align()
        for (offset, length) in table {
            writer.append(UInt64(offset))
            writer.append(UInt64(length))
        }
        writer.append(UInt64(documents.count))
        writer.append(UInt64(schema.fields.count))
        writer.append(UInt64(termStarts.count - 1))
        for field in 0..<SegmentFormat.maxFields {
            writer.append(UInt64(field < totals.count ? totals[field] : 0))
        }
        writer.append(schema.fingerprint)
        writer.append(UInt64(Checksum.of(writer.bytes)))
        writer.append(SegmentFormat.magic)
        return writer.bytes
    }
}
