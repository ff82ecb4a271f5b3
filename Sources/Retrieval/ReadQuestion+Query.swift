import Search
import Text

/// A question as the indexes understand it: weighed terms, and the parts that ask for evidence of their own.
struct QuestionQuery {
    /// Every wording of every concept, weighed.
    var query: Query
    /// How rare each word is among the passages, as ``rarities(_:)`` tells it.
    var idf: [Float]
    /// The numbers of the query's clauses that each facet consists of; at least one facet where there is a clause.
    ///
    /// A long question often asks about several things that no one passage tells together. Each part of it that says
    /// enough is a facet: what matches one of them fully is evidence, though it says nothing of the others.
    var facets: [[Int]]
    /// The question's clauses, by their numbers, that each facet is made of.
    var parts: [[Int]]
    /// Terms that follow each other in the question, as numbers of the query's clauses.
    var neighbours: [(first: Int, second: Int)]
    /// Stretches of the question, each as the numbers of the clauses that follow each other in it.
    var chains: [[Int]]
    /// The numbers of the query's clauses that are the reader's own words.
    var own: Set<Int>
    /// Those of them that are names.
    var names: Set<Int>
    /// The reader's single words, or single characters where there are no spaces between words, those of function words
    /// apart.
    var singles: [Single]
    /// The clauses that stand for others in texts of some languages.
    var variants: [Variant]
    /// What those wordings are worth, in weight times idf, that no passage holds and that are no clauses therefore; of the
    /// whole and of each facet.
    var unheld = (whole: 0.0, facets: [Float]())

    /// A word or character by itself, which is met as it is or by another wording of what it belongs to.
    struct Single {
        /// Its clause, by its number in the query.
        var clause: Int
        /// What the other wordings are worth beside it, 0…1, and their clauses, which must all be met.
        var others: [(strength: Double, clauses: [Int])] = []
    }

    /// A clause with a term that a word has by the rules of some languages.
    struct Variant {
        /// Its number.
        var clause: Int
        /// The number of the clause with the word's term by the rules of the question's language.
        var own: Int
        /// The languages of the texts in which it counts.
        var languages: Set<Language>
    }

    /// Takes away the clauses that no passage holds.
    ///
    /// A question has about as many of them as of others, such as translations into a language that the archive does not
    /// have. The reader's own words stay.
    ///
    /// - Parameter unknown: how rare a word is that no passage holds.
    mutating func removeUnheld(unknown: Float) {
        let kept = own.union(chains.joined()).union(singles.map(\.clause)).union(variants.map(\.clause))
        var numbers = [Int?](repeating: nil, count: query.clauses.count)
        var clauses: [Clause] = []
        var rarities: [Float] = []
        for (old, clause) in query.clauses.enumerated() {
            guard idf[old] < unknown || kept.contains(old) else {
                unheld.whole += Double(clause.weight * idf[old])
                continue
            }
            numbers[old] = clauses.count
            clauses.append(clause)
            rarities.append(idf[old])
        }
        unheld.facets = facets.map { facet in
            facet.reduce(0) { numbers[$1] == nil ? $0 + query.clauses[$1].weight * idf[$1] : $0 }
        }
        guard clauses.count < numbers.count else { return }
        func new(_ old: Int) -> Int { numbers[old] ?? 0 }
        query.clauses = clauses
        idf = rarities
        facets = facets.map { $0.compactMap { numbers[$0] } }
        neighbours = neighbours.map { (new($0.first), new($0.second)) }
        chains = chains.map { $0.map(new) }
        own = Set(own.map(new))
        names = Set(names.map(new))
        singles = singles.map { single in
            // What no passage holds stands for nothing.
            let others = single.others.filter { $0.clauses.allSatisfy { numbers[$0] != nil } }
            return Single(
                clause: new(single.clause), others: others.map { ($0.strength, $0.clauses.map(new)) })
        }
        variants = variants.map { Variant(clause: new($0.clause), own: new($0.own), languages: $0.languages) }
    }

