import News
import Testing
import Text

@Suite struct QuantityTests {
    @Test(arguments: MentionRow.englishAmounts + MentionRow.otherAmounts)
    func `amounts are found and read in normal form`(_ row: MentionRow) {
        let found = Quantity.all(in: row.text, language: row.language)
        #expect(found.map(\.notation) == row.expected)
        #expect(found.allSatisfy { String(row.text[$0.range]) == $0.text })
    }

    @Test(arguments: [
        ("5 million users", Language.english, "500萬名用戶", Language.traditionalChinese),
        ("6.6 billion dollars", .english, "66億美元", .traditionalChinese),
        ("four percent", .english, "百分之四", .simplifiedChinese),
        ("25 years", .english, "二十五年", .traditionalChinese),
        ("5,000,000 users", .english, "5.000.000 Nutzer", .german), ("6.25 %", .english, "6,25 %", .german),
        ("$1.5 billion", .english, "15亿美元", .simplifiedChinese),
        ("30 percent", .english, "三成", .traditionalChinese),
    ])
    func `the same amount has the same value in every language`(
        _ first: String, firstLanguage: Language, second: String, secondLanguage: Language
    ) throws {
        let first = try #require(Quantity.all(in: first, language: firstLanguage).first)
        let second = try #require(Quantity.all(in: second, language: secondLanguage).first)
        #expect(first.value == second.value)
    }

    @Test func `dates and amounts do not share words`() {
        let text =
            "In May 2025, 8.5 million devices and 2,000 people moved within 25 days of 15 September 2022."
        let dates = DateMention.all(in: text, language: .english)
        let amounts = Quantity.all(in: text, language: .english)
        #expect(dates.count == 2 && amounts.count == 3)
        #expect(!dates.contains { date in amounts.contains { $0.range.overlaps(date.range) } })
    }
}

@Suite struct NumberWordsTests {
    @Test(arguments: [
        ("seven", 7), ("Ninety", 90), ("million", 1e6), ("twenty-five", 25), ("zero", 0), ("五", 5), ("十", 10),
        ("十五", 15), ("三十五", 35), ("兩千", 2000), ("两千零五", 2005), ("三萬五", 35_000), ("三千五百萬", 35_000_000),
        ("一億二", 120_000_000), ("四兆", 4e12), ("二〇二二", 2022), ("一百零五", 105), ("一萬億", 1e12),
    ])
    func `number words have their value`(_ word: String, value: Double) {
        #expect(NumberWords.value(word) == value)
    }

    @Test(arguments: ["", "seventh", "table", "三名", "five-twenty", "-"])
    func `other words have none`(_ word: String) {
        #expect(NumberWords.value(word) == nil)
    }
}
