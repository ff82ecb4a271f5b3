/// Where the postings of one term in one field lie.
struct TermList {
    var field: Int
    /// The documents that hold the term in the field.
    var frequency: Int
    var postings: Range<Int>
    var positions: Range<Int>

    /// Whether its field keeps positions: each of them takes some bytes.
    var hasPositions: Bool { !positions.isEmpty }
}

/// The terms of a segment in ascending order of bytes, in blocks that share beginnings.
struct TermDictionary {
    /// The number of terms.
    let count: Int
    let fieldCount: Int
    let blockStarts: UnsafeRawBufferPointer
    let terms: UnsafeRawBufferPointer
    /// The head of the first term of each block, which nearly always tells where a term is without a look at the terms.
    private let heads: UnsafeMutablePointer<UInt64>

    /// - Parameters:
    ///   - count: the number of terms.
    ///   - fieldCount: the number of fields.
    ///   - blockStarts: where each block begins among the terms.
    ///   - terms: the blocks.
    /// - Complexity: O(blocks).
    init(count: Int, fieldCount: Int, blockStarts: UnsafeRawBufferPointer, terms: UnsafeRawBufferPointer) {
        (self.count, self.fieldCount, self.blockStarts, self.terms) = (count, fieldCount, blockStarts, terms)
        let blocks = blockStarts.count / 4
        heads = .allocate(capacity: blocks)
        for block in 0..<blocks {
            (heads + block).initialize(to: first(ofBlock: block).map(Self.head) ?? .max)
        }
    }

    /// Gives back the memory that the dictionary made, whose copies must not be used any more.
    func deallocate() { heads.deallocate() }

    /// The first eight bytes as a number that is in the order of the bytes; nought behind their end.
    private static func head(_ term: UnsafeRawBufferPointer) -> UInt64 {
        if term.count >= 8 { return UInt64(bigEndian: term.loadUnaligned(as: UInt64.self)) }
        var head: UInt64 = 0
        for byte in term { head = head << 8 | UInt64(byte) }
        return term.isEmpty ? 0 : head << UInt64(64 - term.count * 8)
    }

    /// A term with its lists.
    struct Entry {
        /// The documents that hold the term in any field.
        var frequency: Int
        var lists: [TermList]
    }

    /// A term of the dictionary; nil where no document holds it.
    ///
    /// - Complexity: O(log terms).
    func find(_ term: String) -> Entry? {
        var term = term
        return term.withUTF8 { find(UnsafeRawBufferPointer($0)) }
    }

    /// The same of a term in UTF-8.
    func find(_ term: [UInt8]) -> Entry? { term.withUnsafeBytes { find($0) } }

    private func find(_ wanted: UnsafeRawBufferPointer) -> Entry? {
        var reader = reader(at: max(0, firstBlock(from: wanted) - 1))
        return reader.find(wanted) ? Entry(frequency: reader.frequency, lists: reader.lists) : nil
    }

    /// The first block whose first term is behind some bytes.
    private func firstBlock(from wanted: UnsafeRawBufferPointer) -> Int {
        let head = Self.head(wanted)
        var low = 0
        var high = blockStarts.count / 4
        while low < high {
            let middle = (low + high) / 2
            if isFirst(ofBlock: middle, behind: wanted, head) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    fileprivate func isFirst(ofBlock block: Int, behind wanted: UnsafeRawBufferPointer) -> Bool {
        isFirst(ofBlock: block, behind: wanted, Self.head(wanted))
    }

    @inline(__always)
    private func isFirst(ofBlock block: Int, behind wanted: UnsafeRawBufferPointer, _ head: UInt64) -> Bool {
        guard heads[block] == head else { return heads[block] > head }
        return first(ofBlock: block).map { compare($0, wanted) > 0 } ?? true
    }

    /// The first term of a block; nil where it makes no sense.
    private func first(ofBlock block: Int) -> UnsafeRawBufferPointer? {
        var at = start(ofBlock: block) + 17
        let length = readVarint(terms, &at)
        guard at <= terms.count, length <= terms.count - at else { return nil }
        return UnsafeRawBufferPointer(rebasing: terms[at..<at + length])
    }

    fileprivate func start(ofBlock block: Int) -> Int {
        Int(UInt32(littleEndian: blockStarts.loadUnaligned(fromByteOffset: block * 4, as: UInt32.self)))
    }

    /// The terms with a beginning, in ascending order of bytes, each with the number of documents that hold it.
    ///
    /// - Parameters:
    ///   - beginning: the bytes that they begin with.
    ///   - limit: how many at most.
    /// - Returns: those that there are.
    /// - Complexity: O(log terms + terms found).
    func terms(beginning: [UInt8], limit: Int) -> [(term: [UInt8], frequency: Int)] {
        let block = beginning.withUnsafeBytes { firstBlock(from: $0) }
        var reader = reader(at: max(0, block - 1))
        var found: [(term: [UInt8], frequency: Int)] = []
        var isThere = beginning.withUnsafeBytes { reader.go(to: $0, sharing: 0) }
        while isThere, found.count < limit, reader.bytes.starts(with: beginning) {
            found.append((reader.bytes, reader.frequency))
            isThere = reader.advance()
        }
        return found
    }

    /// A reader before the first term of a block.
    func reader(at block: Int) -> TermReader { TermReader(self, block: block) }
}

/// Negative where the first bytes come before the others, positive where behind.
@inline(__always)
private func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let shared = min(a.count, b.count)
    var at = 0
    while at < shared {
        if a[at] != b[at] { return a[at] < b[at] ? -1 : 1 }
        at += 1
    }
    return a.count - b.count
}

/// Walks the terms of a dictionary in their order.
///
/// Bytes that make no sense end it.
struct TermReader {
    private let dictionary: TermDictionary
    private var number: Int
    private var at = 0
    private var postings = 0
    private var positions = 0
    /// The term's bytes.
    private(set) var bytes: [UInt8] = []
    /// How many of its bytes are as in the term that was read before; none where that is not known.
    private(set) var shared = 0
    /// The documents that hold it in any field.
    private(set) var frequency = 0
    private var listsAt = 0
    private var postingsBefore = 0
    private var positionsBefore = 0

