import Foundation
import News
import Search

/// Orders the passages and articles of an archive by what they promise for a question.
///
/// First the index of articles gives candidates in one walk of its postings, for the whole question and for each of its
/// facets, and that of passages those with their rarest words; these are all where a large archive is asked for one
/// thing. Of all their passages the best for the whole question and for each facet are measured by a few features, and
/// their weighed sum decides. All of it comes from the indexes: no article is read before it is chosen. Passages are not
/// searched for all words: they are several times as many as articles, and what one holds, its article holds.
struct Ranker {
    /// How many documents are looked at: a question that asks for one thing is met by the first of them, while what meets
    /// one part of a long one may be far down for the whole.
    private struct Breadth {
        /// The articles that are looked into for the whole question.
        let articles: Int
        /// The passages with its rarest words whose articles are looked into.
        let rarePassages: Int
        /// The passages that are measured for the whole question.
        let passages: Int
        /// The best passages that are looked at for the order of their words.
        let closePassages: Int

        /// Few articles and many passages: among short articles a long one stands far down, whatever one of its passages says.
        static let ofOne = Breadth(
            articles: 20, rarePassages: 20, passages: 30, closePassages: 8)
        static let ofSeveral = Breadth(
            articles: 30, rarePassages: 20, passages: 80, closePassages: 30)
    }

    /// How many articles are looked into for each facet, and the articles of how many passages that hold its rarest words.
    private static let facetArticles = 15
    private static let facetPassages = 15
    /// How many postings the rarest words of a question have at most, and how many times more passages there are at least.
    private static let rarePostings = 2048
    private static let rareShare = 16
    /// The share of what a question's words are worth from which its rarest ones are looked for alone.
    private static let tellingShare: Float = 0.5
    /// How many times more passages there are at least than these have postings.
    private static let soonShare = 8
    /// A word is common that more than one of so many articles has.
    private static let commonShare = 4
    /// The share of what a question's words are worth, or those of a part of it, up to which common ones are looked for.
    private static let leadingShare: Float = 0.75
    /// How many articles are wanted at most where the rarest words are enough.
    private static let fewArticles = 8
    /// How many passages are measured for each facet.
    private static let facetCandidates = 30
    /// How many of the best articles have the score of the whole article among their features.
    private static let scoredArticles = 60
    /// How many of the best articles are looked at for how much of the question they hold.
    private static let confidenceCandidates = 20
    /// How far apart two words may stand that follow each other in the question.
    private static let near = 8

    let passages: Searcher
    let articles: Searcher
    /// What vectors tell of the passages; nil where there are none.
    var similarity: Similarity?
    /// The fewest passages among which it saves time to look for the rarest words alone.
    var many = 20_000

    /// An article with its measured passages, best first.
    struct RankedArticle {
        var row: Int64
        var passages: [RankedPassage]
        /// What it was measured to be, in the order of ``RankingWeights/ArticleFeature``.
        private let values: [Double]
        /// The sum of its features.
        let score: Double

        init(row: Int64, passages: [RankedPassage], values: [Double]) {
            self.row = row
            self.passages = passages
            self.values = values
            let nearness = passages.first?.similarity.map(\.forArticle)
            score = zip(RankingWeights.ArticleFeature.weights, values).reduce(
                nearness.map { $0.value * $0.weight } ?? 0
            ) { $0 + $1.0 * $1.1 }
        }

        var features: [Evidence.Feature] {
            let features = zip(RankingWeights.ArticleFeature.all, values).map {
                Evidence.Feature(name: $0.rawValue, value: $1, weight: $0.weight)
            }
            guard let similarity = passages.first?.similarity else { return features }
            return features + [similarity.forArticle]
        }
    }

    /// What was found for a question.
    struct Ranking {
        /// Every candidate, best first.
        var articles: [RankedArticle] = []
        /// What tells whether the archive has anything on what is asked.
        var signals: [Evidence.Feature] = []
        /// The question's clauses, by their numbers, of each of its facets.
        var parts: [[Int]] = []
    }

