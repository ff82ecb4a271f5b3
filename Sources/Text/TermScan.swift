/// The state of a scanner; its methods work on pointers, so that nothing is counted or checked at each byte.
struct TermScan: ~Copyable {
    private let form: WordForm
    private let terms: TermTable
    var words = WordCache()
    var found: UnsafeMutablePointer<TermOccurrence>
    var foundCount = 0
    private(set) var foundRoom = 1024
    private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var at = 0
    var position: UInt32 = 0
    /// Words that have been read and not been looked up.
    let waiting: UnsafeMutablePointer<WaitingWord>
    var waitingCount = 0

    /// What a word without a term is kept as.
    static let nothing = UInt32.max

    init(form: WordForm, terms: TermTable) {
        self.form = form
        self.terms = terms
        found = .allocate(capacity: foundRoom)
        waiting = .allocate(capacity: WaitingWord.most)
    }

    deinit {
        found.deallocate()
        waiting.deallocate()
    }

    mutating func run(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count < Int(UInt32.max), "a text has less than 4 GiB")
        (bytes, at, position, foundCount) = (text, 0, 0, 0)
        while at < bytes.count {
            if bytes[at] < 0x80 {
                plainWords()
                continue
            }
            let (scalar, length) = decodeScalar(bytes, at)
            switch ScalarClass.of(scalar) {
            case .letter, .digit: compound()
            case .ideograph:
                lookUp()
                ideographs()
            case .mark, .other: at += length
            }
            // What stands alone among such letters needs no look at the bytes around it.
            if at < bytes.count, Self.isMark(bytes[at]), at + 1 < bytes.count, bytes[at + 1] >= 0x80 {
                at += 1
            }
        }
        lookUp()
        bytes = UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Whether a byte is ASCII, but neither letter nor digit.
    @inline(__always)
    private static func isMark(_ byte: UInt8) -> Bool { byte < 0x80 && !isAlphanumeric(byte) }

