import Crypto
import Foundation
import Testing

@testable import Chat

/// Variations of the signed requests: what was valid is changed in every way that somebody without the secret could.
@Suite struct ForgeryTests {
    private static let now = 1_795_400_000.0
    private static let signatureHeaders = [
        "telegram": "X-Telegram-Bot-Api-Secret-Token", "slack": "X-Slack-Signature",
        "discord": "X-Signature-Ed25519", "line": "X-Line-Signature", "whatsapp": "X-Hub-Signature-256",
        "messenger": "X-Hub-Signature-256", "matrix": "Authorization",
    ]
    /// What signs no body, but proves itself by a word.
    private static let words: Set = ["telegram", "matrix"]

    /// The signed cases that are valid, without the one that only a strict reader turns away.
    private static func valid() throws -> [ChannelTests.Signed] {
        try ChannelTests.fixture("signatures", as: ChannelTests.SignatureFile.self).cases
            .filter { $0.expect && $0.id != "discord/boundary-shift-attack" }
    }

    private static func isAccepted(
        _ one: ChannelTests.Signed, headers: [String: String]? = nil, body: [UInt8]? = nil, later: Double = 0
    ) throws -> Bool {
        let channel = try ChannelTests.channel(one.platform, secret: one.secret)
        let request = ChannelRequest(
            headers: ChannelTests.headers(headers ?? one.headers), body: body ?? Array(one.body.utf8))
        do throws(ChannelError) {
            try channel.verify(request, now: Date(timeIntervalSince1970: one.now + later))
            return true
        } catch {
            #expect([401, 403].contains(error.status), "\(one.id): \(error)")
            return false
        }
    }

