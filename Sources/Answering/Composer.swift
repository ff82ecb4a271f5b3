import Foundation
public import News
import Retrieval
import Text

/// Sets extracts in the templates of the reply's language, with numbered citations.
struct Composer: Sendable {
    let prompts: PromptLibrary

    /// The answer that an extract makes.
    func answer(
        _ extract: Extract, question: Question, evidence: [Evidence], language: Language, limit: Int
    ) -> Answer {
        guard !extract.findings.isEmpty else {
            return refusal(extract, evidence: evidence, language: language, limit: limit)
        }
        var citations: [Citation] = []
        var points: [TemplateValues] = []
        for finding in extract.findings {
            let article = finding.article.article
            let number: Int
            if let known = citations.first(where: { $0.articleID == article.id }) {
                number = known.number
            } else {
                guard citations.count < limit else { continue }
                number = citations.count + 1
                citations.append(Citation(number: number, article: article, quote: finding.quote))
            }
            points.append(values(of: finding, number: number, place: points.count + 1, language: language))
        }
        for index in points.indices { points[index]["last"] = index == points.count - 1 }
        var values: TemplateValues = ["findings": points, "source": citations[0].source, "number": 1]
        values["date"] = citations[0].publishedAt.map { DateText.day($0, language: language) }
        if let url = citations[0].url { values["url"] = url }
        if let lead = extract.lead { values["lead"] = lead }
        if let lacking = extract.lacking { values["lacking"] = lacking }
        values["revised"] = extract.findings.contains(where: \.isSuperseded)
        values["items"] = items(extract.items)
        values["open"] = extract.isOpen
        values["unsure"] = extract.isUnsure
        values["has_opinion"] = extract.findings.contains(where: \.isOpinion)
        for verdict in ["yes", "no", "open", "reported", "published"] {
            values["is_\(verdict)"] = extract.verdict == verdict
        }
        return Answer(
            text: prompts.text(extract.form, in: language, values), status: .answered, engine: .template,
            language: language, citations: citations,
            asOf: newest(evidence, citations: citations, question: question), confidence: extract.confidence)
    }

    /// An answer with the warning that nothing in it is of today, which the question asks for; `newest` is the day of the
    /// newest article on the matter.
    func dated(_ answer: Answer, newest: Date?) -> Answer {
        var values: TemplateValues = ["text": answer.text]
        if let newest { values["date"] = DateText.day(newest, language: answer.language) }
        var answer = answer
        answer.text = prompts.text(.notToday, in: answer.language, values)
        return answer
    }

    /// An answer with the warning that sources which it leans on have gone silent or fail.
    func lapsed(_ answer: Answer, _ lapses: [SourceLapse]) -> Answer {
        guard !lapses.isEmpty else { return answer }
        var answer = answer
        answer.lapses = lapses
        let sources = lapses.map { lapse -> TemplateValues in
            var values: TemplateValues = ["source": lapse.source, "failing": lapse.kind == .failing]
            if let day = lapse.lastNewAt { values["date"] = DateText.day(day, language: answer.language) }
            return values
        }
        answer.text = prompts.text(.lapsed, in: answer.language, ["text": answer.text, "sources": sources])
        return answer
    }

    /// A short reply to words that are no question to the archive.
    func smallTalk(_ kind: QuestionKind, language: Language) -> Answer {
        Answer(
            text: prompts.text(.smallTalk, in: language, [kind.rawValue: true]), status: .answered,
            engine: .template,
            language: language, confidence: 1)
    }

    /// A whole message: the answer, its sources, and how fresh they are.
    func message(for answer: Answer) -> String {
        let language = answer.language
        func sources(_ citations: [Citation]) -> [TemplateValues] {
            citations.map { citation in
                var values: TemplateValues = [
                    "number": citation.number, "headline": citation.headline, "source": citation.source,
                ]
                if let date = citation.publishedAt { values["date"] = DateText.day(date, language: language) }
                if let url = citation.url { values["url"] = url }
                return values
            }
        }
        var values: TemplateValues = [
            "text": answer.text, "sources": sources(answer.citations),
            "has_sources": !answer.citations.isEmpty,
            "engine": answer.engine.description,
        ]
        if case .model(let provider) = answer.engine { values["provider"] = provider }
        if let asOf = answer.asOf { values["as_of"] = DateText.day(asOf, language: language) }
        return prompts.text(.message, in: language, values)
    }

    private func refusal(_ extract: Extract, evidence: [Evidence], language: Language, limit: Int) -> Answer {
        let nearest = evidence.prefix(3).enumerated().map { index, item in
            Citation(number: index + 1, article: item.article.article, quote: item.article.article.headline)
        }
        let values: TemplateValues = [
            "nearest": nearest.map { citation in
                var values: TemplateValues = ["headline": citation.headline, "source": citation.source]
                values["date"] = citation.publishedAt.map { DateText.day($0, language: language) }
                return values
            },
            "has_nearest": !nearest.isEmpty,
        ]
        return Answer(
            text: prompts.text(extract.form, in: language, values), status: .notFound, engine: .template,
            language: language,
            // Where nothing is on the matter, no article is the newest on it.
            asOf: extract.form == .notSaid ? evidence.first?.article.publishedAt : nil,
            confidence: extract.confidence,
            nearest: nearest)
    }

    private func values(
        of finding: Finding, number: Int, place: Int, language: Language
    ) -> TemplateValues {
        let article = finding.article.article
        var values: TemplateValues = [
            "text": finding.text, "number": number, "place": place, "opinion": finding.isOpinion,
            "source": article.source, "headline": article.headline,
            "foreign": Self.isForeign(article.language, to: language),
        ]
        values["has_text"] = !finding.text.isEmpty
        if let heading = finding.heading { values["heading"] = heading }
        if let date = article.publishedAt { values["date"] = DateText.day(date, language: language) }
        if let day = finding.day { values["day"] = DateText.day(day, language: language) }
        values["superseded"] = finding.isSuperseded
        return values
    }

    /// Items with the marks that a template needs to join them in its language's way.
    func items(_ items: [String]) -> [TemplateValues] {
        items.enumerated().map { index, item in
            [
                "text": item, "first": index == 0, "last": index == items.count - 1,
                "comma": index < items.count - 2, "and": index == items.count - 2,
            ]
        }
    }

    /// The two Chinese scripts are read by the same readers, all else is a quotation in another language.
    private static func isForeign(_ language: Language, to reply: Language) -> Bool {
        language != reply && !(language.isChinese && reply.isChinese)
    }

    /// The newest article on the matter: among the evidence, one that shares the question's names.
    private func newest(_ evidence: [Evidence], citations: [Citation], question: Question) -> Date? {
        let cited = Set(citations.map(\.articleID))
        let names = question.read.names
        return evidence.filter { item in
            cited.contains(item.article.article.id)
                || !names.isEmpty && names.allSatisfy { item.article.headline.degree(of: $0) > 0.5 }
        }.compactMap(\.article.publishedAt).max()
    }
}

extension PromptLibrary {
    /// A whole message for a chat or a terminal: the answer, its sources, and how fresh they are.
    public func message(for answer: Answer) -> String { Composer(prompts: self).message(for: answer) }
}
