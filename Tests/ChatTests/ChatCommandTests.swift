import Testing

@testable import Chat

@Suite struct ChatCommandTests {
    @Test(arguments: [
        ("/start", ChatCommand.start), ("  /HELP@NewsBot", .help), ("／ask　台積電何時設廠？", .ask("台積電何時設廠？")),
        ("/ask  who \n leads", .ask("who leads")), ("/latest", .latest(topic: nil)),
        ("/latest trade", .latest(topic: "trade")), ("/search@newsbot 100 %", .search("100 %")),
        ("/subscribe daily 08:30", .subscribeDaily(hour: 8, minute: 30)),
        ("/subscribe Daily 7：05", .subscribeDaily(hour: 7, minute: 5)),
        ("/subscribe trade war", .subscribe(topic: "trade war")),
        ("/unsubscribe", .unsubscribe(topic: nil)), ("/language zh-Hant", .language(tag: "zh-Hant")),
        ("what is new?", nil), ("/ and more", nil), ("//", nil), ("/", nil), ("", nil),
        ("/usr/bin/swift is new", nil), ("1/2", nil),
    ])
    func `a command is read from what was written`(text: String, command: ChatCommand?) throws {
        #expect(try ChatCommand.parse(text) == command)
    }

    @Test(arguments: [
        ("/weather", ChatCommand.Problem.unknown("weather")), ("/ask", .incomplete("ask")),
        ("/timeline   ", .incomplete("timeline")), ("/subscribe", .incomplete("subscribe")),
        ("/subscribe daily", .invalidTime("")), ("/subscribe daily 24:00", .invalidTime("24:00")),
        ("/subscribe daily 8:60", .invalidTime("8:60")), ("/subscribe daily 8:5", .invalidTime("8:5")),
        ("/subscribe daily -1:00", .invalidTime("-1:00")), ("/subscribe daily news", .invalidTime("news")),
    ])
    func `what is missing is told`(text: String, problem: ChatCommand.Problem) {
        #expect(throws: problem) { try ChatCommand.parse(text) }
    }

    @Test func `every listed command is known`() {
        for name in ChatCommand.names {
            #expect(throws: Never.self) { try ChatCommand.parse("/\(name) daily 08:00") }
        }
    }
}
