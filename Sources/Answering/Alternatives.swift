import Foundation
import News
import Retrieval
import Text

/// The two things whose order a question asks for: "Which came first, the fork or the merger?".
struct Alternatives: Sendable {
    /// The one named first, in the reader's words.
    let first: String
    /// The other one.
    let second: String
    /// Whether the later of the two is wanted.
    let wantsLater: Bool

    /// Whether a question asks which of two came first or last.
    ///
    /// - Parameters:
    ///   - words: the folded words of the question.
    ///   - folded: the folded question.
    /// - Returns: whether both the order and a choice are in its words.
    static func asksForOrder(_ words: [String], _ folded: String) -> Bool {
        if ["which", "what", "who"].contains(words.first ?? ""), words.contains("or") {
            return words.contains { earlier.contains($0) || later.contains($0) }
        }
        return QuestionAnalysis.mayHoldHan(folded) && (folded.holds("哪") || folded.holds("谁"))
            && chineseOrder.contains(where: folded.holds) && chineseJoints.contains(where: folded.holds)
    }

    /// The alternatives of a question; nil where it does not name two.
    init?(_ question: String) {
        let folded = Folding.fold(question)
        let words = QuestionAnalysis.words(of: folded)
        if let joint = question.range(of: " or ", options: .caseInsensitive) {
            // They stand behind the comma, or behind the word that asks for the order.
            let head = question[..<joint.lowerBound]
            var start = head.lastIndex(where: { $0 == "," || $0 == ":" }).map(head.index(after:))
            if start == nil {
                let cue = (Self.earlier + Self.later).compactMap {
                    head.range(of: " \($0) ", options: .caseInsensitive)?.upperBound
                }.max()
                start = cue
            }
            guard let start else { return nil }
            first = Self.named(head[start...])
            second = Self.named(question[joint.upperBound...])
        } else {
            guard let joint = Self.chineseJoints.lazy.compactMap({ question.range(of: $0) }).first
            else { return nil }
            let tail = question[joint.upperBound...]
            let end =
                tail.firstIndex { $0 == "哪" || $0 == "谁" || $0 == "誰" || $0 == "，" || $0 == "," }
                ?? tail.endIndex
            first = Self.named(question[..<joint.lowerBound])
            second = Self.named(tail[..<end])
        }
        guard !first.isEmpty, !second.isEmpty else { return nil }
        wantsLater =
            words.contains(where: Self.later.contains) || folded.contains("更晚") || folded.contains("后")
    }

    private static let earlier = ["first", "earlier", "before", "sooner"]
    private static let later = ["last", "later", "latest", "after"]
    private static let chineseOrder = ["哪个先", "一个先", "谁先", "者先", "件先", "哪先", "更早", "较早", "更晚", "较晚"]
    private static let chineseJoints = ["还是", "還是", "和", "与", "與", "跟"]

    private static func named(_ text: Substring) -> String {
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        while let word = words.first, ["the", "a", "an"].contains(word.lowercased()) { words.removeFirst() }
        var name = words.joined(separator: " ")
        while let last = name.last, !last.isLetter, !last.isNumber { name.removeLast() }
        return name
    }
}
