import CPrefetch
import Synchronization

/// An immutable part of an index: the postings of the documents of one or more changes, in the form of
/// ``SegmentFormat``.
///
/// Documents are numbered from 0 in the order of their names, terms come in the order of their bytes.
final class Segment: Sendable {
    let documentCount: Int
    let fieldCount: Int
    /// The sums of the decoded lengths, a field each.
    let totals: [Int]
    /// The average lengths from which the bounds were made.
    let averages: [Float]
    /// The greatest of the length codes, a field each.
    let longestCodes: [UInt8]
    let bytes: SegmentBytes
    /// What errors call it.
    let name: String
    // All lead into `bytes`, which live as long as the segment and never change: any thread may read them.
    nonisolated(unsafe) let dictionary: TermDictionary
    private nonisolated(unsafe) let lengths: UnsafePointer<UInt8>
    private nonisolated(unsafe) let groups: PackedColumn
    private nonisolated(unsafe) let ordinals: PackedColumn
    private nonisolated(unsafe) let times: PackedColumn
    private nonisolated(unsafe) let tagSets: PackedColumn
    private nonisolated(unsafe) let sections: [UnsafeRawBufferPointer]
    private let postingChecks: PageChecks
    private let positionChecks: PageChecks
    private let damage = Mutex<String?>(nil)
    private let lazyFilter = LazyTermFilter()

    /// A segment over bytes, after a look at all of them but the postings and positions, which are looked at when they
    /// are first read.
    ///
    /// - Parameters:
    ///   - bytes: in the form of ``SegmentFormat``.
    ///   - schema: that of the index.
    ///   - name: what errors call it.
    ///   - isTrusted: whether this program has just written the bytes to its own memory.
    /// - Throws: ``SearchError/damaged(file:reason:)`` when the frame or the checksum does not hold.
    /// - Complexity: O(documents + terms).
    init(_ bytes: SegmentBytes, schema: Schema, name: String, isTrusted: Bool = false) throws(SearchError) {
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
        var sections: [UnsafeRawBufferPointer] = []
        for section in SegmentFormat.Section.allCases {
            let offset = number(footer + section.rawValue * 16)
            let length = number(footer + section.rawValue * 16 + 8)
            guard offset <= UInt64(footer), length <= UInt64(footer) - offset, offset % 8 == 0 else {
                throw damaged("section \(section.rawValue) has a wrong place")
            }
            sections.append(UnsafeRawBufferPointer(rebasing: buffer[Int(offset)..<Int(offset + length)]))
        }
        func section(_ section: SegmentFormat.Section) -> UnsafeRawBufferPointer {
            sections[section.rawValue]
        }
        if !isTrusted {
            let head = Int(number(footer + SegmentFormat.Section.postings.rawValue * 16))
            let check = Checksum.of(
                .init(rebasing: buffer[footer..<(size - 16)]),
                seed: Checksum.of(.init(rebasing: buffer[..<head])))
            guard number(size - 16) == check else { throw damaged("its checksum is wrong") }
        }
        guard number(size - 24) == schema.fingerprint else { throw damaged("it is of another schema") }
        let counts = footer + sections.count * 16
        guard number(counts) < UInt64(UInt32.max), number(counts + 8) == UInt64(schema.fields.count),
            number(counts + 16) < UInt64(UInt32.max)
        else { throw damaged("its counts make no sense") }
        let documentCount = Int(number(counts))
        let termCount = Int(number(counts + 16))
        let fieldCount = schema.fields.count
        // A checksum that holds means that the writer meant what stands there; the sizes are checked all the same, so
        // that no reader ever looks beyond the bytes.
        let termBlocks = (termCount + SegmentFormat.termBlock - 1) / SegmentFormat.termBlock
        let postingPages = PageChecks.pages(section(.postings).count)
        guard section(.lengths).count == documentCount * fieldCount,
            let lengths = section(.lengths).baseAddress, section(.blockStarts).count == termBlocks * 4,
            section(.checks).count == (postingPages + PageChecks.pages(section(.positions).count)) * 8
        else { throw damaged("a section has a wrong size") }
        self.bytes = bytes
        self.name = name
        self.documentCount = documentCount
        self.fieldCount = fieldCount
        totals = (0..<fieldCount).map { Int(clamping: number(counts + 24 + $0 * 8)) }
        averages = totals.map { documentCount == 0 ? 0 : Float($0) / Float(documentCount) }
        self.sections = sections
        longestCodes = (0..<fieldCount).map { field in
            section(.lengths)[(field * documentCount)..<((field + 1) * documentCount)].max() ?? 0
        }
        self.lengths = lengths.assumingMemoryBound(to: UInt8.self)
        groups = PackedColumn(section(.groups), count: documentCount)
        ordinals = PackedColumn(section(.ordinals), count: documentCount)
        times = PackedColumn(section(.times), count: documentCount)
        tagSets = PackedColumn(section(.tagSets), count: documentCount)
        dictionary = TermDictionary(
            count: termCount, fieldCount: fieldCount, blockStarts: section(.blockStarts),
            terms: section(.terms))
        let checks = section(.checks)
        postingChecks = PageChecks(
            section(.postings), checks: .init(rebasing: checks[..<(postingPages * 8)]), isTrusted: isTrusted)
        positionChecks = PageChecks(
            section(.positions), checks: .init(rebasing: checks[(postingPages * 8)...]), isTrusted: isTrusted)
    }

