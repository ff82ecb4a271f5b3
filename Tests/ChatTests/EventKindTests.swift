import Foundation
import Testing

@testable import Chat

/// Events of kinds that the recorded ones do not have, written after the platforms' documentation.
@Suite struct EventKindTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var platform: String
        var body: String
        var kind: ChatEvent.Kind?
        var text: String?
        var isAddressed: Bool
        var testDescription: String { "\(platform) \(body.prefix(60))" }

        init(
            _ platform: String, _ body: String, _ kind: ChatEvent.Kind?, _ text: String? = nil,
            addressed: Bool = false
        ) {
            (self.platform, self.body, self.kind) = (platform, body, kind)
            (self.text, isAddressed) = (text, addressed)
        }
    }

    private static func telegram(_ message: String) -> String {
        #"{"update_id":1,"message":{"message_id":2,"date":1795400000,\#(message)}}"#
    }
    private static let ann = #""from":{"id":7,"is_bot":false,"language_code":"ja"}"#
    private static let group = #""chat":{"id":-5,"type":"supergroup"}"#
    private static let alone = #""chat":{"id":7,"type":"private"}"#

    private static func slack(_ event: String) -> String {
        #"{"type":"event_callback","event_id":"E1","authorizations":[{"user_id":"UBOT"}],"event":{\#(event)}}"#
    }
    private static func line(_ event: String) -> String {
        #"{"destination":"U","events":[{"webhookEventId":"01","timestamp":1795400000000,"mode":"active","replyToken":"r",\#(event)}]}"#
    }
    private static func whatsApp(_ message: String) -> String {
        #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"55"},"messages":[{"from":"49","id":"wamid.1","timestamp":"1795400000",\#(message)}]}}]}]}"#
    }
    private static func messenger(_ item: String) -> String {
        #"{"object":"page","entry":[{"messaging":[{"sender":{"id":"PS"},"recipient":{"id":"PG"},"timestamp":1795400000000,\#(item)}]}]}"#
    }
    private static func matrix(_ event: String) -> String {
        #"{"events":[{"event_id":"$1","room_id":"!r","sender":"@ann:localhost","origin_server_ts":1795400000000,\#(event)}]}"#
    }

    static let cases: [Case] = [
        Case(
            "telegram",
            telegram("\(alone),\(ann),\"caption\":\"What is this?\",\"photo\":[{\"file_id\":\"x\"}]"),
            .message,
            "What is this?", addressed: true),
        Case(
            "telegram",
            telegram(
                #"\#(group),\#(ann),"caption":"@newstestbot look","photo":[],"caption_entities":[{"type":"mention","offset":0,"length":12}]"#
            ), .message, "@newstestbot look", addressed: true),
        Case(
            "telegram",
            telegram(
                #"\#(group),\#(ann),"text":"You there","entities":[{"type":"text_mention","offset":0,"length":3,"user":{"id":42,"is_bot":true}}]"#
            ), .message, "You there", addressed: true),
        Case(
            "telegram",
            telegram(
                #"\#(group),\#(ann),"text":"and?","reply_to_message":{"message_id":1,"from":{"id":42}}"#),
            .message, "and?", addressed: true),
        Case(
            "telegram",
            telegram(
                #"\#(group),\#(ann),"text":"and?","reply_to_message":{"message_id":1,"from":{"id":43}}"#),
            .message, "and?"),
        Case("telegram", telegram(#"\#(alone),\#(ann),"sticker":{"file_id":"x","emoji":"👍"}"#), .ignore),
        Case(
            "telegram", telegram(#"\#(group),\#(ann),"new_chat_members":[{"id":42,"is_bot":true}]"#), .ignore),
        Case("telegram", telegram(#"\#(group),\#(ann),"migrate_to_chat_id":-100"#), .ignore),
        Case(
            "telegram", telegram(#"\#(alone),"from":{"id":8,"is_bot":true},"text":"I am a bot too""#),
            .ignore,
            "I am a bot too"),
        Case(
            "telegram",
            telegram(
                #"\#(group),\#(ann),"text":"x","entities":[{"type":"mention","offset":-3,"length":900},{"type":"mention","offset":9223372036854775807,"length":1},{"type":7}]"#
            ), .message, "x"),
        Case("telegram", #"{"update_id":1,"poll":{"id":"1","question":"?"}}"#, .ignore),
        Case("telegram", #"{"update_id":1,"message_reaction":{"chat":{"id":7},"message_id":2}}"#, .ignore),
        Case("telegram", #"{"update_id":1,"business_message":{"message_id":2,"text":"x"}}"#, .ignore),
        Case("telegram", #"{"update_id":1,"kind_of_next_year":{"text":"x"}}"#, .ignore),
        Case(
            "telegram",
            #"{"update_id":1,"my_chat_member":{\#(group),\#(ann),"date":1,"new_chat_member":{"status":"member"}}}"#,
            .join),
        Case(
            "telegram",
            #"{"update_id":1,"callback_query":{"id":"9","from":{"id":7},"inline_message_id":"m","data":"more:1"}}"#,
            .button, "more:1", addressed: true),
        Case(
            "slack",
            slack(
                #""type":"message","channel_type":"im","channel":"D1","user":"U1","ts":"1.2","subtype":"file_share","text":"see this""#
            ),
            .message, "see this", addressed: true),
        Case(
            "slack",
            slack(
                #""type":"message","channel":"C1","user":"U1","ts":"1.2","subtype":"thread_broadcast","text":"<@UBOT> &lt;what&gt; &amp;amp;""#
            ),
            .message, "<what> &amp;", addressed: true),
        Case(
            "slack",
            slack(#""type":"message","channel":"C1","subtype":"message_deleted","deleted_ts":"1.2""#), .ignore
        ),
        Case(
            "slack",
            slack(
                #""type":"message","channel":"D1","channel_type":"im","subtype":"bot_message","bot_id":"B1","ts":"1.2","text":"x""#
            ),
            .ignore, "x"),
        Case(
            "slack",
            slack(
                #""type":"message","channel":"C1","user":"U1","subtype":"channel_join","ts":"1","text":"joined""#
            ), .ignore, "joined"),
        Case(
            "slack",
            slack(
                #""type":"message","channel":"D1","channel_type":"im","user":"UBOT","ts":"1.2","text":"x""#),
            .ignore, "x"),
        Case(
            "slack",
            slack(#""type":"reaction_added","user":"U1","reaction":"eyes","item":{"type":"message"}"#),
            .ignore),
        Case("slack", slack(#""type":"app_home_opened","user":"U1","channel":"D1""#), .ignore),
        Case("slack", #"{"type":"app_rate_limited","minute_rate_limited":1795400000}"#, nil),
        Case("slack form", "ssl_check=1&token=x", nil),
        Case("slack form", "payload=%7B%22type%22%3A%22view_submission%22%7D", nil),
        Case(
            "slack form", "command=%2Fnews&text=a%20%26amp%3B+b&trigger_id=9&channel_id=D1&user_id=U1",
            .command, "a & b",
            addressed: true),
        Case(
            "discord",
            #"{"type":2,"id":"9","token":"t","channel_id":"1","guild_id":"2","member":{"user":{"id":"3"}},"data":{"name":"news","options":[{"type":1,"name":"ask","options":[{"type":3,"name":"text","value":"why?"}]}]}}"#,
            .command, "why?", addressed: true),
        Case(
            "discord",
            #"{"type":2,"id":"9","token":"t","channel_id":"1","user":{"id":"3"},"data":{"name":"latest"}}"#,
            .command,
            addressed: true),
        Case("discord", #"{"type":4,"id":"9","token":"t","data":{"name":"ask"}}"#, nil),
        Case("discord", #"{"type":5,"id":"9","token":"t","data":{"custom_id":"x"}}"#, nil),
        Case("line", line(#""type":"follow","source":{"type":"user","userId":"U2"}"#), .join),
        Case("line", line(#""type":"join","source":{"type":"group","groupId":"G1"}"#), .join),
        Case("line", line(#""type":"memberJoined","source":{"type":"group","groupId":"G1"}"#), .ignore),
        Case(
            "line",
            line(
                #""type":"message","source":{"type":"user","userId":"U2"},"message":{"id":"1","type":"sticker"}"#
            ), .ignore),
        Case(
            "line",
            line(
                #""type":"message","source":{"type":"group","groupId":"G1","userId":"U2"},"message":{"id":"1","type":"text","text":"👍 @News what?","mention":{"mentionees":[{"index":3,"length":5,"type":"user","isSelf":true}]}}"#
            ), .message, "👍 @News what?", addressed: true),
        Case(
            "line",
            line(
                #""type":"message","source":{"type":"group","groupId":"G1","userId":"U2"},"message":{"id":"1","type":"text","text":"hi"}"#
            ),
            .message, "hi"),
        Case(
            "whatsapp", whatsApp(#""type":"image","image":{"id":"1","caption":"What is this?"}"#), .message,
            "What is this?", addressed: true),
        Case("whatsapp", whatsApp(#""type":"image","image":{"id":"1"}"#), .ignore),
        Case(
            "whatsapp", whatsApp(#""type":"reaction","reaction":{"message_id":"wamid.0","emoji":"👍"}"#),
            .ignore),
        Case("whatsapp", whatsApp(#""type":"unsupported","errors":[{"code":131051}]"#), .ignore),
        Case(
            "whatsapp",
            whatsApp(
                #""type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"ask:en:newest:","title":"x"}}"#
            ),
            .button, "ask:en:newest:", addressed: true),
        Case(
            "whatsapp", whatsApp(#""type":"button","button":{"payload":"more:1","text":"More"}"#), .button,
            "more:1", addressed: true),
        Case(
            "whatsapp",
            #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.1","status":"read"}]}},{"field":"account_update","value":{}}]}]}"#,
            nil),
        Case(
            "messenger",
            messenger(#""message":{"mid":"m1","text":"Yes","quick_reply":{"payload":"more:1"}}"#), .button,
            "more:1", addressed: true),
        Case(
            "messenger", messenger(#""postback":{"mid":"m1","title":"Go","payload":"/start"}"#), .button,
            "/start", addressed: true),
        Case("messenger", messenger(#""message":{"mid":"m1","attachments":[{"type":"image"}]}"#), .ignore),
        Case(
            "messenger", messenger(#""message_edit":{"mid":"m1","text":"new","num_edit":2}"#), .edit, "new",
            addressed: true),
        Case("messenger", messenger(#""read":{"watermark":1795400000000}"#), nil),
        Case("messenger", messenger(#""delivery":{"mids":["m1"]}"#), nil),
        Case(
            "matrix",
            matrix(
                #""type":"m.reaction","content":{"m.relates_to":{"rel_type":"m.annotation","event_id":"$0","key":"👍"}}"#
            ), nil),
        Case("matrix", matrix(#""type":"m.room.redaction","redacts":"$0","content":{}"#), .ignore),
        Case(
            "matrix",
            matrix(#""type":"m.room.member","state_key":"@bob:localhost","content":{"membership":"join"}"#),
            nil),
        Case(
            "matrix",
            matrix(
                #""type":"m.room.member","state_key":"@newsbot:localhost","content":{"membership":"ban"}"#),
            .join),
        Case(
            "matrix", matrix(#""type":"m.room.message","content":{"msgtype":"m.image","body":"x.png"}"#),
            .ignore, "x.png"),
        Case("matrix", matrix(#""type":"m.room.message","content":{}"#), .ignore),
        Case(
            "matrix", matrix(#""type":"m.room.encrypted","content":{"algorithm":"m.megolm.v1.aes-sha2"}"#),
            .message),
        Case("matrix", #"{"events":[],"ephemeral":[{"type":"m.typing","room_id":"!r"}]}"#, nil),
    ]

    @Test(arguments: cases)
    func `an event is what the platform's documentation says`(one: Case) throws {
        let isForm = one.platform == "slack form"
        let platform = isForm ? "slack" : one.platform
        let channel = try ChannelTests.channel(
            platform, secret: platform == "discord" ? ChannelTests.anyDiscordKey : "secret")
        let request = ChannelRequest(
            method: platform == "matrix" ? "PUT" : "POST", path: "/_matrix/app/v1/transactions/1",
            headers: isForm ? [("Content-Type", "application/x-www-form-urlencoded")] : [],
            body: Array(one.body.utf8))
        let events = try channel.decode(request).events
        #expect(events.first?.kind == one.kind)
        #expect(events.first?.text == one.text)
        #expect(events.first?.isAddressed ?? false == one.isAddressed)
    }

    @Test func `several events of one request come in their order, each under an identity of its own`() throws
    {
        let line =
            #"{"events":[{"webhookEventId":"01","type":"follow"},{"webhookEventId":"02","type":"unfollow"}]}"#
        let meta =
            #"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"a"},{"id":"b"}]}}]},{"messaging":[{"message":{"mid":"c","text":"x"}}]}]}"#
        for (platform, body, ids) in [("line", line, ["01", "02"]), ("whatsapp", meta, ["a", "b", "c"])] {
            let request = ChannelRequest(body: Array(body.utf8))
            #expect(try ChannelTests.channel(platform).decode(request).events.map(\.id) == ids)
        }
    }
}
