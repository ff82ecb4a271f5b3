import Testing

@testable import Text

@Suite struct LanguageTests {
    @Test(arguments: DetectionRows.all)
    func `longer texts are told by their language`(language: Language, short: [String], long: [String]) {
        for text in long { #expect(LanguageDetector.detect(text) == language, "\(text)") }
    }

    @Test func `nearly all headlines and questions are told by their language, English ones always`() {
        var wrong: [String] = []
        var count = 0
        for (language, short, _) in DetectionRows.all {
            count += short.count
            wrong += short.filter { LanguageDetector.detect($0) != language }
            if language == .english { #expect(wrong.isEmpty) }
        }
        #expect(wrong.count * 20 <= count, "\(wrong)")
    }

    @Test(arguments: DetectionRows.undetermined)
    func `other languages are left undetermined`(text: String) {
        #expect(LanguageDetector.detect(text) == .undetermined)
    }

    @Test(arguments: [
        "Altman OpenAI", "Bitcoin halving", "Ethereum Merge", "Jada Pinkett", "Zelenskyy",
        "Erdoğan meets Orbán",
        "TikTok ban?", "U.S. v. Google", "Lionel Messi in Paris",
    ])
    func `a few names and terms are English`(text: String) {
        #expect(LanguageDetector.detect(text) == .english)
    }

    @Test(arguments: [
        ("EN-us", Language.english), ("zh_TW", .traditionalChinese), ("zh", .simplifiedChinese),
        ("jp", .japanese), ("sv-FI", .swedish), ("swe", .swedish), ("ar-EG", .arabic),
    ])
    func `tags are read leniently`(tag: String, language: Language) {
        #expect(Language(tag: tag) == language)
    }
}
