import Foundation
import News
import Retrieval
import Text

/// Takes answers out of the evidence, without a model and without a word that the articles do not have.
///
/// An exact question ("when", "how many", "which") is answered only by a sentence that meets every concept of the
/// question, itself or through its headline and neighbours, and that contains what the kind wants. A broad one ("why",
/// "what happened") is answered by the article that is about it. What fails is refused, in one of two ways: nothing
/// here is on the matter, or the matter is here and the fact is not.
struct ExtractiveAnswerer: Sendable {
    /// The limits of what counts as an answer.
    struct Thresholds: Sendable {
        /// The least share of the question that the sentence and what it leans on must meet.
        var coverage = 0.6
        /// The least share that the sentence itself must meet.
        var direct = 0.2
        /// The largest share of an exact question that may be met nowhere near.
        var missingExact = 0.25
        /// The largest share of its words, besides its names.
        var missingWords = 0.5
        /// The same for a broad question.
        var missingBroad = 0.36
        /// The least share of a broad question that its article must meet.
        var article = 0.6
        /// The share from which an article counts as being on the matter.
        var onTopic = 0.5
    }

    let question: Question
    let evidence: [Evidence]
    let candidates: [Candidate]
    let expectation: Expectation
    let thresholds = Thresholds()

    init(_ question: Question, evidence: [Evidence]) {
        self.question = question
        self.evidence = evidence
        expectation = Expectation(question)
        // Summaries and lists of the newest choose articles, not sentences.
        candidates =
            question.kind.choosesSentences
            ? SentenceRanking(question: question, expectation: expectation).candidates(in: evidence) : []
    }

    /// The extract, which may be a refusal; with the decisions that led to it.
    func extract() -> (extract: Extract, decisions: [String]) {
        // A question for a time alone, such as "What happened yesterday?", wants what is of that time.
        if question.essential.isEmpty, !windows.isEmpty, question.recent.isEmpty,
            [.summary, .fact, .list, .latest].contains(question.kind)
        {
            return latest()
        }
        switch question.kind {
        case .latest: return latest()
        case .summary: return broad { summary(of: $0) }
        case .opinion: return broad { opinion(of: $0) ?? summary(of: $0) }
        case .why: return why()
        case .source, .published: return broad { provenance(of: $0) }
        case .order: return order()
        default: return exact()
        }
    }

    // MARK: Exact questions

    private func exact() -> (Extract, [String]) {
        var decisions: [String] = []
        var untyped: Candidate?
        for candidate in candidates.prefix(40) {
            if let reason = objection(to: candidate) {
                if decisions.count < 4 {
                    decisions.append("Not “\(candidate.sentence.sentence.text.prefix(60))”: \(reason)")
                }
                continue
            }
            guard !expectation.isTyped || candidate.hasExpected && unitFits(candidate),
                listsIfAsked(candidate)
            else {
                untyped = untyped ?? candidate
                continue
            }
            let best = newest(beside: candidate)
            decisions.append("The best sentence that meets the question answers it")
            return (answer(from: best), decisions)
        }
        if let untyped, let substitute = substitute(for: untyped) {
            decisions.append("The kind wanted is given by the article instead of the sentence")
            return (substitute, decisions)
        }
        decisions.append(
            untyped == nil
                ? "No sentence meets the question" : "The sentences on the matter do not say what is asked")
        return (refusal(), decisions)
    }

