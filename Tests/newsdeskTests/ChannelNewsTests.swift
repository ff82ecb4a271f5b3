import Answering
import Chat
import Foundation
import Ingest
import News
import Retrieval
import Storage
import Synchronization
import Testing
import Text
import Transport

@testable import newsdesk

/// A platform's API that remembers what it was sent, and refuses to change anything where it is told to.
private final class Platform: HTTPTransport {
    private let calls = Mutex<[(path: String, body: String)]>([])
    private let refusesEdits: Bool

    init(refusesEdits: Bool = false) { self.refusesEdits = refusesEdits }

    func bodies(_ method: String) -> [String] {
        calls.withLock { $0.filter { $0.path.hasSuffix("/" + method) }.map(\.body) }
    }

    func send(_ request: Transport.HTTPRequest) async throws(TransportError) -> Transport.HTTPResponse {
        let count = calls.withLock { calls in
            calls.append((request.url, String(decoding: request.body ?? [], as: UTF8.self)))
            return calls.count
        }
        let isRefused = refusesEdits && request.url.hasSuffix("/editMessageText")
        let body = isRefused ? #"{"ok":false}"# : #"{"ok":true,"result":{"message_id":\#(1000 + count)}}"#
        let pieces = Mutex([Array(body.utf8)])
        return Transport.HTTPResponse(
            status: isRefused ? 400 : 200,
            body: ResponseBody(pull: { () async throws(TransportError) -> [UInt8]? in
                pieces.withLock { $0.popLast() }
            }))
    }
}

/// What channels bring, and what becomes of answers when it changes.
@Suite struct ChannelNewsTests {
    private struct Stage: Sendable {
        let newsroom: Newsroom
        let switchboard: Switchboard
        let platform: Platform
        let channels: [any Chat.Channel]

        func deliver(_ update: String) async throws {
            _ = try await switchboard.receive(
                ChannelRequest(headers: [("X-Telegram-Bot-Api-Secret-Token", "s")], body: Array(update.utf8)),
                on: channels[0])
        }

        func ask(_ text: String, update: Int) async throws {
            try await deliver(
                #"{"update_id":\#(update),"message":{"message_id":\#(update),"date":1763000000,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"language_code":"en"},"text":"\#(text)"}}"#
            )
            try await settle()
        }

        func post(_ fields: String, update: Int, kind: String = "channel_post") async throws {
            try await deliver(
                #"{"update_id":\#(update),"\#(kind)":{"date":1762990000,"chat":{"id":-1007,"type":"channel","title":"Tarn Wire","username":"tarn"},\#(fields)}}"#
            )
            try await settle()
        }

        func transaction(_ number: Int, _ event: String) async throws {
            _ = try await switchboard.receive(
                ChannelRequest(
                    method: "PUT", path: "/_matrix/app/v1/transactions/\(number)",
                    headers: [("Authorization", "Bearer s")],
                    body: Array(
                        #"{"events":[{"event_id":"$\#(number)","room_id":"!r:x","origin_server_ts":1762990000000,"sender":"@a:x",\#(event)}]}"#
                            .utf8)), on: channels[1])
            try await settle()
        }

        func settle() async throws {
            while true {
                let backlog = try await newsroom.store.chatBacklog()
                if backlog.unanswered == 0, backlog.unsent == 0 { return }
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        var articles: [Article] {
            get async throws { try await newsroom.store.latest(limit: 99).map(\.article) }
        }
    }

    private func withStage(
        corrects: Bool = true, refusesEdits: Bool = false,
        _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom(archive: false)
        let secret = try #require(ChannelSecret(["s"]))
        let channels: [any Chat.Channel] = [
            TelegramChannel(secret: secret, botName: "NewsBot", token: "42:t", apiURL: "http://t"),
            MatrixChannel(secret: secret, userID: "@bot:x"),
        ]
        var configuration = ChatConfiguration()
        configuration.newsChannels = ["telegram:@tarn", "matrix:!r:x"]
        configuration.correctsAnswers = corrects
        let platform = Platform(refusesEdits: refusesEdits)
        let switchboard = Switchboard(
            channels: channels, answerer: newsroom.answerer, store: newsroom.store, index: newsroom.index,
            texts: newsroom.texts, transport: platform, configuration: configuration, now: newsroom.now,
            logger: newsroom.logger, onNews: { try await newsroom.take($0, from: $1) })
        let stage = Stage(
            newsroom: newsroom, switchboard: switchboard, platform: platform, channels: channels)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await switchboard.run() }
            defer { switchboard.stop() }
            try await body(stage)
        }
        await newsroom.close()
    }

