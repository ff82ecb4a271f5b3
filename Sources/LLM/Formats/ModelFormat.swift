/// The protocols that models are reached by.
public enum ModelFormat: String, Sendable, Hashable, CaseIterable {
    /// OpenAI's chat completions, and all that imitates them.
    case openAI = "openai"
    /// The same by Azure's addresses and header.
    case azure
    /// OpenAI's Responses.
    case responses = "openai-responses"
    /// Anthropic's Messages.
    case anthropic
    /// Google's Gemini and Vertex AI.
    case gemini
    /// Ollama's own.
    case ollama
    /// Amazon Bedrock's Converse.
    case bedrock

    var wire: any WireFormat {
        switch self {
        case .openAI: OpenAIChat()
        case .azure: OpenAIChat(isAzure: true)
        case .responses: OpenAIResponses()
        case .anthropic: AnthropicMessages()
        case .gemini: Gemini()
        case .ollama: OllamaChat()
        case .bedrock: BedrockConverse()
        }
    }
}

/// A base with a path added to it, its query kept.
func address(_ base: String, adding path: String) -> String {
    let parts = base.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var whole = String(parts[0])
    while whole.hasSuffix("/") { whole.removeLast() }
    if !whole.hasSuffix(path) { whole += path }
    return parts.count > 1 ? whole + "?" + parts[1] : whole
}

/// A text as one segment of an address's path: all but unreserved characters (RFC 3986, 2.3) percent-encoded.
func pathSegment(_ text: String) -> String {
    var segment = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            segment.unicodeScalars.append(Unicode.Scalar(byte))
        default: segment += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
    return segment
}
