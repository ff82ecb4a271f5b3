import Foundation
import News
import Testing

@testable import Ingest

/// One date line and the moment it tells; nil where it is a date that cannot be.
struct DateCase: Sendable, CustomTestStringConvertible {
    var line: String
    var moment: String?
    var testDescription: String { line }

    init(_ line: String, _ moment: String?) { (self.line, self.moment) = (line, moment) }
}

@Suite struct DateLineTests {
    private let dates = DateLine(reference: reference, timeZone: .gmt)

    private static let cases = [
        DateCase("7月18日 07:42", "2025-07-18T07:42:00Z"),
        DateCase("7月18日", "2025-07-18T00:00:00Z"),
        DateCase("12月1日 23:59", "2025-12-01T23:59:00Z"),
        DateCase("12月2日 00:00", "2024-12-02T00:00:00Z"),
        DateCase("2月29日 10:00", "2024-02-29T10:00:00Z"),
        DateCase("2025年7月18日 07:42", "2025-07-18T07:42:00Z"),
        DateCase("2025年7月18號 星期五 下午7:42", "2025-07-18T19:42:00Z"),
        DateCase("2025年7月18日（金）午前7時42分", "2025-07-18T07:42:00Z"),
        DateCase("2025년 7월 18일 오후 7:42", "2025-07-18T19:42:00Z"),
        DateCase("發布於 2025年7月18日 7點半", "2025-07-18T07:30:00Z"),
        DateCase("７月１８日　０７：４２", "2025-07-18T07:42:00Z"),
        DateCase("July 18, 07:42", "2025-07-18T07:42:00Z"),
        DateCase("July 18, 2025 at 07:42", "2025-07-18T07:42:00Z"),
        DateCase("18 July 2025, 07:42", "2025-07-18T07:42:00Z"),
        DateCase("Friday, 18th of July 2025 – 7.42", nil),
        DateCase("Fri, 18th of July 2025 – 07:42 GMT", "2025-07-18T07:42:00Z"),
        DateCase("Jul 18, 7:42 AM", "2025-07-18T07:42:00Z"),
        DateCase("Jul. 18th, 12:05 a.m.", "2025-07-18T00:05:00Z"),
        DateCase("Sept. 3, 2024 7 pm", "2024-09-03T19:00:00Z"),
        DateCase("07:42 · 18 Jul 2025", "2025-07-18T07:42:00Z"),
        DateCase("18.07.2025 07:42", "2025-07-18T07:42:00Z"),
        DateCase("18.07.25 07:42", "2025-07-18T07:42:00Z"),
        DateCase("18.07. 07:42", "2025-07-18T07:42:00Z"),
        DateCase("18. Juli 2025 um 07:42 Uhr", "2025-07-18T07:42:00Z"),
        DateCase("3. März 2025", "2025-03-03T00:00:00Z"),
        DateCase("18 juillet 2025 à 7h42", "2025-07-18T07:42:00Z"),
        DateCase("18 de julio de 2025, 07:42", "2025-07-18T07:42:00Z"),
        DateCase("18 июля 2025, 07:42", "2025-07-18T07:42:00Z"),
        DateCase("2025-07-18 07:42", "2025-07-18T07:42:00Z"),
        DateCase("2025/07/18 07:42:10", "2025-07-18T07:42:10Z"),
        DateCase("2025-07-18T07:42:00Z", "2025-07-18T07:42:00Z"),
        DateCase("2025-07-18T07:42:00.123+08:00", "2025-07-17T23:42:00Z"),
        DateCase("2025-07-18 07:42 -0500", "2025-07-18T12:42:00Z"),
        DateCase("2025-07-18 07:42 UTC+8", "2025-07-17T23:42:00Z"),
        DateCase("2025-07-18 07:42 CEST", "2025-07-18T05:42:00Z"),
        DateCase("7/18/2025, 7:42 PM", "2025-07-18T19:42:00Z"),
        DateCase("4/3/2025, 7:42 PM", "2025-04-03T19:42:00Z"),
        DateCase("04/03/2025 07:42", "2025-03-04T07:42:00Z"),
        DateCase("7/18 07:42", "2025-07-18T07:42:00Z"),
        DateCase("Yesterday at 07:42", "2025-11-30T07:42:00Z"),
        DateCase("今天 07:42", "2025-12-01T07:42:00Z"),
        DateCase("٢٠٢٥-٠٧-١٨ ٠٧:٤٢", "2025-07-18T07:42:00Z"),
        DateCase("31.02.2025 07:42", nil),
        DateCase("18.07.2025 25:61", nil),
        DateCase("13月40日 07:42", nil),
        DateCase("18 Ιουλίου 2025, 07:42", nil),
    ]

    @Test(arguments: cases)
    func `a date line tells its moment`(_ example: DateCase) throws {
        let reading = dates.read(example.line)
        guard let moment = example.moment else {
            #expect(reading == .unreadable)
            return
        }
        #expect(reading.date == (try Date.ISO8601FormatStyle().parse(moment)))
    }

    @Test(arguments: [
        "Update of 5 December 2022: ChatGPT reached one million users", "2025年1月28日更新：輝達股價下跌",
        "OpenAI launched ChatGPT on 30 November 2022.", "The 18 July deal", "May contain nuts",
        "Harbour Wire", "",
        "No. 18", "GPT-5", "July 2025 in review", "3.14",
    ])
    func `other lines are no date lines`(_ line: String) {
        #expect(dates.read(line).date == nil)
        #expect(line == "3.14" || dates.read(line) == .other)
    }

    @Test func `dates without a zone are told in the parser's zone`() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 8 * 3600))
        let reading = DateLine(reference: reference, timeZone: zone).read("7月18日 07:42")
        #expect(reading.date == (try Date.ISO8601FormatStyle().parse("2025-07-17T23:42:00Z")))
    }

    @Test func `a date on the reference day itself is not after it`() {
        let posts = PostParser(reference: Date(timeIntervalSince1970: 1_752_796_800))  // 18 July 2025, 00:00
        let text = "Meridian Post\n7月18日 07:42\n\nHeadline\n\nText."
        #expect(
            posts.parse(Array(text.utf8), origin: "/a.txt").articles.first?.id.contains("20250718") == true)
        let later = text.replacing("7月18日", with: "7月19日")
        #expect(
            posts.parse(Array(later.utf8), origin: "/a.txt").articles.first?.id.contains("20240719") == true)
    }
}
