import Foundation
import News
import Storage
import Testing

@Suite struct ChatTests {
    let store: NewsStore

    init() throws { store = try NewsStore.inMemory() }

    private func entry(_ key: String, _ fingerprint: String? = nil, lane: String = "t:1") -> InboxEntry {
        InboxEntry(channel: "t", key: key, fingerprint: fingerprint, lane: lane, content: "Who \u{0}?")
    }

    private func message(_ key: String, about: String? = "m") -> OutboxEntry {
        OutboxEntry(channel: "t", key: key, lane: "t:1", about: about, content: "Ann")
    }

    @Test func `a delivery is taken in once, by its key and by its fingerprint`() async throws {
        #expect(try await store.receive([entry("1", "f"), entry("2", "g")], at: moment()) == [1, 2])
        let again = try await store.receive([entry("1", "f"), entry("3", "g"), entry("4")], at: moment())
        #expect(again.map { $0 != nil } == [false, false, true])
        #expect(try await store.unanswered(after: 2, limit: 9).map(\.row) == again.compactMap(\.self))
        #expect(try await store.receive([], at: moment()) == [])
        #expect(try await store.unanswered(after: 0, limit: 9).map(\.key) == ["1", "2", "4"])
        #expect(try await store.unanswered(after: 1, limit: 1).map(\.key) == ["2"])
    }

    @Test func `keys of other platforms are others`() async throws {
        var other = entry("1", "f")
        other.channel = "u"
        #expect(try await store.receive([entry("1", "f"), other], at: moment()).count { $0 != nil } == 2)
    }

    @Test func `an answer leaves the inbox as it enters the outbox, and its text goes when it is sent`()
        async throws
    {
        _ = try await store.receive([entry("1")], at: moment())
        let waiting = try #require(await store.unanswered(after: 0, limit: 9).first)
        #expect(waiting.content == "Who \u{0}?" && waiting.since == moment())
        let rows = try await store.answered(
            waiting.row, with: [message("a"), message("b")], thread: ("t:1", "7"), at: moment(1))
        #expect(try await store.unanswered(after: 0, limit: 9).isEmpty)
        #expect(try await store.unsent(after: 0, limit: 9).map(\.row) == rows)
        #expect(try await store.chat("t:1", thread: "7").ownsThread)
        #expect(try await !store.chat("t:1", thread: "8").ownsThread)
        try await store.beginSending(rows[0])
        #expect(try await store.unsent(after: 0, limit: 9).map(\.attempts) == [1, 0])
        try await store.noteRefusal(rows[0])
        #expect(try await store.unsent(after: 0, limit: 9).map(\.attempts) == [0, 0])
        try await store.settle(rows[0], message: "99", at: moment(2))
        try await store.settle(rows[1], message: nil, failure: "blocked", at: moment(2))
        #expect(try await store.unsent(after: 0, limit: 9).isEmpty)
        #expect(try await store.sentMessage(rows[0]) == "99")
        #expect(try await store.sentMessage(rows[1]) == nil)
        #expect(try await store.answers(to: "m", lane: "t:1") == [rows[0]])
        let backlog = try await store.chatBacklog()
        #expect(backlog.unanswered == 0 && backlog.unsent == 0)
    }

    @Test func `an answer that is made again after a crash is not sent twice`() async throws {
        _ = try await store.receive([entry("1")], at: moment())
        let first = try await store.answered(1, with: [message("a")], at: moment())
        #expect(try await store.answered(1, with: [message("a")], at: moment()) == first)
        #expect(try await store.unsent(after: 0, limit: 9).count == 1)
    }

