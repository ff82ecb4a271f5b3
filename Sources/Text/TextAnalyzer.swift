import Synchronization

/// Turns text into the terms that an index holds; articles and questions go through the same.
///
/// Words of alphabets are folded and stemmed. Scripts without spaces (Han, kana, Hangul) give every character and every
/// adjacent pair, which finds words of any length without a dictionary. Numbers lose their grouping marks. A compound
/// such as "GPT-4o" gives its parts and, at the place of the first, the whole without its hyphens. "U.S." is "us", and a
/// possessive loses its ending.
///
/// One pass over the UTF-8; a text that is not valid UTF-8 cannot reach it, because `String` repairs it. Those who read many
/// texts and can do with numbers for terms use a ``TermScanner``, which does the work.
public struct TextAnalyzer: Sendable {
    /// The language of the texts.
    public let language: Language
    private let scanners: ScannerPool

    /// The analyzer of a language.
    public init(_ language: Language) {
        self.language = language
        scanners = ScannerPool.of(language)
    }

    /// Has memory ready for the words of the language, so that no text waits until there is some.
    ///
    /// All analyzers of the language share it: about 12 MB.
    public func prepare() { scanners.prepare() }

    /// The terms of a text.
    ///
    /// - Complexity: O(length).
    public func terms(in text: String) -> [String] {
        scanners.scan(text) { found, terms in found.map { terms.text(of: $0.term) } }
    }

    /// What a body makes of the terms of a text, without a copy of them.
    ///
    /// - Parameters:
    ///   - text: what is read.
    ///   - body: is given the occurrences, as ``TermScanner`` gives them, and the table that their numbers are of; both are
    ///     gone afterwards.
    /// - Returns: what the body returns.
    /// - Complexity: O(length).
    public func withTerms<Result: Sendable>(
        of text: String, _ body: @Sendable (UnsafeBufferPointer<TermOccurrence>, TermTable) -> Result
    ) -> Result {
        scanners.scan(text, body)
    }

    /// The tokens of a text, by place; at the same place the longer whole comes after its parts' first.
    ///
    /// - Complexity: O(length).
    public func tokens(in text: String) -> [Token] {
        scanners.scan(text) { found, terms in
            found.map {
                Token(
                    term: terms.text(of: $0.term), range: Int($0.start)..<Int($0.end),
                    position: Int($0.position),
                    kind: $0.kind)
            }
        }
    }
}

/// Scanners of a language with the words that they have met, each for one text at a time.
private final class ScannerPool: Sendable {
    private final class Slot: Sendable {
        let scanner = Mutex<TermScanner?>(nil)
    }

    /// Enough for the words of a language that are not rare; a scanner that knows more forgets them.
    private static let words = 120_000
    /// So many and those of an article more.
    private static let prepared = 1 << 17
    /// Enough for the occurrences of an article; a scanner with more room is let go.
    private static let room = 1 << 16

    private static let pools = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { ($0, ScannerPool($0)) })

    static func of(_ language: Language) -> ScannerPool { pools[language] ?? ScannerPool(language) }

    private let language: Language
    /// As many as there are texts read at the same time on most machines.
    private let slots = (0..<4).map { _ in Slot() }

    private init(_ language: Language) { self.language = language }

    func prepare() {
        // The first is taken by whoever is alone. While another has it, nothing need be ready.
        slots[0].scanner.withLockIfAvailable { kept in
            let scanner = kept ?? TermScanner(language)
            scanner.reserve(words: Self.prepared)
            kept = scanner
        }
    }

    func scan<Result: Sendable>(
        _ text: String, _ body: @Sendable (UnsafeBufferPointer<TermOccurrence>, TermTable) -> Result
    ) -> Result {
        let language = language
        for slot in slots {
            let result = slot.scanner.withLockIfAvailable { kept -> Result in
                let scanner = kept ?? TermScanner(language)
                let result = scanner.scan(text) { body($0, scanner.terms) }
                if scanner.wordCount > Self.words { scanner.forget() }
                kept = scanner.room <= Self.room ? scanner : nil
                return result
            }
            if let result { return result }
        }
        let scanner = TermScanner(language)
        return scanner.scan(text) { body($0, scanner.terms) }
    }
}