    /// Why a sentence cannot be the answer; nil if it can.
    private func objection(to candidate: Candidate) -> String? {
        let total = question.read.concepts.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return "the question names nothing" }
        if let name = candidate.missing.first(where: { $0.kind == .name || $0.kind == .number }) {
            return "nothing about \(name.word)"
        }
        var limit = question.kind.isExact ? thresholds.missingExact : thresholds.missingBroad
        // A list of names where a list is asked for says much by itself.
        if question.wantsList, candidate.sentence.mentions.lists.contains(where: \.isOfNames) {
            limit = thresholds.missingBroad
        }
        if candidate.lost > limit || question.kind.isExact && candidate.lostWords > thresholds.missingWords {
            return "nothing near says \(candidate.missing.map(\.word).joined(separator: ", "))"
        }
        if let time = otherTime(of: candidate) { return "it is of another time: \(time)" }
        if candidate.coverage < thresholds.coverage { return "it meets too little of the question" }
        if candidate.direct < thresholds.direct, !(question.kind == .why && explains(candidate)) {
            return "it says too little of it itself"
        }
        return nil
    }

    /// The date of a sentence that lies outside the time that the question names, where nothing of it lies inside.
    private func otherTime(of candidate: Candidate) -> String? {
        guard !windows.isEmpty, question.kind != .when else { return nil }
        let article = candidate.article.article
        let dates = candidate.sentence.mentions.dates.filter { $0.year != nil }
        guard let first = dates.first,
            windows.allSatisfy({ window in
                !dates.contains { $0.overlaps(window) } && article.publishedAt.map(window.holds) != true
            })
        else { return nil }
        return first.text
    }

    /// Whether the amount in a sentence counts what the question counts.
    private func unitFits(_ candidate: Candidate) -> Bool {
        guard question.kind == .howMany, !candidate.article.article.language.isCJK,
            !question.read.language.isCJK
        else {
            return true
        }
        let heads = QuestionAnalysis.nounPhrase(of: question.standalone).suffix(1)
        guard !heads.isEmpty else { return true }
        let text = candidate.sentence.sentence.text
        let analyzer = TextAnalyzer(.english)
        let wanted = Set(
            heads.flatMap { head -> [String] in
                let stems = analyzer.terms(in: head)
                return stems + stems.flatMap(Lexicon.standard.synonyms)
            })
        return expectation.quantities(in: candidate.sentence).contains { quantity in
            let after = text[quantity.range.lowerBound...].prefix(70)
            let unit = quantity.unit.map { analyzer.terms(in: $0) } ?? []
            return !wanted.isDisjoint(with: analyzer.terms(in: String(after)) + unit)
        }
    }

    /// Whether a sentence has what a question for several things of a type wants: a list, or the type by name.
    private func listsIfAsked(_ candidate: Candidate) -> Bool {
        guard question.kind != .when, question.wantsList, let asked = question.asked else { return true }
        return candidate.sentence.wording.degree(of: asked) > 0 || list(in: candidate) != nil
    }

    /// Among sentences that answer equally well, the one of the newest article.
    private func newest(beside first: Candidate) -> Candidate {
        candidates.prefix(20)
            .filter {
                $0.score >= first.score - 0.02 && objection(to: $0) == nil
                    && (!expectation.isTyped || $0.hasExpected && unitFits($0))
            }
            .max {
                ($0.article.article.publishedAt ?? .distantPast, $0.score)
                    < ($1.article.article.publishedAt ?? .distantPast, $1.score)
            } ?? first
    }

    private func answer(from candidate: Candidate) -> Extract {
        let text = selfContained(candidate)
        let finding = Finding(candidate, text: text)
        let sure = confidence(candidate)
        switch question.kind {
        case .when:
            let date =
                question.wantsList
                ? nil : bestDate(in: candidate).map { DateText.text($0, language: question.read.language) }
            return Extract(form: .when, findings: [finding], lead: date, confidence: sure)
        case .list:
            if let list = list(in: candidate) { return list }
        case .yesNo:
            return Extract(
                form: .yesNo, findings: [finding], verdict: verdict(of: candidate), confidence: sure * 0.9)
        case .fact, .where, .who, .define:
            if question.wantsList, let list = list(in: candidate) { return list }
        default: break
        }
        var findings = [finding]
        if question.kind == .define || question.kind == .how, let second = companion(of: candidate) {
            findings.append(second)
        }
        return Extract(form: .fact, findings: findings, confidence: sure)
    }

    /// What answers an exact question where no sentence has the kind wanted.
    private func substitute(for candidate: Candidate) -> Extract? {
        switch question.kind {
        case .howMany:
            return list(in: candidate)
        case .when:
            // The day of the report is all that a post without dates says; it is given as exactly that.
            guard candidate.missing.isEmpty, candidate.coverage >= 0.75, isTheNews(candidate),
                !candidate.sentence.section.isOpinion,
                candidate.article.article.publishedAt != nil
            else { return nil }
            var extract = Extract(
                form: .source, findings: [Finding(candidate, text: selfContained(candidate))],
                confidence: confidence(candidate) * 0.7)
            extract.verdict = "reported"
            return extract
        default: return nil
        }
    }

    /// Whether a sentence tells what its article reports, rather than something of the past: it opens the article, or
    /// the headline says the same.
    private func isTheNews(_ candidate: Candidate) -> Bool {
        if candidate.sentence.sentence.position == 0 { return true }
        let words = question.essential.filter { $0.kind == .word }
        let total = words.reduce(0) { $0 + $1.weight }
        let met = words.reduce(0) { $0 + $1.weight * candidate.article.headline.degree(of: $1) }
        return total > 0 && met >= 0.75 * total
    }

    // MARK: Order

    /// The dates of both alternatives, the one asked for first.
    private func order() -> (Extract, [String]) {
        guard let alternatives = Alternatives(question.standalone) else { return exact() }
        let dated = [alternatives.first, alternatives.second].compactMap(date(of:))
        guard dated.count == 2, dated[0].date != dated[1].date else {
            return (refusal(), ["The articles do not date both"])
        }
        let isInOrder = (dated[0].date < dated[1].date) != alternatives.wantsLater
        let ordered = isInOrder ? dated : dated.reversed()
        let lead =
            "\(ordered[0].name): \(DateText.text(ordered[0].mention, language: question.read.language))"
        return (
            Extract(
                form: .when, findings: ordered.map(\.finding), lead: lead,
                confidence: ordered.map(\.confidence).min() ?? 0),
            ["Both are dated: \(dated.map { "\($0.name) \($0.mention.text)" }.joined(separator: ", "))"]
        )
    }

    private typealias Dated = (
        name: String, mention: DateMention, date: DateKey, finding: Finding, confidence: Double
    )

    /// The date of the best sentence about one alternative.
    private func date(of name: String) -> Dated? {
        let folded = Folding.fold(name)
        var part = question.read
        part.concepts = part.concepts.filter { folded.contains(Folding.fold($0.word)) }
        guard !part.concepts.isEmpty else { return nil }
        let answerer = ExtractiveAnswerer(Question(name, kind: .when, read: part), evidence: evidence)
        for candidate in answerer.candidates.prefix(20)
        where candidate.hasExpected && answerer.objection(to: candidate) == nil {
            guard let mention = answerer.bestDate(in: candidate), let year = mention.year else { continue }
            let date = DateKey(year: year, month: mention.month ?? 0, day: mention.day ?? 0)
            return (name, mention, date, Finding(candidate), answerer.confidence(candidate))
        }
        return nil
    }

    // MARK: Lists

    /// The enumeration that a question for several things means: the one that is called what the question calls it.
    private func list(in first: Candidate) -> Extract? {
        let heads = QuestionAnalysis.headNouns(of: question.standalone, language: question.read.language)
        let near =
            [first]
            + candidates.prefix(12).filter {
                $0.article === first.article && $0.score > first.score - 0.5
                    && $0.sentence.sentence.position != first.sentence.sentence.position
            }
        let named = headForms(heads)
        var best: (list: Enumeration, candidate: Candidate, fit: Double)?
        for candidate in near {
            for list in candidate.sentence.mentions.lists {
                var fit = 0.0
                let text = Folding.fold(list.items.joined(separator: " "))
                let tail = list.lead.suffix(40)
                if named.contains(where: { tail.contains($0) }) { fit += 2 }
                if named.contains(where: { text.contains($0) }) { fit += 1.5 }
                if list.items.count > 2 { fit += 0.5 }
                if candidate.sentence.sentence == first.sentence.sentence { fit += 0.5 }
                if list.isOpen { fit += 0.25 }
                if question.kind == .howMany, fit < 2 { continue }
                // Names answer "which"; a pair of verbs or adjectives does not.
                guard list.isOfNames || fit >= 2 else { continue }
                // A list that is not on the question's matter counts only as the continuation of a sentence that is.
                if objection(to: candidate) != nil {
                    guard candidate.sentence.sentence.paragraph == first.sentence.sentence.paragraph else {
                        continue
                    }
                    fit -= 1
                }
                let asked = list.items.allSatisfy {
                    Folding.fold(question.standalone).contains(Folding.fold($0))
                }
                if fit > max(0.9, best?.fit ?? 0), !asked { best = (list, candidate, fit) }
            }
        }
        guard let best else { return nil }
        return Extract(
            form: .list, findings: [Finding(best.candidate)], items: best.list.items,
            isOpen: best.list.isOpen,
            confidence: confidence(first))
    }

    /// The ways in which a list may be introduced: the noun of the question, its singular and its synonyms.
    private func headForms(_ heads: Set<String>) -> [String] {
        var forms: Set<String> = []
        for head in heads {
            let stem = Stemmer(.english).stem(head)
            let pool =
                [head, stem] + Lexicon.standard.synonyms(of: stem)
                + Lexicon.standard.chineseSynonyms(of: head)
            forms.formUnion(
                pool + Lexicon.standard.translations(of: head) + Lexicon.standard.translations(of: stem))
        }
        return forms.filter { $0.count > 1 }.sorted()
    }

    // MARK: Broad questions

    private func broad(_ make: (ReadArticle) -> Extract) -> (Extract, [String]) {
        guard let (article, coverage) = bestArticle() else {
            return (refusal(), ["No article is about the question"])
        }
        var extract = make(article)
        extract.confidence = min(0.95, 0.3 + 0.6 * coverage)
        return (extract, ["The article that is most about the question answers it (\(percent(coverage)))"])
    }

    /// The article that is about the question, and how much of the question it meets.
    private func bestArticle() -> (ReadArticle, Double)? {
        if question.read.concepts.allSatisfy({ $0.kind == .generic }) {
            let recent = evidence.first { question.recent.contains($0.article.article.id) }
            return (recent ?? evidence.first).map { ($0.article, 0.7) }
        }
        return evidence.map { ($0.article, aboutness(of: $0.article), $0.score) }
            .filter { $0.1 >= thresholds.article && meetsNames($0.0) }
            .max { $0.1 + 0.3 * $0.2 < $1.1 + 0.3 * $1.2 }
            .map { ($0.0, $0.1) }
    }

    /// The share of the question that an article is about: its headline fully, its lead nearly, the rest less.
    private func aboutness(of article: ReadArticle) -> Double {
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

    private func meetsNames(_ article: ReadArticle) -> Bool {
        question.read.concepts.allSatisfy { concept in
            concept.kind != .name && concept.kind != .number || article.whole.degree(of: concept) > 0.4
        }
    }

    private func why() -> (Extract, [String]) {
        // A sentence that gives the reason asked for is better than the general points.
        let causal = candidates.prefix(12).first {
            objection(to: $0) == nil && CueWords.isCausal($0.sentence.plain)
                && ($0.direct > 0.4 || explains($0))
        }
        let about = bestArticle()
        guard let article = causal?.article ?? about?.0 else {
            return (refusal(), ["No article is about the question"])
        }
        var findings: [Finding] = []
        if let causal, !causal.sentence.section.isOpinion {
            findings.append(Finding(causal, text: selfContained(causal)))
        }
        let points = points(of: article)
        findings += points
        if findings.isEmpty, let causal { findings.append(Finding(causal)) }
        guard !findings.isEmpty else {
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
    private func explains(_ candidate: Candidate) -> Bool {
        candidates.contains {
            $0.article === candidate.article && $0.direct > 0.5
                && $0.sentence.sentence.paragraph == candidate.sentence.sentence.paragraph
                && $0.sentence.sentence.position == candidate.sentence.sentence.position - 1
        }
    }

    /// The points of an article's analyses; the four that meet the question best, in their order.
    private func points(of article: ReadArticle) -> [Finding] {
        article.article.analyses.flatMap { analysis -> [Finding] in
            let points = analysis.points.map {
                Finding(article: article, text: $0.text, heading: $0.heading, isOpinion: true)
            }
            if !points.isEmpty { return Array(points.prefix(5)) }
            return analysis.opening.prefix(2).map { Finding(article: article, text: $0, isOpinion: true) }
        }
    }

    private func opinion(of article: ReadArticle) -> Extract? {
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
    private func isOnTopic(_ finding: Finding, of article: ReadArticle) -> Bool {
        let matter = article.sentences.filter { $0.section == .body || $0.section == .analysis }
            .map(\.wording)
        let concepts = question.essential.filter { concept in
            article.headline.degree(of: concept) == 0 && !matter.contains { $0.degree(of: concept) > 0 }
        }
        let total = concepts.reduce(0) { $0 + $1.weight }
        let text = [finding.heading, finding.text].compactMap { $0 }.joined(separator: " ")
        let wording = Wording(text, analyzer: TextAnalyzer(finding.article.article.language))
        return total > 0 && concepts.reduce(0) { $0 + $1.weight * wording.degree(of: $1) } >= 0.5 * total
    }

    /// The lead and the sentences that meet the question best, in the article's order.
    private func summary(of article: ReadArticle) -> Extract {
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

    private func provenance(of article: ReadArticle) -> Extract {
        let lead = article.sentences.first?.sentence.text ?? article.article.headline
        var extract = Extract(
            form: .source, findings: [Finding(article: article, text: lead, isOpinion: false)], confidence: 0)
        extract.verdict = "published"
        return extract
    }

    /// The stretches of time that the question names.
    private var windows: [TimePhrase] { question.read.times.filter { $0.from != nil || $0.until != nil } }

    /// Whether an article is of the time that the question names: published then, or telling of a day of it.
    private func isOfTheTime(_ article: ReadArticle) -> Bool {
        windows.allSatisfy { window in
            article.article.publishedAt.map(window.holds) == true
                || article.sentences.contains { sentence in
                    sentence.mentions.dates.contains { $0.overlaps(window) }
                }
        }
    }

    private func latest() -> (Extract, [String]) {
        let isOpen = question.essential.isEmpty
        let about = evidence.filter { item in
            guard isOfTheTime(item.article) else { return false }
            guard !isOpen else { return true }
            let concepts = question.essential
            let total = concepts.reduce(0) { $0 + $1.weight }
            let lead = item.article.sentences.prefix(1).map(\.wording)
            let met = concepts.reduce(0.0) { sum, concept in
                let inLead = lead.map { $0.degree(of: concept) }.max() ?? 0
                return sum + concept.weight * max(item.article.headline.degree(of: concept), inLead)
            }
            return met >= 0.6 * total && meetsNames(item.article)
        }
        let sorted = about.sorted {
            ($0.article.article.publishedAt ?? .distantPast)
                > ($1.article.article.publishedAt ?? .distantPast)
        }
        guard !sorted.isEmpty else { return (refusal(), ["No article is about the topic"]) }
        let findings = sorted.prefix(3).map { item in
            let lead = item.article.sentences.first { $0.section == .body } ?? item.article.sentences.first
            return Finding(
                article: item.article, text: lead?.sentence.text ?? item.article.article.headline,
                heading: item.article.article.headline, isOpinion: false)
        }
        return (
            Extract(form: .latest, findings: findings, confidence: 0.85),
            ["The newest of \(sorted.count) articles on the topic"]
        )
    }

    // MARK: Refusal

    private func refusal() -> Extract {
        let onTopic = evidence.contains {
            aboutness(of: $0.article) >= thresholds.onTopic && meetsSomeName($0.article)
        }
        return Extract(
            form: onTopic ? .notSaid : .notFound, findings: [],
            confidence: onTopic ? 0.25 : 0.05)
    }

    private func meetsSomeName(_ article: ReadArticle) -> Bool {
        let names = question.read.names
        return names.isEmpty || names.contains { article.whole.degree(of: $0) > 0.4 }
    }

    // MARK: Parts of an answer

    /// The sentence, with the one before it where it would not be understood alone.
    private func selfContained(_ candidate: Candidate) -> String {
        let text = candidate.sentence.sentence.text
        guard leansBack(text),
            let index = candidate.article.sentences.firstIndex(where: {
                $0.sentence.position == candidate.sentence.sentence.position
            }), index > 0
        else { return text }
        let before = candidate.article.sentences[index - 1]
        guard before.section == candidate.sentence.section, before.sentence.text.count + text.count < 520
        else {
            return text
        }
        return before.sentence.text + (candidate.article.article.language.isCJK ? "" : " ") + text
    }

    private func leansBack(_ text: String) -> Bool {
        let folded = Folding.fold(text)
        let first = folded.prefix { $0.isLetter }
        return [
            "it", "its", "he", "she", "they", "this", "that", "these", "those", "his", "her", "their", "such",
        ].contains(String(first))
            || ["这", "该", "其", "他", "她", "它", "此"].contains { folded.hasPrefix($0) }
    }

    private func companion(of candidate: Candidate) -> Finding? {
        candidates.prefix(10).first {
            $0.article === candidate.article
                && $0.sentence.sentence.position != candidate.sentence.sentence.position
                && $0.direct > 0.25 && !$0.sentence.section.isOpinion && objection(to: $0) == nil
        }.map { Finding($0) }
    }

    /// The date that belongs to what is asked: the one in the clause that meets the question best, the finest first.
    private func bestDate(in candidate: Candidate) -> DateMention? {
        let article = candidate.article.article
        let text = candidate.sentence.sentence.text
        let dates = expectation.dates(in: candidate.sentence)
        guard dates.count > 1 else { return dates.first }
        let analyzer = TextAnalyzer(article.language)
        return dates.max { first, second in
            clauseFit(around: first.range, in: text, analyzer)
                < clauseFit(around: second.range, in: text, analyzer)
        }
    }

    private func clauseFit(around range: Range<String.Index>, in text: String, _ analyzer: TextAnalyzer)
        -> Double
    {
        let wording = Wording(String(clause(around: range, in: text)), analyzer: analyzer)
        return question.read.concepts.reduce(0) { $0 + $1.weight * wording.degree(of: $1) }
    }

    private func clause(around range: Range<String.Index>, in text: String) -> Substring {
        let marks: Set<Character> = [",", ";", "，", "；", ":", "："]
        let start = text[..<range.lowerBound].lastIndex(where: marks.contains).map { text.index(after: $0) }
        let end = text[range.upperBound...].firstIndex(where: marks.contains)
        return text[(start ?? text.startIndex)..<(end ?? text.endIndex)]
    }

    /// `yes` or `no` only where the sentence itself says nearly all of the question, `open` where it leaves the matter
    /// open; otherwise none, and the sentence speaks for itself.
    private func verdict(of candidate: Candidate) -> String? {
        let text = candidate.sentence.plain
        if CueWords.isHedged(text) { return "open" }
        if candidate.direct < 0.75 { return nil }
        let asked = CueWords.negations(in: PlainText(question.standalone)) % 2
        return CueWords.negations(in: text) % 2 == asked ? "yes" : "no"
    }

    private func confidence(_ candidate: Candidate) -> Double {
        min(0.97, max(0.05, 0.1 + 0.5 * candidate.coverage + 0.4 * candidate.direct))
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// A date that can be compared as finely as it is known.
private struct DateKey: Comparable {
    var year: Int
    var month: Int
    var day: Int

    static func < (first: DateKey, second: DateKey) -> Bool {
        (first.year, first.month, first.day) < (second.year, second.month, second.day)
    }
}
