/// An immutable part of an index: the postings of the documents of one or more changes, in the form of
/// ``SegmentFormat``.
///
/// Documents are numbered from 0 in the order of their names, terms from 0 in the order of their bytes.
final class Segment: Sendable {
    /// One term of the dictionary.
    struct Term {
        /// Where its postings begin.
        var start: Int
        /// The documents that hold it.
        var frequency: Int
        /// The bound of its blocks.
        var bound: Float
    }

    let documentCount: Int
    let termCount: Int
    let fieldCount: Int
    /// The sums of the decoded lengths, a field each.
    let totals: [Int]
    /// The average lengths from which the bounds were made.
    let averages: [Float]
    let bytes: SegmentBytes
    // The pointers lead into `bytes`, which live as long as the segment and never change: any thread may read them.
    nonisolated(unsafe) let lengths: UnsafePointer<UInt8>
    nonisolated(unsafe) let postings: UnsafePointer<UInt8>
    private nonisolated(unsafe) let groups: UnsafePointer<Int64>
    private nonisolated(unsafe) let ordinals: UnsafePointer<UInt32>
    private nonisolated(unsafe) let times: UnsafePointer<Int64>
    private nonisolated(unsafe) let tagStarts: UnsafePointer<UInt32>
    private nonisolated(unsafe) let tagIDs: UnsafePointer<UInt32>
    private nonisolated(unsafe) let termStarts: UnsafePointer<UInt32>
    private nonisolated(unsafe) let termBytes: UnsafePointer<UInt8>
    private nonisolated(unsafe) let terms: UnsafeRawPointer
    private let tagNames: [String]

    /// A segment over bytes, after a look at their frame.
    ///
    /// - Parameters:
    ///   - bytes: in the form of ``SegmentFormat``.
    ///   - schema: that of the index.
    ///   - name: what errors call it.
    /// - Throws: ``SearchError/damaged(file:reason:)`` when the frame or the checksum does not hold.
    init(_ bytes: SegmentBytes, schema: Schema, name: String) throws(SearchError) {
        func damaged(_ reason: String) -> SearchError { .damaged(file: name, reason: reason) }
        let buffer = bytes.buffer
        let size = buffer.count
        guard size >= 8 + SegmentFormat.footerSize else { throw damaged("it is too short") }
        func number(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        let footer = size - SegmentFormat.footerSize
        guard number(0) == SegmentFormat.magic, number(size - 8) == SegmentFormat.magic else {
            throw damaged("it is no segment")
        }
        let checked = UnsafeRawBufferPointer(rebasing: buffer[..<(size - 16)])
        guard number(size - 16) == UInt64(Checksum.of(checked)) else {
            throw damaged("its checksum is wrong")
        }
        guard number(size - 24) == schema.fingerprint else { throw damaged("it is of another schema") }
        let sections = SegmentFormat.Section.allCases
        let counts = footer + sections.count * 16
        guard number(counts) < UInt64(UInt32.max), number(counts + 8) == UInt64(schema.fields.count),
            number(counts + 16) < UInt64(UInt32.max)
        else { throw damaged("its counts make no sense") }
        let documentCount = Int(number(counts))
        let termCount = Int(number(counts + 16))
        let fieldCount = schema.fields.count
        let totals = (0..<fieldCount).map { Int(clamping: number(counts + 24 + $0 * 8)) }
        // A checksum that holds means that the writer meant what stands there; the sizes are checked all the same, so
        // that no reader ever looks beyond the bytes.
        let needed: [SegmentFormat.Section: Int] = [
            .groups: documentCount * 8, .ordinals: documentCount * 4, .times: documentCount * 8,
            .tagStarts: (documentCount + 1) * 4, .lengths: documentCount * fieldCount,
            .termStarts: (termCount + 1) * 4, .terms: termCount * SegmentFormat.termSize,
        ]
        var starts: [UnsafeRawPointer] = []
        var lengths: [Int] = []
        guard let base = buffer.baseAddress else { throw damaged("it is empty") }
        for section in sections {
            let offset = number(footer + section.rawValue * 16)
            let length = number(footer + section.rawValue * 16 + 8)
            guard offset <= UInt64(footer), length <= UInt64(footer) - offset, offset % 8 == 0,
                needed[section].map({ UInt64($0) == length }) ?? true
            else { throw damaged("section \(section.rawValue) has a wrong place") }
            starts.append(base + Int(offset))
            lengths.append(Int(length))
        }
        func section<T>(_ section: SegmentFormat.Section, of type: T.Type) -> UnsafePointer<T> {
            starts[section.rawValue].assumingMemoryBound(to: type)
        }
        self.bytes = bytes
        self.documentCount = documentCount
        self.termCount = termCount
        self.fieldCount = fieldCount
        self.totals = totals
        averages = totals.map { documentCount == 0 ? 0 : Float($0) / Float(documentCount) }
        groups = section(.groups, of: Int64.self)
        ordinals = section(.ordinals, of: UInt32.self)
        times = section(.times, of: Int64.self)
        tagStarts = section(.tagStarts, of: UInt32.self)
        tagIDs = section(.tagIDs, of: UInt32.self)
        self.lengths = section(.lengths, of: UInt8.self)
        termStarts = section(.termStarts, of: UInt32.self)
        termBytes = section(.termBytes, of: UInt8.self)
        terms = starts[SegmentFormat.Section.terms.rawValue]
        postings = section(.postings, of: UInt8.self)
        let nameStarts = section(.tagNameStarts, of: UInt32.self)
        let names = section(.tagNames, of: UInt8.self)
        let nameCount = max(0, lengths[SegmentFormat.Section.tagNameStarts.rawValue] / 4 - 1)
        tagNames = (0..<nameCount).map { number in
            let range = Int(nameStarts[number])..<Int(nameStarts[number + 1])
            return String(
                decoding: UnsafeBufferPointer(start: names + range.lowerBound, count: range.count),
                as: UTF8.self)
        }
    }
}

// MARK: - Documents

extension Segment {
    /// The name of a document.
    func id(_ document: Int) -> DocumentID {
        DocumentID(group: groups[document], ordinal: ordinals[document])
    }

