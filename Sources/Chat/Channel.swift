public import Foundation

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

/// The answer to a platform's request, status 200.
public struct Acknowledgement: Sendable, Equatable {
    /// No body.
    public static let empty = Acknowledgement(contentType: nil, body: "")

    /// The media type of the body; nil where there is none.
    public let contentType: String?
    /// The body.
    public let body: String

    static func json(_ body: String) -> Self { Self(contentType: "application/json", body: body) }
    static func text(_ body: String) -> Self { Self(contentType: "text/plain", body: body) }
}
