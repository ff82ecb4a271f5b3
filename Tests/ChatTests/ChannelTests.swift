import Crypto
import Foundation
import Testing

@testable import Chat

@Suite struct ChannelTests {
    struct SignatureFile: Decodable {
        var cases: [Signed]
        var handshakes: [Handshake]
    }

    struct Signed: Decodable, CustomTestStringConvertible {
        var id: String
        var platform: String
        var now: Double
        var secret: String
        var headers: [String: String]
        var body: String
        var expect: Bool
        var testDescription: String { id }
    }

    struct Handshake: Decodable {
        struct Request: Decodable {
            var method: String
            var headers: [String: String]?
            var query: [String: String]?
            var body: String?
        }
        struct Response: Decodable {
            var status: Int
            var body: String?
        }
        var platform: String
        var request: Request
        var response: Response
    }

    struct Occurrence: Decodable, CustomTestStringConvertible {
        struct Expectation: Decodable, Equatable {
            var dedup: String
            var kind: String
            var chat: String?
            var user: String?
            var message: String?
            var thread: String?
            var text: String?
            var mentioned: Bool
            var `private`: Bool
            var lang: String?
            var ts: Double?
            var bot: Bool
        }
        var id: String
        var platform: String
        var headers: [String: String]
        var body: String
        var expect: Expectation
        var testDescription: String { id }
    }