    /// The articles that promise most, best first.
    ///
    /// - Parameters:
    ///   - question: as read against the same archive.
    ///   - wanted: how many articles are read of those that are found, where the question asks for one thing.
    ///   - now: the moment from which recency is measured.
    /// - Returns: every candidate; none where nothing matches.
    func rank(_ question: ReadQuestion, wanted: Int, now: Date) -> Ranking {
        let whole = question.query(idf: passages.idf(of:))
        let inPassages = passages.prepared(whole.query)
        let breadth = whole.facets.count > 1 ? Breadth.ofSeveral : .ofOne
        let (articleHits, ofArticles, found, rows) = candidates(
            for: whole, inPassages, breadth, wanted: wanted)
        let wholeArticles = ranks(of: articleHits.prefix(Self.scoredArticles), in: ofArticles)
        var table = passages.matches(inPassages, ofGroups: rows, within: found)
        whole.settle(&table) { ArticleTag.languages(in: passages.tags(of: $0)) }
        let hits = table.best(of: Array(whole.query.clauses.indices), limit: breadth.passages)
        let top = hits.first?.score ?? 0
        guard top > 0 || similarity != nil else { return Ranking(parts: whole.parts) }
        var isChosen = [Bool](repeating: false, count: table.documents.count)
        for hit in hits { isChosen[hit.place] = true }
        var measures: [FacetMeasure] = []
        for (place, facet) in whole.facets.enumerated() where whole.facets.count > 1 {
            let found = table.best(of: facet, limit: Self.facetCandidates)
            guard
                let measure = FacetMeasure(facet, of: whole, found: found, unheld: whole.unheld.facets[place])
            else { continue }
            for hit in found { isChosen[hit.place] = true }
            measures.append(measure)
        }
        if measures.isEmpty {
            measures = [
                FacetMeasure(Array(whole.query.clauses.indices), of: whole, found: hits)
            ].compactMap { $0 }
        }
        var others: [DocumentID] = []
        for document in similarity?.values.keys.sorted() ?? [] {
            if let place = table.place(of: document) {
                isChosen[place] = true
            } else {
                others.append(document)
            }
        }
        var looked: [Candidate] = []
        looked.reserveCapacity(isChosen.count)
        for place in isChosen.indices where isChosen[place] {
            looked.append(Candidate(match: table.match(at: place), place: place))
        }
        if !others.isEmpty {
            looked += matches(whole, in: passages, others).map { Candidate(match: $0, place: nil) }
            looked.sort { $0.match.document < $1.match.document }
        }
        let matches = looked.map(\.match)
        let signals = signals(
            in: whole, facets: measures.map(\.clauses), passages: matches,
            articles: articleHits.prefix(Self.confidenceCandidates).map { ofArticles.match(at: $0.place) })
        let met = signals.first { $0.name == RankingWeights.Confidence.whole.rawValue }?.value ?? 0
        let measured = measure(
            looked, of: whole, inPassages, top: max(top, .leastNormalMagnitude), met: met,
            articles: wholeArticles,
            facets: measures, close: breadth.closePassages)
        let namedSources = question.sources.map(ArticleTag.source)
        let ranked = measured.map { row, passages in
            let document = DocumentID(group: row, ordinal: 0)
            let published = articles.time(of: document)
            let isNamed =
                !namedSources.isEmpty && articles.tags(of: document).contains(where: namedSources.contains)
            let best = passages[0]
            let values = RankingWeights.ArticleFeature.all.map { feature -> Double in
                switch feature {
                case .article: Double(wholeArticles[row] ?? 0)
                case .facet, .proximity, .coverage, .rarity, .singles:
                    feature.ofPassage.map { best.value(of: $0) } ?? 0
                case .time: timeliness(of: published, for: question, now: now)
                case .source: isNamed ? 1 : 0
                }
            }
            return RankedArticle(row: row, passages: passages, values: values)
        }.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
        return Ranking(articles: ranked, signals: signals, parts: whole.parts)
    }

