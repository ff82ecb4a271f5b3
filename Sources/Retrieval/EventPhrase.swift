import Foundation
import News
import Search
import Text

/// An event from which a question counts: "since the merger", 自合併以來.
struct EventPhrase {
    /// The words that name it, as typed.
    var name: String
    /// The whole phrase in the question.
    var range: Range<String.Index>

    /// The first such phrase of a question.
    ///
    /// - Parameters:
    ///   - question: as typed.
    ///   - times: the stretches of time that it names.
    /// - Returns: nil where there is none, or where a date stands in its place.
    static func find(in question: String, besides times: [TimePhrase]) -> EventPhrase? {
        guard let found = english(question) ?? chinese(question),
            !times.contains(where: { $0.range.overlaps(found.range) })
        else { return nil }
        return found
    }

    private static let longest = 6
    /// What nearly all questions are without.
    private static let since = Array("since".utf8)

    private static func english(_ question: String) -> EventPhrase? {
        guard Folding.folded(question).holds(since[...]) else { return nil }
        let words = question.split(whereSeparator: \.isWhitespace)
        guard let since = words.firstIndex(where: { Folding.fold(String($0)) == "since" }) else { return nil }
        var rest = words[(since + 1)...]
        var isNamed = rest.first?.first?.isUppercase == true
        if let first = rest.first, determiners.contains(Folding.fold(String(first))) {
            rest.removeFirst()
            isNamed = true
        }
        var name: [Substring] = []
        for word in rest {
            guard !ends.contains(Folding.fold(String(word))) else { break }
            name.append(word)
            if let last = word.last, !last.isLetter, !last.isNumber { break }
        }
        guard isNamed, (1...longest).contains(name.count), let last = name.last else { return nil }
        let range = words[since].startIndex..<last.endIndex
        return EventPhrase(name: name.joined(separator: " "), range: range)
    }

    private static let determiners: Set<String> = ["the", "its", "their", "his", "her", "this", "that"]
    /// What begins the rest of the question.
    private static let ends: Set<String> = [
        "did", "does", "do", "has", "have", "had", "was", "were", "is", "are", "will", "would", "can", "what",
        "who", "which", "how", "why", "where", "when", "then", "and", "but",
    ]

    private static func chinese(_ question: String) -> EventPhrase? {
        // Chinese characters are encoded from this byte on.
        guard question.utf8.contains(where: { $0 >= 0xE3 }) else { return nil }
        let marks: Set<Character> = ["，", "。", "？", "、", ",", "?", " "]
        for end in ["以來", "以来"] {
            guard let ending = question.bytesRange(of: end) else { continue }
            let before = question[..<ending.lowerBound]
            let clause =
                before.lastIndex(where: marks.contains).map(before.index(after:)) ?? before.startIndex
            for opener in ["自從", "自从", "自", "從", "从"] {
                guard let opening = before[clause...].bytesRange(of: opener) else { continue }
                let name = before[opening.upperBound...]
                guard (2...12).contains(name.count) else { continue }
                return EventPhrase(name: String(name), range: opening.lowerBound..<ending.upperBound)
            }
        }
        return nil
    }
}

extension Archive {
    /// The stretch of time since an event: from the first of the articles that are about it.
    ///
    /// - Parameters:
    ///   - event: what the question counts from.
    ///   - question: as read so far; its names tell which of several such events is meant.
    /// - Returns: nil where no dated article holds all words of the event.
    func time(since event: EventPhrase, in question: ReadQuestion) -> TimePhrase? {
        let wanted = TextAnalyzer(question.language).tokens(in: event.name)
            .filter { !StopWords.contains(Folding.fold($0.term), in: question.language) }.map(\.term)
        guard !wanted.isEmpty else { return nil }
        let names = question.names.flatMap { name -> [String] in
            guard case .stems(let stems) = name.ways.first?.form else { return [] }
            return stems.filter { !wanted.contains($0) }
        }
        /// The moments of the best articles with all words of the event in some fields.
        func moments(in fields: Set<Int>?) -> [Int64] {
            let clauses = Set(wanted).sorted().map { Clause($0, occurrence: .required, fields: fields) }
            let hits = articles.search(
                Query(clauses + names.map { Clause($0) }), limit: Self.articlesOfEvent)
            return hits.filter { $0.score >= Self.leastOfEvent * (hits.first?.score ?? 0) }
                .compactMap { articles.time(of: $0.document) }
        }
        // Of an event, the headlines tell; that it was thought of earlier stands only in texts.
        let headlines = moments(in: [0])
        guard let first = headlines.min() ?? moments(in: nil).min() else { return nil }
        return TimePhrase(
            from: Date(timeIntervalSince1970: Double(first)), until: nil, wantsLatest: false,
            range: event.range, text: String(question.text[event.range]))
    }

    /// How many of the best articles on an event may be its first.
    private static let articlesOfEvent = 20
    /// How near to the best an article must score to be about the same event.
    private static let leastOfEvent: Float = 0.7
}
