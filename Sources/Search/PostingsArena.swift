import Text

/// The postings of one field of new documents, by the number of the term, while they are gathered.
///
/// Each list is a chain of slices, each twice as long as the one before, in one piece of memory, so that a posting costs a
/// byte or two and no allocation. Whoever makes one frees it.
struct PostingsArena {
    /// Where a list stands.
    private struct List {
        /// Where its first slice begins; nought where there is no list.
        var first: UInt32 = 0
        /// Where the next byte goes.
        var at: UInt32 = 0
        /// Where the link to the next slice lies, which comes behind the bytes of this one.
        var end: UInt32 = 0
        /// How long this slice is, with its link.
        var size: UInt32 = 0
        /// The number of the last document and one.
        var document: UInt32 = 0
        /// The last position in it.
        var position: UInt32 = 0
    }

    private static let firstSlice: UInt32 = 16
    private static let longestSlice: UInt32 = 1 << 12
    private static let link: UInt32 = 4

    private var lists: UnsafeMutablePointer<List>
    private var listCount = 0
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 12
    /// Nothing lies at nought.
    private var used: UInt32 = 16

    init() {
        lists = .allocate(capacity: 0)
        bytes = .allocate(capacity: capacity)
    }

    func free() {
        lists.deallocate()
        bytes.deallocate()
    }

    /// Adds the occurrences in the next document.
    ///
    /// - Parameters:
    ///   - found: what the field holds, by place.
    ///   - document: the number of the next document.
    ///   - terms: how many numbers of terms there are.
    mutating func add(_ found: UnsafeBufferPointer<TermOccurrence>, document: UInt32, terms: Int) {
        if terms > listCount { makeRoom(terms) }
        for occurrence in found {
            let list = lists + Int(occurrence.term)
            let position = occurrence.position
            if list.pointee.document == document &+ 1 {
                write(UInt64(position &- list.pointee.position) << 1, to: list)
            } else {
                let gap = document &+ 1 &- list.pointee.document
                write(UInt64(position) << 1 | 1, to: list)
                write(UInt64(gap), to: list)
                list.pointee.document = document &+ 1
            }
            list.pointee.position = position
        }
    }

    @inline(__always)
    private mutating func write(_ number: UInt64, to list: UnsafeMutablePointer<List>) {
        var rest = number
        while rest >= 0x80 {
            write(UInt8(truncatingIfNeeded: rest) | 0x80, to: list)
            rest >>= 7
        }
        write(UInt8(truncatingIfNeeded: rest), to: list)
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8, to list: UnsafeMutablePointer<List>) {
        if list.pointee.at == list.pointee.end { extend(list) }
        bytes[Int(list.pointee.at)] = byte
        list.pointee.at &+= 1
    }

    @inline(never)
    private mutating func extend(_ list: UnsafeMutablePointer<List>) {
        let isFirst = list.pointee.first == 0
        let size = isFirst ? Self.firstSlice : min(list.pointee.size * 2, Self.longestSlice)
        let start = used
        // Stops rather than write wrong postings, at 4 GiB of them.
        used += size
        if Int(used) > capacity {
            let more = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            more.update(from: bytes, count: Int(start))
            bytes.deallocate()
            bytes = more
            capacity *= 2
        }
        if isFirst {
            list.pointee.first = start
        } else {
            UnsafeMutableRawPointer(bytes + Int(list.pointee.end)).storeBytes(of: start, as: UInt32.self)
        }
        list.pointee.at = start
        list.pointee.end = start + size - Self.link
        list.pointee.size = size
    }

    private mutating func makeRoom(_ terms: Int) {
        let count = max(terms, listCount * 2, 1024)
        let more = UnsafeMutablePointer<List>.allocate(capacity: count)
        more.moveInitialize(from: lists, count: listCount)
        (more + listCount).initialize(repeating: List(), count: count - listCount)
        lists.deallocate()
        lists = more
        listCount = count
    }

    /// Appends the postings of a term to a list.
    ///
    /// - Complexity: O(positions).
    func read(_ term: UInt32, into result: inout PostingsWriter.List) {
        guard Int(term) < listCount, lists[Int(term)].first != 0 else { return }
        let list = lists[Int(term)]
        var reader = Reader(bytes: bytes, list: list)
        var document = UInt32.max
        var frequency: UInt32 = 0
        while reader.at != list.at {
            let number = reader.next()
            if number & 1 == 1 {
                if frequency > 0 { result.frequencies.append(frequency) }
                frequency = 0
                document &+= UInt32(truncatingIfNeeded: reader.next())
                result.documents.append(document)
            }
            frequency += 1
            result.distances.append(UInt32(truncatingIfNeeded: number >> 1))
        }
        result.frequencies.append(frequency)
    }

    private struct Reader {
        let bytes: UnsafeMutablePointer<UInt8>
        var at: UInt32
        private var end: UInt32
        private var size: UInt32

        init(bytes: UnsafeMutablePointer<UInt8>, list: List) {
            self.bytes = bytes
            at = list.first
            size = PostingsArena.firstSlice
            end = at + size - PostingsArena.link
        }

        @inline(__always)
        mutating func next() -> UInt64 {
            var byte = nextByte()
            var number = UInt64(byte & 0x7F)
            var shift: UInt64 = 7
            while byte >= 0x80 {
                byte = nextByte()
                number |= UInt64(byte & 0x7F) << shift
                shift += 7
            }
            return number
        }

        @inline(__always)
        private mutating func nextByte() -> UInt8 {
            if at == end { follow() }
            let byte = bytes[Int(at)]
            at &+= 1
            return byte
        }

        private mutating func follow() {
            at = UnsafeRawPointer(bytes + Int(end)).loadUnaligned(as: UInt32.self)
            size = min(size * 2, PostingsArena.longestSlice)
            end = at + size - PostingsArena.link
        }
    }
}