    /// The articles that are looked into: the best for the whole question, and with them those that tell of one facet alone,
    /// which of the whole may have little, or that hold its rarest words in one place of a long text.
    ///
    /// Where the rarest words are most of a question that asks for one thing, an article without them is not what is looked
    /// for, and one with them in one place is found by its passages, however long it is.
    ///
    /// - Returns: the best for the whole, by their places in what the question finds in these and some more; this, and the
    ///   same for all its wordings whatever the language; and the rows of all.
    private func candidates(
        for whole: QuestionQuery, _ inPassages: PreparedQuery, _ breadth: Breadth, wanted count: Int
    ) -> (hits: [(place: Int, score: Float)], table: MatchTable, found: MatchTable, rows: [Int64]) {
        let all = Array(whole.query.clauses.indices)
        let facets = whole.facets.count > 1 ? whole.facets : []
        let isNarrow = facets.isEmpty && count <= Self.fewArticles && passages.documentCount >= many
        let inArticles = articles.prepared(whole.query)
        let words = ClauseWorth(inPassages)
        let telling = isNarrow ? telling(all, words) : nil
        var rare = [QueryPart(telling ?? rarest(all, words), limit: breadth.rarePassages)]
        rare += facets.map { QueryPart(rarest($0, words), limit: Self.facetPassages) }
        // The lengths of passages differ little, and to read them takes longer than all else.
        let rareHits = passages.search(inPassages, parts: rare, lengthsCount: !isNarrow)
        var rows = rareHits.flatMap { $0.map { $0.document.group } }
        var looked = rows
        if telling == nil {
            let leading = leading([all] + facets, of: inArticles)
            var parts = [QueryPart(leading[0], limit: wanted(breadth.articles, of: whole))]
            parts += leading.dropFirst().map { QueryPart($0, limit: Self.facetArticles) }
            let best = articles.search(inArticles, parts: parts)
            looked = best[0].map { $0.document.group }
            rows += best.dropFirst().flatMap { $0.map { $0.document.group } }
        }
        let found = articles.matches(inArticles, ofGroups: looked)
        var table = found
        whole.settle(&table) { ArticleTag.languages(in: articles.tags(of: $0)) }
        let hits = table.best(of: all, limit: breadth.articles)
        return (hits, table, found, rows + hits.map { table.documents[$0.place].group })
    }

    /// The best documents for the question.
    ///
    /// - Parameters:
    ///   - searcher: the index.
    ///   - question: what to look for.
    ///   - limit: how many documents at most.
    /// - Returns: the documents, best first.
    func search(_ searcher: Searcher, _ question: QuestionQuery, limit: Int) -> [Hit] {
        settled(
            searcher.search(question.query, limit: wanted(limit, of: question)), of: question, in: searcher,
            limit: limit)
    }

    /// How many documents are searched for: a term by the rules of one language may be another word in another, so where the
    /// archive has several, more are fetched than wanted, and those ordered by what counts in their languages.
    private func wanted(_ limit: Int, of question: QuestionQuery) -> Int {
        question.variants.isEmpty ? limit : limit * 2
    }

    private func settled(
        _ found: [Hit], of question: QuestionQuery, in searcher: Searcher, limit: Int
    ) -> [Hit] {
        guard !question.variants.isEmpty else { return found }
        let clauses = Array(question.query.clauses.indices)
        return matches(question, in: searcher, found.map(\.document)).map {
            Hit(document: $0.document, score: $0.score(of: clauses))
        }
        .filter { $0.score > 0 }
        .sorted { ($1.score, $0.document) < ($0.score, $1.document) }
        .prefix(limit).map { $0 }
    }

    private var fewPostings: Int { min(passages.documentCount / Self.rareShare, Self.rarePostings) }

    /// Those of some clauses whose words stand in so few passages, together, that these are soon searched.
    private func rarest(_ clauses: [Int], _ words: ClauseWorth) -> [Int] {
        var left = fewPostings
        return words.byRarity(clauses).prefix {
            left -= words.frequencies[$0]
            return left >= 0
        }
    }

    /// The rarest of some clauses, as many as tell most of a question, and more where these are soon searched.
    ///
    /// - Returns: nil where it would take too many.
    private func telling(_ clauses: [Int], _ words: ClauseWorth) -> [Int]? {
        let held = words.byRarity(clauses).filter { words.frequencies[$0] > 0 }
        let enough = Self.tellingShare * held.reduce(0) { $0 + words.worths[$1] }
        var (told, sum): (Float, Int) = (0, 0)
        var chosen: [Int] = []
        for clause in held {
            sum += words.frequencies[clause]
            if sum > fewPostings, told >= enough { break }
            guard sum <= passages.documentCount / Self.soonShare else { return nil }
            told += words.worths[clause]
            chosen.append(clause)
        }
        return chosen.isEmpty ? nil : chosen
    }

