public import Foundation

/// Telegram's Bot API: one update a request, proved by a token in a header.
///
/// Source: core.telegram.org/bots/api; the delivery's rules from tdlib/telegram-bot-api, `WebhookActor.cpp`.
public struct TelegramChannel: Channel {
    /// `telegram`.
    public let name = "telegram"
    private let secret: ChannelSecret
    private let botName: String
    private let botID: Int64?
    let token: String?
    let apiURL: String

    /// - Parameters:
    ///   - secret: the `secret_token` given to `setWebhook`.
    ///   - botName: the bot's user name without `@`.
    ///   - token: the bot's token, without which nothing can be sent; the part before the colon is the bot's number.
    ///   - apiURL: where the Bot API is served.
    public init(
        secret: ChannelSecret, botName: String, token: String?, apiURL: String = "https://api.telegram.org"
    ) {
        self.secret = secret
        self.botName = botName.lowercased()
        botID = token?.split(separator: ":").first.flatMap { Int64($0) }
        self.token = token
        self.apiURL = apiURL
    }

    /// Checks the secret token, 401 where it is missing and 403 where it is another.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        guard let claim = request.header("X-Telegram-Bot-Api-Secret-Token") else {
            throw .unauthorised(reason: "X-Telegram-Bot-Api-Secret-Token is missing: set secret_token")
        }
        guard secret.matches(claim) else {
            throw .forbidden(reason: "the secret token is not the one configured")
        }
    }

    /// Reads the one update of a request; kinds that are not served become ``ChatEvent/Kind/ignore``.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        let update = try JSONNode(object: request.body)
        let id = try update.required("update_id")
        for (key, kind) in [
            ("message", ChatEvent.Kind.message), ("edited_message", .edit), ("channel_post", .message),
            ("edited_channel_post", .edit),
        ] where update[key].isPresent {
            return Update([message(update[key], id: id, kind: kind)])
        }
        return Update([other(update, id: id)])
    }

    private func message(_ message: JSONNode, id: String, kind: ChatEvent.Kind) -> ChatEvent {
        let hasText = message["text"].isPresent
        var event = ChatEvent(id: id, kind: kind, chat: message["chat"]["id"].identity)
        event.message = message["message_id"].identity
        event.text = message["text"].string ?? message["caption"].string
        event.time = message["date"].seconds
        if message["is_topic_message"].isTrue { event.thread = message["message_thread_id"].identity }
        event.isPrivate = message["chat"]["type"].string == "private"
        set(user: message["from"], in: &event)
        event.isReplyToBot = isUs(message["reply_to_message"]["from"])
        if message["chat"]["type"].string == "channel" {
            let name = message["chat"]["username"].string
            event.request = .post(channel: message["chat"]["title"].string, name: name)
            event.permalink = Self.permalink(name, event.message)
        }
        let origin = message["forward_origin"]
        if event.isPrivate, origin["type"].string == "channel", let channel = origin["chat"]["id"].identity,
            let number = origin["message_id"].identity
        {
            event.request = .forward(
                ChatEvent.Origin(
                    channel: channel, title: origin["chat"]["title"].string,
                    name: origin["chat"]["username"].string, message: number, time: origin["date"].seconds))
            event.permalink = Self.permalink(origin["chat"]["username"].string, number)
        }
        if let text = event.text {
            let entities = message[hasText ? "entities" : "caption_entities"].elements
            read(entities, of: text, into: &event)
            if event.request != nil {
                event.reading = Self.reading(text, entities, preview: message["link_preview_options"])
            }
        }
        if event.request != nil { event.album = message["media_group_id"].identity }
        if event.isFromBot || event.text == nil { event.kind = .ignore }
        return event
    }

    /// The text with the addresses of its links behind their words, as exports write it, and at its end that of the link
    /// whose preview stands below the post, where the text has no such link.
    private static func reading(_ text: String, _ entities: [JSONNode], preview: JSONNode) -> String {
        let units = Array(text.utf16)
        var pieces: [UInt16] = []
        var done = 0
        for entity in entities where entity["type"].string == "text_link" {
            guard let offset = entity["offset"].integer, let length = entity["length"].integer,
                let url = entity["url"].string, offset >= done, length > 0, offset <= units.count,
                length <= Int64(units.count) - offset
            else { continue }
            let end = Int(offset + length)
            pieces += units[done..<end]
            if String(decoding: units[Int(offset)..<end], as: UTF16.self) != url {
                pieces += " (\(url))".utf16
            }
            done = end
        }
        let reading = String(decoding: pieces + units[done...], as: UTF16.self)
        guard let shown = preview["url"].string, !preview["is_disabled"].isTrue, !reading.contains(shown)
        else {
            return reading
        }
        return reading + "\n\n" + shown
    }

    /// Entities count in UTF-16 units; those that lie outside the text are passed over.
    private func read(_ entities: [JSONNode], of text: String, into event: inout ChatEvent) {
        let units = Array(text.utf16)
        for entity in entities {
            guard let offset = entity["offset"].integer, let length = entity["length"].integer,
                offset >= 0, length > 0, offset <= units.count, length <= Int64(units.count) - offset
            else { continue }
            let written = String(decoding: units[Int(offset)..<Int(offset + length)], as: UTF16.self)
            let part = written.lowercased()
            switch entity["type"].string {
            case "mention" where part == "@" + botName, "text_mention" where isUs(entity["user"]):
                event.isMentioned = true
                event.namings.append(written)
            case "bot_command":
                let addressee = part.firstIndex(of: "@").map { part[part.index(after: $0)...] }
                if addressee.map({ $0 == botName }) == true { event.isMentioned = true }
                guard offset == 0, event.kind == .message else { continue }
                event.kind = .command
                event.isForAnotherBot = addressee != nil && !event.isMentioned
            default: break
            }
        }
    }

    /// The address of a post of a channel that has a name.
    private static func permalink(_ name: String?, _ message: String?) -> String? {
        guard let name, let message else { return nil }
        return "https://t.me/\(name)/\(message)"
    }

    private func other(_ update: JSONNode, id: String) -> ChatEvent {
        var event = ChatEvent(id: id, kind: .ignore)
        let press = update["callback_query"]
        let member = update["my_chat_member"]
        let inline = update["inline_query"]
        if press.isPresent {
            event.kind = .button
            event.chat = press["message"]["chat"]["id"].identity
            event.message = press["message"]["message_id"].identity ?? press["inline_message_id"].identity
            if press["message"]["is_topic_message"].isTrue {
                event.thread = press["message"]["message_thread_id"].identity
            }
            event.isPrivate = press["message"]["chat"]["type"].string == "private"
            event.text = press["data"].string
            event.replyHandle = press["id"].identity
            set(user: press["from"], in: &event)
        } else if member.isPresent {
            event.kind = .join
            event.chat = member["chat"]["id"].identity
            event.isPrivate = member["chat"]["type"].string == "private"
            event.time = member["date"].seconds
            set(user: member["from"], in: &event)
        } else if inline.isPresent {
            event.text = inline["query"].string
            event.replyHandle = inline["id"].identity
            event.request = .results
            set(user: inline["from"], in: &event)
        }
        if event.isFromBot { event.kind = .ignore }
        return event
    }

    private func set(user: JSONNode, in event: inout ChatEvent) {
        event.user = user["id"].identity
        event.locale = user["language_code"].string
        event.isFromBot = user["is_bot"].isTrue
    }

    private func isUs(_ user: JSONNode) -> Bool {
        if let botID, user["id"].integer == botID { return true }
        return user["username"].string.map { $0.lowercased() == botName } ?? false
    }
}