    /// The terms that count in texts of a language.
    func terms(in language: Language) -> Set<String> {
        let foreign = Set(variants.filter { !$0.languages.contains(language) }.map(\.clause))
        return Set(query.clauses.indices.filter { !foreign.contains($0) }.map { query.clauses[$0].term })
    }

    /// How rare each word is: a clause with variants is as common as the commonest of them, and they are no words of
    /// their own.
    ///
    /// - Parameter idf: how rare a term is.
    /// - Returns: one number a clause; 0 for a variant.
    func rarities(_ idf: (String) -> Float) -> [Float] {
        var rarities = query.clauses.map { idf($0.term) }
        for variant in variants {
            rarities[variant.own] = min(rarities[variant.own], rarities[variant.clause])
        }
        for variant in variants { rarities[variant.clause] = 0 }
        return rarities
    }

    /// Gives what a variant scores in a text of its languages to the word that it is a variant of, and takes it away from
    /// all other texts.
    ///
    /// - Parameters:
    ///   - match: what the query finds in a document.
    ///   - language: of the document.
    func settle(_ match: inout Match, in language: Set<Language>) {
        for variant in variants {
            if !variant.languages.isDisjoint(with: language) {
                match.scores[variant.own] = max(match.scores[variant.own], match.scores[variant.clause])
            }
        }
        for variant in variants { match.scores[variant.clause] = 0 }
    }

    /// The same for all documents of a table.
    ///
    /// - Parameters:
    ///   - table: what the query finds in the documents of some articles.
    ///   - languages: those of a document; asked once an article.
    func settle(_ table: inout MatchTable, languages: (DocumentID) -> Set<Language>) {
        guard !variants.isEmpty else { return }
        var last: (group: Int64, languages: Set<Language>)?
        for (place, document) in table.documents.enumerated() {
            if last?.group != document.group { last = (document.group, languages(document)) }
            for variant in variants where last?.languages.isDisjoint(with: variant.languages) == false {
                table[place, variant.own] = max(table[place, variant.own], table[place, variant.clause])
            }
            for variant in variants { table[place, variant.clause] = 0 }
        }
    }
}

extension ReadQuestion {
    /// What a synonym counts beside the reader's own word: it finds what has no other way to be found, and must not
    /// outweigh what is said outright.
    private static let synonymShare = 0.15
    /// What words count that say little about what is asked.
    private static let genericShare = 0.4
    /// What every pair of characters of a Chinese question counts beside the words that were made out in it: where words
    /// begin and end is a guess, and the pairs make none.
    private static let pairShare = 0.6
    /// What a single character counts: it meets what is written otherwise by half, such as 港 for 香港.
    private static let characterShare = 0.4
    /// What the words of a date count, which chooses by time before all.
    private static let dateShare = 0.5
    /// What a part of a question must weigh, in weight times idf, to be a facet: about two words that are not common.
    private static let leastFacet: Float = 8
    /// No question has more things to ask about than that; what is behind stays in the last.
    private static let mostFacets = 8

