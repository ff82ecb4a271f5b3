import Foundation
import News
import Retrieval
import Text

/// Something to ask next that the archive can answer, by what was found for the question before.
///
/// A suggestion costs no search of its own: it is about articles that lie at hand. Its words are the shell's.
public enum Suggestion: Sendable, Hashable {
    /// What an article tells that was found and not shown.
    case article(row: Int64, headline: String)
    /// What happened to somebody or something, in order, where articles of several days tell of it.
    case timeline(name: String)
    /// The newest on somebody or something that several articles tell of.
    case latest(name: String)
    /// The newest of all.
    case newest
}

extension Suggestion {
    /// The most that are made for one answer.
    static let most = 3
    /// The least share of the best article's score with which another is on the matter.
    private static let leastShare = 0.4

    /// What may be asked after an answer, the most telling first; no article that the conversation has just been about.
    ///
    /// - Parameters:
    ///   - answer: what was given.
    ///   - question: what was asked.
    ///   - evidence: what was found for it, best first.
    ///   - turns: the conversation before.
    /// - Returns: at most ``most``.
    /// - Complexity: O(evidence).
    static func all(
        after answer: Answer, to question: Question, evidence: [Evidence], turns: [Turn]
    ) -> [Suggestion] {
        let isAnswered = answer.status == .answered
        let articles = articles(after: answer, to: question, evidence: evidence, turns: turns)
        var all = Array(articles.prefix(1))
        if isAnswered, let course = course(of: question, evidence: evidence, turns: turns) {
            all.append(course)
        }
        all += articles.dropFirst().prefix(most - all.count)
        // It is offered once, and not for want of better in every answer.
        if all.count < 2, turns.isEmpty || all.isEmpty && !isAnswered, question.kind != .latest {
            all.append(.newest)
        }
        return all
    }

    private static func articles(
        after answer: Answer, to question: Question, evidence: [Evidence], turns: [Turn]
    ) -> [Suggestion] {
        var known = Set(turns.flatMap(\.articles))
        // A list of headlines leaves each of its articles to be told.
        if !question.kind.choosesManyArticles { known.formUnion(answer.citations.map(\.articleID)) }
        var headlines = Set(
            answer.citations.filter { known.contains($0.articleID) }.map { Folding.fold($0.headline) })
        let least = (evidence.first?.score ?? 0) * leastShare
        var articles: [Suggestion] = []
        for item in evidence where articles.count < most && item.score >= least && item.score > 0 {
            let article = item.article.article
            guard !known.contains(article.id), isRead(article.language, beside: answer.language),
                !article.headline.isEmpty, headlines.insert(Folding.fold(article.headline)).inserted
            else { continue }
            articles.append(.article(row: item.article.stored.row, headline: article.headline))
        }
        return articles
    }

    /// The course of what the question names, or the newest on it.
    private static func course(of question: Question, evidence: [Evidence], turns: [Turn]) -> Suggestion? {
        guard !question.kind.choosesManyArticles else { return nil }
        let asked = turns.map { Folding.fold($0.question) }
        var best: (name: String, days: Int, articles: Int)?
        for concept in question.read.names {
            let name = concept.mended ?? concept.word
            let met = evidence.filter { $0.article.whole.degree(of: concept) > 0 }
            let days = Set(
                met.compactMap {
                    $0.article.publishedAt.map { Int($0.timeIntervalSince1970 / 86_400) }
                })
            let isAsked = asked.contains { $0.contains(Folding.fold(name)) && $0.count < name.count + 24 }
            // What no headline names is nothing that articles are about.
            let isNamed = met.contains {
                Folding.fold($0.article.article.headline).contains(Folding.fold(name))
            }
            guard met.count > 1, isNamed, !isAsked, met.count > best?.articles ?? 0 else { continue }
            best = (name, days.count, met.count)
        }
        return best.map { $0.days > 2 ? .timeline(name: $0.name) : .latest(name: $0.name) }
    }

    private static func isRead(_ language: Language, beside other: Language) -> Bool {
        language == other || (language.isChinese && other.isChinese)
    }
}
