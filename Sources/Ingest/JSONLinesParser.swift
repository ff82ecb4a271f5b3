public import Foundation
public import News
import Text

/// Reads archives of one JSON object a line.
///
/// Keys: `id`, `title`, `text`, `url`, `source`, `author`, `published_at` (ISO 8601 or seconds since 1970), `language`;
/// others are not looked at. A text is read as the text of a post is, so that an analysis in it stays opinion. Articles
/// are known by their id, which falls back to the URL and then to one made of source, time and headline; they carry no
/// origin, because lines move about between one export and the next. Total, as ``PostParser`` is.
public struct JSONLinesParser: Sendable {
    private let dates: DateLine

    /// A parser that tells dates without a year from `reference` and dates without a zone in `timeZone`.
    public init(reference: Date, timeZone: TimeZone = .gmt) {
        dates = DateLine(reference: reference, timeZone: timeZone)
    }

    /// The articles of a file in their order; a line that cannot be read is refused by itself.
    ///
    /// - Parameters:
    ///   - bytes: whole lines.
    ///   - origin: the path of the file, for diagnostics.
    ///   - firstLine: the number of the first line, where the bytes are a part of a file.
    /// - Returns: the articles, and what was wrong with the lines.
    /// - Complexity: O(length).
    public func parse(
        _ bytes: [UInt8], origin: String, firstLine: Int = 1
    ) -> (articles: [Article], diagnostics: [Diagnostic]) {
        let report = report(on: bytes, origin: origin, firstLine: firstLine)
        return (report.articles, report.diagnostics)
    }

    /// The articles with the lines that they stand on.
    func report(on bytes: [UInt8], origin: String, firstLine: Int = 1) -> ArticleDraft.Report {
        var report = ArticleDraft.Report(origin: origin, keepsOrigins: false)
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            if firstLine == 1 {
                if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                    return report.refuse(1, "the file is UTF-16", mend: "save the file as UTF-8")
                }
                if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
            }
            var number = firstLine
            while start < bytes.count {
                let end = bytes.first(0x0A, from: start) ?? bytes.count
                let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
                let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
                if !isBlank { read(line, number, &report) }
                number += 1
                start = end + 1
            }
        }
        return report
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>, _ number: Int, _ report: inout ArticleDraft.Report)
    {
        let object: JSONLine
        do { object = try JSONLine(bytes) } catch {
            let problem = JSONLine.problem(error)
            report.refuse(number, problem.message, mend: problem.mend)
            return
        }
        var draft = ArticleDraft(line: number)
        draft.url = Self.filled(object.url)
        draft.id = Self.filled(object.id?.value) ?? draft.url
        draft.source = Self.filled(object.source) ?? draft.url.flatMap(WebAddress.site)
        draft.author = Self.filled(object.author)
        draft.headline = Self.filled(object.title)
        if let told = Self.filled(object.publishedAt?.value) {
            draft.publishedAt = moment(told)
            if draft.publishedAt == nil {
                report.warn(
                    number, "“published_at” is “\(told.prefix(60))”, which is not a date",
                    mend: "write it as 2025-07-18T07:42:00Z or in seconds since 1970")
            }
        }
        if let tag = Self.filled(object.language) {
            draft.language = Language(tag: tag)
            if draft.language == nil {
                report.warn(
                    number, "the language “\(tag.prefix(40))” is not known; it is told from the text",
                    mend: "write a tag such as en or zh-Hant")
            }
        }
        draft.read(text: object.text ?? "")
        report.add(draft)
    }

    /// The moment that a text tells; of a number the seconds since 1970, or the milliseconds where it is that large.
    private func moment(_ text: String) -> Date? {
        guard let seconds = Double(text), seconds.isFinite else {
            return InternetTime.read(text) ?? dates.read(text).date
        }
        // Year 5138 in seconds is 1973 in milliseconds.
        let value = abs(seconds) >= 1e11 ? seconds / 1000 : seconds
        return abs(value) < 1e11 ? Date(timeIntervalSince1970: value) : nil
    }

    private static func filled(_ text: String?) -> String? {
        guard let text else { return nil }
        let clean = SourceText.clean(text)
        let isTrimmed = clean.utf8.first != 0x20 && clean.utf8.last != 0x20
        let trimmed = isTrimmed ? clean : clean.trimming(" ")
        return trimmed.isEmpty ? nil : trimmed
    }
}
