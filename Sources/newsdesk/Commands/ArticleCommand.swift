import ArgumentParser
import Foundation
import News
import Retrieval
import Storage
import Text

/// `newsdesk article`: what the archive holds of one article, and what follows from its changes.
struct ArticleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "article", abstract: "Look at an article and its versions, or take it back.",
        subcommands: [Show.self, Retract.self, Impact.self])

    /// An id that the archive does not know.
    struct Unknown: Error, CustomStringConvertible {
        var id: String
        var description: String { "no article has the id “\(id)”: newsdesk search \"WORDS\" shows ids" }
    }

    /// `newsdesk article show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "What an article says, or has said.")

        @Argument(help: "The article's id.")
        var id: String
        @Flag(help: "Show every version, and what changed from each to the next.")
        var history = false
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let (id, history) = (id, history)
            try await common.withNewsroom { newsroom in
                let versions = try await newsroom.store.versions(id: id)
                guard let newest = versions.last else { throw Unknown(id: id) }
                let isRetracted = try await newsroom.store.article(id: id) == nil
                if history {
                    for line in Self.history(versions) { Terminal.result(line) }
                } else {
                    for line in Self.head(newest.article) + [""] + newest.article.lines {
                        Terminal.result(line)
                    }
                }
                if isRetracted { Terminal.result("(taken back: it is in no answer any more)") }
            }
        }

        /// The versions in order, each with the lines that it took away and added.
        static func history(_ versions: [ArticleVersion]) -> [String] {
            var lines: [String] = []
            var before: [String] = []
            for version in versions {
                let now = head(version.article) + version.article.lines
                lines.append("version \(version.version), since \(version.since.formatted(.iso8601))")
                let difference = now.difference(from: before)
                for case .remove(_, let line, _) in difference.removals { lines.append("  - \(line)") }
                for case .insert(_, let line, _) in difference.insertions { lines.append("  + \(line)") }
                before = now
            }
            return lines
        }

        private static func head(_ article: Article) -> [String] {
            let date = article.publishedAt.map { $0.formatted(.iso8601) }
            return [
                "source: \(article.source)", article.author.map { "author: \($0)" },
                date.map { "published: \($0)" },
                article.url.map { "url: \($0)" }, "language: \(article.language.rawValue)",
            ].compactMap(\.self)
        }
    }

    /// `newsdesk article retract`.
    struct Retract: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retract",
            abstract: "Take an article back: it leaves the answers at once, and stays on record.")

        @Argument(help: "The article's id.")
        var id: String
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let id = id
            try await common.withNewsroom { newsroom in
                guard try await newsroom.store.delete(id: id, at: newsroom.now()) else {
                    throw Unknown(id: id)
                }
                try await newsroom.index.refresh()
                let count = try await newsroom.store.turns(citing: id).count
                Terminal.result("taken back; \(count) answers cite it (newsdesk article impact \(id))")
            }
        }
    }

    /// `newsdesk article impact`.
    struct Impact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "impact",
            abstract: "The answers that cite an article which has changed since, or was taken back.")

        @Argument(help: "The article's id.")
        var id: String
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let id = id
            try await common.withNewsroom { newsroom in
                let versions = try await newsroom.store.versions(id: id)
                guard !versions.isEmpty else { throw Unknown(id: id) }
                let isRetracted = try await newsroom.store.article(id: id) == nil
                let texts = versions.map { AnswerImpact.ArticleText($0.article, since: $0.since) }
                var count = 0
                for (conversation, turn) in try await newsroom.store.turns(citing: id) {
                    guard
                        let impact = AnswerImpact.on(
                            answer: turn.answer, askedAt: turn.askedAt, versions: texts,
                            isRetracted: isRetracted)
                    else { continue }
                    count += 1
                    Terminal.result(
                        "\(turn.askedAt.formatted(.iso8601))  \(conversation)  “\(turn.question)”")
                    for line in Self.lines(impact) { Terminal.result("  \(line)") }
                }
                if count == 0 {
                    Terminal.remark("newsdesk: no answer that was given leans on what has changed")
                }
            }
        }

        private static func lines(_ impact: AnswerImpact) -> [String] {
            switch impact {
            case .retracted: ["its source was taken back"]
            case .changed(let sentences): sentences.map { "no longer in the article: \($0)" }
            case .unclear: ["the article has changed; whether in what the answer says, a person must tell"]
            }
        }
    }
}
