import Text

/// The words and Han characters that dates and amounts are made of.
enum Vocabulary {
    /// All meanings in texts of a language; English and Chinese are known everywhere, as articles mix them.
    static func of(_ language: Language) -> [TermKey: Meaning] { byLanguage[language] ?? commonByKey }

    /// The simplified form of a character that the scanners know in its traditional form; nil for all others.
    static func simplified(_ scalar: UInt32) -> String? { simplifiedForms[scalar] }

    private static let common: [String: Meaning] = {
        var words: [String: Meaning] = [:]
        addEnglishTimes(to: &words)
        addNumbers(to: &words)
        addUnits(to: &words)
        addHan(to: &words)
        for word in list("a an half") + dollars.keys {
            words[word, default: Meaning()].roles.insert(.beginsAmount)
        }
        for (word, meaning) in words
        where meaning.number != nil || meaning.scale != nil
            || !meaning.roles.isDisjoint(with: [.currencyCode, .beginsMeasure])
        {
            words[word]?.roles.insert(.beginsAmount)
        }
        return words
    }()

    private static let commonByKey = TermKey.table(common)

    private static let byLanguage: [Language: [TermKey: Meaning]] = MonthNames.foreign.mapValues { names in
        var words = common
        for (index, forms) in names.enumerated() {
            for form in forms { words[form, default: Meaning()].month = index + 1 }
        }
        return TermKey.table(words)
    }

    private static func addEnglishTimes(to words: inout [String: Meaning]) {
        for (index, name) in MonthNames.english.enumerated() {
            for form in [name.lowercased(), String(name.lowercased().prefix(3))] {
                words[form, default: Meaning()].month = index + 1
                if form.utf8.count == 3 { words[form]?.roles.insert(.ambiguousMonth) }
            }
        }
        words["sept"] = Meaning(month: 9, roles: .ambiguousMonth)
        words["march"]?.roles.insert(.ambiguousMonth)
        for (index, day) in list("monday tuesday wednesday thursday friday saturday sunday").enumerated() {
            words[day, default: Meaning()].weekday = index + 1
        }
        for cue in list(
            "in since by until till during early late mid from before after through to and between of last this next"
        ) {
            words[cue, default: Meaning()].roles.formUnion([.monthCue, .yearCue])
        }
        for cue in list("year for spring summer autumn fall winter throughout") {
            words[cue, default: Meaning()].roles.insert(.yearCue)
        }
        for word in list("today yesterday tomorrow tonight last previous this next a an") {
            words[word, default: Meaning()].roles.insert(.beginsTime)
        }
        for ending in ["st", "nd", "rd", "th"] {
            words[ending, default: Meaning()].roles.insert(.ordinalEnding)
        }
        for name in list(
            "chapter section article title version phase stage tier level step number page part item rule block no "
                + "chapters sections articles")
        {
            words[name, default: Meaning()].roles.insert(.numbered)
        }
    }

    private static func addNumbers(to words: inout [String: Meaning]) {
        for (word, value) in NumberWords.english { words[word, default: Meaning()].number = value }
        for (word, value) in NumberWords.scales { words[word, default: Meaning()].scale = value }
        for (character, value) in NumberWords.digits {
            words[String(character), default: Meaning()].number = value
        }
        for (character, value) in NumberWords.placeValues {
            words[String(character), default: Meaning()].scale = value
        }
    }

    private static func addHan(to words: inout [String: Meaning]) {
        for measure in hanMeasures { words[measure.run[0], default: Meaning()].roles.insert(.beginsMeasure) }
        for character in run(
            "台部名人家國條項次倍枚顆款種位個件份張座輛艘票頁篇章層級歲場間支隻只成筆輪檔戶組屆代批套棟艙架所口匹頭對起例宗桶席州點股處大")
        {
            words[character, default: Meaning()].roles.insert(.classifier)
        }
        for character in run("數幾哪每另某這那任同唯第統好") {
            words[character, default: Meaning()].roles.insert(.blursNumber)
        }
        for character in run("昨今明前去上下本這後大星禮週") {
            words[character, default: Meaning()].roles.insert(.beginsTime)
        }
    }

    /// The lexeme forms of Chinese words.
    static func run(_ words: String) -> [String] {
        words.unicodeScalars.map { simplified($0.value) ?? String($0) }
    }

    static func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// Every traditional character that a scanner compares with.
    private static let simplifiedForms: [UInt32: String] = {
        let known =
            "萬億兩號個後來這從過幾時鐘點圓歐鎊幣內間項條國種顆張輛場級歲隻筆輪檔層戶頁禮現當數對員為長節組屆棟艙頭臺週"
            + "紀報線與處噸韓員為頭戲類從當迄剛"
        var forms: [UInt32: String] = [:]
        for scalar in known.unicodeScalars {
            let simple = Folding.simplified(String(scalar))
            forms[scalar.value] = scalar == "週" ? "周" : simple
        }
        return forms
    }()
}