    /// The question for the indexes.
    ///
    /// How rare a term is, the index knows better than any table; so all words start out equal here.
    ///
    /// - Parameter idf: how rare a term is.
    /// - Returns: its terms, weighed, with its facets.
    func query(idf: (String) -> Float) -> QuestionQuery {
        var builder = ClauseBuilder(room: concepts.reduce(0) { $0 + $1.ways.count })
        // How else the words are called that a character belongs to.
        var otherWays: [Character: [(strength: Double, clauses: [Int])]] = [:]
        for concept in concepts {
            let base = concept.kind == .generic ? Self.genericShare : 1
            var own: [Int] = []
            var ownCharacters: String?
            var others: [(strength: Double, clauses: [Int])] = []
            for way in concept.ways where way.languages == nil {
                let isOwn = way.strength == 1 || isTranslation(way)
                let weight = base * way.strength * (isOwn ? 1 : Self.synonymShare)
                switch way.form {
                case .stems(let stems):
                    // A phrase of several words is as heavy as one word, so that long synonyms do not drown the rest.
                    let terms = stems.map {
                        builder.add($0, weight / Double(stems.count), parts: concept.clauses)
                    }
                    if own.isEmpty {
                        own = terms
                        builder.follow(own, parts: concept.clauses)
                    } else {
                        others.append((way.strength, terms))
                    }
                case .characters(let text), .run(let text):
                    let pairs = QuestionPiece.bigrams(of: text)
                    let terms = pairs.map {
                        builder.add($0, weight / Double(pairs.count).squareRoot(), parts: concept.clauses)
                    }
                    if own.isEmpty {
                        own = terms
                        ownCharacters = text
                        builder.follow(run: own, parts: concept.clauses)
                    } else {
                        others.append((way.strength, terms))
                    }
                }
            }
            builder.own.formUnion(own)
            if let ownCharacters, language.isCJK {
                for character in ownCharacters { otherWays[character, default: []] += others }
            } else {
                for term in own { builder.addSingle(term, or: others) }
            }
            if concept.kind == .name { builder.names.formUnion(own) }
            guard own.count == 1, let word = own.first else { continue }
            for way in concept.ways {
                guard let languages = way.languages, case .stems(let stems) = way.form, stems.count == 1
                else {
                    continue
                }
                builder.addVariant(stems[0], of: word, in: languages, parts: concept.clauses)
            }
        }
        if !concepts.isEmpty {
            for run in runs {
                builder.chains.append(
                    QuestionPiece.bigrams(of: run.text).map {
                        builder.add($0, Self.pairShare, parts: [run.clause])
                    })
                let characters = Array(run.text)
                var telling = 0
                for at in characters.indices {
                    let clause = builder.add(
                        String(characters[at]), Self.characterShare, parts: [run.clause])
                    if at == telling {
                        let stop = QuestionPiece.longestStopWord(in: characters[at...])
                        telling += max(1, stop)
                        if stop == 0 { builder.addSingle(clause, or: otherWays[characters[at]] ?? []) }
                    }
                }
            }
        }
        for date in dates { _ = builder.add(date, Self.dateShare, parts: []) }
        var result = QuestionQuery(
            query: Query(builder.clauses), idf: [], facets: [], parts: [], neighbours: builder.neighbours,
            chains: builder.chains, own: builder.own, names: builder.names,
            singles: builder.singles.values.sorted { $0.clause < $1.clause },
            variants: builder.variants)
        result.idf = result.rarities(idf)
        for variant in result.variants {
            // A word is worth the same in all languages.
            let share =
                result.idf[variant.own]
                / max(idf(result.query.clauses[variant.clause].term), .leastNormalMagnitude)
            result.query.clauses[variant.clause].weight = result.query.clauses[variant.own].weight * share
        }
        // What no article says, such as the word in another language, makes no part of a question heavier.
        let unknown = idf("")
        let weights = result.query.clauses.indices.map { clause in
            builder.own.contains(clause) || result.idf[clause] < unknown
                ? result.query.clauses[clause].weight * result.idf[clause] : 0
        }
        result.parts = facets(builder.parts, weights)
        result.facets = result.parts.map { part in
            var terms: [Int] = []
            for term in part.flatMap({ builder.parts[$0] ?? [] }) where !terms.contains(term) {
                terms.append(term)
            }
            return terms
        }
        result.removeUnheld(unknown: unknown)
        return result
    }

