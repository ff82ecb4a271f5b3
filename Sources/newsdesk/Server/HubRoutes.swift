import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Retrieval

/// Where hubs ask whether a subscription was wanted, and send what is new (WebSub).
struct HubRoutes: Sendable {
    /// What the path of every callback begins with.
    static let path = "/websub/"

    let hubs: HubSubscriber
    let index: NewsIndex
    /// The largest delivery, in bytes: that of a feed.
    let limit: Int

    /// A hub's question.
    @Sendable func verify(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let query = Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) {
            first, _ in first
        }
        return response(
            to: try await hubs.verify(try context.parameters.require("key"), query), gone: .notFound)
    }

    /// What a hub sends.
    ///
    /// Nobody else gets as far as to have it read: the callback's path is known to the hub alone.
    @Sendable func deliver(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let key = try context.parameters.require("key")
        guard try await hubs.expects(key) else { return response(to: .unknown, gone: .gone) }
        let body = Array(buffer: try await request.body.collect(upTo: limit))
        let result = try await hubs.deliver(
            body, to: key, contentType: request.headers[.contentType],
            signature: HTTPField.Name("X-Hub-Signature").flatMap { request.headers[$0] })
        try await index.refresh()
        return response(to: result, gone: .gone)
    }

    private func response(
        to result: HubSubscriber.Response, gone: HTTPTypes.HTTPResponse.Status
    ) -> Response {
        switch result {
        case .confirmed(let challenge):
            // The text is the asker's own: no browser may take it for a page.
            var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
            headers[.xContentTypeOptions] = "nosniff"
            return Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(string: challenge)))
        case .taken: return Response(status: .accepted)
        case .unknown: return Response(status: gone)
        }
    }
}
