import Synchronization

/// Reduces the inflected forms of a word to one.
///
/// English is stemmed by Porter2. Languages without rules here keep their words whole, so that a match is exact rather
/// than wrong.
public struct Stemmer: Sendable {
    private let isEnglish: Bool

    /// The stemmer of a language; Latin words inside Chinese, Japanese and Korean text are stemmed as English.
    public init(_ language: Language) { isEnglish = language == .english || language.isCJK }

    /// The stem of a folded word.
    ///
    /// - Complexity: O(length); less for a word that was stemmed lately.
    public func stem(_ folded: String) -> String { isEnglish ? StemCache.english.stem(folded) : folded }

    /// The term of a word in small letters, whose marks may tell its stem.
    ///
    /// It is folded and stemmed, in the order that the language wants. It is not kept; ``TermScanner`` does that.
    func term(of word: String) -> String {
        let folded = Folding.fold(word)
        return isEnglish ? EnglishStemmer.stem(folded) : folded
    }
}

/// The stems of the words met lately: texts repeat their words, and a look-up is cheaper than the rules.
private final class StemCache: Sendable {
    static let english = StemCache(EnglishStemmer.stem)

    /// Enough for the words of a language that are not rare; when it is full, it starts anew.
    private static let capacity = 1 << 15
    /// Several locks, so that texts that are read at the same time seldom wait for each other.
    private static let shards = 16
    /// Longer words are seldom met twice.
    private static let longest = 24

    private final class Shard: Sendable {
        let stems = Mutex<[String: String]>([:])
    }

    private let shards: [Shard]
    private let rules: @Sendable (String) -> String

    init(_ rules: @escaping @Sendable (String) -> String) {
        self.rules = rules
        shards = (0..<Self.shards).map { _ in Shard() }
    }

    func stem(_ word: String) -> String {
        let letters = word.utf8
        guard letters.count > 2, letters.count <= Self.longest, let first = letters.first,
            let last = letters.last
        else { return rules(word) }
        let shard = shards[(Int(first) &* 7 &+ Int(last) &+ letters.count) % Self.shards]
        if let known = shard.stems.withLock({ $0[word] }) { return known }
        let stem = rules(word)
        shard.stems.withLock { stems in
            if stems.count >= Self.capacity / Self.shards { stems.removeAll(keepingCapacity: true) }
            stems[word] = stem
        }
        return stem
    }
}
