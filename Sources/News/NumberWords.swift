/// Numbers written as words.
public enum NumberWords {
    /// The value of one English number word (`seven`, `ninety`, `million`, `twenty-five`) or of a run of Chinese
    /// numerals (`三十五`, `二〇二二`, `兩千`); nil for anything else.
    public static func value(_ word: String) -> Double? {
        let parts = word.lowercased().split(separator: "-")
        if parts.count == 2, let tens = english[String(parts[0])], let unit = english[String(parts[1])] {
            return tens >= 20 && unit > 0 && unit < 10 ? tens + unit : nil
        }
        if let value = english[word.lowercased()] ?? scales[word.lowercased()] { return value }
        return chinese(word)
    }

    /// The value of a run of Chinese numerals, by place (二〇二二) or by scale (三千五百萬); nil where anything else is
    /// among them.
    static func chinese(_ characters: some Sequence<Character>) -> Double? {
        var placed = 0.0
        var isPlaced = true
        var total = 0.0
        var section = 0.0
        var digit: Double?
        var lastScale = 1.0
        var count = 0
        for character in characters {
            count += 1
            if let value = digits[character] {
                placed = placed * 10 + value
                digit = value > 0 ? value : nil
                // A zero says that the next digit counts ones: 一萬零五.
                if value == 0 { lastScale = 1 }
                continue
            }
            guard let scale = placeValues[character] else { return nil }
            isPlaced = false
            if scale < 10_000 {
                section += (digit ?? 1) * scale
            } else {
                section += digit ?? 0
                // 億 after 萬 multiplies all before it.
                let isLarger = total > 0 && scale > total
                total = isLarger ? (total + section) * scale : total + (section > 0 ? section : 1) * scale
                section = 0
            }
            (digit, lastScale) = (nil, scale)
        }
        guard count > 0 else { return nil }
        if isPlaced { return placed }
        // 三萬五 is thirty-five thousand: the last digit counts the next lower place.
        let last = (digit ?? 0) * (lastScale >= 100 ? lastScale / 10 : 1)
        return total + section + last
    }

    static let english: [String: Double] = {
        let units =
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            + "seventeen eighteen nineteen"
        var result: [String: Double] = [:]
        for (value, word) in units.split(separator: " ").enumerated() { result[String(word)] = Double(value) }
        let tens = "twenty thirty forty fifty sixty seventy eighty ninety"
        for (index, word) in tens.split(separator: " ").enumerated() {
            result[String(word)] = Double(index + 2) * 10
        }
        return result
    }()
    static let scales: [String: Double] = [
        "dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    ]
    static let digits: [Character: Double] = [
        "〇": 0, "零": 0, "一": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
        "九": 9,
    ]
    /// What a Chinese numeral multiplies by: 萬 ten thousand, 億 a hundred million.
    static let placeValues: [Character: Double] = [
        "十": 10, "百": 100, "千": 1000, "萬": 1e4, "万": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
    ]
}
