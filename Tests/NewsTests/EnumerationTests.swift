import News
import Testing

@Suite struct EnumerationTests {
    @Test(arguments: [
        (
            "The plan covers countries such as Chile, Peru and the Netherlands.",
            ["Chile", "Peru", "the Netherlands"]
        ),
        ("Alpha, Beta and Gamma announced the project.", ["Alpha", "Beta", "Gamma"]),
        ("The firm had invested in 2019 and in 2021.", ["2019", "2021"]),
        ("航空公司、醫院與銀行都受到影響。", ["航空公司", "醫院", "銀行"]), ("支援甲版、乙版和丙版等服務。", ["甲版", "乙版", "丙版"]),
    ])
    func `lists are cut into their items`(sentence: String, items: [String]) throws {
        let lists = Enumeration.all(in: sentence)
        #expect(lists.contains { $0.items == items }, "\(lists.map(\.items))")
    }

    @Test(arguments: ["The road is long.", "他昨天回家了。", ""])
    func `a sentence without a list has none`(sentence: String) {
        #expect(Enumeration.all(in: sentence).isEmpty)
    }
}
