/// One occurrence of a term in a text.
public struct TermOccurrence: Sendable, Hashable {
    /// The number of the term in the scanner's ``TermTable``, with the kind in the two bits above.
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

    /// A term that was handed over as it is, without a text; it has no place in one.
    public init(term: UInt32, position: UInt32) {
        self.init(
            termAndKind: Self.termAndKind(term, .word), position: position, start: 0, end: 0)
    }

    /// The number of the term in the scanner's ``TermTable``, below 2³⁰.
    @inlinable public var term: UInt32 { termAndKind & 0x3FFF_FFFF }

    /// What it was made of.
    public var kind: Token.Kind { Token.Kind(rawValue: UInt8(termAndKind >> 30)) ?? .word }

    /// Both in one number.
    static func termAndKind(_ term: UInt32, _ kind: Token.Kind) -> UInt32 {
        precondition(term < 1 << 30, "a table has less than 2³⁰ terms")
        return term | UInt32(kind.rawValue) << 30
    }
}
