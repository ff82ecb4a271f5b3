public import Text

/// An amount as a text states it, in normal form.
public struct Quantity: Sendable, Hashable {
    /// What is measured.
    public enum Kind: Sendable, Hashable {
        /// A sum of a currency.
        case money
        /// A share of a hundred.
        case percentage
        /// A length of time.
        case duration
        /// So many of something.
        case count
        /// One number against another, such as a vote of 308 to 122.
        case ratio
        /// A number without anything that it counts.
        case plain
    }

    /// The number: 5 million is 5 000 000, 15億 is 1 500 000 000.
    public var value: Double
    /// What is measured.
    public var kind: Kind
    /// What is counted, in the singular and in lower case: `dollar`, `year`, `device`, `台`; nil for a plain number.
    public var unit: String?
    /// Where it stands in the text.
    public var range: Range<String.Index>
    /// Its words, with sign, scale and unit: `$6.6 billion`, `25 years`.
    public var text: String

    /// The amounts of a text in order.
    ///
    /// Numbers that belong to dates, that stand inside names (GPT-4, A100, Chapter 11) or that number a list are none. A
    /// ratio comes with its first number; the second follows as a plain one.
    ///
    /// - Complexity: O(length).
    public static func all(in text: String, language: Language) -> [Quantity] {
        let lexemes = Lexeme.all(in: text)
        var dates = DateScanner(text: text, lexemes: lexemes, language: language)
        var scanner = QuantityScanner(text: text, lexemes: lexemes, dates: dates.scan().map(\.range))
        return scanner.scan()
    }
}

/// Finds amounts among the lexemes of a text.
private struct QuantityScanner {
    let text: String
    let lexemes: [Lexeme]
    let dates: [Range<String.Index>]
    private var at = 0

    init(text: String, lexemes: [Lexeme], dates: [Range<String.Index>]) {
        self.text = text
        self.lexemes = lexemes
        self.dates = dates
    }

    mutating func scan() -> [Quantity] {
        var result: [Quantity] = []
        while at < lexemes.count {
            if let (quantity, next) = match() {
                result.append(quantity)
                at = next
            } else {
                at += 1
            }
        }
        return result
    }

    private func match() -> (Quantity, Int)? {
        let first = lexemes[at]
        guard !dates.contains(where: { $0.overlaps(first.range) }) else { return nil }
        if starts("百分之"), let (value, _, end) = number(at + 3) {
            return quantity(at, end, value, .percentage, "percent")
        }
        guard let (bare, isWord, afterNumber) = number(at), !isInsideName(at, afterNumber), !isListMark(at) else {
            return nil
        }
        let (value, afterScale) = scaled(bare, afterNumber)
        let sign = currencySign(before: at)
        if let sign {
            return quantity(sign.start, afterScale, value, .money, sign.unit)
        }
        if let (kind, unit, end) = measure(afterScale) {
            return quantity(at, end, value, kind, unit)
        }
        // A bare "one" is a pronoun, a bare 一 half of another word.
        let isScaled = afterScale > afterNumber
        if isWord, !isScaled, value <= 1 || first.kind == .han { return nil }
        if isNamed(at) { return nil }
        if let end = ratioEnd(afterScale) {
            var (found, _) = quantity(at, end, value, .ratio, nil)
            found.unit = nil
            return (found, afterScale)
        }
        if let (unit, end) = noun(afterScale) { return quantity(at, end, value, .count, unit) }
        return quantity(at, afterScale, value, .plain, nil)
    }

