import Answering
import Evaluation
import Foundation
import News
import Storage
import Text
import Transport

/// Where questions go: the archive of this machine or a running server.
protocol Desk: AnswerSource {
    /// The answer with, where it is wanted, the account of how it came about; `draft` is told of the extract, where one is
    /// there before a model has answered.
    func ask(
        _ inquiry: Inquiry, explained: Bool, draft: (@Sendable (Answer) async -> Void)?
    ) async throws -> AnswerDocument
    /// The newest headlines, on a topic or at all.
    func latest(topic: String?, limit: Int, language: Language) async throws -> Answer
    /// Takes away what is kept of a conversation.
    func forget(conversation: String) async throws
}

extension Desk {
    /// The whole answer, with, where it is wanted, the account of how it came about.
    func ask(_ inquiry: Inquiry, explained: Bool) async throws -> AnswerDocument {
        try await ask(inquiry, explained: explained, draft: nil)
    }

    func answer(_ inquiry: Inquiry) async throws -> BatchReply {
        let document = try await ask(inquiry, explained: false)
        guard let answer = document.content else { throw DeskError.unreadable }
        return BatchReply(answer: answer, took: .microseconds(document.tookMilliseconds * 1000))
    }
}

/// Answers from the archive of this machine.
struct LocalDesk: Desk {
    let newsroom: Newsroom

    func ask(
        _ inquiry: Inquiry, explained: Bool, draft: (@Sendable (Answer) async -> Void)?
    ) async throws -> AnswerDocument {
        var inquiry = inquiry
        inquiry.language = inquiry.language ?? newsroom.settings.language
        return AnswerDocument(
            try await newsroom.answerer.answer(inquiry, draft: draft), explained: explained)
    }

    func latest(topic: String?, limit: Int, language: Language) async throws -> Answer {
        try await newsroom.answerer.latest(topic: topic, limit: limit, language: language)
    }

    func forget(conversation: String) async throws {
        try await newsroom.store.forget(conversation: conversation)
    }
}

/// What can go wrong between a client and its server.
enum DeskError: Error, CustomStringConvertible {
    /// The address is not one.
    case invalidAddress(String)
    /// The server could not be reached or broke off.
    case transport(TransportError, server: String)
    /// The server refused.
    case refused(status: Int, message: String)
    /// The response is not the expected JSON.
    case unreadable

    var description: String {
        switch self {
        case .invalidAddress(let text): "“\(text)” is not an http or https address"
        case .transport(let error, let server): "\(server) cannot be asked: \(error); is the server running?"
        case .refused(let status, let message): "the server answers \(status): \(message)"
        case .unreadable: "the server's reply is not an answer: is this the address of a Newsdesk?"
        }
    }
}

/// Answers by asking a running server.
struct RemoteDesk: Desk {
    private let server: String
    private let transport: any HTTPTransport

    /// A client of the server at an address such as `http://127.0.0.1:8080`.
    init(server: String, transport: any HTTPTransport) throws(DeskError) {
        guard let url = URL(string: server), ["http", "https"].contains(url.scheme ?? ""), url.host != nil
        else {
            throw .invalidAddress(server)
        }
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.transport = transport
    }

    /// Waits for the whole answer: no draft is told of.
    func ask(
        _ inquiry: Inquiry, explained: Bool, draft: (@Sendable (Answer) async -> Void)?
    ) async throws -> AnswerDocument {
        let question = Question(
            question: inquiry.question, conversation: inquiry.conversation,
            language: inquiry.language?.rawValue,
            top: inquiry.top, why: explained ? true : nil)
        let bytes = try await send(
            HTTPRequest(
                .post, url: server + "/v1/ask", headers: [("Content-Type", "application/json")],
                body: [UInt8](try JSONEncoder().encode(question)), timeouts: Self.timeouts))
        do { return try AnswerDocument(json: bytes) } catch is DecodingError { throw DeskError.unreadable }
    }

    func latest(topic: String?, limit: Int, language: Language) async throws -> Answer {
        let question = topic.map { "What is the latest news about \($0)?" } ?? "What is the latest news?"
        let document = try await ask(
            Inquiry(question: question, language: language, top: limit), explained: false)
        guard let answer = document.content else { throw DeskError.unreadable }
        return answer
    }

    func forget(conversation: String) async throws {
        let id = conversation.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? conversation
        _ = try await send(
            HTTPRequest(.delete, url: server + "/v1/conversations/" + id, timeouts: Self.timeouts))
    }

    private static let timeouts = HTTPRequest.Timeouts(
        connect: .seconds(5), firstByte: .seconds(30), idle: .seconds(30), total: .seconds(60))

    private func send(_ request: HTTPRequest) async throws(DeskError) -> [UInt8] {
        let response: HTTPResponse
        let bytes: [UInt8]
        do {
            response = try await transport.send(request)
            bytes = try await response.collect(limit: 8 << 20)
        } catch { throw .transport(error, server: server) }
        guard (200..<300).contains(response.status) else {
            let message = (try? JSONDecoder().decode(ErrorDocument.self, from: Data(bytes)))?.error.message
            throw .refused(status: response.status, message: message ?? "no reason given")
        }
        return bytes
    }

    private struct Question: Encodable {
        var question: String
        var conversation: String?
        var language: String?
        var top: Int?
        var why: Bool?
    }
}
