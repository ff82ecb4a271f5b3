public import Foundation
public import Transport

/// A chat platform: who may speak for it, what its requests say, and how they are acknowledged.
///
/// A request goes through ``receive(_:now:)``, the only way in: the size is checked, then the proof of the sender over
/// the bytes as they came, and only then is anything parsed. Channels are values without state; clocks and sockets
/// stay outside.
public protocol Channel: Sendable {
    /// The name that deduplication, settings and metrics know the platform by, such as `slack`.
    var name: String { get }

    /// Checks that the request comes from the platform and, where the platform signs a time, that it is fresh.
    ///
    /// - Throws: ``ChannelError`` with status 401 or 403 whatever the headers hold.
    func verify(_ request: ChannelRequest, now: Date) throws(ChannelError)

    /// Reads a request that was verified.
    ///
    /// - Throws: ``ChannelError/malformed(reason:)`` or ``ChannelError/unknownPath(_:)``.
    func decode(_ request: ChannelRequest) throws(ChannelError) -> Update

    /// Where the platform's requests come in.
    var routes: [ChannelRoute] { get }

    /// The body that tells the platform why a request was turned away; JSON.
    func refusal(of error: ChannelError) -> String

    /// How often messages may go out.
    var pace: SendPace { get }

    /// Whether answers among several people begin a thread at the question; what is said in it is then for the bot.
    var opensThreads: Bool { get }

    /// The markup and the limits at an address.
    func format(at address: ReplyAddress) -> ReplyFormat

    /// The parts of a reply, none longer than a message may be.
    func render(_ document: ReplyDocument, at address: ReplyAddress) -> [ReplyPart]

    /// The request that sends a message; nil where there is no way to, such as a handle that is too old.
    func send(_ message: OutboundMessage, now: Date) -> HTTPRequest?

    /// Whether what was sent to an address can be changed later.
    func canEdit(at address: ReplyAddress) -> Bool

    /// The request that puts a message in the place of the one that the platform knows by an identity; nil where that
    /// cannot be done.
    func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest?

    /// The request that gives a sign; nil where the platform has none.
    func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest?

    /// The requests that make the bot's commands known, sent once at every start.
    ///
    /// - Parameter commands: for each language the names with a word on what each does.
    /// - Returns: the requests, in order.
    func registration(of commands: [CommandList]) -> [HTTPRequest]

    /// What the platform's answer to a message means.
    func outcome(of response: ChannelResponse, to message: OutboundMessage, now: Date) -> SendOutcome
}

/// A path of the server, with `{name}` for a part that may be anything.
public struct ChannelRoute: Sendable, Hashable {
    /// The method in capitals.
    public var method: String
    /// The path's pattern.
    public var path: String

    init(_ method: String, _ path: String) { (self.method, self.path) = (method, path) }
}

/// The bot's commands in one language.
public struct CommandList: Sendable, Hashable {
    /// The language's tag; nil for the list that holds where none of the others does.
    public var language: String?
    /// The names without the slash, and what each does.
    public var commands: [Command]

    /// One command.
    public struct Command: Sendable, Hashable {
        /// The name without the slash.
        public var name: String
        /// What it does; at most 100 characters.
        public var purpose: String
    }
}

extension Channel {
    /// `/webhooks/<name>`.
    public var routes: [ChannelRoute] { [ChannelRoute("POST", "/webhooks/\(name)")] }

    /// `{"error":{"code","message"}}`, as everywhere on this server.
    public func refusal(of error: ChannelError) -> String {
        let code =
            switch error {
            case .unauthorised, .stale: "unauthorized"
            case .forbidden: "forbidden"
            case .malformed: "bad_request"
            case .unknownPath: "not_found"
            case .oversized: "too_large"
            }
        return String(
            decoding: JSONBody.bytes(["error": ["code": code, "message": error.description]]), as: UTF8.self)
    }

    /// No.
    public var opensThreads: Bool { false }

    /// As ``ReplyRenderer`` writes them.
    public func render(_ document: ReplyDocument, at address: ReplyAddress) -> [ReplyPart] {
        ReplyRenderer(format(at: address)).parts(of: document)
    }

    /// No.
    public func canEdit(at address: ReplyAddress) -> Bool { false }
    /// Nil: the platform changes nothing that was said.
    public func edit(_ message: OutboundMessage, as id: String, now: Date) -> HTTPRequest? { nil }
    /// Nil: the platform has no such sign.
    public func sign(_ sign: Sign, at address: ReplyAddress) -> HTTPRequest? { nil }
    /// None: the platform has no such lists.
    public func registration(of commands: [CommandList]) -> [HTTPRequest] { [] }
}

extension Channel {
    /// Verifies and reads a request.
    ///
    /// - Returns: the events to commit, and what to answer once they are committed.
    /// - Throws: ``ChannelError``, whose `status` is the answer then.
    public func receive(_ request: ChannelRequest, now: Date) throws(ChannelError) -> Update {
        guard request.body.count <= ChannelRequest.largestBody else {
            throw .oversized(bytes: request.body.count)
        }
        try verify(request, now: now)
        return try decode(request)
    }
}

/// What one request of a platform brought: any number of events, and the answer that acknowledges them.
public struct Update: Sendable, Equatable {
    /// What happened, in the platform's order.
    public let events: [ChatEvent]
    /// The answer to give once the events are committed.
    public let acknowledgement: Acknowledgement

    init(_ events: [ChatEvent] = [], acknowledgement: Acknowledgement = .empty) {
        self.events = events
        self.acknowledgement = acknowledgement
    }
}

/// The answer to a platform's request.
public struct Acknowledgement: Sendable, Equatable {
    /// No body.
    public static let empty = Acknowledgement(contentType: nil, body: "")

    /// The HTTP status, 200 where the platform wants no other.
    public var status = 200

    /// The media type of the body; nil where there is none.
    public let contentType: String?
    /// The body.
    public let body: String

    static func json(_ body: String) -> Self { Self(contentType: "application/json", body: body) }
    static func text(_ body: String) -> Self { Self(contentType: "text/plain", body: body) }
}
