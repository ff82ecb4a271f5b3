import Foundation
import Testing

@testable import Chat

@Suite struct ReplyRendererTests {
    private static let url = "https://example.org/a?b=1&c=(2)"
    private static let document = ReplyDocument(
        [
            .paragraph([
                .text("Prices rose by 3 < 4 % & more"), .citation(1), .text(". See "),
                .link(label: "the [list]", url: url), .text(", or "), .bold("wait"), .text("."),
            ]),
            .list([[.text("one_two")], [.text("*two*")]]),
            .quote([.text("So it is.")]),
        ],
        sources: [.init(number: 1, title: "Prices & wages", url: url), .init(number: 2, title: "Not cited")])

    private static let formats: [ReplyFormat] = [
        .telegram, .slack, .discord, .whatsApp, .messenger, .line, .matrix,
    ]

    @Test(arguments: [
        (
            ReplyFormat.slack,
            """
            Prices rose by 3 &lt; 4 % &amp; more <https://example.org/a?b=1&amp;c=(2)|[1]>. \
            See <https://example.org/a?b=1&amp;c=(2)|the [list]>, or *wait*.

            • one_two
            • \u{200B}*two\u{200B}*

            > So it is.

            <https://example.org/a?b=1&amp;c=(2)|[1] Prices &amp; wages>
            """
        ),
        (
            .discord,
            #"""
            Prices rose by 3 \< 4 % & more [\[1\]](<https://example.org/a?b=1&c=%282%29>). \#
            See [the \[list\]](<https://example.org/a?b=1&c=%282%29>), or **wait**.

            • one\_two
            • \*two\*

            > So it is.

            [\[1\] Prices & wages](<https://example.org/a?b=1&c=%282%29>)
            """#
        ),
        (
            .line,
            """
            Prices rose by 3 < 4 % & more [1]. See the [list] (https://example.org/a?b=1&c=(2)), or wait.

            • one_two
            • *two*

            “So it is.”

            [1] Prices & wages (https://example.org/a?b=1&c=(2))
            """
        ),
        (
            .matrix,
            "Prices rose by 3 &lt; 4 % &amp; more <a href=\"https://example.org/a?b=1&amp;c=(2)\">[1]</a>. "
                + "See <a href=\"https://example.org/a?b=1&amp;c=(2)\">the [list]</a>, or <strong>wait</strong>."
                + "<br><br>• one_two<br>• *two*<br><br><blockquote>So it is.</blockquote>"
                + "<br><br><a href=\"https://example.org/a?b=1&amp;c=(2)\">[1] Prices &amp; wages</a>"
        ),
    ])
    func `a reply is written in the platform's markup`(format: ReplyFormat, text: String) {
        #expect(ReplyRenderer(format).parts(of: Self.document).map(\.text) == [text])
    }

    @Test func `telegram's entities lie on what they are for, in UTF-16 units`() throws {
        let document = ReplyDocument([
            .paragraph([.text("🗞️ see "), .link(label: "日本", url: Self.url), .text(" and "), .bold("é👍")]),
            .quote([.text("So.")]),
        ])
        let part = try #require(ReplyRenderer(.telegram).parts(of: document).first)
        let units = Array(part.text.utf16)
        let read = part.entities.map { entity in
            (
                entity.kind,
                String(decoding: units[entity.offset..<entity.offset + entity.length], as: UTF16.self)
            )
        }
        #expect(read.map(\.0) == [.link(url: Self.url), .bold, .quote])
        #expect(read.map(\.1) == ["日本", "é👍", "So."])
    }

    @Test func `a message ends with a paragraph, else a sentence, and lists the sources it cites`() {
        let document = ReplyDocument(
            [
                .paragraph([
                    .text("Alpha beta gamma delta. Epsilon zeta eta theta"), .citation(1), .text("."),
                ]),
                .paragraph([.text("Iota kappa lambda"), .citation(2), .text(".")]),
            ],
            sources: [.init(number: 1, title: "One"), .init(number: 2, title: "Two")])
        func cut(_ limit: Int) -> [String] {
            ReplyRenderer(.line.limited(to: limit)).parts(of: document).map(\.text)
        }
        #expect(
            cut(64) == [
                "Alpha beta gamma delta. Epsilon zeta eta theta [1].\n\n[1] One",
                "Iota kappa lambda [2].\n\n[2] Two",
            ])
        #expect(cut(48).first == "Alpha beta gamma delta.")
    }

    @Test(arguments: 0..<formats.count)
    func `however a reply is cut, nothing is lost, broken or too long`(index: Int) {
        var random = SplitMix(seed: UInt64(index) + 1)
        let words = ["alpha", "béta.", "日本語の文章。", "👨‍👩‍👧‍👦", "*x*", "<&>", "1.", "e\u{301}e\u{301}", "snake_case!"]
        func text() -> String {
            (0..<Int.random(in: 1...30, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            .joined(separator: Bool.random(using: &random) ? " " : "")
        }
        for round in 0..<150 {
            let format = Self.formats[index].limited(to: Int.random(in: 120...400, using: &random))
            let blocks = (0..<Int.random(in: 1...5, using: &random)).map { _ -> ReplyDocument.Block in
                let inlines: [ReplyDocument.Inline] = [
                    .text(text()), .citation(1), .text(" " + text() + " "),
                    .link(label: "label", url: "https://example.org/1"), .text(" "), .bold(text()),
                    .citation(2),
                ]
                return switch Int.random(in: 0..<3, using: &random) {
                case 0: .paragraph(inlines)
                case 1: .quote(inlines)
                default: .list([inlines, [.text(text())]])
                }
            }
            let whole = ReplyRenderer(format.limited(to: 1_000_000)).parts(of: ReplyDocument(blocks))
            #expect(whole.count == 1)
            let parts = ReplyRenderer(format).parts(of: ReplyDocument(blocks))
            for part in parts {
                #expect(format.unit.length(of: part.text) <= format.limit, "round \(round)")
                #expect(format.unit.length(of: part.plain) <= format.limit, "round \(round)")
                #expect(!part.plain.isEmpty)
                let length = part.text.utf16.count
                #expect(
                    part.entities.allSatisfy {
                        $0.offset >= 0 && $0.length > 0 && $0.offset + $0.length <= length
                    })
            }
            // Compared by graphemes: a cut within one would leave two others.
            func letters(_ parts: [ReplyPart]) -> [Character] {
                parts.flatMap { $0.plain.filter { !$0.isWhitespace } }
            }
            #expect(letters(parts) == letters(whole), "round \(round)")
            let links = parts.map {
                $0.plain.components(separatedBy: "label (https://example.org/1)").count - 1
            }
            #expect(links.reduce(0, +) == blocks.count, "round \(round)")
        }
    }

    @Test func `an address that is not of the web is no link`() {
        let document = ReplyDocument([.paragraph([.link(label: "here", url: "javascript:alert(1)")])])
        for format in Self.formats {
            #expect(ReplyRenderer(format).parts(of: document).map(\.text) == ["here"])
        }
    }

    // MARK: What Telegram makes of it

    /// What TDLib 1.8.69 makes of texts: each text is what a reader sees, with the entities that it gives them.
    private struct TelegramTexts: Decodable {
        struct Entity: Decodable, Hashable {
            var offset: Int
            var length: Int
            /// Of a link; nil where it is bold.
            var url: String?
        }
        struct Link: Decodable {
            var url: String
            var entities: [Entity]
        }
        struct Styled: Decodable {
            var text: String
            var entities: [Entity]
        }
        var plain: [String]
        var links: [Link]
        var styled: [Styled]

        init() throws {
            let url = try #require(
                Bundle.module.url(
                    forResource: "telegram_text", withExtension: "json", subdirectory: "Fixtures"))
            self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
        }
    }

    private func entities(of part: ReplyPart) -> [TelegramTexts.Entity] {
        part.entities.map { entity in
            var url: String?
            if case .link(let address) = entity.kind { url = address }
            return .init(offset: entity.offset, length: entity.length, url: url)
        }
    }

    /// By scalars, since a joiner that begins a word makes one character with the space before it.
    private func words(_ text: String) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { Array($0) }
    }

    @Test func `text full of marks reaches a reader of Telegram as it is`() throws {
        let texts = try TelegramTexts().plain
        #expect(texts.count == 67)
        for text in texts {
            let parts = ReplyRenderer(.telegram).parts(of: ReplyDocument([.paragraph([.text(text)])]))
            let seen = parts.flatMap { words($0.text) }
            #expect(seen == words(text), "\(text.debugDescription)")
            #expect(parts.allSatisfy { $0.entities.isEmpty })
        }
    }

    @Test func `a link leads where TDLib says that it leads`() throws {
        for link in try TelegramTexts().links {
            let document = ReplyDocument([.paragraph([.link(label: "t", url: link.url)])])
            let part = try #require(ReplyRenderer(.telegram).parts(of: document).first)
            #expect(part.text == "t")
            #expect(entities(of: part) == link.entities, "\(link.url)")
        }
    }

    @Test func `looks and links stand at the units where TDLib has them`() throws {
        let texts = try TelegramTexts().styled
        #expect(texts.count > 15)
        for styled in texts {
            let units = Array(styled.text.utf16)
            func text(_ range: Range<Int>) -> String { String(decoding: units[range], as: UTF16.self) }
            var inlines: [ReplyDocument.Inline] = []
            var place = 0
            for entity in styled.entities {
                inlines.append(.text(text(place..<entity.offset)))
                place = entity.offset + entity.length
                let words = text(entity.offset..<place)
                inlines.append(entity.url.map { .link(label: words, url: $0) } ?? .bold(words))
            }
            inlines.append(.text(text(place..<units.count)))
            let parts = ReplyRenderer(.telegram).parts(of: ReplyDocument([.paragraph(inlines)]))
            let part = try #require(parts.first)
            // A document has no space at its ends, and no line of its own within a paragraph.
            #expect(words(part.text) == words(styled.text))
            let seen = Array(part.text.utf16)
            func shown(_ entity: TelegramTexts.Entity, _ units: [UInt16]) -> [String?] {
                let range = entity.offset..<(entity.offset + entity.length)
                let words = String(decoding: units[range], as: UTF16.self)
                return [words.trimmingCharacters(in: .whitespacesAndNewlines), entity.url]
            }
            let found = entities(of: part).map { shown($0, seen) }
            let expected = styled.entities.map { shown($0, units) }
            #expect(found == expected, "\(styled.text.debugDescription)")
        }
    }

    @Test(arguments: [("a", 4096), ("é", 4096), ("日", 4096), ("👍", 2048), ("🗞️", 1365)])
    func `as many characters as Telegram takes make one message, and one more makes two`(
        _ character: String, _ count: Int
    ) {
        for (more, messages) in [(0, 1), (1, 2)] {
            let text = String(repeating: character, count: count + more)
            let parts = ReplyRenderer(.telegram).parts(of: ReplyDocument([.paragraph([.text(text)])]))
            #expect(parts.count == messages)
            #expect(parts.map(\.text).joined() == text)
            #expect(parts.allSatisfy { $0.text.utf16.count <= 4096 })
        }
    }
}