    deinit { dictionary.deallocate() }

    private func section(_ section: SegmentFormat.Section) -> UnsafeRawBufferPointer {
        sections[section.rawValue]
    }
}

// MARK: - Terms

extension Segment {
    /// Rules out terms that the segment does not have; nil as long as few were asked for.
    var termFilter: TermFilter? { lazyFilter.filter(of: dictionary) }
}

// MARK: - Damage

extension Segment {
    /// What was found to be wrong since the segment was opened; nil where nothing was.
    var failure: SearchError? { damage.withLock { $0 }.map { .damaged(file: name, reason: $0) } }

    /// Keeps in mind that bytes are not what they were: nothing may be answered from the segment.
    func fail(_ reason: String) { damage.withLock { $0 = $0 ?? reason } }

    /// Looks at all bytes that were not looked at before.
    ///
    /// - Throws: ``SearchError/damaged(file:reason:)``.
    /// - Complexity: O(bytes).
    func verify() throws(SearchError) {
        if !isWhole(), let failure { throw failure }
    }

    /// Whether all bytes are what was written; keeps it in mind where they are not.
    ///
    /// - Complexity: O(bytes).
    func isWhole() -> Bool {
        func hold(_ part: SegmentFormat.Section, _ checks: PageChecks) -> Bool {
            let count = section(part).count
            return stride(from: 0, to: count, by: Self.memory).allSatisfy { start in
                // A segment may be larger than memory.
                defer { bytes.letGo() }
                return checks.hold(start..<min(count, start + Self.memory))
            }
        }
        if !hold(.postings, postingChecks) { fail("a page of its postings is wrong") }
        if !hold(.positions, positionChecks) { fail("a page of its positions is wrong") }
        return failure == nil
    }

    /// Bytes of the postings; nil where they are damaged.
    func postings(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
        checked(range, of: section(.postings), by: postingChecks)
    }

    /// Bytes of the positions; nil where they are damaged.
    func positions(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
        checked(range, of: section(.positions), by: positionChecks)
    }

    private func checked(
        _ range: Range<Int>, of section: UnsafeRawBufferPointer, by checks: PageChecks
    ) -> UnsafeRawBufferPointer? {
        guard range.upperBound <= section.count, checks.hold(range) else { return nil }
        return UnsafeRawBufferPointer(rebasing: section[range])
    }
}

// MARK: - Documents

extension Segment {
    /// The name of a document.
    func id(_ document: Int) -> DocumentID {
        DocumentID(
            group: groups[document] ?? 0, ordinal: UInt32(truncatingIfNeeded: ordinals[document] ?? 0))
    }

    /// The number of a document; nil where it is not in the segment.
    ///
    /// - Complexity: O(log documents).
    func number(of document: DocumentID) -> Int? {
        number(of: document, from: 0)
    }

    /// The numbers of those of the documents, ascending, that are in the segment.
    ///
    /// - Complexity: O(documents · log documents).
    func numbers(of documents: [DocumentID]) -> [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(documents.count)
        for document in documents {
            if let number = number(of: document, from: numbers.last ?? 0) { numbers.append(number) }
        }
        return numbers
    }

    /// The same for one that is not before a number.
    func number(of document: DocumentID, from start: Int) -> Int? {
        let first = firstDocument(of: document.group, from: start)
        // A group's documents follow each other, and nearly always all of them are there.
        let likely = first + Int(document.ordinal)
        if likely < documentCount, id(likely) == document { return likely }
        let found = firstDocument(from: first) { id($0) >= document }
        return found < documentCount && id(found) == document ? found : nil
    }

    /// The numbers of a group's documents.
    ///
    /// - Parameters:
    ///   - group: the group.
    ///   - start: a number that none of them is before.
    /// - Returns: an empty range where there are none.
    /// - Complexity: O(log documents).
    func documents(of group: Int64, from start: Int = 0) -> Range<Int> {
        let start = firstDocument(of: group, from: start)
        var end = start
        while end < documentCount, groups[end] == group { end += 1 }
        return start..<end
    }

