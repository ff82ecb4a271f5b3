import Testing

@testable import Text

@Suite struct TextAnalyzerTests {
    @Test(arguments: [
        ("The U.S. raised rates", ["the", "us", "rais", "rate"]),
        ("5,000,000 users", ["5000000", "user"]),
        ("6.25 percent", ["6.25", "percent"]),
        ("GPT-4o", ["gpt", "gpt4o", "4o"]),
        ("OpenAI's models", ["openai", "model"]),
        ("Café ＡＢＣ", ["cafe", "abc"]),
    ])
    func `English becomes stems`(text: String, terms: [String]) {
        #expect(Set(TextAnalyzer(.english).terms(in: text)) == Set(terms))
    }

    @Test func `Chinese gives characters and pairs, in simplified form`() {
        let terms = TextAnalyzer(.traditionalChinese).terms(in: "臺灣")
        #expect(Set(terms) == ["台", "湾", "台湾"])
    }

    @Test func `ranges are places in the text`() {
        let text = "Ether 升級 in 2022"
        for token in TextAnalyzer(.english).tokens(in: text)
        where token.kind == .number || token.kind == .bigram {
            let bytes = Array(text.utf8)[token.range]
            #expect(Folding.fold(String(decoding: bytes, as: UTF8.self)) == token.term)
        }
    }
}

@Suite struct TermScannerTests {
    private let pieces = [
        "a", "S", "U", "Nations", "running", "GPT", "1", "26", "000", "５", "Ａ", ".", ",", "'", "’", "-", "‐",
        " ", " ", " ", "l’", "qu'", "ons", "ités", "ость",
        "\n", "é", "e\u{301}", "\u{301}", "ß", "港", "灣", "カ", "ｶ", "ﾞ", "한", "ا", "ั", "😀", "\u{200D}", "𠀀",
        "\u{A0}",
        "'s", "’s", "U.S.", "5,000", "6.25", "state-of-the-art", "internationalisation", "Пр", "\0", "ﬁ",
        String(repeating: "long", count: 80),
    ]

    private func text(_ most: Int) -> String {
        (0..<Int.random(in: 0...most)).map { _ in pieces.randomElement() ?? "" }.joined()
    }

    private func tokens(_ scanner: TermScanner, _ text: String) -> [Token] {
        scanner.scan(text) { found in
            found.map {
                Token(
                    term: scanner.terms.text(of: $0.term), range: Int($0.start)..<Int($0.end),
                    position: Int($0.position), kind: $0.kind)
            }
        }
    }

    @Test func `a scanner that has met words, a new one and the analyzer find what the plain one finds`() {
        let terms = TermTable()
        let scanners = [Language.english, .german, .french, .russian, .japanese].map {
            ($0, TermScanner($0, terms: terms))
        }
        for round in 0..<2000 {
            let text = text(round % 50 == 0 ? 300 : 30)
            for (language, scanner) in scanners {
                let plain = PlainAnalyzer(language).tokens(in: text)
                #expect(tokens(scanner, text) == plain, "\(text.debugDescription)")
                #expect(tokens(TermScanner(language), text) == plain, "\(text.debugDescription)")
                #expect(TextAnalyzer(language).tokens(in: text) == plain, "\(text.debugDescription)")
            }
        }
    }

