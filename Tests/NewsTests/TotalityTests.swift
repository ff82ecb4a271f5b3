import Foundation
import News
import TestSupport
import Testing
import Text

/// Scanners take any text: nothing traps, and whatever is found stands where it says.
@Suite struct TotalityTests {
    /// Parts that scanners look for, and things that come between them.
    private static let parts = [
        "15", "2022", "1,234", "6.25", "07", "3.", ".5", "0", "99999999999999999999", "1e9", "-", "–", "/",
        ".", ",", ":", "$",
        "%", "€", " ", " ", " ", "  ", "\n", "(", ")", "[", "]", "#", "'", "’", "\u{0}", "\u{301}", "🚀", "👨‍👩‍👧",
        "ß", "İ", "September",
        "may", "May", "Sept.", "of", "in", "last", "week", "past", "three", "twenty", "hundred", "million",
        "half", "a", "and", "to",
        "years", "dollars", "US", "BTC", "ago", "Monday", "between", "since", "Q", "the", "quarter", "latest",
        "devices", "GPT",
        "年", "月", "日", "號", "二", "〇", "十", "百", "萬", "億", "兆", "點", "分之", "第", "個", "美元", "昨天", "上週", "三",
        "前",
        "內", "民國", "過去", "最近", "以來", "成", "半", "１", "％", "，", "년", "월", "ｂｎ", "Ünter", "мая", "한국", "カ",
    ]

    @Test(arguments: 0..<40)
    func `random text is read without a trap and every range holds its words`(_ seed: Int) {
        var random = SplitMix(state: UInt64(seed) &* 0x9E37_79B9 &+ 1)
        for _ in 0..<100 {
            let count = Int(random.next() % 30)
            let text = (0..<count).map { _ in Self.parts[Int(random.next() % UInt64(Self.parts.count))] }
                .joined()
            let language = Language.allCases[Int(random.next() % UInt64(Language.allCases.count))]
            check(text, language)
        }
    }

    @Test(arguments: [
        "1 and ", "2025年", "一", "億", "a million ", "5 to ", "1.", "1,", "三天", "between 2024 and ",
    ])
    func `a long text of one form does not take quadratic time`(_ part: String) {
        let took = processorTime { check(String(repeating: part, count: 4000), .english) }
        // Far above what it takes, far below what quadratic work would.
        #expect(took < .seconds(60))
    }

    private func check(_ text: String, _ language: Language) {
        let dates = DateMention.all(in: text, language: language)
        #expect(
            dates.allSatisfy { String(text[$0.range]) == $0.text && !$0.text.isEmpty },
            "\(text.debugDescription)")
        #expect(zip(dates, dates.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
        for date in dates {
            #expect(date.month.map { (1...12).contains($0) } ?? true)
            #expect(date.day.map { (1...31).contains($0) } ?? true)
            _ = date.resolved(against: friday)
        }
        let amounts = Quantity.all(in: text, language: language)
        #expect(
            amounts.allSatisfy { String(text[$0.range]) == $0.text && $0.value.isFinite },
            "\(text.debugDescription)")
        #expect(
            zip(amounts, amounts.dropFirst()).allSatisfy { $0.range.lowerBound < $1.range.lowerBound },
            "\(text.debugDescription)")
        let times = TimePhrase.find(in: text, language: language, now: friday)
        #expect(times.allSatisfy { String(text[$0.range]) == $0.text }, "\(text.debugDescription)")
        #expect(
            zip(times, times.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound },
            "\(text.debugDescription)")
        for time in times {
            if let from = time.from, let until = time.until {
                #expect(from < until, "\(text.debugDescription)")
            }
        }
    }
}

/// SplitMix64 after Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
