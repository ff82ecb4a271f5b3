import ArgumentParser
import Foundation
import News
import Retrieval
import Search

/// `newsdesk search`: the passages that match some words.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find the passages that match some words.")

    @Argument(help: "What to look for.")
    var words: String

    @Option(help: ArgumentHelp("How many passages, 1 to 100.", valueName: "count"))
    var top = 10

    @Flag(help: "Show how each score is made up.")
    var explain = false

    @Flag(help: "Write JSON, as GET /v1/search does.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...100).contains(top) else {
            throw ValidationError("--top is \(top): write a number from 1 to 100")
        }
    }

    mutating func run() async throws {
        let settings = try common.settings()
        let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
        let start = ContinuousClock.now
        let hits = try await newsroom.index.archive.search(
            words, limit: top, explain: explain, now: newsroom.now())
        let document = SearchDocument(query: words, hits: hits, took: ContinuousClock.now - start)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            Terminal.result(String(decoding: try encoder.encode(document), as: UTF8.self))
        } else {
            for hit in hits { show(hit) }
        }
        await newsroom.close()
        if hits.isEmpty {
            Terminal.remark("nothing matches")
            throw ExitCode(3)
        }
    }

    private func show(_ hit: PassageHit) {
        let article = hit.article.article
        let date = article.publishedAt.map { ", \(DateText.day($0, language: article.language))" } ?? ""
        Terminal.result(
            "\(short(hit.score))  " + Terminal.styled(Terminal.clean(article.headline), .bold)
                + Terminal.styled(
                    " — \(Terminal.clean(article.source))\(date), \(hit.passage.section.name)", .dim))
        Terminal.result("        " + highlighted(hit))
        for part in hit.explanation?.parts ?? [] {
            Terminal.result(
                Terminal.styled(
                    "        \(short(part.score))  \(Terminal.clean(part.term)) in \(part.field): tf \(part.frequency), "
                        + "length \(part.length) (average \(short(part.averageLength))), idf \(short(part.idf)), "
                        + "weight \(short(part.weight))", .dim))
        }
    }

    private func highlighted(_ hit: PassageHit) -> String {
        var text = ""
        var at = hit.snippet.startIndex
        for range in hit.highlights.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= at
        {
            text += Terminal.clean(String(hit.snippet[at..<range.lowerBound]))
            text += Terminal.styled(Terminal.clean(String(hit.snippet[range])), .yellow)
            at = range.upperBound
        }
        return text + Terminal.clean(String(hit.snippet[at...]))
    }

    private func short(_ value: Float) -> String { String(format: "%6.3f", Double(value)) }
}