    /// The number at a lexeme, whether it is written in words, and where it ends.
    private func number(_ index: Int) -> (Double, Bool, Int)? {
        guard index < lexemes.count else { return nil }
        let lexeme = lexemes[index]
        switch lexeme.kind {
        case .number:
            // 07:42 is a time, 24/7 a saying.
            if isTime(index) { return nil }
            return lexeme.value.map { ($0, false, index + 1) }
        case .word:
            guard NumberWords.isEnglish(lexeme.form) else { return nil }
            var end = index
            var words: [String] = []
            var last = index
            while end < lexemes.count {
                let word = lexemes[end].form
                if NumberWords.isEnglish(word) {
                    words.append(word)
                    last = end + 1
                } else if !(word == "and" && !words.isEmpty || word == "-" && !lexemes[end].isSpaced) {
                    break
                }
                end += 1
                if end > last + 1 { break }
            }
            // "a hundred", "the million" begin with the scale itself.
            return NumberWords.value(ofEnglish: words).map { ($0, true, last) }
        case .han:
            var end = index
            var run: [Character] = []
            while end < lexemes.count, lexemes[end].kind == .han, let character = lexemes[end].form.first,
                NumberWords.isChinese(character)
            {
                run.append(character)
                end += 1
            }
            // 點 is a decimal point between numerals: 四點二五.
            if !run.isEmpty, has(end, "點") || has(end, "点"), let (part, _, after) = decimals(end + 1),
                let whole = NumberWords.chinese(run[...])
            {
                return (whole + part, true, after)
            }
            return NumberWords.chinese(run[...]).map { ($0, true, end) }
        case .mark: return nil
        }
    }

    /// The decimal places that Chinese numerals give.
    private func decimals(_ index: Int) -> (Double, Bool, Int)? {
        var end = index
        var value = 0.0
        var place = 0.1
        while end < lexemes.count, let digit = NumberWords.value(lexemes[end].form), digit < 10,
            lexemes[end].kind == .han
        {
            value += digit * place
            place /= 10
            end += 1
        }
        return end > index ? (value, true, end) : nil
    }

    /// The number times the scales that follow it.
    private func scaled(_ value: Double, _ index: Int) -> (Double, Int) {
        var (value, index) = (value, index)
        while index < lexemes.count {
            let lexeme = lexemes[index]
            if let scale = NumberWords.scale(lexeme.form) {
                value *= scale
            } else if lexeme.kind == .word, !lexeme.isSpaced, let scale = Self.shortScales[lexeme.form] {
                value *= scale
            } else if lexeme.kind == .han, let character = lexeme.form.first,
                let scale = NumberWords.chineseScale(character), scale >= 100
            {
                value *= scale
            } else {
                break
            }
            index += 1
        }
        return (value, index)
    }

    private func currencySign(before index: Int) -> (start: Int, unit: String)? {
        guard index > 0, lexemes[index - 1].kind == .mark, let unit = Self.signs[lexemes[index - 1].form] else {
            // USD 5 million
            if index > 0, lexemes[index - 1].kind == .word, let unit = Self.codes[lexemes[index - 1].form] {
                return (index - 1, unit)
            }
            return nil
        }
        // US$, HK$, NT$
        if index > 1, lexemes[index - 2].kind == .word, !lexemes[index - 1].isSpaced,
            ["us", "hk", "nt", "a", "c", "s"].contains(lexemes[index - 2].form)
        {
            return (index - 2, unit)
        }
        return (index - 1, unit)
    }

    /// A unit that says by itself what is measured.
    private func measure(_ index: Int) -> (Quantity.Kind, String, Int)? {
        guard index < lexemes.count else { return nil }
        let lexeme = lexemes[index]
        switch lexeme.kind {
        case .mark where lexeme.form == "%" || lexeme.form == "％": return (.percentage, "percent", index + 1)
        case .word:
            // "25-year sentence"
            let word = lexeme.form
            if word == "percent" { return (.percentage, "percent", index + 1) }
            if word == "per", has(index + 1, "cent") { return (.percentage, "percent", index + 2) }
            if word == "percentage" || word == "basis" { return (.percentage, "point", min(index + 2, lexemes.count)) }
            if let unit = Self.currencies[word] {
                return (.money, unit, index + 1)
            }
            if word == "us" || word == "u", let dollars = dollars(after: index) { return (.money, "dollar", dollars) }
            if let unit = Self.times[word] { return (.duration, unit, index + 1) }
        case .mark where lexeme.form == "-" && index + 1 < lexemes.count:
            if let unit = Self.times[lexemes[index + 1].form] { return (.duration, unit, index + 2) }
        case .han:
            for (words, kind, unit) in Self.chineseMeasures where starts(words, at: index) {
                return (kind, unit, index + words.count)
            }
            if let character = lexeme.form.first, Self.classifiers.contains(character) {
                return (.count, lexeme.form, index + 1)
            }
        default: break
        }
        return nil
    }

