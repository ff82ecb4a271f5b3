import Foundation
import Synchronization
public import Transport

/// A model behind one endpoint that speaks OpenAI's chat completions.
///
/// It asks for a stream and hands out the whole text: a stream shows early whether the model is at work, so that
/// a silent one costs `firstTokenTimeout` and not the whole deadline. A server that answers with whole JSON is
/// understood too. Each call is one attempt: repeating and changing over are not done here.
public struct OpenAICompatibleModel: LanguageModel {
    /// The bytes of an error's body that are looked at, and how long they are waited for.
    private static let maxErrorBytes = 64 << 10
    private static let errorBodyTimeout = Duration.seconds(1)

    private let configuration: OpenAIConfiguration
    private let transport: any HTTPTransport

    /// A model at this endpoint over this transport.
    public init(_ configuration: OpenAIConfiguration, transport: any HTTPTransport) {
        self.configuration = configuration
        self.transport = transport
    }

    /// The provider's name.
    public var name: String { configuration.name }

    /// The whole text for one prompt, in one attempt.
    public func complete(
        _ prompt: Prompt, deadline: ContinuousClock.Instant
    ) async throws(CompletionError) -> Completion {
        guard !Task.isCancelled else { throw .cancelled }
        let start = ContinuousClock.now
        guard start < deadline else { throw .slow(.deadline) }
        let request = try request(prompt, within: deadline - start)
        let watch = PaceWatch(
            Pace(
                firstToken: configuration.firstTokenTimeout, idle: configuration.idleTimeout, start: start,
                deadline: deadline))

        // The transport sees bytes; only the watch sees whether they are an answer. The first to return wins, and
        // cancelling the other closes the socket.
        let outcome = await withTaskGroup(of: Result<Completion, CompletionError>?.self) { group in
            group.addTask { await attempt(request, watch) }
            group.addTask { await watch.overrun().map { .failure(.slow($0)) } }
            defer { group.cancelAll() }
            while let result = await group.next() {
                if let result { return result }
            }
            return .failure(.cancelled)
        }
        do {
            return try outcome.get()
        } catch {
            throw error.presented(hiding: configuration.apiKey)
        }
    }
}

extension OpenAICompatibleModel {
    private func request(_ prompt: Prompt, within rest: Duration) throws(CompletionError) -> HTTPRequest {
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "text/event-stream, application/json"),
        ]
        if let key = configuration.apiKey {
            headers.append((name: "Authorization", value: "Bearer \(key.revealed)"))
        }
        return HTTPRequest(
            .post, url: configuration.chatURL, headers: headers,
            body: try OpenAIChat.body(prompt, configuration: configuration),
            timeouts: HTTPRequest.Timeouts(
                connect: configuration.connectTimeout, firstByte: configuration.firstTokenTimeout,
                // Before the first token silence is allowed for longer; the watch tells the two apart.
                idle: max(configuration.idleTimeout, configuration.firstTokenTimeout), total: rest),
            maxResponseBytes: configuration.maxResponseBytes, proxy: configuration.proxy,
            tls: configuration.tls)
    }

    private func attempt(_ request: HTTPRequest, _ watch: PaceWatch) async -> Result<
        Completion, CompletionError
    > {
        do throws(CompletionError) {
            let response: HTTPResponse
            do {
                response = try await transport.send(request)
            } catch {
                throw CompletionError(error, isSpeaking: false)
            }
            guard response.status == 200 else { throw await failure(response) }
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
        return OpenAIChat.failure(
            status: response.status, body: body, wait: retryAfter(in: response, now: Date()))
    }

    private func completion(
        _ response: HTTPResponse, _ watch: PaceWatch
    ) async throws(CompletionError) -> Completion {
        if let type = response[header: "content-type"], type.lowercased().hasPrefix("text/html") {
            throw .malformed("it is a web page; check base_url")
        }
        var reader = AnswerReader()
        var chunks = response.body.makeAsyncIterator()
        while !reader.isDone {
            let chunk: [UInt8]?
            do {
                chunk = try await chunks.next(isolation: nil)
            } catch {
                if reader.isFinished, error != .cancelled { break }
                throw CompletionError(error, isSpeaking: watch.isSpeaking)
            }
            guard let chunk else { break }
            if try reader.add(chunk) { watch.spoke() }
        }
        response.body.finish()
        return try reader.end(provider: configuration.name, askedFor: configuration.model)
    }
}

/// A pace that two tasks share: one notes tokens, the other waits for a bound to fall.
private final class PaceWatch: Sendable {
    private let pace: Mutex<Pace>

    init(_ pace: Pace) {
        self.pace = Mutex(pace)
    }

    var isSpeaking: Bool { pace.withLock(\.isSpeaking) }

    func spoke() { pace.withLock { $0.spoke(at: .now) } }

    /// The bound that has fallen, as soon as one does; nil when the task is cancelled before.
    func overrun() async -> CompletionError.Bound? {
        while !Task.isCancelled {
            let (due, bound) = pace.withLock(\.next)
            if due <= .now { return bound }
            // Sleep fails on cancellation alone, which the loop looks at.
            try? await Task.sleep(until: due, clock: .continuous)
        }
        return nil
    }
}
