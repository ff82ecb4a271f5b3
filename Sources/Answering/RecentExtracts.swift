import Foundation
import News
import Retrieval
import Synchronization
import Text

/// What was made of the questions of the last minute, so that what many ask at once is worked out once.
///
/// What a question that stands alone comes to follows from its words, the archive and the time. As long as no article comes
/// or goes, the same words come to the same for a minute, and not beyond the end of a day. Bounded: while it is full, what
/// else is asked is worked out each time.
final class RecentExtracts: Sendable {
    /// What the words of a question are read by.
    struct Key: Sendable, Hashable {
        /// As typed.
        var text: String
        /// The language that it is read in.
        var asked: Language
        /// The language of the answer.
        var language: Language
        /// The number of citations that was asked for.
        var top: Int?
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

    private struct State {
        var cursor: Int64 = -1
        var all: [Key: (prepared: Prepared, time: Date)] = [:]
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Room for so many questions.
    init(capacity: Int) { self.capacity = capacity }

    /// What was made of a question a moment ago, from the archive as it is; nil where it was not asked.
    func prepared(_ key: Key, cursor: Int64, at time: Date) -> Prepared? {
        state.withLock { state in
            guard state.cursor == cursor, let known = state.all[key], Self.holds(known.time, at: time) else {
                return nil
            }
            return known.prepared
        }
    }

    /// Keeps what was made of a question.
    ///
    /// - Complexity: O(1), or O(capacity) where there is no room.
    func keep(_ prepared: Prepared, for key: Key, cursor: Int64, at time: Date) {
        state.withLock { state in
            if state.cursor != cursor { state = State(cursor: cursor) }
            if state.all.count >= capacity {
                state.all = state.all.filter { Self.holds($0.value.time, at: time) }
            }
            if state.all.count < capacity { state.all[key] = (prepared, time) }
        }
    }

    private static func holds(_ then: Date, at time: Date) -> Bool {
        // In every time zone days end with a quarter of an hour.
        func quarter(_ time: Date) -> Double { (time.timeIntervalSinceReferenceDate / 900).rounded(.down) }
        return (0..<60).contains(time.timeIntervalSince(then)) && quarter(then) == quarter(time)
    }
}
