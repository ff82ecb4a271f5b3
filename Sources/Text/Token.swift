/// One term of a text with its place.
public struct Token: Sendable, Hashable {
    /// The folded and, for words, stemmed form: what the index holds.
    public var term: String
    /// Where it stands in the text, in UTF-8 code units.
    public var range: Range<Int>
    /// Its place among the words or characters of the text; terms made of the same word or character share it.
    public var position: Int
    /// What it was made of.
    public var kind: Kind

    /// A token made of the given parts.
    public init(term: String, range: Range<Int>, position: Int, kind: Kind) {
        self.term = term
        self.range = range
        self.position = position
        self.kind = kind
    }

    /// What a token was made of.
    public enum Kind: UInt8, Sendable, Hashable {
        /// A word of letters, or of letters and digits.
        case word
        /// A number, its grouping marks removed.
        case number
        /// One character of a script without spaces.
        case ideograph
        /// Two such characters next to each other.
        case bigram
    }
}
