public import Foundation
import Text

/// Slack: events as JSON, slash commands and buttons as forms, all signed with the time.
///
/// Source: docs.slack.dev, “Verifying requests from Slack” and “Events API”.
public struct SlackChannel: Channel {
    /// How far a request's time may be off, in seconds either way.
    private static let tolerance: Int64 = 300

    /// `slack`.
    public let name = "slack"
    private let secret: ChannelSecret
    let token: String?
    let apiURL: String

    /// - Parameters:
    ///   - secret: the app's signing secret.
    ///   - token: the bot's token (`xoxb-…`), without which only commands are answered, at the address they bring along.
    ///   - apiURL: where the Web API is served.
    public init(secret: ChannelSecret, token: String? = nil, apiURL: String = "https://slack.com/api") {
        self.secret = secret
        self.token = token
        self.apiURL = apiURL
    }

    /// Checks `X-Slack-Signature` over the version, the time and the body, and that the time is near.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        guard let claim = request.header("X-Slack-Signature"),
            let timestamp = request.header("X-Slack-Request-Timestamp")
        else { throw .unauthorised(reason: "X-Slack-Signature or X-Slack-Request-Timestamp is missing") }
        guard timestamp.utf8.count <= 12, timestamp.utf8.allSatisfy({ 48...57 ~= $0 }),
            let sent = Int64(timestamp)
        else { throw .unauthorised(reason: "X-Slack-Request-Timestamp is not a whole number of seconds") }
        guard
            secret.signs(
                [Array("v0:\(timestamp):".utf8), request.body], as: claim,
                written: { "v0=" + Hexadecimal.text($0) })
        else { throw .unauthorised(reason: "the signature is not the one of these bytes") }
        let away = abs(Int64(now.timeIntervalSince1970.rounded(.down)) - sent)
        guard away <= Self.tolerance else { throw .stale(seconds: away) }
    }

    /// Reads an event, a slash command or a pressed button, by the media type and the form's fields.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        let type = request.header("Content-Type")?.lowercased() ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            return try event(try JSONNode(object: request.body))
        }
        let form = FormFields(request.body)
        if let payload = form["payload"] { return try press(try JSONNode(object: Array(payload.utf8))) }
        return try slash(form)
    }

    /// The kinds of messages that somebody wrote: to the channel out of a thread, and with a file.
    private static let written: Set = ["thread_broadcast", "file_share"]

    private func event(_ envelope: JSONNode) throws(ChannelError) -> Update {
        if envelope["type"].string == "url_verification" {
            guard let challenge = envelope["challenge"].string else {
                throw .malformed(reason: "“challenge” is missing")
            }
            return Update(acknowledgement: .text(challenge))
        }
        guard envelope["type"].string == "event_callback" else { return Update() }
        let inner = envelope["event"]
        if inner["type"].string == "message", inner["subtype"].string == "message_deleted" {
            var event = ChatEvent(
                id: try envelope.required("event_id"), kind: .ignore, chat: inner["channel"].identity)
            event.message = inner["deleted_ts"].string
            event.request = .withdrawal
            return Update([event])
        }
        let isEdit = inner["subtype"].string == "message_changed"
        let message = isEdit ? inner["message"] : inner
        var event = ChatEvent(
            id: try envelope.required("event_id"), kind: isEdit ? .edit : .message,
            chat: inner["channel"].identity)
        event.user = message["user"].identity
        event.message = message["ts"].string
        event.thread = message["thread_ts"].string
        event.time = message["ts"].string?.split(separator: ".").first.flatMap { Double($0) }
            .map { Date(timeIntervalSince1970: $0) }
        event.isPrivate = inner["channel_type"].string == "im" || event.chat?.hasPrefix("D") == true
        let bot = envelope["authorizations"].elements.first?["user_id"].string
        event.isFromBot = message["bot_id"].isPresent || (bot != nil && event.user == bot)
        if var text = message["text"].string {
            if let bot {
                event.isMentioned = text.contains("<@\(bot)>") || text.contains("<@\(bot)|")
                event.namings = ["<@\(bot)>"]
                if text.hasPrefix("<@\(bot)"), let end = text.firstIndex(of: ">") {
                    text = String(text[text.index(after: end)...])
                }
            }
            event.text = SlackText.unescaped(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let type = inner["type"].string
        if type == "app_mention" { event.isMentioned = true }
        let isWritten = type == "app_mention" || type == "message"
        let subtype = message["subtype"].string
        if type == "message", isPost(message, of: event, in: envelope) {
            event.request = .post(channel: nil, name: nil)
            event.reading = message["text"].string.map { SlackText.plain($0) }
            event.permalink = Self.permalink(event, team: envelope["team_id"].identity)
        }
        if !isWritten || event.isFromBot || event.text == nil
            || (subtype.map { !Self.written.contains($0) } ?? false)
        {
            event.kind = .ignore
        }
        return Update([event])
    }

    /// Whether a message is one that a channel's readers take for a post: not said to us, in a thread, or by ourselves.
    private func isPost(_ message: JSONNode, of event: ChatEvent, in envelope: JSONNode) -> Bool {
        let bot = envelope["authorizations"].elements.first?["user_id"].string
        let isOurs =
            bot != nil && event.user == bot
            || message["app_id"].isPresent && message["app_id"].identity == envelope["api_app_id"].identity
        let isReply = event.thread != nil && event.thread != event.message
        let subtype = message["subtype"].string
        return !isOurs && !isReply && !event.isPrivate && !event.isMentioned
            && event.text?.isEmpty == false && (subtype.map(Self.postSubtypes.contains) ?? true)
    }

    private static let postSubtypes: Set = ["bot_message", "me_message", "thread_broadcast", "file_share"]

    /// Slack leads from here to the message in whatever workspace the reader is signed in to.
    private static func permalink(_ event: ChatEvent, team: String?) -> String? {
        guard let chat = event.chat, let message = event.message, let team else { return nil }
        return
            "https://slack.com/app_redirect?team=\(JSONBody.escaped(team))&channel=\(JSONBody.escaped(chat))"
            + "&message_ts=\(JSONBody.escaped(message))"
    }

    private func slash(_ form: FormFields) throws(ChannelError) -> Update {
        // Slack looks now and then whether the certificate is good.
        if form["ssl_check"] == "1" { return Update() }
        guard let id = form["trigger_id"], !id.isEmpty, let chat = form["channel_id"] else {
            throw .malformed(reason: "a form without “payload” needs “trigger_id” and “channel_id”")
        }
        var event = ChatEvent(id: id, kind: .command, chat: chat)
        event.user = form["user_id"]
        event.text = form["text"].map(SlackText.unescaped)
        event.command = form["command"].map { String($0.drop { $0 == "/" }) }
        event.isPrivate = chat.hasPrefix("D")
        event.replyHandle = form["response_url"]
        return Update([event])
    }

    private func press(_ payload: JSONNode) throws(ChannelError) -> Update {
        guard payload["type"].string == "block_actions" else { return Update() }
        var event = ChatEvent(
            id: try payload.required("trigger_id"), kind: .button, chat: payload["channel"]["id"].identity)
        event.user = payload["user"]["id"].identity
        event.message = payload["message"]["ts"].string
        event.thread = payload["message"]["thread_ts"].string
        event.text = payload["actions"].elements.first?["value"].string
        event.isPrivate = event.chat?.hasPrefix("D") == true
        return Update([event])
    }
}
