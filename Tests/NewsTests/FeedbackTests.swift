import News
import Testing

@Suite struct FeedbackTests {
    @Test(arguments: [
        ("👍", Feedback(.good)), (" 👎🏽 the date is wrong ", Feedback(.bad, remark: "the date is wrong")),
        ("👎👎", Feedback(.bad)), ("👍!", Feedback(.good)),
    ])
    func `a thumb is feedback`(message: String, feedback: Feedback) {
        #expect(Feedback(message: message) == feedback)
    }

    @Test(arguments: ["", " ", "good", "Is 👍 an answer?", "🙂", "1"])
    func `other messages are none`(message: String) {
        #expect(Feedback(message: message) == nil)
    }
}