    /// The first document from `start` on whose group is not before another: it is looked for about where it would be if
    /// groups were evenly spread, as they nearly are.
    private func firstDocument(of group: Int64, from start: Int) -> Int {
        guard start < documentCount else { return documentCount }
        let (first, last) = (self.group(start), self.group(documentCount - 1))
        guard first < group else { return start }
        guard group <= last else { return documentCount }
        // The group of `low` is before the wanted one, that of `high` is not.
        var (low, high) = (start, documentCount - 1)
        // Distances are taken as whole numbers: far from zero, groups that differ are the same as `Double`.
        let slope = Double(high - low) / Double(UInt64(bitPattern: last &- first))
        var guess = low + Int(Double(UInt64(bitPattern: group &- first)) * slope)
        guess = min(max(guess, low), high)
        let miss = (Double(group) - Double(self.group(guess))) * slope
        guess = min(max(guess + Int(min(max(miss, -1e9), 1e9)), low), high)
        var stride = 4
        if self.group(guess) < group {
            low = guess
            while low + stride < high, self.group(low + stride) < group {
                low += stride
                stride *= 2
            }
            high = min(high, low + stride)
        } else {
            high = guess
            while high - stride > low, self.group(high - stride) >= group {
                high -= stride
                stride *= 2
            }
            low = max(low, high - stride)
        }
        return firstDocument(from: low, until: high) { self.group($0) >= group }
    }

    @inline(__always)
    private func group(_ document: Int) -> Int64 { groups[document] ?? 0 }

    private func firstDocument(from start: Int, until end: Int? = nil, _ isBehind: (Int) -> Bool) -> Int {
        var low = start
        var high = end ?? documentCount
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func time(_ document: Int) -> Int64? { times[document] }

    /// The length codes of a field, one a document.
    func lengths(of field: Int) -> UnsafePointer<UInt8> { lengths + field * documentCount }

    /// Asks for the length codes of a document in all fields.
    func prefetchLengths(of document: Int) {
        for field in 0..<fieldCount { CPrefetch.prefetch(lengths(of: field) + document) }
    }

    func length(_ document: Int, _ field: Int) -> Int { LengthCode.decode(lengths(of: field)[document]) }
}

// MARK: - Tags and filters

extension Segment {
    /// The different tags of the documents.
    var tags: [String] { (0..<tagCount).map(tagName) }

    private var tagCount: Int { max(0, section(.tagStarts).count / 4 - 1) }

    func tags(_ document: Int) -> [String] { setTags(Int(tagSets[document] ?? 0)).map(tagName) }

    /// The numbers of the tags of a set.
    private func setTags(_ set: Int) -> [Int] {
        part(set, by: .setStarts, of: section(.setTags).count / 4).map { Int(number($0, in: .setTags)) }
    }

    private func tagName(_ number: Int) -> String {
        String(
            decoding: section(.tagNames)[part(number, by: .tagStarts, of: section(.tagNames).count)],
            as: UTF8.self)
    }

    private func number(_ place: Int, in numbers: SegmentFormat.Section) -> UInt32 {
        UInt32(littleEndian: section(numbers).loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
    }

    /// The part of a list of parts that are cut by their starts; empty where there is none.
    private func part(_ number: Int, by starts: SegmentFormat.Section, of count: Int) -> Range<Int> {
        guard number >= 0, number < section(starts).count / 4 - 1 else { return 0..<0 }
        let (start, end) = (Int(self.number(number, in: starts)), Int(self.number(number + 1, in: starts)))
        return start <= end && end <= count ? start..<end : 0..<0
    }

    /// A filter in the numbers of this segment.
    struct PreparedFilter {
        var from: Int64
        var until: Int64
        var needsTime: Bool
        /// The sets with one of the wanted tags; nil for any.
        var sets: Set<Int64>?
    }

    /// - Complexity: O(sets of tags).
    func prepared(_ filter: Filter) -> PreparedFilter {
        var sets: Set<Int64>?
        if !filter.anyTag.isEmpty {
            let wanted = Set((0..<tagCount).filter { filter.anyTag.contains(tagName($0)) })
            sets = Set(
                (0..<max(0, section(.setStarts).count / 4 - 1)).filter {
                    !wanted.isDisjoint(with: setTags($0))
                }.map { Int64($0) })
        }
        return PreparedFilter(
            from: filter.from ?? .min, until: filter.until ?? .max,
            needsTime: filter.from != nil || filter.until != nil, sets: sets)
    }

    /// Whether a document is what a filter asks for.
    func passes(_ document: Int, _ filter: PreparedFilter) -> Bool {
        if filter.needsTime {
            guard let time = times[document], time >= filter.from, time < filter.until else { return false }
        }
        return filter.sets?.contains(tagSets[document] ?? -1) ?? true
    }
}

/// A segment as of one moment: with the documents that were deleted since it was made.
struct SegmentView: Sendable {
    var segment: Segment
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
