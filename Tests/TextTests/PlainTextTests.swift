import Testing

@testable import Text

@Suite struct PlainTextTests {
    @Test(arguments: [
        ("OpenAI's  deal — “done”!", " openai s deal done "), ("", " "), ("  ", " "),
        ("Straße, Café (２０２５)", " strasse cafe 2025 "), ("臺灣、日本。", " 台湾 日本 "), ("a\u{301}b", " ab "),
    ])
    func `marks are single spaces, and letters are folded`(_ text: String, _ plain: String) {
        #expect(String(decoding: PlainText(text).bytes, as: UTF8.self) == plain)
    }

    @Test func `phrases are found as a plain search finds them`() {
        var random = SystemRandomNumberGenerator()
        let letters = ["a", "b", " ", "台", "é"]
        func text(_ length: ClosedRange<Int>) -> String {
            (0..<Int.random(in: length, using: &random)).map { _ in letters.randomElement() ?? "" }.joined()
        }
        for _ in 0..<2000 {
            let phrases = (0..<Int.random(in: 0...8)).map { _ in text(2...4) }
            let list = PhraseList(phrases)
            let text = text(0...30)
            // By bytes, as a letter with a mark that follows is another character.
            let found = phrases.indices.filter { index in
                let (phrase, bytes) = (Array(phrases[index].utf8), Array(text.utf8))
                guard phrase.count <= bytes.count else { return false }
                return (0...(bytes.count - phrase.count)).contains { bytes[$0...].starts(with: phrase) }
            }
            #expect(list.occurring(in: Array(text.utf8)) == Set(found))
            #expect(list.occur(in: Array(text.utf8)) == !found.isEmpty)
        }
    }

    @Test func `a text begins with a phrase or not`() {
        let plain = PlainText("Reply only with this")
        #expect(plain.begins(with: ["reply "]) && plain.begins(with: [" reply only"]))
        #expect(!plain.begins(with: ["only "]) && !plain.begins(with: []))
    }
}
