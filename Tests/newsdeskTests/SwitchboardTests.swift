import Answering
import Chat
import Foundation
import Ingest
import LLM
import Logging
import News
import Retrieval
import Storage
import Synchronization
import Testing
import Text
import Transport

@testable import newsdesk

/// A platform's API that answers as told and remembers what it was sent.
private final class FakePlatform: HTTPTransport {
    struct Call: Sendable {
        var method: String
        var path: String
        var body: [String: String]
        var raw: String
    }

    private struct State {
        var calls: [Call] = []
        var answers: [(path: String, status: Int, body: String)] = []
    }

    private let state = Mutex(State())

    /// The next call whose path ends so gets this answer.
    func fail(_ path: String, _ status: Int, _ body: String) {
        state.withLock { $0.answers.append((path, status, body)) }
    }

    /// The calls whose path ends so.
    func calls(_ path: String) -> [Call] { state.withLock { $0.calls.filter { $0.path.hasSuffix(path) } } }

    func send(_ request: Transport.HTTPRequest) async throws(TransportError) -> Transport.HTTPResponse {
        let raw = String(decoding: request.body ?? [], as: UTF8.self)
        let object = try? JSONSerialization.jsonObject(with: Data(request.body ?? [])) as? [String: Any]
        let call = Call(
            method: request.method.rawValue, path: request.url,
            body: (object ?? [:]).mapValues { "\($0)" }, raw: raw)
        let (status, body) = state.withLock { state in
            state.calls.append(call)
            if let index = state.answers.firstIndex(where: { request.url.hasSuffix($0.path) }) {
                let answer = state.answers.remove(at: index)
                return (answer.status, answer.body)
            }
            return (200, #"{"ok":true,"result":{"message_id":\#(1000 + state.calls.count)}}"#)
        }
        let bytes = Mutex<[UInt8]?>(Array(body.utf8))
        return Transport.HTTPResponse(
            status: status,
            body: ResponseBody(pull: { () throws(TransportError) in
                bytes.withLock { rest in
                    defer { rest = nil }
                    return rest
                }
            }))
    }
}

/// A model that always says the same; with a pause it says so word by word.
private struct ScriptedModel: LanguageModel {
    let name = "scripted"
    let text: String
    var pause: Duration?

    func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, onText: @escaping @Sendable (String) -> Void
    ) async throws(CompletionError) -> Completion {
        if let pause {
            var said = ""
            for word in text.split(separator: " ", omittingEmptySubsequences: false) {
                said += said.isEmpty ? word : " " + word
                onText(said)
                do { try await Task.sleep(for: pause) } catch { throw .cancelled }
            }
        }
        return try await complete(prompt, deadline: deadline)
    }

    func complete(_ prompt: Prompt, deadline: ContinuousClock.Instant) async throws(CompletionError)
        -> Completion
    {
        Completion(text: text, provider: name, model: name)
    }
}

@Suite struct SwitchboardTests {
    private static let merge = "When did the Ethereum Merge happen?"

