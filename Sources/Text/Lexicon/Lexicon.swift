/// What words mean the same, and how common they are: the language knowledge behind questions.
///
/// The tables are written in plain words; stems and simplified forms are made when they are first used. Chinese is held
/// in simplified form throughout.
public final class Lexicon: Sendable {
    /// The tables that come with Newsdesk, read once.
    public static let standard = Lexicon()

    private let english: [TermKey: [String]]
    private let chinese: [TermKey: [String]]
    private let fromChinese: [TermKey: [String]]
    private let toChinese: [TermKey: [String]]
    private let phraseBeginnings: Set<TermKey>
    private let names: Set<TermKey>
    private let aliases: [TermKey: [String]]
    private let aliasBeginnings: Set<TermKey>
    private let ranks: [TermKey: Float]
    private let generic: Set<TermKey>
    /// The known Chinese words by their first character, longest first.
    private let chineseWords: [Character: [[Character]]]

    private init() {
        english = TermKey.table(Self.groups(LexiconTables.englishSynonyms, key: Self.stems))
        let chinese = Self.groups(LexiconTables.chineseSynonyms, key: { Folding.fold($0) })
        self.chinese = TermKey.table(chinese)
        var aliases: [String: [String]] = [:]
        for line in LexiconTables.aliases.split(separator: "\n") {
            let names = Self.entries(line).map { Folding.fold($0) }
            for name in names { aliases[name] = ([name] + names.filter { $0 != name }).map(Self.stems) }
        }
        self.aliases = TermKey.table(aliases)
        aliasBeginnings = TermKey.set(aliases.keys.map { String($0.prefix { $0 != " " }) })
        var fromChinese: [String: [String]] = [:]
        var toChinese: [String: [String]] = [:]
        var names: Set<String> = []
        let common = LexiconTables.glossary.split(separator: "\n").map { ($0, false) }
        for (line, isName) in common + LexiconTables.nameGlossary.split(separator: "\n").map({ ($0, true) }) {
            let sides = line.split(separator: "=")
            guard sides.count == 2 else { continue }
            let words = Self.entries(sides[0]).map { Folding.fold($0) }
            let phrases = Self.entries(sides[1]).map(Self.stems)
            if isName { names.formUnion(words) }
            for word in words { fromChinese[word, default: []] += phrases }
            for phrase in phrases { toChinese[phrase, default: []] += words }
        }
        self.names = TermKey.set(names)
        self.fromChinese = TermKey.table(fromChinese)
        self.toChinese = TermKey.table(toChinese)
        let phrases = (Array(fromChinese.keys) + toChinese.keys).filter { $0.contains(" ") }
        phraseBeginnings = TermKey.set(phrases.map { String($0.prefix { $0 != " " }) })
        var ranks: [String: Float] = [:]
        let buckets = LexiconTables.commonness
        for (index, bucket) in buckets.enumerated() {
            let value = 1 - Float(index) / Float(buckets.count)
            for word in bucket.split(whereSeparator: \.isWhitespace) {
                let key =
                    word.unicodeScalars.allSatisfy(\.isASCII)
                    ? Self.stems(String(word)) : Folding.fold(String(word))
                if ranks[key] == nil { ranks[key] = value }
            }
        }
        self.ranks = TermKey.table(ranks)
        let generic = Set(
            LexiconTables.generic.split(whereSeparator: \.isWhitespace).map {
                $0.unicodeScalars.allSatisfy(\.isASCII) ? Self.stems(String($0)) : Folding.fold(String($0))
            })
        self.generic = TermKey.set(generic)
        let known = Set(fromChinese.keys).union(chinese.keys).union(ranks.keys).union(generic)
            .filter { $0.count > 1 && $0.unicodeScalars.allSatisfy { $0.value > 0x2E80 } }
        chineseWords = Dictionary(grouping: known.map { Array($0) }, by: { $0[0] })
            .mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// English wordings with nearly the meaning of a stem, as stems joined by spaces; without the stem itself.
    public func synonyms(of stem: String) -> [String] { english[TermKey(stem)] ?? [] }

    /// The names of what a folded name means, each as stems joined by spaces, the name itself first; empty where it is
    /// known under no other name.
    public func aliases(of name: String) -> [String] { aliases[TermKey(name)] ?? [] }

    /// Whether some name with aliases has a folded word as its first.
    public func hasAliases(beginning word: String) -> Bool { aliasBeginnings.contains(TermKey(word)) }

    /// The most words that a name with aliases has.
    public static let longestAlias = 6

    /// Whether a folded phrase says so little that a question loses nothing without it, such as "take place".
    public static func isEmptyPhrase(_ phrase: String) -> Bool { emptyPhraseKeys.contains(TermKey(phrase)) }

    /// Whether some such phrase has a folded word as its first.
    public static func hasEmptyPhrases(beginning word: String) -> Bool {
        emptyPhraseBeginnings.contains(TermKey(word))
    }

    private static let emptyPhraseBeginnings = TermKey.set(
        emptyPhrases.map { String($0.prefix { $0 != " " }) })
    private static let emptyPhraseKeys = TermKey.set(emptyPhrases)
    private static let emptyPhrases = LexiconTables.emptyPhrases.split(separator: "\n").flatMap(entries)

    /// Chinese words with nearly the meaning of a word, all simplified.
    public func chineseSynonyms(of word: String) -> [String] { chinese[TermKey(word)] ?? [] }

    /// What a word is called in the other language: English stems joined by spaces for a simplified Chinese word,
    /// simplified Chinese words for English stems.
    public func translations(of word: String) -> [String] {
        let key = TermKey(word)
        return fromChinese[key] ?? toChinese[key] ?? []
    }

    /// Whether some phrase that has a translation has a word as its first of several.
    public func hasPhrases(beginning stem: String) -> Bool { phraseBeginnings.contains(TermKey(stem)) }

    /// Whether a simplified Chinese word names a place, a person or an organisation.
    public func isName(_ word: String) -> Bool { names.contains(TermKey(word)) }

    /// The length in characters of the longest known Chinese word that starts the simplified characters, 0 if none does.
    public func longestChineseEntry(in characters: ArraySlice<Character>) -> Int {
        guard let first = characters.first, let words = chineseWords[first] else { return 0 }
        return words.first { characters.starts(with: $0) }?.count ?? 0
    }

    /// How common an English stem or a simplified Chinese word is: 1 for the commonest content words, 0 for the rare.
    public func commonness(of stem: String) -> Float { ranks[TermKey(stem)] ?? 0 }

    /// Whether a word says so little about what is asked that an answer may do without it.
    public func isGeneric(_ stem: String) -> Bool { generic.contains(TermKey(stem)) }

    // MARK: Reading the tables

    private static func entries(_ text: some StringProtocol) -> [String] {
        text.split(separator: ",").map { part in
            String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty }
    }

    /// A phrase as stems joined by spaces.
    private static func stems(_ phrase: String) -> String {
        phrase.split(separator: " ").map { Stemmer(.english).term(of: Folding.fold(String($0))) }
            .joined(separator: " ")
    }

    private static func groups(_ table: String, key: (String) -> String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for line in table.split(separator: "\n") {
            var keys: [String] = []
            for entry in entries(line).map(key) where !keys.contains(entry) { keys.append(entry) }
            for entry in keys {
                let others = keys.filter { $0 != entry && !(result[entry]?.contains($0) ?? false) }
                result[entry, default: []] += others
            }
        }
        return result
    }
}