    @Test func `a scanner that has forgotten its words finds what a new one finds`() {
        let scanner = TermScanner(.english)
        scanner.reserve(words: 5000)
        for round in 0..<300 {
            let text = text(30)
            if round % 7 == 0 {
                scanner.forget()
                #expect(scanner.wordCount == 0 && scanner.terms.count == 0)
            }
            #expect(
                tokens(scanner, text) == PlainAnalyzer(.english).tokens(in: text), "\(text.debugDescription)")
        }
    }

    @Test func `what stands far behind a word does not change it`() {
        let analyzer = TextAnalyzer(.english)
        for _ in 0..<2000 {
            let text = text(12)
            let longer = text + " " + String(repeating: "#", count: 20)
            #expect(analyzer.tokens(in: text) == analyzer.tokens(in: longer), "\(text.debugDescription)")
        }
    }

    @Test func `words are found wherever they begin in what is read at a time`() {
        let text = """
            plain words, don't break—“quoted” and well-known U.S. company’s 5,000 (ends)so end.Next Straße-1 x \
            internationalisation of fourteen15words and sixteenlettersee 3.5 A.I. it's… 港灣 naïve last
            """
        let scanner = TermScanner(.english)
        for shift in 0..<150 {
            let moved = String(repeating: shift.isMultiple(of: 2) ? "." : "a ", count: shift / 2) + text
            let plain = PlainAnalyzer(.english).tokens(in: moved)
            #expect(tokens(scanner, moved) == plain, "\(shift)")
            let cut = String(moved.unicodeScalars.prefix(shift))
            #expect(tokens(scanner, cut) == PlainAnalyzer(.english).tokens(in: cut), "\(shift)")
        }
    }

    @Test func `terms keep their numbers, whatever the language and the case`() {
        let terms = TermTable()
        let (english, german) = (TermScanner(.english, terms: terms), TermScanner(.german, terms: terms))
        let first = english.scan("bank Bank BANK") { $0.map(\.term) }
        let second = german.scan("Bank 5 bank") { $0.map(\.term) }
        #expect(first == [0, 0, 0])
        #expect(second == [0, 1, 0])
        #expect(terms.count == 2)
        #expect(terms.text(of: 1) == "5")
    }
}

@Suite struct FoldingTests {
    @Test func `a text is folded as its letters are`() {
        var all: [UInt8] = []
        var text = String.UnicodeScalarView()
        for scalar in (0..<0x1_1000).compactMap(Unicode.Scalar.init) {
            var folded: [UInt8] = []
            Folding.append(scalar, to: &folded)
            #expect(Folding.folded(String(scalar)) == folded, "U+\(String(scalar.value, radix: 16))")
            all += folded
            text.append(scalar)
        }
        #expect(Folding.folded(String(text)) == all)
        #expect(Folding.fold(Array(String(text).utf8)) == all)
        #expect(Array(Folding.fold(String(text)).utf8) == all)
    }
}

@Suite struct SentenceSplitterTests {
    @Test(arguments: [
        ("The U.S. and Mr. Smith agreed. It cost 6.25 dollars.", 2),
        ("He said: “Stop!” and left.", 1),
        ("法院裁定。公司上訴！結果呢？", 3),
        ("one\ntwo", 2),
        ("John J. Ray III took over. He is known.", 2),
        ("Am 3. Juli 2025 stimmte der 21. Bundestag ab. Im 19. Jahrhundert war das anders.", 2),
        ("Er zahlte ca. 5 Mio. Euro an Dr. Weber. Die Sra. Ruiz nicht.", 2),
        ("They lost 12. Then it rained. I am 12. School is over.", 4),
        ("It isn’t over… He said “no”. 「好。」他說。\u{2028}Next", 5),
        (" \n  A first.  \r\n B second!", 2),
        ("", 0),
    ])
    func `stops end sentences, not abbreviations`(text: String, count: Int) {
        #expect(SentenceSplitter.sentences(in: text).count == count)
    }
}

@Suite struct EditDistanceTests {
    /// The whole matrix, without a band.
    private func plain(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var value = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    value = min(value, rows[i - 1][j - 1] + 1)
                }
                row.append(value)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    @Test func `the band finds what the whole matrix finds`() {
        var state: UInt64 = 7
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<3000 {
            let a = (0..<next(8)).map { _ in Array("abcd")[next(4)] }
            let b = (0..<next(8)).map { _ in Array("abcd")[next(4)] }
            let limit = next(4)
            let distance = plain(a, b)
            #expect(
                EditDistance.bounded(String(a), String(b), limit: limit)
                    == (distance <= limit ? distance : nil),
                "\(String(a)) \(String(b)) \(limit)")
        }
    }
}
