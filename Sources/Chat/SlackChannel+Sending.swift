public import Foundation
public import Transport

extension SlackChannel {
    /// How long a command's own address may be written to.
    private static let handleLife: TimeInterval = 29 * 60

    /// The longest label of a button.
    private static let longestLabel = 75

    /// Slack's guide: one message a second in a channel, bursts tolerated.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .seconds(1), burst: 4), overall: .init(every: .milliseconds(20), burst: 50))
    }

    /// mrkdwn, as long as a section block takes it.
    public func format(at address: ReplyAddress) -> ReplyFormat { .slack.limited(to: 3000) }

    /// To a command's `response_url` while it is good, else `chat.postMessage`, in a thread among several people.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        var body = text(message)
        if let url = handle(of: message, now) {
            body["response_type"] = "in_channel"
            body["thread_ts"] = message.address.thread
            return JSONBody.request(.post, url, body)
        }
        guard let token else { return nil }
        body["channel"] = message.address.chat
        body["thread_ts"] =
            message.address.thread ?? (message.address.isPrivate ? nil : message.address.message)
        return JSONBody.request(.post, "\(apiURL)/chat.postMessage", bearer: token, body)
    }

    /// Yes.
    public var opensThreads: Bool { true }

    /// Yes, but for what goes to a `response_url`, which gives no identity.
    public func canEdit(at address: ReplyAddress) -> Bool { token != nil && address.handle == nil }

    /// `chat.update`.
    public func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest? {
        guard let token, case .part = message.content else { return nil }
        var body = text(message)
        body["channel"] = message.address.chat
        body["ts"] = id
        return JSONBody.request(.post, "\(apiURL)/chat.update", bearer: token, body)
    }

    /// Reads `ok` and `error`: the status is 200 even where Slack refuses.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let body = response.body
        if response.status == 429 || body["error"].string == "ratelimited" {
            return .tooFast(wait: response.wait, everywhere: false)
        }
        if handle(of: message, now) != nil, message.replaces == nil {
            switch response.status {
            case 200..<300: return .sent(id: nil)
            case 400..<500: return .handleRefused
            default: return .uncertain("status \(response.status)")
            }
        }
        guard response.status == 200 else { return .uncertain("status \(response.status)") }
        if body["ok"].isTrue { return .sent(id: body["ts"].string) }
        switch body["error"].string {
        case "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long": return .markupRefused
        case "internal_error", "fatal_error", "service_unavailable", "request_timeout", nil:
            return .uncertain("the API fails")
        case let error?: return .refused(String(error.prefix(40)))
        }
    }

    private func handle(of message: OutboundMessage, _ now: Date) -> String? {
        guard now.timeIntervalSince(message.address.receivedAt) < Self.handleLife else { return nil }
        return message.address.handle
    }

    private func text(_ message: OutboundMessage) -> [String: Any?] {
        var body: [String: Any?] = [
            "text": message.text, "mrkdwn": !message.isPlain, "unfurl_links": false, "unfurl_media": false,
        ]
        if !message.buttons.isEmpty, !message.isPlain {
            var blocks: [[String: Any]] = [
                ["type": "section", "text": ["type": "mrkdwn", "text": message.text]]
            ]
            for group in [message.buttons.filter(\.isQuestion), message.buttons.filter { !$0.isQuestion }]
            where !group.isEmpty {
                let buttons = group.map { button -> [String: Any] in
                    let label = button.label(within: Self.longestLabel)
                    return [
                        "type": "button", "action_id": button.data, "value": button.data,
                        "text": ["type": "plain_text", "text": label, "emoji": true] as [String: Any],
                    ]
                }
                blocks.append(["type": "actions", "elements": buttons])
            }
            body["blocks"] = blocks
        }
        return body
    }
}
