import Foundation
import Testing

@testable import Text

@Suite struct JSONTests {
    private func read<Value>(_ json: [UInt8], _ body: (inout JSONReader) -> Value?) -> Value? {
        json.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            let value = body(&reader)
            return reader.isAtEnd() ? value : nil
        }
    }

    /// Texts that a decoder takes, and such as it does not.
    private static let texts = [
        #""""#, #""plain""#, #"" a \" b \\ c \/ d""#, #""\b\f\n\r\t""#, #""\u00e9\u0000""#,
        #""\ud83d\ude00 end""#, "\"é 港灣 😀\"",
        #""\ud83d""#, #""\ud83d\u0041""#, #""\ude00""#, #""\u12g4""#, #""\x""#, #""open"#, "\"tab\there\"",
        "\"line\nbreak\"",
        #""\u""#, #""\"#, "'a'", "12", #""a" "b""#, #""\ud83d \ude00""#,
    ]

    @Test(arguments: texts)
    func `a text is read as a decoder reads it, or not at all`(json: String) {
        let decoded = try? JSONDecoder().decode(String.self, from: Data(json.utf8))
        #expect(read(Array(json.utf8)) { $0.string() } == decoded)
    }

    @Test func `bytes that are not UTF-8 are no text`() {
        #expect(read([0x22, 0xFF, 0x22]) { $0.string() } == nil)
        #expect(read([0x22, 0x5C, 0x6E, 0xC3, 0x22]) { $0.string() } == nil)
    }

    @Test(arguments: ["", #"\n"#, "sixteen ASCII characters and more "])
    func `bytes are a text where the standard library takes them for one`(before: String) {
        // Those at which the rules of UTF-8 change.
        let borders: [UInt8] = [
            0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEF,
            0xF0,
            0xF1, 0xF4, 0xF5, 0xFF,
        ]
        var wrong: [[UInt8]] = []
        var count = 0
        for first in borders {
            for second in borders {
                for third in borders {
                    for fourth in [0x61, 0x80, 0xBF, 0xC2] as [UInt8] {
                        let bytes = Array(before.utf8) + [first, second, third, fourth]
                        let content =
                            Array(before == #"\n"# ? [0x0A] : bytes.prefix(before.utf8.count))
                            + bytes.suffix(4)
                        let wanted = String(validating: content, as: UTF8.self)
                        let text = read([0x22] + bytes + [0x22]) { $0.string() }
                        count += text == nil ? 0 : 1
                        if text != wanted { wrong.append(bytes) }
                    }
                }
            }
        }
        #expect(wrong.isEmpty)
        #expect(count > 100)
    }

    @Test(arguments: [
        "0", "-1", "12.5", "1e9", "-0.5E-3", "01", "1.", ".5", "+1", "-", "1e", "true", "false", "null",
        "nul", "[]",
        "[1 2]", "{}", #"{"a": {"b": [null, true, "x"]}, "c": -1.5e3}"#, #"{"a" 1}"#, #"{a: 1}"#,
        "[[[]]]", "[",
        "", " 1 ",
    ])
    func `a value is passed over where a decoder finds it well formed`(json: String) {
        let data = Data(json.utf8)
        let isValid = (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) != nil
        #expect((read(Array(json.utf8)) { $0.skip() ? true : nil } != nil) == isValid, "\(json)")
    }

    @Test(arguments: ["[1, 2,]", #"{"a": 1,}"#])
    func `a comma at the end is left to whoever puts up with it`(json: String) {
        #expect(read(Array(json.utf8)) { $0.skip() ? true : nil } == nil)
    }

    @Test func `values that lie too deep are left alone`() {
        let json = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(read(Array(json.utf8)) { $0.skip() ? true : nil } == nil)
    }

    @Test func `what is written is what an encoder writes`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let all = String(String.UnicodeScalarView((0..<0x100).compactMap(Unicode.Scalar.init)))
        for text in ["", all, "a/b \"c\" \\ 港灣 😀"] {
            var writer = JSONWriter()
            writer.append(text)
            let encoded = try encoder.encode(text)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == String(decoding: encoded, as: UTF8.self))
        }
        for number in [0, -1.5, 1_500_000_000, 1_721_289_600.25, 1e300, 1e-300] {
            var writer = JSONWriter()
            writer.append(number)
            let decoded = try JSONDecoder().decode(Double.self, from: Data(writer.bytes))
            #expect(decoded == number)
        }
    }
}
