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
    /// The languages of the articles, those of deleted ones among them for a while.
    public let languages: Set<Language>
    /// The sequence number of the last change in the snapshot.
    public let cursor: Int64
    let passages: Searcher
    let articles: Searcher
    private let vectors: PassageVectors?
    private let store: NewsStore
    let shelf: ArticleShelf
    /// A question is read once for itself and once for whether it leans on the one before, which was read a moment ago.
    private let reads = RecentWork<QuestionKey, ReadQuestion>(capacity: 1024)
    private let words = WordConcepts(capacity: 8192)

    private struct QuestionKey: Sendable, Hashable {
        var text: String
        var language: Language
    }

    init(
        passages: Searcher, articles: Searcher, vectors: PassageVectors? = nil, store: NewsStore,
        shelf: ArticleShelf, sources: [String] = [], cursor: Int64 = 0
    ) {
        self.passages = passages
        self.articles = articles
        self.vectors = vectors
        self.store = store
        self.shelf = shelf
        self.sources = sources
        languages = ArticleTag.languages(in: articles.tags)
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
        let key = QuestionKey(text: question, language: language)
        if let known = reads.value(key, cursor: cursor, at: now) { return known }
        let read = readAnew(question, language: language, now: now)
        reads.keep(read, for: key, cursor: cursor, at: now)
        return read
    }

    private func readAnew(_ question: String, language: Language, now: Date) -> ReadQuestion {
        let reader = QuestionReader(
            searcher: passages, articles: articles, sources: sources, languages: languages,
            names: NameTable(articles: articles, passages: passages), words: words)
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

    /// What ``warmUp()`` reads: no more articles and bytes of text than these.
    private static let warm = (articles: 2048, bytes: 4 << 20)
    /// About the memory that an article takes on the shelf, and all else that questions leave in it.
    private static let room = (article: 32 << 10, rest: 56 << 20)

    /// Takes the newest articles apart, which are asked for most, and has memory ready for those that others ask for.
    ///
    /// The words of more articles than are kept are met, because each takes longest when it is met first.
    ///
    /// - Throws: ``RetrievalError/store(_:)`` when the articles cannot be read.
    /// - Complexity: O(length of the articles), a few tenths of a second at most.
    public func warmUp() async throws(RetrievalError) {
        let room = Self.room.rest + Self.room.article * min(articleCount, shelf.capacity)
        let languages = languages
        await BackgroundThread.run {
            LargeMemory.fillHeap(bytes: room)
            for language in languages { TextAnalyzer(language).prepare() }
        }
        let newest: [StoredArticle]
        do { newest = try await store.latest(limit: Self.warm.articles) } catch { throw .store(error) }
        var bytes = 0
        var kept: [ReadArticle] = []
        for stored in newest {
            bytes += stored.article.body.reduce(0) { $0 + $1.utf8.count }
            guard bytes <= Self.warm.bytes else { break }
            let read = ReadArticle(stored)
            if kept.count < shelf.capacity / 2 { kept.append(read) }
        }
        shelf.keep(kept.reversed(), sequence: cursor)
    }

    /// What the archive has on a question: the articles with the best evidence, each with its best passages.
    ///
    /// An article counts by its best passage and as a whole; a long question is taken apart, and what meets one of its
    /// parts counts too. Where there are vectors, what is near in meaning counts beside the words. Being of the time or source that the question names lifts an article, and never excludes the
    /// others.
    ///
    /// - Parameters:
    ///   - question: as read by ``read(_:language:now:)``.
    ///   - limit: how many articles at most.
    ///   - ofOne: how many where the question asks for one thing, which the first of them tell or none; nil for as many
    ///     as otherwise.
    ///   - now: the moment from which recency is measured.
    /// - Returns: at most so many articles; the newest where the question has no words to look for.
    /// - Throws: ``RetrievalError`` when the articles cannot be read or the index turns out to be damaged.
    public func findings(
        for question: ReadQuestion, limit: Int, ofOne: Int? = nil, now: Date
    ) async throws(RetrievalError) -> Findings {
        guard !question.concepts.isEmpty else {
            return Findings(evidence: try await newest(question, limit: limit, now: now), confidence: 1)
        }
        let similarity = await vectors?.similarity(to: question.text)
        let ranking = Ranker(passages: passages, articles: articles, similarity: similarity)
            .rank(question, wanted: ofOne ?? limit, now: now)
        if let damage { throw .index(damage) }
        let limit = ranking.parts.count > 1 ? limit : ofOne ?? limit
        let evidence: [Evidence]
        do { evidence = try await stories(ranking.articles, limit: limit) } catch { throw .store(error) }
        let sum = RankingWeights.Confidence.bias + ranking.signals.score
        return Findings(
            evidence: evidence,
            confidence: ranking.signals.isEmpty ? 0 : 1 / (1 + exp(-sum)),
            facets: ranking.parts.map { part in
                question.concepts.filter { !$0.clauses.allSatisfy { !part.contains($0) } }
            }, signals: ranking.signals)
    }

    /// The best articles, each story once: reposts hang on the best of them and fill no place.
    private func stories(
        _ ranked: [Ranker.RankedArticle], limit: Int
    ) async throws(StorageError) -> [Evidence] {
        var stories: [Evidence] = []
        var rest = ranked[...]
        while stories.count < limit, !rest.isEmpty {
            let batch = rest.prefix(limit - stories.count)
            rest = rest.dropFirst(batch.count)
            let read = try await shelf.articles(rows: batch.map(\.row), store: store, sequence: cursor)
            for ranked in batch {
                guard let article = read[ranked.row] else { continue }
                Self.add(
                    Evidence(article: article, passages: ranked.passages, features: ranked.features),
                    to: &stories)
            }
        }
        return Array(stories.prefix(limit))
    }

    private static func add(_ evidence: Evidence, to stories: inout [Evidence]) {
        if let known = stories.firstIndex(where: { evidence.article.isRepost(of: $0.article) }) {
            stories[known].reposts.append(evidence.article)
        } else {
            stories.append(evidence)
        }
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
            let found = stored.prefix(limit * 4).compactMap { read[$0.row] }.map { article in
                let suits =
                    article.article.publishedAt.map { Timeliness.value(of: $0, for: question, now: now) } ?? 0
                return Evidence(
                    article: article, passages: [RankedPassage(ordinal: 0)],
                    features: [Evidence.Feature(name: "time", value: suits)])
            }.sorted { $0.score > $1.score }
            var stories: [Evidence] = []
            for item in found where stories.count < limit { Self.add(item, to: &stories) }
            return stories
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
        let query = question.query(idf: passages.idf(of:))
        let hits = Ranker(passages: passages, articles: self.articles).search(passages, query, limit: limit)
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
                in: passage.text, terms: query.terms(in: article.article.language),
                language: article.article.language,
                maxCharacters: 240)
            return PassageHit(
                article: article.stored, passage: passage, score: hit.score, snippet: snippet.text,
                highlights: snippet.highlights,
                explanation: explain ? passages.explain(query.query, hit.document) : nil)
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
