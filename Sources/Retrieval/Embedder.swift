/// Makes vectors of texts, near to each other where the texts mean the like, in whatever language.
public protocol Embedder: Sendable {
    /// What makes the vectors: those of embedders with different names cannot be compared.
    var name: String { get }
    /// The most passages that are taken at once.
    var batchSize: Int { get }

    /// The vector of a question, soon or not at all.
    func embed(question: String) async throws(EmbedderError) -> [Float]

    /// The vectors of some passages, in their order.
    func embed(passages: [String]) async throws(EmbedderError) -> [[Float]]
}

/// Why there are no vectors.
public enum EmbedderError: Error, Sendable, Hashable {
    /// Not now; the same texts may have theirs a little later.
    case unavailable(String)
    /// Never: something is wrong with the texts.
    case refused(String)

    /// What went wrong, for an operator.
    public var reason: String {
        switch self {
        case .unavailable(let reason), .refused(let reason): reason
        }
    }
}
