/// How plain English words stand to each other: akin, opposite, or names of different things of one kind.
///
/// It tells a sentence that puts a question in other words from one that speaks of something else. All words are stems,
/// as ``TextAnalyzer`` gives them; the tables are read once.
public final class WordRelations: Sendable {
    /// The tables that come with Newsdesk.
    public static let standard = WordRelations()

    private let akin: [TermKey: Set<String>]
    private let opposites: [TermKey: Set<String>]
    private let siblings: [TermKey: Set<String>]
    /// The two sides of each opposition.
    public let oppositions: [(Set<String>, Set<String>)]

    private init() {
        let stemmer = Stemmer(.english)
        func stems(_ words: some StringProtocol) -> Set<String> {
            Set(
                words.split(whereSeparator: { $0 == " " || $0 == "," }).map { stemmer.term(of: String($0)) })
        }
        func grouped(_ table: String) -> [String: Set<String>] {
            var result: [String: Set<String>] = [:]
            for line in table.split(separator: "\n") {
                let group = stems(line)
                for word in group { result[word, default: []].formUnion(group.subtracting([word])) }
            }
            return result
        }
        // Forms of a word are as good as the word: what is akin to one is akin to all.
        let forms = grouped(LexiconTables.englishForms)
        var akin = grouped(LexiconTables.englishAkin).merging(forms) { $0.union($1) }
        for (form, others) in forms {
            for other in others { akin[form, default: []].formUnion(akin[other] ?? []) }
            akin[form]?.remove(form)
        }
        self.akin = TermKey.table(akin)
        siblings = TermKey.table(grouped(LexiconTables.englishSiblings))
        oppositions = LexiconTables.englishOpposites.split(separator: "\n").compactMap { line in
            let sides = line.split(separator: "/").map { stems($0) }
            return sides.count == 2 ? (sides[0], sides[1]) : nil
        }
        var opposites: [String: Set<String>] = [:]
        for (one, other) in oppositions {
            for word in one { opposites[word, default: []].formUnion(other) }
            for word in other { opposites[word, default: []].formUnion(one) }
        }
        self.opposites = TermKey.table(opposites)
    }

    /// The words that may be said for a word.
    public func akin(to stem: String) -> Set<String> { akin[TermKey(stem)] ?? [] }

    /// The words that say the opposite of a word.
    public func opposites(of stem: String) -> Set<String> { opposites[TermKey(stem)] ?? [] }

    /// The words that name other things of the same kind: for a month the other months.
    public func siblings(of stem: String) -> Set<String> { siblings[TermKey(stem)] ?? [] }
}
