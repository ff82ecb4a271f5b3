import News
import Search
import Text

/// The other names of people and things, as the archive's own articles give them.
///
/// They lie in the dictionary of the article index, as exact terms of a field that nothing is scored by: a mark, the folded
/// name, a second mark, the other name. So they come and go with their articles.
struct NameTable: Sendable {
    private static let mark = "\u{1}"
    private static let separator = "\u{1F}"
    private static let most = 3

    let articles: Searcher
    /// Tells how often characters stand together.
    let passages: Searcher

    /// The terms of an article: each pair of names in both directions.
    ///
    /// Where a Chinese name begins is not known, so it is found by all its ends; and a person of two names by the second.
    static func terms(of text: String) -> [String] {
        var terms: [String] = []
        func add(_ name: String, _ other: String) {
            terms.append(mark + Folding.fold(name) + separator + other)
        }
        for pair in OtherName.all(in: text) {
            let name = Array(pair.name)
            guard pair.name.contains(where: \.isHan) else {
                add(pair.name, pair.other)
                add(pair.other, pair.name)
                continue
            }
            for length in stride(from: 2, through: name.count, by: 1) {
                add(String(name.suffix(length)), pair.other)
            }
            add(pair.other, pair.name)
            let words = pair.other.split(separator: " ")
            if words.count == 2 { add(String(words[1]), pair.name) }
        }
        return terms
    }

    /// Whether some name of the table begins so.
    func hasNames(beginning folded: String) -> Bool {
        !articles.terms(beginning: Self.mark + folded, limit: 1).isEmpty
    }

    /// The other names of a name.
    ///
    /// - Parameter folded: the whole name, folded.
    /// - Returns: at most three, those that most articles give first.
    func others(of folded: String) -> [String] {
        let beginning = Self.mark + folded + Self.separator
        var others: [String] = []
        for (term, _) in articles.terms(beginning: beginning, limit: 16) {
            let other = trimmed(String(term.dropFirst(beginning.count)))
            if !others.contains(other), Folding.fold(other) != folded { others.append(other) }
            if others.count == Self.most { break }
        }
        return others
    }

    /// A Chinese name without the characters before it that only happened to stand there.
    ///
    /// The characters of a name stand together nearly as often as the name does; one that does not belong to it stands
    /// before it seldom.
    func trimmed(_ name: String) -> String {
        var characters = Array(name)
        guard characters.allSatisfy(\.isHan) else { return name }
        func frequency(_ at: Int) -> Int {
            passages.documentFrequency(of: Folding.fold(String(characters[at...(at + 1)])))
        }
        while characters.count > 2, frequency(0) * 2 < frequency(characters.count - 2) {
            characters.removeFirst()
        }
        return String(characters)
    }
}

extension Character {
    fileprivate var isHan: Bool {
        unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) } ?? false
    }
}
