import Foundation
import Synchronization
public import Transport

/// A model behind one endpoint, in whatever format it speaks.
///
/// It asks for a stream and hands out the whole text: a stream shows early whether the model is at work, so that a
/// silent one costs `firstTokenTimeout` and not the whole deadline. A server that answers with whole JSON is understood
/// too. Each call is one attempt: repeating and changing over are the router's.
public struct RemoteModel: LanguageModel {
    /// The bytes of an error's body that are looked at, and how long they are waited for.
    private static let maxErrorBytes = 64 << 10
    private static let errorBodyTimeout = Duration.seconds(1)

    private let endpoint: ModelEndpoint
    private let format: any WireFormat
    private let transport: any HTTPTransport

    /// A model at this endpoint over this transport.
    public init(_ endpoint: ModelEndpoint, transport: any HTTPTransport) {
        self.endpoint = endpoint
        format = endpoint.format.wire
        self.transport = transport
    }

    /// The provider's name.
    public var name: String { endpoint.name }

    /// The whole text for one prompt, in one attempt.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant
    ) async throws(CompletionError) -> Completion {
        try await attempt(prompt, firstToken: endpoint.firstTokenTimeout, deadline: deadline).result.get()
    }

    /// The whole text for one prompt, in one attempt, with a view of how it grows.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant, onText: @escaping @Sendable (String) -> Void
    ) async throws(CompletionError) -> Completion {
        try await attempt(
            prompt, firstToken: endpoint.firstTokenTimeout, deadline: deadline, onText: onText
        ).result.get()
    }

    /// One attempt with all that is to be known of it.
    ///
    /// - Parameters:
    ///   - prompt: what is asked.
    ///   - firstToken: the longest wait for the first useful token.
    ///   - deadline: when an answer is of no use any more.
    ///   - onText: told of the whole text so far with every useful token.
    /// - Returns: the completion or the class of what went wrong, and what it took.
    func attempt(
        _ prompt: Prompt, firstToken: Duration, deadline: ContinuousClock.Instant,
        onText: @escaping @Sendable (String) -> Void = { _ in }
    ) async -> Attempt {
        guard !Task.isCancelled else { return Attempt(.failure(.cancelled)) }
        let start = ContinuousClock.now
        guard start < deadline else { return Attempt(.failure(.slow(.deadline))) }
        let request: HTTPRequest
        do throws(CompletionError) {
            request = try self.request(prompt, firstToken: firstToken, within: deadline - start)
        } catch {
            return Attempt(.failure(error))
        }
        let watch = AttemptWatch(
            Pace(firstToken: firstToken, idle: endpoint.idleTimeout, start: start, deadline: deadline),
            onText: onText)

        // The transport sees bytes; only the watch sees whether they are an answer. The first to return wins, and
        // cancelling the other closes the socket.
        let result = await withTaskGroup(of: Result<Completion, CompletionError>?.self) { group in
            group.addTask { await exchange(request, watch) }
            group.addTask { await watch.overrun().map { .failure(.slow($0)) } }
            defer { group.cancelAll() }
            while let result = await group.next() {
                if let result { return result }
            }
            return .failure(.cancelled)
        }
        return watch.attempt(
            result.mapError { $0.presented(hiding: endpoint.apiKey) }, promptTokens: prompt.estimatedTokens)
    }
}

extension RemoteModel {
    private func request(
        _ prompt: Prompt, firstToken: Duration, within rest: Duration
    ) throws(CompletionError) -> HTTPRequest {
        let wire = try format.request(prompt, to: endpoint)
        return HTTPRequest(
            .post, url: wire.url,
            headers: [
                ("Content-Type", "application/json"),
                (
                    "Accept",
                    "text/event-stream, application/x-ndjson, application/vnd.amazon.eventstream, application/json"
                ),
            ] + wire.headers,
            body: wire.body,
            timeouts: HTTPRequest.Timeouts(
                connect: endpoint.connectTimeout, firstByte: firstToken,
                // Before the first token silence is allowed for longer; the watch tells the two apart.
                idle: max(endpoint.idleTimeout, firstToken), total: rest),
            maxResponseBytes: endpoint.maxResponseBytes, proxy: endpoint.proxy, tls: endpoint.tls)
    }

    private func exchange(
        _ request: HTTPRequest, _ watch: AttemptWatch
    ) async -> Result<Completion, CompletionError> {
        do throws(CompletionError) {
            let response: HTTPResponse
            do {
                response = try await transport.send(request)
            } catch {
                if error.isBeforeSending { watch.refused() }
                throw CompletionError(error, isSpeaking: false)
            }
            watch.answered(Headroom(response, now: Date(), at: .now))
            guard response.status == 200 else {
                watch.refused()
                throw await failure(response)
            }
            return .success(try await completion(response, watch))
        } catch {
            return .failure(error)
        }
    }

