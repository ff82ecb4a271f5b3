public import Foundation
public import Transport

extension DiscordChannel {
    /// How long an interaction's token is good, with a margin.
    private static let handleLife: TimeInterval = 14.5 * 60
    /// The longest label of a button.
    private static let longestLabel = 80
    /// How long Discord may take to notice its own interaction's acknowledgement.
    private static let settling: TimeInterval = 30

    /// Interactions are exempt from the overall limit of 50 a second; a channel takes five in five seconds.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .seconds(1), burst: 5), overall: .init(every: .milliseconds(20), burst: 50))
    }

    /// Discord's Markdown.
    public func format(at address: ReplyAddress) -> ReplyFormat { .discord }

    /// A command's first part takes the place of “thinking”, so that sending it twice shows it once.
    ///
    /// What follows, and what a button brings, is a message of its own. Where the token is too old, the bot writes to the
    /// channel itself.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        if let hook = hook(of: message, now) {
            return message.index == 0 && !message.address.isPress
                ? JSONBody.request(.patch, hook + "/messages/@original", text(message))
                : JSONBody.request(.post, hook, text(message))
        }
        return botToken.map {
            JSONBody.request(
                .post, "\(apiURL)/channels/\(JSONBody.escaped(message.address.chat))/messages",
                headers: [("Authorization", "Bot \($0)")], text(message))
        }
    }

    /// Yes, while the interaction's token is good.
    public func canEdit(at address: ReplyAddress) -> Bool { address.handle != nil }

    /// The same message again, by its identity.
    public func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        return hook(of: message, now).map {
            JSONBody.request(.patch, $0 + "/messages/\(JSONBody.escaped(id))", text(message))
        }
    }

    /// Overwrites the app's global commands.
    public func registration(of commands: [CommandList]) -> [HTTPRequest] {
        guard let botToken, let applicationID, let standard = commands.first(where: { $0.language == nil })
        else { return [] }
        // Discord takes a topic or a question as an option of its own.
        let withText: Set = [
            "ask", "latest", "search", "timeline", "subscribe", "unsubscribe", "language",
        ]
        let list = standard.commands.map { command -> [String: Any] in
            var purposes: [String: String] = [:]
            for other in commands {
                for (tag, name) in [("zh-Hant", "zh-TW"), ("zh-Hans", "zh-CN"), ("ja", "ja")]
                where other.language == tag {
                    purposes[name] = other.commands.first { $0.name == command.name }?.purpose
                }
            }
            var value: [String: Any] = [
                "name": command.name, "description": command.purpose, "type": 1,
                "description_localizations": purposes,
            ]
            if withText.contains(command.name) {
                value["options"] =
                    [
                        [
                            "type": 3, "name": "text", "description": command.purpose,
                            "required": ["ask", "search", "timeline", "subscribe"].contains(command.name),
                        ]
                    ] as [[String: Any]]
            }
            return value
        }
        let menu: [String: Any] = [
            // 8192 stands for those who may manage messages.
            "name": Self.handOver, "type": 3, "default_member_permissions": "8192",
        ]
        let data = try? JSONSerialization.data(withJSONObject: list + [menu], options: [.sortedKeys])
        var request = JSONBody.request(
            .put, "\(apiURL)/applications/\(JSONBody.escaped(applicationID))/commands",
            headers: [("Authorization", "Bot \(botToken)")], [:])
        request.body = data.map { [UInt8]($0) }
        return [request]
    }

    /// Reads the status; a time to wait has fractions of a second.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let age = now.timeIntervalSince(message.address.receivedAt)
        switch response.status {
        case 200..<300: return .sent(id: response.body["id"].identity ?? "@original")
        case 429:
            let wait = ChannelResponse.seconds(response.body["retry_after"].number) ?? response.wait
            return .tooFast(wait: wait, everywhere: response.body["global"].isTrue)
        case 400: return .markupRefused
        case 404 where age < Self.settling: return .uncertain("the interaction is not known yet")
        case 401, 404: return hook(of: message, now) == nil ? .refused("no such channel") : .handleRefused
        case 403: return .refused("not allowed to write there")
        default: return .uncertain("status \(response.status)")
        }
    }

    private func hook(of message: OutboundMessage, _ now: Date) -> String? {
        guard now.timeIntervalSince(message.address.receivedAt) < Self.handleLife,
            let token = message.address.handle, let application = message.address.account ?? applicationID
        else { return nil }
        return "\(apiURL)/webhooks/\(JSONBody.escaped(application))/\(JSONBody.escaped(token))"
    }

    private func text(_ message: OutboundMessage) -> [String: Any?] {
        var body: [String: Any?] = [
            // Nobody is called by what an article says, and links bring no previews (flag 4).
            "content": message.text, "allowed_mentions": ["parse": [String]()], "flags": 4,
        ]
        if !message.buttons.isEmpty, !message.isPlain {
            let rows = [message.buttons.filter(\.isQuestion), message.buttons.filter { !$0.isQuestion }]
            body["components"] = rows.filter { !$0.isEmpty }.map { row -> [String: Any] in
                let buttons = row.prefix(5).map { button -> [String: Any] in
                    [
                        "type": 2, "style": 2, "label": button.label(within: Self.longestLabel),
                        "custom_id": button.data,
                    ]
                }
                return ["type": 1, "components": buttons]
            }
        }
        return body
    }
}
