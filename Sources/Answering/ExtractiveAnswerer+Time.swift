import Foundation
import News
import Retrieval
import Text

/// Answers that set what several articles say in the order of time.
extension ExtractiveAnswerer {
    /// What happened in a matter, day by day: its articles, and where they are few the dated sentences of the best one.
    func timeline() -> (Extract, [String]) {
        let articles = articlesOnTopic()
        var findings: [Finding] = articles.suffix(Self.longestTimeline).map(Self.lead)
        if articles.count < 3, let best = articles.last ?? bestArticle()?.0 {
            let told = Set(findings.map(\.text))
            findings += datedSentences(of: best).filter { !told.contains($0.text) }
                .prefix(Self.longestTimeline - findings.count)
            findings.sort { ($0.day ?? .distantPast) < ($1.day ?? .distantPast) }
        }
        guard !findings.isEmpty else { return (refusal(), ["No article is about the topic"]) }
        return (
            Extract(form: .timeline, findings: findings, confidence: findings.count > 1 ? 0.8 : 0.5),
            ["\(articles.count) articles are about the topic; \(findings.count) days are told of"]
        )
    }

    private static let longestTimeline = 8

    /// The facts of an article that tell their day, each under that day.
    private func datedSentences(of article: ReadArticle) -> [Finding] {
        article.sentences.filter { !$0.section.isOpinion }.compactMap { sentence -> Finding? in
            let days = sentence.mentions.dates.lazy.compactMap { mention in
                mention.resolved(against: article.publishedAt).firstMoment
            }
            guard let day = days.first else { return nil }
            var finding = Finding(article: article, text: sentence.sentence.text, isOpinion: false)
            finding.day = day
            return finding
        }
    }

    /// What the newest article on a matter says, beside the one before it.
    func changed() -> (Extract, [String]) {
        let articles = articlesOnTopic()
        guard let newest = articles.last else { return (refusal(), ["No article is about the topic"]) }
        var findings = [Self.lead(of: newest)]
        if let before = articles.dropLast().last {
            findings.append(Self.lead(of: before))
            findings[1].isSuperseded = true
        }
        return (
            Extract(form: .changed, findings: findings, confidence: findings.count > 1 ? 0.6 : 0.4),
            ["The newest two of \(articles.count) articles on the topic"]
        )
    }

    /// The answer where an older article gives another figure: the newest first, both with their days.
    ///
    /// Nil where the articles agree or are of one day.
    ///
    /// Only sentences that meet all of the question by themselves count: what is said half in passing is often of
    /// something else.
    func revised(_ best: Candidate) -> (Extract, String)? {
        guard expectation.isAmount, let figure = figure(of: best) else { return nil }
        let other = candidates.prefix(20).first { candidate in
            guard candidate.article !== best.article, candidate.missing.isEmpty, best.missing.isEmpty,
                candidate.direct >= max(0.75, best.direct - 0.15), best.direct >= 0.75,
                objection(to: candidate) == nil, unitFits(candidate), let other = self.figure(of: candidate)
            else { return false }
            return other.kind == figure.kind && other.unit == figure.unit && other.value != figure.value
        }
        guard let other, let day = best.article.publishedAt,
            let otherDay = other.article.publishedAt, abs(day.timeIntervalSince(otherDay)) >= 86_400
        else { return nil }
        let (newer, older) = day > otherDay ? (best, other) : (other, best)
        var extract = answer(from: newer)
        extract.findings = Array(extract.findings.prefix(1))
        var superseded = Finding(older, text: selfContained(older))
        superseded.isSuperseded = true
        extract.findings.append(superseded)
        return (extract, "An older article gives another figure; the newest stands first")
    }

    /// The amount in the clause that meets the question best.
    private func figure(of candidate: Candidate) -> Quantity? {
        let text = candidate.sentence.sentence.text
        let analyzer = TextAnalyzer(candidate.article.language)
        return expectation.quantities(in: candidate.sentence).max {
            clauseFit(around: $0.range, in: text, analyzer) < clauseFit(around: $1.range, in: text, analyzer)
        }
    }
}