    private func failure(_ response: HTTPResponse) async -> CompletionError {
        // The status alone says most; a body that is cut, endless or late must not hide it.
        let body = await withTaskGroup(of: [UInt8].self) { group in
            group.addTask { (try? await response.collect(limit: Self.maxErrorBytes)) ?? [] }
            group.addTask {
                try? await Task.sleep(for: Self.errorBodyTimeout)
                return []
            }
            defer { group.cancelAll() }
            return await group.next() ?? []
        }
        guard !Task.isCancelled else { return .cancelled }
        // Amazon names the kind in a header: `ThrottlingException:http://…`.
        let kind = response[header: "x-amzn-errortype"].map { String($0.prefix { $0 != ":" }) }
        return ProviderFailure.error(
            status: response.status, kind: kind, body: body, wait: retryAfter(in: response, now: Date()))
    }

    private func completion(
        _ response: HTTPResponse, _ watch: AttemptWatch
    ) async throws(CompletionError) -> Completion {
        if let type = response[header: "content-type"], type.lowercased().hasPrefix("text/html") {
            throw .malformed("it is a web page; check base_url")
        }
        var reader = AnswerReader(format, maxTokens: endpoint.maxTokens)
        var chunks = response.body.makeAsyncIterator()
        defer { watch.read(reader) }
        while !reader.isDone {
            let chunk: [UInt8]?
            do {
                chunk = try await chunks.next(isolation: nil)
            } catch {
                if reader.isFinished, error != .cancelled { break }
                watch.read(reader)
                throw CompletionError(error, isSpeaking: watch.isSpeaking)
            }
            guard let chunk else { break }
            let isUseful = try reader.add(chunk)
            if isUseful { watch.spoke(reader) }
        }
        response.body.finish()
        return try reader.end(provider: endpoint.name, askedFor: endpoint.model)
    }
}

extension TransportError {
    /// Whether the exchange ended before the provider can have seen the prompt.
    fileprivate var isBeforeSending: Bool {
        switch self {
        case .invalidRequest, .resolve, .unreachable, .proxy, .tls, .connectTimeout, .unavailable: true
        case .firstByteTimeout, .idleTimeout, .totalTimeout, .cut, .tooLarge, .protocolViolation, .cancelled:
            false
        }
    }
}

/// What two tasks know of one attempt: one notes what comes, the other waits for a bound to fall.
private final class AttemptWatch: Sendable {
    private struct State {
        var pace: Pace
        var firstToken: Duration?
        var headroom: Headroom?
        var told = TokenUsage()
        var text = ""
        var isFinished = false
        var wasRefused = false
    }

    private let start = ContinuousClock.now
    private let state: Mutex<State>
    private let onText: @Sendable (String) -> Void

    init(_ pace: Pace, onText: @escaping @Sendable (String) -> Void) {
        state = Mutex(State(pace: pace))
        self.onText = onText
    }

    var isSpeaking: Bool { state.withLock(\.pace.isSpeaking) }

    func answered(_ headroom: Headroom?) { state.withLock { $0.headroom = headroom } }

    /// Notes that the provider has not worked on the prompt.
    func refused() { state.withLock { $0.wasRefused = true } }

    func spoke(_ reader: AnswerReader) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.firstToken = state.firstToken ?? now - start
            state.pace.spoke(at: now)
            state.told = reader.usage
            state.text = reader.text
        }
        onText(reader.text)
    }

    func read(_ reader: AnswerReader) {
        state.withLock { state in
            state.told = reader.usage
            state.text = reader.text
            state.isFinished = reader.isFinished
        }
    }

    /// The bound that has fallen, as soon as one does; nil when the task is cancelled before.
    func overrun() async -> CompletionError.Bound? {
        while !Task.isCancelled {
            let (due, bound) = state.withLock { $0.pace.next }
            if due <= .now { return bound }
            // Sleep fails on cancellation alone, which the loop looks at.
            try? await Task.sleep(until: due, clock: .continuous)
        }
        return nil
    }

    /// The attempt, now that it is over.
    ///
    /// What a provider worked on counts, told or not: a cut answer and a stream without usage have cost what they are
    /// estimated to have.
    func attempt(_ result: Result<Completion, CompletionError>, promptTokens: Int) -> Attempt {
        state.withLock { state in
            var attempt = Attempt(result, firstToken: state.firstToken, headroom: state.headroom)
            guard !state.wasRefused else { return attempt }
            let isFinal = result.isSuccess || state.isFinished
            let isTold = state.told.prompt != nil && state.told.completion != nil
            attempt.isEstimated = !isTold
            attempt.usage = TokenUsage(
                prompt: state.told.prompt ?? promptTokens,
                // What is told within a stream may stand from before its last words.
                completion: max(
                    state.told.completion ?? 0,
                    isTold && isFinal ? 0 : estimatedTokenCount(of: state.text)))
            return attempt
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
