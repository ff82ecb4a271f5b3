import ArgumentParser
import Foundation
import Ingest
import Retrieval
import Storage
import Transport

/// `newsdesk ingest`: files and folders into the archive.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read posts, Markdown, JSON Lines, pages or exports into the archive.",
        discussion: """
            Folders are read with all that is in them: .txt posts as a chat client shows them, .md with front matter, \
            .jsonl, .html pages, .json exports of Telegram or Slack, .xml exports of WordPress or feeds. - reads JSON \
            Lines from standard input. Reading the same again changes nothing; a changed file makes a new version of its article.
            """)

    @Argument(help: "Files and folders; - for JSON Lines on standard input.")
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
        let logger = Log.make(settings)
        async let prepared: Void = Ingestor.prepare()
        let (store, _, index) = try await Newsroom.openArchive(
            settings, transport: defaultTransport(logger: logger), logger: logger)
        await prepared
        let ingestor = Ingestor(store: store, logger: logger)
        let bar = ProgressBar()
        let paths = paths
        let report = try await index.following { [reference] committed in
            let report = try await store.importing {
                try await ingestor.ingest(paths: paths, asOf: reference, now: Date()) { progress in
                    bar.show(progress)
                    await committed()
                }
            }
            bar.clear()
            return report
        }
        for line in Self.remarks(on: report) { Terminal.remark(line) }
        Terminal.result(
            "\(report.new) new, \(report.changed) changed, \(report.unchanged) unchanged, \(report.refused) refused"
        )
        // Otherwise every question would search ever more small segments; large ones are left to a server.
        await index.settle()
        await index.close()
        if report.refused > 0 { throw ExitCode(1) }
    }

    /// Every refusal that is kept, and each sort of warning three times at most: a large archive has the same slip on
    /// every line.
    static func remarks(on report: IngestReport) -> [String] {
        let shown = 3
        var counts = report.furtherDiagnostics
        var warnings: [String: Int] = [:]
        var lines: [String] = []
        for diagnostic in report.diagnostics {
            if diagnostic.severity == .warning {
                warnings[diagnostic.mend, default: 0] += 1
                guard warnings[diagnostic.mend, default: 0] <= shown else {
                    counts[diagnostic.mend, default: 0] += 1
                    continue
                }
            }
            lines.append("\(diagnostic)")
        }
        return lines
            + counts.sorted { $0.key < $1.key }.map { "and \($0.value) more of the sort “\($0.key)”" }
    }

    /// The end of a day such as 2025-07-18, or a moment with its time.
    private static func date(_ text: String) -> Date? {
        if let moment = try? Date.ISO8601FormatStyle().parse(text) { return moment }
        guard let day = try? Date.ISO8601FormatStyle().year().month().day().parse(text) else { return nil }
        // The whole day is meant: a post of that evening does not lie after it.
        return day.addingTimeInterval(86_399)
    }
}
