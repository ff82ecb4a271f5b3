import ArgumentParser
import Foundation
import Ingest
import Retrieval

/// `newsdesk ingest`: files and folders into the archive.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Read posts, Markdown or JSON Lines into the archive.",
        discussion: """
            Folders are read with all that is in them: .txt posts as a chat client shows them, .md with front matter, \
            .jsonl. Reading the same again changes nothing; a changed file makes a new version of its article.
            """)

    @Argument(help: "Files and folders.")
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "The day from which dates without a year are told; otherwise each file's own.", valueName: "date")
    )
    var asOf: String?

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let settings = try common.settings()
        var reference: Date?
        if let asOf {
            guard let date = Self.date(asOf) else {
                throw ValidationError("--as-of “\(asOf)” is not a date: write 2025-07-18")
            }
            reference = date
        }
        let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
        let bar = ProgressBar()
        let report = try await newsroom.ingestor.ingest(
            paths: paths, asOf: reference, now: newsroom.now(), progress: bar.show)
        bar.clear()
        try await newsroom.index.refresh()
        for diagnostic in report.diagnostics { Terminal.remark("\(diagnostic)") }
        Terminal.result(
            "\(report.new) new, \(report.changed) changed, \(report.unchanged) unchanged, \(report.refused) refused"
        )
        await newsroom.close()
        if report.refused > 0 { throw ExitCode(1) }
    }

    /// The end of a day such as 2025-07-18, or a moment with its time.
    private static func date(_ text: String) -> Date? {
        if let moment = try? Date.ISO8601FormatStyle().parse(text) { return moment }
        guard let day = try? Date.ISO8601FormatStyle().year().month().day().parse(text) else { return nil }
        // The whole day is meant: a post of that evening does not lie after it.
        return day.addingTimeInterval(86_399)
    }
}