    private func dollars(after index: Int) -> Int? {
        (1...3).map { index + $0 }.first { has($0, "dollars") || has($0, "dollar") }.map { $0 + 1 }
    }

    /// The noun that an English number counts, with the adjective before it.
    private func noun(_ index: Int) -> (String, Int)? {
        guard index < lexemes.count, lexemes[index].kind == .word, lexemes[index].isSpaced || isHyphen(index - 1),
            !StopWords.contains(lexemes[index].form, in: .english)
        else { return nil }
        var end = index
        // "8.5 million Windows devices": the last of up to three words that looks like a plural is what is counted.
        for ahead in index..<min(index + 3, lexemes.count) {
            guard lexemes[ahead].kind == .word, lexemes[ahead].isSpaced,
                !StopWords.contains(lexemes[ahead].form, in: .english)
            else { break }
            if lexemes[ahead].form.hasSuffix("s") {
                end = ahead
                break
            }
        }
        return (Self.singular(lexemes[end].form), end + 1)
    }

    private func ratioEnd(_ index: Int) -> Int? {
        guard has(index, "to") || has(index, "–") || has(index, "-") || has(index, "比") || has(index, "對"),
            let (_, isWord, end) = number(index + 1), !isWord,
            has(index, "to") || has(index, "比") || has(index, "對") || !lexemes[index].isSpaced
        else { return nil }
        // "from 6.25 to 3.125" is a change, not a ratio.
        guard at == 0 || lexemes[at - 1].form != "from" else { return nil }
        return end
    }

    // MARK: What is no amount

    /// Whether letters touch the number: GPT-4, R1, 4o, us-east-1.
    private func isInsideName(_ start: Int, _ end: Int) -> Bool {
        guard lexemes[start].kind == .number else { return false }
        if start > 0, !lexemes[start].isSpaced {
            let before = lexemes[start - 1]
            if before.kind == .word, Self.codes[before.form] == nil { return true }
            if before.form == "-" || before.form == "‑" || before.form == "/", !before.isSpaced, start > 1,
                lexemes[start - 2].kind == .word
            {
                return true
            }
        }
        guard end < lexemes.count, lexemes[end].kind == .word, !lexemes[end].isSpaced else { return false }
        return Self.shortScales[lexemes[end].form] == nil && NumberWords.scale(lexemes[end].form) == nil
            && Self.currencies[lexemes[end].form] == nil && Self.times[lexemes[end].form] == nil
    }

    /// Whether a capitalised word before a bare number makes it part of a name: Chapter 11, Llama 3.
    private func isNamed(_ start: Int) -> Bool {
        guard lexemes[start].kind == .number, start > 0, lexemes[start].isSpaced else { return false }
        let before = lexemes[start - 1]
        if Self.numbered.contains(before.form) { return true }
        if before.form == ".", start > 1, lexemes[start - 2].form == "no" { return true }
        guard before.kind == .word, before.isCapitalised, start > 1 else { return false }
        return !StopWords.contains(before.form, in: .english)
            && !(lexemes[start - 2].kind == .mark && ".!?“\"".contains(lexemes[start - 2].form))
    }

    private func isListMark(_ index: Int) -> Bool {
        index == 0 && lexemes[index].kind == .number && lexemes.count > 1
            && [".", ")", "、", "）", "．"].contains(lexemes[1].form) && !lexemes[1].isSpaced
    }

    private func isTime(_ index: Int) -> Bool {
        func touches(_ mark: Int, _ other: Int) -> Bool {
            (has(mark, ":") || has(mark, "：")) && other >= 0 && other < lexemes.count && lexemes[other].kind == .number
        }
        return touches(index + 1, index + 2) || touches(index - 1, index - 2)
    }

