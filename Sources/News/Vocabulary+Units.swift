extension Vocabulary {
    static func addUnits(to words: inout [String: Meaning]) {
        func add(_ word: String, _ kind: Quantity.Kind, _ name: String, _ roles: Meaning.Roles = []) {
            words[word, default: Meaning()].unit = Meaning.Unit(kind: kind, name: name)
            words[word]?.roles.formUnion(roles)
        }
        for name in list(
            "dollar euro pound yen yuan won franc rupee rouble ruble peso krona bitcoin ether cent")
        {
            add(name, .money, name)
            add(name + "s", .money, name)
        }
        for (code, name) in codes { add(code, .money, name, [.currencyCode, .touchesNumber]) }
        // ETH 2.0 is a name, so these stand behind their number only.
        for (code, name) in [("btc", "bitcoin"), ("eth", "ether")] { add(code, .money, name, .touchesNumber) }
        for name in list("second minute hour day week month quarter year decade") {
            add(name, .duration, name)
            add(name + "s", .duration, name)
        }
        add("century", .duration, "century")
        add("centuries", .duration, "century")
        for (short, name) in [
            ("hr", "hour"), ("hrs", "hour"), ("min", "minute"), ("mins", "minute"), ("ms", "millisecond"),
        ] {
            add(short, .duration, name, .touchesNumber)
        }
        add("percent", .percentage, "percent")
        add("pct", .percentage, "percent", .touchesNumber)
        for measure in list(
            "kb mb gb tb pb kw mw gw tw kwh mwh gwh twh mm cm km kg nm hz khz mhz ghz mph kmh tps x bps gbps mbps"
        ) {
            add(measure, .count, measure, .touchesNumber)
        }
        for (short, scale) in [
            ("k", 1e3), ("m", 1e6), ("b", 1e9), ("bn", 1e9), ("mn", 1e6), ("mln", 1e6), ("bln", 1e9),
            ("tn", 1e12), ("trn", 1e12),
        ] {
            words[short, default: Meaning()].scale = scale
            words[short]?.roles.insert(.touchesNumber)
        }
    }

    private static let codes = [
        "usd": "dollar", "eur": "euro", "gbp": "pound", "cny": "yuan", "rmb": "yuan", "jpy": "yen",
        "krw": "won",
        "hkd": "hong kong dollar", "twd": "taiwan dollar", "ntd": "taiwan dollar", "sgd": "singapore dollar",
        "aud": "australian dollar", "cad": "canadian dollar", "chf": "franc", "inr": "rupee",
    ]

    /// What a currency sign means.
    static let signs = [
        "$": "dollar", "€": "euro", "£": "pound", "¥": "yuan", "￥": "yuan", "₿": "bitcoin",
        "₩": "won", "₹": "rupee", "₽": "rouble",
    ]

    /// What letters before a dollar sign make of it.
    static let dollars = [
        "us": "dollar", "hk": "hong kong dollar", "nt": "taiwan dollar", "a": "australian dollar",
        "c": "canadian dollar", "s": "singapore dollar",
    ]

    /// Chinese words behind a number, in simplified characters, longer ones first.
    static let hanMeasures: [(run: [String], unit: Meaning.Unit)] = {
        let table: [(Quantity.Kind, String, String)] = [
            (.percentage, "point", "個百分點 百分點"), (.percentage, "percent", "個百分比"),
            (.money, "dollar", "美元 美金"), (.money, "euro", "歐元"), (.money, "pound", "英鎊"),
            (.money, "yuan", "元人民幣 人民幣 元 塊錢"), (.money, "yen", "日圓 日元 円"), (.money, "won", "韓元 韓圓"),
            (.money, "hong kong dollar", "港元 港幣"), (.money, "taiwan dollar", "新台幣 新臺幣 台幣 臺幣 元台幣 元新台幣"),
            (.money, "bitcoin", "枚比特幣 顆比特幣 個比特幣 比特幣"), (.money, "ether", "枚以太幣 顆以太幣 個以太幣 以太幣 枚以太坊"),
            (.duration, "hour", "個小時 小時 個鐘頭"), (.duration, "minute", "分鐘"), (.duration, "second", "秒鐘 秒"),
            (.duration, "month", "個月"), (.duration, "day", "天"), (.duration, "week", "個星期 星期 個禮拜 週"),
            (.duration, "quarter", "個季度"), (.duration, "year", "年"),
            (.count, "kilometre", "公里 千米"), (.count, "kilogram", "公斤 千克"), (.count, "metre", "公尺 米"),
            (.count, "tonne", "公噸 噸"), (.count, "megawatt", "兆瓦"), (.count, "gigawatt", "吉瓦"),
            (.count, "kilowatt", "千瓦"),
        ]
        return table.flatMap { kind, name, words in
            list(words).map { (run($0), Meaning.Unit(kind: kind, name: name)) }
        }
        .sorted { $0.run.count > $1.run.count }
    }()
}
