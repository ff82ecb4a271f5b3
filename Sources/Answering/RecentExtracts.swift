import Foundation
import News
import Retrieval
import Synchronization
import Text

/// What was made of the questions of the last minute, so that what many ask at once is worked out once.
enum RecentExtracts {
    /// What the words of a question are read by.
    struct Key: Sendable, Hashable {
        /// As typed, but for what leads in to it.
        var text: String
        /// The language that it is read in.
        var asked: Language
        /// The language of the answer.
        var language: Language
        /// The number of citations that was asked for.
        var top: Int?
        /// What it leans on: many follow the same answer by the same question, by its buttons above all.
        var followUp: FollowUp?
    }

    /// A question as it was understood, and the extract that answers it.
    final class Prepared: Sendable {
        let question: Question
        let evidence: [Evidence]
        /// In its template; what is known of the sources' state is not in it yet.
        let answer: Answer
        let why: Why

        init(question: Question, evidence: [Evidence], answer: Answer, why: Why) {
            var why = why
            why.engine = answer.engine.description
            (self.question, self.evidence, self.answer, self.why) = (question, evidence, answer, why)
        }

        private let lines = Mutex<[String]?>(nil)

        /// How it came about in lines, but for the times; put together when it is first wanted, for questions of no
        /// conversation have no account.
        var account: [String] {
            if let known = lines.withLock({ $0 }) { return known }
            let fresh = why.linesButTimes
            lines.withLock { $0 = fresh }
            return fresh
        }
    }
}
