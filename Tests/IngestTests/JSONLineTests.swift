import Foundation
import Testing

@testable import Ingest

@Suite struct JSONLineTests {
    private func fields(_ line: JSONLine) -> [String?] {
        [
            line.id?.value, line.title, line.text, line.url, line.source, line.author,
            line.publishedAt?.value,
            line.language,
        ]
    }

    @Test(arguments: [
        #"{"id": "a", "title": "T", "text": "One.\n\nTwo.", "url": "https:\/\/a.b", "source": "S", "author": null}"#,
        #"{"id": 12, "published_at": 1500000000, "language": "en", "text": ""}"#,
        #"{"published_at": 1500000000.5, "id": -7}"#, #"{"id": -0, "published_at": 1e9}"#,
        #"{"id": 123456789012345678901234567890}"#, #"{"id": 007}"#, #"{"title": "a", "title": "b"}"#,
        #"{"tags": ["a", {"b": [1, 2.5, true]}], "text": "T", "nested": {"title": "no"}}"#,
        #"{"t\u0069tle": "escaped key"}"#, #"{"title": 5}"#, #"{"text": ["a"]}"#, #"{"id": {"a": 1}}"#, "[]",
        "{", "",
        #"{"title": "a"} {"title": "b"}"#, #"{"title": "a",}"#, #"{"title": "\ud800"}"#,
        "{\"title\": \"a\tb\"}", "{}", " {} ",
        #"{"title": null, "id": null, "published_at": null}"#, #"{"tags": [1,], "title": "a"}"#,
        #"{"id": true}"#,
    ])
    func `a line is read as the decoder reads it`(json: String) {
        let bytes = Array(json.utf8)
        let decoded = Result { try JSONDecoder().decode(JSONLine.self, from: Data(bytes)) }
        let read = bytes.withUnsafeBufferPointer { bytes in Result { try JSONLine(bytes) } }
        switch (read, decoded) {
        case (.success(let one), .success(let other)): #expect(fields(one) == fields(other))
        case (.failure(let one), .failure(let other)):
            #expect(JSONLine.problem(one).message == JSONLine.problem(other).message)
        default: Issue.record("one reads it, the other does not")
        }
    }

    @Test func `usual lines take no decoder`() {
        for json in [
            #"{"id": "a", "title": "T", "text": "One.\n\nTwo. \u00e9 \ud83d\ude00", "tags": [1, {"a": null}]}"#,
            #"{"id": 12, "published_at": 1500000000, "url": null}"#,
        ] {
            #expect(Array(json.utf8).withUnsafeBufferPointer { JSONLine.plain($0) != nil }, "\(json)")
        }
    }
}

@Suite struct InternetTimeTests {
    @Test func `moments of programs are those that a date line tells`() {
        let lines = DateLine(reference: Date(timeIntervalSince1970: 1_752_824_520), timeZone: .gmt)
        var random = SeededGenerator(seed: 5)
        func two(_ range: ClosedRange<Int>) -> String {
            let digits = String(Int.random(in: range, using: &random))
            return digits.count < 2 ? "0" + digits : digits
        }
        for _ in 0..<4000 {
            let day = "\(Int.random(in: 1600...2400, using: &random))-\(two(1...12))-\(two(1...31))"
            let zone =
                ["Z", "+08:00", "-05:30", "+13:45", ".250Z", ".5-03:00"].randomElement(using: &random) ?? ""
            let text = "\(day)T\(two(0...23)):\(two(0...59)):\(two(0...59))\(zone)"
            #expect(InternetTime.read(text) == lines.read(text).date, "\(text)")
        }
    }

    @Test(arguments: [
        "", "2025-07-18", "2025-07-18T07:42Z", "2025-07-18T07:42:00", "2025-07-18 07:42:00Z",
        "2025-02-30T00:00:00Z",
        "2025-13-01T00:00:00Z", "2025-07-18T24:00:00Z", "2025-07-18T07:42:00.Z", "2025-07-18T07:42:00+15:00",
        "1582-10-10T00:00:00Z", "2025-07-18T07:42:00Zulu", "2025-07-18T07:42:00+0800",
    ])
    func `all else is left to it`(text: String) {
        #expect(InternetTime.read(text) == nil)
    }
}
