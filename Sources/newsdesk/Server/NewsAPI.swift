import Answering
import Chat
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import LLM
import Logging
import News
import Retrieval
import Storage
import Text

/// What the server does for each route.
struct NewsAPI: Sendable {
    typealias Handler = @Sendable (Request, BasicRequestContext) async throws -> Response

    private static let longestQuestion = 4000

    private let newsroom: Newsroom
    private let telemetry: Telemetry
    private let generic: GenericWebhook

    init(newsroom: Newsroom, telemetry: Telemetry) {
        self.newsroom = newsroom
        self.telemetry = telemetry
        generic = GenericWebhook(
            secret: newsroom.settings.webhookSecret?.revealed, answerer: newsroom.answerer,
            store: newsroom.store, language: newsroom.settings.language, now: newsroom.now,
            onAnswer: telemetry.answered)
    }

    // MARK: Questions

    @Sendable func ask(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let question: AskRequest = try decoded(try await body(of: request))
        guard question.question.count <= Self.longestQuestion else {
            throw APIError.unprocessable(
                "the question has \(question.question.count) characters, \(Self.longestQuestion) are allowed")
        }
        if let top = question.top, !(1...10).contains(top) {
            throw APIError.badRequest("top is \(top): send a number from 1 to 10")
        }
        var language: Language?
        if let tag = question.language {
            guard let known = Language(tag: tag) else {
                throw APIError.badRequest("language “\(tag)” is not known: send a tag such as en or zh-Hant")
            }
            language = known
        }
        let inquiry = Inquiry(
            question: question.question, conversation: question.conversation.map { "api:\($0)" },
            language: language ?? newsroom.settings.language, top: question.top)
        let explained = question.why ?? false
        if question.stream ?? false { return events(for: inquiry, explained: explained, context) }
        let reply = try await newsroom.answerer.answer(inquiry)
        telemetry.answered(reply)
        return .json(bytes: try AnswerDocument(reply, explained: explained).json())
    }

    /// The answer as server-sent events: `draft` with the extract where a model is asked, then `answer`, or `error`.
    private func events(for inquiry: Inquiry, explained: Bool, _ context: BasicRequestContext) -> Response {
        let (newsroom, telemetry, logger) = (newsroom, telemetry, context.logger)
        return .events { send in
            do {
                let start = ContinuousClock.now
                let reply = try await newsroom.answerer.answer(inquiry) { draft in
                    do {
                        try await send("draft", Self.json(draft, took: ContinuousClock.now - start))
                    } catch {
                        // Whoever has gone gets no answer either, and its sending says so.
                        logger.debug("A draft was not sent", metadata: ["error": "\(error)"])
                    }
                }
                telemetry.answered(reply)
                try await send("answer", Self.json(reply, explained: explained))
            } catch let error as AnsweringError {
                try await send("error", Self.json(error))
            }
        }
    }

    // Inlined, the parts of a document would lie in the frame of every question that waits for a model.

    @inline(never) private static func json(_ reply: Reply, explained: Bool) throws -> [UInt8] {
        try AnswerDocument(reply, explained: explained).json()
    }

    @inline(never) private static func json(_ draft: Answer, took: Duration) throws -> [UInt8] {
        try AnswerDocument(draft, took: took).json()
    }

    @inline(never) private static func json(_ error: AnsweringError) throws -> [UInt8] {
        let refusal = APIError.of(error, path: "/v1/ask", limit: 0)
        return [UInt8](
            try JSONEncoder().encode(
                ErrorDocument(error: .init(code: refusal.code, message: refusal.message))))
    }

    @Sendable func feedback(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let sent: FeedbackRequest = try decoded(try await body(of: request))
        guard let verdict = Feedback.Verdict(rawValue: sent.verdict) else {
            throw APIError.badRequest("verdict is “\(sent.verdict)”: send good or bad")
        }
        if let remark = sent.remark, remark.count > Self.longestQuestion {
            throw APIError.unprocessable(
                "the remark has \(remark.count) characters, \(Self.longestQuestion) are allowed")
        }
        let isKept = try await newsroom.store.keep(
            Feedback(verdict, remark: sent.remark), turn: sent.turn, conversation: "api:\(sent.conversation)")
        guard isKept else {
            throw APIError(
                status: .notFound, code: "not_found",
                message: "the conversation has no such answer: send the turn that came with the answer")
        }
        return Response(status: .noContent)
    }

