public import Foundation
public import News
public import Search
import Storage
public import Text

/// A snapshot of the archive: what could be found at one moment.
///
/// Safe to share between tasks; cheap to copy. Articles are read from the store when they are needed, so one that was
/// deleted since the snapshot is left out of what it returns.
public struct Archive: Sendable {
    /// The names of the sources, as published.
    public let sources: [String]
    /// The sequence number of the last change in the snapshot.
    public let cursor: Int64
    let passages: Searcher
    let articles: Searcher
    private let store: NewsStore
    private let shelf: ArticleShelf

    init(
        passages: Searcher, articles: Searcher, store: NewsStore, shelf: ArticleShelf, sources: [String] = [],
        cursor: Int64 = 0
    ) {
        self.passages = passages
        self.articles = articles
        self.store = store
        self.shelf = shelf
        self.sources = sources
        self.cursor = cursor
    }

    /// What the two indexes are made of, one entry a segment.
    public var segments: (passages: [SegmentStatistics], articles: [SegmentStatistics]) {
        (passages.segments, articles.segments)
    }

    /// The number of articles that can be found.
    public var articleCount: Int { articles.documentCount }

    /// The number of passages that can be found.
    public var passageCount: Int { passages.documentCount }

    /// The question taken apart against what the archive knows.
    ///
    /// - Parameters:
    ///   - question: as typed.
    ///   - language: what it is written in.
    ///   - now: the moment from which "yesterday" and "latest" are measured.
    /// - Returns: its words by their part in the question, its time window and the sources it names.
    public func read(_ question: String, language: Language, now: Date) -> ReadQuestion {
        let reader = QuestionReader(
            searcher: passages, sources: sources, names: NameTable(articles: articles, passages: passages))
        var read = reader.read(question, language: language, now: now)
        guard let event = EventPhrase.find(in: question, besides: read.times),
            let time = time(since: event, in: read)
        else { return read }
        read.times.append(time)
        // The time is known now; what happened since need not name the event again.
        let folded = Folding.fold(event.name)
        for index in read.concepts.indices where folded.contains(Folding.fold(read.concepts[index].word)) {
            read.concepts[index].kind = .generic
        }
        return read
    }

    /// What the archive has on a question: the articles with the best evidence, each with its best passages.
    ///
    /// An article counts by its best passage and as a whole; a long question is taken apart, and what meets one of its
    /// parts counts too. Being of the time or source that the question names lifts an article, and never excludes the
    /// others.
    ///
    /// - Parameters:
    ///   - question: as read by ``read(_:language:now:)``.
    ///   - limit: how many articles at most.
    ///   - now: the moment from which recency is measured.
    /// - Returns: at most `limit` articles; the newest where the question has no words to look for.
    /// - Throws: ``RetrievalError`` when the articles cannot be read or the index turns out to be damaged.
    public func findings(
        for question: ReadQuestion, limit: Int, now: Date
    ) async throws(RetrievalError) -> Findings {
        guard !question.concepts.isEmpty else {
            return Findings(evidence: try await newest(question, limit: limit, now: now), confidence: 1)
        }
        let ranking = Ranker(passages: passages, articles: articles).rank(question, now: now)
        if let damage { throw .index(damage) }
        let read: [Int64: ReadArticle]
        do {
            // One more than wanted, for one that was deleted meanwhile.
            read = try await shelf.articles(
                rows: ranking.articles.prefix(limit + 1).map(\.row), store: store, sequence: cursor)
        } catch { throw .store(error) }
        let evidence = ranking.articles.lazy.compactMap { ranked in
            read[ranked.row].map {
                Evidence(article: $0, passages: ranked.passages, features: ranked.features)
            }
        }
        let sum = RankingWeights.Confidence.bias + ranking.signals.score
        return Findings(
            evidence: Array(evidence.prefix(limit)),
            confidence: ranking.signals.isEmpty ? 0 : 1 / (1 + exp(-sum)),
            facets: ranking.parts.map { part in
                question.concepts.filter { !$0.clauses.allSatisfy { !part.contains($0) } }
            }, signals: ranking.signals)
    }

    private func newest(
        _ question: ReadQuestion, limit: Int, now: Date
    ) async throws(RetrievalError) -> [Evidence] {
        do throws(StorageError) {
            // What happens on a day is often published the day after.
            let before = question.times.compactMap(\.until).max()?.addingTimeInterval(2 * 86_400)
            let stored = try await store.latest(
                limit: limit * 4, before: before, source: question.sources.first)
            let read = try await shelf.articles(rows: stored.map(\.row), store: store, sequence: cursor)
            return stored.prefix(limit * 4).compactMap { read[$0.row] }.map { article in
                let suits =
                    article.article.publishedAt.map { Timeliness.value(of: $0, for: question, now: now) } ?? 0
                return Evidence(
                    article: article, passages: [RankedPassage(ordinal: 0)],
                    features: [Evidence.Feature(name: "time", value: suits)])
            }.sorted { $0.score > $1.score }.prefix(limit).map { $0 }
        } catch { throw .store(error) }
    }

    /// The passages that match the words, best first: what a search page shows.
    ///
    /// - Parameters:
    ///   - words: what to look for; every word is optional, and matching more of them ranks higher.
    ///   - limit: how many hits at most.
    ///   - explain: whether each hit carries the account of its score.
    ///   - now: the moment from which time words are measured.
    /// - Returns: the passages, best first.
    /// - Throws: ``RetrievalError`` when the articles cannot be read or the index turns out to be damaged.
    public func search(
        _ words: String, limit: Int, explain: Bool = false, now: Date
    ) async throws(RetrievalError) -> [PassageHit] {
        let question = read(words, language: LanguageDetector.detect(words), now: now)
        let query = question.query(idf: passages.idf(of:)).query
        let hits = passages.search(query, limit: limit)
        if let damage { throw .index(damage) }
        let articles: [Int64: ReadArticle]
        do {
            articles = try await shelf.articles(
                rows: Array(Set(hits.map(\.document.group))), store: store, sequence: cursor)
        } catch { throw .store(error) }
        return hits.compactMap { hit in
            guard let article = articles[hit.document.group],
                let passage = article.passages.first(where: { $0.ordinal == hit.document.ordinal })
            else { return nil }
            let snippet = Snippet.best(
                in: passage.text, terms: Set(query.clauses.map(\.term)), language: article.article.language,
                maxCharacters: 240)
            return PassageHit(
                article: article.stored, passage: passage, score: hit.score, snippet: snippet.text,
                highlights: snippet.highlights,
                explanation: explain ? passages.explain(query, hit.document) : nil)
        }
    }
}

/// One passage that matched a search.
public struct PassageHit: Sendable {
    /// The article that it stands in.
    public var article: StoredArticle
    /// The passage.
    public var passage: Passage
    /// Its score; comparable only within one search.
    public var score: Float
    /// The part of it that matches best.
    public var snippet: String
    /// The matching words within the snippet.
    public var highlights: [Range<String.Index>]
    /// The account of the score, where it was asked for.
    public var explanation: Explanation?
}
