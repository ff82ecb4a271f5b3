import News
import Retrieval
import Text

/// What in a sentence speaks against its being the answer, although it has the question's words: it says the opposite of
/// one of them, or says that something is so where the question asks what is not.
struct Contradiction: Sendable {
    private let isDenied: Bool
    /// Each with the words of the question's own side, and those of the other.
    private let stems: [(own: [TermKey], other: [TermKey])]
    private let phrases: [(own: PhraseList, other: PhraseList)]
    /// The ordinals of the question.
    private let ordinals: Set<Ordinal>

    /// What would speak against an answer to a question.
    init(_ question: String, language: Language) {
        let plain = PlainText(question)
        isDenied = CueWords.isDenial(plain)
        ordinals = Ordinal.all(in: question)
        if language.isCJK {
            stems = []
            let sides = plain.contains(Self.allChinese) ? Self.chinese : []
            phrases = sides.flatMap { [($0.0, $0.1), ($0.1, $0.0)] }
                .filter { plain.contains($0.0) && !plain.contains($0.1) }
        } else {
            let words = TextAnalyzer(.english).terms(in: question)
            let sides = Set(words.compactMap { Self.sides[$0] }.joined())
            // Most questions have no word of either side.
            let all = sides.isEmpty ? [] : Set(words)
            stems = sides.sorted().map { Self.stems[$0] }
                .filter { all.isDisjoint(with: $0.others) }.map { ($0.own, $0.other) }
            phrases = []
        }
    }

    /// Whether a sentence has the opposite of a word of the question in its place.
    func isOpposite(_ sentence: ReadSentence) -> Bool {
        stems.contains { pair in
            !pair.own.contains(where: sentence.has)
                && pair.other.contains(where: sentence.has)
        }
            || phrases.contains { sentence.plain.contains($0.other) && !sentence.plain.contains($0.own) }
            || isAnother(sentence)
    }

    /// Whether a sentence tells of another one of those that are counted: of the fourth where the third is asked for.
    private func isAnother(_ sentence: ReadSentence) -> Bool {
        guard !ordinals.isEmpty else { return false }
        let others = Ordinal.all(in: sentence.sentence.text)
        return ordinals.contains { own in
            !others.contains(own) && others.contains { $0.counted == own.counted && $0.place != own.place }
        }
    }

    /// Whether a sentence tells of the one that a question counts, such as the fifth; the first is told in many ways.
    static func meetsOrdinals(of question: String, _ sentence: String) -> Bool {
        let asked = Ordinal.all(in: question).filter { !Ordinal.firsts.contains($0.place) }
        guard !asked.isEmpty else { return true }
        let told = Set(Ordinal.all(in: sentence).map(\.place))
        return asked.allSatisfy { told.contains($0.place) }
    }

    /// Whether the question asks what is not so, and a sentence only says what is.
    func isAffirmed(_ sentence: ReadSentence) -> Bool { isDenied && !CueWords.isDenial(sentence.plain) }

    /// English words and their opposites, from either side.
    private static let stems = WordRelations.standard.oppositions.flatMap { [($0.0, $0.1), ($0.1, $0.0)] }.map
    {
        own, other in
        (own: own.map { TermKey($0) }, other: other.map { TermKey($0) }, words: own, others: other)
    }

    /// The numbers of the sides that a word is on.
    private static let sides: [String: [Int]] = stems.enumerated().reduce(into: [:]) { sides, entry in
        for word in entry.element.words { sides[word, default: []].append(entry.offset) }
    }

    private static let chinese = chineseWords.map { (PhraseList($0), PhraseList($1)) }
    private static let allChinese = PhraseList(chineseWords.flatMap { $0 + $1 })
    /// Chinese words and their opposites.
    private static let chineseWords: [([String], [String])] = [
        (["最早", "首次", "第一次"], ["最晚", "最后"]), (["最多"], ["最少"]), (["最大"], ["最小"]), (["最高"], ["最低"]),
        (["最长"], ["最短"]), (["最好"], ["最差", "最坏"]),
        (["增加", "上升", "上涨", "增长", "提高", "扩大"], ["减少", "下降", "下跌", "降低", "缩小", "萎缩"]),
        (["之前", "以前"], ["之后", "以后"]), (["开始"], ["结束", "停止"]), (["允许"], ["禁止"]),
        (["批准", "接受"], ["拒绝", "否决"]), (["成功"], ["失败"]), (["进口"], ["出口"]), (["买入", "收购"], ["卖出", "出售"]),
        (["加入"], ["退出", "离开"]), (["优点"], ["缺点"]), (["支持"], ["反对"]), (["北部"], ["南部"]), (["东部"], ["西部"]),
        (["国内"], ["国外"]), (["合法"], ["非法"]), (["男性"], ["女性"]), (["盈利"], ["亏损"]),
    ]
}

/// A place in a row with what is counted, such as "third halving" or 第三次.
private struct Ordinal: Hashable {
    var place: String
    var counted: String

    static let firsts: Set<String> = ["first", "1st", "一", "1"]

    static func all(in text: String) -> Set<Ordinal> {
        var found: Set<Ordinal> = []
        let folded = Folding.fold(text)
        // All English ones have letters.
        if folded.utf8.contains(where: { 0x61...0x7A ~= $0 }) {
            let words = QuestionAnalysis.words(of: folded)
            for (place, word) in words.enumerated() where place + 1 < words.count && mayBeEnglish(word) {
                guard english.contains(word) else { continue }
                found.insert(Ordinal(place: word, counted: Stemmer(.english).term(of: words[place + 1])))
            }
        }
        guard marks.contains(where: folded.holds) else { return found }
        let characters = Array(folded.replacing("下一", with: "第下").replacing("下次", with: "第下次"))
        for start in characters.indices where characters[start] == "第" {
            let place = characters[(start + 1)...].prefix { $0.isNumber || chinese.contains($0) }
            guard !place.isEmpty, place.endIndex < characters.endIndex else { continue }
            found.insert(Ordinal(place: String(place), counted: String(characters[place.endIndex])))
        }
        return found
    }

    /// No Chinese ordinal is without one of these.
    private static let marks = ["第", "下"]
    private static let english: Set<String> = [
        "first", "second", "next", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "1st",
        "2nd", "3rd",
        "4th", "5th", "6th", "7th", "8th", "9th", "10th",
    ]
    /// Whether a word ends as all of these do.
    private static func mayBeEnglish(_ word: String) -> Bool {
        guard let last = word.utf8.last else { return false }
        return last == UInt8(ascii: "t") || last == UInt8(ascii: "d") || last == UInt8(ascii: "h")
    }

    private static let chinese: Set<Character> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "下"]
}
