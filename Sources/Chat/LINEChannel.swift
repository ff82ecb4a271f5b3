public import Foundation

/// LINE's Messaging API: several events a request, signed over the bytes without a time.
///
/// Source: line/line-openapi, `webhook.yml`.
public struct LINEChannel: Channel {
    /// `line`.
    public let name = "line"
    private let secret: ChannelSecret
    let token: String?
    let apiURL: String

    /// - Parameters:
    ///   - secret: the channel secret.
    ///   - token: the channel access token, without which nothing can be sent.
    ///   - apiURL: where the Messaging API is served.
    public init(secret: ChannelSecret, token: String? = nil, apiURL: String = "https://api.line.me") {
        self.secret = secret
        self.token = token
        self.apiURL = apiURL
    }

    /// Checks the signature over the body, in Base64 with padding.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        guard let claim = request.header("X-Line-Signature") else {
            throw .unauthorised(reason: "X-Line-Signature is missing")
        }
        guard secret.signs([request.body], as: claim, written: { Data($0).base64EncodedString() }) else {
            throw .unauthorised(reason: "the signature is not the one of these bytes")
        }
    }

    /// Reads the events of a request; the console's check brings none.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        var events: [ChatEvent] = []
        for event in try JSONNode(object: request.body)["events"].elements {
            events.append(try self.event(event))
        }
        return Update(events)
    }

    private func event(_ node: JSONNode) throws(ChannelError) -> ChatEvent {
        let source = node["source"]
        let user = source["userId"].string
        var event = ChatEvent(
            id: try node.required("webhookEventId"), kind: .ignore,
            chat: source["groupId"].string ?? source["roomId"].string ?? user)
        event.user = user
        event.isPrivate = source["type"].string == "user"
        event.time = node["timestamp"].milliseconds
        // The token of a delivery that comes again may be too old, which nobody could tell from one that was used.
        if !node["deliveryContext"]["isRedelivery"].isTrue { event.replyHandle = node["replyToken"].string }
        let message = node["message"]
        switch node["type"].string {
        case "message":
            event.message = message["id"].identity
            event.text = message["text"].string
            event.isMentioned = message["mention"]["mentionees"].elements.contains { $0["isSelf"].isTrue }
            event.namings = Self.namings(message)
            if message["type"].string == "text" { event.kind = .message }
        case "postback":
            event.kind = .button
            event.text = node["postback"]["data"].string
        case "follow", "unfollow", "join", "leave": event.kind = .join
        default: break
        }
        // In standby another of the account's modules has the word.
        if node["mode"].string == "standby" { event.kind = .ignore }
        return event
    }

    /// What the text calls us by; places count in UTF-16 units.
    private static func namings(_ message: JSONNode) -> [String] {
        let units = Array((message["text"].string ?? "").utf16)
        return message["mention"]["mentionees"].elements.compactMap { mention in
            guard mention["isSelf"].isTrue, let start = mention["index"].integer,
                let length = mention["length"].integer, start >= 0, length > 0, start <= units.count,
                length <= Int64(units.count) - start
            else { return nil }
            return String(decoding: units[Int(start)..<Int(start + length)], as: UTF16.self)
        }
    }
}
