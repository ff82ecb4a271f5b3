import Foundation
import News
import Testing
import Text

@Suite struct TimePhraseTests {
    @Test(arguments: MentionRow.englishTimes + MentionRow.otherTimes)
    func `a question names its stretches of time`(_ row: MentionRow) {
        let found = TimePhrase.find(in: row.text, language: row.language, now: friday)
        #expect(found.map(\.notation) == row.expected)
        #expect(found.allSatisfy { String(row.text[$0.range]) == $0.text })
    }

    @Test func `weeks begin on Monday`() throws {
        for offset in 0..<7 {
            // Monday, 14 July 2025, to Sunday.
            let now = Date(timeIntervalSince1970: 1_752_451_200 + Double(offset) * 86_400 + 3600)
            let week = try #require(TimePhrase.find(in: "this week", language: .english, now: now).first)
            #expect(week.from == Date(timeIntervalSince1970: 1_752_451_200))
            #expect(week.until == Date(timeIntervalSince1970: 1_752_451_200 + 7 * 86_400))
        }
    }

    @Test(arguments: [
        ("in July", "2025-07-31T23:59:59Z", "2025-07-01"), ("in July", "2025-06-30T23:59:59Z", "2024-07-01"),
        ("on 29 February", "2025-03-01T00:00:00Z", "2025-03-01"),
        ("yesterday", "2025-01-01T00:00:00Z", "2024-12-31"),
        ("last month", "2025-01-15T00:00:00Z", "2024-12-01"), ("7月18日", "2025-07-17T23:00:00Z", "2024-07-18"),
        ("31日", "2025-01-10T00:00:00Z", "2024-12-31"),
    ])
    func `a time without a year is the newest that has begun`(_ text: String, now: String, from: String)
        throws
    {
        let now = try Date(now, strategy: .iso8601)
        let found = try #require(TimePhrase.find(in: text, language: .english, now: now).first)
        #expect(found.from.map { String(DateText.iso($0).prefix(10)) } == from)
    }
}
