public import Foundation
public import Transport

extension TelegramChannel {
    /// Telegram names no limit; more than this no screen shows in a line.
    private static let longestLabel = 64

    /// Telegram's guides: 30 messages a second, one a second in a chat with short bursts.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .seconds(1), burst: 3), overall: .init(every: .milliseconds(34), burst: 20))
    }

    /// Text with entities beside it.
    public func format(at address: ReplyAddress) -> ReplyFormat { .telegram }

    /// `sendMessage` with entities, so that nothing has to be escaped; `answerInlineQuery` for results.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        switch message.content {
        case .part:
            var body = text(message)
            body["message_thread_id"] = message.address.thread.map(Self.number)
            if !message.address.isPrivate, !message.address.isPress, let question = message.address.message,
                message.index == 0
            {
                body["reply_parameters"] =
                    ["message_id": Self.number(question), "allow_sending_without_reply": true]
                    as [String: Any]
            }
            return call("sendMessage", body)
        case .results(let results):
            return call(
                "answerInlineQuery",
                [
                    "inline_query_id": message.address.handle, "cache_time": 60, "is_personal": false,
                    "results": results.enumerated().map { index, result -> [String: Any] in
                        [
                            "type": "article", "id": String(index), "title": result.title,
                            "description": String(result.text.prefix(200)),
                            "input_message_content": [
                                "message_text": result.text, "link_preview_options": ["is_disabled": true],
                            ] as [String: Any],
                        ]
                    },
                ])
        case .join: return nil
        }
    }

    /// Yes, always.
    public func canEdit(at address: ReplyAddress) -> Bool { true }

    /// `editMessageText`.
    public func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        var body = text(message)
        body["message_id"] = Self.number(id)
        return call("editMessageText", body)
    }

    /// `sendChatAction` and `answerCallbackQuery`.
    public func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest? {
        switch sign {
        case .typing:
            return call(
                "sendChatAction",
                [
                    "chat_id": Self.number(address.chat), "action": "typing",
                    "message_thread_id": address.thread.map(Self.number),
                ])
        case .heard(let text):
            return address.handle.flatMap {
                call("answerCallbackQuery", ["callback_query_id": $0, "text": text])
            }
        }
    }

    /// `setMyCommands`, once for each language.
    public func registration(of commands: [CommandList]) -> [HTTPRequest] {
        commands.compactMap { list in
            call(
                "setMyCommands",
                [
                    "commands": list.commands.map { ["command": $0.name, "description": $0.purpose] },
                    // Telegram knows languages by two letters, and so both Chinese scripts as one.
                    "language_code": list.language.map { String($0.prefix(2)) },
                ])
        }
    }

    /// Reads `ok`, `error_code`, `description` and `parameters`.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        let body = response.body
        if body["ok"].isTrue { return .sent(id: body["result"]["message_id"].identity) }
        let reason = body["description"].string?.lowercased() ?? ""
        switch response.status {
        case 429:
            let wait = body["parameters"]["retry_after"].integer.map { Duration.seconds($0) }
            return .tooFast(wait: wait ?? response.wait, everywhere: false)
        case 400 where reason.contains("not modified"): return .sent(id: nil)
        case 400 where reason.contains("entit") || reason.contains("button"): return .markupRefused
        case 400 where reason.contains("query is too old"): return .refused("the query is too old")
        case 400: return .refused("status 400")
        case 403: return .refused("blocked by the chat")
        default: return .uncertain("status \(response.status)")
        }
    }

    private func text(_ message: OutboundMessage) -> [String: Any?] {
        var body: [String: Any?] = [
            "chat_id": Self.number(message.address.chat), "text": message.text,
            "link_preview_options": ["is_disabled": true],
        ]
        if case .part(let part) = message.content, !message.isPlain, !part.entities.isEmpty {
            body["entities"] = part.entities.map(Self.entity)
        }
        if !message.buttons.isEmpty, !message.isPlain {
            // Questions are lines of their own; what is left shares one.
            let (questions, words) = (
                message.buttons.filter(\.isQuestion), message.buttons.filter { !$0.isQuestion }
            )
            let rows = questions.map { [$0] } + (words.isEmpty ? [] : [words])
            body["reply_markup"] = [
                "inline_keyboard": rows.map { row in
                    row.map {
                        ["text": $0.label(within: Self.longestLabel, .utf16), "callback_data": $0.data]
                    }
                }
            ]
        }
        return body
    }

    private static func entity(_ entity: ReplyPart.Entity) -> [String: Any] {
        var value: [String: Any] = ["offset": entity.offset, "length": entity.length]
        switch entity.kind {
        case .bold: value["type"] = "bold"
        case .quote: value["type"] = "blockquote"
        case .link(let url):
            value["type"] = "text_link"
            value["url"] = url
        }
        return value
    }

    /// Identities are numbers on the wire; channels may also be called by their names.
    private static func number(_ identity: String) -> Any { Int64(identity) ?? identity }

    private func call(_ method: String, _ body: [String: Any?]) -> HTTPRequest? {
        token.map { JSONBody.request(.post, "\(apiURL)/bot\($0)/\(method)", body) }
    }
}
