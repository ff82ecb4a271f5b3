import Foundation
import News
import Retrieval
import Text

extension ExtractiveAnswerer {
    /// The sentence, with the one before it where it would not be understood alone.
    func selfContained(_ candidate: Candidate) -> String {
        let text = candidate.sentence.sentence.text
        guard
            let index = candidate.article.sentences.firstIndex(where: {
                $0.sentence.position == candidate.sentence.sentence.position
            }), index > 0
        else { return text }
        let before = candidate.article.sentences[index - 1]
        let isContinued = before.sentence.text.last.map { ";；".contains($0) } ?? false
        guard leansBack(text) || isContinued, before.section == candidate.sentence.section,
            before.sentence.text.count + text.count < (question.read.language.isCJK ? 300 : 520)
        else { return text }
        return before.sentence.text + (candidate.article.language.isCJK ? "" : " ") + text
    }

    /// Whether a sentence begins with a word that means something said before, or leaves its subject out.
    func leansBack(_ text: String) -> Bool {
        let folded = Folding.fold(text)
        let first = folded.prefix { $0.isLetter }
        return Self.englishBacks.contains(String(first))
            || folded.utf8.first.map { $0 >= 0x80 } == true
                && Self.chineseBacks.contains { folded.hasPrefix($0) }
    }

    private static let englishBacks: Set<String> = [
        "it", "its", "he", "she", "they", "this", "that", "these", "those", "his", "her", "their", "such",
    ]
    private static let chineseBacks = [
        "这", "该", "其", "他", "她", "它", "此", "是", "成为", "曾", "并", "也", "亦", "遂", "自此", "从此", "前者", "后者", "因而",
        "因此", "于是", "所以", "故", "但", "而", "然", "不过", "同时", "随后", "之后", "后来", "双方", "两者", "以此", "由此", "直到",
        "其后",
    ]

    /// The sentences that stand beside the best one: those that explain further where a manner or a thing is asked for,
    /// and those that are nearly as likely where it is not sure.
    ///
    /// - Returns: at most two, and no more than make a short answer.
    func companions(of best: Candidate, text: String) -> [Finding] {
        // A definition says it all.
        if best.value(.definition) > 0 { return [] }
        let explains = question.kind == .define || question.kind == .how
        let next = candidates.first { $0.sentence.sentence.text != best.sentence.sentence.text }
        let isSure = best.likelihood(beside: next?.score) >= thresholds.alone
        guard explains || !isSure else { return [] }
        // What says all that is asked by itself needs little beside it.
        let isWhole =
            best.missing.isEmpty && best.direct >= 0.8 && (!expectation.isTyped || best.hasExpected)
            && question.essential.contains { $0.kind == .word }
        var length = text.count
        var findings: [Finding] = []
        for candidate in candidates.prefix(8) {
            let sentence = candidate.sentence.sentence.text
            guard findings.count < (isSure ? 1 : 2), !candidate.sentence.section.isOpinion,
                candidate.direct > 0.25, length + candidate.sentence.length <= thresholds.length,
                !text.holds(sentence), mayAnswer(candidate),
                // Beside an amount where one is asked for, nothing else answers.
                !isWhole || !expectation.isMeasure || candidate.hasExpected && unitFits(candidate)
            else { continue }
            let isNear = candidate.score >= best.score - (isWhole ? thresholds.nearWhole : thresholds.near)
            guard isNear || explains && candidate.article === best.article && objection(to: candidate) == nil
            else { continue }
            findings.append(Finding(candidate))
            length += sentence.count
        }
        return findings
    }

    /// The date that belongs to what is asked: the one in the clause that meets the question best, the finest first.
    func bestDate(in candidate: Candidate) -> DateMention? {
        let article = candidate.article.article
        let text = candidate.sentence.sentence.text
        let dates = expectation.dates(in: candidate.sentence)
        guard dates.count > 1 else { return dates.first }
        let analyzer = TextAnalyzer(article.language)
        return dates.max { first, second in
            clauseFit(around: first.range, in: text, analyzer)
                < clauseFit(around: second.range, in: text, analyzer)
        }
    }

