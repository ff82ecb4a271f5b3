import Foundation
import News
import Retrieval
import Text

extension ExtractiveAnswerer {
    /// The enumeration that a question for several things means: the one that is called what the question calls it.
    func list(in first: Candidate) -> Extract? {
        let heads = QuestionAnalysis.headNouns(of: question.standalone, language: question.read.language)
        let near =
            [first]
            + candidates.prefix(12).filter {
                $0.article === first.article && $0.score > first.score - 2.5
                    && $0.sentence.sentence.position != first.sentence.sentence.position
            }
        let named = headForms(heads)
        var best: (list: Enumeration, candidate: Candidate, fit: Double)?
        for candidate in near {
            for list in candidate.sentence.mentions.lists {
                var fit = 0.0
                let text = Folding.fold(list.items.joined(separator: " "))
                let tail = list.lead.suffix(40)
                if named.contains(where: { tail.contains($0) }) { fit += 2 }
                if named.contains(where: { text.contains($0) }) { fit += 1.5 }
                if list.items.count > 2 { fit += 0.5 }
                if candidate.sentence.sentence == first.sentence.sentence { fit += 0.5 }
                if list.isOpen { fit += 0.25 }
                if question.kind == .howMany, fit < 2 { continue }
                if isOfOthers(list, than: heads, named: named) { continue }
                // Names answer "which"; a pair of verbs or adjectives does not.
                guard list.isOfNames || fit >= 2 else { continue }
                // A list that is not on the question's matter counts only as the continuation of a sentence that is.
                if objection(to: candidate) != nil {
                    guard candidate.sentence.sentence.paragraph == first.sentence.sentence.paragraph else {
                        continue
                    }
                    fit -= 1
                }
                let asked = list.items.allSatisfy {
                    Folding.fold(question.standalone).contains(Folding.fold($0))
                }
                if fit > max(0.9, best?.fit ?? 0), !asked { best = (list, candidate, fit) }
            }
        }
        guard let best else { return nil }
        return Extract(
            form: .list, findings: [Finding(best.candidate)], items: best.list.items,
            isOpen: best.list.isOpen,
            confidence: confidence(first))
    }

    /// Whether a list is of other things than are asked for: it is called something else ("the Team and Education
    /// editions"), or has what is asked for as one of its items.
    private func isOfOthers(_ list: Enumeration, than heads: Set<String>, named: [String]) -> Bool {
        guard !heads.isEmpty, let last = list.items.last?.split(separator: " "), !question.read.language.isCJK
        else { return false }
        if last.count > 1, let noun = last.last, noun.first?.isLowercase == true, noun.hasSuffix("s") {
            let folded = Folding.fold(String(noun))
            return !named.contains { folded.hasPrefix($0) }
        }
        let stems = Set(heads.map { Stemmer(.english).term(of: $0) })
        return list.items.contains { item in
            let words = item.split(separator: " ").map { Folding.fold(String($0)) }.filter { $0 != "the" }
            return words.count == 1 && stems.contains(Stemmer(.english).term(of: words[0]))
        }
    }

    /// The ways in which a list may be introduced: the noun of the question, its singular and its synonyms.
    func headForms(_ heads: Set<String>) -> [String] {
        var forms: Set<String> = []
        for head in heads {
            let stem = Stemmer(.english).term(of: head)
            let pool =
                [head, stem] + Lexicon.standard.synonyms(of: stem)
                + Lexicon.standard.chineseSynonyms(of: head)
            forms.formUnion(
                pool + Lexicon.standard.translations(of: head) + Lexicon.standard.translations(of: stem))
        }
        return forms.filter { $0.count > 1 }.sorted()
    }
}
