import Foundation
import News
import Retrieval
import Text

/// A question with its kind: what the archive is asked for.
struct Question: Sendable {
    /// The question as it was understood, standing alone.
    let standalone: String
    /// What sort of answer it wants.
    var kind: QuestionKind
    /// Its words, taken apart.
    var read: ReadQuestion
    /// Sentences that the reader has seen already and now wants more than.
    var seen: String?
    /// The answer of which it is asked who said it.
    var quoted: String?
    /// The thing that "which" or "what" asks for, where the question names its type.
    private(set) var asked: Concept?
    /// The articles that the conversation has just been about.
    var recent: [String]

    init(_ standalone: String, kind: QuestionKind, read: ReadQuestion) {
        self.standalone = standalone
        self.kind = kind
        self.read = read
        seen = nil
        recent = []
        let folded = Folding.fold(standalone)
        let words = QuestionAnalysis.words(of: folded)
        let phrase = QuestionAnalysis.nounPhrase(in: words)
        asksForSeveral = Self.asksForSeveral(folded, words, phrase)
        adjustWeights(folded, phrase)
    }

    /// Whether "which" or "what" asks for more than one thing.
    let asksForSeveral: Bool

    /// The concepts that an exact answer cannot do without.
    var essential: [Concept] { read.concepts.filter { $0.kind != .generic } }

    private static func asksForSeveral(_ folded: String, _ words: [String], _ phrase: [String]) -> Bool {
        if QuestionAnalysis.mayHoldHan(folded), ["哪些", "哪几", "分别"].contains(where: folded.holds) {
            return true
        }
        if let asking = words.firstIndex(where: { $0 == "which" || $0 == "what" || $0 == "who" }),
            words[(asking + 1)...].prefix(2).contains(where: { $0 == "are" || $0 == "were" })
        {
            return true
        }
        let noun = phrase.last ?? ""
        return noun.count > 3 && noun.hasSuffix("s") && !noun.hasSuffix("ss")
    }

    /// Whether several names or things answer it best.
    var wantsList: Bool { kind == .list || asksForSeveral }

    /// The day of a moment, where the question names it: "today", 今天.
    func today(at now: Date) -> TimePhrase? {
        read.times.first { time in
            guard let from = time.from, let until = time.until else { return false }
            return from <= now && now < until && until.timeIntervalSince(from) == 86_400
        }
    }

    /// Lets the words that the reader typed weigh more than those carried over from the conversation.
    mutating func lighten(besides typed: String) {
        let folded = Folding.fold(typed)
        var words: Set<String>?
        for index in read.concepts.indices {
            let word = Folding.fold(read.concepts[index].word)
            guard !folded.holds(word) else { continue }
            let known = words ?? Set(QuestionAnalysis.words(of: folded))
            words = known
            guard !known.contains(word) else { continue }
            read.concepts[index].weight *= 0.5
        }
    }

    /// Lightens the noun of "which countries" and "how many devices": it tells the kind of thing wanted, and a good
    /// answer often gives the thing itself instead.
    private mutating func adjustWeights(_ folded: String, _ phrase: [String]) {
        let heads = QuestionAnalysis.headNouns(folded, phrase: phrase)
        let types = QuestionAnalysis.typeNouns
        let afterMarker = QuestionAnalysis.afterChineseMarker(folded)
        for index in read.concepts.indices {
            let concept = read.concepts[index]
            let word = Folding.fold(concept.word)
            let others = read.concepts.indices.contains {
                $0 != index && (read.concepts[$0].kind == .word || read.concepts[$0].kind == .number)
            }
            let isType =
                types.contains(word)
                || word.utf8.last == UInt8(ascii: "s") && types.contains(String(word.dropLast()))
            let isHead = heads.contains(word) || afterMarker?.hasPrefix(word) == true && word.count > 1
            if isHead, !QuestionAnalysis.isAbstract(word) { asked = concept }
            // "What legal form": what stands before the noun narrows it, and is often left out of the answer.
            if concept.kind == .word, kind != .howMany, phrase.dropLast().contains(word) {
                read.concepts[index].weight *= 0.5
            }
            // "What name" and "which companies" leave a question as long as something else of it says what about them.
            if isHead, isType || concept.kind == .word && others && kind != .howMany {
                read.concepts[index].kind = .generic
                read.concepts[index].weight *= 0.5
            } else if kind.choosesManyArticles, QuestionAnalysis.asksCourse(word) {
                read.concepts[index].kind = .generic
                read.concepts[index].weight *= 0.4
            } else if concept.kind == .word,
                QuestionAnalysis.isAside(word) || kind == .opinion && QuestionAnalysis.asksOpinion(word)
                    || kind == .howMuch && QuestionAnalysis.namesAmount(word)
                    || (kind == .published || kind == .source) && QuestionAnalysis.asksOrigin(word)
            {
                read.concepts[index].kind = .generic
                read.concepts[index].weight *= 0.4
            }
        }
    }
}