    /// Parts of a question without the words that are common in a large archive, as far as the others tell most of each.
    ///
    /// Common words have most of all postings and choose little: they count when what the others find is compared.
    private func leading(_ parts: [[Int]], of question: PreparedQuery) -> [[Int]] {
        guard passages.documentCount >= many else { return parts }
        let words = ClauseWorth(question)
        let common = articles.documentCount / Self.commonShare
        var kept: Set<Int> = []
        for part in parts {
            let held = words.byRarity(part).filter { words.frequencies[$0] > 0 }
            let enough = Self.leadingShare * held.reduce(0) { $0 + words.worths[$1] }
            var told: Float = 0
            for clause in held {
                guard words.frequencies[clause] <= common || told < enough else { break }
                told += words.worths[clause]
                kept.insert(clause)
            }
        }
        return parts.map { $0.filter(kept.contains) }
    }

    /// How the question matches some documents, each by the rules of its language.
    private func matches(_ question: QuestionQuery, in searcher: Searcher, _ documents: [DocumentID])
        -> [Match]
    {
        settled(searcher.matches(question.query, in: documents), question, in: searcher)
    }

    private func settled(_ raw: [Match], _ question: QuestionQuery, in searcher: Searcher) -> [Match] {
        guard !question.variants.isEmpty else { return raw }
        var matches = raw
        for index in matches.indices {
            let languages = ArticleTag.languages(in: searcher.tags(of: matches[index].document))
            question.settle(&matches[index], in: languages)
        }
        return matches
    }

    /// A passage that is measured.
    private struct Candidate {
        let match: Match
        /// Its place among the passages of the articles that are looked into; nil where it is of another, near in meaning.
        let place: Int?
    }

    /// The passages of each article with their features, best first.
    ///
    /// The candidates come by document; `met` is how much of what the question's words are worth the best article meets.
    private func measure(
        _ candidates: [Candidate], of question: QuestionQuery, _ inPassages: PreparedQuery, top: Float,
        met: Double,
        articles: [Int64: Float], facets: [FacetMeasure], close: Int
    ) -> [(row: Int64, passages: [RankedPassage])] {
        let all = Array(question.query.clauses.indices)
        let coverage = Coverage(of: question)
        let features = RankingWeights.PassageFeature.all
        var values: [Double] = []
        values.reserveCapacity(candidates.count * features.count)
        var last: (row: Int64, score: Double)?
        for candidate in candidates {
            let match = candidate.match
            let row = match.document.group
            if last?.row != row { last = (row, Double(articles[row] ?? 0)) }
            var facet = 0.0
            var rank = 0.0
            for measure in facets {
                facet = max(facet, Double(measure.share(of: match) * measure.fullness))
                rank = max(rank, candidate.place.map(measure.nearness) ?? 0)
            }
            for feature in features {
                let value: Double =
                    switch feature {
                    case .passage: Double(match.score(of: all) / top)
                    case .article: last?.score ?? 0
                    case .facet: facet
                    case .facetRank: rank
                    case .proximity: 0
                    case .coverage: coverage.words(of: match)
                    case .rarity: coverage.rarity(of: match)
                    case .singles: coverage.singles(of: match)
                    case .run: coverage.run(of: match)
                    case .lead: pow(1 + Double(match.document.ordinal), -2)
                    }
                values.append(value)
            }
        }
        let matches = candidates.map(\.match)
        let similarities = matches.map { similarity?.feature(of: $0.document, met: met) }
        func passage(_ place: Int) -> RankedPassage {
            RankedPassage(
                ordinal: matches[place].document.ordinal,
                values: values[(place * features.count)..<((place + 1) * features.count)],
                similarity: similarities[place])
        }
        let scores = matches.indices.map { place in
            RankedPassage.score(
                values[(place * features.count)..<((place + 1) * features.count)], similarities[place])
        }
        let best = matches.indices.sorted {
            (scores[$1], matches[$0].document) < (scores[$0], matches[$1].document)
        }.prefix(close)
        let looked = best.sorted()
        let near = proximities(of: question, inPassages, in: looked.map { matches[$0] })
        for (place, near) in zip(looked, near) {
            values[place * features.count + RankingWeights.PassageFeature.proximity.place] = near
        }
        var measured: [(row: Int64, passages: [RankedPassage])] = []
        var start = 0
        while start < matches.count {
            let row = matches[start].document.group
            let end = matches[start...].firstIndex { $0.document.group != row } ?? matches.count
            var passages = (start..<end).map(passage)
            if passages.count > 1 { passages.sort { ($1.score, $0.ordinal) < ($0.score, $1.ordinal) } }
            measured.append((row, passages))
            start = end
        }
        return measured
    }

