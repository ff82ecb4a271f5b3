import Foundation
import Testing

@testable import Chat

/// Posts of channels, as each platform tells of them.
@Suite struct PostTests {
    private func telegram(_ post: String) throws -> ChatEvent {
        let secret = try #require(ChannelSecret(["s"]))
        let body =
            #"{"update_id":1,"channel_post":{"message_id":9,"date":1763000000,"chat":{"id":-1007,"type":"channel","title":"Ch","username":"ch"},\#(post)}}"#
        return try #require(
            TelegramChannel(secret: secret, botName: "NewsBot", token: nil)
                .decode(ChannelRequest(headers: [], body: Array(body.utf8))).events.first)
    }

    @Test func `links of a post stand behind their words, as exports write them`() throws {
        let rows: [(String, String)] = [
            (#""text":"Plain.""#, "Plain."),
            (
                #""text":"🎉 Says the office.","entities":[{"type":"text_link","offset":8,"length":10,"url":"https://o.example/"}]"#,
                "🎉 Says the office (https://o.example/)."
            ),
            (
                #""text":"https://o.example/","entities":[{"type":"text_link","offset":0,"length":18,"url":"https://o.example/"}]"#,
                "https://o.example/"
            ),
            (
                #""text":"Out of reach","entities":[{"type":"text_link","offset":8,"length":99,"url":"https://o.example/"}]"#,
                "Out of reach"
            ),
            (
                #""caption":"A and B","caption_entities":[{"type":"text_link","offset":0,"length":1,"url":"u:1"},{"type":"text_link","offset":6,"length":1,"url":"u:2"}]"#,
                "A (u:1) and B (u:2)"
            ),
            (
                #""text":"Seen","link_preview_options":{"url":"https://p.example/"}"#,
                "Seen\n\nhttps://p.example/"
            ),
            (
                #""text":"https://p.example/","link_preview_options":{"url":"https://p.example/"}"#,
                "https://p.example/"
            ),
            (
                #""text":"Seen","link_preview_options":{"is_disabled":true,"url":"https://p.example/"}"#,
                "Seen"
            ),
        ]
        for (post, reading) in rows {
            let event = try telegram(post)
            #expect(event.reading == reading && event.permalink == "https://t.me/ch/9", "\(post)")
        }
        #expect(try telegram(#""photo":[],"media_group_id":"77""#).album == "77")
        #expect(try telegram(#""text":"Alone""#).album == nil)
    }

    private func slack(_ event: String) throws -> ChatEvent? {
        let secret = try #require(ChannelSecret(["s"]))
        let body =
            #"{"type":"event_callback","event_id":"E1","team_id":"T1","api_app_id":"A1","authorizations":[{"user_id":"UBOT"}],"event":{\#(event)}}"#
        return try SlackChannel(secret: secret).decode(ChannelRequest(headers: [], body: Array(body.utf8)))
            .events.first
    }

    @Test func `of a Slack channel what its readers take for a post is one`() throws {
        let base = #""type":"message","channel":"C1","channel_type":"channel","ts":"1763000000.000200""#
        let rows: [(String, Bool, String)] = [
            (base + #","user":"U1","text":"The mill opens""#, true, "a message"),
            (base + #","subtype":"bot_message","bot_id":"B1","text":"From a program""#, true, "a program's"),
            (base + #","user":"UBOT","text":"Ours""#, false, "our own"),
            (base + #","bot_id":"B9","app_id":"A1","text":"Ours""#, false, "our own, by the app"),
            (base + #","user":"U1","thread_ts":"1.2","text":"A reply""#, false, "a reply"),
            (base + #","user":"U1","text":"<@UBOT> what is new?""#, false, "a question to us"),
            (base + #","subtype":"channel_join","user":"U1","text":"joined""#, false, "no message"),
            (
                #""type":"message","channel":"D1","channel_type":"im","ts":"1.2","user":"U1","text":"x""#,
                false,
                "a private one"
            ),
        ]
        for (event, isPost, name) in rows {
            #expect((try slack(event)?.request == .post(channel: nil, name: nil)) == isPost, "\(name)")
        }
        let post = try #require(
            try slack(base + #","user":"U1","text":"Says <https://o.example/|the office> &amp; <#C2|boats>""#)
        )
        #expect(post.reading == "Says the office (https://o.example/) & #boats")
        #expect(
            post.permalink
                == "https://slack.com/app_redirect?team=T1&channel=C1&message_ts=1763000000.000200")
        let edit = try #require(
            try slack(
                #""type":"message","subtype":"message_changed","channel":"C1","channel_type":"channel","message":{"type":"message","user":"U1","ts":"1.2","text":"Changed"}"#
            ))
        #expect(edit.kind == .edit && edit.message == "1.2" && edit.request == .post(channel: nil, name: nil))
        let end = try #require(
            try slack(
                #""type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","ts":"1.3""#)
        )
        #expect(end.request == .withdrawal && end.message == "1.2" && end.chat == "C1")
    }

    private func matrix(_ event: String) throws -> ChatEvent? {
        let secret = try #require(ChannelSecret(["s"]))
        let body =
            #"{"events":[{"event_id":"$1","room_id":"!r:x","origin_server_ts":1763000000000,\#(event)}]}"#
        return try MatrixChannel(secret: secret, userID: "@bot:x").decode(
            ChannelRequest(
                method: "PUT", path: "/_matrix/app/v1/transactions/1", headers: [], body: Array(body.utf8))
        ).events.first
    }

    @Test func `of a Matrix room what its readers take for a post is one`() throws {
        let rows: [(String, Bool)] = [
            (
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.text","body":"The mill opens"}"#,
                true
            ),
            (
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.notice","body":"A program's"}"#,
                true
            ),
            (
                #""type":"m.room.message","sender":"@bot:x","content":{"msgtype":"m.text","body":"Ours"}"#,
                false
            ),
            (
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.image","body":"x.png"}"#,
                false
            ),
            (
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.text","body":"A reply","m.relates_to":{"m.in_reply_to":{"event_id":"$0"}}}"#,
                false
            ),
            (
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.text","body":"bot: news?","m.mentions":{"user_ids":["@bot:x"]}}"#,
                false
            ),
        ]
        for (event, isPost) in rows {
            #expect((try matrix(event)?.request == .post(channel: nil, name: nil)) == isPost, "\(event)")
        }
        let edit = try #require(
            try matrix(
                #""type":"m.room.message","sender":"@a:x","content":{"msgtype":"m.text","body":"* B","m.new_content":{"msgtype":"m.text","body":"B"},"m.relates_to":{"rel_type":"m.replace","event_id":"$0"}}"#
            ))
        #expect(edit.kind == .edit && edit.message == "$0" && edit.text == "B")
        #expect(edit.permalink == "https://matrix.to/#/%21r%3Ax/%240")
        for event in [
            #""type":"m.room.redaction","sender":"@a:x","redacts":"$0","content":{}"#,
            #""type":"m.room.redaction","sender":"@a:x","content":{"redacts":"$0"}"#,
        ] {
            let end = try #require(try matrix(event))
            #expect(end.request == .withdrawal && end.message == "$0")
        }
    }

    @Test func `an administrator hands a message of Discord over from its menu`() throws {
        let channel = try #require(
            DiscordChannel(
                publicKey: "33a378f00bd538a29e2521c33d940bd80cd09bcd6462968e7e5ec992f24ba81f",
                applicationID: "9", botToken: "t"))
        let body =
            #"{"type":2,"id":"1","token":"tok","application_id":"9","guild_id":"G","channel_id":"C","channel":{"name":"wire"},"member":{"user":{"id":"U"}},"data":{"type":3,"name":"Take in as news","target_id":"M","resolved":{"messages":{"M":{"content":"The mill opens","timestamp":"2025-11-12T07:42:00.123000+00:00"}}}}}"#
        let event = try #require(
            try channel.decode(ChannelRequest(headers: [], body: Array(body.utf8))).events.first)
        guard case .forward(let origin) = event.request else {
            Issue.record("\(event)")
            return
        }
        #expect(origin.channel == "C" && origin.title == "wire" && origin.message == "M")
        #expect(origin.time.map { abs($0.timeIntervalSince1970 - 1_762_933_320) < 1 } == true)
        #expect(event.text == "The mill opens" && event.permalink == "https://discord.com/channels/G/C/M")
        var configuration = ChatConfiguration()
        #expect(!configuration.isNews(event, on: "discord"))
        configuration.administrators = ["discord:U"]
        #expect(configuration.isNews(event, on: "discord"))
    }
}
