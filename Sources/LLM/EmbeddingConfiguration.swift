import Foundation
public import Transport

/// One endpoint that makes vectors of texts, as OpenAI's embeddings do.
public struct EmbeddingConfiguration: Sendable {
    /// The address up to and with the version (`https://api.openai.com/v1`), or up to the port, or whole.
    public var baseURL: String
    /// The key, sent as a bearer token, or nil where none is asked for.
    public var apiKey: Secret?
    /// The model to ask for.
    public var model: String
    /// What the model wants before a question, such as `query: ` for the E5 family.
    public var queryPrefix: String
    /// What it wants before a passage, such as `passage: `.
    public var passagePrefix: String
    /// The most texts of one request.
    public var batchSize: Int
    /// The longest wait for a connection.
    public var connectTimeout: Duration
    /// The longest wait for the vector of a question, after which it is answered without.
    public var queryTimeout: Duration
    /// The longest wait for the vectors of a batch of passages.
    public var passageTimeout: Duration
    /// The most bytes of a response, above which it is held for rubbish.
    public var maxResponseBytes: Int
    /// The way out.
    public var proxy: HTTPRequest.Proxy
    /// The trust in the server.
    public var tls: HTTPRequest.TLS

    /// An endpoint, with bounds that fit a reader who waits.
    public init(
        baseURL: String, apiKey: Secret? = nil, model: String, queryPrefix: String = "",
        passagePrefix: String = "", batchSize: Int = 16, connectTimeout: Duration = .seconds(2),
        queryTimeout: Duration = .seconds(1), passageTimeout: Duration = .seconds(120),
        maxResponseBytes: Int = 64 << 20, proxy: HTTPRequest.Proxy = .environment,
        tls: HTTPRequest.TLS = .verified
    ) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
        self.queryPrefix = queryPrefix
        self.passagePrefix = passagePrefix
        self.batchSize = batchSize
        self.connectTimeout = connectTimeout
        self.queryTimeout = queryTimeout
        self.passageTimeout = passageTimeout
        self.maxResponseBytes = maxResponseBytes
        self.proxy = proxy
        self.tls = tls
    }

    /// The address to post to.
    var url: String { openAIAddress(baseURL, of: "/embeddings") }
}

/// The address of one of OpenAI's resources: the base with what it lacks of `/v1` and the path, its query kept.
func openAIAddress(_ base: String, of resource: String) -> String {
    let parts = base.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path = String(parts[0])
    while path.hasSuffix("/") { path.removeLast() }
    if !path.hasSuffix(resource) {
        let afterScheme = path.range(of: "://").map { path[$0.upperBound...] } ?? path[...]
        path += afterScheme.contains("/") ? resource : "/v1" + resource
    }
    return parts.count > 1 ? path + "?" + parts[1] : path
}
