import CByteMask

/// A word between its reading and its lookup: meanwhile the memory that holds what it became is on its way, because the
/// words of an archive are far more than a processor keeps at hand.
struct WaitingWord {
    /// As many wait at a time.
    static let most = 32

    /// As ``WordCache`` knows it.
    var number: UInt64
    var start: UInt32
    var end: UInt32
    var position: UInt32
    /// Whether it has ASCII letters and digits alone, fewer than ``WordCache/short``.
    var isPlain: Bool
}

/// The words of ASCII letters and digits, which is most of most texts, from masks of 64 bytes at a time.
extension TermScan {
    /// The bytes of a block, and those that may be read from its start on.
    private static let (block, reach) = (64, 64 + WordCache.short)

    /// Reads the words in the next 64 bytes that are plain and end there for certain, up to the first byte that is not
    /// ASCII, and what is joined to one of them; no word has begun before.
    mutating func plainWords() {
        guard let memory = bytes.baseAddress else { return }
        let left = bytes.count &- at
        guard left < Self.reach else { return plainWords(memory + at) }
        // Nothing may be read behind the text: a copy has noughts there, which end a word.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.reach) { copy in
            copy.initialize(repeating: 0)
            guard let start = copy.baseAddress else { return }
            start.update(from: memory + at, count: left)
            plainWords(start)
        }
    }

    /// - Parameter memory: what stands from `at` on, as far as is looked.
    @inline(__always)
    private mutating func plainWords(_ memory: UnsafePointer<UInt8>) {
        let masks = byteMasks(memory)
        let letters = masks.alphanumeric
        // Words that begin behind a wide byte come after it.
        var starts = letters & ~(letters << 1) & ((masks.wide & (0 &- masks.wide)) &- 1)
        var ends = ~letters & (letters << 1)
        // What stands behind the last byte is not known.
        let binding = masks.wide | masks.joining & ((letters | masks.wide) >> 1 | 1 << 63)
        let first = at
        while starts != 0 {
            let start = starts.trailingZeroBitCount
            let end = ends.trailingZeroBitCount
            // A word that goes on behind the block is read with the next, if it is none by itself.
            guard end < Self.block || start == 0 else {
                at = first &+ start
                return
            }
            let isBound = end == Self.block || binding &>> UInt64(truncatingIfNeeded: end) & 1 != 0
            guard !isBound && end &- start < WordCache.short || Self.isDashOrQuote(memory, start, end) else {
                at = first &+ start
                return compound()
            }
            wait(
                Self.key(memory + start, end &- start), first &+ start..<first &+ end, isPlain: true)
            starts &= starts &- 1
            ends &= ends &- 1
        }
        at = min(first &+ masks.wide.trailingZeroBitCount, bytes.count)
    }

    /// The bytes of a word in two numbers; sixteen may be read.
    @inline(__always)
    private static func key(_ word: UnsafePointer<UInt8>, _ length: Int) -> WordCache.Key {
        let raw = UnsafeRawPointer(word)
        let head = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        let tail = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        let (inHead, inTail) = (min(length, 8), max(length &- 8, 0))
        return WordCache.Key(
            head: head & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- inHead &* 8)),
            tail: tail & ((1 &<< UInt64(truncatingIfNeeded: inTail &* 8)) &- 1))
    }

    /// Whether a plain word ends before a dash, a double quotation mark or dots of three bytes, none of which joins words.
    @inline(__always)
    private static func isDashOrQuote(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end < block, end &- start < WordCache.short, bytes[end] == 0xE2, bytes[end &+ 1] == 0x80 else {
            return false
        }
        let last = bytes[end &+ 2]
        return last == 0x93 || last == 0x94 || last == 0x9C || last == 0x9D || last == 0xA6
    }

    /// Keeps a word of no more than ``WordCache/short`` bytes, the next in its text, until it is looked up.
    @inline(__always)
    mutating func wait(_ key: WordCache.Key, _ range: Range<Int>, isPlain: Bool) {
        let number = words.number(of: key)
        words.prefetch(number)
        waiting[waitingCount] = WaitingWord(
            number: number, start: UInt32(truncatingIfNeeded: range.lowerBound),
            end: UInt32(truncatingIfNeeded: range.upperBound), position: position, isPlain: isPlain)
        waitingCount &+= 1
        position &+= 1
        if waitingCount == WaitingWord.most { lookUp() }
    }

    /// Looks up the words that wait, in their order; before whatever else is appended.
    mutating func lookUp() {
        if foundRoom &- foundCount < waitingCount { grow() }
        for place in 0..<waitingCount {
            let word = waiting[place]
            let entry = words.find(word.number) ?? meet(word)
            found[foundCount] = TermOccurrence(
                termAndKind: entry, position: word.position, start: word.start, end: word.end)
            foundCount &+= entry == Self.nothing ? 0 : 1
        }
        waitingCount = 0
    }

    @inline(never)
    private mutating func meet(_ word: WaitingWord) -> UInt32 {
        let range = Int(word.start)..<Int(word.end)
        return word.isPlain ? meetPlain(range, word.number) : meet(range, word.number)
    }

    /// What a word of ASCII letters and digits becomes, which is what it becomes in small letters.
    private mutating func meetPlain(_ range: Range<Int>, _ number: UInt64) -> UInt32 {
        let key = key(of: range)
        let small = WordCache.Key(head: Self.lowered(key.head), tail: Self.lowered(key.tail))
        let smallNumber = words.number(of: small)
        if smallNumber != number, let known = words.find(smallNumber) {
            words.insert(number, known)
            return known
        }
        guard let entry = newPlainEntry(small, range.count) else { return meet(range, number) }
        words.insert(number, entry)
        return entry
    }

    /// Eight bytes, of which those that are ASCII capitals become small.
    private static func lowered(_ eight: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = eight & (ones &* 0x7F)
        let capitals =
            (low &+ ones &* (0x80 - 0x41)) & ~(low &+ ones &* (0x80 - 0x5B)) & ~eight & (ones &* 0x80)
        return eight | capitals >> 2
    }
}
