import Foundation
import Ingest
import News
import Text

/// A readable form of what was parsed, for golden files.
func rendering(_ parsed: (articles: [Article], diagnostics: [Diagnostic])) -> String {
    var lines = parsed.diagnostics.map { "! \($0)" }
    for article in parsed.articles {
        lines += ["", "id        \(article.id)", "origin    \(article.origin ?? "–")"]
        lines += ["source    \(article.source)", "author    \(article.author ?? "–")"]
        lines += ["url       \(article.url ?? "–")", "language  \(article.language.rawValue)"]
        lines += ["published \(article.publishedAt.map { $0.formatted(.iso8601) } ?? "–")"]
        lines += ["headline  \(article.headline)"]
        lines += article.body.map { "body      \($0)" }
        for analysis in article.analyses {
            lines.append("analysis")
            lines += analysis.opening.map { "  opening \($0)" }
            for point in analysis.points {
                lines.append("  point   \(point.heading.map { "[\($0)] " } ?? "")\(point.text)")
            }
            lines += analysis.outlook.map { "  outlook \($0)" }
        }
        lines += article.tagline.map { ["tagline   \($0.replacing("\n", with: " ⏎ "))"] } ?? []
    }
    return lines.joined(separator: "\n") + "\n"
}

/// The fixtures of this folder.
enum Fixtures {
    static let folder = Bundle.module.bundleURL.appending(path: "Fixtures")

    /// The names of a folder's inputs, sorted.
    static func names(_ folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: self.folder.appending(path: folder).path)
        return (names ?? []).filter { !$0.hasSuffix(".golden") }.sorted()
    }

    static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: self.folder.appending(path: "\(folder)/\(name)")))
    }

    /// The golden text beside an input; rewritten in the source tree first where `UPDATE_GOLDEN` is set.
    static func golden(_ folder: String, _ name: String, now text: String) throws -> String {
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appending(path: "Fixtures/\(folder)/\(name).golden")
            try Data(text.utf8).write(to: source)
            return text
        }
        let path = self.folder.appending(path: "\(folder)/\(name).golden")
        return String(decoding: try Data(contentsOf: path), as: UTF8.self)
    }
}

/// The moment from which the tests tell dates without a year.
let reference = Date(timeIntervalSince1970: 1_764_547_200)  // 1 December 2025
