import Foundation
import News
import Retrieval
import Text

/// Holds the sentence that may answer an English question against the question, word by word.
///
/// That a sentence has most of a question's words says little where the question was put to mislead, or its fact is just
/// not there: the one word that is missing may be the one that matters. So each word is looked for with the words akin to
/// it, and what is not met is judged by what stands in its place: nothing, another word before the same noun, its
/// opposite, another thing of its kind. Then what the question wants must be left over near the words that are met.
///
/// The core of it are positions of stems; a question is aligned with a few sentences only, so that it may be careful.
struct Alignment: Sendable {
    /// A word of the question.
    private struct Word {
        var stem: String
        var key: TermKey
        var position: Int
        var isName: Bool
        var isNumber: Bool
        /// Whether it only tells the kind of thing that is wanted: "which country".
        var isHead: Bool
        var weight = 1.0
        /// Stems that may stand for it.
        var akin: Set<String>
        var akinKeys: [TermKey]
        var concept: Concept?
    }

    /// What is wanted, as far as it can be seen.
    private enum Wanted {
        case number, date, name, anything
    }

    private let words: [Word]
    private let asked: Set<String>
    private let wanted: Wanted
    private let isDenied: Bool
    private let clause: Clause?

    /// What a question wants of a sentence; nil where it is not English or has no words of its own.
    ///
    /// - Parameters:
    ///   - question: the question, standing alone.
    ///   - articles: the evidence, by which the rarity of words is told.
    init?(_ question: Question, among articles: [ReadArticle]) {
        guard question.read.language == .english else { return nil }
        let text = question.standalone
        let tokens = AlignedToken.all(in: text)
        let heads = QuestionAnalysis.headNouns(of: text, language: .english)
        let concepts = question.read.concepts.filter { !$0.word.contains(Self.space) }
            .map { (word: Folding.fold($0.word), concept: $0) }
        var words: [Word] = []
        for token in tokens where token.isContent || Self.superlatives.contains(token.folded) {
            guard !Self.empty.contains(token.folded) else { continue }
            let akin = WordRelations.standard.akin(to: token.stem)
                .union(Lexicon.standard.synonyms(of: token.stem).filter { !$0.contains(Self.space) })
            words.append(
                Word(
                    stem: token.stem, key: TermKey(token.stem), position: token.position,
                    isName: token.isCapitalised && token.position > 0, isNumber: token.isNumber,
                    isHead: heads.contains(token.folded)
                        || Self.kinds.contains(token.folded) && token.position <= 4,
                    akin: akin, akinKeys: akin.map { TermKey($0) },
                    concept: concepts.first { $0.word == token.folded }?.concept))
        }
        guard !words.isEmpty else { return nil }
        let count = Double(articles.reduce(0) { $0 + $1.sentences.count })
        for index in words.indices {
            let holding = Double(articles.reduce(0) { $0 + $1.count(of: words[index].key) })
            words[index].weight =
                min(5, max(0.3, log(1 + (count - holding + 0.5) / (holding + 0.5))))
                * (words[index].isHead ? 0.35 : 1)
        }
        self.words = words
        asked = Set(tokens.map(\.stem))
        isDenied = CueWords.isDenial(PlainText(text))
        wanted = Self.wanted(by: question, tokens)
        clause = Clause(
            tokens, words: words.map(\.position), names: Set(words.filter(\.isName).map(\.position)))
    }

