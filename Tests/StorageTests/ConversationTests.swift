import Foundation
import News
import Storage
import Testing

@Suite struct ConversationTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    private func turn(_ number: Int, _ question: String = "Who?") -> Turn {
        Turn(
            question: question, standalone: "Who sailed?", answer: "Ann [\(number)].",
            articles: ["a", "b,\"c\""],
            askedAt: moment(Double(number)))
    }

    @Test(arguments: [(0, []), (-1, []), (1, [5]), (3, [3, 4, 5]), (9, [1, 2, 3, 4, 5])])
    func `the newest turns come oldest first`(limit: Int, expected: [Int]) async throws {
        for number in 1...5 { try await store.append(turn(number), conversation: "c") }
        #expect(try await store.turns(conversation: "c", limit: limit) == expected.map { turn($0) })
    }

    @Test func `turns keep the order in which they came, whatever their times`() async throws {
        for number in [3, 1, 2] { try await store.append(turn(number), conversation: "c") }
        #expect(try await store.turns(conversation: "c", limit: 9) == [turn(3), turn(1), turn(2)])
    }

    @Test func `conversations are apart`() async throws {
        let keys = ["c", "C", "c ", "", "c\u{0}", "c\u{0}1", "c\u{FFFF}0", "會話"]
        for (number, key) in keys.enumerated() {
            try await store.append(turn(number, "With \u{0} from \(number)"), conversation: key)
        }
        for (number, key) in keys.enumerated() {
            let expected = [turn(number, "With \u{0} from \(number)")]
            #expect(try await store.turns(conversation: key, limit: 9) == expected, "\(key.debugDescription)")
        }
    }

    @Test func `a forgotten conversation is empty and may begin again`() async throws {
        for key in ["c", "d"] { try await store.append(turn(1), conversation: key) }
        try await store.forget(conversation: "c")
        try await store.forget(conversation: "unknown")
        #expect(try await store.turns(conversation: "c", limit: 9).isEmpty)
        #expect(try await store.turns(conversation: "d", limit: 9) == [turn(1)])
        try await store.append(turn(2), conversation: "c")
        #expect(try await store.turns(conversation: "c", limit: 9) == [turn(2)])
    }
}

@Suite struct FeedbackTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    private func turn(_ question: String) -> Turn {
        Turn(question: question, standalone: question, answer: "A.", articles: [], askedAt: moment(1))
    }

    @Test func `the newest answer is judged, or the one that is named`() async throws {
        let first = try await store.append(turn("1"), conversation: "c")
        let second = try await store.append(turn("2"), conversation: "c")
        #expect(first != second)
        #expect(try await store.keep(Feedback(.bad, remark: "old \u{0} news"), conversation: "c"))
        #expect(try await store.keep(Feedback(.good), turn: first, conversation: "c"))
        let rated = try await store.ratedTurns(context: 5)
        #expect(rated.map(\.feedback) == [Feedback(.good), Feedback(.bad, remark: "old \u{0} news")])
        #expect(rated.map { $0.turns.map(\.question) } == [["1"], ["1", "2"]])
        #expect(try await store.ratedTurns(.bad).map { $0.turns.map(\.question) } == [["2"]])
        #expect(try await store.keep(Feedback(.good), turn: second, conversation: "c"))
        #expect(try await store.ratedTurns(.bad).isEmpty)
    }

    @Test func `nobody judges the answers of another conversation`() async throws {
        let number = try await store.append(turn("1"), conversation: "c")
        #expect(try await !store.keep(Feedback(.bad), turn: number, conversation: "d"))
        #expect(try await !store.keep(Feedback(.bad), conversation: "d"))
        #expect(try await store.ratedTurns().isEmpty)
    }

    @Test func `a reset conversation begins anew and stays on record until it is forgotten`() async throws {
        let number = try await store.append(turn("1"), account: ["a", "b"], conversation: "c")
        try await store.reset(conversation: "c")
        #expect(try await store.turns(conversation: "c", limit: 9).isEmpty)
        #expect(try await !store.keep(Feedback(.good), conversation: "c"))
        #expect(try await store.turn(number: number)?.account == ["a", "b"])
        try await store.append(turn("2"), conversation: "c")
        #expect(try await store.turns(conversation: "c", limit: 9).map(\.question) == ["2"])
        try await store.forget(conversation: "c")
        #expect(try await store.turn(number: number) == nil)
    }
}

@Suite struct ReplyTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    @Test func `the first reply to a delivery stays`() async throws {
        #expect(try await store.reply(key: "k") == nil)
        #expect(try await store.record(reply: "first", key: "k", at: moment()) == "first")
        #expect(try await store.record(reply: "second", key: "k", at: moment(1)) == "first")
        #expect(try await store.reply(key: "k") == "first")
        #expect(try await store.reply(key: "K") == nil)
    }

    @Test func `replies are kept to the last byte`() async throws {
        let reply = "{\"text\":\"\u{0}港口\u{FFFF}\"}\n"
        #expect(try await store.record(reply: reply, key: "k\u{0}1", at: moment()) == reply)
        #expect(try await store.reply(key: "k\u{0}1") == reply)
        #expect(try await store.reply(key: "k") == nil)
    }

    @Test func `one of many that answer at once is first for all`() async throws {
        let store = store
        let replies = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask { try await store.record(reply: "\(number)", key: "k", at: moment()) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(replies.count == 1)
        #expect(try await store.reply(key: "k") == replies.first)
    }

    @Test func `old replies are pruned and may be given anew`() async throws {
        for age in 0..<4 { _ = try await store.record(reply: "r", key: "\(age)", at: moment(Double(age))) }
        try await store.pruneReplies(before: moment(2))
        var left: [String] = []
        for age in 0..<4 where try await store.reply(key: "\(age)") != nil { left.append("\(age)") }
        #expect(left == ["2", "3"])
        #expect(try await store.record(reply: "again", key: "0", at: moment(9)) == "again")
    }
}
