import Foundation
import Hummingbird
import Logging

/// What `Tests/Benchmarks/chat_load.py` measures the server against: the same HTTP server, which parses the JSON of a
/// delivery and does nothing else.
@main enum BareServer {
    static func main() async throws {
        let router = Router()
        router.post("/webhooks/generic") { request, _ -> HTTPResponse.Status in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            _ = try JSONSerialization.jsonObject(with: Data(buffer.readableBytesView))
            return .ok
        }
        var logger = Logger(label: "bare")
        logger.logLevel = .error
        let port = ProcessInfo.processInfo.environment["PORT"].flatMap(Int.init) ?? 8081
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger
        ).runService()
    }
}
