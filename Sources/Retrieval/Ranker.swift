import Foundation
import News
import Search

/// Orders the passages and articles of an archive by what they promise for a question.
///
/// First the indexes give candidates: the best passages and articles for the whole question and for each of its facets.
/// Then every candidate is measured by a few features, and their weighed sum decides. All of them come from the indexes:
/// no article is read before it is chosen.
struct Ranker {
    /// How many passages are measured for the whole question, and how many for each facet.
    private static let candidates = 120
    private static let facetCandidates = 60
    private static let articleCandidates = 60
    /// How many of the best passages are looked at for the order of their words.
    private static let closeCandidates = 60
    /// How many of the best articles are looked at for how much of the question they hold.
    private static let confidenceCandidates = 20
    /// How far apart two words may stand that follow each other in the question.
    private static let near = 8

    let passages: Searcher
    let articles: Searcher

    /// An article with its measured passages, best first.
    struct RankedArticle {
        var row: Int64
        var passages: [RankedPassage]
        var features: [Evidence.Feature]
        var score: Double { features.score }
    }

    /// The articles that promise most, best first.
    ///
    /// - Parameters:
    ///   - question: as read against the same archive.
    ///   - now: the moment from which recency is measured.
    /// - Returns: every candidate; empty where nothing matches. And the signals of whether the archive tells of what is
    ///   asked at all.
    func rank(_ question: ReadQuestion, now: Date) -> (articles: [RankedArticle], signals: [Evidence.Feature])
    {
        let whole = question.query(idf: passages.idf(of:))
        let hits = passages.search(whole.query, limit: Self.candidates)
        guard let top = hits.first?.score, top > 0 else { return ([], []) }
        let articleHits = articles.search(whole.query, limit: Self.articleCandidates)
        let wholeArticles = ranks(of: articleHits)
        let facets = whole.facets.count > 1 ? whole.facets : []
        var pool = hits.map(\.document)
        var measures: [FacetMeasure] = []
        for facet in facets {
            let query = whole.query(ofFacet: facet)
            let found = passages.search(query, limit: Self.facetCandidates)
            guard let best = found.first?.score, best > 0 else { continue }
            pool += found.prefix(Self.facetCandidates / 2).map(\.document)
            let weight = query.clauses.reduce(0) { $0 + $1.weight * passages.idf(of: $1.term) }
            measures.append(
                FacetMeasure(
                    clauses: facet, best: best, fullness: min(1, weight / FacetMeasure.full),
                    ranks: Dictionary(
                        uniqueKeysWithValues: found.enumerated().map { ($1.document, $0) })))
        }
        let wholeMeasure = FacetMeasure(
            clauses: Array(whole.query.clauses.indices), best: top, fullness: 1,
            ranks: Dictionary(uniqueKeysWithValues: hits.enumerated().map { ($1.document, $0) }))
        if measures.isEmpty { measures = [wholeMeasure] }

        var best: [Int64: Float] = [:]
        let matches = passages.matches(whole.query, in: pool)
        var measured = matches.map { match -> (DocumentID, PassageMeasure) in
            let row = match.document.group
            let share = wholeMeasure.share(of: match)
            best[row] = max(best[row] ?? 0, share)
            return (
                match.document,
                [
                    .passage: Double(share), .article: Double(wholeArticles[row] ?? 0),
                    .facet: Double(measures.map { $0.share(of: match) * $0.fullness }.max() ?? 0),
                    .facetRank: measures.map { $0.nearness(of: match.document) }.max() ?? 0,
                ]
            )
        }
        measured.sort { ($1.1.score, $0.0) < ($0.1.score, $1.0) }
        let near = proximity(of: whole, in: measured.prefix(Self.closeCandidates).map(\.0))
        var found: [Int64: [RankedPassage]] = [:]
        for (document, values) in measured {
            let values = values.merging([.proximity: near[document] ?? 0]) { $1 }
            found[document.group, default: []].append(
                RankedPassage(ordinal: document.ordinal, features: values.features))
        }
        let ranked = found.map { row, passages in
            let passages = passages.sorted { ($1.score, $0.ordinal) < ($0.score, $1.ordinal) }
            let document = DocumentID(group: row, ordinal: 0)
            let published = articles.time(of: document)
            let tags = articles.tags(of: document)
            let values: [RankingWeights.ArticleFeature: Double] = [
                .passage: Double(best[row] ?? 0), .article: Double(wholeArticles[row] ?? 0),
                .evidence: passages[0].score,
                .time: timeliness(of: published, for: question, now: now),
                .source: question.sources.contains { tags.contains("source:\($0)") } ? 1 : 0,
            ]
            return RankedArticle(
                row: row, passages: passages,
                features: RankingWeights.ArticleFeature.allCases.map {
                    Evidence.Feature(name: $0.rawValue, value: values[$0] ?? 0, weight: $0.weight)
                })
        }.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
        let signals = signals(
            in: whole, facets: measures.map(\.clauses), passages: matches,
            articles: articles.matches(
                whole.query, in: articleHits.prefix(Self.confidenceCandidates).map(\.document)))
        return (ranked, signals)
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
        let ofArticles = clauses.map { Double(self.articles.idf(of: $0.term)) }
        let ofPassages = clauses.map { Double(self.passages.idf(of: $0.term)) }
        /// The most that a document scores of what the reader's own words among some clauses are worth, each as heavy as
        /// the other.
        func fullness(_ some: some Sequence<Int>, _ matches: [Match], _ idf: [Double]) -> Double? {
            let some = some.filter(own.contains)
            let worth = some.reduce(0) { $0 + idf[$1] }
            guard worth > 0 else { return nil }
            let most = matches.map { match in
                some.reduce(0) { $0 + Double(match.scores[$1] / clauses[$1].weight) }
            }.max()
            return (most ?? 0) / worth
        }
        guard let whole = fullness(clauses.indices, articles, ofArticles) else { return [] }
        let parts = facets.compactMap { fullness($0, passages, ofPassages) }
        let count = Double(self.articles.documentCount)
        let rarest = log(1 + (count + 0.5) / 0.5)
        // A word of a few articles among hundreds is one that the archive hardly knows; among dozens, it is usual.
        let few = Int(count * RankingWeights.Confidence.fewShare)
        let worth = own.reduce(0) { $0 + ofPassages[$1] }
        let unknown = own.filter { self.articles.documentFrequency(of: clauses[$0].term) <= few }
            .reduce(0) { $0 + ofPassages[$1] }
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
            .rarity: own.reduce(0) { $0 + ofArticles[$1] } / Double(max(1, own.count)) / max(rarest, 1),
        ]
        return RankingWeights.Confidence.allCases.map {
            Evidence.Feature(name: $0.rawValue, value: features[$0] ?? 0, weight: $0.weight)
        }
    }

    /// How much of what follows each other in the question does so, or nearly, in each passage; 0…1.
    private func proximity(of question: QuestionQuery, in documents: [DocumentID]) -> [DocumentID: Double] {
        let clauses = question.query.clauses
        let pairs = question.neighbours.map {
            (first: clauses[$0.first].term, second: clauses[$0.second].term)
        }
        guard !pairs.isEmpty else { return [:] }
        let weights = question.neighbours.map { pair in
            [pair.first, pair.second].map {
                Double(clauses[$0].weight * passages.idf(of: clauses[$0].term))
            }.min() ?? 0
        }
        let total = max(weights.reduce(0, +), .leastNormalMagnitude)
        return passages.distances(of: pairs, in: documents).mapValues { distances in
            zip(distances, weights).reduce(0) { sum, pair in
                guard let distance = pair.0, distance <= Self.near else { return sum }
                return sum + pair.1 / total / Double(max(1, distance - 1))
            }
        }
    }

    /// The scores of the articles among those that were found, the best being 1.
    private func ranks(of hits: [Hit]) -> [Int64: Float] {
        let top = max(hits.first?.score ?? 0, .leastNormalMagnitude)
        return Dictionary(uniqueKeysWithValues: hits.map { ($0.document.group, $0.score / top) })
    }

    /// How well the moment of an article suits the question, about −0.5…0.6.
    private func timeliness(of published: Int64?, for question: ReadQuestion, now: Date) -> Double {
        guard let published else { return 0 }
        let date = Date(timeIntervalSince1970: Double(published))
        return Timeliness.value(of: date, for: question, now: now)
    }
}

/// What a passage is worth by each feature, before it is weighed.
private typealias PassageMeasure = [RankingWeights.PassageFeature: Double]

extension PassageMeasure {
    fileprivate var features: [Evidence.Feature] {
        RankingWeights.PassageFeature.allCases.map {
            Evidence.Feature(name: $0.rawValue, value: self[$0] ?? 0, weight: $0.weight)
        }
    }

    fileprivate var score: Double { reduce(0) { $0 + $1.key.weight * $1.value } }
}

/// What a facet, or the whole question, finds.
private struct FacetMeasure {
    /// What a facet weighs, in weight times idf, that says enough to be believed in full.
    static let full: Float = 25
    /// The numbers of the query's clauses.
    var clauses: [Int]
    /// The best passage's score.
    var best: Float
    /// How far the facet is to be believed, 0…1.
    var fullness: Float
    /// The places of the best passages, from 0.
    var ranks: [DocumentID: Int]

    /// The passage's score, the best one's being 1.
    func share(of match: Match) -> Float { match.score(of: clauses) / best }

    /// 1 for the best passage, a quarter for the tenth, 0 for one that was not found.
    func nearness(of document: DocumentID) -> Double { ranks[document].map { 3 / (3 + Double($0)) } ?? 0 }
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
