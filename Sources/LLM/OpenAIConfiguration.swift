import Foundation
public import Transport

/// One endpoint that speaks OpenAI's chat completions.
public struct OpenAIConfiguration: Sendable {
    /// The field of the request that bounds the length of the answer.
    public enum TokenLimitField: String, Sendable, Hashable {
        /// The old name, which every compatible server knows.
        case maxTokens = "max_tokens"
        /// The new name, which OpenAI's reasoning models insist on.
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// The provider's name in answers, logs and metrics.
    public var name: String
    /// The address up to and with the version (`https://api.openai.com/v1`), or up to the port, or whole.
    public var baseURL: String
    /// The key, sent as a bearer token, or nil where none is asked for.
    public var apiKey: Secret?
    /// The model to ask for.
    public var model: String
    /// The longest wait for a connection.
    public var connectTimeout: Duration
    /// The longest wait for the first useful token; headers, pings and hidden reasoning are not useful.
    public var firstTokenTimeout: Duration
    /// The longest gap between two useful tokens.
    public var idleTimeout: Duration
    /// The most tokens that the answer may have.
    public var maxTokens: Int
    /// The field that says so.
    public var tokenLimitField: TokenLimitField
    /// How freely the model words its answer, or nil to leave it to the server, as reasoning models demand.
    public var temperature: Double?
    /// The most bytes of a response, above which it is held for rubbish.
    public var maxResponseBytes: Int
    /// The way out.
    public var proxy: HTTPRequest.Proxy
    /// The trust in the server.
    public var tls: HTTPRequest.TLS

    /// An endpoint; the name is the address's host where it is not given.
    public init(
        name: String? = nil, baseURL: String, apiKey: Secret? = nil, model: String,
        connectTimeout: Duration = .seconds(2), firstTokenTimeout: Duration = .seconds(8),
        idleTimeout: Duration = .seconds(10), maxTokens: Int = 400,
        tokenLimitField: TokenLimitField = .maxTokens, temperature: Double? = 0,
        maxResponseBytes: Int = 4 << 20, proxy: HTTPRequest.Proxy = .environment,
        tls: HTTPRequest.TLS = .verified
    ) {
        self.name = name ?? Self.host(of: baseURL)
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
        self.connectTimeout = connectTimeout
        self.firstTokenTimeout = firstTokenTimeout
        self.idleTimeout = idleTimeout
        self.maxTokens = maxTokens
        self.tokenLimitField = tokenLimitField
        self.temperature = temperature
        self.maxResponseBytes = maxResponseBytes
        self.proxy = proxy
        self.tls = tls
    }

    /// The address to post to: the base with what it lacks of `/v1/chat/completions`, its query kept.
    var chatURL: String { openAIAddress(baseURL, of: "/chat/completions") }

    private static func host(of url: String) -> String {
        let afterScheme = url.range(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? authority
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }
}