    static func fixture<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }

    /// The channel of a platform as the vectors suppose it.
    static func channel(_ platform: String, secret: String = "secret") throws -> any Channel {
        let shared = try #require(ChannelSecret([secret]))
        switch platform {
        case "telegram": return TelegramChannel(secret: shared, botName: "NewsTestBot", token: "42:x")
        case "slack": return SlackChannel(secret: shared)
        case "discord": return try #require(DiscordChannel(publicKey: secret))
        case "line": return LINEChannel(secret: shared)
        case "whatsapp", "messenger", "meta":
            return MetaChannel(secret: shared, verifyToken: try #require(ChannelSecret(["vt-selfmade"])))
        default: return MatrixChannel(secret: shared, userID: "@newsbot:localhost")
        }
    }

    static let anyDiscordKey = "33a378f00bd538a29e2521c33d940bd80cd09bcd6462968e7e5ec992f24ba81f"

    static func headers(_ fields: [String: String]?) -> [(name: String, value: String)] {
        (fields ?? [:]).map { (name: $0.key, value: $0.value) }
    }

    @Test func `valid signatures are accepted and all others refused with 401 or 403`() throws {
        let cases = try Self.fixture("signatures", as: SignatureFile.self).cases
        #expect(cases.count > 50)
        for one in cases {
            let channel = try Self.channel(one.platform, secret: one.secret)
            let request = ChannelRequest(headers: Self.headers(one.headers), body: Array(one.body.utf8))
            do throws(ChannelError) {
                try channel.verify(request, now: Date(timeIntervalSince1970: one.now))
                #expect(one.expect, "\(one.id) was accepted")
            } catch {
                #expect(!one.expect, "\(one.id) was refused: \(error)")
                #expect([401, 403].contains(error.status), "\(one.id)")
            }
        }
    }

    @Test func `a digit that moved from the time into the body is refused after all`() throws {
        let cases = try Self.fixture("signatures", as: SignatureFile.self).cases
        let attack = try #require(cases.first { $0.id == "discord/boundary-shift-attack" })
        let channel = try Self.channel("discord", secret: attack.secret)
        let request = ChannelRequest(headers: Self.headers(attack.headers), body: Array(attack.body.utf8))
        #expect { try channel.receive(request, now: Date(timeIntervalSince1970: attack.now)) } throws: {
            ($0 as? ChannelError)?.status == 400
        }
    }

    @Test func `a slack request sent again after five minutes is refused`() throws {
        let cases = try Self.fixture("signatures", as: SignatureFile.self).cases
        let valid = try #require(cases.first { $0.id == "slack/event-json-utf8" })
        let channel = try Self.channel("slack", secret: valid.secret)
        let request = ChannelRequest(headers: Self.headers(valid.headers), body: Array(valid.body.utf8))
        try channel.verify(request, now: Date(timeIntervalSince1970: valid.now + 300))
        #expect(throws: ChannelError.stale(seconds: 301)) {
            try channel.verify(request, now: Date(timeIntervalSince1970: valid.now + 301))
        }
    }

    @Test func `handshakes are answered as the platform wants`() throws {
        let file = try Self.fixture("signatures", as: SignatureFile.self)
        #expect(file.handshakes.count >= 8)
        for one in file.handshakes {
            let secret = file.cases.first { $0.platform == one.platform }?.secret ?? "secret"
            let channel = try Self.channel(one.platform, secret: secret)
            let body = Array((one.request.body ?? "").utf8)
            var headers = Self.headers(one.request.headers)
            if one.platform == "slack" {
                let code = HMAC<SHA256>.authenticationCode(
                    for: Array("v0:1795400000:".utf8) + body, using: SymmetricKey(data: Array(secret.utf8)))
                headers += [
                    ("X-Slack-Request-Timestamp", "1795400000"),
                    ("X-Slack-Signature", "v0=" + Hexadecimal.text(code)),
                ]
            }
            let request = ChannelRequest(
                method: one.request.method, query: one.request.query ?? [:], headers: headers, body: body)
            do throws(ChannelError) {
                let update = try channel.receive(request, now: Date(timeIntervalSince1970: 1_795_400_000))
                #expect(one.response.status == 200)
                #expect(update.acknowledgement.body == one.response.body ?? "")
                #expect(update.events.isEmpty)
            } catch {
                #expect(error.status == one.response.status, "\(one.platform): \(error)")
            }
        }
    }

    @Test func `events of all platforms read the same`() throws {
        let occurrences = try Self.fixture("events", as: [Occurrence].self)
        #expect(occurrences.count >= 30)
        for one in occurrences {
            let channel = try Self.channel(
                one.platform, secret: one.platform == "discord" ? Self.anyDiscordKey : "secret")
            let isMatrix = one.platform == "matrix"
            let request = ChannelRequest(
                method: isMatrix ? "PUT" : "POST",
                path: isMatrix ? "/_matrix/app/v1/transactions/1" : "/",
                headers: Self.headers(one.headers), body: Array(one.body.utf8))
            let events = try channel.decode(request).events
            #expect(events.count == 1, "\(one.id)")
            let event = try #require(events.first)
            let read = Occurrence.Expectation(
                dedup: event.id, kind: event.kind.rawValue, chat: event.chat, user: event.user,
                message: event.message, thread: event.thread, text: event.text, mentioned: event.isMentioned,
                private: event.isPrivate, lang: event.locale, ts: event.time?.timeIntervalSince1970,
                bot: event.isFromBot)
            #expect(read == one.expect, "\(one.id)")
        }
    }

    @Test(arguments: [
        ("telegram/topic-reply", true), ("telegram/private-text", true), ("telegram/command-addressed", true),
        ("telegram/channel-post", false), ("matrix/notice", false), ("matrix/thread", false),
        ("matrix/text-mention", true), ("messenger/echo", false), ("slack/slash", true),
        ("line/unsend", false),
    ])
    func `the bot answers who speaks to it`(id: String, isAddressed: Bool) throws {
        let one = try #require(Self.fixture("events", as: [Occurrence].self).first { $0.id == id })
        let isMatrix = one.platform == "matrix"
        let event = try Self.channel(one.platform).decode(
            ChannelRequest(
                method: isMatrix ? "PUT" : "POST", path: isMatrix ? "/transactions/1" : "/",
                headers: Self.headers(one.headers), body: Array(one.body.utf8))
        ).events.first
        #expect(event?.isAddressed == isAddressed)
    }

    @Test func `a command to another bot is left to it`() throws {
        let body =
            #"{"update_id":1,"message":{"message_id":3,"chat":{"id":-1,"type":"group"},"text":"/a@OtherBot","entities":[{"type":"bot_command","offset":0,"length":11}]}}"#
        let event = try #require(
            Self.channel("telegram").decode(ChannelRequest(body: Array(body.utf8))).events.first)
        #expect(event.isForAnotherBot && !event.isAddressed)
    }

    @Test(arguments: ["telegram", "slack", "line", "meta", "matrix", "discord"])
    func `no bytes crash a channel`(platform: String) throws {
        let channel = try Self.channel(
            platform, secret: platform == "discord" ? Self.anyDiscordKey : "secret")
        let seeds = try Self.fixture("events", as: [Occurrence].self).map { Array($0.body.utf8) }
        var random = SplitMix(seed: 7)
        for round in 0..<400 {
            var body = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 0...6, using: &random) where !body.isEmpty {
                body[Int.random(in: 0..<body.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            if round.isMultiple(of: 5) {
                body = Array(body.prefix(Int.random(in: 0...body.count, using: &random)))
            }
            let request = ChannelRequest(
                method: platform == "matrix" ? "PUT" : "POST", path: "/transactions/1",
                headers: round.isMultiple(of: 2)
                    ? [("Content-Type", "application/x-www-form-urlencoded")] : [],
                body: body)
            do throws(ChannelError) { _ = try channel.decode(request) } catch {
                #expect(error.status == 400, "round \(round), seed 7")
            }
            // Nothing of this is signed, so nothing of it may pass.
            #expect(throws: ChannelError.self) {
                try channel.receive(request, now: Date(timeIntervalSince1970: 0))
            }
        }
    }

    @Test func `two secrets hold while one replaces the other, and none holds for nobody`() throws {
        let both = try #require(ChannelSecret(["old", "new"]))
        #expect(both.matches("old") && both.matches("new") && !both.matches("") && !both.matches("oldnew"))
        #expect(ChannelSecret([]) == nil && ChannelSecret([""]) == nil)
    }

    @Test func `a body beyond the limit is refused before it is hashed`() throws {
        let body = [UInt8](repeating: 32, count: ChannelRequest.largestBody + 1)
        #expect(throws: ChannelError.oversized(bytes: body.count)) {
            try Self.channel("line").receive(ChannelRequest(body: body), now: Date(timeIntervalSince1970: 0))
        }
    }
}

/// A generator whose numbers follow from its seed (Steele et al., “Fast Splittable Pseudorandom Number Generators”).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