    /// The number of a document; nil where it is not in the segment.
    ///
    /// - Complexity: O(log documents).
    func number(of document: DocumentID) -> Int? {
        let found = firstDocument { id($0) >= document }
        return found < documentCount && id(found) == document ? found : nil
    }

    /// The numbers of a group's documents.
    ///
    /// - Complexity: O(log documents).
    func documents(of group: Int64) -> Range<Int> {
        let start = firstDocument { groups[$0] >= group }
        var end = start
        while end < documentCount, groups[end] == group { end += 1 }
        return start..<end
    }

    private func firstDocument(_ isBehind: (Int) -> Bool) -> Int {
        var low = 0
        var high = documentCount
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func time(_ document: Int) -> Int64? {
        times[document] == SegmentFormat.noTime ? nil : times[document]
    }

    func tags(_ document: Int) -> [String] {
        (Int(tagStarts[document])..<Int(tagStarts[document + 1])).map { tagNames[Int(tagIDs[$0])] }
    }

    func lengthCode(_ document: Int, _ field: Int) -> UInt8 { lengths[document * fieldCount + field] }

    func length(_ document: Int, _ field: Int) -> Int { LengthCode.decode(lengthCode(document, field)) }

    /// A filter in the numbers of this segment.
    struct PreparedFilter {
        var from: Int64
        var until: Int64
        var needsTime: Bool
        /// The numbers of the tags that are wanted; nil for any.
        var tags: Set<UInt32>?
    }

    func prepared(_ filter: Filter) -> PreparedFilter {
        let wanted = tagNames.indices.filter { filter.anyTag.contains(tagNames[$0]) }.map { UInt32($0) }
        return PreparedFilter(
            from: filter.from ?? .min, until: filter.until ?? .max,
            needsTime: filter.from != nil || filter.until != nil,
            tags: filter.anyTag.isEmpty ? nil : Set(wanted))
    }

    /// Whether a document is what a filter asks for.
    func passes(_ document: Int, _ filter: PreparedFilter) -> Bool {
        if filter.needsTime {
            let time = times[document]
            guard time != SegmentFormat.noTime, time >= filter.from, time < filter.until else { return false }
        }
        guard let tags = filter.tags else { return true }
        return (Int(tagStarts[document])..<Int(tagStarts[document + 1])).contains {
            tags.contains(tagIDs[$0])
        }
    }
}

// MARK: - Terms

extension Segment {
    /// The bytes of a term.
    func bytes(of term: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(termStarts[term])
        return UnsafeBufferPointer(start: termBytes + start, count: Int(termStarts[term + 1]) - start)
    }

