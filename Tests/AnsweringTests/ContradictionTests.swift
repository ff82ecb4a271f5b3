import Foundation
import Logging
import News
import Retrieval
import Storage
import Testing
import Text

@testable import Answering

/// Sentences that have a question's words and yet do not answer it.
@Suite struct ContradictionTests {
    private func sentence(_ text: String, _ language: Language) throws -> ReadSentence {
        let article = Article(
            id: "a", source: "Test", language: language, publishedAt: nil, headline: "", body: [text])
        let read = ReadArticle(StoredArticle(row: 1, version: 1, sequence: 1, article: article))
        return try #require(read.sentences.first { $0.section == .body })
    }

    @Test(arguments: [
        (
            "Which mayor was the first to resign?", "The final mayor to resign was Osei.", Language.english,
            true
        ),
        ("Which mayor was the first to resign?", "The first mayor to resign was Osei.", .english, false),
        (
            "Which mayor was the first to resign?", "Osei was the first, and Boll the final one to resign.",
            .english, false
        ),
        ("When did rents fall?", "Rents rose by a tenth in May.", .english, true),
        ("When was the third reactor stopped?", "The fourth reactor was stopped in June.", .english, true),
        (
            "When was the third reactor stopped?", "The third reactor, not the fourth reactor, was stopped.",
            .english, false
        ),
        ("哪座城市人口最多？", "人口最少的城市是澄江。", .simplifiedChinese, true),
        ("哪座城市人口最多？", "人口最多的城市是澄江。", .simplifiedChinese, false),
        ("第三次會談是哪一天？", "第四次會談於五月舉行。", .traditionalChinese, true),
        ("第三次會談是哪一天？", "第三次會談於五月舉行。", .traditionalChinese, false),
        ("第三次會談是哪一天？", "第四屆大會於五月舉行。", .traditionalChinese, false),
    ])
    func `the opposite of a word, or another one of those counted, is seen`(
        question: String, text: String, language: Language, isOpposite: Bool
    ) throws {
        let contradiction = Contradiction(question, language: language)
        #expect(contradiction.isOpposite(try sentence(text, language)) == isOpposite)
    }

    @Test(arguments: [
        ("Which ports did not reopen?", "The port of Marn reopened on Friday.", Language.english, true),
        ("Which ports did not reopen?", "The port of Marn has not reopened.", .english, false),
        ("Which ports reopened?", "The port of Marn reopened on Friday.", .english, false),
        ("除了馬恩港還有哪個港口重開？", "馬恩港與奧港已重開。", .traditionalChinese, false),
        ("哪個港口沒有重開？", "馬恩港已重開。", .traditionalChinese, true),
    ])
    func `what is so does not answer what is not`(
        question: String, text: String, language: Language, isAffirmed: Bool
    ) throws {
        let contradiction = Contradiction(question, language: language)
        #expect(contradiction.isAffirmed(try sentence(text, language)) == isAffirmed)
    }
}
