import Text

/// A coordinated list in a sentence, such as "Japan, Norway and the Netherlands".
public struct Enumeration: Sendable, Hashable {
    /// The items, as they stand in the sentence.
    public var items: [String]
    /// The words just before the first item, folded: what the items are called.
    public var lead: String
    /// Whether the sentence presents the items as examples ("such as"), so that there may be more.
    public var isOpen: Bool

    /// Whether most items are written like names or figures, not like everyday words.
    public var isOfNames: Bool {
        let proper = items.count {
            $0.first?.isUppercase == true || $0.first?.isNumber == true
                || $0.unicodeScalars.contains { $0.value > 0x2E80 }
        }
        return proper * 2 > items.count
    }

    /// All enumerations of two or more items, in order.
    ///
    /// English lists are found backwards from "and" or "or"; Chinese ones by the enumeration comma 、 and 和, 與, 及.
    ///
    /// - Complexity: O(length).
    public static func all(in sentence: String) -> [Enumeration] {
        sentence.unicodeScalars.contains { $0.value >= 0x3400 && $0.value <= 0x9FFF }
            ? chinese(in: sentence) : western(in: sentence)
    }

    // MARK: Western

    private static let maxItemWords = 6
    private static let openers: [String] = [
        "such as", "including", "among them", "like", "for example", "e.g.",
    ]
    /// Words after which an item begins: what stands before them belongs to the sentence, not to the item.
    private static let borders: Set<String> = [
        "as", "including", "includes", "include", "included", "like", "are", "were", "is", "was", "namely",
        "of", "by",
        "in", "from", "with", "to", "for", "between", "among", "supporting", "support", "supports",
        "covering", "cover",
        "covers", "than", "at", "on", "into", "against", "over", "has", "have", "had", "named", "names",
        "hit", "joined",
        "join", "joins", "through", "under", "both", "either", "that", "which", "who", "offers", "offer",
        "use", "uses",
        "said", "says", "called", "about", "via", "alongside", "besides",
    ]

    private static func western(in sentence: String) -> [Enumeration] {
        guard conjunction(in: sentence[...]) != nil else { return [] }
        let clauses = sentence.unicodeScalars.split { ";:—–()".unicodeScalars.contains($0) }
            .map(Substring.init)
        return clauses.flatMap { clause -> [Enumeration] in
            var found: [Enumeration] = []
            var rest = clause
            while let joint = conjunction(in: rest) {
                if let list = list(before: rest[..<joint.lowerBound], after: rest[joint.upperBound...]) {
                    found.append(list)
                }
                rest = rest[joint.upperBound...]
            }
            return found
        }
    }

    /// What stands before the last item; no two begin at the same place.
    private static let conjunctions = [", and ", " and ", ", or ", " or ", " as well as ", " & "].map {
        Array($0.utf8)
    }

    private static func conjunction(in text: Substring) -> Range<String.Index>? {
        // By bytes, because most sentences have none.
        let bytes = text.utf8
        for start in bytes.indices where bytes[start] == 0x20 || bytes[start] == 0x2C {
            let rest = bytes[start...]
            guard let found = conjunctions.first(where: { rest.starts(with: $0) }) else { continue }
            return start..<bytes.index(start, offsetBy: found.count)
        }
        return nil
    }

    private static func list(before: Substring, after: Substring) -> Enumeration? {
        let lastItem = leadingItem(after)
        var chunks = before.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
        guard !lastItem.isEmpty, let first = chunks.popLast() else { return nil }
        // The chunk next to "and" is an item if it is short; each one before it too, until one holds the clause's verb.
        var items: [String] = []
        var lead = ""
        var chunk = first
        while true {
            let (head, item) = splitAtBorder(chunk)
            guard wordCount(item) <= maxItemWords, !item.isEmpty else { return nil }
            items.insert(item, at: 0)
            if !head.isEmpty || chunks.isEmpty {
                lead = head
                break
            }
            guard let next = chunks.popLast() else { break }
            if wordCount(next) > maxItemWords, splitAtBorder(next).head.isEmpty { break }
            chunk = next
        }
        items.append(lastItem)
        guard items.count >= 2 else { return nil }
        let folded = Folding.fold(lead)
        return Enumeration(items: items, lead: folded, isOpen: openers.contains { folded.hasSuffix($0) })
    }

    /// The part of a chunk up to its last border word, and the item behind it.
    private static func splitAtBorder(_ chunk: String) -> (head: String, item: String) {
        let words = chunk.split(separator: " ")
        guard let border = words.dropLast().lastIndex(where: { borders.contains($0.lowercased()) }) else {
            return ("", chunk)
        }
        return (
            words[...border].joined(separator: " "), words[(border + 1)...].joined(separator: " ")
        )
    }