    /// Where the postings of a term lie.
    func term(_ number: Int) -> Term {
        let at = number * SegmentFormat.termSize
        return Term(
            start: Int(UInt64(littleEndian: terms.loadUnaligned(fromByteOffset: at, as: UInt64.self))),
            frequency: Int(
                UInt32(littleEndian: terms.loadUnaligned(fromByteOffset: at + 8, as: UInt32.self))),
            bound: Float(
                bitPattern: UInt32(
                    littleEndian: terms.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))))
    }

    /// A term of the dictionary; nil where no document holds it.
    ///
    /// - Complexity: O(log terms).
    func find(_ term: String) -> Term? {
        var term = term
        return term.withUTF8 { wanted -> Term? in
            var low = 0
            var high = termCount
            while low < high {
                let middle = (low + high) / 2
                if Self.isBefore(bytes(of: middle), wanted) { low = middle + 1 } else { high = middle }
            }
            guard low < termCount, bytes(of: low).elementsEqual(wanted) else { return nil }
            return self.term(low)
        }
    }

    /// The numbers of the terms with the same first byte as a term.
    ///
    /// - Complexity: O(log terms).
    func terms(beginningLike term: String) -> Range<Int> {
        guard let first = term.utf8.first else { return 0..<0 }
        func firstTerm(from byte: Int) -> Int {
            var low = 0
            var high = termCount
            while low < high {
                let middle = (low + high) / 2
                if Int(bytes(of: middle).first ?? 0) < byte { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return firstTerm(from: Int(first))..<firstTerm(from: Int(first) + 1)
    }

    static func isBefore(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let shared = min(a.count, b.count)
        var at = 0
        while at < shared {
            if a[at] != b[at] { return a[at] < b[at] }
            at += 1
        }
        return a.count < b.count
    }

    /// A cursor before the first posting of a term; nil where no document holds it.
    func cursor(_ term: String) -> TermCursor? { find(term).map { TermCursor($0, in: self) } }
}

/// A segment as of one moment: with the documents that were deleted since it was made.
struct SegmentView: Sendable {
    let segment: Segment
    /// A bit a document.
    private var deleted: [UInt64] = []
    private(set) var deletedCount = 0

    init(_ segment: Segment) { self.segment = segment }

    @inline(__always)
    func isDeleted(_ document: Int) -> Bool {
        !deleted.isEmpty && deleted[document >> 6] >> UInt64(document & 63) & 1 == 1
    }

    var livingCount: Int { segment.documentCount - deletedCount }

    /// Takes the documents of a group away.
    mutating func delete(group: Int64) {
        for number in segment.documents(of: group) where !isDeleted(number) { delete(number) }
    }

    /// Takes one document away that was not yet.
    mutating func delete(_ document: Int) {
        if deleted.isEmpty { deleted = Array(repeating: 0, count: (segment.documentCount + 63) / 64) }
        deleted[document >> 6] |= 1 << UInt64(document & 63)
        deletedCount += 1
    }
}
