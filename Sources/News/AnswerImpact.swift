public import Foundation
import Text

/// What a change of an article means for an answer that was given before.
public enum AnswerImpact: Sendable, Hashable {
    /// The article was taken back: the answer has lost its source.
    case retracted
    /// These sentences of the answer stood in the article then, and do not any more.
    case changed([String])
    /// The article has changed elsewhere, or the answer was put in words of its own.
    case unclear

    /// The impact on one answer.
    ///
    /// The answer is held against the version that was the newest when it was given. Only sentences of that version that
    /// the answer repeats can be told to have changed; white space and marks do not count.
    ///
    /// - Parameters:
    ///   - answer: the answer's text.
    ///   - askedAt: when it was given.
    ///   - versions: all that the article has said, oldest first.
    ///   - isRetracted: whether it was taken back.
    /// - Returns: nil where nothing has changed since.
    /// - Complexity: O(length of the answer and the versions, times the number of sentences).
    public static func on(
        answer: String, askedAt: Date, versions: [ArticleText], isRetracted: Bool
    ) -> AnswerImpact? {
        if isRetracted { return .retracted }
        guard let now = versions.last,
            let then = versions.last(where: { $0.since <= askedAt }) ?? versions.first,
            then != now
        else { return nil }
        let current = now.lines.map { PlainText($0).bytes }
        let told = PlainText(answer).bytes
        let lost = then.lines.flatMap { SentenceSplitter.sentences(in: $0).map(String.init) }.filter {
            sentence in
            let plain = PlainText(sentence).bytes
            // A word or two may stand anywhere by chance.
            return plain.count > 12 && contains(told, plain) && !current.contains { contains($0, plain) }
        }
        return lost.isEmpty ? .unclear : .changed(lost)
    }

    /// What an article said from a moment on, line by line.
    public struct ArticleText: Sendable, Hashable {
        /// When it was committed.
        public var since: Date
        /// Headline, paragraphs and points in order.
        public var lines: [String]

        /// The lines of a version.
        public init(_ article: Article, since: Date) {
            (self.since, lines) = (since, article.lines)
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}

extension Article {
    /// All that it says, line by line: headline, paragraphs, and each analysis with its points.
    public var lines: [String] {
        [headline] + body
            + analyses.flatMap { analysis in
                analysis.opening + analysis.points.map { ($0.heading.map { "\($0): " } ?? "") + $0.text }
                    + analysis.outlook
            }
    }
}