    /// The clauses of the question in their order, a light one joined to the next, a light last one to the one before.
    private func facets(_ parts: [Int: [Int]], _ weights: [Float]) -> [[Int]] {
        var facets: [[Int]] = []
        var open: [Int] = []
        func weight() -> Float { Set(open.flatMap { parts[$0] ?? [] }).reduce(0) { $0 + weights[$1] } }
        for part in parts.keys.sorted() {
            if facets.count < Self.mostFacets - 1, weight() >= Self.leastFacet {
                facets.append(open)
                open = []
            }
            open.append(part)
        }
        if weight() < Self.leastFacet, let last = facets.popLast() { open = last + open }
        return open.isEmpty ? facets : facets + [open]
    }

    /// Whether a wording is of another language than the question: then it competes with no word of the reader's.
    private func isTranslation(_ way: Concept.Way) -> Bool {
        switch way.form {
        case .stems: language.isCJK
        case .characters, .run: !language.isCJK
        }
    }
}

/// Gathers the clauses of a query, each term once, with the parts of the question that they stand in.
private struct ClauseBuilder {
    private(set) var clauses: [Clause] = []
    /// The numbers of the clauses of each part.
    private(set) var parts: [Int: [Int]] = [:]
    private(set) var neighbours: [(first: Int, second: Int)] = []
    /// Stretches of clauses that follow each other.
    var chains: [[Int]] = []
    /// The numbers of the reader's own words.
    var own: Set<Int> = []
    /// Those of them that are names.
    var names: Set<Int> = []
    /// Single words, and single characters that stand in no function word, by the numbers of their clauses.
    var singles: [Int: QuestionQuery.Single] = [:]
    private(set) var variants: [QuestionQuery.Variant] = []
    private var numbers: [String: Int] = [:]
    private var last: (term: Int, part: Int)?

    /// - Parameter room: about how many clauses there will be.
    init(room: Int) {
        clauses.reserveCapacity(room)
        numbers.reserveCapacity(room)
    }

    /// Adds a term, or lifts the weight that it has, and returns its number.
    mutating func add(_ term: String, _ weight: Double, parts: [Int]) -> Int {
        let number = numbers[term] ?? clauses.count
        if number == clauses.count {
            numbers[term] = number
            clauses.append(Clause(term, weight: Float(weight)))
        } else {
            clauses[number].weight = max(clauses[number].weight, Float(weight))
        }
        join(number, to: parts)
        return number
    }

    /// Tells that a clause is a single word or character, which other wordings may stand for.
    mutating func addSingle(_ clause: Int, or others: [(strength: Double, clauses: [Int])]) {
        singles[clause, default: QuestionQuery.Single(clause: clause)].others += others
    }

    /// Adds a term that a word has in texts of some languages, beside the same term as a word.
    mutating func addVariant(_ term: String, of own: Int, in languages: Set<Language>, parts: [Int]) {
        variants.append(QuestionQuery.Variant(clause: clauses.count, own: own, languages: languages))
        join(clauses.count, to: parts)
        clauses.append(Clause(term))
    }

    private mutating func join(_ number: Int, to parts: [Int]) {
        for part in parts where self.parts[part]?.contains(number) != true {
            self.parts[part, default: []].append(number)
        }
    }

    /// Tells that these pairs of characters come next in the question: that they follow each other is no news of them, but
    /// that they follow what was before.
    mutating func follow(run pairs: [Int], parts: [Int]) {
        guard let part = parts.first, let first = pairs.first, let end = pairs.last else { return }
        if let last, last.part == part, last.term != first, !chains.isEmpty {
            neighbours.append((first: last.term, second: first))
            chains[chains.count - 1] += pairs
        } else {
            chains.append(pairs)
        }
        last = (end, part)
    }

    /// Tells that these terms of a concept come next in the question.
    mutating func follow(_ terms: [Int], parts: [Int]) {
        guard let part = parts.first else { return }
        for term in terms {
            if let last, last.part == part, last.term != term {
                neighbours.append((first: last.term, second: term))
                chains[chains.count - 1].append(term)
            } else if last?.term != term {
                chains.append([term])
            }
            last = (term, part)
        }
    }
}
