public import LLM
import Logging
public import Retrieval
import Storage
import Transport

extension EmbeddingEndpoint: Embedder {
    /// The model with what is set before passages: either makes other vectors.
    public var name: String { "\(configuration.model), “\(configuration.passagePrefix)”" }

    /// As the endpoint is configured.
    public var batchSize: Int { configuration.batchSize }

    /// The vector of a question.
    public func embed(question: String) async throws(EmbedderError) -> [Float] {
        do {
            return try await embed([question], as: .query).first ?? []
        } catch {
            throw EmbedderError(error)
        }
    }

    /// The vectors of some passages.
    public func embed(passages: [String]) async throws(EmbedderError) -> [[Float]] {
        do {
            return try await embed(passages, as: .passage)
        } catch {
            throw EmbedderError(error)
        }
    }
}

extension EmbedderError {
    fileprivate init(_ error: CompletionError) {
        self =
            switch error {
            case .tooLong, .filtered, .invalid: .refused("\(error)")
            case .unreachable, .slow, .cut, .overloaded, .limited, .exhausted, .rejected, .malformed,
                .cancelled:
                .unavailable("\(error)")
            }
    }
}

extension PassageVectors {
    /// The vectors that the settings ask for, in their folder; nil where they name no endpoint.
    static func following(
        _ store: NewsStore, _ settings: Settings, transport: @autoclosure () -> any HTTPTransport,
        logger: Logger
    ) -> PassageVectors? {
        settings.embeddings.map { configuration in
            PassageVectors(
                store: store, folder: settings.indexFolder + "/vectors",
                embedder: EmbeddingEndpoint(configuration, transport: transport()),
                weight: settings.similarityWeight, logger: logger)
        }
    }
}
