import Testing
import Text

@testable import Answering

@Suite struct QuestionAnalysisTests {
    @Test(arguments: ["it's “the” dogs’ 5-year-plan, isn’t it?", "a\r\nb", "", "'", "x—y…z 3,5"])
    func `words are the same whatever stands beside them`(text: String) {
        // A letter beyond ASCII has the text read by characters instead of bytes.
        #expect(QuestionAnalysis.words(of: text) + ["ß"] == QuestionAnalysis.words(of: text + " ß"))
    }

    @Test func `words of Han characters are the same whatever stands beside them`() {
        let borders = [0x2000...0x20FF, 0x2E80...0x33FF, 0x4D00...0x4EFF, 0x9F00...0xA0FF, 0xFF00...0xFFEF]
        for scalar in borders.joined().compactMap(Unicode.Scalar.init) {
            for text in ["a\(scalar)b", "東\(scalar)，京"] {
                #expect(
                    QuestionAnalysis.words(of: text) + ["ß"] == QuestionAnalysis.words(of: text + " ß"),
                    "U+\(String(scalar.value, radix: 16))")
            }
        }
    }

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
        ("hello", .greeting), ("Thanks!", .thanks), ("help", .help), ("Bye!", .farewell),
        ("tell me a joke", .smallTalk), ("You are useless", .insult), ("stupid bot", .insult),
        ("Why is the tax called stupid?", .why), ("Give me a timeline of the strike", .timeline),
        ("How did the strike unfold?", .timeline), ("What has changed in the plan?", .changed),
        ("How has the plan changed?", .changed), ("Compare the dam with the mill", .compare),
        ("What is the difference between the dam and the mill?", .compare),
        ("How does the dam differ from the mill?", .compare), ("Dam vs. mill", .compare),
        ("Which is larger, the dam or the mill?", .compare), ("Who won, Marn vs Osei?", .who),
        ("When was that article published?", .published), ("ok thanks", .thanks),
        ("ok thanks, bye", .farewell),
        ("Is it true that thanks to him the mill was saved?", .yesNo),
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
        ("再見", .farewell), ("太好了，謝謝", .thanks), ("垃圾機器人", .insult), ("講個笑話", .smallTalk), ("你真沒用", .insult),
        ("罷工的時間線", .timeline),
        ("這件事的來龍去脈是什麼？", .timeline), ("计划有什么变化？", .changed), ("水壩和磨坊有什麼不同？", .compare),
        ("比較一下水壩和磨坊", .compare), ("水壩和磨坊哪個更大？", .compare),
        ("水壩的價格是多少？", .howMuch), ("磨坊的價格會上漲嗎？", .yesNo), ("哪家公司的估值最高？", .fact),
        ("平原的形成原因屬於哪種類型？", .fact), ("故障的原因是什麼？", .why), ("他最出名的著作名為什麼？", .fact),
        ("鐵路在西元幾年通車？", .when), ("合約為期幾年？", .howLong), ("哪位皇帝發動了幾次戰役？", .who),
        ("微軟持有多少股份？", .percentage), ("分析師是誰？", .who), ("這兩個先進科技和磨坊使用哪種原理？", .fact),
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

    @Test(arguments: [
        ("Was haben die Abgeordneten beschlossen?", Language.german, QuestionKind.fact),
        ("Seit wann ist die Brücke gesperrt?", .german, .when), ("Quand rouvre le pont ?", .french, .when),
        ("¿Cuándo abre el puente?", .spanish, .when), ("Da quando è chiuso il ponte?", .italian, .when),
        ("Quando abre a ponte?", .portuguese, .when), ("Wanneer gaat de brug open?", .dutch, .when),
        ("När öppnar bron?", .swedish, .when), ("Когда откроют мост?", .russian, .when),
        ("Does the bridge open?", .undetermined, .yesNo),
    ])
    func `of other languages only questions for a date are told`(
        question: String, language: Language, kind: QuestionKind
    ) {
        #expect(QuestionAnalysis.kind(of: question, language: language) == kind)
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

    @Test(arguments: [
        ("Compare the dam with the mill", ["dam", "mill"], nil),
        (
            "What is the difference between the Dover dam and the Calais mill?",
            ["Dover dam", "Calais mill"], nil
        ),
        ("How do the dam and the mill differ?", ["dam", "mill"], nil),
        ("How does the dam differ from the mill?", ["dam", "mill"], nil),
        ("Dam vs. mill", ["Dam", "mill"], nil),
        ("Which is cheaper: the dam or the mill?", ["dam", "mill"], Comparison.Wanted.less),
        ("水壩和磨坊有什麼不同？", ["水壩", "磨坊"], nil), ("比較一下水壩與磨坊", ["水壩", "磨坊"], nil),
        ("水壩和磨坊哪個更大？", ["水壩", "磨坊"], .more),
    ])
    func `the two things of a comparison are found`(
        question: String, sides: [String], wanted: Comparison.Wanted?
    ) throws {
        let comparison = try #require(Comparison(question))
        #expect(comparison.sides == sides && comparison.wanted == wanted)
    }

    @Test func `a question that names one thing compares nothing`() {
        #expect(Comparison("Compare the dam") == nil)
        #expect(Comparison("水壩有什麼不同？") == nil)
    }
}