    /// The words after "and" that still belong to the last item: up to a mark, a border word or a verb-like word.
    private static func leadingItem(_ text: Substring) -> String {
        var clause = text.prefix { !",;:!?()".contains($0) }
        if clause.last == "." { clause.removeLast() }
        var item: [Substring] = []
        var words = clause.split(separator: " ")[...]
        // "in 2019 and in 2021": the preposition belongs to the sentence.
        if words.count > 1, let first = words.first, borders.contains(first.lowercased()) {
            words.removeFirst()
        }
        let isName = words.first?.first?.isUppercase == true
        for (index, word) in words.enumerated() {
            if !item.isEmpty, borders.contains(word.lowercased()) || endsItem.contains(word.lowercased()) {
                break
            }
            // "Alpha and Beta announced the plan": the verb behind a name is no part of it.
            let next = words.dropFirst(index + 1).first?.lowercased() ?? ""
            if isName, !item.isEmpty, word.first?.isLowercase == true,
                word.hasSuffix("ed") || determiners.contains(next)
            {
                break
            }
            item.append(word)
            guard item.count <= maxItemWords else { return "" }
        }
        return item.joined(separator: " ")
    }

    private static let determiners: Set<String> = [
        "the", "a", "an", "its", "their", "his", "her", "that", "this",
    ]

    private static let endsItem: Set<String> = [
        "after", "before", "while", "when", "as", "will", "would", "can", "could", "may", "took", "take",
        "takes",
        "also", "on", "during", "since", "because", "so", "but", "each", "all", "together", "went", "became",
        "agreed",
    ]

    private static func wordCount(_ text: String) -> Int { text.split(separator: " ").count }

    private static func trimmed(_ text: Substring) -> String {
        var part = text
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }

    // MARK: Chinese

    /// Stands between the things of a list.
    private static let chineseComma = "、"
    private static let chineseOpeners = ["例如", "包括", "包含", "諸如", "诸如", "比如", "如", "涵蓋", "涵盖", "像"]
    private static let chineseBorders =
        chineseOpeners + [
            "分別是", "分别是", "分別為", "分别为", "包括了", "有", "是", "為", "为", "由", "支持", "支援", "覆蓋", "覆盖", "在", "於", "于",
            "：", "即", "與", "和", "以及", "對", "对",
        ]

    private static func chinese(in sentence: String) -> [Enumeration] {
        // No list of two is told from other words without one.
        guard sentence.holds(chineseComma) else { return [] }
        let clauses = sentence.split(whereSeparator: { "，。；：！？（）()「」“”".contains($0) })
        return clauses.compactMap { clause -> Enumeration? in
            guard clause.holds(chineseComma) else { return nil }
            var parts = clause.split(separator: "、").map(String.init)
            guard let tail = parts.popLast() else { return nil }
            let joint = ["以及", "與", "和", "及", "跟", "或"]
                .compactMap { mark in tail.bytesRange(of: mark).map { ($0, mark) } }
                .min { $0.0.lowerBound < $1.0.lowerBound }
            if let (range, _) = joint {
                parts.append(String(tail[..<range.lowerBound]))
                parts.append(String(tail[range.upperBound...]))
            } else {
                parts.append(tail)
            }
            guard parts.count >= 2, let first = parts.first else { return nil }
            var lead = ""
            for border in chineseBorders {
                guard let range = first.lastRange(of: border), range.upperBound < first.endIndex else {
                    continue
                }
                lead = String(first[..<range.upperBound])
                parts[0] = String(first[range.upperBound...])
                break
            }
            if let last = parts.last { parts[parts.count - 1] = cutTail(last) }
            parts = parts.map { trimmed($0[...]) }
            guard parts.allSatisfy({ !$0.isEmpty && $0.count <= 16 }) else { return nil }
            return Enumeration(
                items: parts, lead: Folding.fold(lead), isOpen: chineseOpeners.contains { lead.hasSuffix($0) }
            )
        }
    }

    /// The last item ends where "and others" or the sentence's verb begins.
    private static func cutTail(_ item: String) -> String {
        var end = item.endIndex
        for mark in ["等", "都", "均", "也", "的", "將", "将", "在", "已", "參與", "参与", "為", "为"] {
            if let range = item.bytesRange(of: mark), range.lowerBound < end,
                range.lowerBound > item.startIndex
            {
                end = range.lowerBound
            }
        }
        return String(item[..<end])
    }
}

extension StringProtocol {
    fileprivate func lastRange(of needle: String) -> Range<Index>? {
        var found: Range<Index>?
        var from = startIndex
        while let range = self[from...].bytesRange(of: needle) {
            found = range
            from = self.index(after: range.lowerBound)
        }
        return found
    }
}
