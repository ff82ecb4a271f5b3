public import Answering

/// Where a batch gets its answers: this process or a server.
public protocol AnswerSource: Sendable {
    /// The reply to one question; a dialogue's questions share the inquiry's conversation.
    func answer(_ inquiry: Inquiry) async throws -> BatchReply
}

/// Asks the questions of dialogues and compares the answers with what is expected.
public struct BatchRunner: Sendable {
    private let source: any AnswerSource
    private let jobs: Int
    private let run: String

    /// A runner over a source.
    ///
    /// - Parameters:
    ///   - source: who answers.
    ///   - jobs: how many dialogues run side by side, at least 1.
    ///   - run: a name for this run that no other has, because every dialogue is a conversation of its own.
    public init(source: any AnswerSource, jobs: Int, run: String) {
        self.source = source
        self.jobs = max(1, jobs)
        self.run = run
    }

    /// Runs dialogues; those of one dialogue in order.
    ///
    /// - Parameters:
    ///   - dialogues: what to ask and what to expect.
    ///   - progress: told of every finished dialogue, in any order.
    /// - Returns: the report, in the order of the batch.
    public func report(
        on dialogues: [Dialogue],
        progress: @escaping @Sendable (BatchReport.DialogueResult) -> Void = { _ in }
    ) async -> BatchReport {
        await withTaskGroup(of: (Int, BatchReport.DialogueResult).self) { group in
            var results: [Int: BatchReport.DialogueResult] = [:]
            var next = 0
            func start() {
                guard next < dialogues.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await result(of: dialogues[index], number: index + 1)) }
            }
            for _ in 0..<jobs { start() }
            for await (index, result) in group {
                results[index] = result
                progress(result)
                start()
            }
            return BatchReport(dialogues: dialogues.indices.compactMap { results[$0] })
        }
    }

    private func result(of dialogue: Dialogue, number: Int) async -> BatchReport.DialogueResult {
        var turns: [BatchReport.TurnResult] = []
        for turn in dialogue.turns {
            let inquiry = Inquiry(question: turn.question, conversation: "batch:\(run):\(number)")
            do {
                let reply = try await source.answer(inquiry)
                turns.append(
                    BatchReport.TurnResult(
                        turn: turn, reply: reply, failures: turn.expectation.failures(of: reply)))
            } catch {
                turns.append(
                    BatchReport.TurnResult(turn: turn, reply: nil, failures: ["no answer: \(error)"]))
            }
        }
        return BatchReport.DialogueResult(name: dialogue.name, turns: turns)
    }
}

/// What came of a batch.
public struct BatchReport: Sendable, Hashable {
    /// One result a dialogue, in the order of the batch.
    public var dialogues: [DialogueResult]

    /// The number of questions asked.
    public var questions: Int { dialogues.reduce(0) { $0 + $1.turns.count } }
    /// The number of questions whose answers lack something.
    public var failed: Int { dialogues.reduce(0) { $0 + $1.turns.count { !$0.failures.isEmpty } } }

    /// What came of one dialogue.
    public struct DialogueResult: Sendable, Hashable {
        /// The dialogue's name.
        public var name: String
        /// One result a turn, in order.
        public var turns: [TurnResult]
    }

    /// What came of one question.
    public struct TurnResult: Sendable, Hashable {
        /// The question and what was expected.
        public var turn: Dialogue.Turn
        /// What was answered; nil when there was an error.
        public var reply: BatchReply?
        /// What is wrong with it; empty when nothing is.
        public var failures: [String]
    }
}
