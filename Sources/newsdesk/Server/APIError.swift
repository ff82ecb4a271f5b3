import Answering
import Chat
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Retrieval
import Storage

/// What the server says when it does not do what it was asked: a status, a code for programs, a sentence for people.
struct APIError: Error, Sendable {
    var status: HTTPTypes.HTTPResponse.Status
    var code: String
    var message: String

    static func badRequest(_ message: String) -> APIError {
        APIError(status: .badRequest, code: "bad_request", message: message)
    }

    static func unprocessable(_ message: String) -> APIError {
        APIError(status: .unprocessableContent, code: "unprocessable", message: message)
    }

    /// What a failure inside means to the outside; causes stay in the log.
    static func of(_ error: any Error, path: String, limit: Int) -> APIError {
        switch error {
        case let error as APIError: return error
        case let error as WebhookError: return of(error)
        case let error as AnsweringError:
            if case .emptyQuestion = error { return unprocessable(error.description) }
            return unavailable
        case is StorageError, is RetrievalError: return unavailable
        case is NIOTooManyBytesError:
            return APIError(
                status: .contentTooLarge, code: "too_large",
                message: "the body is larger than the \(limit) bytes that server.max_body_bytes allows")
        case let error as any HTTPResponseError:
            if error.status == .notFound {
                return APIError(status: .notFound, code: "not_found", message: "nothing is at \(path)")
            }
            return APIError(
                status: error.status, code: "refused", message: error.status.reasonPhrase.lowercased())
        default:
            return APIError(
                status: .internalServerError, code: "internal",
                message: "something went wrong here; it is in the server's log")
        }
    }

    private static let unavailable = APIError(
        status: .serviceUnavailable, code: "unavailable",
        message: "the archive cannot be read at the moment; try again in a few seconds")

    private static func of(_ error: WebhookError) -> APIError {
        switch error {
        case .unsigned, .invalidTimestamp, .stale, .forged:
            APIError(status: .unauthorized, code: "unauthorized", message: error.description)
        case .malformed, .invalidField: badRequest(error.description)
        case .answering(let error): of(error, path: "", limit: 0)
        case .store: unavailable
        }
    }

    /// The response that carries it.
    var response: Response {
        var response = Response.json(
            ErrorDocument(error: .init(code: code, message: message)), status: status)
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if status == .serviceUnavailable { response.headers[.retryAfter] = "5" }
        return response
    }
}

/// The JSON of an error.
struct ErrorDocument: Codable, Sendable {
    var error: Content

    struct Content: Codable, Sendable {
        var code: String
        var message: String
    }
}

extension Response {
    /// A response with a value as JSON, keys in alphabetical order.
    static func json(_ value: some Encodable, status: HTTPTypes.HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return json(bytes: [UInt8](try encoder.encode(value)), status: status)
        } catch {
            // Only numbers that JSON cannot hold get here.
            return json(
                bytes: Array(
                    #"{"error":{"code":"internal","message":"the reply cannot be written as JSON"}}"#.utf8),
                status: .internalServerError)
        }
    }

    /// A response with finished JSON.
    static func json(bytes: [UInt8], status: HTTPTypes.HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A stream of events (the HTML standard's `text/event-stream`) that `body` sends, each by name with its JSON.
    static func events(
        _ body:
            @escaping @Sendable (
                _ send: @escaping @Sendable (_ name: String, _ json: [UInt8]) async throws -> Void
            ) async throws -> Void
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody { writer in
                let (events, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
                async let sent: Void = {
                    defer { continuation.finish() }
                    try await body { name, json in
                        var event = ByteBuffer(string: "event: \(name)\ndata: ")
                        event.writeBytes(json)
                        event.writeString("\n\n")
                        continuation.yield(event)
                    }
                }()
                for await event in events { try await writer.write(event) }
                try await sent
                try await writer.finish(nil)
            })
    }
}
