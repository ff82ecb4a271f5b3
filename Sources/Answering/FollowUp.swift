import Foundation
import News
import Retrieval
import Text

/// Makes a question that leans on the conversation stand alone.
///
/// What a reader leaves out is what the last question named. The rules add exactly that, as words in parentheses that
/// the question's own analysis reads like any others, so that the account of the answer can show what was assumed.
struct FollowUp: Sendable, Hashable {
    /// The question, standing alone.
    var standalone: String
    /// The kind, where the question inherits it from the one before.
    var kind: QuestionKind?
    /// The text already shown, where more of the same is wanted.
    var seen: String?
    /// The articles that the conversation is about.
    var articles: [String]
    /// The answer of which it is asked who said it.
    var quoted: String?

    /// What a question means after the turns before it; nil where it stands alone.
    ///
    /// - Parameters:
    ///   - question: as typed.
    ///   - language: what it is written in.
    ///   - turns: of the same conversation, oldest first.
    ///   - archive: tells names from other words.
    ///   - now: the moment of the question.
    /// - Returns: the question in full, or nil when it stands on its own.
    static func resolve(
        _ question: String, language: Language, turns: [Turn], archive: Archive, now: Date
    ) -> FollowUp? {
        guard let last = turns.last(where: { !$0.articles.isEmpty }) ?? turns.last else { return nil }
        let folded = Folding.fold(question)
        let words = QuestionAnalysis.words(of: folded)
        let before = Folding.fold(last.standalone)
        let lastLanguage = LanguageDetector.detect(last.standalone)
        let lastRead = archive.read(last.standalone, language: lastLanguage, now: now)
        let read = archive.read(question, language: language, now: now)
        // "Who said that?" asks of what was said, and names nothing.
        let essential = read.concepts.filter {
            $0.kind != .generic && !CueWords.statementVerbs.contains(Folding.fold($0.word))
        }

        if asksWhoSaid(words, folded), !last.articles.isEmpty {
            return FollowUp(
                standalone: last.standalone, kind: .source, seen: nil, articles: last.articles,
                quoted: last.answer)
        }
        if isMore(words, folded) {
            return FollowUp(
                standalone: last.standalone, kind: .summary, seen: last.answer, articles: last.articles)
        }
        if let dated = dated(words, folded, read: read, last: last.standalone, lastRead: lastRead) {
            let isOpen = lastRead.concepts.allSatisfy { $0.kind == .generic }
            return FollowUp(
                standalone: dated, kind: nil, seen: nil, articles: isOpen ? [] : last.articles)
        }
        if let swapped = swap(question, words, folded, read: read, last: last.standalone, lastRead: lastRead)
        {
            return FollowUp(standalone: swapped, kind: nil, seen: nil, articles: last.articles)
        }
        let names = read.names.filter { !before.contains(Folding.fold($0.word)) }
        let leans =
            hasPronoun(words, folded, language) || essential.isEmpty
            || (essential.count == 1 && names.isEmpty && words.count <= 6)
            || (names.isEmpty && read.names.isEmpty && startsByJoining(words, folded))
        // "What happened in July?" names its own time, and nothing else is missing.
        let isDated = essential.isEmpty && read.times.contains { $0.from != nil || $0.until != nil }
        if names.isEmpty, read.names.isEmpty, !leans || isDated, !essential.isEmpty, !last.articles.isEmpty {
            return FollowUp(standalone: question, kind: nil, seen: nil, articles: last.articles)
        }
        guard leans, !isDated, !QuestionAnalysis.kind(of: question, language: language).isSmallTalk else {
            return nil
        }
        // A pronoun beside a name of its own ("Did Microsoft approve it?") still needs the matter.
        let topic = turns.reversed().lazy.map { turn in
            archive.read(turn.standalone, language: LanguageDetector.detect(turn.standalone), now: now)
        }.first { !$0.names.isEmpty }
        let carried = carry(essential.isEmpty ? lastRead : topic ?? lastRead, all: essential.isEmpty)
        let fresh = carried.filter { !folded.contains(Folding.fold($0)) }
        guard !fresh.isEmpty else { return nil }
        let open = language.isCJK ? "（" : " ("
        let close = language.isCJK ? "）" : ")"
        return FollowUp(
            standalone: question + open + fresh.joined(separator: language.isCJK ? "、" : ", ") + close,
            kind: nil,
            seen: nil, articles: last.articles)
    }

    /// The words that the last question was about: its names, or all its content where the new one has none.
    private static func carry(_ read: ReadQuestion, all: Bool) -> [String] {
        let names = read.names.map(\.word)
        let words = read.concepts.filter { $0.kind == .word || $0.kind == .number }.map(\.word)
        if names.isEmpty || all { return names + words }
        return names
    }

    /// "Who said that?", 谁说的？: whose words the last answer was.
    private static func asksWhoSaid(_ words: [String], _ folded: String) -> Bool {
        let text = words.joined(separator: " ")
        let asks = [
            "who said that", "who said so", "who said this", "who said it", "who says that", "who says so",
            "who says this", "says who", "according to whom", "who claims that", "who claimed that",
            "who told you that", "and who said that", "who told that",
        ]
        if asks.contains(text) { return true }
        let characters = folded.filter { $0.isLetter }
        return ["谁说的", "谁讲的", "谁这么说", "谁这样说", "谁说的呢"].contains {
            characters.hasSuffix($0) && characters.count <= $0.count + 3
        }
    }