    @Sendable func forget(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let id = try context.parameters.require("id")
        try await newsroom.store.forget(conversation: "api:\(id.removingPercentEncoding ?? id)")
        return Response(status: .noContent)
    }

    @Sendable func search(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let parameters = request.uri.queryParameters
        guard let words = parameters["q"].map(String.init), words.contains(where: { !$0.isWhitespace }) else {
            throw APIError.badRequest("q is missing: ask for /v1/search?q=words")
        }
        let top = try integer(parameters["top"], "top", in: 1...100) ?? 10
        let explain = parameters["explain"].map { $0 != "0" && $0 != "false" } ?? false
        let hits = try await newsroom.index.archive.search(
            String(words.prefix(Self.longestQuestion)), limit: top, explain: explain, now: newsroom.now())
        return .json(SearchDocument(query: words, hits: hits, took: ContinuousClock.now - start))
    }

    @Sendable func webhook(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let body = try await body(of: request)
        let reply = try await generic.reply(
            to: body, timestamp: header("X-Newsdesk-Timestamp", request),
            signature: header("X-Newsdesk-Signature", request))
        return .json(bytes: Array(reply.utf8))
    }

    // MARK: Articles

    @Sendable func articles(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        let parameters = request.uri.queryParameters
        let limit = try integer(parameters["limit"], "limit", in: 1...500) ?? 50
        var before: Date?
        if let text = parameters["before"].map(String.init) {
            guard let date = try? Date.ISO8601FormatStyle().parse(text) else {
                throw APIError.badRequest("before is “\(text)”: send a time such as 2025-07-18T07:42:00Z")
            }
            before = date
        }
        let found = try await newsroom.store.latest(
            limit: limit, before: before, source: parameters["source"].map(String.init))
        return .json(ArticleListDocument(articles: found.map { ArticleDocument($0, full: false) }))
    }

    @Sendable func article(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let decoded = id.removingPercentEncoding ?? id
        guard let stored = try await newsroom.store.article(id: decoded) else {
            if try await !newsroom.store.versions(id: decoded).isEmpty {
                throw APIError(
                    status: .gone, code: "retracted", message: "the article “\(decoded)” was taken back")
            }
            throw APIError(
                status: .notFound, code: "not_found", message: "no article has the id “\(decoded)”")
        }
        return .json(ArticleDocument(stored, full: true))
    }

    @Sendable func retractArticle(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        try authorize(request)
        let id = try context.parameters.require("id")
        let decoded = id.removingPercentEncoding ?? id
        guard try await newsroom.store.delete(id: decoded, at: newsroom.now()) else {
            throw APIError(
                status: .notFound, code: "not_found", message: "no article has the id “\(decoded)”")
        }
        try await newsroom.index.refresh()
        return Response(status: .noContent)
    }

    @Sendable func addArticles(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        let body = try await body(of: request)
        let report = try await newsroom.ingestor.ingest(
            jsonLines: Self.lines(body), origin: "POST /v1/articles", now: newsroom.now())
        try await newsroom.index.refresh()
        let document = IngestDocument(report)
        let isRefused = report.refused > 0 && report.new + report.changed + report.unchanged == 0
        return .json(document, status: isRefused ? .unprocessableContent : .ok)
    }

    // MARK: Feeds

    @Sendable func feeds(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        let now = newsroom.now()
        let leases = try await FeedDesk(newsroom).leases()
        return .json(
            FeedListDocument(
                feeds: try await newsroom.store.feeds().map {
                    FeedDocument($0, pushedUntil: leases[$0.url], now: now)
                }))
    }

    @Sendable func addFeed(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        let wanted: FeedRequest = try decoded(try await body(of: request))
        guard FeedDesk.isAddress(wanted.url) else {
            throw APIError.badRequest("url is “\(wanted.url)”: send an address with http:// or https://")
        }
        // The poller reads it within seconds; a slow feed must not hold up the request.
        let feed = FeedSubscription(
            url: wanted.url, name: wanted.name, readsFullText: wanted.full_text ?? false,
            addedAt: newsroom.now())
        let isNew = try await newsroom.store.add(feed)
        let known = try await newsroom.store.feed(url: wanted.url) ?? feed
        return .json(FeedDocument(known, now: newsroom.now()), status: isNew ? .created : .ok)
    }

