import Foundation
import Retrieval
import Text

/// Tells how many of a question's words a sentence has, each counting as much as it tells the sentences apart.
///
/// The rarity of a word is taken from the sentences of the evidence themselves: what all of them have, such as the name
/// that they are about, says nothing of which of them answers.
struct WordOverlap: Sendable {
    private let terms: [String]
    private let weights: [Double]
    private let total: Double

    /// The words of a question, weighed among the sentences of some articles.
    ///
    /// - Complexity: O(sentences · words).
    init(_ question: String, among articles: [ReadArticle]) {
        var seen: Set<String> = []
        let language = LanguageDetector.detect(question)
        terms = TextAnalyzer(language == .undetermined ? .english : language).tokens(in: question).filter {
            token in
            !StopWords.contains(token.term, in: language.isCJK ? .english : language)
        }.map(\.term).filter { seen.insert($0).inserted }
        let sentences = articles.flatMap(\.sentences)
        let count = Double(sentences.count)
        weights = terms.map { term in
            let holding = Double(sentences.count { $0.wording.terms.contains(term) })
            return log(1 + (count - holding + 0.5) / (holding + 0.5))
        }
        total = weights.reduce(0, +)
    }

    /// The share of the question's words that a sentence has, 0…1.
    func share(of sentence: ReadSentence) -> Double {
        guard total > 0 else { return 0 }
        var met = 0.0
        for (term, weight) in zip(terms, weights) where sentence.wording.terms.contains(term) {
            met += weight
        }
        return met / total
    }
}
