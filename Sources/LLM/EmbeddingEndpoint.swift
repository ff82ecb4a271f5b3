import Foundation
import Synchronization
public import Transport

/// A model behind one endpoint that makes vectors of texts, so that texts of like meaning have near ones.
///
/// Each call is one attempt. A failing endpoint is left alone by a ``CircuitBreaker`` and costs nobody a second;
/// questions and passages have one each, so that an endpoint that is slow with batches can still serve questions.
public final class EmbeddingEndpoint: Sendable {
    /// What a text is to the model.
    public enum Role: Sendable, Hashable, CaseIterable {
        /// Somebody waits for its vector.
        case query
        /// It is to be found.
        case passage
    }

    private static let maxErrorBytes = 64 << 10

    /// The endpoint's settings.
    public let configuration: EmbeddingConfiguration
    private let transport: any HTTPTransport
    private let now: @Sendable () -> ContinuousClock.Instant
    private let breakers = Mutex(
        Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, CircuitBreaker()) }))

    /// A model at this endpoint over this transport.
    public init(
        _ configuration: EmbeddingConfiguration, transport: any HTTPTransport,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.configuration = configuration
        self.transport = transport
        self.now = now
    }

    /// The vectors of some texts, in their order.
    ///
    /// - Parameters:
    ///   - texts: at most ``EmbeddingConfiguration/batchSize``, without prefixes.
    ///   - role: what they are; decides the prefix and the longest wait.
    /// - Returns: as many vectors, all of one number of finite coordinates.
    /// - Throws: the class of what went wrong; ``CompletionError/unreachable(_:)`` at once while the breaker is open.
    public func embed(_ texts: [String], as role: Role) async throws(CompletionError) -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let start = now()
        let pass = breakers.withLock { breakers -> Bool? in
            guard breakers[role]?.admits(at: start) ?? true else { return nil }
            return breakers[role]?.pass(at: start)
        }
        guard let isProbe = pass else { throw .unreachable("it has failed too often and is left alone") }
        let outcome = await attempt(texts, role)
        let failure: CompletionError? =
            switch outcome {
            case .success: nil
            // Nobody sets another deadline than the endpoint's own bounds: one that passes is its failure.
            case .failure(.slow(.deadline)): .slow(.idle)
            case .failure(let error): error
            }
        let end = now()
        breakers.withLock {
            $0[role]?.settle(failure, asProbe: isProbe, at: end, spread: .random(in: -1...1))
        }
        switch outcome {
        case .success(let vectors): return vectors
        case .failure(let error): throw error.presented(hiding: configuration.apiKey)
        }
    }

    private func attempt(_ texts: [String], _ role: Role) async -> Result<[[Float]], CompletionError> {
        do throws(CompletionError) {
            let request = try request(texts, role)
            let response: HTTPResponse
            let bytes: [UInt8]
            do throws(TransportError) {
                response = try await transport.send(request)
                bytes = try await response.collect(
                    limit: response.status == 200 ? configuration.maxResponseBytes : Self.maxErrorBytes)
            } catch {
                throw CompletionError(error, isSpeaking: false)
            }
            guard response.status == 200 else {
                throw ProviderFailure.error(
                    status: response.status, body: bytes, wait: retryAfter(in: response, now: Date()))
            }
            return .success(try OpenAIEmbeddings.vectors(bytes, count: texts.count))
        } catch {
            return .failure(error)
        }
    }

    private func request(_ texts: [String], _ role: Role) throws(CompletionError) -> HTTPRequest {
        let isQuery = role == .query
        let prefix = isQuery ? configuration.queryPrefix : configuration.passagePrefix
        let limit = isQuery ? configuration.queryTimeout : configuration.passageTimeout
        var headers = [
            (name: "Content-Type", value: "application/json"), (name: "Accept", value: "application/json"),
        ]
        if let key = configuration.apiKey {
            headers.append((name: "Authorization", value: "Bearer \(key.revealed)"))
        }
        return HTTPRequest(
            .post, url: configuration.url, headers: headers,
            body: try OpenAIEmbeddings.body(texts.map { prefix + $0 }, model: configuration.model),
            timeouts: HTTPRequest.Timeouts(
                connect: min(configuration.connectTimeout, limit), firstByte: limit, idle: limit, total: limit
            ),
            maxResponseBytes: configuration.maxResponseBytes, proxy: configuration.proxy,
            tls: configuration.tls)
    }
}