    @Test func `no changed body keeps its signature`() throws {
        var random = SplitMix(seed: 11)
        for one in try Self.valid() where !Self.words.contains(one.platform) {
            let body = Array(one.body.utf8)
            var changed = [body + [10], body + [0], Array(body.dropLast()), Array(body.dropFirst()), []]
            for _ in 0..<20 where !body.isEmpty {
                var other = body
                other[Int.random(in: 0..<body.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
                changed.append(other)
            }
            // The same JSON, written once more.
            if let value = try? JSONSerialization.jsonObject(with: Data(body)) {
                for options in [[], [.sortedKeys], [.prettyPrinted, .withoutEscapingSlashes]]
                    as [JSONSerialization.WritingOptions]
                {
                    changed.append(
                        [UInt8](try JSONSerialization.data(withJSONObject: value, options: options)))
                }
            }
            for other in changed where other != body {
                #expect(try !Self.isAccepted(one, body: other), "\(one.id)")
            }
            #expect(try Self.isAccepted(one))
        }
    }

    @Test func `garbage in a header is refused, and so is a header that is not there`() throws {
        for one in try Self.valid() {
            let name = try #require(Self.signatureHeaders[one.platform])
            let key = try #require(one.headers.keys.first { $0.lowercased() == name.lowercased() })
            let good = try #require(one.headers[key])
            var garbage = [
                "", " ", "abc", "v0=", "sha256=", "Bearer", "Bearer ", "=", "%00", "\u{0}", "ключ", "🗝️",
                String(repeating: "0", count: 64), String(repeating: "0", count: 128),
                String(repeating: "f", count: 100_000), String(good.dropLast()), String(good.dropFirst()),
                good + good, good + "0", good + "\n", "\"\(good)\"",
                good.replacingOccurrences(of: "=", with: ":"),
            ]
            garbage.append(String(good.reversed()))
            for value in garbage where value != good {
                var headers = one.headers
                headers[key] = value
                #expect(
                    try !Self.isAccepted(one, headers: headers),
                    "\(one.id): \(value.debugDescription.prefix(80))")
            }
            var headers = one.headers
            headers[key] = nil
            // A homeserver may name its token in the query instead, which this request does not.
            #expect(try !Self.isAccepted(one, headers: headers), "\(one.id) without \(key)")
            // Names of headers have no case.
            headers = Dictionary(uniqueKeysWithValues: one.headers.map { ($0.key.uppercased(), $0.value) })
            #expect(try Self.isAccepted(one, headers: headers), "\(one.id) in capitals")
        }
    }

    @Test(arguments: [
        "", " ", "abc", "-1", "1e9", "0x6B", "1795400000.0", "1795400000 ", " 1795400000", "+1795400000",
        "1795400000,1795400000", "99999999999999999999999", "١٧٩٥٤٠٠٠٠٠", "１７９５４０００００", "\u{0}", "NaN", "inf",
    ])
    func `garbage in a time is refused`(time: String) throws {
        for one in try Self.valid() {
            for (key, value) in one.headers where key.lowercased().contains("timestamp") && value != time {
                var headers = one.headers
                headers[key] = time
                #expect(try !Self.isAccepted(one, headers: headers), "\(one.id)")
            }
        }
    }

    @Test func `a time that was not signed is refused though it is written as a number`() throws {
        // The signature is right for what is written, so that the form of the time alone is wrong.
        let secret = try #require(ChannelSecret(["secret"]))
        let body = Array(#"{"type":"event_callback"}"#.utf8)
        for time in ["+1795400000", "1795400000.0", " 1795400000", "0x6B03F240", "1795400000000"] {
            let code = HMAC<SHA256>.authenticationCode(
                for: Array("v0:\(time):".utf8) + body, using: SymmetricKey(data: Array("secret".utf8)))
            let request = ChannelRequest(
                headers: [
                    ("X-Slack-Request-Timestamp", time),
                    ("X-Slack-Signature", "v0=" + Hexadecimal.text(code)),
                ], body: body)
            #expect(throws: ChannelError.self, "\(time)") {
                try SlackChannel(secret: secret).receive(request, now: Date(timeIntervalSince1970: Self.now))
            }
        }
    }

    @Test func `a request of one platform is none of another, and none under another secret`() throws {
        for one in try Self.valid() {
            for other in ["telegram", "slack", "line", "whatsapp", "matrix"] where other != one.platform {
                if other == "whatsapp", one.platform == "messenger" { continue }
                var foreign = one
                foreign.platform = other
                #expect(try !Self.isAccepted(foreign), "\(one.id) as \(other)")
            }
            var foreign = one
            foreign.secret = one.platform == "discord" ? ChannelTests.anyDiscordKey : one.secret + "x"
            guard foreign.secret != one.secret else { continue }
            #expect(try !Self.isAccepted(foreign), "\(one.id)")
        }
    }

    @Test
    func `what was recorded is refused when it is old or of the future, where the platform signs the time`()
        throws
    {
        for one in try Self.valid() where one.platform == "slack" {
            for later in [301 + 300.0, 86_400, -601, -86_400, 1e9] {
                #expect(try !Self.isAccepted(one, later: later), "\(one.id) \(later) s later")
            }
        }
    }

    @Test(arguments: ["telegram", "slack", "line", "whatsapp", "discord", "matrix"])
    func `a body that was signed and is no JSON object is malformed, never a failure of ours`(
        platform: String
    ) throws {
        let key = Curve25519.Signing.PrivateKey()
        let channel = try ChannelTests.channel(
            platform,
            secret: platform == "discord" ? Hexadecimal.text(key.publicKey.rawRepresentation) : "secret")
        for text in [
            "", "[]", "null", "7", "\"x\"", "{", "{\"a\":}", "\u{FEFF}", "{}garbage",
            String(repeating: "[", count: 5000),
        ] {
            let body = Array(text.utf8)
            let code = HMAC<SHA256>(key: SymmetricKey(data: Array("secret".utf8)))
            func mac(_ parts: [UInt8]...) -> HMAC<SHA256>.MAC {
                var code = code
                for part in parts { code.update(data: part) }
                return code.finalize()
            }
            let headers: [(name: String, value: String)] =
                switch platform {
                case "telegram": [("X-Telegram-Bot-Api-Secret-Token", "secret")]
                case "slack":
                    [
                        ("X-Slack-Request-Timestamp", "1795400000"),
                        (
                            "X-Slack-Signature",
                            "v0=" + Hexadecimal.text(mac(Array("v0:1795400000:".utf8), body))
                        ),
                    ]
                case "line": [("X-Line-Signature", Data(mac(body)).base64EncodedString())]
                case "whatsapp": [("X-Hub-Signature-256", "sha256=" + Hexadecimal.text(mac(body)))]
                case "discord":
                    [
                        ("X-Signature-Timestamp", "1795400000"),
                        (
                            "X-Signature-Ed25519",
                            Hexadecimal.text(try key.signature(for: Array("1795400000".utf8) + body))
                        ),
                    ]
                default: [("Authorization", "Bearer secret")]
                }
            let request = ChannelRequest(
                method: platform == "matrix" ? "PUT" : "POST", path: "/_matrix/app/v1/transactions/1",
                headers: headers,
                body: body)
            do throws(ChannelError) {
                let update = try channel.receive(request, now: Date(timeIntervalSince1970: Self.now))
                Issue.record("\(text.prefix(20)) was read as \(update)")
            } catch {
                #expect(error.status == 400, "\(text.prefix(20)): \(error)")
            }
        }
    }
}
