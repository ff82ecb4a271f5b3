/// One occurrence of a term in a text.
public struct TermOccurrence: Sendable, Hashable {
    /// The number of the term in the scanner's ``TermTable``, below the kind.
    @usableFromInline let termAndKind: UInt32
    /// Its place among the words or characters of the text; terms made of the same word or character share it.
    public let position: UInt32
    /// Where it begins in the text, in UTF-8 code units.
    public let start: UInt32
    /// Where it ends in the text, in UTF-8 code units.
    public let end: UInt32

    init(termAndKind: UInt32, position: UInt32, start: UInt32, end: UInt32) {
        self.termAndKind = termAndKind
        self.position = position
        self.start = start
        self.end = end
    }

    /// The bits of the term's number.
    private static let termBits: UInt32 = 30

    /// The number of the term in the scanner's ``TermTable``.
    @inlinable public var term: UInt32 { termAndKind & 0x3FFF_FFFF }

    /// What it was made of.
    public var kind: Token.Kind { Self.kinds[Int(termAndKind >> Self.termBits)] }

    private static let kinds: [Token.Kind] = [.word, .number, .ideograph, .bigram]

    static func entry(term: UInt32, kind: Token.Kind) -> UInt32 {
        term | UInt32(kinds.firstIndex(of: kind) ?? 0) << termBits
    }
}

/// Turns texts of one language into numbers of terms, by the rules of ``TextAnalyzer``.
///
/// It keeps the words that it has met, so that a word is folded and stemmed once, and gives what it finds in memory that it
/// uses again for the next text. What it keeps grows with the different words of its texts. It belongs to one task at a
/// time; ``TextAnalyzer`` is for those who need something lasting and small.
public final class TermScanner {
    /// The terms that its numbers stand for.
    public let terms: TermTable
    private var scan: Scan

    /// A scanner of a language.
    ///
    /// - Parameters:
    ///   - language: of the texts.
    ///   - terms: which scanners of other languages may share.
    public init(_ language: Language, terms: TermTable = TermTable()) {
        self.terms = terms
        scan = Scan(form: WordForm(language), terms: terms)
    }

    deinit { scan.free() }

    /// How many different words, as they stand in the texts, it keeps.
    var wordCount: Int { scan.words.count }

    /// How many occurrences its memory has room for.
    var room: Int { scan.foundRoom }

    /// Finds the terms of a text of less than 4 GiB, by place; at the same place the longer whole comes after its parts'
    /// first.
    ///
    /// - Parameters:
    ///   - text: what is read.
    ///   - body: is given the occurrences, which are gone afterwards; it may not use the scanner.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws.
    /// - Complexity: O(length), without allocation but for new words.
    public func scan<Result, Failure: Error>(
        _ text: String, _ body: (UnsafeBufferPointer<TermOccurrence>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var text = text
        text.withUTF8 { scan.run($0) }
        return try body(UnsafeBufferPointer(start: scan.found, count: scan.foundCount))
    }
}

/// The state of a scanner; its methods work on pointers, so that nothing is counted or checked at each byte.
private struct Scan {
    private let form: WordForm
    private let terms: TermTable
    private(set) var words = WordCache()
    private(set) var found: UnsafeMutablePointer<TermOccurrence>
    private(set) var foundCount = 0
    private(set) var foundRoom = 1024
    private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var at = 0
    private var position: UInt32 = 0

    /// What a word without a term is kept as.
    private static let nothing = UInt32.max

    init(form: WordForm, terms: TermTable) {
        self.form = form
        self.terms = terms
        found = .allocate(capacity: foundRoom)
    }

    func free() {
        words.free()
        found.deallocate()
    }

    mutating func run(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count < Int(UInt32.max), "a text has less than 4 GiB")
        (bytes, at, position, foundCount) = (text, 0, 0, 0)
        while at < bytes.count {
            let byte = bytes[at]
            if Self.isPlain(byte) {
                at &+= 1
            } else if byte < 0x80 {
                if !plainWord() { compound() }
            } else {
                let (scalar, length) = decodeScalar(bytes, at)
                switch ScalarClass.of(scalar) {
                case .letter, .digit: compound()
                case .ideograph: ideographs()
                case .mark, .other: at += length
                }
            }
        }
        bytes = UnsafeBufferPointer(start: nil, count: 0)
    }

