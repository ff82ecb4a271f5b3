public import Foundation
public import Transport

extension MetaChannel {
    /// The longest text of a WhatsApp message with buttons.
    private static let longestInteractive = 1024
    /// The longest label of a button, title of a line in a list, and words below that title.
    private static let (longestLabel, longestTitle, longestDescription) = (20, 24, 72)

    /// WhatsApp's own limits: 80 messages a second, one in six seconds to a person in the long run.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .seconds(2), burst: 8), overall: .init(every: .milliseconds(13), burst: 20))
    }

    /// A handshake by `GET`, events by `POST`.
    public var routes: [ChannelRoute] {
        [ChannelRoute("GET", "/webhooks/meta"), ChannelRoute("POST", "/webhooks/meta")]
    }

    /// WhatsApp's marks, or Messenger's plain text.
    public func format(at address: ReplyAddress) -> ReplyFormat {
        Account(address)?.isWhatsApp == true ? .whatsApp : .messenger
    }

    /// A message to a number or a user's identity, or to a page's visitor.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        guard case .part = message.content, let account = Account(message.address) else { return nil }
        return request(account, account.isWhatsApp ? whatsApp(message) : messenger(message))
    }

    /// A mark that the message was read, with the typing sign.
    public func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest? {
        guard sign == .typing, let account = Account(address) else { return nil }
        guard account.isWhatsApp else {
            return request(account, ["recipient": ["id": address.chat], "sender_action": "typing_on"])
        }
        return address.message.flatMap { message in
            request(
                account,
                [
                    "messaging_product": "whatsapp", "status": "read", "message_id": message,
                    "typing_indicator": ["type": "text"],
                ])
        }
    }

    /// The page's commands in every language, and the phone number's in the one that WhatsApp takes.
    ///
    /// Source: developers.facebook.com, “Messenger Profile API: commands” and “WhatsApp Cloud API: Conversational components”.
    public func registration(of commands: [CommandList]) -> [HTTPRequest] {
        var requests: [HTTPRequest] = []
        if let messengerToken {
            let locales = ["zh-Hant": "zh_TW", "zh-Hans": "zh_CN", "ja": "ja_JP"]
            let lists = commands.compactMap { list -> [String: Any]? in
                guard let locale = list.language.map({ locales[$0] }) ?? "default" else { return nil }
                let commands = list.commands.map { ["name": $0.name, "description": $0.purpose] }
                return ["locale": locale, "commands": commands]
            }
            requests.append(
                JSONBody.request(
                    .post, "\(apiURL)/me/messenger_profile", bearer: messengerToken, ["commands": lists]))
        }
        if let whatsAppToken, let whatsAppNumber, let standard = commands.first(where: { $0.language == nil })
        {
            let list = standard.commands.prefix(30).map {
                ["command_name": $0.name, "command_description": $0.purpose]
            }
            requests.append(
                JSONBody.request(
                    .post, "\(apiURL)/\(JSONBody.escaped(whatsAppNumber))/conversational_automation",
                    bearer: whatsAppToken, ["commands": list]))
        }
        return requests
    }

    /// Reads the error's code, which tells more than the status.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let body = response.body
        if (200..<300).contains(response.status) {
            return .sent(
                id: body["messages"].elements.first?["id"].identity ?? body["message_id"].identity)
        }
        switch body["error"]["code"].integer {
        case 131_056: return .tooFast(wait: response.wait, everywhere: false)
        case 4, 613, 80_007, 130_429: return .tooFast(wait: response.wait, everywhere: true)
        case 1, 2, 131_000, 131_016: return .uncertain("the platform fails")
        // A token that is out of date can be mended by the operator while the message waits.
        case 190: return .uncertain("the access token is refused")
        case 131_047: return .refused("more than 24 hours after the person's last message")
        case 100, 131_008, 131_009:
            return message.buttons.isEmpty || message.isPlain ? .refused("invalid parameter") : .markupRefused
        case let code?: return .refused("error \(code)")
        case nil:
            if response.status == 429 { return .tooFast(wait: response.wait, everywhere: true) }
            return .uncertain("status \(response.status)")
        }
    }

    /// Which of our accounts was written to: `whatsapp/<phone number's id>` or `messenger/<page's id>`.
    struct Account {
        let isWhatsApp: Bool
        let id: String

        init?(_ address: ReplyAddress) {
            guard let parts = address.account?.split(separator: "/"), parts.count == 2 else { return nil }
            isWhatsApp = parts[0] == "whatsapp"
            id = String(parts[1])
        }
    }

    private func request(_ account: Account, _ body: [String: Any?]) -> HTTPRequest? {
        (account.isWhatsApp ? whatsAppToken : messengerToken).map {
            JSONBody.request(.post, "\(apiURL)/\(JSONBody.escaped(account.id))/messages", bearer: $0, body)
        }
    }

    private func whatsApp(_ message: OutboundMessage) -> [String: Any?] {
        let chat = message.address.chat
        var body: [String: Any?] = ["messaging_product": "whatsapp", "recipient_type": "individual"]
        // People without a number are written to by their identity.
        body[chat.allSatisfy(\.isNumber) ? "to" : "recipient"] = chat
        if message.index == 0, let question = message.address.message {
            body["context"] = ["message_id": question]
        }
        guard !message.buttons.isEmpty, !message.isPlain,
            message.text.unicodeScalars.count <= Self.longestInteractive
        else {
            body["type"] = "text"
            body["text"] = ["body": message.text, "preview_url": false] as [String: Any]
            return body
        }
        let isShort = message.buttons.count <= 3
        let action: [String: Any] =
            isShort
            ? [
                "buttons": message.buttons.map { button -> [String: Any] in
                    let title = button.label(within: Self.longestLabel)
                    return ["type": "reply", "reply": ["id": button.data, "title": title]]
                }
            ]
            // More than three buttons are a list that opens.
            : [
                "button": "☰",
                "sections": [
                    ["rows": message.buttons.prefix(10).map(Self.row)]
                ],
            ]
        body["type"] = "interactive"
        body["interactive"] =
            ["type": isShort ? "button" : "list", "body": ["text": message.text], "action": action]
            as [String: Any]
        return body
    }

    private static func row(_ button: Button) -> [String: Any] {
        var row = ["id": button.data, "title": button.label(within: longestTitle)]
        if row["title"] != button.label { row["description"] = button.label(within: longestDescription) }
        return row
    }

    private func messenger(_ message: OutboundMessage) -> [String: Any?] {
        var content: [String: Any] = ["text": message.text]
        if !message.buttons.isEmpty, !message.isPlain {
            content["quick_replies"] = message.buttons.prefix(13).map { button -> [String: Any] in
                [
                    "content_type": "text", "title": button.label(within: Self.longestLabel),
                    "payload": button.data,
                ]
            }
        }
        return [
            "recipient": ["id": message.address.chat], "messaging_type": "RESPONSE", "message": content,
        ]
    }
}