    @Test func `an album is one article, whatever piece is captioned or changed`() async throws {
        try await withStage { stage in
            try await stage.post(#""message_id":30,"media_group_id":"g","photo":[]"#, update: 1)
            #expect(try await stage.articles.isEmpty)
            try await stage.post(
                #""message_id":31,"media_group_id":"g","photo":[],"caption":"The mill opens\n\nIt opens on 3 December.""#,
                update: 2)
            try await stage.post(
                #""message_id":32,"media_group_id":"g","photo":[],"caption":"A second picture shows the wheel.""#,
                update: 3)
            var articles = try await stage.articles
            #expect(articles.count == 1 && articles.first?.headline == "The mill opens")
            #expect(articles.first?.body.last == "A second picture shows the wheel.")
            #expect(articles.first?.url == "https://t.me/tarn/31")
            #expect(articles.first?.origin == "telegram:7/31")
            try await stage.post(
                #""message_id":32,"media_group_id":"g","photo":[],"caption":"The wheel is new.""#, update: 4,
                kind: "edited_channel_post")
            articles = try await stage.articles
            #expect(articles.count == 1 && articles.first?.body.last == "The wheel is new.")
        }
    }

    @Test func `a room's posts are followed as they change and go`() async throws {
        try await withStage { stage in
            try await stage.transaction(
                1,
                #""type":"m.room.message","content":{"msgtype":"m.notice","body":"The mill opens\n\nOn 3 December."}"#
            )
            #expect(try await stage.articles.map(\.body) == [["On 3 December."]])
            #expect(try await stage.articles.first?.source == "matrix:!r:x")
            for (number, day) in [(2, 9), (3, 3), (4, 9)] {
                try await stage.transaction(
                    number,
                    #""type":"m.room.message","content":{"msgtype":"m.text","body":"*","m.new_content":{"msgtype":"m.text","body":"The mill opens\n\nOn \#(day) December."},"m.relates_to":{"rel_type":"m.replace","event_id":"$1"}}"#
                )
                #expect(try await stage.articles.map(\.body) == [["On \(day) December."]])
            }
            let known = try await stage.newsroom.store.feeds()
            #expect(known.map(\.url) == ["matrix:!r:x"] && known.first?.progress.lastNewAt == Workspace.now)
            try await stage.transaction(5, #""type":"m.room.redaction","redacts":"$1","content":{}"#)
            #expect(try await stage.articles.isEmpty)
        }
    }

    private static let question = "When does the bridge of Tarn open?"

    private func bridge(_ day: String) -> Article {
        Article(
            id: "bridge", source: "Tarn Wire", language: .english,
            publishedAt: Workspace.now.addingTimeInterval(-7200), headline: "The bridge of Tarn is ready",
            body: ["The bridge of Tarn opens on \(day).", "Nobody has to pay for it."], origin: "test:bridge")
    }

    private func commit(_ stage: Stage, _ day: String, later: TimeInterval) async throws {
        _ = try await stage.newsroom.store.commit([bridge(day)], at: Workspace.now.addingTimeInterval(later))
        try await stage.newsroom.index.refresh()
    }

    @Test func `an answer is corrected where it stands, once for each change`() async throws {
        try await withStage { stage in
            try await stage.switchboard.correctAnswers()
            try await commit(stage, "3 December 2025", later: -60)
            try await stage.ask(Self.question, update: 1)
            let sent = try #require(stage.platform.bodies("sendMessage").first)
            #expect(sent.contains("3 December 2025"))
            try await stage.switchboard.correctAnswers()
            #expect(stage.platform.bodies("editMessageText").isEmpty)

            try await commit(stage, "9 December 2025", later: 60)
            for _ in 0..<2 {
                try await stage.switchboard.correctAnswers()
                try await stage.settle()
            }
            var edits = stage.platform.bodies("editMessageText")
            #expect(edits.count == 1 && edits.first?.contains("Correction") == true)
            #expect(edits.first?.contains("9 December 2025") == true, "\(edits)")

            #expect(try await stage.newsroom.store.delete(id: "bridge", at: Workspace.now + 120))
            try await stage.newsroom.index.refresh()
            for _ in 0..<2 {
                try await stage.switchboard.correctAnswers()
                try await stage.settle()
            }
            edits = stage.platform.bodies("editMessageText")
            #expect(edits.count == 2 && edits.last?.contains("taken back") == true, "\(edits)")
            let places = Set(edits.compactMap { $0.firstMatch(of: /"message_id":(\d+)/)?.output.1 })
            #expect(places.count == 1, "\(edits)")
            #expect(stage.platform.bodies("sendMessage").count == 1)
        }
    }

    @Test func `what cannot be changed any more is answered`() async throws {
        try await withStage(refusesEdits: true) { stage in
            try await stage.switchboard.correctAnswers()
            try await commit(stage, "3 December 2025", later: -60)
            try await stage.ask(Self.question, update: 1)
            try await commit(stage, "9 December 2025", later: 60)
            try await stage.switchboard.correctAnswers()
            try await stage.settle()
            let sent = stage.platform.bodies("sendMessage")
            #expect(sent.count == 2 && sent.last?.contains("Correction") == true)
        }
    }

    @Test func `answers that were forgotten, or when nobody wants it, are left alone`() async throws {
        for corrects in [true, false] {
            try await withStage(corrects: corrects) { stage in
                try await stage.switchboard.correctAnswers()
                try await commit(stage, "3 December 2025", later: -60)
                try await stage.ask(Self.question, update: 1)
                if corrects { try await stage.ask("/forget", update: 2) }
                try await commit(stage, "9 December 2025", later: 60)
                try await stage.switchboard.correctAnswers()
                try await stage.settle()
                #expect(stage.platform.bodies("editMessageText").isEmpty)
            }
        }
    }

    @Test(arguments: [
        (Language.english, "nothing new since", "cannot be read"),
        (.traditionalChinese, "一直沒有新消息", "目前無法讀取"), (.simplifiedChinese, "一直没有新消息", "目前无法读取"),
    ])
    func `an answer says when a source that it leans on has lapsed`(
        _ language: Language, _ silent: String, _ failing: String
    ) async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom(archive: false)
        var article = bridge("3 December 2025")
        article.origin = "https://tarn.example/feed#1"
        _ = try await newsroom.store.commit([article], at: Workspace.now)
        try await newsroom.index.refresh()
        var feed = FeedSubscription(
            url: "https://tarn.example/feed", name: "Tarn Wire", addedAt: Workspace.now)
        func document() async throws -> AnswerDocument {
            AnswerDocument(
                try await newsroom.answerer.answer(Inquiry(question: Self.question, language: language)))
        }
        #expect(try await document().lapses == nil)
        feed.progress.lastReadAt = Workspace.now
        feed.progress.rhythm = 3600
        feed.progress.lastNewAt = Workspace.now.addingTimeInterval(-3 * 86_400)
        _ = try await newsroom.store.add(feed)
        let quiet = try await document()
        #expect(
            quiet.answer.contains(silent) && quiet.lapses?.first?.condition == "silent", "\(quiet.answer)")
        #expect(try AnswerDocument(json: quiet.json()).content?.lapses.first?.source == "Tarn Wire")
        feed.progress.failures = 3
        feed.progress.lastError = "down"
        _ = try await newsroom.store.update(feed, knownBy: feed.url)
        #expect(try await document().answer.contains(failing))
        feed.progress.failures = 0
        feed.progress.lastNewAt = Workspace.now
        _ = try await newsroom.store.update(feed, knownBy: feed.url)
        #expect(try await document().lapses == nil)
        await newsroom.close()
    }
}