    // MARK: Words of ASCII letters and digits

    /// Whether a byte is ASCII, but neither letter nor digit.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 >= 26 && byte &- 0x30 >= 10 && byte < 0x80
    }

    /// Reads one word of ASCII letters and digits that ends for certain behind the last of them.
    ///
    /// - Returns: false where it takes more to tell; then nothing has been read.
    @inline(__always)
    private mutating func plainWord() -> Bool {
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
        if let entry = words.find(key) {
            append(entry, start..<at)
        } else {
            append(meetPlain(start..<at, key), start..<at)
        }
        at &+= 1
        position &+= 1
        return true
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

    // MARK: Words of all alphabets

    /// One word, or several joined by hyphens.
    private mutating func compound() {
        let (start, first) = (at, position)
        var afterFirst = 0
        while true {
            let from = at
            word()
            append(entry(of: from..<at), from..<at)
            position += 1
            if from == start { afterFirst = foundCount }
            guard at < bytes.count else { break }
            let hyphen = WordForm.hyphenLength(bytes, at)
            guard hyphen > 0, isWordStart(at + hyphen) else { break }
            at += hyphen
        }
        guard position > first + 1 else { return }
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

    /// Reads letters and digits up to a border, and what may stand inside a word.
    private mutating func word() {
        let start = at
        let startsWithDigit = classAt(at) == .digit
        while at < bytes.count {
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

    private func ideographForm(_ raw: UnsafeBufferPointer<UInt8>) -> (text: String, kind: Token.Kind) {
        let isAlone = decodeScalar(raw, 0).length == raw.count
        return (Folding.fold(String(decoding: raw, as: UTF8.self)), isAlone ? .ideograph : .bigram)
    }

    // MARK: Terms

    @inline(__always)
    private mutating func append(_ entry: UInt32, _ range: Range<Int>) {
        append(entry, range, position: position)
    }

    @inline(__always)
    private mutating func append(_ entry: UInt32, _ range: Range<Int>, position: UInt32) {
        guard entry != Self.nothing else { return }
        if foundCount == foundRoom { grow() }
        found[foundCount] = TermOccurrence(
            termAndKind: entry, position: position, start: UInt32(truncatingIfNeeded: range.lowerBound),
            end: UInt32(truncatingIfNeeded: range.upperBound))
        foundCount &+= 1
    }

    private mutating func grow() {
        let more = UnsafeMutablePointer<TermOccurrence>.allocate(capacity: foundRoom * 2)
        more.moveInitialize(from: found, count: foundCount)
        found.deallocate()
        found = more
        foundRoom *= 2
    }

    /// What a word, several with hyphens, a character or a pair became, now or before.
    private mutating func entry(of range: Range<Int>) -> UInt32 {
        guard range.count <= WordCache.short else {
            let word = UnsafeBufferPointer(rebasing: bytes[range])
            guard range.count <= WordCache.longest else { return newEntry(word) }
            if let known = words.findLong(word) { return known }
            let entry = newEntry(word)
            words.insertLong(word, entry)
            return entry
        }
        let key = key(of: range)
        return words.find(key) ?? meet(range, key)
    }

    /// The bytes of no more than ``WordCache/short`` in two numbers.
    @inline(__always)
    private func key(of range: Range<Int>) -> WordCache.Key {
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

    private mutating func meet(_ range: Range<Int>, _ key: WordCache.Key) -> UInt32 {
        let entry = newEntry(UnsafeBufferPointer(rebasing: bytes[range]))
        words.insert(key, entry)
        return entry
    }

    /// What a word, several with hyphens, a character or a pair becomes.
    private func newEntry(_ raw: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let isIdeograph = ScalarClass.of(decodeScalar(raw, 0).value) == .ideograph
        guard let (term, kind) = isIdeograph ? ideographForm(raw) : form.term(of: raw) else {
            return Self.nothing
        }
        var text = term
        return text.withUTF8 { TermOccurrence.entry(term: terms.number(of: $0), kind: kind) }
    }
}
