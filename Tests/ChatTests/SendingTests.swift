import Foundation
import Testing
import Transport

@testable import Chat

@Suite struct SendingTests {
    private static let start = Date(timeIntervalSince1970: 1_795_400_000)
    private static let secret = ChannelSecret(["secret"])
    private static let document = ReplyDocument(
        [.paragraph([.text("It was sold for 3 < 4 million"), .citation(1), .text(".")])],
        sources: [.init(number: 1, title: "Sold — Quay Times", url: "https://quay.example/1")])

    private static func channel(_ name: String) throws -> any Channel {
        let secret = try #require(secret)
        switch name {
        case "telegram":
            return TelegramChannel(secret: secret, botName: "NewsBot", token: "42:t", apiURL: "http://api")
        case "slack": return SlackChannel(secret: secret, token: "xoxb", apiURL: "http://api")
        case "discord":
            return try #require(
                DiscordChannel(
                    publicKey: String(repeating: "0", count: 63) + "1", applicationID: "77", botToken: "bt",
                    apiURL: "http://api"))
        case "line": return LINEChannel(secret: secret, token: "lt", apiURL: "http://api")
        case "matrix":
            return MatrixChannel(
                secret: secret, userID: "@newsbot:localhost", token: "as", homeserver: "http://hs")
        case "generic": return GenericChannel(secret: "secret", callback: "http://back/x")
        default:
            return MetaChannel(
                secret: secret, verifyToken: secret, whatsAppToken: "wt", messengerToken: "mt",
                apiURL: "http://api")
        }
    }

    private static func message(
        _ name: String, _ change: (inout ReplyAddress) -> Void = { _ in }, buttons: [Button] = []
    ) throws -> OutboundMessage {
        var address = ReplyAddress(
            chat: "5", user: "7", message: "9", thread: nil, handle: nil, account: nil, isPrivate: true,
            isPress: false, receivedAt: start)
        if name == "whatsapp" { address.account = "whatsapp/55" }
        if name == "messenger" { address.account = "messenger/66" }
        change(&address)
        let part = try #require(try channel(name).render(document, at: address).first)
        return OutboundMessage(
            address: address, content: .part(part), buttons: buttons, key: "event-0")
    }

    private func check(
        _ request: HTTPRequest?, _ method: String, _ url: String, bearer: String? = nil,
        _ fields: [String: Any]
    ) throws {
        let request = try #require(request)
        #expect(request.method.rawValue == method && request.url == url)
        if let bearer {
            #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer \(bearer)" })
        }
        let value = try JSONSerialization.jsonObject(with: Data(request.body ?? []))
        let body = try #require(value as? [String: Any])
        for (key, wanted) in fields {
            let found = body[key] as? NSObject
            #expect(found == wanted as? NSObject, "\(key): \(String(describing: found))")
        }
    }

    @Test func `Telegram gets entities and no parse mode`() throws {
        let channel = try Self.channel("telegram")
        var message = try Self.message(
            "telegram",
            {
                $0.thread = "3"; $0.isPrivate = false
            }, buttons: [Button("More", data: "more:1")])
        let text = "It was sold for 3 < 4 million [1].\n\n[1] Sold — Quay Times"
        let links: [[String: Any]] = [
            ["type": "text_link", "offset": 30, "length": 3, "url": "https://quay.example/1"],
            ["type": "text_link", "offset": 36, "length": 21, "url": "https://quay.example/1"],
        ]
        try check(
            channel.send(message, now: Self.start), "POST", "http://api/bot42:t/sendMessage",
            [
                "chat_id": 5, "message_thread_id": 3, "text": text, "entities": links,
                "reply_parameters": ["message_id": 9, "allow_sending_without_reply": true] as [String: Any],
                "reply_markup": ["inline_keyboard": [[["text": "More", "callback_data": "more:1"]]]],
            ])
        try check(
            channel.edit(message, as: "88", now: Self.start), "POST", "http://api/bot42:t/editMessageText",
            ["chat_id": 5, "message_id": 88, "text": text])
        message.isPlain = true
        let plain = try #require(channel.send(message, now: Self.start)?.body)
        #expect(!String(decoding: plain, as: UTF8.self).contains("entities"))
        try check(
            channel.sign(.heard("Thanks"), at: Self.message("telegram", { $0.handle = "cb" }).address),
            "POST",
            "http://api/bot42:t/answerCallbackQuery", ["callback_query_id": "cb", "text": "Thanks"])
        message.content = .results([.init(title: "T", text: "X")])
        message.address.handle = "q"
        try check(
            channel.send(message, now: Self.start), "POST", "http://api/bot42:t/answerInlineQuery",
            ["inline_query_id": "q"])
    }

    @Test func `Slack answers in threads, and commands at their own address`() throws {
        let channel = try Self.channel("slack")
        let message = try Self.message(
            "slack", { $0.isPrivate = false }, buttons: [Button("👍", data: "good:1")])
        try check(
            channel.send(message, now: Self.start), "POST", "http://api/chat.postMessage", bearer: "xoxb",
            ["channel": "5", "thread_ts": "9", "unfurl_links": false])
        #expect(message.text.contains("3 &lt; 4"))
        try check(
            channel.edit(message, as: "1.2", now: Self.start), "POST", "http://api/chat.update",
            bearer: "xoxb",
            ["channel": "5", "ts": "1.2"])
        let command = try Self.message("slack", { $0.handle = "http://hooks/1" })
        try check(
            channel.send(command, now: Self.start), "POST", "http://hooks/1", ["response_type": "in_channel"])
        try check(
            channel.send(command, now: Self.start + 1800), "POST", "http://api/chat.postMessage",
            ["channel": "5"])
    }

    @Test func `Discord's first part replaces the deferred message`() throws {
        let channel = try Self.channel("discord")
        var message = try Self.message("discord", { $0.handle = "tok/en" })
        let hook = "http://api/webhooks/77/tok%2Fen"
        try check(
            channel.send(message, now: Self.start), "PATCH", hook + "/messages/@original",
            ["allowed_mentions": ["parse": [String]()], "flags": 4])
        try check(channel.edit(message, as: "12", now: Self.start), "PATCH", hook + "/messages/12", [:])
        message.index = 1
        try check(channel.send(message, now: Self.start), "POST", hook, [:])
        message.index = 0
        message.address.isPress = true
        try check(channel.send(message, now: Self.start), "POST", hook, [:])
        let late = try #require(channel.send(message, now: Self.start + 900))
        #expect(late.url == "http://api/channels/5/messages")
        #expect(late.headers.contains { $0.value == "Bot bt" })
    }

    @Test func `LINE's reply token goes first, a push has a retry key that stays the same`() throws {
        let channel = try Self.channel("line")
        var message = try Self.message("line", { $0.handle = "rt" })
        try check(
            channel.send(message, now: Self.start), "POST", "http://api/v2/bot/message/reply", bearer: "lt",
            ["replyToken": "rt"])
        message.address.handle = nil
        let push = try #require(channel.send(message, now: Self.start))
        try check(push, "POST", "http://api/v2/bot/message/push", bearer: "lt", ["to": "5"])
        let key = push.headers.first { $0.name == "X-Line-Retry-Key" }?.value
        #expect(UUID(uuidString: key ?? "") != nil && key == LINEChannel.retryKey("event-0"))
        #expect(LINEChannel.retryKey("event-0") != LINEChannel.retryKey("event-1"))
        message.address.handle = "rt"
        #expect(channel.send(message, now: Self.start + 60)?.url.hasSuffix("/push") == true)
    }

    @Test func `WhatsApp and Messenger are told apart by the account that was written to`() throws {
        let channel = try Self.channel("whatsapp")
        let buttons = (1...4).map { Button("B\($0)", data: "b:\($0)") }
        try check(
            channel.send(try Self.message("whatsapp", buttons: buttons), now: Self.start), "POST",
            "http://api/55/messages", bearer: "wt",
            ["to": "5", "type": "interactive", "context": ["message_id": "9"]])
        try check(
            channel.send(try Self.message("whatsapp", { $0.chat = "US.12" }), now: Self.start), "POST",
            "http://api/55/messages", ["recipient": "US.12", "type": "text"])
        try check(
            channel.send(try Self.message("messenger"), now: Self.start), "POST", "http://api/66/messages",
            bearer: "mt", ["recipient": ["id": "5"], "messaging_type": "RESPONSE"])
        #expect(channel.format(at: try Self.message("messenger").address) == .messenger)
        #expect(channel.send(try Self.message("telegram"), now: Self.start) == nil)
    }

    @Test func `Matrix gets notices in threads under transactions of their own`() throws {
        let channel = try Self.channel("matrix")
        let message = try Self.message(
            "matrix",
            {
                $0.chat = "!r:x"; $0.message = "$q"; $0.isPrivate = false
            })
        let relation: [String: Any] = [
            "rel_type": "m.thread", "event_id": "$q", "is_falling_back": true,
            "m.in_reply_to": ["event_id": "$q"],
        ]
        try check(
            channel.send(message, now: Self.start), "PUT",
            "http://hs/_matrix/client/v3/rooms/%21r%3Ax/send/m.room.message/event-0", bearer: "as",
            [
                "msgtype": "m.notice", "format": "org.matrix.custom.html", "m.relates_to": relation,
                "m.mentions": ["user_ids": ["7"]],
            ])
        let alone = try Self.message("matrix", { $0.message = "$q" })
        let body = try #require(channel.send(alone, now: Self.start)?.body)
        #expect(!String(decoding: body, as: UTF8.self).contains("m.relates_to"))
        try check(
            channel.edit(message, as: "$a", now: Self.start), "PUT",
            "http://hs/_matrix/client/v3/rooms/%21r%3Ax/send/m.room.message/event-0",
            ["m.relates_to": ["rel_type": "m.replace", "event_id": "$a"]])
        var join = message
        join.content = .join
        try check(
            channel.send(join, now: Self.start), "POST", "http://hs/_matrix/client/v3/join/%21r%3Ax",
            bearer: "as", [:])
    }

    @Test func `a callback carries a signature that a receiver can check`() throws {
        let request = try #require(
            Self.channel("generic").send(try Self.message("generic"), now: Self.start))
        try check(request, "POST", "http://back/x", ["id": "9", "conversation": "5", "part": 0])
        func header(_ name: String) -> String? { request.headers.first { $0.name == name }?.value }
        try DeliverySignature(secret: "secret").check(
            body: request.body ?? [], timestamp: header("X-Newsdesk-Timestamp"),
            signature: header("X-Newsdesk-Signature"), now: Self.start)
    }

    @Test(arguments: [
        ("telegram", 200, #"{"ok":true,"result":{"message_id":8}}"#, SendOutcome.sent(id: "8")),
        (
            "telegram", 429, #"{"ok":false,"parameters":{"retry_after":3}}"#,
            .tooFast(wait: .seconds(3), everywhere: false)
        ),
        ("telegram", 400, #"{"description":"Bad Request: can't parse entities: x"}"#, .markupRefused),
        ("telegram", 400, #"{"description":"Bad Request: message is not modified: x"}"#, .sent(id: nil)),
        ("telegram", 400, #"{"description":"Bad Request: chat not found"}"#, .refused("status 400")),
        ("telegram", 403, #"{"description":"Forbidden: bot was blocked"}"#, .refused("blocked by the chat")),
        ("telegram", 502, "<html>", .uncertain("status 502")),
        ("slack", 200, #"{"ok":true,"ts":"1.2"}"#, .sent(id: "1.2")),
        ("slack", 200, #"{"ok":false,"error":"channel_not_found"}"#, .refused("channel_not_found")),
        ("slack", 200, #"{"ok":false,"error":"invalid_blocks"}"#, .markupRefused),
        (
            "slack", 429, #"{"ok":false,"error":"ratelimited"}"#,
            .tooFast(wait: .seconds(2), everywhere: false)
        ),
        ("slack", 500, "", .uncertain("status 500")),
        ("discord", 200, #"{"id":"4"}"#, .sent(id: "4")),
        (
            "discord", 429, #"{"retry_after":0.5,"global":true}"#,
            .tooFast(wait: .milliseconds(500), everywhere: true)
        ),
        ("discord", 404, #"{"code":10015}"#, .uncertain("the interaction is not known yet")),
        ("line", 200, #"{"sentMessages":[{"id":"6"}]}"#, .sent(id: "6")),
        ("line", 409, #"{"sentMessages":[{"id":"6"}]}"#, .sent(id: "6")),
        ("line", 400, #"{"message":"Invalid reply token"}"#, .handleRefused),
        ("used line", 400, #"{"message":"Invalid reply token"}"#, .sent(id: nil)),
        ("line", 429, "{}", .tooFast(wait: .seconds(2), everywhere: true)),
        ("whatsapp", 200, #"{"messages":[{"id":"wamid.1"}]}"#, .sent(id: "wamid.1")),
        ("whatsapp", 400, #"{"error":{"code":130429}}"#, .tooFast(wait: .seconds(2), everywhere: true)),
        ("whatsapp", 400, #"{"error":{"code":131056}}"#, .tooFast(wait: .seconds(2), everywhere: false)),
        (
            "whatsapp", 400, #"{"error":{"code":131047}}"#,
            .refused("more than 24 hours after the person's last message")
        ),
        ("whatsapp", 401, #"{"error":{"code":190}}"#, .uncertain("the access token is refused")),
        ("matrix", 200, #"{"event_id":"$1"}"#, .sent(id: "$1")),
        ("matrix", 429, #"{"retry_after_ms":1500}"#, .tooFast(wait: .milliseconds(1500), everywhere: false)),
        ("matrix", 403, #"{"errcode":"M_FORBIDDEN"}"#, .refused("M_FORBIDDEN")),
        ("generic", 202, "", .sent(id: nil)), ("generic", 503, "", .uncertain("status 503")),
        ("generic", 410, "", .refused("status 410")),
    ])
    func `platforms' answers are understood`(
        name: String, status: Int, body: String, outcome: SendOutcome
    ) throws {
        let response = ChannelResponse(
            status: status, retryAfter: status == 429 || name == "whatsapp" ? "2" : nil,
            body: Array(body.utf8))
        let message =
            name == "used line"
            ? try Self.message("line", { $0.handle = "token" }) : try Self.message(name)
        let channel = try Self.channel(name == "used line" ? "line" : name)
        #expect(channel.outcome(of: response, to: message, now: Self.start) == outcome)
    }

    @Test func `buttons find room on every platform`() throws {
        let headline = "OpenAI 宣布與多家雲端服務業者合作，擴大 ChatGPT 的運算能力並推遲下一代模型的發布日期 👩‍👩‍👧‍👦👩‍👩‍👧‍👦"
        let buttons = [
            Button("請介紹「\(headline)」", short: headline, data: "ask:zh-Hant:article:12"),
            Button("Timeline of OpenAI", data: "ask:en:timeline:OpenAI"),
            Button("Sources", data: "sources:1"),
            Button("More", data: "more:1"), Button("👍", data: "good:1"),
        ]
        func strings(_ value: Any, _ key: String) -> [String] {
            if let object = value as? [String: Any] {
                return (object[key] as? String).map { [$0] } ?? object.values.flatMap { strings($0, key) }
            }
            return (value as? [Any])?.flatMap { strings($0, key) } ?? []
        }
        for (name, field, key, limit, unit) in [
            ("telegram", "reply_markup", "text", 64, ReplyFormat.Unit.utf16),
            ("slack", "blocks", "text", 75, .scalars),
            ("discord", "components", "label", 80, .scalars), ("line", "messages", "label", 20, .utf16),
            ("whatsapp", "interactive", "title", 24, .scalars),
            ("messenger", "message", "title", 20, .scalars),
        ] {
            let message = try Self.message(name, buttons: buttons)
            let bytes = try #require(Self.channel(name).send(message, now: Self.start)?.body)
            let body = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let labels = strings(try #require(body[field]), key).filter { $0 != message.text }
            #expect(labels.count == buttons.count, "\(name): \(labels)")
            #expect(labels.allSatisfy { !$0.isEmpty && unit.length(of: $0) <= limit }, "\(name): \(labels)")
            #expect(labels.contains("👍") && labels.contains { $0.contains("OpenAI 宣布") })
        }
    }

    @Test func `a message survives the outbox as it is`() throws {
        var message = try Self.message("telegram", buttons: [Button("More", data: "more:1")])
        message.replaces = 7
        let data = try JSONEncoder().encode(message)
        #expect(try JSONDecoder().decode(OutboundMessage.self, from: data) == message)
    }

    @Test func `commands are made known in the platforms' own lists and languages`() throws {
        func list(_ language: String?, _ purpose: String) -> CommandList {
            CommandList(language: language, commands: [.init(name: "latest", purpose: purpose)])
        }
        let lists = [list(nil, "The newest"), list("zh-Hant", "最新消息"), list("ja", "最新"), list("xx", "?")]
        let telegram = try Self.channel("telegram").registration(of: lists)
        #expect(telegram.map(\.url) == Array(repeating: "http://api/bot42:t/setMyCommands", count: 4))
        try check(
            telegram[1], "POST", "http://api/bot42:t/setMyCommands",
            ["language_code": "zh", "commands": [["command": "latest", "description": "最新消息"]]])

        let discord = try Self.channel("discord").registration(of: lists)
        #expect(discord.map(\.url) == ["http://api/applications/77/commands"])

        #expect(try Self.channel("meta").registration(of: lists).count == 1)
        let secret = try #require(Self.secret)
        let meta = MetaChannel(
            secret: secret, verifyToken: secret, whatsAppToken: "wt", messengerToken: "mt",
            whatsAppNumber: "55",
            apiURL: "http://api"
        ).registration(of: lists)
        #expect(meta.count == 2)
        try check(
            meta.first, "POST", "http://api/me/messenger_profile", bearer: "mt",
            [
                "commands": [
                    ["locale": "default", "commands": [["name": "latest", "description": "The newest"]]],
                    ["locale": "zh_TW", "commands": [["name": "latest", "description": "最新消息"]]],
                    ["locale": "ja_JP", "commands": [["name": "latest", "description": "最新"]]],
                ]
            ])
        try check(
            meta.last, "POST", "http://api/55/conversational_automation", bearer: "wt",
            ["commands": [["command_name": "latest", "command_description": "The newest"]]])
    }
}
