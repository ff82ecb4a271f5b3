public import Foundation
import Text
import Transport

/// Where an answer goes: what an event tells of the place it came from.
public struct ReplyAddress: Sendable, Hashable, Codable {
    /// The room, channel, group or person.
    public var chat: String
    /// Who asked.
    public var user: String?
    /// The message that is answered.
    public var message: String?
    /// The thread or topic.
    public var thread: String?
    /// A token or address that is good for a short time, to answer just one event.
    public var handle: String?
    /// The account of ours that was written to, where a platform serves several under one secret.
    public var account: String?
    /// Nobody but the user and the bot are in the chat.
    public var isPrivate: Bool
    /// A button was pressed, so that the message with the button is not to be replaced.
    public var isPress: Bool
    /// When the event came in.
    public var receivedAt: Date
}

/// A button below a message.
public struct Button: Sendable, Hashable, Codable {
    /// The longest ``data`` in bytes, which is the least that a platform allows.
    static let longestData = 64

    /// What it says; a platform with less room shows its beginning.
    public var label: String
    /// What it says where the room is scarce; nil for the label itself.
    public var short: String?
    /// What is sent back when it is pressed; at most 64 bytes.
    public var data: String

    /// A button.
    public init(_ label: String, short: String? = nil, data: String) {
        (self.label, self.short, self.data) = (label, short, data)
    }

    /// Whether it is a question to ask, whose label is as long as a line, and not a word.
    var isQuestion: Bool { data.hasPrefix("ask:") }

    /// What it says within a limit: the label, else the short form, else as much of that as fits.
    func label(within limit: Int, _ unit: ReplyFormat.Unit = .scalars) -> String {
        if unit.length(of: label) <= limit { return label }
        let text = short ?? label
        if unit.length(of: text) <= limit { return text }
        var kept = ""
        for character in text {
            guard unit.length(of: kept) + unit.length(of: String(character)) < limit else { break }
            kept.append(character)
        }
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return kept + "…"
    }
}

/// One thing to send to a platform; it is kept in the outbox until the platform has taken it.
public struct OutboundMessage: Sendable, Hashable, Codable {
    /// What is sent.
    public enum Content: Sendable, Hashable, Codable {
        /// A message, or a part of a long one.
        case part(ReplyPart)
        /// Consent to an invitation.
        case join
        /// Results to choose from while a message is being written, each a title and a text.
        case results([Result])
    }

    /// One of the results to choose from.
    public struct Result: Sendable, Hashable, Codable {
        var title: String
        var text: String
    }

    /// Where it goes.
    public var address: ReplyAddress
    /// What is sent.
    public var content: Content
    /// Buttons below it.
    public var buttons: [Button] = []
    /// Its place among the parts of one reply, from 0.
    public var index = 0
    /// The same whenever it is sent again; platforms that know such keys deliver it once.
    public var key: String
    /// The number in the outbox of the message that this one replaces; nil for a new message.
    public var replaces: Int64?
    /// It has to be read even where the platform will not change what it replaces; nil for no.
    public var isNotice: Bool?
    /// The platform refused the markup, so that the plain text goes.
    public var isPlain = false

    /// The text to send, with markup or without; empty where there is none.
    var text: String {
        guard case .part(let part) = content else { return "" }
        return isPlain ? part.plain : part.text
    }
}

/// A platform's answer to one of our requests.
public struct ChannelResponse: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The value of `Retry-After`.
    public let retryAfter: String?
    let body: JSONNode

    /// A response; a body that is not a JSON object is as good as none.
    public init(status: Int, retryAfter: String? = nil, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = (try? JSONNode(object: body)) ?? .nothing
    }

    /// The time to wait that the platform names in its header (RFC 9110, 10.2.3), in seconds and fractions of them.
    var wait: Duration? { Self.seconds(retryAfter.flatMap(Double.init)) }

    static func seconds(_ value: Double?) -> Duration? {
        value.flatMap { $0.isFinite && $0 >= 0 ? .milliseconds(min($0, 86_400) * 1000) : nil }
    }
}

/// What became of a message that was sent.
public enum SendOutcome: Sendable, Hashable {
    /// The platform has it; its identity, where the platform gives one.
    case sent(id: String?)
    /// Too fast: how long to wait, where the platform says so, and for one chat or for all.
    case tooFast(wait: Duration?, everywhere: Bool)
    /// The markup or the buttons are not liked; the plain text may be.
    case markupRefused
    /// The handle of the address is used up or too old.
    case handleRefused
    /// It may have gone out or not; the same may succeed later. Why, without anything that somebody wrote.
    case uncertain(String)
    /// It did not go out, and will not: why, without anything that somebody wrote.
    case refused(String)
}

/// A sign to people that goes out beside the answers and is not kept.
public enum Sign: Sendable, Hashable {
    /// The bot is about to write.
    case typing
    /// A pressed button was heard; what to show for a moment.
    case heard(String?)
}

/// Bodies of requests.
enum JSONBody {
    /// The bytes of an object, keys in order; what JSON cannot hold is a mistake of ours and comes out empty.
    static func bytes(_ object: [String: Any?]) -> [UInt8] {
        var writer = JSONWriter()
        return write(object.compactMapValues { $0 }, to: &writer) ? writer.bytes : []
    }

    private static func write(_ value: Any, to writer: inout JSONWriter) -> Bool {
        switch value {
        case let text as String: writer.append(text)
        case let flag as Bool: writer.append(raw: flag ? "true" : "false")
        case let number as Int: writer.append(number)
        case let number as Int64: writer.append(Int(number))
        case let number as Double where number.isFinite: writer.append(number)
        case let object as [String: Any]:
            writer.append(raw: "{")
            for (place, (key, value)) in object.sorted(by: { $0.key < $1.key }).enumerated() {
                if place > 0 { writer.append(raw: ",") }
                writer.append(key)
                writer.append(raw: ":")
                guard write(value, to: &writer) else { return false }
            }
            writer.append(raw: "}")
        case let list as [Any]:
            writer.append(raw: "[")
            for (place, value) in list.enumerated() {
                if place > 0 { writer.append(raw: ",") }
                guard write(value, to: &writer) else { return false }
            }
            writer.append(raw: "]")
        default: return false
        }
        return true
    }

    /// A request with a JSON body.
    static func request(
        _ method: HTTPRequest.Method = .post, _ url: String, bearer: String? = nil,
        headers: [(name: String, value: String)] = [], _ object: [String: Any?]
    ) -> HTTPRequest {
        var headers = headers
        headers.append(("Content-Type", "application/json"))
        if let bearer { headers.append(("Authorization", "Bearer \(bearer)")) }
        return HTTPRequest(
            method, url: url, headers: headers, body: bytes(object),
            timeouts: HTTPRequest.Timeouts(
                connect: .seconds(5), firstByte: .seconds(10), idle: .seconds(10), total: .seconds(20)),
            maxResponseBytes: 1 << 20)
    }

    /// A part of a path, so that nothing in it leads elsewhere.
    static func escaped(_ part: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return part.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
