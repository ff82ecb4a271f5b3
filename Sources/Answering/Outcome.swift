import Foundation
import Logging
import News
import Retrieval
import Storage
import Text

/// A question with all that it is read by.
final class Asked: Sendable {
    /// As the reader wrote it.
    let typed: String
    let key: RecentExtracts.Key
    /// The conversation before, oldest first.
    let turns: [Turn]
    let archive: Archive
    let time: Date
    /// Asked where there is evidence; nil where no model may be.
    let writer: ModelWriter?

    /// How many articles are read at least: a model is shown several, and citations may be asked for by number.
    var articles: Int { max(writer == nil ? 0 : 8, min(key.top ?? 0, 10)) }

    init(
        _ typed: String, as key: RecentExtracts.Key, after turns: [Turn], archive: Archive,
        at time: Date, writer: ModelWriter?
    ) {
        (self.typed, self.key, self.turns) = (typed, key, turns)
        (self.archive, self.time, self.writer) = (archive, time, writer)
    }
}

/// A question as it was understood, what was found for it, and the extract taken from that.
final class Reading {
    let question: Question
    let findings: Findings
    let candidates: [Candidate]
    private(set) var extract: Extract
    var decisions: [String]
    private(set) var relation: [Evidence.Feature]

    init(_ question: Question, _ findings: Findings) {
        (self.question, self.findings) = (question, findings)
        let extractor = ExtractiveAnswerer(question, findings: findings)
        candidates = Array(extractor.candidates.prefix(8))
        (extract, decisions, relation) = extractor.extract()
    }

    func replace(by other: Extract, because decision: String) {
        extract = other
        relation = []
        decisions.insert(decision, at: 0)
    }
}

/// What a question comes to, until it is sent.
final class Outcome {
    let question: Question
    let evidence: [Evidence]
    var answer: Answer
    var why: Why
    /// The turn on record.
    var turn: Int64?
    /// What it came from, where that is kept and has put its account together for others perhaps.
    private let kept: RecentExtracts.Prepared?

    init(_ prepared: RecentExtracts.Prepared, isKept: Bool) {
        (question, evidence) = (prepared.question, prepared.evidence)
        (answer, why) = (prepared.answer, prepared.why)
        kept = isKept ? prepared : nil
    }

    /// How it came about, line by line.
    var account: [String] { (kept?.account ?? why.linesButTimes) + why.timeLines }

    /// Puts what a model has written in the extract's place, if it has written what passed the check.
    func take(_ written: Result<WrittenAnswer, ModelFailure>, _ logger: Logger) {
        switch written {
        case .success(let better):
            var newest = better.answer
            newest.asOf = answer.asOf ?? newest.asOf
            answer = newest
            why.decisions.append(better.account)
        case .failure(let failure):
            why.modelFailure = failure.description
            logger.notice("Model answer not used", metadata: ["reason": "\(failure.label)"])
        }
        why.engine = answer.engine.description
    }
}

extension Why {
    init(_ question: Question, language: Language) {
        self.init(standalone: question.standalone, kind: question.kind.rawValue, language: language)
        terms = question.read.concepts.map {
            Term(word: $0.mended ?? $0.word, weight: $0.weight, isName: $0.kind == .name)
        }
    }

    init(_ reading: Reading, language: Language) {
        self.init(reading.question, language: language)
        articles = reading.findings.evidence.prefix(8).map { item in
            Ranked(
                article: item.article.article.id, features: item.features, best: item.passages.first)
        }
        signals = reading.findings.signals
        decisions = reading.decisions
        relation = reading.relation
        candidates = reading.candidates.map(Candidate.init)
    }
}
