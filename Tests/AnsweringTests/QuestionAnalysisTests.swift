import Testing
import Text

@testable import Answering

@Suite struct QuestionAnalysisTests {
    @Test(arguments: [
        ("Who signed the treaty?", QuestionKind.who), ("When did it start?", .when),
        ("In which years was it built?", .when), ("Where is the plant?", .where),
        ("How many people live there?", .howMany), ("How much did the bridge cost?", .howMuch),
        ("At which valuation?", .howMuch), ("How long does the contract run?", .howLong),
        ("How old is the mayor?", .howLong), ("What percentage voted?", .percentage),
        ("Why did the mill close?", .why), ("How does the valve work?", .how),
        ("Is the road open?", .yesNo), ("After the storm in May, was the road still open?", .yesNo),
        ("In May, which road was closed?", .fact), ("Has the minister resigned?", .yesNo),
        ("Which came first, the road or the rail?", .order), ("What is a stablecoin?", .define),
        ("Summarise the story", .summary), ("What happened on 3 May?", .summary),
        ("What is the latest on the strike?", .latest), ("What does the analysis say?", .opinion),
        ("Who reported it?", .source), ("When was this published?", .published),
        ("Which Channel File was at fault?", .fact), ("Which valley was flooded?", .fact),
        ("hello", .greeting), ("Thanks!", .thanks), ("help", .help),
    ])
    func `English questions have their kind`(question: String, kind: QuestionKind) {
        #expect(QuestionAnalysis.kind(of: question, language: .english) == kind)
    }

    @Test(arguments: [
        ("誰簽署了條約？", QuestionKind.who), ("什麼時候開始？", .when), ("工廠在哪裡？", .where), ("有多少員工？", .howMany),
        ("價值多少？", .howMuch), ("獎勵是多少？", .howMuch), ("花了多少錢？", .howMuch), ("要多久？", .howLong),
        ("他今年幾歲？", .howLong),
        ("多久發生一次？", .how), ("占比多少？", .percentage), ("為什麼關閉？", .why), ("道路開放了嗎？", .yesNo), ("哪些國家參加？", .list),
        ("鐵路和公路哪個先開通？", .order), ("总结一下", .summary), ("有什么最新消息？", .latest), ("分析怎么看？", .opinion),
        ("這則新聞是誰報導的？", .source), ("这条新闻是什么时候发布的？", .published), ("免費用戶會注意到嗎？", .yesNo), ("你好", .greeting),
    ])
    func `Chinese questions have their kind`(question: String, kind: QuestionKind) {
        #expect(
            QuestionAnalysis.kind(of: question, language: LanguageDetector.detect(question)) == kind)
    }

    @Test(arguments: [
        ("Which tech giant has bought the mill?", ["tech", "giant"]),
        ("Which companies announced it?", ["companies"]),
        ("How many senators voted for it?", ["senators"]),
        ("How many smart meters are there?", ["smart", "meters"]),
        ("What are the benefits of the dam?", ["benefits"]), ("What is the weather in Oslo?", []),
        ("Who built it?", []),
    ])
    func `the noun that is asked for is found`(question: String, phrase: [String]) {
        #expect(QuestionAnalysis.nounPhrase(of: question) == phrase)
    }

    @Test func `the two things of a question for their order are found`() throws {
        let english = try #require(Alternatives("Which came first, the Dover road or the Calais ferry?"))
        #expect(english.first == "Dover road" && english.second == "Calais ferry" && !english.wantsLater)
        let later = try #require(Alternatives("What happened later: the fire or the flood?"))
        #expect(later.first == "fire" && later.second == "flood" && later.wantsLater)
        let chinese = try #require(Alternatives("鐵路和公路哪個先開通？"))
        #expect(chinese.first == "鐵路" && chinese.second == "公路")
        #expect(Alternatives("Which came first?") == nil)
    }
}