    fileprivate init(_ dictionary: TermDictionary, block: Int) {
        self.dictionary = dictionary
        number = block * SegmentFormat.termBlock
    }

    /// Goes to the next term.
    ///
    /// - Returns: whether there is one.
    mutating func advance() -> Bool {
        let terms = dictionary.terms
        guard number < dictionary.count else { return false }
        if number % SegmentFormat.termBlock == 0 {
            guard begin() else { return false }
        }
        shared = readVarint(terms, &at)
        let rest = readVarint(terms, &at)
        guard shared <= bytes.count, rest < terms.count - at else { return stop() }
        bytes.removeLast(bytes.count - shared)
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: terms[at..<at + rest]))
        at += rest
        return readLists()
    }

    /// Goes to the first term of a block.
    private mutating func begin() -> Bool {
        let terms = dictionary.terms
        at = dictionary.start(ofBlock: number / SegmentFormat.termBlock)
        guard at + 16 <= terms.count else { return stop() }
        postings = Int(
            truncatingIfNeeded: terms.loadUnaligned(fromByteOffset: at, as: Int64.self).littleEndian)
        positions = Int(
            truncatingIfNeeded: terms.loadUnaligned(fromByteOffset: at + 8, as: Int64.self).littleEndian)
        // Room is left for the lengths to be added without overflow.
        guard (0..<Int.max / 4).contains(postings), (0..<Int.max / 4).contains(positions) else {
            return stop()
        }
        at += 16
        bytes.removeAll(keepingCapacity: true)
        return true
    }

    /// Reads what follows the bytes of a term.
    @inline(__always)
    private mutating func readLists() -> Bool {
        let terms = dictionary.terms
        // Copies: each number would otherwise be written when it is read.
        var (place, postings, positions) = (at, self.postings, self.positions)
        frequency = readVarint(terms, &place)
        (listsAt, postingsBefore, positionsBefore) = (place, postings, positions)
        guard place < terms.count else { return stop() }
        let fields = terms[place]
        place += 1
        let isShared = fields & (fields &- 1) != 0
        for _ in 0..<fields.nonzeroBitCount {
            if isShared { _ = readVarint(terms, &place) }
            postings += readVarint(terms, &place)
            positions += readVarint(terms, &place)
        }
        (at, self.postings, self.positions) = (place, postings, positions)
        number += 1
        return true
    }

    /// Goes to the first term that is not before some bytes, which are behind the term.
    ///
    /// - Returns: whether there is one.
    /// - Complexity: O(log blocks passed over).
    mutating func seek(_ target: [UInt8]) -> Bool {
        target.withUnsafeBytes { target in
            let blocks = dictionary.blockStarts.count / 4
            let current = (number - 1) / SegmentFormat.termBlock
            var low = current
            var stride = 1
            // The wanted block is nearly always near.
            while low + stride < blocks, !dictionary.isFirst(ofBlock: low + stride, behind: target) {
                low += stride
                stride *= 2
            }
            var high = min(low + stride, blocks)
            while low + 1 < high {
                let middle = (low + high) / 2
                if dictionary.isFirst(ofBlock: middle, behind: target) { high = middle } else { low = middle }
            }
            var known = 0
            if low > current {
                number = low * SegmentFormat.termBlock
            } else {
                while known < min(bytes.count, target.count), bytes[known] == target[known] { known += 1 }
            }
            return go(to: target, sharing: known)
        }
    }

    /// Goes from the beginning of a block to a term, whose bytes are not kept.
    ///
    /// - Returns: whether it is there.
    fileprivate mutating func find(_ target: UnsafeRawBufferPointer) -> Bool {
        guard let next = pass(before: target, sharing: 0), next.isTarget else { return false }
        at = next.bytes.upperBound
        return readLists()
    }

    /// Goes over the terms before some bytes to the next one.
    ///
    /// - Parameters:
    ///   - target: the bytes.
    ///   - known: how many of them the current term begins with; nothing at the beginning of a block.
    /// - Returns: whether there is one.
    fileprivate mutating func go(to target: UnsafeRawBufferPointer, sharing known: Int) -> Bool {
        guard let next = pass(before: target, sharing: known) else { return false }
        bytes.replaceSubrange(bytes.indices, with: target[..<next.shared])
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: dictionary.terms[next.bytes]))
        at = next.bytes.upperBound
        shared = next.least
        return readLists()
    }

    /// The first term that is not before some bytes.
    private struct NextTerm {
        /// How many bytes it has in common with the one before it, and so with the target.
        var shared: Int
        /// Where the others stand.
        var bytes: Range<Int>
        /// The fewest bytes that any term on the way had in common with the one before.
        var least: Int
        var isTarget: Bool
    }

    /// Goes over the terms before some bytes, looking at no byte that cannot decide.
    ///
    /// - Parameters:
    ///   - target: the bytes.
    ///   - known: how many of them the current term begins with; nothing at the beginning of a block.
    /// - Returns: the next term, which is not read yet; nil where there is none.
    private mutating func pass(before target: UnsafeRawBufferPointer, sharing known: Int) -> NextTerm? {
        let terms = dictionary.terms
        var known = known
        var least = bytes.count
        while number < dictionary.count {
            if number % SegmentFormat.termBlock == 0 {
                guard begin() else { return nil }
                known = 0
                least = 0
            }
            let shared = readVarint(terms, &at)
            let rest = readVarint(terms, &at)
            guard rest < terms.count - at else {
                _ = stop()
                return nil
            }
            least = min(least, shared)
            // Terms ascend: one that shares more with the one before, which was before the target, is before it too.
            if shared <= known {
                let (first, end) = (at, at + rest)
                var byte = first
                known = shared
                while byte < end, known < target.count, terms[byte] == target[known] {
                    byte += 1
                    known += 1
                }
                let isBehind = known == target.count || (byte < end && terms[byte] > target[known])
                if isBehind {
                    return NextTerm(
                        shared: shared, bytes: first..<end, least: least,
                        isTarget: known == target.count && byte == end)
                }
            }
            at += rest
            guard readLists() else { return nil }
        }
        return nil
    }

    private mutating func stop() -> Bool {
        number = dictionary.count
        return false
    }

    /// Where the term's postings lie, a field each.
    var lists: [TermList] {
        var at = listsAt
        var (postings, positions) = (postingsBefore, positionsBefore)
        let fields = dictionary.terms[at]
        at += 1
        let isShared = fields & (fields &- 1) != 0
        var lists: [TermList] = []
        lists.reserveCapacity(fields.nonzeroBitCount)
        for field in 0..<SegmentFormat.maxFields where fields >> UInt8(field) & 1 == 1 {
            let frequency = isShared ? readVarint(dictionary.terms, &at) : frequency
            let postingsEnd = postings + readVarint(dictionary.terms, &at)
            let positionsEnd = positions + readVarint(dictionary.terms, &at)
            if field < dictionary.fieldCount {
                lists.append(
                    TermList(
                        field: field, frequency: frequency, postings: postings..<postingsEnd,
                        positions: positions..<positionsEnd))
            }
            (postings, positions) = (postingsEnd, positionsEnd)
        }
        return lists
    }
}

