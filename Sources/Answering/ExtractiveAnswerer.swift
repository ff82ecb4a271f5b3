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
        /// The same where the closest is looked for.
        ///
        /// Chinese words are often met in part, which this does not count.
        var missingMost = 0.6
        /// The same for a broad question.
        var missingBroad = 0.36
        /// The least share of a broad question that its article must meet.
        var article = 0.6
        /// The least likelihood of an answer that does not meet all of the question.
        var likelihood = 0.09
        /// The same where it has nothing that is known to be of the kind wanted.
        var untyped = 0.25
        /// The likelihood from which such an answer is given without saying that it is only the closest.
        var sure = 0.6
        /// The likelihood, word by word, under which a sentence is no answer to an English question.
        var related = 0.3
        /// The same from which it is given without saying that it is only the closest.
        var wellRelated = 0.4
        /// The likelihood from which a sentence stands alone.
        var alone = 0.92
        /// How far a sentence must lead to be told beside one that gives a reason in so many words.
        var ahead = 1.0
        /// How far behind the best a sentence may be that stands beside it.
        var near = 3.0
        /// The same beside one that says all of the question itself.
        var nearWhole = 2.0
        /// The most characters of sentences that stand beside each other.
        var length = 380
        /// The largest share of the question that may be met nowhere near for a plain yes or no.
        var missingVerdict = 0.15
        /// The share of a question's words that a sentence and its headline must say for a plain yes.
        var saidForYes = 0.65
        /// The share from which an article counts as being on the matter.
        var onTopic = 0.5
    }

    let question: Question
    let evidence: [Evidence]
    /// The matters that the question joins.
    let facets: [[Concept]]
    /// How likely it is that the archive has what is asked, 0…1.
    let sureness: Double
    let candidates: [Candidate]
    let expectation: Expectation
    let thresholds = Thresholds()

    init(_ question: Question, findings: Findings) {
        self.question = question
        evidence = findings.evidence
        facets = findings.facets
        sureness = findings.confidence
        expectation = Expectation(question)
        // Summaries and lists of the newest choose articles, not sentences.
        candidates =
            question.kind.choosesSentences
            ? SentenceRanking(question: question, expectation: expectation).candidates(in: evidence) : []
    }

    /// The extract, which may be a refusal; with the decisions that led to it and what its confidence was made from.
    func extract() -> (extract: Extract, decisions: [String], relation: [Evidence.Feature]) {
        var (extract, decisions) = chosen()
        let relation = relation(of: extract)
        guard !relation.isEmpty else { return (extract, decisions, relation) }
        let sure = 1 / (1 + exp(-relation.score - AnswerWeights.Relation.bias))
        if !extract.findings.isEmpty, question.kind != .why, extract.form == .fact || extract.form == .when {
            if sure < thresholds.related {
                extract = refusal()
                decisions.append("Word by word the sentence says something else (\(percent(sure)))")
            } else if sure < thresholds.wellRelated {
                extract.isUnsure = true
            }
        }
        extract.confidence = sure
        return (extract, decisions, relation)
    }

    /// How what the question asks stands to the sentence that answers it, or to the best one of a refusal; empty where that
    /// cannot be told word by word.
    private func relation(of extract: Extract) -> [Evidence.Feature] {
        guard question.kind.choosesSentences, ![.yesNo, .order].contains(question.kind), !joinsMatters,
            [.fact, .when, .list, .why, .source, .notFound, .notSaid].contains(extract.form)
        else { return [] }
        let text = extract.findings.first?.text
        let told = text.flatMap { text in
            candidates.prefix(40).first { text.contains($0.sentence.sentence.text) }
        }
        guard let candidate = text == nil ? candidates.first : told,
            candidate.article.language == .english,
            let alignment = Alignment(question, among: evidence.map(\.article))
        else { return [] }
        var values = alignment.values(for: candidate.sentence, in: candidate.article)
        values[.contrary] = max(candidate.value(.opposite), candidate.value(.affirmed))
        values[.exact] =
            objection(to: candidate) == nil
                && (!expectation.isTyped || candidate.hasExpected && unitFits(candidate)) ? 1 : 0
        return AnswerWeights.Relation.allCases.map {
            Evidence.Feature(name: $0.rawValue, value: values[$0] ?? 0, weight: $0.weight)
        }
    }

    private func chosen() -> (Extract, [String]) {
        if let quoted = question.quoted { return attribution(of: quoted) }
        // A question for a time alone, such as "What happened yesterday?", wants what is of that time.
        if question.essential.isEmpty, !windows.isEmpty,
            question.recent.isEmpty || evidence.contains(where: { isOfTheTime($0.article) }),
            [.summary, .fact, .list, .latest].contains(question.kind)
        {
            return latest()
        }
        switch question.kind {
        case .latest: return latest()
        case .timeline: return timeline()
        case .changed: return changed()
        case .compare: return compare()
        case .summary: return broad { summary(of: $0) }
        case .opinion: return broad { opinion(of: $0) ?? summary(of: $0) }
        case .why: return why()
        case .source, .published: return broad { provenance(of: $0) }
        case .order: return order()
        default: return exact()
        }
    }

    // MARK: Exact questions

    func exact() -> (Extract, [String]) {
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
            if let (extract, account) = revised(best) { return (extract, decisions + [account]) }
            return (answer(from: best), decisions)
        }
        if let untyped, let substitute = substitute(for: untyped) {
            decisions.append("The kind wanted is given by the article instead of the sentence")
            return (substitute, decisions)
        }
        if let (extract, account) = joint() { return (extract, decisions + account) }
        if let (extract, account) = news() { return (extract, decisions + [account]) }
        if let (extract, account) = closest() { return (extract, decisions + [account]) }
        decisions.append(
            untyped == nil
                ? "No sentence meets the question" : "The sentences on the matter do not say what is asked")
        return (refusal(), decisions)
    }

    /// What is reported of the time that a question names, where it asks what somebody did then and nothing more.
    func news() -> (Extract, String)? {
        let words = question.essential.filter { $0.kind == .word }.map { Folding.fold($0.word) }
        guard !windows.isEmpty, [.fact, .list].contains(question.kind), !question.read.names.isEmpty,
            words.allSatisfy({ CueWords.statementVerbs.contains($0) || CueWords.deeds.contains($0) })
        else { return nil }
        let told = evidence.map(\.article).filter { article in
            isOfTheTime(article) && article.publishedAt != nil
                && question.read.names.allSatisfy { name in
                    max(
                        article.headline.degree(of: name),
                        article.sentences.first?.degree(of: name) ?? 0)
                        > 0
                }
        }
        guard !told.isEmpty else { return nil }
        let sorted = told.sorted {
            ($0.article.publishedAt ?? .distantPast) > ($1.article.publishedAt ?? .distantPast)
        }
        return (
            Extract(form: .latest, findings: sorted.prefix(3).map(Self.lead), confidence: 0.7),
            "What is reported of that time"
        )
    }

    /// The sentences that come closest, where none meets all of the question and they are likely enough to answer it.
    ///
    /// Articles often put a matter in words that no list joins with the reader's. What speaks against an answer, such as
    /// a name that is not there or something of another kind, still does.
    func closest() -> (Extract, String)? {
        guard question.kind != .yesNo, let best = candidates.prefix(20).first(where: mayAnswer) else {
            return nil
        }
        let next = candidates.first { $0.sentence.sentence.text != best.sentence.sentence.text }
        let likelihood = best.likelihood(beside: next?.score)
        let isTypical = !expectation.isTyped || best.hasExpected && unitFits(best) && namesAsked(best)
        // Names and dates of Chinese are often not recognised as such; of what is, and elsewhere, what is not seen is not
        // there.
        let mayHide = best.article.language.isCJK && !expectation.isAmount
        guard likelihood >= (isTypical ? thresholds.likelihood : thresholds.untyped), isTypical || mayHide
        else { return nil }
        var extract = answer(from: best)
        extract.confidence = likelihood * (isTypical ? 1 : 0.8)
        extract.verdict = nil
        extract.isUnsure = !isTypical || likelihood < thresholds.sure
        return (
            extract, "No sentence meets all of it; the closest is likely to answer (\(percent(likelihood)))"
        )
    }

    /// Whether a sentence calls something what the question calls it: "the prison in …" for "which prison".
    private func namesAsked(_ candidate: Candidate) -> Bool {
        question.asked.map { candidate.sentence.degree(of: $0) > 0 } ?? true
    }

    /// Whether nothing speaks against a sentence that does not meet all of the question.
    func mayAnswer(_ candidate: Candidate) -> Bool {
        !candidate.missingNames.contains { candidate.article.whole.degree(of: $0) == 0 }
            && otherTime(of: candidate) == nil && candidate.value(.opposite) == 0
            && (!asksAhead || tellsAhead(candidate))
            && Contradiction.meetsOrdinals(of: question.standalone, candidate.sentence.sentence.text)
            && candidate.value(.affirmed) == 0
            && (candidate.lostWords <= thresholds.missingMost || candidate.article.language.isCJK)
    }

    /// Why a sentence cannot be the answer; nil if it can.
    func objection(to candidate: Candidate) -> String? {
        let total = question.read.concepts.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return "the question names nothing" }
        if let name = candidate.missingNames.first {
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
        // Whether something was so at a time that its date is not of, the sentence with the date tells best.
        if let time = otherTime(of: candidate), plainVerdict(of: candidate) != "yes" {
            return "it is of another time: \(time)"
        }
        if question.kind != .yesNo, candidate.value(.opposite) > 0 { return "it says the opposite" }
        if asksAhead, !tellsAhead(candidate) { return "it tells of what was, not of what is to come" }
        if question.kind == .why, let deed = deeds.first(where: candidate.missing.contains) {
            return "nothing near says \(deed.word), of which the reason is asked"
        }
        if question.kind != .yesNo, candidate.value(.affirmed) > 0 {
            return "it says what is, not what is not"
        }
        if candidate.coverage < thresholds.coverage { return "it meets too little of the question" }
        if candidate.direct < thresholds.direct, !(question.kind == .why && explains(candidate)) {
            return "it says too little of it itself"
        }
        return nil
    }

    /// What a sentence tells the time of, where that is another than the question names: its own date, or the whole
    /// article's where it has none.
    func otherTime(of candidate: Candidate) -> String? {
        // "When in 2019" names the time that the answer must be of; "when after the merger" does not.
        let windows = question.kind == .when ? windows.filter { $0.from != nil && $0.until != nil } : windows
        guard !windows.isEmpty else { return nil }
        let article = candidate.article.article
        let dates = candidate.sentence.mentions.dates.filter { $0.year != nil }
        guard let first = dates.first else {
            // What happened is told on the day or soon after.
            guard let published = article.publishedAt, !isOfTheTime(candidate.article),
                windows.allSatisfy({ window in
                    window.until.map { published < $0 || published > $0.addingTimeInterval(7 * 86_400) }
                        ?? true
                })
            else { return nil }
            return DateText.day(published, language: question.read.language)
        }
        guard
            windows.allSatisfy({ window in
                !dates.contains { $0.overlaps(window) }
                    && (question.kind == .when || article.publishedAt.map(window.holds) != true)
            })
        else { return nil }
        return first.text
    }

    /// Whether the amount in a sentence counts what the question counts.
    func unitFits(_ candidate: Candidate) -> Bool {
        guard question.kind == .howMany, !candidate.article.language.isCJK,
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
    func listsIfAsked(_ candidate: Candidate) -> Bool {
        guard question.kind != .when, question.wantsList, let asked = question.asked else { return true }
        return candidate.sentence.degree(of: asked) > 0 || list(in: candidate) != nil
    }

    /// Among sentences that answer equally well, the one of the newest article.
    func newest(beside first: Candidate) -> Candidate {
        // When something happened is told best where it is the news.
        let isNews = question.kind == .when && isTheNews(first)
        return candidates.prefix(20)
            .filter {
                $0.score >= first.score - 0.1 && objection(to: $0) == nil && (!isNews || isTheNews($0))
                    && (!expectation.isTyped || $0.hasExpected && unitFits($0))
            }
            .max {
                ($0.article.publishedAt ?? .distantPast, $0.score)
                    < ($1.article.publishedAt ?? .distantPast, $1.score)
            } ?? first
    }

    func answer(from candidate: Candidate) -> Extract {
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
        return Extract(
            form: .fact, findings: [finding] + companions(of: candidate, text: text), confidence: sure)
    }

    /// What answers an exact question where no sentence has the kind wanted.
    func substitute(for candidate: Candidate) -> Extract? {
        switch question.kind {
        case .howMany:
            return list(in: candidate)
        case .when:
            // The day of the report is all that a post without dates says; it is given as exactly that.
            guard !asksAhead, candidate.missing.isEmpty, candidate.coverage >= 0.75, isTheNews(candidate),
                !candidate.sentence.section.isOpinion,
                candidate.article.publishedAt != nil
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
    func isTheNews(_ candidate: Candidate) -> Bool {
        if candidate.sentence.sentence.position == 0 { return true }
        let words = question.essential.filter { $0.kind == .word }
        let total = words.reduce(0) { $0 + $1.weight }
        let met = words.reduce(0) { $0 + $1.weight * candidate.article.headline.degree(of: $1) }
        return total > 0 && met >= 0.75 * total
    }

    // MARK: What a question takes for granted

    /// Whether it asks when something will be.
    var asksAhead: Bool {
        question.kind == .when && PlainText(question.standalone).contains(Self.aheadWords)
    }

    private static let aheadWords: PhraseList = [
        " when will ", " when is the next ", " going to ", " next ", "何时会", "何时将", "什么时候会", "什么时候将", "几时会",
        "下一次", "下次", "下一个", "下一届",
    ]

    /// Whether a sentence has a day after that of its article.
    func tellsAhead(_ candidate: Candidate) -> Bool {
        guard let published = candidate.article.publishedAt else { return true }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let day = calendar.dateComponents([.year, .month, .day], from: published)
        return expectation.dates(in: candidate.sentence).contains { date in
            guard let year = date.year else { return true }
            let told = [year, date.month ?? 13, date.day ?? 32]
            let known = [day.year ?? 0, day.month ?? 0, day.day ?? 0]
            return known.lexicographicallyPrecedes(told)
        }
    }

    /// The words of a short question that say what happened: without them nothing has a reason.
    var deeds: [Concept] {
        let words = question.essential.filter { $0.kind == .word }
        return question.read.language.isCJK || words.count > 2 ? [] : words
    }

    // MARK: Refusal

    func refusal() -> Extract {
        let onTopic = evidence.contains {
            aboutness(of: $0.article) >= thresholds.onTopic && meetsSomeName($0.article)
        }
        return Extract(
            form: onTopic ? .notSaid : .notFound, findings: [],
            confidence: onTopic ? 0.25 : 0.05)
    }

    func meetsSomeName(_ article: ReadArticle) -> Bool {
        let names = question.read.names
        return names.isEmpty || names.contains { article.whole.degree(of: $0) > 0.4 }
    }
}
