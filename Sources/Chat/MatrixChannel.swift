public import Foundation

/// Matrix, as an application service of a homeserver: transactions of events, proved by the homeserver's token.
///
/// Source: the Matrix specification, “Application Service API” v1.
public struct MatrixChannel: Channel {
    /// `matrix`.
    public let name = "matrix"
    private let secret: ChannelSecret
    let userID: String
    let token: String?
    let homeserver: String

    /// - Parameters:
    ///   - secret: the registration's `hs_token`.
    ///   - userID: the bot's full identity, such as `@newsbot:example.org`.
    ///   - token: the registration's `as_token`, without which nothing can be sent.
    ///   - homeserver: the homeserver's address.
    public init(
        secret: ChannelSecret, userID: String, token: String? = nil,
        homeserver: String = "http://127.0.0.1:8008"
    ) {
        self.secret = secret
        self.userID = userID
        self.token = token
        self.homeserver = homeserver
    }

    /// Checks the homeserver's token, 401 where it is missing and 403 where it is another.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        let prefix = "bearer "
        let header = request.header("Authorization").map { value in
            value.lowercased().hasPrefix(prefix) ? String(value.dropFirst(prefix.count)) : ""
        }
        // Older homeservers send the token in the query, some in both places: then both have to be right.
        let claims = [header, request.query["access_token"]].compactMap { $0 }
        guard !claims.isEmpty else { throw .unauthorised(reason: "the homeserver's token is missing") }
        guard claims.allSatisfy({ secret.matches($0) }) else {
            throw .forbidden(reason: "the homeserver's token is not the registration's hs_token")
        }
    }

    /// Reads a transaction, a ping, or the question whether the bot's user exists.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        var path = request.path.split(separator: "/")[...]
        if path.starts(with: ["_matrix", "app", "v1"]) { path = path.dropFirst(3) }
        switch (request.method, path.first, path.count) {
        case ("PUT", "transactions", 2):
            let body = try JSONNode(object: request.body)
            var events: [ChatEvent] = []
            for node in body["events"].elements {
                if let event = try event(node) { events.append(event) }
            }
            return Update(events, acknowledgement: .json("{}"))
        case ("POST", "ping", 1): return Update(acknowledgement: .json("{}"))
        case ("GET", "users", 2) where path.last?.removingPercentEncoding == userID:
            return Update(acknowledgement: .json("{}"))
        default: throw .unknownPath(request.path)
        }
    }

    private func event(_ node: JSONNode) throws(ChannelError) -> ChatEvent? {
        let content = node["content"]
        let relation = content["m.relates_to"]
        var event = ChatEvent(
            id: try node.required("event_id"), kind: .message, chat: node["room_id"].string)
        event.user = node["sender"].string
        event.time = node["origin_server_ts"].milliseconds
        switch node["type"].string {
        case "m.room.member":
            guard node["state_key"].string == userID else { return nil }
            event.kind = .join
            if content["membership"].string == "invite" {
                event.request = .join(isDirect: content["is_direct"].isTrue)
            }
            return event
        case "m.room.encrypted":
            event.isFromBot = event.user == userID
            event.message = event.id
            event.request = .unreadable
            return event
        case "m.room.redaction":
            event.kind = .ignore
            event.message = node["redacts"].string ?? content["redacts"].string
            event.request = .withdrawal
            return event.message == nil ? nil : event
        case "m.room.message": break
        default: return nil
        }
        let isEdit = relation["rel_type"].string == "m.replace"
        let written = isEdit ? content["m.new_content"] : content
        event.kind = isEdit ? .edit : .message
        event.message = isEdit ? relation["event_id"].string : event.id
        if relation["rel_type"].string == "m.thread" { event.thread = relation["event_id"].string }
        event.text = written["body"].string
        event.isMentioned = written["m.mentions"]["user_ids"].elements.contains { $0.string == userID }
        event.namings = [userID, String(userID.dropFirst().prefix { $0 != ":" })]
        event.isFromBot = content["msgtype"].string == "m.notice" || event.user == userID
        let isReply = event.thread != nil || relation["m.in_reply_to"].isPresent
        if event.user != userID, !isReply, !event.isMentioned, let room = event.chat,
            let post = event.message,
            ["m.text", "m.notice"].contains(written["msgtype"].string ?? "")
        {
            event.request = .post(channel: nil, name: nil)
            event.permalink = "https://matrix.to/#/\(JSONBody.escaped(room))/\(JSONBody.escaped(post))"
        }
        if event.isFromBot || written["msgtype"].string != "m.text" { event.kind = .ignore }
        return event
    }
}
