import Evaluation
import Foundation
import News
import Testing
import Text

@Suite struct CitationAuditTests {
    private let article = Article(
        id: "a", source: "Tide Wire", language: .english, publishedAt: nil, headline: "Osei Bridge opens",
        body: ["The bridge was opened.", "It cost 40 million dollars."])

    private func faults(_ text: String, quote: String, number: Int = 1) -> [String] {
        var audit = CitationAudit()
        let answer = Answer(
            text: text, status: .answered, engine: .template, language: .english,
            citations: [Citation(number: number, article: article, quote: quote)])
        audit.add(answer, name: "q", articles: ["a": article])
        return audit.faults
    }

    @Test(arguments: ["The bridge was opened.", "Osei Bridge opens", "opened.  It cost\n40 million"])
    func `words of the article are no fault`(quote: String) {
        #expect(faults("Yes [1].", quote: quote).isEmpty)
    }

    @Test(arguments: ["The bridge was closed.", "", "It cost 41 million dollars."])
    func `other words are`(quote: String) {
        #expect(faults("Yes [1].", quote: quote).count == 1)
    }

    @Test func `a marker without its citation is a fault, and so is an unknown article`() {
        #expect(faults("Yes [1] and [2].", quote: "The bridge was opened.") == ["q: [2] has no citation"])
        var audit = CitationAudit()
        audit.add(
            Answer(
                text: "Yes [1].", status: .answered, engine: .template, language: .english,
                citations: [Citation(number: 1, article: article, quote: "The bridge was opened.")]),
            name: "q", articles: [:])
        #expect(audit.faults.count == 1 && audit.citations == 1)
    }
}
