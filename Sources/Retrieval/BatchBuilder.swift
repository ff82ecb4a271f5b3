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
                let steps = builder.build(changes.map(Self.change))
                kept = builder.isFull ? nil : builder
                return steps
            }
        }
    }

    private static func change(_ change: ArticleChange) -> PartedChange {
        guard let stored = change.article else { return .delete(group: change.row) }
        return .replace(group: change.row, with: document(of: stored.article))
    }

    private static func document(of article: Article) -> PartedDocument {
        var fact: [String] = []
        var opinion: [String] = []
        let parts = article.passages().map { passage -> PartedDocument.Part in
            guard passage.section != .headline else {
                return PartedDocument.Part(ordinal: passage.ordinal, field: nil, text: "")
            }
            let text = passage.text
            if passage.section.isOpinion { opinion.append(text) } else { fact.append(text) }
            return PartedDocument.Part(
                ordinal: passage.ordinal, field: passage.section.isOpinion ? 2 : 1, text: text)
        }
        let all = [article.headline, fact.joined(separator: "\n"), opinion.joined(separator: "\n")]
        let names = NameTable.terms(of: all.joined(separator: "\n")).joined(separator: "\n")
        return PartedDocument(
            language: article.language, shared: [article.headline, "", "", names], parts: parts,
            time: article.publishedAt.map { Int64($0.timeIntervalSince1970) },
            tags: ArticleTag.all(of: article))
    }
}