    @inline(__always)
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }

    // MARK: Words of all alphabets

    /// One word, or several joined by hyphens.
    mutating func compound() {
        let start = at
        word()
        guard hyphenBeforeWord() > 0 else {
            let range = start..<at
            if range.count <= WordCache.short { return wait(key(of: range), range, isPlain: false) }
            lookUp()
            append(entry(of: range), range)
            position += 1
            return
        }
        lookUp()
        joined(from: start)
    }

    /// Several joined by hyphens, of which the first has been read.
    private mutating func joined(from start: Int) {
        let first = position
        var (from, afterFirst) = (start, 0)
        while true {
            append(entry(of: from..<at), from..<at)
            position += 1
            if from == start { afterFirst = foundCount }
            let hyphen = hyphenBeforeWord()
            guard hyphen > 0 else { break }
            at += hyphen
            from = at
            word()
        }
        let before = foundCount
        append(entry(of: start..<at), start..<at, position: first)
        guard foundCount > before else { return }
        // The whole comes behind its first part.
        let whole = found[before]
        var place = before
        while place > afterFirst {
            found[place] = found[place - 1]
            place -= 1
        }
        found[place] = whole
    }

    /// The length of the hyphen that stands here with a word behind it; nought where there is none.
    private func hyphenBeforeWord() -> Int {
        guard at < bytes.count else { return 0 }
        let hyphen = WordForm.hyphenLength(bytes, at)
        return hyphen > 0 && isWordStart(at + hyphen) ? hyphen : 0
    }

    /// Reads letters and digits up to a border, and what may stand inside a word.
    private mutating func word() {
        let start = at
        let startsWithDigit = classAt(at) == .digit
        while at < bytes.count {
            if Self.isAlphanumeric(bytes[at]) {
                at += 1
                continue
            }
            let (scalar, length) = decodeScalar(bytes, at)
            switch ScalarClass.of(scalar) {
            case .letter, .digit, .mark:
                at += length
                continue
            case .ideograph: return
            case .other: break
            }
            // Marks that stay inside: 5,000,000 and 6.25, U.S., don't and 's.
            guard at > start, at + length < bytes.count else { return }
            let next = classAt(at + length)
            let staysInside =
                switch scalar {
                case 0x2C: startsWithDigit && isDigit(at - 1) && next == .digit
                case 0x2E:
                    startsWithDigit && isDigit(at - 1) && next == .digit
                        || next == .letter && isInitial(endingAt: at, from: start)
                            && isInitial(startingAt: at + 1)
                case 0x27, 0x2019: next == .letter
                default: false
                }
            guard staysInside else { return }
            at += length
        }
    }

    private func classAt(_ index: Int) -> ScalarClass { ScalarClass.of(decodeScalar(bytes, index).value) }

    private func isWordStart(_ index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let next = classAt(index)
        return next == .letter || next == .digit
    }

    private func isDigit(_ index: Int) -> Bool { bytes[index] &- 0x30 < 10 }

    /// Whether the letter before `index` is a capital standing alone, as in "U.S.".
    private func isInitial(endingAt index: Int, from start: Int) -> Bool {
        guard bytes[index - 1] &- 0x41 < 26 else { return false }
        return index - 1 == start || bytes[index - 2] == UInt8(ascii: ".")
    }

    private func isInitial(startingAt index: Int) -> Bool {
        guard bytes[index] &- 0x41 < 26 else { return false }
        return index + 1 == bytes.count || classAt(index + 1) != .letter
    }

    // MARK: Scripts without spaces

    private mutating func ideographs() {
        var last: Int?
        while at < bytes.count {
            let (scalar, length) = decodeScalar(bytes, at)
            guard ScalarClass.of(scalar) == .ideograph else { break }
            let end = at + length
            if let last { append(entry(of: last..<end), last..<end, position: position - 1) }
            append(entry(of: at..<end), at..<end)
            position += 1
            last = at
            at = end
        }
    }

    private func ideographForm(_ raw: UnsafeBufferPointer<UInt8>) -> (term: [UInt8], kind: Token.Kind) {
        let isAlone = decodeScalar(raw, 0).length == raw.count
        return (Folding.fold(Array(raw)), isAlone ? .ideograph : .bigram)
    }

    // MARK: Terms

    @inline(__always)
    private mutating func append(_ entry: UInt32, _ range: Range<Int>) {
        append(entry, range, position: position)
    }

    @inline(__always)
    mutating func append(_ entry: UInt32, _ range: Range<Int>, position: UInt32) {
        guard entry != Self.nothing else { return }
        if foundCount == foundRoom { grow() }
        found[foundCount] = TermOccurrence(
            termAndKind: entry, position: position, start: UInt32(truncatingIfNeeded: range.lowerBound),
            end: UInt32(truncatingIfNeeded: range.upperBound))
        foundCount &+= 1
    }

    mutating func grow() {
        let more = UnsafeMutablePointer<TermOccurrence>.allocate(capacity: foundRoom * 2)
        more.moveInitialize(from: found, count: foundCount)
        found.deallocate()
        found = more
        foundRoom *= 2
    }

    /// What a word, several with hyphens, a character or a pair became, now or before.
    private mutating func entry(of range: Range<Int>) -> UInt32 {
        let word = UnsafeBufferPointer(rebasing: bytes[range])
        guard range.count <= WordCache.longest else { return newEntry(word) }
        let number =
            range.count <= WordCache.short ? words.number(of: key(of: range)) : words.number(of: word)
        return words.find(number) ?? meet(range, number)
    }

    /// The bytes of no more than ``WordCache/short`` in two numbers.
    @inline(__always)
    func key(of range: Range<Int>) -> WordCache.Key {
        guard range.lowerBound + WordCache.short <= bytes.count else { return slowKey(of: range) }
        let raw = UnsafeRawBufferPointer(bytes)
        let head = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
        // A shift by all bits gives nought.
        guard range.count > 8 else {
            return WordCache.Key(head: head & ~(UInt64.max << UInt64(range.count * 8)), tail: 0)
        }
        let tail = UInt64(
            littleEndian: raw.loadUnaligned(fromByteOffset: range.lowerBound + 8, as: UInt64.self))
        return WordCache.Key(head: head, tail: tail & ~(UInt64.max << UInt64(range.count * 8 - 64)))
    }

    /// The same near the end of the text, behind which nothing may be read.
    private func slowKey(of range: Range<Int>) -> WordCache.Key {
        var key = WordCache.Key(head: 0, tail: 0)
        for (offset, byte) in bytes[range].enumerated() {
            if offset < 8 {
                key.head |= UInt64(byte) << UInt64(offset * 8)
            } else {
                key.tail |= UInt64(byte) << UInt64(offset * 8 - 64)
            }
        }
        return key
    }

    @inline(never)
    mutating func meet(_ range: Range<Int>, _ number: UInt64) -> UInt32 {
        let entry = newEntry(UnsafeBufferPointer(rebasing: bytes[range]))
        words.insert(number, entry)
        return entry
    }

    /// What a word of small ASCII letters and digits becomes; nil where it takes ``newEntry(_:)`` to tell.
    func newPlainEntry(_ small: WordCache.Key, _ count: Int) -> UInt32? {
        var letters = (small.head.littleEndian, small.tail.littleEndian)
        return withUnsafeMutableBytes(of: &letters) { memory -> UInt32? in
            guard let word = memory.bindMemory(to: UInt8.self).baseAddress,
                let (length, kind) = form.makeTerm(of: word, count: count), length > 0
            else { return nil }
            let term = UnsafeBufferPointer(start: UnsafePointer(word), count: length)
            return TermOccurrence.termAndKind(terms.number(of: term), kind)
        }
    }

    /// What a word, several with hyphens, a character or a pair becomes.
    private func newEntry(_ raw: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let isIdeograph = ScalarClass.of(decodeScalar(raw, 0).value) == .ideograph
        guard let (term, kind) = isIdeograph ? ideographForm(raw) : form.term(of: raw) else {
            return Self.nothing
        }
        return term.withUnsafeBufferPointer { TermOccurrence.termAndKind(terms.number(of: $0), kind) }
    }
}
