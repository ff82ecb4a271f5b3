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
    /// The headline and the words around the passage.
    public var text: String
}

extension EvidenceWindow {
    /// The longest window, its headline included, in characters.
    public static let longest = 1250
    /// What each further passage of an article counts of its worth, so that one long article does not fill the list.
    private static let repetition = 0.9

    /// The best windows of the evidence for a question.
    ///
    /// A window counts by its passage and by its article; none lies within another.
    ///
    /// - Parameters:
    ///   - evidence: as ``Archive/evidence(for:limit:now:)`` found it.
    ///   - limit: how many windows at most.
    /// - Returns: at most `limit` windows, best first.
    public static func best(of evidence: [Evidence], limit: Int) -> [EvidenceWindow] {
        let top = evidence.compactMap(\.passages.first?.score).max() ?? 1
        var windows: [EvidenceWindow] = []
        for item in evidence {
            let rest = item.features.filter { $0.name != "passage" }.reduce(0) { $0 + $1.value }
            var shown: [String] = []
            for passage in item.passages.prefix(limit) {
                let headline = item.article.article.headline
                let text = item.article.window(
                    around: passage.ordinal, limit: longest - headline.count - 1)
                guard !shown.contains(where: { $0.contains(text) }) else { continue }
                let share = top > 0 ? passage.score / top : 0
                windows.append(
                    EvidenceWindow(
                        article: item.article, ordinal: passage.ordinal,
                        score: (share + rest) * pow(repetition, Double(shown.count)),
                        text: headline + "\n" + text))
                shown.append(text)
            }
        }
        return Array(windows.sorted { $0.score > $1.score }.prefix(limit))
    }
}
