import Foundation
import News
import Search
import Storage
import Synchronization

/// Reads changes of articles into steps of both indexes on a thread of its own, and writes their segments on others.
///
/// The text of an article is taken apart once for both. It does not touch the indexes.
final class BatchBuilder: Sendable {
    private let schema: PartedSchema
    private let kept: Mutex<PartedBuilder>
    private let thread = BackgroundThread(named: "index")

    /// A builder for two indexes of a schema.
    init(schema: PartedSchema) {
        self.schema = schema
        kept = Mutex(PartedBuilder(schema: schema))
    }

    /// Whether changes of these rows may be part of the same step as those that have been read.
    func accepts(rows: [Int64]) -> Bool { kept.withLock { $0.accepts(rows) } }

    /// Reads more changes of a step; tells how many places of terms it has now.
    func read(_ changes: [ArticleChange]) async -> Int {
        await thread.run { [self] in
            kept.withLock { builder in
                builder.read(groups: changes.map(\.row)) { place in
                    changes[place].article.map { Self.document(of: $0.article) }
                }
                return builder.occurrenceCount
            }
        }
    }

    /// Ends a step, whose segments are to be written.
    func finish() async -> ReadStep {
        await thread.run { [self] in
            kept.withLock { builder in
                let step = builder.finish()
                if builder.isFull { builder = PartedBuilder(schema: schema) }
                return step
            }
        }
    }

    /// Writes the segments of a step to their places, one beside the other.
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - places: where the segments are kept.
    ///   - isLast: whether nothing is read any more; else it goes before, as only one core can read.
    /// - Returns: what both indexes are given.
    static func write(
        _ step: ReadStep, to places: (parts: SegmentPlace?, whole: SegmentPlace?), isLast: Bool
    ) async -> (parts: BuiltStep, whole: BuiltStep) {
        async let parts = BackgroundThread.run(named: "index", behind: !isLast) {
            step.writeParts(to: places.parts)
        }
        async let whole = BackgroundThread.run(named: "index", behind: !isLast) {
            step.writeWhole(to: places.whole)
        }
        return await (parts, whole)
    }

    private static func document(of article: Article) -> PartedDocument {
        let passages = article.passageTexts()
        let parts = passages.enumerated().map { ordinal, passage -> PartedDocument.Part in
            guard passage.section != .headline else {
                return PartedDocument.Part(ordinal: UInt32(ordinal), field: nil, text: "")
            }
            return PartedDocument.Part(
                ordinal: UInt32(ordinal), field: passage.section.isOpinion ? 2 : 1, text: passage.text)
        }
        return PartedDocument(
            language: article.language, shared: [article.headline, "", "", names(in: article, parts)],
            parts: parts, time: article.publishedAt.map { Int64($0.timeIntervalSince1970) },
            tags: ArticleTag.all(of: article))
    }

    /// The terms of the table of names, a line each; most articles have none.
    private static func names(in article: Article, _ parts: [PartedDocument.Part]) -> String {
        guard
            OtherName.mayBe(in: article.headline[...])
                || parts.contains(where: { OtherName.mayBe(in: $0.text) })
        else { return "" }
        let sections = [1, 2].map { field in
            parts.lazy.filter { $0.field == field }.map(\.text).joined(separator: "\n")
        }
        return NameTable.terms(of: ([article.headline] + sections).joined(separator: "\n"))
            .joined(separator: "\n")
    }
}
