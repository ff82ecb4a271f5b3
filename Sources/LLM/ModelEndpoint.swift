import Foundation
public import Transport

/// One model of one provider: how it is reached, and what decides who may be sent there.
public struct ModelEndpoint: Sendable {
    /// The field of a request that bounds the length of the answer, where the format has two.
    public enum TokenLimitField: String, Sendable, Hashable, CaseIterable {
        /// The old name, which every compatible server knows.
        case maxTokens = "max_tokens"
        /// The new name, which OpenAI's reasoning models insist on.
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// What tokens cost, in the account's currency for a million of them.
    public struct Price: Sendable, Hashable {
        /// Those of a prompt.
        public var input: Double
        /// Those of an answer.
        public var output: Double

        /// Prices, both free where not said otherwise.
        public init(input: Double = 0, output: Double = 0) {
            self.input = input
            self.output = output
        }
    }

    /// The provider's name in answers, logs and metrics.
    public var name: String
    /// The protocol that it speaks.
    public var format: ModelFormat
    /// The address up to what the format adds, or whole.
    public var baseURL: String
    /// The key, or nil where none is asked for.
    public var apiKey: Secret?
    /// The model to ask for; Azure's deployment.
    public var model: String

    /// Who stands behind it, by which two endpoints are told to be of one vendor.
    public var vendor: String
    /// Who the owner has a contract with, by full name.
    public var company: String?
    /// Where that company sits.
    public var country: String?
    /// Where it computes, in the owner's words (`eu`, `us`).
    public var region = ""
    /// What it keeps of prompts, in the owner's words (`none`, `30d`, `unknown`).
    public var retention = "unknown"
    /// The plans whose conversations may go there; nil for all.
    public var plans: Set<String>?
    /// Whether prompts leave the house.
    public var isExternal: Bool
    /// What it costs.
    public var price = Price()
    /// How much it is preferred to others of its level; 2 is chosen twice as often as 1.
    public var weight = 1.0
    /// The tokens that prompt and answer may have together.
    public var contextTokens = 8192
    /// The questions under way there at most.
    public var maxConcurrent = 8
    /// The requests of any minute at most; nil for no bound.
    public var requestsPerMinute: Int?

    /// The longest wait for a connection.
    public var connectTimeout: Duration
    /// The longest wait for the first useful token; headers, pings and hidden reasoning are not useful.
    public var firstTokenTimeout: Duration
    /// The longest gap between two useful tokens.
    public var idleTimeout: Duration
    /// The most tokens that the answer may have.
    public var maxTokens: Int
    /// The field that says so.
    public var tokenLimitField = TokenLimitField.maxTokens
    /// How freely the model words its answer, or nil to leave it to the server, as reasoning models demand.
    public var temperature: Double? = 0
    /// The most bytes of a response, above which it is held for rubbish.
    public var maxResponseBytes = 4 << 20
    /// The way out.
    public var proxy = HTTPRequest.Proxy.environment
    /// The trust in the server.
    public var tls = HTTPRequest.TLS.verified

    /// An endpoint; the name is the address's host where it is not given.
    public init(
        name: String? = nil, format: ModelFormat = .openAI, baseURL: String, apiKey: Secret? = nil,
        model: String, connectTimeout: Duration = .seconds(2), firstTokenTimeout: Duration = .seconds(8),
        idleTimeout: Duration = .seconds(10), maxTokens: Int = 400
    ) {
        let host = Self.host(of: baseURL)
        self.name = name ?? host
        self.format = format
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
        self.connectTimeout = connectTimeout
        self.firstTokenTimeout = firstTokenTimeout
        self.idleTimeout = idleTimeout
        self.maxTokens = maxTokens
        vendor = host
        isExternal = !(host == "localhost" || host == "[::1]" || host.hasPrefix("127."))
    }

    /// What an attempt costs that took these tokens.
    func spend(_ usage: TokenUsage) -> Spend {
        let (read, written) = (usage.prompt ?? 0, usage.completion ?? 0)
        return Spend(
            tokens: read + written,
            nanos: Int((Double(read) * price.input * 1000).rounded())
                + Int((Double(written) * price.output * 1000).rounded()))
    }

    private static func host(of url: String) -> String {
        let afterScheme = url.range(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? authority
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }
}

extension Prompt {
    /// The tokens that a model will make of it, rather too many than too few: four ASCII bytes are one, and any other
    /// character is one.
    public var estimatedTokens: Int { estimatedTokenCount(of: system) + estimatedTokenCount(of: user) }
}

/// The tokens that a model makes of a text, rather too many than too few.
public func estimatedTokenCount(of text: String) -> Int {
    var ascii = 0
    var others = 0
    for byte in text.utf8 {
        // Each character beyond ASCII has one byte that continues none.
        if byte < 0x80 { ascii += 1 } else if byte >= 0xC0 { others += 1 }
    }
    return (ascii + 3) / 4 + others
}