    /// What tells whether the archive has anything on what is asked.
    ///
    /// A question about something that is not there still finds passages with some of its words. What tells it apart is
    /// how much of what could be scored at best is scored by one article, and by one passage for each facet, and how
    /// many of its words are as good as unknown.
    private func signals(
        in question: QuestionQuery, facets: [[Int]], passages: [Match], articles: [Match]
    ) -> [Evidence.Feature] {
        let clauses = question.query.clauses
        let own = question.own.filter { clauses[$0].weight > 0 }
        let ofArticles = Rarities(question.rarities(self.articles.idf(of:)), in: self.articles.documentCount)
        let ofPassages = Rarities(question.idf, in: self.passages.documentCount)
        /// The most that a document scores of what the reader's own words among some clauses are worth, each as heavy as
        /// the other.
        func fullness(_ some: some Sequence<Int>, _ matches: [Match], _ rarities: Rarities) -> Double? {
            let some = some.filter(own.contains)
            let worth = some.reduce(0) { $0 + rarities[$1] }
            guard worth > 0 else { return nil }
            let most = matches.map { match in
                some.reduce(0) { $0 + Double(match.scores[$1] / clauses[$1].weight) * rarities.share(of: $1) }
            }.max()
            return (most ?? 0) / worth
        }
        guard let whole = fullness(clauses.indices, articles, ofArticles) else { return [] }
        let parts = facets.compactMap { fullness($0, passages, ofPassages) }
        // A word of a few articles among hundreds is one that the archive hardly knows; among dozens, it is usual.
        let few = Int(Double(ofArticles.count) * RankingWeights.Confidence.fewShare)
        let worth = own.reduce(0) { $0 + ofPassages[$1] }
        let unknown = own.filter { ofArticles.isOf(atMost: few, $0) }.reduce(0) { $0 + ofPassages[$1] }
        let names = question.names.intersection(own)
        let named = names.reduce(0) { $0 + ofArticles[$1] }
        let met =
            articles.map { match in
                names.reduce(0) { $0 + (match.scores[$1] > 0 ? ofArticles[$1] : 0) }
            }.max() ?? 0
        let heard = names.reduce(0) { sum, name in
            sum + (articles.contains { $0.scores[name] > 0 } ? ofArticles[name] : 0)
        }
        let features: [RankingWeights.Confidence: Double] = [
            .names: named > 0 ? met / named : whole, .heard: named > 0 ? heard / named : 1,
            .whole: whole, .leastFacet: parts.min() ?? whole,
            .meanFacet: parts.isEmpty ? whole : parts.reduce(0, +) / Double(parts.count),
            .unknown: worth > 0 ? unknown / worth : 0,
            .rarity: own.reduce(0) { $0 + ofArticles[$1] } / Double(max(1, own.count))
                / max(ofArticles.highest, 1),
        ]
        return RankingWeights.Confidence.allCases.map {
            Evidence.Feature(name: $0.rawValue, value: features[$0] ?? 0, weight: $0.weight)
        }
    }

    /// How much of what follows each other in the question does so, or nearly, in each of some passages, which ascend; 0…1.
    private func proximities(
        of question: QuestionQuery, _ inPassages: PreparedQuery, in matches: [Match]
    ) -> [Double] {
        let clauses = question.query.clauses
        let weights = question.neighbours.map { pair in
            min(
                Double(clauses[pair.first].weight * question.idf[pair.first]),
                Double(clauses[pair.second].weight * question.idf[pair.second]))
        }
        let total = max(weights.reduce(0, +), .leastNormalMagnitude)
        var pairs: [TermPair] = []
        var shares: [(match: Int, share: Double)] = []
        for (place, match) in matches.enumerated() {
            for (pair, weight) in zip(question.neighbours, weights)
            where match.scores[pair.first] > 0 && match.scores[pair.second] > 0 {
                pairs.append(TermPair(pair.first, pair.second, in: match.document))
                shares.append((place, weight / total))
            }
        }
        var sums = [Double](repeating: 0, count: matches.count)
        for (distance, (match, share)) in zip(passages.distances(inPassages, of: pairs), shares) {
            guard let distance, distance <= Self.near else { continue }
            sums[match] += share / Double(max(1, distance - 1))
        }
        return sums
    }

