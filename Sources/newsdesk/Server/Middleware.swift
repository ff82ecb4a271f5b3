import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Turns what handlers throw into JSON errors, counts requests, and logs what failed.
///
/// It is the outermost layer, so that no error reaches the wire in another form.
struct ErrorMiddleware<Context: RequestContext>: RouterMiddleware {
    let routes: RouteTable
    let telemetry: Telemetry
    let limit: Int

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let path = request.uri.path
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            var failure = APIError.of(error, path: path, limit: limit)
            let allowed = routes.methods(at: path)
            if failure.status == .notFound, !allowed.isEmpty,
                !allowed.contains(request.method == .head ? "GET" : request.method.rawValue)
            {
                failure = APIError(
                    status: .methodNotAllowed, code: "method_not_allowed",
                    message: "\(path) takes \(allowed.joined(separator: ", "))")
            }
            if failure.status.code >= 500 {
                context.logger.error(
                    "Request failed", metadata: ["path": "\(path)", "error": "\(error)"])
            }
            response = failure.response
            if failure.status == .methodNotAllowed {
                response.headers[.allow] = allowed.joined(separator: ", ")
            }
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        telemetry.served(
            route: context.endpointPath ?? "none", status: response.status.code,
            took: ContinuousClock.now - start)
        return response
    }
}

/// Which methods each route takes, so that a wrong method is told from a wrong path.
struct RouteTable: Sendable {
    private var routes: [(pattern: [Substring], method: String)] = []

    mutating func add(_ method: HTTPTypes.HTTPRequest.Method, _ pattern: String) {
        routes.append((pattern.split(separator: "/"), method.rawValue))
    }

    /// The methods that a path takes; empty where there is nothing.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        return routes.filter { route in
            route.pattern.count == parts.count
                && zip(route.pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.map(\.method)
    }
}
