import News
import Testing
import Text

@Suite struct PassageTests {
    private func article(body: [String], analyses: [Analysis] = []) -> Article {
        Article(
            id: "a", source: "Harbour Wire", language: .english, headline: "The headline", body: body,
            analyses: analyses)
    }

    @Test func `short paragraphs are joined up to three sentences`() {
        let passages = article(body: ["One.", "Two.", "Three.", "Four."]).passages()
        #expect(passages.map(\.text) == ["One. Two. Three.", "Four."])
    }

    @Test func `a paragraph that does not fit any more begins a passage`() {
        let passages = article(body: ["One. Two.", "Three. Four.", "Five."]).passages()
        #expect(passages.map(\.text) == ["One. Two.", "Three. Four. Five."])
    }

    @Test func `a long paragraph is cut after every third sentence`() {
        let passages = article(body: ["One. Two. Three. Four. Five. Six. Seven."]).passages()
        #expect(passages.map(\.sentences.count) == [3, 3, 1])
    }

    @Test func `sections are kept apart and ordinals count on`() {
        let analysis = Analysis(
            opening: ["We think so."],
            points: [
                Analysis.Point(heading: "Risk", text: "It falls. It spreads."),
                Analysis.Point(text: "Second."),
            ],
            outlook: ["It may go on."])
        let passages = article(body: ["It happened."], analyses: [analysis]).passages()
        #expect(passages.map(\.section) == [.body, .analysis, .point(1), .point(2), .outlook])
        #expect(passages.map(\.ordinal) == [0, 1, 2, 3, 4])
        #expect(passages[2].sentences.map(\.text) == ["Risk", "It falls.", "It spreads."])
        #expect(passages.map(\.section.isOpinion) == [false, true, true, true, true])
    }

    @Test func `points are numbered anew in every analysis`() {
        let analysis = Analysis(points: [Analysis.Point(text: "First.")])
        let passages = article(body: [], analyses: [analysis, analysis]).passages()
        #expect(passages.map(\.section) == [.point(1), .point(1)])
    }

    @Test func `a long point keeps its number and loses nothing`() {
        let text = (1...9).map { "Sentence number \($0) is here." }
        let analysis = Analysis(points: [Analysis.Point(heading: "Title", text: text.joined(separator: " "))])
        let passages = article(body: [], analyses: [analysis]).passages()
        #expect(passages.count > 1)
        #expect(passages.allSatisfy { $0.section == .point(1) })
        #expect(passages.flatMap(\.sentences).map(\.text) == ["Title"] + text)
    }

    @Test func `sentences know their paragraph and position`() {
        let analysis = Analysis(opening: ["Third. Fourth."])
        let sentences = article(body: ["First.", "Second."], analyses: [analysis]).passages().flatMap(
            \.sentences)
        #expect(sentences.map(\.position) == [0, 1, 2, 3])
        #expect(sentences.map(\.paragraph) == [0, 1, 2, 2])
    }

    @Test(arguments: [String(repeating: "table ", count: 800), String(repeating: "表", count: 3000)])
    func `a sentence without an end is cut and nothing of it is lost`(_ text: String) {
        let sentences = article(body: [text]).passages().flatMap(\.sentences)
        #expect(sentences.count > 1)
        #expect(sentences.allSatisfy { $0.text.count <= 1200 })
        #expect(sentences.map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " })
        #expect(sentences.map(\.position) == Array(0..<sentences.count))
    }

    @Test(arguments: [[], [""], ["  \n "]] as [[String]])
    func `an article without text has its headline`(_ body: [String]) {
        let passages = article(body: body).passages()
        #expect(passages.map(\.section) == [.headline])
        #expect(passages.map(\.text) == ["The headline"])
    }

    @Test func `Chinese sentences count like others`() {
        let passages = article(body: ["一。二！三？四。"]).passages()
        #expect(passages.map(\.sentences.count) == [3, 1])
    }

    /// A heading's end is a place in its text as well, where a space may stand before the next sentence.
    @Test(arguments: [
        ("Trade", "Half. It falls."), ("A heading longer than its text", "Up. No."), ("Up.", "Up. Up. Up."),
        ("", "It falls. It spreads."), ("港灣", "一。 二。"),
    ])
    func `a heading is not taken for a part of its text`(heading: String, text: String) {
        let analysis = Analysis(points: [Analysis.Point(heading: heading, text: text)])
        let found = article(body: [], analyses: [analysis])
        #expect(found.passageTexts().map(\.text) == ["\(heading) \(text)"])
        #expect(found.passages().map(\.text) == ["\(heading) \(text)"])
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `what is indexed of a passage is what its sentences say`(seed: UInt64) {
        var random = SplitMix(state: seed)
        func number(_ bound: UInt64) -> Int { Int(random.next() % bound) }
        let pieces = [
            "Up.", "It falls. ", " ", "  ", "\n", "Half. It", "No. 5 ", "U.S. ", "一。", "二！ ", "“Yes?” ",
            "\u{301}",
            "e\u{301}. ", "👨‍👩‍👧. ", "\u{2028}", "\u{A0}", "word ", String(repeating: "table ", count: 210),
            String(repeating: "表", count: 420), ". ", "…", "",
        ]
        func text() -> String { (0..<number(9)).map { _ in pieces[number(UInt64(pieces.count))] }.joined() }
        func texts() -> [String] { (0..<number(4)).map { _ in text() } }
        for _ in 0..<20 {
            let analyses = (0..<number(3)).map { _ in
                Analysis(
                    opening: texts(),
                    points: (0..<number(4)).map { _ in
                        Analysis.Point(heading: number(3) == 0 ? nil : text(), text: text())
                    }, outlook: texts())
            }
            let article = article(body: texts(), analyses: analyses)
            let passages = article.passages()
            let indexed = article.passageTexts()
            #expect(indexed.map { String($0.text) } == passages.map(\.text))
            #expect(indexed.map(\.section) == passages.map(\.section))
        }
    }
}
