/// One outbound request and the bounds of its exchange.
public struct HTTPRequest: Sendable {
    /// The verbs that the project sends.
    public enum Method: String, Sendable, Hashable {
        /// Reads a resource.
        case get = "GET"
        /// Reads the head of a resource alone.
        case head = "HEAD"
        /// Hands a body to a resource.
        case post = "POST"
        /// Replaces a resource.
        case put = "PUT"
        /// Changes a part of a resource.
        case patch = "PATCH"
        /// Removes a resource.
        case delete = "DELETE"
    }

    /// How long each phase of an exchange may take; every bound ends the exchange and closes its socket.
    public struct Timeouts: Sendable, Hashable {
        /// From the start to an open connection, TLS handshake included.
        public var connect: Duration
        /// From the start to the status line of the final response; interim (1xx) responses do not count.
        public var firstByte: Duration
        /// The longest silence after the first byte; time in which the reader itself holds back does not count.
        public var idle: Duration
        /// From the start to the last byte.
        public var total: Duration

        /// Bounds that fit a chat reader's patience.
        public init(
            connect: Duration = .seconds(2), firstByte: Duration = .seconds(8), idle: Duration = .seconds(10),
            total: Duration = .seconds(25)
        ) {
            self.connect = connect
            self.firstByte = firstByte
            self.idle = idle
            self.total = total
        }
    }

    /// The way out of the house.
    public enum Proxy: Sendable, Hashable {
        /// As `http_proxy`, `https_proxy` and `no_proxy` say; loopback addresses always go direct.
        case environment
        /// No proxy, whatever the environment says.
        case direct
        /// This proxy for every host: `http://`, `https://`, `socks5://` or `socks5h://`, host and port.
        case url(String)
    }

    /// Which addresses may be connected to.
    public enum Reach: Sendable, Hashable {
        /// Any.
        case anywhere
        /// Only those of the public internet, whatever a name resolves to: see ``PublicAddress``. A proxy resolves names
        /// by itself, so that such requests go direct.
        case publicInternet
    }

    /// Whose word is taken for the other side's name.
    public enum TLS: Sendable, Hashable {
        /// The system's certificate authorities.
        case verified
        /// The authorities in this PEM file, in place of the system's.
        case customAuthority(path: String)
        /// Nobody's: anyone on the way can read and change everything. Logged as a warning for each host.
        case insecure
    }

    /// The verb.
    public var method: Method
    /// An absolute `http://` or `https://` address without credentials.
    public var url: String
    /// Header fields in order.
    ///
    /// Names are sent as given. `Host` and `Content-Length` are added.
    public var headers: [(name: String, value: String)]
    /// The bytes to send, or nil for none.
    public var body: [UInt8]?
    /// The bounds in time.
    public var timeouts: Timeouts
    /// The bound in size: a response body above it ends in ``TransportError/tooLarge(limit:)``.
    public var maxResponseBytes: Int
    /// The way out.
    public var proxy: Proxy
    /// The trust in the other side.
    public var tls: TLS
    /// The addresses that may be connected to.
    public var reach = Reach.anywhere
    /// Whether the answer may come compressed; it is unpacked on the way, and the bound in size is that of what it
    /// unpacks to.
    public var acceptsCompression = false

    /// A request with verified TLS, the environment's proxy, and an answer of at most 8 MiB, where not said otherwise.
    public init(
        _ method: Method = .get, url: String, headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil, timeouts: Timeouts = Timeouts(), maxResponseBytes: Int = 8 << 20,
        proxy: Proxy = .environment, tls: TLS = .verified
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.maxResponseBytes = maxResponseBytes
        self.proxy = proxy
        self.tls = tls
    }
}