    // MARK: Small questions

    private func quantity(
        _ from: Int, _ to: Int, _ value: Double, _ kind: Quantity.Kind, _ unit: String?
    ) -> (Quantity, Int) {
        let range = lexemes[from].range.lowerBound..<lexemes[to - 1].range.upperBound
        return (Quantity(value: value, kind: kind, unit: unit, range: range, text: String(text[range])), to)
    }

    private func has(_ index: Int, _ form: String) -> Bool {
        index >= 0 && index < lexemes.count && lexemes[index].form == form
    }

    private func isHyphen(_ index: Int) -> Bool { has(index, "-") }

    private func starts(_ words: String, at index: Int? = nil) -> Bool {
        let index = index ?? at
        return index + words.count <= lexemes.count
            && words.enumerated().allSatisfy { lexemes[index + $0.offset].form == String($0.element) }
    }

    static func singular(_ word: String) -> String {
        if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
        if word.hasSuffix("sses") || word.hasSuffix("xes") || word.hasSuffix("ches") || word.hasSuffix("shes") {
            return String(word.dropLast(2))
        }
        return word.hasSuffix("s") && !word.hasSuffix("ss") && word.count > 2 ? String(word.dropLast()) : word
    }

    // MARK: Words

    private static let shortScales: [String: Double] = ["k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12]
    private static let signs = ["$": "dollar", "＄": "dollar", "€": "euro", "£": "pound", "¥": "yuan", "₿": "bitcoin"]
    private static let codes = [
        "usd": "dollar", "eur": "euro", "gbp": "pound", "cny": "yuan", "rmb": "yuan", "jpy": "yen", "btc": "bitcoin",
        "eth": "ether",
    ]
    private static let currencies: [String: String] = {
        var result = codes
        for name in ["dollar", "euro", "pound", "yen", "yuan", "won", "franc", "rupee", "bitcoin", "ether", "cent"] {
            result[name] = name
            result[name + "s"] = name
        }
        return result
    }()
    private static let times: [String: String] = {
        var result: [String: String] = [:]
        for name in ["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"] {
            result[name] = name
            result[name + "s"] = name
        }
        result["decades"] = "decade"
        return result
    }()
    private static let chineseMeasures: [(String, Quantity.Kind, String)] = [
        ("個百分點", .percentage, "point"), ("个百分点", .percentage, "point"), ("美元", .money, "dollar"),
        ("歐元", .money, "euro"), ("欧元", .money, "euro"), ("英鎊", .money, "pound"), ("英镑", .money, "pound"),
        ("人民幣", .money, "yuan"), ("人民币", .money, "yuan"), ("日圓", .money, "yen"), ("日元", .money, "yen"),
        ("港元", .money, "hong kong dollar"), ("台幣", .money, "taiwan dollar"), ("新台幣", .money, "taiwan dollar"),
        ("元", .money, "yuan"), ("小時", .duration, "hour"), ("小时", .duration, "hour"), ("分鐘", .duration, "minute"),
        ("分钟", .duration, "minute"), ("個月", .duration, "month"), ("个月", .duration, "month"), ("秒", .duration, "second"),
        ("天", .duration, "day"), ("週", .duration, "week"), ("周", .duration, "week"), ("年", .duration, "year"),
        ("枚比特幣", .money, "bitcoin"), ("枚比特币", .money, "bitcoin"), ("枚以太幣", .money, "ether"),
        ("枚以太币", .money, "ether"),
    ]
    private static let classifiers: Set<Character> = Set(
        "台部名人家國国條条項项次倍枚顆颗款種种位個个件份張张座輛辆架艘股票頁页篇章層层級级歲岁場场間间支隻只成筆笔輪轮")
    private static let numbered: Set<String> = [
        "chapter", "section", "article", "title", "version", "phase", "stage", "round", "tier", "level", "step",
        "number", "page", "part", "item",
    ]
}
