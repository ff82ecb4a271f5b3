import Search

/// How near the meanings of passages are to a question's, beside what their words tell.
struct Similarity: Sendable {
    /// What similarity counts, as a feature of passages.
    static let name = "similarity"
    /// The least that a question is held to be met by words.
    private static let leastMet = 0.05

    /// The nearest passages: 1 for the very nearest, falling to 0 at the last that is looked at.
    let values: [DocumentID: Double]
    /// What 1 counts where the words meet the question fully.
    let weight: Double

    /// The similarity of the nearest passages; nil where there are none.
    ///
    /// Models differ in what they call near, and some never come below 0.7: only the order and the distances between
    /// those that were found tell something.
    init?(_ hits: [VectorHit], weight: Double) {
        guard let first = hits.first, let last = hits.last else { return nil }
        let spread = max(Double(first.similarity - last.similarity), 1e-6)
        values = Dictionary(
            hits.map {
                ($0.document, hits.count == 1 ? 1 : Double($0.similarity - last.similarity) / spread)
            },
            uniquingKeysWith: max)
        self.weight = weight
    }

    /// The feature of a passage.
    ///
    /// All measures of words give the best passage 1, however little of the question it holds. So the less the words
    /// meet, as when the question is in another language than the articles, the more meaning counts; by the square,
    /// because names and numbers are met in any language.
    ///
    /// - Parameters:
    ///   - passage: which.
    ///   - met: how much of what the question's words are worth the best article meets.
    /// - Returns: its value, 0 for one that is not near, and what 1 of it counts.
    func feature(of passage: DocumentID, met: Double) -> Evidence.Feature {
        let met = min(1, max(Self.leastMet, met))
        return Evidence.Feature(
            name: Self.name, value: values[passage] ?? 0, weight: weight / (met * met))
    }
}
