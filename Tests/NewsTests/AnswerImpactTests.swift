import Foundation
import News
import Testing
import Text

@Suite struct AnswerImpactTests {
    private func text(_ seconds: Double, _ body: String...) -> AnswerImpact.ArticleText {
        AnswerImpact.ArticleText(
            Article(id: "a", source: "s", language: .english, headline: "Pier reopens", body: body),
            since: Date(timeIntervalSince1970: seconds))
    }

    private func impact(
        _ answer: String, at seconds: Double, _ versions: [AnswerImpact.ArticleText], retracted: Bool = false
    )
        -> AnswerImpact?
    {
        AnswerImpact.on(
            answer: answer, askedAt: Date(timeIntervalSince1970: seconds), versions: versions,
            isRetracted: retracted)
    }

    @Test func `the impact of a change on an answer is told`() {
        let old = text(0, "The repairs cost 3 million crowns. The pier is long.", "It rained.")
        let new = text(100, "The repairs cost 4 million crowns. The pier is long.", "It rained.")
        let both = [old, new]
        #expect(
            impact("The repairs cost 3 million crowns [1].", at: 50, both)
                == .changed(["The repairs cost 3 million crowns."]))
        #expect(impact("The pier is long [1].", at: 50, both) == .unclear)
        #expect(impact("It was dear [1].", at: 50, both) == .unclear)
        #expect(impact("The repairs cost 4 million crowns [1].", at: 150, both) == nil)
        #expect(impact("The repairs cost 3 million crowns [1].", at: 50, [old]) == nil)
        #expect(impact("The pier is long [1].", at: 50, [old], retracted: true) == .retracted)
        #expect(impact("x", at: 50, []) == nil)
    }
}
