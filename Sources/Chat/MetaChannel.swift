public import Foundation

/// WhatsApp's Cloud API and Messenger, which share the signature, the handshake and the address.
///
/// Source: developers.facebook.com, “Webhooks: Getting Started” and “WhatsApp Cloud API: Webhooks”.
public struct MetaChannel: Channel {
    /// `meta`.
    public let name = "meta"
    private let secret: ChannelSecret
    private let verifyToken: ChannelSecret
    let whatsAppToken: String?
    let messengerToken: String?
    let whatsAppNumber: String?
    let apiURL: String

    /// - Parameters:
    ///   - secret: the app secret.
    ///   - verifyToken: the text that was typed into the app's dashboard for the handshake.
    ///   - whatsAppToken: the access token of the Cloud API.
    ///   - messengerToken: the page's access token.
    ///   - whatsAppNumber: the identity of the phone number whose commands are made known; answers go out without it.
    ///   - apiURL: where the Graph API is served, with its version.
    public init(
        secret: ChannelSecret, verifyToken: ChannelSecret, whatsAppToken: String? = nil,
        messengerToken: String? = nil, whatsAppNumber: String? = nil,
        apiURL: String = "https://graph.facebook.com/v23.0"
    ) {
        self.secret = secret
        self.verifyToken = verifyToken
        self.whatsAppToken = whatsAppToken
        self.messengerToken = messengerToken
        self.whatsAppNumber = whatsAppNumber
        self.apiURL = apiURL
    }

    /// Checks the handshake's token (403) or the signature over the body (401).
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        if request.method == "GET" {
            guard request.query["hub.mode"] == "subscribe", let claim = request.query["hub.verify_token"],
                verifyToken.matches(claim)
            else { throw .forbidden(reason: "hub.mode or hub.verify_token is not as agreed") }
            return
        }
        guard let claim = request.header("X-Hub-Signature-256") else {
            throw .unauthorised(reason: "X-Hub-Signature-256 is missing")
        }
        guard secret.signs([request.body], as: claim, written: { "sha256=" + Hexadecimal.text($0) }) else {
            throw .unauthorised(reason: "the signature is not the one of these bytes")
        }
    }

    /// Reads the messages of all entries; receipts of delivery and reading bring no event.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        if request.method == "GET" {
            guard let challenge = request.query["hub.challenge"] else {
                throw .malformed(reason: "hub.challenge is missing")
            }
            return Update(acknowledgement: .text(challenge))
        }
        let body = try JSONNode(object: request.body)
        var events: [ChatEvent] = []
        for entry in body["entry"].elements {
            for change in entry["changes"].elements where change["field"].string == "messages" {
                for message in change["value"]["messages"].elements {
                    var event = try whatsApp(message, contacts: change["value"]["contacts"].elements)
                    event.account = change["value"]["metadata"]["phone_number_id"].identity
                        .map { "whatsapp/\($0)" }
                    events.append(event)
                }
            }
            for item in entry["messaging"].elements {
                if let event = messenger(item) { events.append(event) }
            }
        }
        return Update(events)
    }

    /// Since 2026 a person's number may be absent; `user_id` is what stays the same.
    private func whatsApp(_ message: JSONNode, contacts: [JSONNode]) throws(ChannelError) -> ChatEvent {
        let number = message["from"].identity
        let contact = contacts.first { number != nil && $0["wa_id"].identity == number } ?? contacts.first
        let person = message["from_user_id"].identity ?? contact?["user_id"].identity
        let id = try message.required("id")
        var event = ChatEvent(id: id, kind: .ignore, chat: number ?? person)
        event.user = person ?? number
        event.message = id
        event.isPrivate = true
        event.time = message["timestamp"].seconds
        switch message["type"].string {
        case "text":
            event.kind = .message
            event.text = message["text"]["body"].string
        case "interactive":
            event.kind = .button
            let interactive = message["interactive"]
            event.text = interactive["button_reply"]["id"].string ?? interactive["list_reply"]["id"].string
        case "button":
            event.kind = .button
            event.text = message["button"]["payload"].string
        case let type? where message[type]["caption"].isPresent:
            // A picture, film or file with words.
            event.kind = .message
            event.text = message[type]["caption"].string
        default: break
        }
        return event
    }

    /// Receipts and typing marks have no message and are nothing that happened to us.
    private func messenger(_ item: JSONNode) -> ChatEvent? {
        let message = item["message"]
        let edit = item["message_edit"]
        let postback = item["postback"]
        guard let id = message["mid"].string ?? edit["mid"].string ?? postback["mid"].string else {
            return nil
        }
        let isEcho = message["is_echo"].isTrue
        // An edit comes under the identity of the message it changes, so its count tells deliveries apart.
        let isEdit = edit.isPresent
        var event = ChatEvent(
            id: isEdit ? "\(id):\(edit["num_edit"].integer ?? 0)" : id, kind: isEdit ? .edit : .message,
            chat: item[isEcho ? "recipient" : "sender"]["id"].identity)
        event.user = item["sender"]["id"].identity
        event.message = id
        event.text = message["text"].string ?? edit["text"].string
        event.isPrivate = true
        event.time = item["timestamp"].milliseconds
        if let payload = message["quick_reply"]["payload"].string ?? postback["payload"].string {
            event.kind = .button
            event.text = payload
        }
        event.isFromBot = isEcho
        event.account = item["recipient"]["id"].identity.map { "messenger/\($0)" }
        if isEcho || event.text == nil { event.kind = .ignore }
        return event
    }
}
