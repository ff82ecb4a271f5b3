public import Foundation
public import Transport

extension MatrixChannel {
    /// The homeserver sets no limit for its own application services.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .milliseconds(200), burst: 10),
            overall: .init(every: .milliseconds(5), burst: 50))
    }

    /// The paths of the Application Service API, and the older one of transactions.
    public var routes: [ChannelRoute] {
        let base = "/_matrix/app/v1"
        return [
            ChannelRoute("PUT", base + "/transactions/{id}"), ChannelRoute("POST", base + "/ping"),
            ChannelRoute("GET", base + "/users/{id}"), ChannelRoute("GET", base + "/rooms/{id}"),
            ChannelRoute("PUT", "/transactions/{id}"),
        ]
    }

    /// The standard error of the specification.
    public func refusal(of error: ChannelError) -> String {
        let code =
            switch error {
            case .unauthorised, .stale: "M_UNAUTHORIZED"
            case .forbidden: "M_FORBIDDEN"
            case .malformed: "M_BAD_JSON"
            case .unknownPath: "M_NOT_FOUND"
            case .oversized: "M_TOO_LARGE"
            }
        return String(
            decoding: JSONBody.bytes(["errcode": code, "error": error.description]), as: UTF8.self)
    }

    /// HTML with a plain fallback.
    public func format(at address: ReplyAddress) -> ReplyFormat { .matrix }

    /// A notice, in a thread where several people are; consent to an invitation.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        switch message.content {
        case .part:
            var content = text(message)
            content["m.relates_to"] = relation(of: message)
            if !message.address.isPrivate, let user = message.address.user {
                content["m.mentions"] = ["user_ids": [user]]
            }
            return put(message, content)
        case .join:
            return token.map {
                JSONBody.request(
                    .post, "\(homeserver)/_matrix/client/v3/join/\(JSONBody.escaped(message.address.chat))",
                    bearer: $0, [:])
            }
        case .results: return nil
        }
    }

    /// Yes.
    public var opensThreads: Bool { true }

    /// Yes, always.
    public func canEdit(at address: ReplyAddress) -> Bool { true }

    /// An event that replaces another (`m.replace`).
    public func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        let new = text(message)
        var content = new
        content["body"] = "* " + (new["body"] as? String ?? "")
        if let html = new["formatted_body"] as? String { content["formatted_body"] = "* " + html }
        content["m.new_content"] = new.compactMapValues { $0 }
        content["m.relates_to"] = ["rel_type": "m.replace", "event_id": id]
        return put(message, content)
    }

    /// The typing sign, for half a minute or until the answer.
    public func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest? {
        guard let token, sign == .typing else { return nil }
        return JSONBody.request(
            .put,
            "\(homeserver)/_matrix/client/v3/rooms/\(JSONBody.escaped(address.chat))/typing/\(JSONBody.escaped(userID))",
            bearer: token, ["typing": true, "timeout": 30_000])
    }

    /// Reads `errcode` and `retry_after_ms`.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let body = response.body
        switch response.status {
        case 200..<300: return .sent(id: body["event_id"].string)
        case 429:
            let wait = body["retry_after_ms"].integer.map { Duration.milliseconds($0) }
            return .tooFast(wait: wait ?? response.wait, everywhere: false)
        case 413: return .markupRefused
        case 400: return message.isPlain ? .refused("status 400") : .markupRefused
        case 401: return .uncertain("the homeserver refuses as_token")
        case 403, 404: return .refused(String((body["errcode"].string ?? "forbidden").prefix(40)))
        default: return .uncertain("status \(response.status)")
        }
    }

    /// The transaction follows from the message's key, so that the homeserver takes a repetition for what it is.
    private func put(_ message: OutboundMessage, _ content: [String: Any?]) -> HTTPRequest? {
        token.map {
            let room = JSONBody.escaped(message.address.chat)
            let transaction = JSONBody.escaped(message.key + (message.isPlain ? "-plain" : ""))
            return JSONBody.request(
                .put, "\(homeserver)/_matrix/client/v3/rooms/\(room)/send/m.room.message/\(transaction)",
                bearer: $0, content)
        }
    }

    private func text(_ message: OutboundMessage) -> [String: Any?] {
        guard case .part(let part) = message.content else { return [:] }
        var content: [String: Any?] = ["msgtype": "m.notice", "body": part.plain]
        if !message.isPlain {
            content["format"] = "org.matrix.custom.html"
            content["formatted_body"] = part.text
        }
        return content
    }

    private func relation(of message: OutboundMessage) -> [String: Any]? {
        let address = message.address
        guard let root = address.thread ?? (address.isPrivate ? nil : address.message) else { return nil }
        return [
            "rel_type": "m.thread", "event_id": root, "is_falling_back": true,
            "m.in_reply_to": ["event_id": address.message ?? root],
        ]
    }
}
