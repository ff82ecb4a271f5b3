import Foundation
import Text

/// The two things that a question holds against each other: "Compare the fork with the merger".
struct Comparison: Sendable {
    /// Which of the two is wanted, by a measure.
    enum Wanted: Sendable, Hashable {
        /// The one of which there is more.
        case more
        /// The one of which there is less.
        case less
    }

    /// The things, in the reader's words and order.
    let sides: [String]
    /// Which of them is wanted; nil where both are.
    let wanted: Wanted?

    /// Whether a question asks which of two is more or less of something: "Which is larger, the dam or the mill?".
    ///
    /// - Parameters:
    ///   - words: the folded words of the question.
    ///   - folded: the folded question.
    /// - Returns: whether a measure and a choice are in its words.
    static func asksForMore(_ words: [String], _ folded: String) -> Bool {
        if ["which", "what", "who"].contains(words.first ?? ""), words.contains("or") {
            return words.contains { more.contains($0) || less.contains($0) }
        }
        return QuestionAnalysis.mayHoldHan(folded) && folded.holds("哪")
            && chineseJoints.contains(where: folded.holds)
            && (chineseMore.contains(where: folded.holds) || chineseLess.contains(where: folded.holds))
    }

    /// The things that a question compares; nil where it does not name two.
    init?(_ question: String) {
        let words = QuestionAnalysis.words(of: Folding.fold(question))
        let folded = Folding.fold(question)
        guard let sides = Self.english(question) ?? Self.chinese(question) else { return nil }
        self.sides = sides
        if !Self.asksForMore(words, folded) {
            wanted = nil
        } else if words.contains(where: Self.less.contains)
            || Self.chineseLess.contains(where: folded.contains)
        {
            wanted = .less
        } else {
            wanted = .more
        }
    }

    private static func english(_ question: String) -> [String]? {
        var text = question[...]
        while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
        let patterns = [
            #/^(?:which|what|who)\b.*[,:]\s*(?<a>.+?)\s+or\s+(?<b>.+)$/#,
            #/(?:^|\s)(?:between)\s+(?<a>.+?)\s+and\s+(?<b>.+)$/#,
            #/^compare\s+(?<a>.+?)\s+(?:and|with|to|against|versus|vs\.?)\s+(?<b>.+)$/#,
            #/^how\s+(?:do|does|did|is|are)\s+(?<a>.+?)\s+(?:differ(?:ent)?\s+from|compare\s+(?:to|with))\s+(?<b>.+)$/#,
            #/^how\s+(?:do|does|did|is|are)\s+(?<a>.+?)\s+and\s+(?<b>.+?)\s+(?:differ(?:ent)?|compare)$/#,
            #/^(?<a>.+?)\s+(?:vs\.?|versus)\s+(?<b>.+)$/#,
        ]
        for pattern in patterns {
            guard let match = text.firstMatch(of: pattern.ignoresCase()) else { continue }
            return both(match.a, match.b)
        }
        return nil
    }

    private static func chinese(_ question: String) -> [String]? {
        guard LanguageDetector.detect(question).isCJK else { return nil }
        for joint in chineseJoints {
            guard let range = question.range(of: joint) else { continue }
            var head = question[..<range.lowerBound]
            for opener in ["请比较一下", "請比較一下", "比较一下", "比較一下", "请比较", "請比較", "比较", "比較", "对比", "對比"]
            where head.hasPrefix(opener) {
                head = head.dropFirst(opener.count)
                break
            }
            var tail = question[range.upperBound...]
            for end in [
                "的区别", "的區別", "的差别", "的差別", "的差异", "的差異", "有什么", "有什麼", "有何", "相比", "哪", "，", "？", "?",
            ] {
                if let stop = tail.range(of: end) { tail = tail[..<stop.lowerBound] }
            }
            return both(head, tail)
        }
        return nil
    }

    private static func both(_ first: Substring, _ second: Substring) -> [String]? {
        let sides = [first, second].map { side -> String in
            let words = side.split(whereSeparator: \.isWhitespace)
                .drop { ["the", "a", "an"].contains($0.lowercased()) }
            return words.joined(separator: " ")
        }
        return sides.allSatisfy { $0.contains { $0.isLetter || $0.isNumber } } ? sides : nil
    }

    /// Whether a word only says that two things are compared.
    static func asks(_ folded: String) -> Bool {
        more.contains(folded) || less.contains(folded)
            || [
                "compare", "compared", "comparison", "difference", "differences", "differ", "different", "vs",
                "versus", "比较", "对比", "区别", "差别", "差异", "不同",
            ].contains(folded)
    }

    private static let more: Set<String> = [
        "larger", "bigger", "higher", "longer", "greater", "costlier", "dearer", "more", "most", "largest",
        "biggest", "highest", "longest",
    ]
    private static let less: Set<String> = [
        "smaller", "lower", "shorter", "cheaper", "less", "fewer", "least", "smallest", "lowest", "shortest",
        "cheapest",
    ]
    private static let chineseMore = ["更大", "更高", "更多", "更长", "较大", "较高", "较多", "较长", "比较大", "比较多", "比较高"]
    private static let chineseLess = ["更小", "更低", "更少", "更短", "较小", "较低", "较少", "较短", "比较小", "比较少", "比较低"]
    private static let chineseJoints = ["还是", "還是", "和", "与", "與", "跟"]
}
