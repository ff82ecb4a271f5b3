public import Foundation
public import Transport

/// The generic webhook for senders that do not wait: a delivery is accepted, the answer comes by a signed request.
///
/// Deliveries are those of ``GenericWebhook``. The callback carries the same headers of time and signature, made with the
/// same secret, and `{"id","conversation","text","part"}`; its `id` is the delivery's.
public struct GenericChannel: Channel {
    /// `generic`.
    public let name = "generic"
    private let secret: String
    private let signature: DeliverySignature
    private let callback: String

    /// - Parameters:
    ///   - secret: what deliveries and callbacks are signed with.
    ///   - callback: the address that answers go to.
    public init(secret: String, callback: String) {
        self.secret = secret
        signature = DeliverySignature(secret: secret)
        self.callback = callback
    }

    /// Checks time and signature.
    public func verify(_ request: ChannelRequest, now: Date) throws(ChannelError) {
        do throws(WebhookError) {
            try signature.check(
                body: request.body, timestamp: request.header("X-Newsdesk-Timestamp"),
                signature: request.header("X-Newsdesk-Signature"), now: now)
        } catch {
            throw .unauthorised(reason: error.description)
        }
    }

    /// Reads a delivery; it is acknowledged with 202.
    public func decode(_ request: ChannelRequest) throws(ChannelError) -> Update {
        let message: GenericWebhook.Message
        do throws(WebhookError) { message = try GenericWebhook.message(request.body) } catch {
            throw .malformed(reason: error.description)
        }
        var event = ChatEvent(id: message.id, kind: .message, chat: message.conversation)
        event.user = message.user
        event.message = message.id
        event.text = message.text
        event.isPrivate = true
        event.locale = message.language
        var accepted = Acknowledgement.json(#"{"status":"accepted"}"#)
        accepted.status = 202
        return Update([event], acknowledgement: accepted)
    }

    /// As fast as the receiver takes them.
    public var pace: SendPace {
        SendPace(
            perChat: .init(every: .milliseconds(10), burst: 50),
            overall: .init(every: .milliseconds(1), burst: 200))
    }

    /// Plain text.
    public func format(at address: ReplyAddress) -> ReplyFormat { .line }

    /// The signed callback.
    public func send(_ message: OutboundMessage, now: Date) -> HTTPRequest? {
        guard case .part = message.content else { return nil }
        var request = JSONBody.request(
            .post, callback,
            [
                "id": message.address.message ?? message.key, "conversation": message.address.chat,
                "text": message.text, "part": message.index,
            ])
        let signed = GenericWebhook.sign(request.body ?? [], secret: secret, at: now)
        request.headers += [
            ("X-Newsdesk-Timestamp", signed.timestamp), ("X-Newsdesk-Signature", signed.signature),
        ]
        return request
    }

    /// Any status of 200 to 299 is a receipt; 429 and those from 500 on are asked again, others are not.
    public func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome {
        switch response.status {
        case 200..<300: .sent(id: nil)
        case 408, 500...: .uncertain("status \(response.status)")
        case 429: .tooFast(wait: response.wait, everywhere: true)
        default: .refused("status \(response.status)")
        }
    }
}