/// Writes the terms of a segment, in ascending order of bytes.
struct TermDictionaryWriter {
    private(set) var count = 0
    private(set) var blockStarts = ByteWriter()
    let terms = ByteBuffer()
    private let last = ByteBuffer()

    /// Adds the next term, whose lists begin where those of the one before end.
    mutating func add(_ term: UnsafeBufferPointer<UInt8>, frequency: Int, lists: [TermList]) {
        guard let first = lists.first else { return }
        var shared = 0
        if count % SegmentFormat.termBlock == 0 {
            blockStarts.append(UInt32(terms.count))
            terms.append(UInt64(first.postings.lowerBound))
            terms.append(UInt64(first.positions.lowerBound))
        } else {
            let last = last.bytes
            let most = min(last.count, term.count)
            while shared < most, last[shared] == term[shared] { shared &+= 1 }
        }
        let rest = UnsafeBufferPointer(rebasing: term[shared...])
        // Five bytes a number at most: two for the lengths, one for the frequency, three a field.
        terms.append(most: 16 + rest.count + lists.count * 15) { end in
            var end = end.write(varint: UInt32(shared)).write(varint: UInt32(rest.count))
            for byte in rest {
                end.pointee = byte
                end += 1
            }
            end = end.write(varint: UInt32(frequency))
            end.pointee = lists.reduce(UInt8(0)) { $0 | 1 << UInt8($1.field) }
            end += 1
            for list in lists {
                if lists.count > 1 { end = end.write(varint: UInt32(list.frequency)) }
                end = end.write(varint: UInt32(list.postings.count))
                end = end.write(varint: UInt32(list.positions.count))
            }
            return end
        }
        last.replace(from: shared, by: rest)
        count += 1
    }
}