    func clauseFit(around range: Range<String.Index>, in text: String, _ analyzer: TextAnalyzer)
        -> Double
    {
        let wording = Wording(String(clause(around: range, in: text)), analyzer: analyzer)
        return question.read.concepts.reduce(0) { $0 + $1.weight * wording.degree(of: $1) }
    }

    func clause(around range: Range<String.Index>, in text: String) -> Substring {
        let marks: Set<Character> = [",", ";", "，", "；", ":", "："]
        let start = text[..<range.lowerBound].lastIndex(where: marks.contains).map { text.index(after: $0) }
        let end = text[range.upperBound...].firstIndex(where: marks.contains)
        return text[(start ?? text.startIndex)..<(end ?? text.endIndex)]
    }

    /// `yes` or `no` only where the sentence itself says nearly all of the question, `open` where it leaves the matter
    /// open; otherwise none, and the sentence speaks for itself.
    func verdict(of candidate: Candidate) -> String? {
        otherTime(of: candidate) == nil ? plainVerdict(of: candidate) : nil
    }

    /// The same without regard to the time that the question names; none where it does not ask whether something is so.
    func plainVerdict(of candidate: Candidate) -> String? {
        guard question.kind == .yesNo else { return nil }
        let text = candidate.sentence.plain
        let asked = PlainText(question.standalone)
        // "It said that it would" leaves nothing open to one who asks whether it will.
        if CueWords.isHedged(text), !(CueWords.asksForIntent(asked) && CueWords.isIntent(text)) {
            return "open"
        }
        let words = question.essential.filter { $0.kind == .word }
        let isRelation =
            !words.isEmpty
            || Names.all(in: question.standalone, language: question.read.language).count > 1
        let weight = words.reduce(0) { $0 + $1.weight }
        let direct =
            weight > 0
            ? words.reduce(0) { $0 + $1.weight * candidate.sentence.degree(of: $1) } / weight
            : candidate.direct
        guard max(direct, candidate.direct) >= 0.75, candidate.coverage >= 0.75,
            candidate.lost <= thresholds.missingVerdict, isRelation
        else {
            return nil
        }
        let clause = clauses(on: words, of: candidate)
        guard CueWords.isExclusive(asked) == CueWords.isExclusive(clause) else { return nil }
        let isDenied = CueWords.negations(in: asked) % 2
        guard CueWords.negations(in: clause) % 2 == isDenied else { return "no" }
        // What is only pending, or denied in other words, is no yes; nor is what lacks a word or has one merely akin.
        if isDenied == 0, CueWords.isDenial(text) || CueWords.isPending(text) { return nil }
        let said = words.filter {
            max(candidate.sentence.degree(of: $0), candidate.article.headline.degree(of: $0)) > 0.6
        }
        // A word that says much and is not said may be the very one that is not so; nor is its opposite a yes.
        let heaviest = words.reduce(0) { $0 + $1.weight } * 0.4
        guard candidate.value(.opposite) == 0,
            words.allSatisfy({ $0.weight < heaviest || said.contains($0) })
        else { return nil }
        let isSaid =
            said.reduce(0) { $0 + $1.weight } >= thresholds.saidForYes * words.reduce(0) { $0 + $1.weight }
        return isSaid ? "yes" : nil
    }

    /// The part of a sentence that says what is asked: a concession before it denies nothing.
    private func clauses(on words: [Concept], of candidate: Candidate) -> PlainText {
        let sentence = candidate.sentence.sentence.text
        let analyzer = TextAnalyzer(candidate.article.language)
        let clauses = sentence.split { ",;，；".contains($0) }
        guard clauses.count > 1 else { return candidate.sentence.plain }
        let met = clauses.map { clause in
            let wording = Wording(String(clause), analyzer: analyzer)
            return words.reduce(0) { $0 + $1.weight * wording.degree(of: $1) }
        }
        guard let most = met.max(), most > 0, let best = met.firstIndex(of: most),
            // What is said over several clauses is denied by any of them.
            met.indices.allSatisfy({ $0 == best || met[$0] < 0.35 * most })
        else { return candidate.sentence.plain }
        return PlainText(String(clauses[best]))
    }

    func confidence(_ candidate: Candidate) -> Double {
        min(0.97, max(0.05, 0.1 + 0.5 * candidate.coverage + 0.4 * candidate.direct))
    }

    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
