import Foundation
import News
import Search
import Storage
import Synchronization

/// Reads changes of articles into steps of both indexes, one batch after the other, on a thread of its own.
///
/// The text of a batch is taken apart once for both. It does not touch the indexes.
final class BatchBuilder: Sendable {
    private let schema: PartedSchema
    private let kept = Mutex<PartedBuilder?>(nil)

    /// A builder for two indexes of a schema.
    init(schema: PartedSchema) { self.schema = schema }

    /// The steps of a batch.
    func build(_ changes: [ArticleChange]) async -> (parts: BuiltStep, whole: BuiltStep) {
        await BackgroundThread.run(named: "index") { [self] in
            kept.withLock { kept in
                let builder = kept ?? PartedBuilder(schema: schema)
                let steps = builder.build(groups: changes.map(\.row)) { place in
                    changes[place].article.map { Self.document(of: $0.article) }
                }
                kept = builder.isFull ? nil : builder
                return steps
            }
        }
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
        guard OtherName.mayBe(in: article.headline) || parts.contains(where: { OtherName.mayBe(in: $0.text) })
        else { return "" }
        let sections = [1, 2].map { field in
            parts.lazy.filter { $0.field == field }.map(\.text).joined(separator: "\n")
        }
        return NameTable.terms(of: ([article.headline] + sections).joined(separator: "\n"))
            .joined(separator: "\n")
    }
}