    /// A switchboard for Telegram that runs for as long as `body` takes.
    private func withSwitchboard(
        _ workspace: Workspace = Workspace(), archive: Bool = true, model: (any LanguageModel)? = nil,
        _ change: (inout ChatConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let newsroom = try await workspace.newsroom(archive: archive)
        let secret = try #require(ChannelSecret(["secret"]))
        let telegram = TelegramChannel(secret: secret, botName: "NewsBot", token: "42:t", apiURL: "http://t")
        var configuration = ChatConfiguration()
        configuration.newsChannels = ["telegram:-1007"]
        change(&configuration)
        let platform = FakePlatform()
        let answerer =
            model.map {
                Answerer(
                    index: newsroom.index, store: newsroom.store, prompts: newsroom.prompts, model: $0,
                    now: newsroom.now, logger: newsroom.logger)
            } ?? newsroom.answerer
        let news = Mutex<[String]>([])
        let switchboard = Switchboard(
            channels: [telegram], answerer: answerer, store: newsroom.store, index: newsroom.index,
            texts: newsroom.texts, transport: platform, configuration: configuration, now: newsroom.now,
            logger: newsroom.logger, onNews: { event, _ in news.withLock { $0.append(event.text ?? "") } })
        let stage = Stage(
            switchboard: switchboard, telegram: telegram, platform: platform, newsroom: newsroom,
            news: { news.withLock { $0 } })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await switchboard.run() }
            defer { switchboard.stop() }
            try await body(stage)
        }
        await newsroom.close()
    }

    fileprivate struct Stage: Sendable {
        let switchboard: Switchboard
        let telegram: TelegramChannel
        let platform: FakePlatform
        let newsroom: Newsroom
        let news: @Sendable () -> [String]

        /// Delivers an update.
        func deliver(_ update: String, secret: String = "secret") async throws {
            _ = try await switchboard.receive(
                ChannelRequest(
                    headers: [("X-Telegram-Bot-Api-Secret-Token", secret)], body: Array(update.utf8)),
                on: telegram)
        }

        /// Somebody writes in private, or in a group where `chat` is below 0.
        func write(
            _ text: String, update: Int, message: Int? = nil, chat: Int = 5, user: Int = 5, more: String = ""
        ) async throws {
            try await deliver(
                #"{"update_id":\#(update),"message":{"message_id":\#(message ?? update),"date":1763000000,"#
                    + #""chat":{"id":\#(chat),"type":"\#(chat < 0 ? "group" : "private")"},"#
                    + #""from":{"id":\#(user),"is_bot":false,"language_code":"en"},"text":"\#(text)"\#(more)}}"#
            )
        }

        /// Somebody presses a button.
        func press(_ data: String, update: Int, chat: Int = 5, user: Int = 5) async throws {
            try await deliver(
                #"{"update_id":\#(update),"callback_query":{"id":"q\#(update)","from":{"id":\#(user),"is_bot":false},"#
                    + #""data":"\#(data)","message":{"message_id":1001,"chat":{"id":\#(chat),"#
                    + #""type":"\#(chat < 0 ? "group" : "private")"}}}}"#)
        }

        /// The first `count` calls of a method, once there are as many.
        func calls(_ count: Int, of method: String = "sendMessage") async throws -> [FakePlatform.Call] {
            while true {
                let calls = platform.calls("/" + method)
                if calls.count >= count { return calls }
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        /// Waits until nothing is waiting any more.
        func settle() async throws {
            while true {
                let backlog = try await newsroom.store.chatBacklog()
                if backlog.unanswered == 0, backlog.unsent == 0 { return }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test func `a question is answered once however often it is delivered`() async throws {
        try await withSwitchboard { stage in
            for update in [1, 1, 2] { try await stage.write(Self.merge, update: update, message: 1) }
            try await stage.write("/start", update: 3)
            let calls = try await stage.calls(2)
            #expect(calls[0].body["text"]?.contains("15 September 2022") == true)
            #expect(calls[0].raw.contains(#""callback_data":"sources:1""#))
            #expect(calls[1].body["text"]?.hasPrefix("Hello!") == true)
            try await stage.settle()
            try await stage.write(Self.merge, update: 2, message: 1)
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").count == 2)
        }
    }

    @Test func `what the platform fails to take is sent again, in order`() async throws {
        try await withSwitchboard(archive: false) { stage in
            stage.platform.fail("/sendMessage", 429, #"{"ok":false,"parameters":{"retry_after":0}}"#)
            stage.platform.fail("/sendMessage", 500, "")
            try await stage.write("/nosuch1", update: 1)
            try await stage.write("/nosuch2", update: 2)
            try await stage.settle()
            let texts = stage.platform.calls("/sendMessage").compactMap { $0.body["text"]?.prefix(20) }
            #expect(
                texts.map { String($0.dropFirst(13).prefix(7)) } == [
                    "nosuch1", "nosuch1", "nosuch1", "nosuch2",
                ])
        }
    }

    @Test func `refused markup goes once more as plain text`() async throws {
        try await withSwitchboard { stage in
            stage.platform.fail("/sendMessage", 400, #"{"description":"Bad Request: can't parse entities"}"#)
            try await stage.write(Self.merge, update: 1)
            let calls = try await stage.calls(2)
            #expect(calls[0].raw.contains("entities") && !calls[1].raw.contains("entities"))
            #expect(calls[1].body["text"]?.contains("15 September 2022") == true)
        }
    }

    @Test func `what was not answered or sent before a crash is taken up again`() async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom()
        let event =
            #"{"id":"1","kind":"message","chat":"5","user":"5","message":"1","text":"\#(Self.merge)","isMentioned":false,"isReplyToBot":false,"isForAnotherBot":false,"isPrivate":true,"isFromBot":false,"namings":[]}"#
        _ = try await newsroom.store.receive(
            [
                InboxEntry(
                    channel: "telegram", key: "1", fingerprint: nil, lane: "telegram:5", content: event)
            ], at: Workspace.now)
        await newsroom.close()
        try await withSwitchboard(workspace, archive: false) { stage in
            let calls = try await stage.calls(1)
            #expect(calls[0].body["text"]?.contains("15 September 2022") == true)
            try await stage.settle()
        }
    }

    @Test func `in groups only those who speak to the bot are answered, and bots never`() async throws {
        try await withSwitchboard(archive: false) { stage in
            let entity = #","entities":[{"type":"mention","offset":0,"length":8}]"#
            try await stage.write("/hidden", update: 1, chat: -9)
            try await stage.write("what is new?", update: 2, chat: -9)
            try await stage.write("@NewsBot /help", update: 3, chat: -9, more: entity)
            try await stage.deliver(
                #"{"update_id":4,"message":{"message_id":4,"chat":{"id":6,"type":"private"},"from":{"id":6,"is_bot":true},"text":"/start"}}"#
            )
            await #expect(throws: Chat.ChannelError.self) {
                try await stage.deliver(#"{"update_id":5}"#, secret: "wrong")
            }
            try await stage.settle()
            let calls = stage.platform.calls("/sendMessage")
            #expect(calls.count == 1 && calls.first?.body["text"]?.contains("/timeline") == true)
            #expect(calls.first?.raw.contains(#""message_id":3"#) == true)
        }
    }

    @Test func `commands do what they say, in the language of the chat`() async throws {
        try await withSwitchboard { stage in
            let said = [
                ("/language ja", "日本語"), ("/nosuch", "というコマンドはありません"), ("/language zh-Hant", "繁體中文"),
                ("/sources", "您還沒有提過問題"), ("/language auto", "跟隨提問"), ("/language tlh", "tlh"),
                ("/latest", "[1]"), ("/search monopolist", "monopol"), ("/digest", "The newest headlines"),
                ("/providers", "no language model"), ("/status", "27 articles"),
                ("/search", "needs a few words"),
                ("/subscribe daily 25:00", "no time of day"), ("/subscribe daily 08:00", "08:00"),
                ("/unsubscribe", "no more"), ("/unsubscribe", "nothing to end"),
                ("/timeline Ethereum", "Merge"), (Self.merge, "15 September 2022"),
                ("/sources", "The sources of the last answer"), ("/why", "understood as"), ("/reset", "anew"),
                ("/sources", "Nothing was asked"), ("/forget", "deleted"), ("???", "in words"),
            ]
            for (number, (command, words)) in said.enumerated() {
                try await stage.write(command, update: number + 1)
                let call = try #require(try await stage.calls(number + 1).last)
                #expect(call.body["text"]?.contains(words) == true, "\(command): \(call.body["text"] ?? "")")
            }
        }
    }

    @Test func `buttons give the sources, more, and take a verdict`() async throws {
        try await withSwitchboard { stage in
            try await stage.write(Self.merge, update: 1)
            _ = try await stage.calls(1)
            func press(_ data: String, _ update: Int) async throws {
                try await stage.deliver(
                    #"{"update_id":\#(update),"callback_query":{"id":"q\#(update)","from":{"id":5,"is_bot":false},"data":"\#(data)","message":{"message_id":1001,"chat":{"id":5,"type":"private"}}}}"#
                )
            }
            try await press("sources:1", 2)
            #expect(try await stage.calls(2)[1].body["text"]?.hasPrefix("The sources") == true)
            try await press("good:1", 3)
            let heard = try await stage.calls(2, of: "answerCallbackQuery")
            #expect(heard.map { $0.body["text"] } == [nil, "Thank you!"])
            #expect(try await stage.newsroom.store.ratedTurns().count == 1)
            try await press("more:1", 4)
            #expect(try await stage.calls(3)[2].body["text"]?.isEmpty == false)
            // Somebody else's answer is nobody's business.
            try await stage.deliver(
                #"{"update_id":9,"callback_query":{"id":"q9","from":{"id":6,"is_bot":false},"data":"sources:1","message":{"message_id":1,"chat":{"id":6,"type":"private"}}}}"#
            )
            #expect(try await stage.calls(4)[3].body["text"] == "Nothing was asked yet.")
        }
    }

    @Test func `who asks too fast is told when to come back, and the blocked are not heard`() async throws {
        try await withSwitchboard(
            archive: false,
            {
                $0.personRate = 2
                $0.blocked = ["telegram:66"]
            }
        ) { stage in
            for update in 1...3 { try await stage.write("/providers", update: update) }
            try await stage.write("/providers", update: 4, chat: 66, user: 66)
            let calls = try await stage.calls(3)
            #expect(calls[2].body["text"]?.contains("seconds") == true)
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").count == 3)
        }
    }

    @Test func `what a person asked is kept until they say forget`() async throws {
        try await withSwitchboard { stage in
            try await stage.write(Self.merge, update: 1)
            _ = try await stage.calls(1)
            let key = "telegram/5/5/"
            #expect(try await stage.newsroom.store.turns(conversation: key, limit: 9).count == 1)
            try await stage.write("/forget", update: 2)
            _ = try await stage.calls(2)
            #expect(try await stage.newsroom.store.turns(conversation: key, limit: 9).isEmpty)
        }
    }

    @Test func `a changed question changes its answer`() async throws {
        try await withSwitchboard(archive: false) { stage in
            try await stage.write("/nosuch1", update: 1, message: 7)
            _ = try await stage.calls(1)
            try await stage.settle()
            try await stage.deliver(
                #"{"update_id":2,"edited_message":{"message_id":7,"date":1763000000,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false},"text":"/nosuch2"}}"#
            )
            let edits = try await stage.calls(1, of: "editMessageText")
            #expect(edits[0].body["message_id"] != nil && edits[0].body["text"]?.contains("nosuch2") == true)
            #expect(stage.platform.calls("/sendMessage").count == 1)
        }
    }

    @Test func `the extract goes at once and the model's checked answer takes its place`() async throws {
        let model = ScriptedModel(text: "The Ethereum Merge happened on 15 September 2022 [1].")
        try await withSwitchboard(model: model, { $0.model = "scripted" }) { stage in
            try await stage.write(Self.merge, update: 1)
            let sent = try await stage.calls(1)
            #expect(sent[0].body["text"]?.contains("15 September 2022") == true)
            #expect(!sent[0].raw.contains("callback_data"))
            let edit = try await stage.calls(1, of: "editMessageText")[0]
            #expect(edit.body["text"]?.contains("scripted") == true, "\(edit.raw)")
            #expect(edit.raw.contains("good:1"))
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").count == 1)
        }
    }

    @Test func `what a model writes grows in the draft by sentences that are checked, and by no others`()
        async throws
    {
        let words =
            "The Ethereum Merge happened on 15 September 2022 [1]. Elvis Presley lit 900 candles in Paris [1]. "
            + "The Merge replaced proof of work with proof of stake [1]. And that is what is known of it."
        let model = ScriptedModel(text: words, pause: .milliseconds(60))
        try await withSwitchboard(model: model, { $0.model = "scripted" }) { stage in
            try await stage.write(Self.merge, update: 1)
            let first = try await stage.calls(1, of: "editMessageText")[0]
            let begun = try #require(first.body["text"])
            #expect(begun.contains("The Ethereum Merge happened on 15 September 2022. [1] …"), "\(begun)")
            #expect(!first.raw.contains("callback_data"))
            while !stage.platform.calls("/editMessageText").contains(where: { $0.raw.contains("good:1") }) {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await stage.settle()
            let edits = stage.platform.calls("/editMessageText")
            let last = try #require(edits.last)
            #expect(last.raw.contains("good:1"))
            #expect(
                last.body["text"]?.contains("proof of stake") == true
                    && !(last.body["text"] ?? "").contains("…"))
            #expect(edits.allSatisfy { !($0.body["text"] ?? "").contains("Elvis") })
            #expect(edits.count < 12)
            #expect(stage.platform.calls("/sendMessage").count == 1)
        }
    }

    @Test func `a draft that a crash left behind is answered after all, in its place`() async throws {
        let workspace = Workspace()
        let newsroom = try await workspace.newsroom()
        let store = newsroom.store
        let event =
            #"{"id":"1","kind":"message","chat":"5","user":"5","message":"1","text":"\#(Self.merge)","isMentioned":false,"isReplyToBot":false,"isForAnotherBot":false,"isPrivate":true,"isFromBot":false,"namings":[]}"#
        _ = try await store.receive(
            [
                InboxEntry(
                    channel: "telegram", key: "1", fingerprint: nil, lane: "telegram:5", content: event)
            ], at: Workspace.now)
        let draft = OutboxEntry(
            channel: "telegram", key: "telegram:1-0", lane: "telegram:5", about: "1", content: "{}")
        let rows = try await store.answered(nil, with: [draft], at: Workspace.now)
        try await store.settle(try #require(rows.first), message: "77", at: Workspace.now)
        await newsroom.close()
        let model = ScriptedModel(text: "The Ethereum Merge happened on 15 September 2022 [1].")
        try await withSwitchboard(workspace, archive: false, model: model, { $0.model = "scripted" }) {
            stage in
            let edit = try await stage.calls(1, of: "editMessageText")[0]
            #expect(edit.body["message_id"] == "77" && edit.raw.contains("scripted"))
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").isEmpty)
            #expect(try await stage.newsroom.store.chatBacklog().unanswered == 0)
        }
    }

    @Test func `what may be asked next is offered, and pressing it asks it`() async throws {
        try await withSwitchboard { stage in
            try await stage.write("What did OpenAI announce with Microsoft?", update: 1)
            let answer = try await stage.calls(1)[0]
            let asked = try buttons(of: answer).filter { $0.data.hasPrefix("ask:") }
            #expect((2...3).contains(asked.count), "\(asked)")
            #expect(asked.allSatisfy { $0.data.utf8.count <= 64 && $0.label.utf16.count <= 64 })
            for (place, button) in asked.enumerated() {
                try await stage.press(button.data, update: 10 + place)
                let reply = try await stage.calls(2 + place)[1 + place]
                let text = try #require(reply.body["text"])
                // What was asked stands above, and an answer with its source below.
                #expect(text.contains("[1]"), "\(button): \(text)")
                let again = try buttons(of: reply).filter { $0.data.hasPrefix("ask:") }
                #expect(again.allSatisfy { next in next.data != button.data })
            }
            try await stage.press("ask:ja:newest:", update: 30)
            #expect(try await stage.calls(asked.count + 2).last?.body["text"]?.hasPrefix("最新ニュースは？") == true)
            try await stage.press("ask:en:article:99999", update: 31)
            #expect(try await stage.calls(asked.count + 3).last?.body["text"]?.contains("[1]") == true)
        }
    }

    @Test func `in a group anybody may press a button, and elsewhere nobody`() async throws {
        try await withSwitchboard { stage in
            let entity = #","entities":[{"type":"mention","offset":0,"length":8}]"#
            try await stage.write("@NewsBot " + Self.merge, update: 1, chat: -9, user: 5, more: entity)
            _ = try await stage.calls(1)
            try await stage.press("sources:1", update: 2, chat: -9, user: 6)
            #expect(try await stage.calls(2)[1].body["text"]?.hasPrefix("The sources") == true)
            try await stage.press("good:1", update: 3, chat: -9, user: 6)
            _ = try await stage.calls(2, of: "answerCallbackQuery")
            #expect(try await stage.newsroom.store.ratedTurns().count == 1)
            try await stage.press("sources:1", update: 4, chat: -8, user: 5)
            #expect(try await stage.calls(3)[2].body["text"] == "Nothing was asked yet.")
        }
    }

    /// The buttons below a message for Telegram.
    private func buttons(of call: FakePlatform.Call) throws -> [(label: String, data: String)] {
        let object = try JSONSerialization.jsonObject(with: Data(call.raw.utf8)) as? [String: Any]
        let markup = object?["reply_markup"] as? [String: Any]
        let rows = markup?["inline_keyboard"] as? [[[String: String]]]
        return (rows ?? []).joined().map { ($0["text"] ?? "", $0["callback_data"] ?? "") }
    }

    @Test func `results are offered while somebody writes`() async throws {
        try await withSwitchboard { stage in
            try await stage.deliver(
                #"{"update_id":1,"inline_query":{"id":"99","from":{"id":7,"is_bot":false},"query":"\#(Self.merge)","offset":""}}"#
            )
            let call = try await stage.calls(1, of: "answerInlineQuery")[0]
            #expect(call.body["inline_query_id"] == "99" && call.raw.contains("15 September 2022"))
        }
    }

    @Test func `posts of the owner's channel are news and those of others are not`() async throws {
        try await withSwitchboard(archive: false) { stage in
            for (update, chat) in [(1, -1007), (2, -1008)] {
                try await stage.deliver(
                    #"{"update_id":\#(update),"channel_post":{"message_id":9,"chat":{"id":\#(chat),"type":"channel","title":"Ch"},"date":1763000000,"text":"Post \#(update)"}}"#
                )
            }
            try await stage.settle()
            #expect(stage.news() == ["Post 1"])
        }
    }

    @Test func `a post that an administrator hands on is news, and of others it is what they say`()
        async throws
    {
        let origin =
            #","forward_origin":{"type":"channel","chat":{"id":-1007,"type":"channel","title":"Ch","username":"ch"},"#
            + #""message_id":31,"date":1762000000}"#
        try await withSwitchboard(archive: false, { $0.administrators = ["telegram:7"] }) { stage in
            try await stage.write("The mill opens", update: 1, chat: 7, user: 7, more: origin)
            try await stage.write("The dam closes", update: 2, chat: 8, user: 8, more: origin)
            try await stage.settle()
            #expect(stage.news() == ["The mill opens"])
            #expect(try await stage.calls(1).map { $0.body["chat_id"] } == ["8"])
        }
    }

    @Test func `a post that is handed on becomes the article that the channel's own is`() async throws {
        let newsroom = try await Workspace().newsroom([.chatAdministrators: "telegram:7"], archive: false)
        var own = ChatEvent(id: "1", kind: .message, chat: "-1007", text: "The mill opens\n\nIt is open.")
        own.message = "31"
        own.time = Date(timeIntervalSince1970: 1_762_000_000)
        own.request = .post(channel: "Ch", name: "ch")
        own.permalink = "https://t.me/ch/31"
        var handed = ChatEvent(id: "2", kind: .message, chat: "7", text: own.text)
        handed.message = "5"
        handed.request = .forward(
            ChatEvent.Origin(channel: "-1007", title: "Ch", name: "ch", message: "31", time: own.time))
        handed.permalink = own.permalink
        for event in [own, handed] { try await newsroom.take(event, from: "telegram") }
        let articles = try await newsroom.store.latest(limit: 9)
        #expect(articles.count == 1)
        #expect(articles.first?.article.url == "https://t.me/ch/31")
        #expect(articles.first?.version == 1)
        await newsroom.close()
    }

    @Test func `a digest is sent once a day and an alert once for each article`() async throws {
        let workspace = Workspace()
        try await withSwitchboard(workspace) { stage in
            // Workspace.now is 13 November 2025, 02:13 UTC.
            try await stage.write("/subscribe daily 03:00", update: 1)
            try await stage.write("/subscribe lighthouse", update: 2)
            _ = try await stage.calls(2)
            try await stage.settle()
            let store = stage.newsroom.store
            for var wish in try await store.subscriptions() where wish.minute != nil {
                wish.minute = 60
                try await store.keep(wish)
            }
            let article =
                #"{"id":"skarv","title":"The lighthouse of Skarv is sold","source":"Quay Times","published_at":"2025-11-12T07:42:00Z","text":"The lighthouse of Skarv was sold."}"#
            _ = try await stage.newsroom.ingestor.ingest(
                jsonLines: Array(article.utf8), origin: "test", now: Workspace.now)
            try await stage.newsroom.index.refresh()
            for _ in 0..<3 { try await stage.switchboard.fulfilSubscriptions() }
            let texts = try await stage.calls(4).compactMap { $0.body["text"] }
            #expect(texts[2].hasPrefix("The newest headlines:"))
            #expect(texts[3].hasPrefix("News on “lighthouse”:") && texts[3].contains("Skarv"))
            try await stage.settle()
        }
        try await withSwitchboard(workspace, archive: false) { stage in
            try await stage.switchboard.fulfilSubscriptions()
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").isEmpty)
        }
    }

    @Test func `a change of who receives questions is announced once, in the language of each chat`()
        async throws
    {
        let workspace = Workspace()
        let changes = [
            SubprocessorChange(.added, name: "acme", model: "m-1", region: "eu", receivesAll: false),
            SubprocessorChange(.removed, name: "old", model: "m-0", region: "", receivesAll: true),
        ]
        @Sendable func announce(_ stage: Stage) async throws -> Set<String> {
            try await stage.switchboard.announce(
                Announcement(
                    .subprocessors(changes), to: ["telegram:5", "telegram:-9", "slack:C1", "nowhere"],
                    key: "subprocessors-2"))
        }
        try await withSwitchboard(workspace) { stage in
            try await stage.write("/language zh-Hant", update: 1)
            _ = try await stage.calls(1)
            try await stage.settle()
            for _ in 0..<2 { #expect(try await announce(stage) == ["slack:C1", "nowhere"]) }
            let said = try await stage.calls(3).dropFirst().map {
                [$0.body["chat_id"] ?? "", $0.body["text"] ?? ""]
            }
            #expect(
                Set(said) == [
                    [
                        "-9",
                        """
                        Outside services that receive what is asked here have changed:

                        • New: acme (m-1, eu), which receives the question and passages of articles
                        • No longer: old
                        """,
                    ],
                    [
                        "5",
                        """
                        會收到這裡提問內容的外部服務有變動：

                        • 新增：acme（m-1，eu），會收到問題和文章段落
                        • 移除：old
                        """,
                    ],
                ])
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").count == 3)
        }
        try await withSwitchboard(workspace, archive: false) { stage in
            _ = try await announce(stage)
            try await stage.settle()
            #expect(stage.platform.calls("/sendMessage").isEmpty)
        }
    }
}