    private static func isMore(_ words: [String], _ folded: String) -> Bool {
        let text = words.joined(separator: " ")
        return [
            "tell me more", "more", "more details", "go on", "continue", "what else", "anything else",
            "and then",
            "more please", "give me more", "say more",
        ].contains(text)
            || ["更多", "还有呢", "继续", "详细一点", "说详细点", "多说一点", "还有什么", "继续说"].contains {
                folded.hasPrefix($0) && folded.count <= $0.count + 2
            }
    }

    /// "And in August?", 2024年呢？: the last question, of another time.
    private static func dated(
        _ words: [String], _ folded: String, read: ReadQuestion, last: String, lastRead: ReadQuestion
    ) -> String? {
        func stretch(_ read: ReadQuestion) -> TimePhrase? {
            read.times.first { $0.from != nil || $0.until != nil }
        }
        guard read.concepts.allSatisfy({ $0.kind == .generic }), let time = stretch(read),
            startsByJoining(words, folded) || folded.contains("呢") || words.starts(with: ["what", "about"])
                || words.starts(with: ["how", "about"])
        else { return nil }
        if let old = stretch(lastRead), let range = last.range(of: old.text) {
            return last.replacingCharacters(in: range, with: time.text)
        }
        return lastRead.concepts.isEmpty ? nil : "\(last) (\(time.text))"
    }

    /// "And Japan?", "what about FTX?", 那微軟呢？: the last question with another name in it.
    private static func swap(
        _ question: String, _ words: [String], _ folded: String, read: ReadQuestion, last: String,
        lastRead: ReadQuestion
    ) -> String? {
        let openers: [[String]] = [
            ["and"], ["what", "about"], ["how", "about"], ["and", "what", "about"], ["but"],
        ]
        var rest: [String]?
        for opener in openers.sorted(by: { $0.count > $1.count }) where words.starts(with: opener) {
            rest = Array(words.dropFirst(opener.count))
            break
        }
        let chinese = folded.filter { $0.isLetter || $0.isNumber }
        let isChinese = chinese.hasSuffix("呢") || (chinese.hasPrefix("那") && chinese.count <= 8)
        guard rest != nil || isChinese else { return nil }
        if rest?.prefix(2).contains(where: asking.contains) == true { return nil }
        if isChinese, QuestionAnalysis.kind(of: question, language: .traditionalChinese) != .fact {
            return nil
        }
        let essential = read.concepts.filter { $0.kind != .generic }
        guard !essential.isEmpty, essential.count <= 3 else { return nil }
        let replacement = essential.map(\.word).joined(separator: isChinese ? "" : " ")
        // "and in Japan?" narrows the last question; "and Japan?" asks it of another.
        if let first = rest?.first,
            ["in", "at", "for", "on", "with", "from", "to", "by", "of"].contains(first)
        {
            if let place = last.range(of: " \(first) ", options: [.backwards, .caseInsensitive]),
                last[place.upperBound...].split(separator: " ").count <= rest?.count ?? 0,
                let typed = question.range(of: "\(first) ", options: .caseInsensitive)
            {
                return last[..<place.lowerBound] + " " + question[typed.lowerBound...]
            }
            return "\(last) (\(replacement))"
        }
        // "And the price?" asks something else of the same, where the last question named what it was about.
        if !lastRead.names.isEmpty, essential.allSatisfy({ $0.kind == .word }) {
            let names = lastRead.names.map(\.word).joined(separator: isChinese ? "、" : ", ")
            return isChinese ? "\(replacement)（\(names)）" : "\(replacement) (\(names))"
        }
        guard let old = lastRead.names.last ?? lastRead.concepts.last(where: { $0.kind != .generic }),
            let range = last.range(of: old.word, options: [.caseInsensitive, .widthInsensitive])
        else { return "\(last) (\(replacement))" }
        return last.replacingCharacters(in: range, with: replacement)
    }

    private static let asking: Set<String> = [
        "who", "what", "when", "where", "why", "how", "which", "is", "are", "was", "were", "did", "does",
        "do", "will",
        "has", "have", "can", "could", "would", "whose", "whom",
    ]

    private static func startsByJoining(_ words: [String], _ folded: String) -> Bool {
        ["and", "but", "so", "then", "also"].contains(words.first ?? "")
            || ["那", "而", "还有", "然后", "所以"].contains { folded.hasPrefix($0) }
    }

    private static func hasPronoun(_ words: [String], _ folded: String, _ language: Language) -> Bool {
        if language.isCJK {
            return ["它", "他", "她", "这", "那", "该公司", "此事", "其"].contains { folded.contains($0) }
        }
        let pronouns: Set<String> = [
            "it", "its", "they", "them", "their", "he", "him", "his", "she", "her", "this", "that", "these",
            "those",
            "there", "one",
        ]
        // "Is it true that …" and "that" as a conjunction name nothing; only a pronoun among the last words or right
        // after the asking words does.
        return words.enumerated().contains { index, word in
            pronouns.contains(word) && (word != "that" || index >= words.count - 2 || index <= 2)
        }
    }
}
