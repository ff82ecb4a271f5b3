import Foundation
import News
import Text

/// A moment, counted in seconds from one that all tests share.
func moment(_ seconds: Double = 0) -> Date { Date(timeIntervalSince1970: 1_752_800_000 + seconds) }

/// An article that uses every part there is, told apart by its id.
func sample(
    _ id: String = "a", headline: String = "A ship sails", body: [String] = ["It left.", "It came back."],
    source: String = "Harbour News", origin: String? = nil, publishedAt: Date? = moment()
) -> Article {
    Article(
        id: id, source: source, author: "Ann Port", url: "https://harbour.example/\(id)",
        language: .traditionalChinese, publishedAt: publishedAt, headline: headline, body: body,
        analyses: [
            Analysis(
                opening: ["Why it matters."],
                points: [
                    Analysis.Point(heading: "Trade", text: "More of it."),
                    Analysis.Point(text: "港口 “quoted” \\ \u{0} 🚢"),
                ], outlook: ["It will sail again."]),
            Analysis(),
        ], tagline: "Harbour - News", origin: origin)
}

/// A folder of a test's own, which goes when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    /// Where the archive lies.
    var archive: String { path + "/archive.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
