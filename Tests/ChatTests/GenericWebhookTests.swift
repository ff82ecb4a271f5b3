import Answering
import Foundation
import Testing

@testable import Chat

@Suite struct DeliverySignatureTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private let body = Array(#"{"id":"1"}"#.utf8)

    private func check(
        secret: String = "key", body: [UInt8]? = nil, timestamp: String?, signature: String?
    ) -> String {
        do throws(WebhookError) {
            try DeliverySignature(secret: secret).check(
                body: body ?? self.body, timestamp: timestamp, signature: signature, now: now)
            return "valid"
        } catch {
            switch error {
            case .unsigned: return "unsigned"
            case .invalidTimestamp: return "timestamp"
            case .stale: return "stale"
            case .forged: return "forged"
            default: return "other"
            }
        }
    }

    /// Made with `printf '%s' '1700000000.{"id":"1"}' | openssl dgst -sha256 -hmac key`.
    private static let vector = "9e040cb90cefc5a04ab9a9848a74e2ff0489b4d8837b38d54555cb67e4f8e76e"

    @Test func `the signature is the HMAC that others compute`() {
        #expect(check(timestamp: "1700000000", signature: "sha256=\(Self.vector)") == "valid")
        #expect(check(timestamp: "1700000000", signature: Self.vector.uppercased()) == "valid")
        #expect(
            DeliverySignature(secret: "key").signature(of: body, timestamp: "1700000000")
                == "sha256=\(Self.vector)")
    }

    @Test func `what is forged, old or unsigned is refused`() {
        #expect(check(timestamp: nil, signature: Self.vector) == "unsigned")
        #expect(check(timestamp: "1700000000", signature: nil) == "unsigned")
        #expect(check(timestamp: "yesterday", signature: Self.vector) == "timestamp")
        #expect(check(secret: "other", timestamp: "1700000000", signature: Self.vector) == "forged")
        #expect(check(body: Array("{}".utf8), timestamp: "1700000000", signature: Self.vector) == "forged")
        #expect(check(timestamp: "1700000001", signature: Self.vector) == "forged")
        #expect(check(timestamp: "1700000000", signature: "sha256=zz") == "forged")
        for (seconds, verdict) in [(300, "valid"), (-300, "valid"), (301, "stale"), (-301, "stale")] {
            let (timestamp, signature) = GenericWebhook.sign(
                body, secret: "key", at: now.addingTimeInterval(Double(seconds)))
            #expect(check(timestamp: timestamp, signature: signature) == verdict, "\(seconds)")
        }
    }
}

@Suite struct SingleFlightTests {
    private actor Counter {
        var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }

    @Test func `work for one key runs once at a time`() async {
        let flights = SingleFlight<String, Int>()
        let counter = Counter()
        let results = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await flights.value(for: "a") {
                        let number = await counter.next()
                        try? await Task.sleep(for: .milliseconds(50))
                        return number
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(results).count < 20)
        #expect(await counter.count == Set(results).count)
    }
}
