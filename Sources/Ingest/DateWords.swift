import Text

/// One piece of a folded date line: a number, a word (one character of Chinese, Japanese or Korean), or a mark.
struct DateToken {
    enum Kind { case number, word, mark }

    var kind: Kind
    /// Digits are ASCII, whatever they were.
    var text: String
    /// Whether white space stands before it.
    var isSpaced: Bool

    var number: Int? { kind == .number && text.utf8.count <= 8 ? Int(text) : nil }

    static func all(in folded: String) -> [DateToken] {
        var result: [DateToken] = []
        var isSpaced = false
        for character in folded {
            defer { isSpaced = character.isWhitespace }
            let last = isSpaced ? nil : result.last?.kind
            if character.isWhitespace {
                continue
            } else if let digit = character.wholeNumberValue, (0...9).contains(digit), !isIdeograph(character)
            {
                if last == .number {
                    result[result.count - 1].text += String(digit)
                } else {
                    result.append(DateToken(kind: .number, text: String(digit), isSpaced: isSpaced))
                }
            } else if character.isLetter {
                if last == .word, !isIdeograph(character), let before = result.last?.text.last,
                    !isIdeograph(before)
                {
                    result[result.count - 1].text.append(character)
                } else {
                    result.append(DateToken(kind: .word, text: String(character), isSpaced: isSpaced))
                }
            } else {
                let text = marks[character] ?? String(character)
                result.append(DateToken(kind: .mark, text: text, isSpaced: isSpaced))
            }
        }
        return result
    }

    private static let marks: [Character: String] = [
        "−": "-", "–": "-", "—": "-", "－": "-", "：": ":", "．": ".", "／": "/", "＋": "+",
    ]

    private static func isIdeograph(_ character: Character) -> Bool {
        character.unicodeScalars.first.map {
            (0x2E80...0x9FFF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
        }
            ?? false
    }
}

/// The words of date lines, folded as the lines are.
enum DateWords {
    enum Period { case none, morning, afternoon }

    /// The month that a word or its first letters name in one of the European languages known here.
    static func month(_ word: String) -> Int? {
        guard let found = monthBeginnings[word], found.count == 1 else { return nil }
        return found.first
    }

    /// The months that each beginning of three letters or more can mean.
    private static let monthBeginnings: [String: Set<Int>] = {
        var result: [String: Set<Int>] = [:]
        for (index, names) in months.enumerated() {
            for name in names.split(separator: " ").map({ Folding.fold(String($0)) }) {
                for length in 3...max(3, name.count) {
                    result[String(name.prefix(length)), default: []].insert(index + 1)
                }
            }
        }
        return result
    }()

    private static let months = [
        "january januar janvier enero gennaio janeiro januari январь января",
        "february februar fevrier febrero febbraio fevereiro februari февраль февраля",
        "march märz mars marzo março maart март марта", "april avril abril aprile апрель апреля",
        "may mai mayo maggio maio mei май мая", "june juni juin junio giugno junho июнь июня",
        "july juli juillet julio luglio julho июль июля", "august août agosto augustus август августа",
        "september septembre septiembre settembre setembro сентябрь сентября",
        "october oktober octobre octubre ottobre outubro октябрь октября",
        "november novembre noviembre novembro ноябрь ноября",
        "december dezember décembre diciembre dicembre dezembro декабрь декабря",
    ]

    static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "e"]

    static let zones: [String: Int] = [
        "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2,
        "msk": 3,
        "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "hkt": 8,
        "sgt": 8,
        "jst": 9, "kst": 9,
    ]

    /// Phrases by their first word, each with what it means.
    typealias Phrases<Meaning> = [String: [(words: [String], meaning: Meaning)]]

    static let periods: Phrases<Period> = phrases([
        (["am", "上 午", "早 上", "凌 晨", "午 前", "오 전"], .morning),
        (["pm", "下 午", "晚 上", "中 午", "午 后", "오 후"], .afternoon),
    ])

    /// Words that count from the reader's day, with the days they go back.
    static let relative: Phrases<Int> = phrases([
        (["today", "heute", "aujourdhui", "hoy", "今 天", "今 日", "오 늘", "сегодня"], 0),
        (["yesterday", "gestern", "hier", "ayer", "昨 天", "昨 日", "어 제", "вчера"], 1),
        (["前 天"], 2),
    ])

    /// Words that may stand beside a date without telling anything new; longer phrases come before their beginnings.
    static let fillers: Phrases<Void> = phrases([
        (
            [
                "t", "at", "on", "um", "uhr", "le", "a", "las", "alle", "à", "в", "the",
                "posted", "published", "updated", "edited", "date", "time", "发 布 于", "发 布 时 间", "发 布", "发 表",
                "时 间",
                "日 期", "编 辑 于", "已 编 辑",
                "星 期 一", "星 期 二", "星 期 三", "星 期 四", "星 期 五", "星 期 六", "星 期 日", "星 期 天",
                "周 一", "周 二", "周 三", "周 四", "周 五", "周 六", "周 日",
                "月 曜 日", "火 曜 日", "水 曜 日", "木 曜 日", "金 曜 日", "土 曜 日", "日 曜 日",
                "一", "二", "三", "四", "五", "六", "日", "月", "火", "水", "木", "金", "土", "월", "화", "수", "목", "금", "토",
                "일",
                "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
                "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
                "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
                "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
            ], ()
        )
    ])

    private static func phrases<Meaning>(_ groups: [([String], Meaning)]) -> Phrases<Meaning> {
        var result: Phrases<Meaning> = [:]
        for (texts, meaning) in groups {
            for text in texts {
                let words = Folding.fold(text).split(separator: " ").map(String.init)
                result[words[0], default: []].append((words, meaning))
            }
        }
        return result
    }
}