    /// What is found of a question in a sentence.
    ///
    /// - Complexity: O(words of the question · words of the sentence and those around it).
    func values(for sentence: ReadSentence, in article: ReadArticle) -> [AnswerWeights.Relation: Double] {
        let tokens = AlignedToken.all(in: sentence.sentence.text)
        let around = context(of: sentence, in: article)
        let places = words.map { word in self.places(of: word, in: tokens) }
        var said: [Double] = []
        var near: [Double] = []
        var meant: [Double] = []
        for (word, place) in zip(words, places) {
            let here = max(place.degree, degree(of: word, in: sentence.wording))
            let beside = around.map { degree(of: word, in: $0.wording) }.max() ?? 0
            said.append(here)
            near.append(beside)
            meant.append(max(here, 0.8 * beside, 0.5 * degree(of: word, in: article.whole)))
        }
        var values = [AnswerWeights.Relation: Double](minimumCapacity: AnswerWeights.Relation.allCases.count)
        let total = words.reduce(0) { $0 + $1.weight }
        values[.said] = zip(words, said).reduce(0) { $0 + $1.0.weight * $1.1 } / total
        values[.names] = min(2, zip(words, meant).reduce(0) { $0 + ($1.0.isName ? 1 - $1.1 : 0) })
        values[.numbers] = min(1, zip(words, said).reduce(0) { $0 + ($1.0.isNumber ? 1 - $1.1 : 0) })
        values[.lesser] =
            zip(words, meant).contains { Self.marked.contains($0.stem) && $1 < 0.7 } ? 1 : 0
        measureGaps(tokens, places.map(\.positions), said: said, near: near, meant: meant, into: &values)
        let denies = CueWords.isDenial(sentence.plain)
        values[.denied] = isDenied && !denies ? 1 : 0
        values[.denying] = denies && !isDenied ? 1 : 0
        measureWanted(tokens, places.flatMap(\.positions), into: &values)
        values[.turned] = clause.map { $0.isTurned(tokens, places.map(\.positions)) ? 1 : 0 } ?? 0
        return values
    }

    // MARK: Words

    /// Where a word or one akin to it stands, and how well that meets it.
    private func places(of word: Word, in tokens: [AlignedToken]) -> (degree: Double, positions: [Int]) {
        func positions(_ matches: (AlignedToken) -> Bool) -> [Int] {
            tokens.indices.filter { matches(tokens[$0]) }
        }
        let same = positions { $0.stem == word.stem }
        if !same.isEmpty { return (1, same) }
        if word.stem.utf8.count >= 4, !word.isNumber {
            let start = String(word.stem.prefix(max(4, word.stem.count - 3)))
            let first = word.stem.utf8.first
            let family = positions { token in
                guard token.stem.utf8.first == first else { return false }
                return token.stem.hasPrefix(start)
                    || token.stem.utf8.count >= 5
                        && word.stem.hasPrefix(token.stem.prefix(max(5, token.stem.count - 3)))
            }
            if !family.isEmpty { return (0.8, family) }
        }
        let akin = positions { word.akin.contains($0.stem) }
        return akin.isEmpty ? (0, []) : (0.75, akin)
    }

    private func degree(of word: Word, in wording: Wording) -> Double {
        if wording.has(word.key) { return 1 }
        let akin = word.akinKeys.contains(where: wording.has) ? 0.75 : 0
        return max(akin, word.concept.map { wording.degree(of: $0) } ?? 0)
    }

    /// The two sentences before one and the one behind it.
    private func context(of sentence: ReadSentence, in article: ReadArticle) -> [ReadSentence] {
        guard let index = article.sentences.firstIndex(where: { $0 === sentence }) else { return [] }
        let range = max(0, index - 2)...min(article.sentences.count - 1, index + 1)
        return range.filter { $0 != index }.map { article.sentences[$0] }
    }

    /// What stands in the place of the words that are not met, and how far words lie apart that stand together in the
    /// question.
    private func measureGaps(
        _ tokens: [AlignedToken], _ places: [[Int]], said: [Double], near: [Double], meant: [Double],
        into values: inout [AnswerWeights.Relation: Double]
    ) {
        var (opposed, sibling, replaced, apart) = (0.0, 0.0, 0.0, 0.0)
        func isAdjacent(_ index: Int) -> Bool {
            index + 1 < words.count && words[index + 1].position == words[index].position + 1
        }
        for (index, word) in words.enumerated() {
            if isAdjacent(index), let gap = gap(places[index], places[index + 1]), gap > 3 { apart += 0.5 }
            guard said[index] < 0.9 else { continue }
            let beside = [index - 1, index + 1].filter {
                words.indices.contains($0) && abs(words[$0].position - word.position) <= 2
            }.flatMap { places[$0] }
            func stands(_ stems: Set<String>) -> (any: Bool, beside: Bool) {
                guard !stems.isEmpty else { return (false, false) }
                let found = tokens.indices.filter {
                    stems.contains(tokens[$0].stem) && !asked.contains(tokens[$0].stem)
                }
                return (
                    !found.isEmpty, found.contains { at in beside.contains { abs($0 - at) <= 3 } }
                )
            }
            let opposite = stands(WordRelations.standard.opposites(of: word.stem))
            if opposite.any { opposed = max(opposed, opposite.beside ? 1 : 0.5) }
            guard said[index] == 0 else { continue }
            let other = stands(WordRelations.standard.siblings(of: word.stem))
            if other.any { sibling = max(sibling, other.beside ? 1 : meant[index] == 0 ? 0.5 : 0.3) }
            // "The Dutch border" where "the French border" is asked for.
            if !word.isHead, isAdjacent(index), said[index + 1] >= 0.75,
                places[index + 1].contains(where: { at in
                    at > 0 && tokens[at - 1].isContent && !asked.contains(tokens[at - 1].stem)
                })
            {
                replaced += 1 - 0.5 * near[index]
            }
        }
        values[.opposed] = opposed
        values[.sibling] = sibling
        values[.replaced] = min(1.5, replaced)
        values[.apart] = min(1, apart)
    }

