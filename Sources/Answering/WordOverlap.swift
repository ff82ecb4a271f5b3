import Foundation
import News
import Retrieval
import Text

/// Tells how many of a question's words a sentence has, each counting as much as it tells the sentences apart.
///
/// The rarity of a word is taken from the sentences of the evidence themselves: what all of them have, such as the name
/// that they are about, says nothing of which of them answers.
struct WordOverlap: Sendable {
    /// What each word may be in a sentence, and in sentences of which languages.
    private let words: [WordKey]
    private let weights: [Double]
    private let total: Double

    /// The words of a question, weighed among the sentences of some articles.
    ///
    /// - Complexity: O(sentences · words).
    init(_ question: String, among articles: [ReadArticle]) {
        var seen: Set<String> = []
        let language = LanguageDetector.detect(question)
        words = TokenReading.all(
            in: question, language: language == .undetermined ? .english : language,
            others: Set(articles.map(\.language))
        ).filter { word in
            !StopWords.contains(word.token.term, in: language.isCJK ? .english : language)
                && seen.insert(word.token.term).inserted
        }.map { WordKey($0) }
        let count = Double(articles.reduce(0) { $0 + $1.sentences.count })
        weights = words.map { word in
            let holding = Double(articles.reduce(0) { $0 + $1.count(of: word) })
            return log(1 + (count - holding + 0.5) / (holding + 0.5))
        }
        total = weights.reduce(0, +)
    }

    /// The share of the question's words that a sentence has, 0…1.
    func share(of sentence: ReadSentence) -> Double {
        guard total > 0 else { return 0 }
        var met = 0.0
        for (word, weight) in zip(words, weights) where sentence.has(word) {
            met += weight
        }
        return met / total
    }
}
