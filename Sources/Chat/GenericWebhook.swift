public import Answering
public import Foundation
import News
public import Storage
public import Text

/// The webhook for any platform or script: a signed JSON message in, the answer in the response.
///
/// A delivery is `{"id","conversation","user","text","language"?}`. The same `id` gets the same reply, byte for byte,
/// however often it comes; deliveries of the same `id` at the same time are answered once.
public struct GenericWebhook: Sendable {
    private static let longestText = 4000
    private static let longestName = 200

    private let answerer: Answerer
    private let store: NewsStore
    private let signature: DeliverySignature?
    private let language: Language?
    private let now: @Sendable () -> Date
    private let onAnswer: @Sendable (Reply) -> Void
    private let flights = SingleFlight<String, Result<String, WebhookError>>()

    /// A webhook that answers from `answerer`.
    ///
    /// - Parameters:
    ///   - secret: what deliveries are signed with; nil takes unsigned ones, which is for loopback alone.
    ///   - answerer: who answers.
    ///   - store: where replies are put on record.
    ///   - language: the language of replies where a delivery names none; nil follows the question.
    ///   - now: the server's time, against which signatures are judged.
    ///   - onAnswer: told of every answer that was made, not of those repeated from the record.
    public init(
        secret: String?, answerer: Answerer, store: NewsStore, language: Language? = nil,
        now: @escaping @Sendable () -> Date, onAnswer: @escaping @Sendable (Reply) -> Void = { _ in }
    ) {
        self.answerer = answerer
        self.store = store
        signature = secret.map(DeliverySignature.init)
        self.language = language
        self.now = now
        self.onAnswer = onAnswer
    }

    /// The signature headers' values that a sender who knows the secret would send.
    public static func sign(_ body: [UInt8], secret: String, at time: Date) -> (
        timestamp: String, signature: String
    ) {
        let timestamp = String(Int64(time.timeIntervalSince1970))
        return (timestamp, DeliverySignature(secret: secret).signature(of: body, timestamp: timestamp))
    }

    /// Answers one delivery.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came.
    ///   - timestamp: the value of `X-Newsdesk-Timestamp`.
    ///   - claimed: the value of `X-Newsdesk-Signature`.
    /// - Returns: the JSON of the reply: `id`, `conversation`, `text` for the chat, and `answer` as of `/v1/ask`.
    /// - Throws: ``WebhookError``; nothing is on record then, so that the sender may try again.
    public func reply(
        to body: [UInt8], timestamp: String?, signature claimed: String?
    ) async throws(WebhookError) -> String {
        if let signature {
            try signature.check(body: body, timestamp: timestamp, signature: claimed, now: now())
        }
        let message = try Self.message(body)
        let key = "generic:\(message.id)"
        do throws(StorageError) {
            if let known = try await store.reply(key: key) { return known }
        } catch { throw .store(error) }
        let outcome = await flights.value(for: key) { [self] () -> Result<String, WebhookError> in
            do throws(WebhookError) {
                return .success(try await answer(message, key: key))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func answer(_ message: Message, key: String) async throws(WebhookError) -> String {
        // Another flight may have landed between the first look and this one.
        do throws(StorageError) {
            if let known = try await store.reply(key: key) { return known }
        } catch { throw .store(error) }
        let reply: Reply
        do throws(AnsweringError) {
            reply = try await answerer.answer(
                Inquiry(
                    question: message.text, conversation: "generic:\(message.conversation)",
                    language: message.language.flatMap(Language.init(tag:)) ?? language))
        } catch { throw .answering(error) }
        onAnswer(reply)
        let document = Document(
            id: message.id, conversation: message.conversation, text: answerer.message(for: reply.answer),
            answer: AnswerDocument(reply))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json: String
        do { json = String(decoding: try encoder.encode(document), as: UTF8.self) } catch {
            throw .malformed(reason: "the reply cannot be written as JSON: \(error)")
        }
        do throws(StorageError) {
            return try await store.record(reply: json, key: key, at: now())
        } catch { throw .store(error) }
    }

    static func message(_ body: [UInt8]) throws(WebhookError) -> Message {
        let message: Message
        do { message = try JSONDecoder().decode(Message.self, from: Data(body)) } catch {
            throw .malformed(reason: JSONProblem.text(error))
        }
        for (name, value, most) in [
            ("id", message.id, longestName), ("conversation", message.conversation, longestName),
            ("text", message.text, longestText),
        ] {
            guard value.contains(where: { !$0.isWhitespace }) else {
                throw .invalidField(name: name, reason: "is empty: send some characters")
            }
            guard value.count <= most else {
                throw .invalidField(name: name, reason: "has \(value.count) characters, \(most) are allowed")
            }
        }
        if let tag = message.language, Language(tag: tag) == nil {
            throw .invalidField(
                name: "language", reason: "“\(tag)” is not known: send a tag such as en or zh-Hant")
        }
        return message
    }

    struct Message: Decodable {
        var id: String
        var conversation: String
        var user: String
        var text: String
        var language: String?
    }

    private struct Document: Encodable {
        var id: String
        var conversation: String
        var text: String
        var answer: AnswerDocument
    }
}
