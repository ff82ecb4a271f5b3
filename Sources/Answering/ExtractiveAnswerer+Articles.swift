import Foundation
import News
import Retrieval
import Text

extension ExtractiveAnswerer {
    func broad(_ make: (ReadArticle) -> Extract) -> (Extract, [String]) {
        guard let (article, coverage) = bestArticle() else {
            return (refusal(), ["No article is about the question"])
        }
        var extract = make(article)
        extract.confidence = min(0.95, 0.3 + 0.6 * coverage)
        return (extract, ["The article that is most about the question answers it (\(percent(coverage)))"])
    }

    /// The article that is about the question, and how much of the question it meets.
    func bestArticle() -> (ReadArticle, Double)? {
        let recent = evidence.first { question.recent.contains($0.article.article.id) }
        if question.read.concepts.allSatisfy({ $0.kind == .generic }) {
            return (recent ?? evidence.first).map { ($0.article, 0.7) }
        }
        // More of the same is more of the article that was told of.
        if question.seen != nil, let recent { return (recent.article, 0.7) }
        let isDated = question.kind == .summary && evidence.contains { isOfTheTime($0.article) }
        return evidence.filter { !isDated || isOfTheTime($0.article) }
            .map { ($0.article, aboutness(of: $0.article), $0.score) }
            .filter { $0.1 >= thresholds.article && meetsNames($0.0) }
            .max { $0.1 + 0.3 * $0.2 < $1.1 + 0.3 * $1.2 }
            .map { ($0.0, $0.1) }
    }

