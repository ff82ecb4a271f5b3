/// The bytes of one response body in the pieces in which they arrive, each at least one byte.
///
/// It has one reader and is read once. A reader that is slow holds the sender back; a reader whose task is
/// cancelled gets ``TransportError/cancelled``, never an end that looks whole; when the last copy is dropped
/// before the end, the socket is closed.
public struct ResponseBody: AsyncSequence, Sendable {
    /// A piece of the body.
    public typealias Element = [UInt8]
    /// What ends a body early.
    public typealias Failure = TransportError

    /// Reads a body piece by piece.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let pull: @Sendable () async throws(TransportError) -> [UInt8]?

        /// The next piece, or nil after the last byte.
        ///
        /// - Throws: what ended the exchange early; every later call throws it again.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(TransportError) -> [UInt8]? {
            try await pull()
        }
    }

    private let pull: @Sendable () async throws(TransportError) -> [UInt8]?
    private let release: @Sendable () -> Void

    /// A body drawn from a function that returns the next piece, or nil at the end.
    ///
    /// - Parameters:
    ///   - pull: called by one reader at a time; what it captures lives as long as the body.
    ///   - release: called by ``finish()``.
    public init(
        pull: @escaping @Sendable () async throws(TransportError) -> [UInt8]?,
        release: @escaping @Sendable () -> Void = {}
    ) {
        self.pull = pull
        self.release = release
    }

    /// The reader of the body.
    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    /// Says that the reader has all it wants.
    ///
    /// What little is still to come is then discarded in the background, so that the connection can serve the
    /// next request; a sender that goes on for long is cut off all the same. Nothing can be read afterwards.
    public func finish() { release() }
}
