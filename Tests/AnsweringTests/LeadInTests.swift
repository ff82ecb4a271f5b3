import Testing
import Text

@testable import Answering

@Suite struct LeadInTests {
    @Test(arguments: [
        ("Tell me, when did the mill open?", "When did the mill open?"),
        ("Can you tell me who won the race?", "Who won the race?"),
        ("Hi! Could you please tell me why it closed?", "Why it closed?"),
        ("Do you know if the mill is open?", "Whether the mill is open?"),
        ("I'd like to know how many people live there.", "How many people live there."),
        ("I was wondering in which year the dam was built", "In which year the dam was built"),
        ("Does anyone know whether Osei resigned?", "Whether Osei resigned?"),
        ("Is it true that Osei resigned?", "Whether Osei resigned?"),
        ("Hello, can the mill open?", "Can the mill open?"),
        ("Hello, is the road open?", "Is the road open?"),
        ("Please summarise the story", "Summarise the story"),
        ("Can you list the partners?", "List the partners?"),
        ("Can you tell me about the dam?", "Tell me about the dam?"),
        ("What can you tell me about Osei?", "Tell me about Osei?"),
        ("Do you know anything about Osei?", "Tell me about Osei?"),
        ("Could you tell me why?", "Why?"),
        ("Who won the race, please?", "Who won the race?"),
        ("When did the mill open? Thanks", "When did the mill open?"),
        ("Excuse me, do you happen to know what day it opens, please?", "What day it opens?"),
    ])
    func `what leads in to a question is taken off`(text: String, question: String) {
        #expect(LeadIn.removed(from: text, language: .english) == question)
    }

    @Test(arguments: [
        "Hello there", "ok thanks", "Thanks!", "Great work, thanks", "tell me a joke",
        "Tell me about the dam",
        "Tell me more", "What can you do?", "Can you do more?", "Can the mill open?", "Do you know Osei?",
        "If the dam fails, what happens?", "Who told you that?", "Explain the plan", "Would you have won?",
        "Tell me that joke", "Is it true?", "Please", "", "Well", "The question time of May",
        "Did he say please?", "Show me the latest",
        "Well of the mill", "What did the mayor ask, and why?",
    ])
    func `what asks something or nothing stays as it is`(text: String) {
        #expect(LeadIn.removed(from: text, language: .english) == text)
    }

    @Test(arguments: [
        ("請問誰簽署了條約？", "誰簽署了條約？"), ("你知道誰贏了嗎？", "誰贏了？"), ("你好，想請問水壩什麼時候完工？", "水壩什麼時候完工？"),
        ("请告诉我磨坊为什么关闭", "磨坊为什么关闭"), ("可以告訴我有多少人參加嗎？", "有多少人參加？"), ("我想知道道路开放了吗？", "道路开放了吗？"),
        ("有人知道磨坊是否開放嗎", "磨坊是否開放"),
    ])
    func `so it is in Chinese`(text: String, question: String) {
        #expect(LeadIn.removed(from: text, language: LanguageDetector.detect(text)) == question)
    }

    @Test(arguments: ["你好", "你知道特斯拉嗎？", "好奇號在哪裡登陸？", "麻煩製造者是誰？", "你好嗎？", "誰知道密碼？", "告訴我"])
    func `Chinese that asks something or nothing stays as it is`(text: String) {
        #expect(LeadIn.removed(from: text, language: .traditionalChinese) == text)
    }
}