    /// The scores of the articles among those that were found, the best being 1.
    private func ranks(
        of hits: some Collection<(place: Int, score: Float)>, in table: MatchTable
    ) -> [Int64: Float] {
        let top = max(hits.first?.score ?? 0, .leastNormalMagnitude)
        return Dictionary(
            uniqueKeysWithValues: hits.map { (table.documents[$0.place].group, $0.score / top) })
    }

    /// How well the moment of an article suits the question, about −0.5…0.6.
    private func timeliness(of published: Int64?, for question: ReadQuestion, now: Date) -> Double {
        guard let published else { return 0 }
        let date = Date(timeIntervalSince1970: Double(published))
        return Timeliness.value(of: date, for: question, now: now)
    }
}

extension Evidence.Feature {
    /// What a measurement of its best passage counts for an article, whose scores spread less far.
    fileprivate var forArticle: Evidence.Feature {
        Evidence.Feature(name: name, value: value, weight: weight / RankingWeights.passageSpread)
    }
}

/// How many documents of an index hold each clause of a question, and what it is worth there.
private struct ClauseWorth {
    /// One a clause.
    let frequencies: [Int]
    /// Weight times idf, one a clause.
    let worths: [Float]

    init(_ query: PreparedQuery) {
        frequencies = query.frequencies
        worths = zip(query.query.clauses, query.idf).map { $0.weight * $1 }
    }

    /// Some clauses, those first that the fewest documents hold.
    func byRarity(_ clauses: [Int]) -> [Int] {
        clauses.sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    }
}

/// What a facet, or the whole question, finds.
private struct FacetMeasure {
    /// What a facet weighs, in weight times idf, that says enough to be believed in full.
    static let full: Float = 25
    /// The numbers of the query's clauses.
    let clauses: [Int]
    /// The best passage's score.
    let best: Float
    /// How far the facet is to be believed, 0…1.
    let fullness: Float
    /// By its place, which of the best each passage is, from 0, or below nought; those at the end are none.
    private var ranks: [Int32] = []

    /// The measure of some clauses; nil where nothing was found for them.
    ///
    /// - Parameters:
    ///   - clauses: the numbers of the query's clauses.
    ///   - question: the query.
    ///   - found: the best passages for them, by their places.
    ///   - unheld: what their wordings weigh besides that no passage holds.
    init?(
        _ clauses: [Int], of question: QuestionQuery, found: [(place: Int, score: Float)], unheld: Float = 0
    ) {
        guard let best = found.first?.score, best > 0 else { return nil }
        self.clauses = clauses
        self.best = best
        let weight = clauses.reduce(unheld) { $0 + question.query.clauses[$1].weight * question.idf[$1] }
        fullness = question.facets.count > 1 ? min(1, weight / Self.full) : 1
        ranks = Array(repeating: -1, count: (found.map(\.place).max() ?? -1) + 1)
        for (rank, hit) in found.enumerated() { ranks[hit.place] = Int32(rank) }
    }

    /// The passage's score, the best one's being 1.
    func share(of match: Match) -> Float { match.score(of: clauses) / best }

    /// 1 for the best passage, a quarter for the tenth, 0 for one that was not found.
    func nearness(of place: Int) -> Double {
        guard place < ranks.count, ranks[place] >= 0 else { return 0 }
        return 3 / (3 + Double(ranks[place]))
    }
}

/// How well a date suits what a question says of time.
enum Timeliness {
    /// Between about −0.5 and 0.6: within a stretch that is named, or new where the newest is wanted.
    static func value(of published: Date, for question: ReadQuestion, now: Date) -> Double {
        var value = 0.0
        for time in question.times where time.from != nil || time.until != nil {
            let inside =
                time.from.map { published >= $0 } ?? true && time.until.map { published < $0 } ?? true
            value += inside ? 0.6 : -0.1
        }
        let age = max(0, now.timeIntervalSince(published)) / 86_400
        // Half the lift at a month, so that an old story still wins on its merits.
        return value + (question.wantsLatest ? 0.5 : 0.05) * 30 / (30 + age)
    }
}
