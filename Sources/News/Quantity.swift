public import Text

/// An amount as a text states it, in normal form.
public struct Quantity: Sendable, Hashable {
    /// What is measured.
    public enum Kind: Sendable, Hashable {
        /// A sum of a currency.
        case money
        /// A share of a hundred.
        case percentage
        /// A length of time.
        case duration
        /// So many of something.
        case count
        /// One number against another, such as a vote of 308 to 122.
        case ratio
        /// A number without anything that it counts.
        case plain
    }

    /// The number: 5 million is 5 000 000, 15億 is 1 500 000 000.
    public var value: Double
    /// What is measured.
    public var kind: Kind
    /// What is counted, in the singular and in lower case: `dollar`, `year`, `device`, `台`; nil for a plain number.
    public var unit: String?
    /// Where it stands in the text.
    public var range: Range<String.Index>
    /// Its words, with sign, scale and unit: `$6.6 billion`, `25 years`.
    public var text: String

    /// The amounts of a text, in order.
    ///
    /// Numbers that belong to dates or times of day, that stand inside names (GPT-4, A100, Chapter 11), that number a
    /// list or say which one (the fourth, 第四次) are none. A ratio reaches over both its numbers and has the value of
    /// the first; the second follows again as a plain one. The first number of a span takes the unit of the second: "20
    /// to 30 percent". Signs are dropped: "−5 %" is 5.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String, language: Language) -> [Quantity] {
        QuantityScanner.quantities(in: LexedText(text, language: language))
    }
}
