/// What a reader thought of an answer.
public struct Feedback: Sendable, Hashable {
    /// Whether it served.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// 👍
        case good
        /// 👎
        case bad
    }

    /// Whether it served.
    public var verdict: Verdict
    /// What the reader added; never empty.
    public var remark: String?

    /// Feedback made of the given parts; a remark without a letter or digit is none.
    public init(_ verdict: Verdict, remark: String? = nil) {
        self.verdict = verdict
        let remark = remark?.trimmingSpace ?? ""
        self.remark = remark.contains { $0.isLetter || $0.isNumber } ? remark : nil
    }

    /// The feedback that a message is: 👍 or 👎, in any skin colour, and what stands after it; nil for any other message.
    public init?(message: String) {
        let text = message.trimmingSpace
        guard let sign = text.first, let scalar = sign.unicodeScalars.first else { return nil }
        let rest = String(text.dropFirst())
        switch scalar {
        case "👍": self.init(.good, remark: rest)
        case "👎": self.init(.bad, remark: rest)
        default: return nil
        }
    }
}

/// An answer that a reader has judged, with the turns before it that it leans on.
public struct RatedTurn: Sendable, Hashable {
    /// What the reader thought of it.
    public var feedback: Feedback
    /// The turns of its conversation, oldest first; the judged one is the last.
    public var turns: [Turn]

    /// A judged answer; `turns` holds at least that one.
    public init(feedback: Feedback, turns: [Turn]) {
        (self.feedback, self.turns) = (feedback, turns)
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        var text = Substring(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
