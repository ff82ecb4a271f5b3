import Chat
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import NIOCore
import ServiceLifecycle
import Storage

/// Lets the switchboard answer and send for as long as the server runs, and a little longer for what is under way.
struct ChatService: Service {
    let switchboard: Switchboard
    let logger: Logger

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await switchboard.run() }
                group.addTask {
                    while !Task.isCancelled {
                        do { try await switchboard.prune() } catch {
                            logger.error("Old chats are not taken away", metadata: ["error": "\(error)"])
                        }
                        do { try await Task.sleep(for: .seconds(3600)) } catch { return }
                    }
                }
                await group.next()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            switchboard.stop()
        }
    }
}

extension NewsAPI {
    /// The handler of a platform's requests.
    ///
    /// What the platform is told stands in its own form; a request that cannot be kept gets 503, so that it comes again.
    static func handler(of channel: any Chat.Channel, _ switchboard: Switchboard) -> Handler {
        { request, _ in
            var refused: Chat.ChannelError?
            do {
                let buffer = try await request.body.collect(upTo: ChannelRequest.largestBody)
                let acknowledgement = try await switchboard.receive(
                    ChannelRequest(
                        method: request.method.rawValue, path: request.uri.path,
                        query: Dictionary(
                            request.uri.queryParameters.map { (String($0.key), String($0.value)) }
                        ) { first, _ in first },
                        headers: request.headers.map { ($0.name.rawName, $0.value) },
                        body: Array(buffer: buffer)),
                    on: channel)
                return response(
                    status: .init(code: acknowledgement.status), type: acknowledgement.contentType,
                    acknowledgement.body)
            } catch is NIOTooManyBytesError {
                refused = .oversized(bytes: ChannelRequest.largestBody + 1)
            } catch let error as Chat.ChannelError {
                refused = error
            }
            let error = refused ?? .malformed(reason: "unreadable")
            return response(
                status: .init(code: error.status), type: "application/json", channel.refusal(of: error))
        }
    }

    private static func response(
        status: HTTPTypes.HTTPResponse.Status, type: String?, _ body: String
    ) -> Response {
        var headers = HTTPFields()
        if let type { headers[.contentType] = type }
        return Response(
            status: status, headers: headers,
            body: body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