    @Test func `many commit together, and one that fails is undone alone`() async throws {
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 0..<200 {
                let one = entry("\(number % 150)")
                tasks.addTask { try await store.receive([one], at: moment()).count { $0 != nil } }
            }
            var sum = 0
            for try await count in tasks { sum += count }
            #expect(sum == 150)
        }
        #expect(try await store.unanswered(after: 0, limit: 999).count == 150)
    }

    @Test func `what is forgotten is the person's alone`() async throws {
        let turn = Turn(question: "Q", standalone: "Q", answer: "A", articles: [], askedAt: moment())
        for key in ["t/1/c/", "t/1/d/", "t/12/c/", "u/1/c/"] {
            try await store.append(turn, conversation: key)
        }
        for person in ["t:1", "t:12"] {
            try await store.keep(
                Subscription(
                    channel: "t", lane: "t:1", person: person, topic: "x", minute: nil, language: "en",
                    address: "", lastSequence: 0))
        }
        try await store.forget(conversationsFrom: "t/1/", person: "t:1", lane: "t:1")
        for (key, count) in [("t/1/c/", 0), ("t/1/d/", 0), ("t/12/c/", 1), ("u/1/c/", 1)] {
            #expect(try await store.turns(conversation: key, limit: 9).count == count, "\(key)")
        }
        #expect(try await store.subscriptions().map(\.person) == ["t:12"])
    }

    @Test func `a delivery of somebody who is forgotten is still known when it comes again`() async throws {
        _ = try await store.receive([entry("1")], at: moment())
        try await store.answered(1, with: [message("a", about: "7")], at: moment())
        try await store.settle(1, message: "m", at: moment())
        #expect(try await store.answers(to: "7", lane: "t:1") == [1])
        try await store.forget(conversationsFrom: "t/1/", person: "t:1", lane: "t:1")
        #expect(try await store.answers(to: "7", lane: "t:1").isEmpty)
        #expect(try await store.receive([entry("1")], at: moment()) == [nil])
    }

    @Test func `a subscription is kept once and fulfilled together with its message`() async throws {
        var wish = Subscription(
            channel: "t", lane: "t:1", person: "t:1", topic: "", minute: 480, language: "en", address: "a",
            lastSequence: 3)
        try await store.keep(wish)
        wish.minute = 500
        try await store.keep(wish)
        var kept = try #require(await store.subscriptions().first)
        #expect(kept.minute == 500 && kept.row > 0)
        kept.lastDay = "2025-07-18"
        try await store.fulfil(kept, with: [message("digest", about: nil)], at: moment())
        #expect(try await store.subscriptions() == [kept])
        #expect(try await store.unsent(after: 0, limit: 9).map(\.key) == ["digest"])
        #expect(try await store.unsubscribe(person: "t:1", lane: "t:1", topic: "other") == 0)
        #expect(try await store.unsubscribe(person: "t:1", lane: "t:1", topic: nil) == 1)
        try await store.fulfil(kept, with: [message("late", about: nil)], at: moment())
        #expect(try await store.unsent(after: 0, limit: 9).count == 1)
    }

    @Test func `old deliveries and turns go, what still waits stays`() async throws {
        _ = try await store.receive([entry("1"), entry("2")], at: moment())
        try await store.answered(1, with: [], at: moment())
        let turn = Turn(question: "Q", standalone: "Q", answer: "A", articles: [], askedAt: moment())
        for key in ["t/1", "api:1"] { try await store.append(turn, conversation: key) }
        try await store.pruneChats(
            repetitions: moment(5), turns: (moment(5), ["t/"]), threads: moment(5))
        let again = try await store.receive([entry("1"), entry("2")], at: moment())
        #expect(again.count { $0 != nil } == 1)
        #expect(try await store.turns(conversation: "t/1", limit: 9).isEmpty)
        #expect(try await store.turns(conversation: "api:1", limit: 9).count == 1)
    }

    @Test func `a chat's profile is kept`() async throws {
        var profile = ChatProfile()
        #expect(try await store.chat("t:1").profile == profile)
        profile.language = "ja"
        profile.isPrivate = true
        try await store.keep(profile, lane: "t:1")
        #expect(try await store.chat("t:1").profile == profile)
    }
}