    private func gap(_ first: [Int], _ second: [Int]) -> Int? {
        first.flatMap { a in second.map { abs($0 - a) } }.min()
    }

    // MARK: What is wanted

    private func measureWanted(
        _ tokens: [AlignedToken], _ met: [Int], into values: inout [AnswerWeights.Relation: Double]
    ) {
        let fits: (AlignedToken) -> Bool
        switch wanted {
        case .anything:
            values[.typeMissing] = 0
            values[.typeNear] = 0.3
            return
        case .number: fits = { $0.isNumber || Self.numberWords.contains($0.folded) }
        case .date: fits = { $0.isYear || Self.dateWords.contains($0.folded) }
        case .name: fits = { $0.isCapitalised && $0.isContent }
        }
        let found = tokens.indices.filter { !asked.contains(tokens[$0].stem) && fits(tokens[$0]) }
        values[.typeMissing] = found.isEmpty ? 1 : 0
        let distance = found.compactMap { at in met.map { abs($0 - at) }.min() }.min()
        values[.typeNear] = distance.map { 1 / Double(1 + $0) } ?? 0
    }

    private static func wanted(by question: Question, _ tokens: [AlignedToken]) -> Wanted {
        switch question.kind {
        case .when: return .date
        case .howMany, .howMuch, .howLong, .percentage: return .number
        case .who, .where: return .name
        default: break
        }
        guard let asking = tokens.firstIndex(where: { ["what", "which", "how"].contains($0.folded) }) else {
            return .anything
        }
        let next = tokens[(asking + 1)...].prefix(3).map(\.folded)
        if tokens[asking].folded == "how" {
            return next.first.map(measured.contains) == true ? .number : .anything
        }
        if next.contains(where: ["year", "date", "century", "decade"].contains) || next.first == "month" {
            return .date
        }
        return next.contains(where: amounts.contains) ? .number : .anything
    }

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(separator: " ").map(String.init))
    }

    private static let space: Character = " "
    private static let empty = set("name named called type kind many much")
    private static let kinds = set(
        """
        name type kind sort form way method thing term word number amount part percent percentage share portion \
        year month century date day time place country city state person people man group
        """)
    private static let measured = set("many much large tall deep wide long old far often big high")
    private static let amounts = set(
        """
        percent percentage number portion share proportion population height length size cost price amount rate range \
        degree distance temperature
        """)
    private static let superlatives = set("most least last first best worst fewest latest")
    /// What is asked for by the lesser end is seldom left unsaid.
    private static let marked = Set(
        """
        least fewest last latest smallest lowest worst youngest shortest slowest final never only lower fewer less
        """.split(separator: " ").map { Stemmer(.english).term(of: String($0)) })
    private static let numberWords = set(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen hundred thousand million billion \
        trillion half third quarter first second once twice double numerous several
        """)
    private static let dateWords = set(
        """
        january february march april may june july august september october november december century centuries \
        yesterday today monday tuesday wednesday thursday friday saturday sunday
        """)
}

/// One word of a text with its place.
private struct AlignedToken {
    var folded: String
    var stem: String
    /// Its place among the words of the text.
    var position: Int
    var isCapitalised: Bool
    var isNumber: Bool
    var isYear: Bool
    /// Whether it is no function word.
    var isContent: Bool

    static func all(in text: String) -> [AlignedToken] {
        let bytes = Array(text.utf8)
        var tokens: [AlignedToken] = []
        tokens.reserveCapacity(bytes.count / 5)
        // Of what shares a place the first is the part of a compound, as in "Anglo-Saxon".
        for token in TextAnalyzer(.english).tokens(in: text)
        where tokens.last.map({ $0.position < token.position }) ?? true {
            guard token.range.upperBound <= bytes.count, let first = token.range.first else { continue }
            let folded = Folding.fold(String(decoding: bytes[token.range], as: UTF8.self))
            let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[first])
            let digits = bytes[token.range].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            tokens.append(
                AlignedToken(
                    folded: folded, stem: token.term, position: token.position,
                    isCapitalised: (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[first]),
                    isNumber: isNumber, isYear: isNumber && (3...4).contains(digits.count),
                    isContent: !StopWords.contains(folded, in: .english)))
        }
        return tokens
    }

    static let passives: Set<String> = ["is", "are", "was", "were", "been", "be", "being"]
}

/// Who does what in a question, where its form tells: "Who founded X?", "What did X found?".
private struct Clause {
    /// The verb, the doers and what it is done to, as numbers among the words of the question.
    private let verb: Int
    private let doers: [Int]
    private let objects: [Int]

    /// - Parameters:
    ///   - tokens: the question.
    ///   - words: the positions of the words that are looked for.
    ///   - names: the positions of those that are names.
    init?(_ tokens: [AlignedToken], words: [Int], names: Set<Int>) {
        guard
            let asking = tokens.firstIndex(where: { ["who", "what", "which", "whom"].contains($0.folded) }),
            asking + 1 < tokens.count
        else { return nil }
        let behind = words.indices.filter { words[$0] > asking }
        if ["did", "does", "do"].contains(tokens[asking + 1].folded)
            || tokens[(asking + 1)...].prefix(3).contains(where: {
                ["did", "does", "do"].contains($0.folded)
            })
        {
            // The verb ends the question or stands before a preposition.
            let verb = behind.dropFirst().first { index in
                let next = words[index] + 1
                return !names.contains(words[index])
                    && (next >= tokens.count || Self.prepositions.contains(tokens[next].folded))
            }
            guard let verb else { return nil }
            self.verb = verb
            let helper = tokens.firstIndex { ["did", "does", "do"].contains($0.folded) } ?? asking
            doers = behind.filter { $0 < verb && words[$0] > helper }
            objects = []
        } else if tokens[asking + 1].isContent, tokens[asking].folded != "which", let verb = behind.first,
            words[verb] == asking + 1
        {
            self.verb = verb
            doers = []
            objects = behind.filter { $0 > verb }
        } else {
            return nil
        }
        guard !doers.isEmpty || !objects.isEmpty else { return nil }
    }

    /// Whether a sentence has the parts the other way round at every place of the verb.
    func isTurned(_ tokens: [AlignedToken], _ places: [[Int]]) -> Bool {
        let verbs = places[verb]
        guard !verbs.isEmpty else { return false }
        return verbs.allSatisfy { at in
            let after = tokens[min(at + 1, tokens.count)...].prefix(3)
            let isPassive =
                after.contains { $0.folded == "by" }
                && (after.first?.folded == "by"
                    || tokens[max(0, at - 3)..<at].contains { AlignedToken.passives.contains($0.folded) })
            func isBehind(_ index: Int) -> Bool? {
                guard let place = places[index].min(by: { abs($0 - at) < abs($1 - at) }) else { return nil }
                return (place > at) != isPassive
            }
            let patients = objects.compactMap(isBehind)
            let agents = doers.compactMap(isBehind)
            return !patients.isEmpty && !patients.contains(true)
                || !agents.isEmpty && !agents.contains(false)
        }
    }

    private static let prepositions: Set<String> = [
        "to", "in", "on", "for", "by", "from", "with", "at", "of", "as", "during", "after", "about", "into",
        "before",
    ]
}