    /// The share of the question that an article is about: its headline fully, its lead nearly, the rest less.
    func aboutness(of article: ReadArticle) -> Double {
        let concepts = question.essential
        let total = concepts.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return 0 }
        let lead = article.sentences.prefix(2).map(\.wording)
        // What a source makes of a matter stands at the end of its articles.
        let elsewhere = question.kind == .opinion ? 0.95 : 0.75
        return concepts.reduce(0) { sum, concept in
            let whole = article.whole.degree(of: concept)
            guard whole > 0 else { return sum }
            let inLead = lead.map { $0.degree(of: concept) }.max() ?? 0
            return sum + concept.weight
                * max(article.headline.degree(of: concept), 0.95 * inLead, elsewhere * whole)
        } / total
    }

    func meetsNames(_ article: ReadArticle) -> Bool {
        question.read.concepts.allSatisfy { concept in
            concept.kind != .name && concept.kind != .number || article.whole.degree(of: concept) > 0.4
        }
    }

    func why() -> (Extract, [String]) {
        // A sentence that gives the reason asked for is better than the general points.
        let causal = candidates.prefix(12).first {
            objection(to: $0) == nil && CueWords.isCausal($0.sentence.plain)
                && ($0.direct > 0.4 || explains($0))
        }
        // Where the matter is the other way round, that is all there is to say.
        if causal == nil,
            let other = candidates.prefix(3).first(where: {
                $0.value(.opposite) > 0 && $0.coverage >= 0.75 && !$0.sentence.section.isOpinion
            })
        {
            var extract = Extract(form: .fact, findings: [Finding(other)], confidence: 0.4)
            extract.isUnsure = true
            return (extract, ["The article says the opposite of what the question takes for granted"])
        }
        // What did not happen has no reason.
        let about = bestArticle().flatMap { found in
            found.0.article.language.isCJK || deeds.allSatisfy { found.0.whole.degree(of: $0) > 0 }
                ? found : nil
        }
        guard let article = causal?.article ?? about?.0 else {
            if let (extract, account) = closest() { return (extract, [account]) }
            return (refusal(), ["No article is about the question"])
        }
        var findings: [Finding] = []
        // A reason is often told without a word for it: "after the storm, the port closed".
        if let told = candidates.first, told.article === article, points(of: article).isEmpty,
            !told.sentence.section.isOpinion,
            told.sentence.sentence != causal?.sentence.sentence,
            told.score > (causal?.score ?? 0) + thresholds.ahead,
            told.direct >= 0.6, objection(to: told) == nil
        {
            findings.append(Finding(told, text: selfContained(told)))
        }
        if let causal, !causal.sentence.section.isOpinion {
            let text = selfContained(causal)
            if !findings.contains(where: { $0.text == text }) { findings.append(Finding(causal, text: text)) }
        }
        var points = points(of: article)
        // Where the text gives the reason, what the analysis says of other things is none.
        if !findings.isEmpty { points = points.filter { isOnTopic($0, of: article) } }
        findings += points
        if findings.isEmpty, let causal { findings.append(Finding(causal)) }
        guard !findings.isEmpty else {
            if let (extract, account) = closest() { return (extract, [account]) }
            return (refusal(), ["The article on the matter gives no reason"])
        }
        let sure = causal.map(confidence) ?? about.map { 0.3 + 0.5 * $0.1 } ?? 0.4
        return (
            Extract(form: .why, findings: findings, confidence: min(0.95, sure)),
            [
                "Reasons come from \(findings.count - points.count) causal sentences and \(points.count) points of the analysis"
            ]
        )
    }

    /// Whether a sentence follows, in its paragraph, one that says what the question asks the reason of.
    func explains(_ candidate: Candidate) -> Bool {
        candidates.contains {
            $0.article === candidate.article && $0.direct > 0.5
                && $0.sentence.sentence.paragraph == candidate.sentence.sentence.paragraph
                && $0.sentence.sentence.position == candidate.sentence.sentence.position - 1
        }
    }

    /// The points of an article's analyses; the four that meet the question best, in their order.
    func points(of article: ReadArticle) -> [Finding] {
        article.article.analyses.flatMap { analysis -> [Finding] in
            let points = analysis.points.map {
                Finding(article: article, text: $0.text, heading: $0.heading, isOpinion: true)
            }
            if !points.isEmpty { return Array(points.prefix(5)) }
            return analysis.opening.prefix(2).map { Finding(article: article, text: $0, isOpinion: true) }
        }
    }

    func opinion(of article: ReadArticle) -> Extract? {
        var findings = points(of: article)
        if findings.isEmpty { return nil }
        let fitting = findings.filter { isOnTopic($0, of: article) }
        if !fitting.isEmpty { findings = fitting }
        let asksOutlook = ["future", "next", "outlook", "expect", "将来", "未来", "接下来", "展望", "预计"]
            .contains { Folding.fold(question.standalone).contains($0) }
        if asksOutlook {
            let outlook = article.article.analyses.flatMap(\.outlook)
                .map { Finding(article: article, text: $0, isOpinion: true) }
            if !outlook.isEmpty { findings = outlook }
        }
        return Extract(form: .opinion, findings: findings, confidence: 0)
    }

    /// Whether a point is about what the question names beyond the matter of the article, which its headline, its body
    /// and the opening of its analysis tell.
    func isOnTopic(_ finding: Finding, of article: ReadArticle) -> Bool {
        let matter = article.sentences.filter { $0.section == .body || $0.section == .analysis }
            .map(\.wording)
        let concepts = question.essential.filter { concept in
            article.headline.degree(of: concept) == 0 && !matter.contains { $0.degree(of: concept) > 0 }
        }
        let total = concepts.reduce(0) { $0 + $1.weight }
        let text = [finding.heading, finding.text].compactMap { $0 }.joined(separator: " ")
        let wording = Wording(text, analyzer: TextAnalyzer(finding.article.language))
        return total > 0 && concepts.reduce(0) { $0 + $1.weight * wording.degree(of: $1) } >= 0.5 * total
    }

    /// The lead and the sentences that meet the question best, in the article's order.
    func summary(of article: ReadArticle) -> Extract {
        let facts = article.sentences.filter { !$0.section.isOpinion }.filter { sentence in
            question.seen.map { !$0.contains(sentence.sentence.text) } ?? true
        }
        var chosen: [ReadSentence] = []
        var paragraphs: Set<Int> = []
        // News puts the story in the first sentences of its paragraphs; one from each says more than three from one.
        for sentence in facts
        where chosen.count < 3 && paragraphs.insert(sentence.sentence.paragraph).inserted {
            chosen.append(sentence)
        }
        for sentence in facts
        where chosen.count < 2 && !chosen.contains(where: { $0.sentence == sentence.sentence }) {
            chosen.append(sentence)
        }
        if chosen.isEmpty {
            chosen = Array(
                article.sentences.filter { sentence in
                    question.seen.map { !$0.contains(sentence.sentence.text) } ?? true
                }.prefix(3))
        }
        let findings = chosen.sorted { $0.sentence.position < $1.sentence.position }.map {
            Finding(article: article, text: $0.sentence.text, isOpinion: $0.section.isOpinion)
        }
        guard !findings.isEmpty else { return refusal() }
        return Extract(form: .summary, findings: findings, confidence: 0)
    }

    /// Who said what was answered: the sentence itself where it names somebody, or else who published it.
    func attribution(of told: String) -> (Extract, [String]) {
        let articles = evidence.map(\.article).filter { question.recent.contains($0.article.id) }
        for article in articles {
            let sentences = article.sentences.filter { told.contains($0.sentence.text) }
            if let said = sentences.first(where: { CueWords.isAttributed($0.plain) }) {
                let finding = Finding(
                    article: article, text: said.sentence.text, isOpinion: said.section.isOpinion)
                return (
                    Extract(form: .fact, findings: [finding], confidence: 0.8),
                    ["The sentence of the last answer says whose words it gives"]
                )
            }
            if !sentences.isEmpty {
                var extract = provenance(of: article)
                extract.confidence = 0.6
                return (extract, ["The last answer names nobody; the article that it is from is given"])
            }
        }
        return (refusal(), ["The last answer is not from a stored article"])
    }

    func provenance(of article: ReadArticle) -> Extract {
        let lead = article.sentences.first?.sentence.text ?? article.article.headline
        var extract = Extract(
            form: .source, findings: [Finding(article: article, text: lead, isOpinion: false)], confidence: 0)
        extract.verdict = "published"
        return extract
    }

    /// The stretches of time that the question names.
    var windows: [TimePhrase] { question.read.times.filter { $0.from != nil || $0.until != nil } }

    /// Whether an article is of the time that the question names: published then, or telling of a day of it.
    func isOfTheTime(_ article: ReadArticle) -> Bool {
        windows.allSatisfy { window in
            article.publishedAt.map(window.holds) == true
                || article.sentences.contains { sentence in
                    sentence.mentions.dates.contains { $0.overlaps(window) && $0.isAsFine(as: window) }
                }
        }
    }

    func latest() -> (Extract, [String]) {
        let sorted = articlesOnTopic().reversed()
        guard !sorted.isEmpty else { return (refusal(), ["No article is about the topic"]) }
        return (
            Extract(form: .latest, findings: sorted.prefix(3).map(Self.lead), confidence: 0.85),
            ["The newest of \(sorted.count) articles on the topic"]
        )
    }

    /// The articles whose headline or lead is on the matter, oldest first; all of the time asked for where the question
    /// names nothing.
    func articlesOnTopic() -> [ReadArticle] {
        let isOpen = question.essential.isEmpty
        let about = evidence.map(\.article).filter { article in
            guard isOfTheTime(article) else { return false }
            guard !isOpen else { return true }
            let concepts = question.essential
            let total = concepts.reduce(0) { $0 + $1.weight }
            let lead = article.sentences.prefix(1).map(\.wording)
            let met = concepts.reduce(0.0) { sum, concept in
                let inLead = lead.map { $0.degree(of: concept) }.max() ?? 0
                return sum + concept.weight * max(article.headline.degree(of: concept), inLead)
            }
            return met >= 0.6 * total && meetsNames(article)
        }
        return about.sorted {
            ($0.article.publishedAt ?? .distantPast) < ($1.article.publishedAt ?? .distantPast)
        }
    }

    /// What an article reports, under its headline and its day.
    static func lead(of article: ReadArticle) -> Finding {
        let lead = article.sentences.first { $0.section == .body } ?? article.sentences.first
        var finding = Finding(
            article: article, text: lead?.sentence.text ?? article.article.headline,
            heading: article.article.headline, isOpinion: false)
        finding.day = article.publishedAt
        return finding
    }
}
