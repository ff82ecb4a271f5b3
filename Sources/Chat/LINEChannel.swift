public import Foundation

/// LINE's Messaging API: several events a request, signed over the bytes without a time.
///
/// Source: line/line-openapi, `webhook.yml`.
public struct LINEChannel: Channel {
    /// `line`.
    public let name = "line"
    private let secret: ChannelSecret

    /// - Parameter secret: the channel secret.
    public init(secret: ChannelSecret) { self.secret = secret }

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
        event.replyHandle = node["replyToken"].string
        let message = node["message"]
        switch node["type"].string {
        case "message":
            event.message = message["id"].identity
            event.text = message["text"].string
            event.isMentioned = message["mention"]["mentionees"].elements.contains { $0["isSelf"].isTrue }
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
}
