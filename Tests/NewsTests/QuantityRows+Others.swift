import Text

/// Amounts in Chinese and other texts: what is found and how it is read.
extension MentionRow {
    static let otherAmounts: [MentionRow] = [
        MentionRow("15億美元", .traditionalChinese, ["15億美元 = 1500000000 money dollar"]),
        MentionRow("5890 億美元", .traditionalChinese, ["5890 億美元 = 589000000000 money dollar"]),
        MentionRow("850 萬台設備", .traditionalChinese, ["850 萬台 = 8500000 count 台"]),
        MentionRow("152億4,782萬美元", .traditionalChinese, ["152億4,782萬美元 = 15247820000 money dollar"]),
        MentionRow("新台幣30億元", .traditionalChinese, ["新台幣30億元 = 3000000000 money taiwan dollar"]),
        MentionRow("人民幣5億元", .traditionalChinese, ["人民幣5億元 = 500000000 money yuan"]),
        MentionRow("百分之四點二五", .traditionalChinese, ["百分之四點二五 = 4.25 percentage percent"]),
        MentionRow(
            "5%與12.3％", .traditionalChinese, ["5% = 5 percentage percent", "12.3％ = 12.3 percentage percent"]),
        MentionRow("三成五", .traditionalChinese, ["三成五 = 35 percentage percent"]),
        MentionRow("三分之二", .traditionalChinese, ["三分之二 = 0.6667 ratio"]),
        MentionRow("五十國", .traditionalChinese, ["五十國 = 50 count 國"]),
        MentionRow("三萬五千人", .traditionalChinese, ["三萬五千人 = 35000 count 人"]),
        MentionRow("兩年半", .traditionalChinese, ["兩年半 = 2.5 duration year"]),
        MentionRow("四年", .traditionalChinese, ["四年 = 4 duration year"]),
        MentionRow("三個月與15日內", .traditionalChinese, ["三個月 = 3 duration month", "15日 = 15 duration day"]),
        MentionRow(
            "20至30%", .traditionalChinese, ["20 = 20 percentage percent", "30% = 30 percentage percent"]),
        MentionRow(
            "五至六億美元", .traditionalChinese, ["五 = 500000000 money dollar", "六億美元 = 600000000 money dollar"]),
        MentionRow("308票對122票", .traditionalChinese, ["308票 = 308 count 票", "122票 = 122 count 票"]),
        MentionRow("308比122", .traditionalChinese, ["308比122 = 308 ratio", "122 = 122 plain"]),
        MentionRow("3.125 BTC", .traditionalChinese, ["3.125 BTC = 3.125 money bitcoin"]),
        MentionRow("2100 萬枚", .traditionalChinese, ["2100 萬枚 = 21000000 count 枚"]),
        MentionRow("第四次減半", .traditionalChinese, []),
        MentionRow("第 840000 個區塊", .traditionalChinese, ["840000 個 = 840000 count 個"]),
        MentionRow("一個問題與哪一天", .traditionalChinese, []),
        MentionRow("一年", .traditionalChinese, ["一年 = 1 duration year"]),
        MentionRow("數百萬人與幾千家", .traditionalChinese, []),
        MentionRow("三星、百度、四川與十分", .traditionalChinese, []),
        MentionRow("萬一失敗", .traditionalChinese, []),
        MentionRow("上午9時30分", .traditionalChinese, []),
        MentionRow("下午3點與晚上七點半", .traditionalChinese, []),
        MentionRow("21世紀", .traditionalChinese, []),
        MentionRow("500兆瓦", .traditionalChinese, ["500兆瓦 = 500 count megawatt"]),
        MentionRow("2022年9月15日", .traditionalChinese, []),
        MentionRow("1、礦工", .traditionalChinese, []),
        MentionRow("1500万枚比特币", .simplifiedChinese, ["1500万枚比特币 = 15000000 money bitcoin"]),
        MentionRow("1.2万亿美元", .simplifiedChinese, ["1.2万亿美元 = 1200000000000 money dollar"]),
        MentionRow("三十五亿元人民币", .simplifiedChinese, ["三十五亿元人民币 = 3500000000 money yuan"]),
        MentionRow("两成", .simplifiedChinese, ["两成 = 20 percentage percent"]),
        MentionRow("十五个小时", .simplifiedChinese, ["十五个小时 = 15 duration hour"]),
        MentionRow("三点二十分", .simplifiedChinese, []),
        MentionRow("六十个国家", .simplifiedChinese, ["六十个 = 60 count 个"]),
    ]
}
