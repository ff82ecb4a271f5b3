/// Turns texts of one language into numbers of terms, by the rules of ``TextAnalyzer``.
///
/// It keeps the words that it has met, so that a word is folded and stemmed once, and gives what it finds in memory that it
/// uses again for the next text. What it keeps grows with the different words of its texts. It belongs to one task at a
/// time; ``TextAnalyzer`` is for those who need something lasting and small.
public final class TermScanner {
    /// The terms that its numbers stand for.
    public let terms: TermTable
    private var scan: TermScan
    private var isLent = false

    /// A scanner of a language.
    ///
    /// - Parameters:
    ///   - language: of the texts.
    ///   - terms: which scanners of other languages may share.
    public init(_ language: Language, terms: TermTable = TermTable()) {
        self.terms = terms
        scan = TermScan(form: WordForm(language), terms: terms)
    }

    /// How many different words, as they stand in the texts, it keeps.
    var wordCount: Int { scan.words.count }

    /// How many occurrences its memory has room for.
    var room: Int { scan.foundRoom }

    /// Has room for so many different words.
    func reserve(words: Int) {
        scan.words.reserve(words)
        terms.reserve(words)
    }

    /// Forgets all words and terms, which must be of no other scanner, and keeps the room for as many.
    func forget() {
        scan.words.removeAll()
        terms.removeAll()
    }

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
        try scan(text[...], body)
    }

    /// The same of a slice of a text, whose places are counted from its beginning.
    public func scan<Result, Failure: Error>(
        _ text: Substring, _ body: (UnsafeBufferPointer<TermOccurrence>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(!isLent, "a scanner reads one text at a time")
        isLent = true
        defer { isLent = false }
        var text = text
        text.withUTF8 { scan.run($0) }
        return try body(UnsafeBufferPointer(start: scan.found, count: scan.foundCount))
    }
}
