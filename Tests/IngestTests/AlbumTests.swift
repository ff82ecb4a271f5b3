import Foundation
import News
import Testing

@testable import Ingest

@Suite struct AlbumTests {
    private func articles(_ messages: [String], cut: Bool = false, piece: Int = 40) -> [Article] {
        let file =
            #"{"name": "Tarn Wire", "type": "public_channel", "id": 7, "messages": [\#(messages.joined(separator: ",\n"))]"#
            + (cut ? "" : "}")
        let bytes = Array((cut ? String(file.dropLast()) : file).utf8)
        var export = TelegramExport(origin: "/x/result.json", reference: reference)
        var found: [Article] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            found += export.take(Array(bytes[start..<min(start + piece, bytes.count)])).articles
        }
        return found + export.finish().articles
    }

    private func message(_ id: Int, _ text: String, at time: Int = 1_752_824_520, media: String? = "photo")
        -> String
    {
        let picture = media.map { #""\#($0)": "files/\#(id)", "# } ?? ""
        return
            #"{"id": \#(id), "type": "message", "date_unixtime": "\#(time)", \#(picture)"text": "\#(text)"}"#
    }

    @Test func `the captions of an album are one post`() {
        let mill = #"The mill opens\n\nIt opens soon."#
        let rows: [(String, [String], [String], String)] = [
            (
                "first", [message(1, mill), message(2, ""), message(3, "The wheel.")],
                ["It opens soon.", "The wheel."], "1"
            ),
            ("second", [message(1, ""), message(2, mill), message(3, "")], ["It opens soon."], "2"),
            (
                "video", [message(1, mill, media: "file"), message(2, "The wheel.")],
                ["It opens soon.", "The wheel."], "1"
            ),
        ]
        for (name, messages, body, number) in rows {
            for cut in [false, true] {
                let found = articles(messages, cut: cut)
                #expect(found.map(\.body) == [body], "\(name)")
                #expect(found.first?.origin == "telegram:7/\(number)", "\(name)")
            }
        }
    }

    @Test func `posts that only stand beside each other are two`() {
        for (first, second) in [
            (message(1, "One"), message(3, "Two")),
            (message(1, "One"), message(2, "Two", at: 1_752_824_521)),
            (message(1, "One"), message(2, "Two", media: nil)),
            (message(1, "One", media: nil), message(2, "Two", media: nil)),
        ] {
            #expect(articles([first, second]).map(\.headline) == ["One", "Two"])
        }
    }
}
