import Foundation
import News

/// A stretch of an article as evidence: the passage that was found, with what stands around it.
public struct EvidenceWindow: Sendable {
    /// The article.
    public var article: ReadArticle
    /// The place of the passage in it.
    public var ordinal: UInt32
    /// How much it promises; comparable only within one question.
    public var score: Double
    /// The sentences around the passage, as numbers in ``ReadArticle/sentences``.
    public var sentences: Range<Int>

    /// The headline and the words around the passage.
    ///
    /// - Complexity: O(length).
    public var text: String {
        String((article.article.headline + "\n" + article.text(of: sentences)).prefix(Self.longest))
    }
}

extension EvidenceWindow {
    /// The longest window, its headline included, in characters.
    public static let longest = 1250
    /// What each further window of an article loses, so that one long article does not fill the list.
    private static let repetition = 0.5
    /// How much of a window may have been shown in others.
    private static let overlap = 0.5

    /// The best windows of the evidence for a question.
    ///
    /// A window counts by the passage at its heart and by what lifts its article, such as its date. It grows to the side
    /// that promises more, and into nothing that a better one shows. No passage is shown twice.
    ///
    /// - Parameters:
    ///   - evidence: as ``Archive/findings(for:limit:ofOne:now:)`` found it.
    ///   - limit: how many windows at most.
    /// - Returns: at most `limit` windows, best first.
    public static func best(of evidence: [Evidence], limit: Int) -> [EvidenceWindow] {
        var windows: [EvidenceWindow] = []
        for item in evidence {
            let headline = item.article.article.headline
            let worth = Dictionary(item.passages.map { ($0.ordinal, $0.score) }, uniquingKeysWith: max)
            var shown: Set<Int> = []
            var count = 0
            for passage in item.passages where count < limit {
                let stretch = item.article.stretch(
                    around: passage.ordinal, limit: longest - headline.count - 1, isShown: shown.contains
                ) { worth[$0] ?? 0 }
                guard !stretch.sentences.isEmpty, !stretch.home.allSatisfy(shown.contains),
                    Double(stretch.sentences.count(where: shown.contains))
                        <= overlap * Double(stretch.sentences.count)
                else { continue }
                shown.formUnion(stretch.sentences)
                windows.append(
                    EvidenceWindow(
                        article: item.article, ordinal: passage.ordinal,
                        score: passage.score + item.lift - repetition * Double(count),
                        sentences: stretch.sentences))
                count += 1
            }
        }
        return Array(windows.sorted { $0.score > $1.score }.prefix(limit))
    }
}

extension Evidence {
    /// What the article's date and source add, which its passages know nothing of.
    fileprivate var lift: Double {
        let outer = [
            RankingWeights.ArticleFeature.time.rawValue, RankingWeights.ArticleFeature.source.rawValue,
        ]
        return features.filter { outer.contains($0.name) }.score * RankingWeights.passageSpread
    }
}
