/// Numbers written as words.
public enum NumberWords {
    /// The value of one English number word (`seven`, `ninety`, `million`) or of a run of Chinese numerals (`三十五`,
    /// `二〇二二`, `兩千`); nil for anything else.
    public static func value(_ word: String) -> Double? {
        if let value = english[word.lowercased()] { return value }
        let characters = Array(word)
        guard !characters.isEmpty, characters.allSatisfy(isChinese) else { return nil }
        return chinese(characters[...])
    }

    /// The value of consecutive English number words such as `twenty`, `five` or `two`, `hundred`, `thousand`; nil when
    /// they do not make one number.
    static func value(ofEnglish words: [String]) -> Double? {
        var total = 0.0
        var group = 0.0
        var any = false
        for word in words where word != "and" {
            guard let value = english[word] else { return nil }
            any = true
            switch value {
            case 100: group = max(group, 1) * 100
            case 1000...: (total, group) = (total + max(group, 1) * value, 0)
            default: group += value
            }
        }
        return any ? total + group : nil
    }

    /// Whether a word is an English number word.
    static func isEnglish(_ word: String) -> Bool { english[word] != nil }

    /// Whether an English word multiplies the number before it.
    static func scale(_ word: String) -> Double? { scales[word] }

    /// Whether a character is a Chinese numeral, scales included.
    static func isChinese(_ character: Character) -> Bool {
        digits[character] != nil || small[character] != nil || large[character] != nil
    }

    /// What a Chinese scale multiplies by: 萬 ten thousand, 億 a hundred million.
    static func chineseScale(_ character: Character) -> Double? { large[character] ?? small[character] }

    /// The value of a run of Chinese numerals, by place (二〇二二) or by scale (三千五百萬).
    static func chinese(_ characters: ArraySlice<Character>) -> Double? {
        guard !characters.isEmpty else { return nil }
        if characters.count > 1, characters.allSatisfy({ digits[$0] != nil }) {
            var value = 0.0
            for character in characters { value = value * 10 + (digits[character] ?? 0) }
            return value
        }
        var total = 0.0
        var section = 0.0
        var digit: Double?
        for character in characters {
            if let value = digits[character] {
                digit = value
            } else if let scale = small[character] {
                section += (digit ?? 1) * scale
                digit = nil
            } else if let scale = large[character] {
                section += digit ?? 0
                // 億 after 萬 multiplies all before it.
                total = total > 0 && scale > total ? (total + section) * scale : total + max(section, 1) * scale
                (section, digit) = (0, nil)
            } else {
                return nil
            }
        }
        return total + section + (digit ?? 0)
    }

    private static let english: [String: Double] = {
        let units =
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            + "seventeen eighteen nineteen"
        var result: [String: Double] = [:]
        for (value, word) in units.split(separator: " ").enumerated() { result[String(word)] = Double(value) }
        let tens = "twenty thirty forty fifty sixty seventy eighty ninety"
        for (index, word) in tens.split(separator: " ").enumerated() { result[String(word)] = Double(index + 2) * 10 }
        result["hundred"] = 100
        result["dozen"] = 12
        for (word, value) in scales { result[word] = value }
        return result
    }()
    private static let scales: [String: Double] = [
        "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    ]
    private static let digits: [Character: Double] = [
        "〇": 0, "零": 0, "一": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
        "九": 9,
    ]
    private static let small: [Character: Double] = ["十": 10, "百": 100, "千": 1000]
    private static let large: [Character: Double] = [
        "萬": 1e4, "万": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
    ]
}
