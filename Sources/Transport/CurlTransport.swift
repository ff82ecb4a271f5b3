#if LLM
    public import Logging

    /// HTTP/1.1 and HTTP/2 over libcurl's multi interface, on one thread for all exchanges.
    ///
    /// Connections are kept and shared: equal targets with equal trust use one connection after another, or one
    /// HTTP/2 connection at once. A body is buffered up to 64 KiB; beyond that the sender is held back until the
    /// reader takes some. The transport lives until ``shutdown(grace:)``, or until it and all bodies are dropped.
    ///
    /// Measured bounds of time hold to a few milliseconds. The bound of connecting is libcurl's; the others are
    /// kept here, because libcurl takes any byte for progress and knows no first byte.
    public final class CurlTransport: HTTPTransport {
        /// What an owner may set.
        public struct Configuration: Sendable {
            /// The most connections to one host at a time, 0 for no bound; requests above it wait.
            public var maxConnectionsPerHost = 0
            /// The most idle connections that are kept.
            public var maxIdleConnections = 64
            /// The name by which we introduce ourselves.
            public var userAgent = "newsdesk"

            /// The defaults.
            public init() {}
        }

        private let engine: CurlEngine

        /// A transport with its thread running.
        ///
        /// - Throws: ``TransportError/unavailable(_:)`` when libcurl cannot be set up.
        public init(
            configuration: Configuration = Configuration(),
            logger: Logger = Logger(label: "newsdesk.transport")
        ) throws(TransportError) {
            engine = try CurlEngine(
                maxConnectionsPerHost: configuration.maxConnectionsPerHost,
                maxIdleConnections: configuration.maxIdleConnections, userAgent: configuration.userAgent,
                logger: logger)
        }

        deinit {
            engine.post(.stop(.now))
        }

        /// The response, as soon as its head is here.
        ///
        /// - Throws: the reason why there is none; ``TransportError/cancelled`` when the task is cancelled, whose
        ///   socket is then closed.
        public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            guard !Task.isCancelled else { throw .cancelled }
            let exchange = Exchange(Transfer(request, start: .now), transport: self)
            guard engine.post(.start(exchange.transfer)) else { throw .unavailable("it is shut down") }
            let head = try await exchange.head()
            return HTTPResponse(
                status: head.status, headers: head.headers,
                body: ResponseBody(
                    pull: { () async throws(TransportError) -> [UInt8]? in try await exchange.next() },
                    release: { exchange.finish() }))
        }

        /// Refuses new requests, waits `grace` for those under way, cuts off the rest, and ends the thread.
        public func shutdown(grace: Duration) async {
            await engine.stop(by: .now + grace)
        }

        fileprivate func post(_ command: CurlEngine.Command) { engine.post(command) }
    }

    /// The caller's hold on a transfer: when it is let go, the transfer ends.
    ///
    /// It keeps the transport alive, so that a body can be read after its owner has forgotten the transport.
    private final class Exchange: Sendable {
        let transfer: Transfer
        private let transport: CurlTransport

        init(_ transfer: Transfer, transport: CurlTransport) {
            self.transfer = transfer
            self.transport = transport
        }

        deinit {
            if transfer.letGo() { transport.post(.drop(transfer)) }
        }

        func head() async throws(TransportError) -> HeadParser.Head {
            let result = await withTaskCancellationHandler {
                await transfer.head()
            } onCancel: {
                cancel()
            }
            return try result.get()
        }

        func next() async throws(TransportError) -> [UInt8]? {
            guard !Task.isCancelled else {
                cancel()
                throw .cancelled
            }
            let (result, resumes) = await withTaskCancellationHandler {
                await transfer.chunk()
            } onCancel: {
                cancel()
            }
            if resumes { transport.post(.resume(transfer)) }
            return try result.get()
        }

        func finish() {
            if transfer.release() { transport.post(.linger(transfer)) }
        }

        private func cancel() {
            transfer.end(.failure(.cancelled))
            transport.post(.drop(transfer))
        }
    }
#endif
