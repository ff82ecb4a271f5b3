import Foundation
import News
import Retrieval
import Text

/// Tells how many of a question's words a sentence has, each counting as much as it tells the sentences apart.
///
/// The rarity of a word is taken from the sentences of the evidence themselves: what all of them have, such as the name
/// that they are about, says nothing of which of them answers.
struct WordOverlap: Sendable {
    /// Which of the words the sentences of each article have.
    private let occurrences: [WordOccurrences]
    private let weights: [Double]
    private let total: Double

    /// The words of a question, weighed among the sentences of some articles.
    ///
    /// - Complexity: O(terms of the articles + words · sentences).
    init(_ question: String, among articles: [ReadArticle]) {
        var seen: Set<String> = []
        let language = LanguageDetector.detect(question)
        let words = TokenReading.all(
            in: question, language: language == .undetermined ? .english : language,
            others: Set(articles.map(\.language))
        ).filter { word in
            !StopWords.contains(word.token.term, in: language.isCJK ? .english : language)
                && seen.insert(word.token.term).inserted
        }.map { WordKey($0) }
        let table = WordTable(words)
        let occurrences = articles.map(table.occurrences)
        let count = Double(articles.reduce(0) { $0 + $1.sentences.count })
        weights = words.indices.map { word in
            let holding = Double(occurrences.reduce(0) { $0 + $1.count(of: word) })
            return log(1 + (count - holding + 0.5) / (holding + 0.5))
        }
        total = weights.reduce(0, +)
        self.occurrences = occurrences
    }

    /// The share of the question's words that a sentence has.
    ///
    /// - Parameters:
    ///   - sentence: its number in its article.
    ///   - article: the number of the article among those by which the words were weighed.
    /// - Returns: 0…1.
    func share(ofSentence sentence: Int, inArticle article: Int) -> Double {
        guard total > 0 else { return 0 }
        var met = 0.0
        for (word, weight) in weights.enumerated() where occurrences[article].has(word, at: sentence) {
            met += weight
        }
        return met / total
    }
}
