import Markup
import Testing

@Suite struct CharacterEncodingTests {
    private static let rows: [(bytes: [UInt8], declared: String?, text: String)] = [
        (Array("plain".utf8), nil, "plain"),
        ([0xEF, 0xBB, 0xBF] + Array("mark".utf8), nil, "mark"),
        ([0xFF, 0xFE, 0x3C, 0, 0xE9, 0], nil, "<é"),
        ([0xFE, 0xFF, 0, 0x3C, 0, 0xE9], nil, "<é"),
        ([0x3C, 0, 0x61, 0, 0x3E, 0], nil, "<a>"),
        ([0, 0x3C, 0, 0x61, 0, 0x3E], nil, "<a>"),
        // Valid UTF-8 beyond ASCII wins over a declaration of one byte a character.
        (Array("caf\u{E9}".utf8), "iso-8859-1", "café"),
        ([0x63, 0xE9], "iso-8859-1", "cé"),
        ([0x93, 0x61, 0x94], "iso-8859-1", "“a”"),
        ([0x63, 0xE9], nil, "cé"),
        ([0xC4, 0xE3, 0xBA, 0xC3], "gb2312", "你好"),
        ([0xA7, 0x41, 0xA6, 0x6E], "big5", "你好"),
        ([0x82, 0xB1, 0x82, 0xF1], "shift_jis", "こん"),
        ([0xF0, 0xD2, 0xC9], "koi8-r", "При"),
        ([0x1B, 0x24, 0x42, 0x24, 0x33, 0x1B, 0x28, 0x42], "iso-2022-jp", "こ"),
        (
            Array("<?xml version='1.0' encoding='windows-1251'?>".utf8) + [0xCF], nil,
            "<?xml version='1.0' encoding='windows-1251'?>П"
        ),
        (Array("a".utf8) + [0xE9], "no-such-encoding", "aé"),
        (Array("日本語日本語".utf8) + [0xFF], "utf-8", "日本語日本語\u{FFFD}"),
        ([], nil, ""),
    ]

    @Test(arguments: rows.indices)
    func `bytes become text whatever is declared`(_ row: Int) {
        let (bytes, declared, text) = Self.rows[row]
        #expect(CharacterEncoding.text(of: bytes, declared: declared) == text)
    }

    @Test(arguments: [
        ("text/xml; charset=UTF-8", "utf-8"), ("text/html;charset=\"big5\"; x=y", "big5"), ("text/xml", nil),
    ])
    func `the charset of a content type is found`(_ value: String, _ name: String?) {
        #expect(CharacterEncoding.charset(inContentType: value) == name)
    }
}

@Suite struct MarkupElementTests {
    @Test func `names, namespaces, attributes, lines and texts are read`() throws {
        let root = try #require(
            MarkupElement(xml: "<a xmlns:x='urn:x' k='1 &amp; 2'>\n<x:b>t<![CDATA[<u>]]></x:b>&eacute;</a>"))
        #expect(root.name == "a" && root["k"] == "1 & 2")
        let inner = try #require(root.elements.first)
        #expect(inner.name == "b" && inner.namespace == "urn:x" && inner.line == 2)
        #expect(inner.text == "t<u>" && root.text == "\nt<u>é")
    }

    @Test(arguments: [
        ("\n \u{FEFF}<a>x</a>", "x"), ("<a>AT&T & co; &bogus;</a>", "AT&T & co; &bogus;"),
        ("<a>&#150;&#x2014;&#0;</a>", "–—"),
        ("<a>x\u{0}\u{8}y</a>", "xy"), ("<!DOCTYPE a [<!ENTITY e 'boom'>]><a>&e;</a>", "&e;"),
        ("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a>x</a>", "x"), ("<a><![CDATA[x", "x"),
        ("<a>x", "x"), ("<!DOCTYPE a [<!-- don't --><!ENTITY e 'x'>]><a>y</a>", "y"),
        ("<!DOCTYPE a 'b><a>y</a>", "y"),
        ("<a><b>x</a>", "x"), ("<?xml version='1.0' encoding='utf-16'?><a>é</a>", "é"),
    ])
    func `faulty XML is mended`(_ xml: String, _ text: String) {
        #expect(MarkupElement(xml: xml)?.text == text)
    }

    @Test func `entities are never expanded`() {
        let levels = (1...9).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }
        let bomb = "<!DOCTYPE a [<!ENTITY e0 'lol'>\(levels.joined())]><a>&e9;</a>"
        #expect(MarkupElement(xml: bomb)?.text == "&e9;")
        let external = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"
        #expect(MarkupElement(xml: external)?.text == "&x;")
    }

    @Test(arguments: ["<a>", "<div>", "<a b='"]) func `deep nesting is cut off, not crashed on`(
        _ piece: String
    ) {
        let text = String(repeating: piece, count: 100_000)
        _ = MarkupElement(xml: text)
        _ = MarkupElement(html: text).map(ReadableText.of)
    }

    @Test(arguments: ["", " ", "no markup", "\u{0}"]) func `what is no XML has no root`(_ text: String) {
        #expect(MarkupElement(xml: text) == nil)
    }
}

@Suite struct ReadableTextTests {
    @Test(arguments: [
        ("a  b\n c", "a b c"), ("<p>a</p><p>b</p>", "a\n\nb"), ("a<br>b", "a\nb"), ("a<br/><br/>b", "a\n\nb"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<p>x:</p><ol start=3><li><p>a</p></li><li>b</li></ol>", "x:\n\n3. a\n4. b"),
        ("a<script>no</script><style>no</style>b", "ab"), ("<b>bold</b>, <i>x</i>.", "bold, x."),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("AT&amp;T &lt;x&gt; &hellip;", "AT&T <x> …"), ("<pre>a\n b</pre>", "a\nb"),
        ("<div>a<div>b</div></div>c", "a\n\nb\n\nc"),
        ("<h2>Head</h2>text", "Head\n\ntext"), ("x &nbsp; y", "x y"), ("<p>", ""), ("<!-- c -->a", "a"),
        ("<p aria-hidden=\"true\">no</p>yes", "yes"),
    ])
    func `HTML is read as a person reads it`(_ html: String, _ text: String) {
        #expect(ReadableText.of(html: html) == text)
    }
}
