import Crypto
public import Foundation
public import Transport

extension LINEChannel {
    /// How long a reply token is surely good; a minute is promised, half of it was seen.
    private static let handleLife: TimeInterval = 25

    /// The longest label of a quick reply.
    private static let longestLabel = 20

    /// LINE allows 2,000 requests a second.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .milliseconds(500), burst: 5),
            overall: .init(every: .milliseconds(1), burst: 200))
    }

    /// Plain text.
    public func format(at address: ReplyAddress) -> ReplyFormat { .line }

    /// The first part by the reply token, which costs nothing, while that is good; all else is pushed under a key that
    /// keeps a repetition from being shown twice.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        guard let token, case .part = message.content else { return nil }
        var text: [String: Any] = ["type": "text", "text": message.text]
        if !message.buttons.isEmpty, !message.isPlain {
            text["quickReply"] = [
                "items": message.buttons.prefix(13).map { button -> [String: Any] in
                    [
                        "type": "action",
                        "action": [
                            "type": "postback", "label": button.label(within: Self.longestLabel, .utf16),
                            "data": button.data, "displayText": button.label(within: 300, .utf16),
                        ],
                    ]
                }
            ]
        }
        if let handle = handle(of: message, now) {
            return JSONBody.request(
                .post, "\(apiURL)/v2/bot/message/reply", bearer: token,
                ["replyToken": handle, "messages": [text]])
        }
        return JSONBody.request(
            .post, "\(apiURL)/v2/bot/message/push", bearer: token,
            headers: [("X-Line-Retry-Key", Self.retryKey(message.key))],
            ["to": message.address.chat, "messages": [text]])
    }

    /// The loading animation, which LINE shows to single people only.
    public func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest? {
        guard let token, sign == .typing, address.isPrivate else { return nil }
        return JSONBody.request(
            .post, "\(apiURL)/v2/bot/chat/loading/start", bearer: token,
            ["chatId": address.chat, "loadingSeconds": 20])
    }

    /// Reads the status; 409 says that an earlier sending under the same key went out.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let id = response.body["sentMessages"].elements.first?["id"].identity
        switch response.status {
        case 200..<300, 409: return .sent(id: id)
        case 429: return .tooFast(wait: response.wait, everywhere: true)
        case 400 where response.body["message"].string?.lowercased().contains("reply token") == true:
            // A token this young can only have been used, and nobody but this message uses it.
            return handle(of: message, now) == nil ? .handleRefused : .sent(id: nil)
        case 400: return message.buttons.isEmpty || message.isPlain ? .refused("status 400") : .markupRefused
        case 401, 500...: return .uncertain("status \(response.status)")
        default: return .refused("status \(response.status)")
        }
    }

    private func handle(of message: OutboundMessage, _ now: Date) -> String? {
        guard message.index == 0, now.timeIntervalSince(message.address.receivedAt) < Self.handleLife else {
            return nil
        }
        return message.address.handle
    }

    /// A UUID that follows from the key (RFC 9562, version 8).
    static func retryKey(_ key: String) -> String {
        var bytes = Array(SHA256.hash(data: Array(key.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.text(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
