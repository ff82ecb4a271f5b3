import Foundation
import News
import Testing
import Text

@Suite struct DateMentionTests {
    @Test(arguments: MentionRow.englishDates + MentionRow.otherDates)
    func `dates are found and read as the text states them`(_ row: MentionRow) {
        let found = DateMention.all(in: row.text, language: row.language)
        #expect(found.map(\.notation) == row.expected)
        #expect(found.allSatisfy { String(row.text[$0.range]) == $0.text })
    }

    /// What a date means in an article published on Friday, 18 July 2025.
    static let readings: [(String, Language, String)] = [
        ("yesterday", .english, "2025-7-17"), ("today", .english, "2025-7-18"),
        ("tomorrow", .english, "2025-7-19"),
        ("on Friday", .english, "2025-7-18"), ("on Monday", .english, "2025-7-14"),
        ("on Sunday", .english, "2025-7-13"), ("last Friday", .english, "2025-7-11"),
        ("last Monday", .english, "2025-7-14"), ("next Monday", .english, "2025-7-21"),
        ("this Sunday", .english, "2025-7-20"), ("last week", .english, "2025-7-?"),
        ("this month", .english, "2025-7-?"), ("last month", .english, "2025-6-?"),
        ("last year", .english, "2024-?-?"), ("three days ago", .english, "2025-7-15"),
        ("two months ago", .english, "2025-5-?"), ("9 July", .english, "2025-7-9"),
        ("28 December", .english, "2025-12-28"), ("2 January", .english, "2025-1-2"),
        ("in June", .english, "2025-6-?"),
        ("last July", .english, "2024-7-?"), ("last June", .english, "2025-6-?"),
        ("next July", .english, "2026-7-?"),
        ("July last year", .english, "2024-7-?"), ("in 2019", .english, "2019-?-?"),
        ("15 September 2022", .english, "2022-9-15"), ("昨天", .traditionalChinese, "2025-7-17"),
        ("上週三", .traditionalChinese, "2025-7-9"), ("去年9月", .traditionalChinese, "2024-9-?"),
        ("今年1月20日", .traditionalChinese, "2025-1-20"), ("15日", .traditionalChinese, "2025-7-15"),
        ("7月21日", .traditionalChinese, "2025-7-21"), ("兩年前", .traditionalChinese, "2023-?-?"),
        ("上个月", .simplifiedChinese, "2025-6-?"), ("前天", .simplifiedChinese, "2025-7-16"),
    ]

    @Test(arguments: readings)
    func `a date is completed from the day of publication`(
        _ text: String, language: Language, expected: String
    ) throws {
        let found = try #require(DateMention.all(in: text, language: language).first).resolved(
            against: friday)
        #expect(
            [found.year, found.month, found.day].map { $0.map(String.init) ?? "?" }.joined(separator: "-")
                == expected)
    }

    @Test(arguments: [
        ("28 December", "2025-01-05T00:00:00Z", 2024), ("2 January", "2025-12-28T00:00:00Z", 2026),
        ("in November", "2025-02-01T00:00:00Z", 2024), ("2 January", "2025-07-18T00:00:00Z", 2025),
    ])
    func `around New Year the other year is meant`(_ text: String, published: String, year: Int) throws {
        let published = try Date(published, strategy: .iso8601)
        let found = try #require(DateMention.all(in: text, language: .english).first)
        #expect(found.resolved(against: published).year == year)
    }

    @Test func `without a day of publication a date stays as it is`() throws {
        let found = try #require(DateMention.all(in: "yesterday", language: .english).first)
        #expect(found.resolved(against: nil) == found)
    }

    @Test func `a week over the end of a year stays open`() throws {
        let newYear = try Date("2025-01-02T09:00:00Z", strategy: .iso8601)
        let found = try #require(DateMention.all(in: "this week", language: .english).first).resolved(
            against: newYear)
        #expect(found.year == nil && found.month == nil)
    }

    static let pairs: [(String, String, Bool)] = [
        ("18 July 2025", "July 2025", true), ("18 July 2025", "in 2025", true),
        ("18 July 2025", "18 July", true),
        ("18 July 2025", "2025-07-18", true), ("July 2025", "18 July 2025", false),
        ("in 2025", "July 2025", false),
        ("18 July 2025", "17 July 2025", false), ("18 July 2025", "July 2024", false),
        ("yesterday", "yesterday", true), ("yesterday", "today", false), ("18 July 2025", "yesterday", false),
    ]

    @Test(arguments: pairs)
    func `a finer date covers a coarser one that it does not contradict`(
        _ first: String, second: String, covers: Bool
    ) throws {
        let (first, second) = try (
            #require(DateMention.all(in: first, language: .english).first),
            #require(DateMention.all(in: second, language: .english).first)
        )
        #expect(first.covers(second) == covers)
    }

    @Test(arguments: [
        ("18 July 2025", DateMention.Granularity.day), ("July 2025", .month), ("in 2025", .year),
        ("yesterday", .relative),
    ])
    func `granularity is that of the finest part`(_ text: String, expected: DateMention.Granularity) throws {
        #expect(try #require(DateMention.all(in: text, language: .english).first).granularity == expected)
    }
}

/// 18 July 2025, a Friday, noon in UTC.
let friday = Date(timeIntervalSince1970: 1_752_840_000)