    @Sendable func removeFeed(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        guard let url = request.uri.queryParameters["url"].map(String.init) else {
            throw APIError.badRequest("url is missing: ask for /v1/feeds?url=address")
        }
        guard try await newsroom.store.removeFeed(url: url) else {
            throw APIError(status: .notFound, code: "not_found", message: "\(url) is not followed")
        }
        return Response(status: .noContent)
    }

    @Sendable func feedList(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        let text = try await FeedDesk(newsroom).list()
        return Response(
            status: .ok, headers: [.contentType: "text/x-opml; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    @Sendable func addFeedList(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try authorize(request)
        do {
            let count = try await FeedDesk(newsroom).add(try await body(of: request), origin: "the body")
            return .json(["new": count.new, "known": count.known])
        } catch let error as FeedDesk.BadList {
            throw APIError.badRequest(error.description)
        }
    }

    // MARK: Operation

    @Sendable func subprocessors(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        .json(["subprocessors": Subprocessors(newsroom.settings).entries])
    }

    @Sendable func health(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        .json(["status": "ok"])
    }

    @Sendable func readiness(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let last: Int64
        do {
            try await newsroom.store.check()
            last = try await newsroom.store.lastSequence()
        } catch {
            context.logger.warning("Not ready", metadata: ["error": "\(error)"])
            throw APIError(
                status: .serviceUnavailable, code: "not_ready", message: "the archive cannot be read")
        }
        let archive = newsroom.index.archive
        guard archive.cursor >= last else {
            throw APIError(
                status: .serviceUnavailable, code: "not_ready",
                message: "the index lacks \(last - archive.cursor) changes of the archive")
        }
        let now = newsroom.now()
        let ailing = try await newsroom.store.feeds().filter {
            switch $0.condition(at: now) {
            case .silent, .failing: true
            case .waiting, .fresh, .ended: false
            }
        }
        return .json(
            ReadinessDocument(
                status: "ready", articles: archive.articleCount,
                feeds: ailing.map { FeedDocument($0, now: now).public }))
    }

    @Sendable func metrics(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        if let router = newsroom.router { telemetry.providers(router.status()) }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: telemetry.exposition)))
    }

    @Sendable func page(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: Page.html)))
    }

    // MARK: Reading requests

    private func body(of request: Request) async throws -> [UInt8] {
        Array(buffer: try await request.body.collect(upTo: newsroom.settings.maxBodyBytes))
    }

    private func decoded<Value: Decodable>(_ bytes: [UInt8]) throws -> Value {
        do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
            throw APIError.badRequest(JSONProblem.text(error))
        }
    }

    private func integer(_ text: Substring?, _ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw APIError.badRequest(
                "\(name) is “\(text)”: send a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private func header(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    private func authorize(_ request: Request) throws {
        guard let token = newsroom.settings.token else {
            throw APIError(
                status: .forbidden, code: "forbidden",
                message: "this needs a token and the server has none: set server.token or server.token_file")
        }
        let sent = request.headers[.authorization] ?? ""
        guard sent.lowercased().hasPrefix("bearer "),
            Self.isSame(String(sent.dropFirst(7)), token.revealed)
        else {
            throw APIError(
                status: .unauthorized, code: "unauthorized",
                message: "send the server's token: Authorization: Bearer <token>")
        }
    }

    /// Compares without telling by its time how much of the text is right.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// JSON Lines as they are; an object or a list that is laid out over several lines becomes one line each.
    private static func lines(_ body: [UInt8]) -> [UInt8] {
        guard let value = try? JSONSerialization.jsonObject(with: Data(body)) else { return body }
        let objects = value as? [Any] ?? [value]
        var lines: [UInt8] = []
        for object in objects {
            let line = try? JSONSerialization.data(withJSONObject: object, options: .fragmentsAllowed)
            lines += line.map { [UInt8]($0) } ?? []
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
