/// A plain word between its reading and its lookup: meanwhile the memory that holds what it became is on its way, because
/// the words of an archive are far more than a processor keeps at hand.
struct WaitingWord {
    /// As many wait at a time.
    static let most = 32

    var key: WordCache.Key
    var start: UInt32
    var end: UInt32
    var position: UInt32
}

/// The words of ASCII letters and digits, which is most of most texts, eight bytes at a time.
extension TermScan {
    /// Whether a byte is ASCII, but neither letter nor digit.
    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 >= 26 && byte &- 0x30 >= 10 && byte < 0x80
    }

    /// Reads one word of ASCII letters and digits that ends for certain behind the last of them.
    ///
    /// - Returns: false where it takes more to tell; then nothing has been read.
    @inline(__always)
    mutating func plainWord() -> Bool {
        let start = at
        // Two loads, and the two bytes behind the word.
        guard start &+ WordCache.short &+ 2 <= bytes.count, let memory = bytes.baseAddress else {
            return false
        }
        let raw = UnsafeRawPointer(memory + start)
        let head = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        var length = Self.plainPrefix(head)
        var key = WordCache.Key(head: head, tail: 0)
        if length < 8 {
            key.head &= (1 << UInt64(truncatingIfNeeded: length &* 8)) &- 1
        } else {
            let tail = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let rest = Self.plainPrefix(tail)
            guard rest < 8 else { return false }
            key.tail = tail & ((1 << UInt64(truncatingIfNeeded: rest &* 8)) &- 1)
            length = 8 &+ rest
        }
        let behind = memory[start &+ length]
        // A space, or a mark that joins only what stands on both of its sides.
        guard behind == 0x20 || Self.isPlain(behind) && Self.isPlain(memory[start &+ length &+ 1]) else {
            return false
        }
        at = start &+ length
        words.prefetch(key)
        waiting[waitingCount] = WaitingWord(
            key: key, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: at),
            position: position)
        waitingCount &+= 1
        if waitingCount == WaitingWord.most { lookUp() }
        at &+= 1
        position &+= 1
        return true
    }

    /// Looks up the words that wait, in their order; before whatever else is appended.
    mutating func lookUp() {
        for place in 0..<waitingCount {
            let word = waiting[place]
            let range = Int(word.start)..<Int(word.end)
            let entry = words.find(word.key) ?? meetPlain(range, word.key)
            append(entry, range, position: word.position)
        }
        waitingCount = 0
    }

    /// How many of eight bytes, from the lowest on, are ASCII letters or digits before the first that is not.
    @inline(__always)
    private static func plainPrefix(_ eight: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = eight & (ones &* 0x7F)
        let lower = low | (ones &* 0x20)
        // The top bit of each byte tells whether the sum reached 128.
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
        let digits = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A))
        let others = ~((letters | digits) & ~eight) & (ones &* 0x80)
        return others.trailingZeroBitCount >> 3
    }

    /// What a word of ASCII letters and digits becomes, which is what it becomes in small letters.
    @inline(never)
    private mutating func meetPlain(_ range: Range<Int>, _ key: WordCache.Key) -> UInt32 {
        let small = WordCache.Key(head: Self.lowered(key.head), tail: Self.lowered(key.tail))
        guard small.head != key.head || small.tail != key.tail, let known = words.find(small) else {
            return meet(range, key)
        }
        words.insert(key, known)
        return known
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
