public import Foundation
public import Text

/// A stretch of time that a question names, and the words that name it.
public struct TimePhrase: Sendable, Hashable {
    /// The first moment of it; nil where it is open to the past.
    public var from: Date?
    /// The first moment after it; nil where it is open to the future.
    public var until: Date?
    /// Whether the newest is asked for rather than a stretch.
    public var wantsLatest: Bool
    /// Where it stands in the question.
    public var range: Range<String.Index>
    /// Its words.
    public var text: String

    /// A stretch of time with the words that name it.
    public init(from: Date?, until: Date?, wantsLatest: Bool, range: Range<String.Index>, text: String) {
        self.from = from
        self.until = until
        self.wantsLatest = wantsLatest
        self.range = range
        self.text = text
    }

    /// The stretches of time that a question names, in order.
    ///
    /// A month or day without a year is the newest that does not lie after `now`; weeks begin on Monday; all in UTC. "Past
    /// three days" begins with the first of these days, at midnight.
    ///
    /// - Complexity: O(length).
    public static func find(in question: String, language: Language, now: Date) -> [TimePhrase] {
        let words = LexedText(question, language: language)
        return TimeFinder(words: words, now: now).phrases()
    }
}
