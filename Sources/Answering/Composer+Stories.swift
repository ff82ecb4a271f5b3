import Foundation
import News
import Retrieval

extension Composer {
    /// The most other sources that an answer names.
    private static let mostSources = 3
    /// How far apart reports of one event appear.
    private static let apart: TimeInterval = 3 * 86_400

    /// An answer that says who else reported what it cites: reposts, and reports of the same event by other sources.
    func alsoReported(_ answer: Answer, evidence: [Evidence]) -> Answer {
        guard answer.status == .answered, !answer.citations.isEmpty else { return answer }
        var answer = answer
        let cited = Set(answer.citations.map(\.articleID))
        var named = Set(answer.citations.map(\.source))
        var all: [String] = []
        for index in answer.citations.indices {
            guard
                let item = evidence.first(where: {
                    $0.article.article.id == answer.citations[index].articleID
                })
            else { continue }
            let others =
                item.reposts
                + evidence.map(\.article).filter {
                    !cited.contains($0.article.id) && Self.tellOfOneEvent(item.article, $0)
                }
            for source in others.map(\.article.source)
            where source != answer.citations[index].source
                && !answer.citations[index].alsoReportedBy.contains(source)
            {
                answer.citations[index].alsoReportedBy.append(source)
                if named.insert(source).inserted { all.append(source) }
            }
        }
        guard !all.isEmpty else { return answer }
        answer.text = prompts.text(
            .alsoReported, in: answer.language,
            ["text": answer.text, "sources": items(Array(all.prefix(Self.mostSources)))])
        return answer
    }

    /// Whether two articles of different sources report one event: within days, of the same names and figures.
    private static func tellOfOneEvent(_ first: ReadArticle, _ second: ReadArticle) -> Bool {
        guard first.article.source != second.article.source, let day = first.article.publishedAt,
            let other = second.article.publishedAt, abs(day.timeIntervalSince(other)) <= apart
        else { return false }
        let (names, others) = (self.names(of: first), self.names(of: second))
        guard names.intersection(others).count >= 2 else { return false }
        return !figures(of: first).isDisjoint(with: figures(of: second))
    }

    private static func lead(of article: ReadArticle) -> some Sequence<ReadSentence> {
        article.sentences.prefix { !$0.section.isOpinion }.prefix(4)
    }

    private static func names(of article: ReadArticle) -> Set<String> {
        Set(lead(of: article).flatMap(\.mentions.names))
    }

    private static func figures(of article: ReadArticle) -> Set<Double> {
        Set(lead(of: article).flatMap(\.mentions.quantities).filter { $0.kind != .plain }.map(\.value))
    }
}
