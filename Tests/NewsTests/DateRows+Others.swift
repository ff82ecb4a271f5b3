import Text

/// Dates in Chinese and other texts: what is found and how it is read.
extension MentionRow {
    static let otherDates: [MentionRow] = [
        MentionRow("9/10/2022", .german, ["9/10/2022 = 2022-10-9"]),
        MentionRow("2022年9月15日", .traditionalChinese, ["2022年9月15日 = 2022-9-15"]),
        MentionRow("2022 年 9 月 15 日", .traditionalChinese, ["2022 年 9 月 15 日 = 2022-9-15"]),
        MentionRow("9月15日上午", .traditionalChinese, ["9月15日 = ?-9-15"]),
        MentionRow("2022年9月", .traditionalChinese, ["2022年9月 = 2022-9-?"]),
        MentionRow("2022年", .traditionalChinese, ["2022年 = 2022-?-?"]),
        MentionRow("二〇二二年九月十五日", .traditionalChinese, ["二〇二二年九月十五日 = 2022-9-15"]),
        MentionRow("二零二五年十二月", .traditionalChinese, ["二零二五年十二月 = 2025-12-?"]),
        MentionRow("２０２５年７月１８日", .traditionalChinese, ["２０２５年７月１８日 = 2025-7-18"]),
        MentionRow("民國114年7月18日", .traditionalChinese, ["民國114年7月18日 = 2025-7-18"]),
        MentionRow("7月18號", .traditionalChinese, ["7月18號 = ?-7-18"]),
        MentionRow("18日公布", .traditionalChinese, ["18日 = ?-?-18"]),
        MentionRow("15日內", .traditionalChinese, []),
        MentionRow("3日圓", .traditionalChinese, []),
        MentionRow("9月15日至17日", .traditionalChinese, ["9月15日 = ?-9-15", "17日 = ?-9-17"]),
        MentionRow("2025年3月到5月", .traditionalChinese, ["2025年3月 = 2025-3-?", "5月 = 2025-5-?"]),
        MentionRow("2014年至2019年", .traditionalChinese, ["2014年 = 2014-?-?", "2019年 = 2019-?-?"]),
        MentionRow("昨天與今天", .traditionalChinese, ["昨天 = day(-1)", "今天 = day(0)"]),
        MentionRow("今日頭條", .traditionalChinese, []),
        MentionRow("上週三", .traditionalChinese, ["上週三 = dayOfWeek(3, weeks: -1)"]),
        MentionRow("上週", .traditionalChinese, ["上週 = week(-1)"]),
        MentionRow("星期三和週五", .traditionalChinese, ["星期三 = weekday(3)", "週五 = weekday(5)"]),
        MentionRow("去年9月", .traditionalChinese, ["去年9月 = ?-9-? year(-1)"]),
        MentionRow("今年7月18日", .traditionalChinese, ["今年7月18日 = ?-7-18 year(0)"]),
        MentionRow("目前年化報酬", .traditionalChinese, []),
        MentionRow(
            "上個月、本月、下個月", .traditionalChinese, ["上個月 = month(-1)", "本月 = month(0)", "下個月 = month(1)"]),
        MentionRow("三天前", .traditionalChinese, ["三天前 = day(-3)"]),
        MentionRow("兩年前", .traditionalChinese, ["兩年前 = year(-2)"]),
        MentionRow("一個月前", .traditionalChinese, ["一個月前 = month(-1)"]),
        MentionRow("三個月", .traditionalChinese, []),
        MentionRow("五年", .traditionalChinese, []),
        MentionRow("上周五的新闻", .simplifiedChinese, ["上周五 = dayOfWeek(5, weeks: -1)"]),
        MentionRow("这个月和下周", .simplifiedChinese, ["这个月 = month(0)", "下周 = week(1)"]),
        MentionRow("几年后的2025年1月27日", .simplifiedChinese, ["2025年1月27日 = 2025-1-27"]),
        MentionRow(
            "本周，去年，今年三月", .simplifiedChinese, ["本周 = week(0)", "去年 = year(-1)", "今年三月 = ?-3-? year(0)"]),
        MentionRow("am 15. September 2022", .german, ["15. September 2022 = 2022-9-15"]),
        MentionRow("le 1er mai 2025", .french, ["1er mai 2025 = 2025-5-1"]),
        MentionRow("el 18 de julio de 2025", .spanish, ["18 de julio de 2025 = 2025-7-18"]),
        MentionRow("2025年7月18日", .japanese, ["2025年7月18日 = 2025-7-18"]),
        MentionRow("2025년 7월 18일", .korean, ["2025년 7월 18일 = 2025-7-18"]),
    ]
}
