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
    private let scanners: ScannerPool

    /// The analyzer of a language.
    public init(_ language: Language) { scanners = ScannerPool.of(language) }

    /// The terms of a text.
    ///
    /// - Complexity: O(length).
    public func terms(in text: String) -> [String] {
        scanners.scan(text) { found, terms in found.map { terms.text(of: $0.term) } }
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

/// The scanners of a language that nobody uses at the moment, with the words that they have met.
private final class ScannerPool: Sendable {
    /// As many as there are texts read at the same time on most machines.
    private static let most = 4
    /// Enough for the words of a language that are not rare; a scanner that knows more is let go.
    private static let words = 1 << 16
    /// Enough for the occurrences of an article; a scanner with more room is let go.
    private static let room = 1 << 16

    private static let pools = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { ($0, ScannerPool($0)) })

    static func of(_ language: Language) -> ScannerPool { pools[language] ?? ScannerPool(language) }

    /// A scanner that is nowhere but in the pool, and so may be taken by any task.
    private struct Idle: @unchecked Sendable {
        let scanner: TermScanner
    }

    private let language: Language
    private let idle = Mutex<[Idle]>([])

    private init(_ language: Language) { self.language = language }

    func scan<Result>(
        _ text: String, _ body: (UnsafeBufferPointer<TermOccurrence>, TermTable) -> Result
    ) -> Result {
        let scanner = idle.withLock { $0.popLast() }?.scanner ?? TermScanner(language)
        let result = scanner.scan(text) { body($0, scanner.terms) }
        if scanner.wordCount <= Self.words, scanner.room <= Self.room {
            let unused = Idle(scanner: scanner)
            idle.withLock { if $0.count < Self.most { $0.append(unused) } }
        }
        return result
    }
}
