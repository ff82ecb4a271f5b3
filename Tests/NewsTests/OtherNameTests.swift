import News
import Testing

@Suite struct OtherNameTests {
    @Test(arguments: [
        ("Marn Harbour Authority (MHA) has spoken.", [OtherName("Marn Harbour Authority", "MHA")]),
        ("the Council of Marn and Osei (CMO)", [OtherName("Council of Marn and Osei", "CMO")]),
        ("馬恩港務局（MHA）表示", [OtherName("馬恩港務局", "MHA")]),
        ("昨日，主席歐塞（Ann Osei）辭職。", [OtherName("歐塞", "Ann Osei")]),
        ("安·歐塞 (Ann Osei) 說", [OtherName("安·歐塞", "Ann Osei")]),
        ("Tidewater Union (潮水工會) said", [OtherName("潮水工會", "Tidewater Union")]),
        ("Ballin, now known as Marn, voted.", [OtherName("Ballin", "Marn")]),
        (
            "Kerr Systems, the maker of Tidebook, has grown.",
            [OtherName("maker of Tidebook", "Kerr Systems"), OtherName("Tidebook maker", "Kerr Systems")]
        ),
    ])
    func `two names of one thing are found`(text: String, pairs: [OtherName]) {
        #expect(OtherName.all(in: text) == pairs)
    }

    @Test(arguments: [
        "", "The bridge (built in 1904) was closed.", "Osei said (laughing) that he would stay.",
        "Kerr Systems (Tide) fell.", "He left (MHA", "(MHA)", "（）", "損失15億美元（約合新臺幣480億元）",
        "Ann Osei, the mayor of Marn, spoke.", "馬（MHA）",
    ])
    func `other brackets join no names`(text: String) {
        #expect(OtherName.all(in: text).isEmpty, "\(OtherName.all(in: text))")
    }
}
