import Foundation
import News
import Testing
import Text

@Suite struct DateTextTests {
    static let days: [(Language, String)] = [
        (.english, "15 September 2022"), (.traditionalChinese, "2022年9月15日"),
        (.simplifiedChinese, "2022年9月15日"),
        (.japanese, "2022年9月15日"), (.korean, "2022년 9월 15일"), (.german, "15. September 2022"),
        (.french, "15 septembre 2022"), (.spanish, "15 de septiembre de 2022"),
        (.italian, "15 settembre 2022"),
        (.portuguese, "15 de setembro de 2022"), (.dutch, "15 september 2022"),
        (.swedish, "15 september 2022"),
        (.russian, "15 сентября 2022"),
        (.undetermined, "15 September 2022"),
    ]

    @Test(arguments: days)
    func `a day is written in the way of its language`(_ language: Language, expected: String) {
        #expect(DateText.day(Date(timeIntervalSince1970: 1_663_200_000), language: language) == expected)
    }

    @Test func `the day is that of UTC`() {
        #expect(
            DateText.day(Date(timeIntervalSince1970: 1_663_200_000 - 1), language: .english)
                == "14 September 2022")
    }

    /// What is written is read again: the check of answers against their sources rests on it.
    @Test(arguments: Language.allCases)
    func `every day of a year is read as it was written`(_ language: Language) throws {
        for offset in 0..<366 {
            let date = Date(timeIntervalSince1970: 1_704_067_200 + Double(offset) * 86_400)
            let text = DateText.day(date, language: language)
            let found = DateMention.all(in: text, language: language)
            #expect(found.map(\.text) == [text])
            let mention = try #require(found.first)
            #expect(mention.year == 2024 && DateText.text(mention, language: language) == text)
            #expect(Quantity.all(in: text, language: language).isEmpty, "\(text)")
        }
    }

    static let mentions: [(String, Language, String)] = [
        ("in September 2022", .english, "September 2022"), ("in 2022", .english, "2022"),
        ("15 July", .english, "15 July"),
        ("yesterday", .english, "yesterday"), ("in September 2022", .traditionalChinese, "2022年9月"),
        ("2022-09-15", .german, "15. September 2022"), ("2022年", .english, "2022"),
        ("1 May", .french, "1er mai"),
        ("15 July", .spanish, "15 de julio"), ("September 2022", .korean, "2022년 9월"),
    ]

    @Test(arguments: mentions)
    func `a date is written as exactly as it was stated`(_ text: String, language: Language, expected: String)
        throws
    {
        let mention = try #require(DateMention.all(in: text, language: .english).first)
        #expect(DateText.text(mention, language: language) == expected)
    }

    @Test func `a moment is written as of ISO 8601`() {
        #expect(DateText.iso(Date(timeIntervalSince1970: 1_752_824_520)) == "2025-07-18T07:42:00Z")
    }
}
