import Text

extension DateScanner {
    /// 2022-09-15 · 2022/9/15 · 15.09.2022 · 9/15/2022.
    mutating func numeric(_ at: Int) -> Int? {
        let separator = words[at + 1]
        guard separator.kind == .mark, "-/.".contains(separator.form), let first = words[at].small,
            let second = words[at + 2].small, !(at + 1...at + 2).contains(where: { words[$0].isSpaced })
        else { return nil }
        guard words.touches(at + 3, separator.form), let third = words[at + 4].small, !words[at + 4].isSpaced
        else {
            // 2025-07 is a month where the zero or the language of machines tells it from a span of numbers.
            guard separator.form == "-", words[at].form.utf8.count == 4, (1900...2099).contains(first),
                words[at + 2].form.utf8.count == 2, words[at + 2].form.hasPrefix("0"),
                (1...9).contains(second)
            else { return nil }
            return take(at..<at + 3, Parts(year: first, month: second))
        }
        guard words[at + 5].isSpaced || words[at + 5].form != separator.form || words[at + 6].kind != .number
        else {
            return nil
        }
        var parts = Parts(year: third, month: second, day: first)
        if words[at].form.utf8.count == 4 {
            parts = Parts(year: first, month: second, day: third)
        } else if separator.form == "/", second > 12 || words.language == .english && first <= 12 {
            parts = Parts(year: third, month: first, day: second)
        }
        guard let year = parts.year, let month = parts.month, let day = parts.day,
            (1900...2199).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        return take(at..<at + 5, parts)
    }

    /// in 2022 · (2022) · early 2022 · the 2024 election · Q3 2025 · 2019, 2021 and 2023.
    mutating func yearAlone(_ at: Int) -> Int? {
        guard let year = year(at), isYear(at) else { return nil }
        return take(at..<at + 1, Parts(year: year))
    }

    private func isYear(_ at: Int) -> Bool {
        let (before, after) = (words[at - 1], words[at + 1])
        if after.meaning.unit.map({ $0.kind != .duration }) ?? false || after.meaning.scale != nil {
            return false
        }
        if before.form == "(" { return after.form == ")" || after.form == "," || after.form == "-" }
        if isBehindYear(at) { return true }
        // "in 2000 cases" counts, "in 2022 the" dates.
        let counts = after.kind == .word && !after.isCapitalised && after.isPlural
        guard !counts else { return false }
        if before.kind == .word, before.meaning.roles.contains(.yearCue) || before.form == "fy" {
            return true
        }
        if before.form == "-", Self.halves.contains(words[at - 2].form) { return true }
        if before.kind == .number, words[at - 2].form == "q" || words[at - 2].form == "h" { return true }
        if words.language != .english, before.kind == .word, Self.foreignCues.contains(before.form) {
            return true
        }
        let isVerb = Self.verbs.contains(after.form)
        if at == 0 || before.form == "." { return isVerb }
        return before.form == "the" && after.kind == .word && !isVerb && after.isSpaced
    }

    /// Whether a list of years goes on: a connector and a year stand before.
    private func isBehindYear(_ at: Int) -> Bool {
        guard let last = found.last, last.mention.year != nil, last.mention.day == nil else { return false }
        let gap = last.span.upperBound..<at
        guard (1...2).contains(gap.count) else { return false }
        return gap.allSatisfy { words.has($0, ",") || words.has($0, anyOf: Self.connectors) }
    }

    private static let halves: Set<String> = ["mid", "late", "early", "pre", "post"]
    private static let verbs: Set<String> = [
        "was", "is", "saw", "will", "has", "brought", "began", "ended", "marked", "marks", "would", "could",
        "may",
    ]
    /// Words before a year in the other languages.
    private static let foreignCues: Set<String> = [
        "im", "jahr", "seit", "bis", "von", "en", "depuis", "année", "desde", "hasta", "año", "de", "del",
        "nel", "dal",
        "anno", "em", "ano", "sinds", "tot", "jaar", "в", "с", "до",
    ]
}

extension Lexeme {
    /// Whether an English word looks like several of something.
    var isPlural: Bool {
        guard kind == .word else { return false }
        if Self.irregularPlurals.contains(form) { return true }
        guard form.utf8.count > 3, form.utf8.last == 0x73 else { return false }
        return !["ss", "us", "is", "'s", "’s"].contains { form.hasSuffix($0) }
            && !StopWords.contains(form, in: .english) && !Self.adverbs.contains(form)
    }

    private static let adverbs: Set<String> = [
        "onwards", "afterwards", "towards", "besides", "always", "perhaps",
    ]
    private static let irregularPlurals: Set<String> = [
        "people", "women", "men", "children", "staff", "police", "criteria", "feet", "phenomena", "data",
        "apps", "aircraft",
        "spokesmen", "lives",
    ]
}
