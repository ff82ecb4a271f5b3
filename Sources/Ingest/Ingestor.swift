public import Foundation
public import Logging
import News
public import Storage

/// Brings files into the archive.
///
/// ```
/// paths ─SourceFiles→ files ─PostParser, MarkdownParser, JSONLinesParser→ articles ─batches→ NewsStore.commit
/// ```
/// One bad file never stops the others: what cannot be read is refused with its line and the mend. Articles are
/// committed in batches, each whole or not at all, so that whatever stops a run, reading the same again completes it; the
/// next is read meanwhile.
/// Large JSON Lines files are read in pieces; posts and Markdown are read whole, up to a bound.
public struct Ingestor: Sendable {
    private let store: NewsStore
    private let logger: Logger

    /// What makes one transaction: so many articles, or as many as have so many bytes of text.
    ///
    /// Each writes the pages of all indexes that it touches, which are most of them.
    private static let batch = (articles: 4096, bytes: 8 << 20)
    /// The first transaction, so that whoever follows begins soon; each of the next may be so many times as large.
    private static let firstBatch = (articles: 64, growth: 2)
    /// The largest post or Markdown file, in bytes: a book is smaller.
    private static let largestFile = 64 << 20
    /// So many pieces of JSON Lines are parsed ahead of the one that is taken.
    private static let piecesAhead = 2

    /// An ingestor into a store.
    public init(store: NewsStore, logger: Logger) {
        (self.store, self.logger) = (store, logger)
    }

    /// Makes the tables that texts are read by, so that the first file need not wait for them; a call may go beside the
    /// opening of the store.
    public static func prepare() async {
        let line = #"{"id":"1","title":"News","text":"Somebody has published an article about another."}"#
        await FileReading.blocking {
            _ = JSONLinesParser(reference: Date(timeIntervalSince1970: 0)).parse(Array(line.utf8), origin: "")
        }
    }

    /// Reads files and folders into the store.
    ///
    /// - Parameters:
    ///   - paths: files and folders; folders are read with all that is in them.
    ///   - asOf: the moment from which dates without a year are told; nil for each file's time of modification.
    ///   - now: the time of the change.
    ///   - progress: told after every file and every piece of a large one; reading goes on when it returns.
    /// - Returns: what became of the articles, and what was wrong.
    /// - Throws: ``StorageError`` when the store fails; `CancellationError` between two batches when cancelled.
    public func ingest(
        paths: [String], asOf: Date?, now: Date, progress: @Sendable (IngestProgress) async -> Void
    ) async throws -> IngestReport {
        let sources = await FileReading.blocking { SourceFiles(paths) }
        var batch = Batch(store: store, now: now)
        batch.note(sources.diagnostics)
        var state = IngestProgress(
            files: 0, totalFiles: sources.files.count, bytes: 0,
            totalBytes: sources.files.reduce(0) { $0 + $1.bytes })
        await progress(state)
        do {
            try await read(sources, &state, asOf: asOf, &batch, progress)
        } catch {
            await batch.abandon()
            throw error
        }
        log(batch.report)
        return batch.report
    }

    private func read(
        _ sources: SourceFiles, _ state: inout IngestProgress, asOf: Date?, _ batch: inout Batch,
        _ progress: (IngestProgress) async -> Void
    ) async throws {
        for file in sources.files {
            try Task.checkCancellation()
            let before = state.bytes
            do {
                try await read(file, reference: asOf ?? file.modified, &batch) { bytes in
                    state.bytes = before + min(bytes, file.bytes)
                    await progress(state)
                }
            } catch let error as FileReading.Failure {
                batch.refuse(
                    file, 1, error.reason, mend: "check that the file still exists, and its permissions")
            }
            state.files += 1
            state.bytes = before + file.bytes
            await progress(state)
        }
        try await batch.finish()
    }

    /// Reads JSON Lines that have been received into the store; the report has a verdict on each of them.
    ///
    /// - Parameters:
    ///   - bytes: one object a line.
    ///   - origin: where they come from, for the diagnostics.
    ///   - now: the time of the change, from which dates without a year are told.
    /// - Returns: what became of the articles, and what was wrong.
    /// - Throws: ``StorageError`` when the store fails.
    public func ingest(jsonLines bytes: [UInt8], origin: String, now: Date) async throws -> IngestReport {
        let parsed = JSONLinesParser(reference: now).report(on: bytes, origin: origin)
        var report = IngestReport()
        report.diagnostics = parsed.diagnostics
        report.verdicts = parsed.diagnostics.filter { $0.severity == .refused }.map {
            IngestReport.Verdict(line: $0.line, id: nil, outcome: .refused)
        }
        report.refused = report.verdicts.count
        for start in stride(from: 0, to: parsed.articles.count, by: Self.batch.articles) {
            let places = start..<min(start + Self.batch.articles, parsed.articles.count)
            let outcomes = try await store.commit(Array(parsed.articles[places]), at: now)
            for (place, outcome) in zip(places, outcomes) {
                report.count(outcome)
                report.verdicts.append(
                    IngestReport.Verdict(
                        line: parsed.lines[place], id: parsed.articles[place].id, outcome: .init(outcome)))
            }
        }
        report.verdicts.sort { $0.line < $1.line }
        log(report)
        return report
    }

    /// Takes a post that a platform has delivered, new or edited, into the store.
    ///
    /// - Returns: what became of it.
    /// - Throws: ``StorageError`` when the store fails.
    public func ingest(_ post: ChannelPost, now: Date) async throws -> IngestReport {
        var batch = Batch(store: store, now: now)
        try await batch.take(post.article(now: now))
        try await batch.finish()
        return batch.report
    }

    // MARK: Files

    private func read(
        _ file: SourceFiles.File, reference: Date, _ batch: inout Batch, _ progress: (Int) async -> Void
    ) async throws {
        guard ![.post, .markdown, .page].contains(file.form) || file.bytes <= Self.largestFile else {
            batch.refuse(file, 1, "the file is larger than 64 MB", mend: "split it, or write it as .jsonl")
            return
        }
        switch file.form {
        case .post:
            let bytes = try await FileReading.whole(file.path)
            try await batch.take(PostParser(reference: reference).parse(bytes, origin: file.path))
        case .markdown:
            let bytes = try await FileReading.whole(file.path)
            try await batch.take(MarkdownParser(reference: reference).parse(bytes, origin: file.path))
        case .json: try await readExport(file, reference: reference, &batch, progress)
        case .wordPress:
            var export = SyndicationFile(origin: file.path)
            var done = 0
            try await FilePieces(path: file.path).forEach { piece in
                try Task.checkCancellation()
                try await batch.take(export.take(piece))
                done += piece.count
                await progress(done)
            }
            try await batch.take(export.finish())
        case .page:
            let bytes = try await FileReading.whole(file.path)
            try await batch.take(PageParser().parse(bytes, origin: file.path))
        case .jsonLines:
            try await readLines(file, JSONLinesParser(reference: reference), &batch, progress)
        }
    }

    /// Reads JSON Lines in pieces, of which the next are parsed while one is taken: no core waits for the disk.
    private func readLines(
        _ file: SourceFiles.File, _ parser: JSONLinesParser, _ batch: inout Batch,
        _ progress: (Int) async -> Void
    ) async throws {
        typealias Piece = (chunk: LineChunks.Chunk, parsed: Task<ParsedFile, Never>)
        var ahead: [Piece] = []
        var done = 0
        func take(_ piece: Piece) async throws {
            try Task.checkCancellation()
            if piece.chunk.isCut {
                batch.refuse(
                    file, piece.chunk.firstLine, "the line is longer than 64 MB",
                    mend: "end each object with a line break")
            }
            try await batch.take(piece.parsed.value)
            done += piece.chunk.bytes.count
            await progress(done)
        }
        do {
            try await LineChunks(path: file.path).forEach { chunk in
                let parsed = Task {
                    await FileReading.blocking {
                        parser.parse(chunk.bytes, origin: file.path, firstLine: chunk.firstLine)
                    }
                }
                ahead.append((chunk, parsed))
                if ahead.count > Self.piecesAhead { try await take(ahead.removeFirst()) }
            }
        } catch let error as FileReading.Failure {
            // What was read before the place that cannot be counts.
            for piece in ahead { try await take(piece) }
            throw error
        }
        for piece in ahead { try await take(piece) }
    }

    /// Reads an export of Telegram, or a day of one of Slack; any other JSON is told and passed over.
    private func readExport(
        _ file: SourceFiles.File, reference: Date, _ batch: inout Batch, _ progress: (Int) async -> Void
    ) async throws {
        var telegram: TelegramExport?
        var slack: SlackExport?
        var done = 0
        let folder = ((file.path as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        let users = SlackExport.isDay(file.path) ? try? await FileReading.whole(folder + "/users.json") : nil
        try await FilePieces(path: file.path).forEach { piece in
            try Task.checkCancellation()
            if done == 0 {
                if TelegramExport.isExport(piece) {
                    telegram = TelegramExport(origin: file.path, reference: reference)
                } else if SlackExport.isDay(file.path) {
                    slack = SlackExport(origin: file.path, users: users, reference: reference)
                } else if !SlackExport.isList(file.path) {
                    batch.note([
                        Diagnostic(
                            origin: file.path, line: 1, severity: .warning,
                            message: "no export of Telegram or Slack",
                            mend: "name JSON Lines .jsonl, or leave the file out")
                    ])
                }
            }
            if let parsed = telegram?.take(piece) ?? slack?.take(piece) { try await batch.take(parsed) }
            done += piece.count
            await progress(done)
        }
        if let parsed = telegram?.finish() { try await batch.take(parsed) }
    }

    private func log(_ report: IngestReport) {
        logger.info(
            "Ingested articles",
            metadata: [
                "ingest.new": "\(report.new)", "ingest.changed": "\(report.changed)",
                "ingest.unchanged": "\(report.unchanged)", "ingest.refused": "\(report.refused)",
            ])
    }

    // MARK: Batches

    /// The articles that wait for their transaction, and the report so far.
    private struct Batch {
        let store: NewsStore
        let now: Date
        private var waiting: [Article] = []
        private var bytes = 0
        private var most = Ingestor.firstBatch.articles
        /// The transaction that goes on.
        private var committing: Task<[CommitOutcome], any Error>?
        private(set) var report = IngestReport()

        init(store: NewsStore, now: Date) { (self.store, self.now) = (store, now) }

        mutating func note(_ diagnostics: [Diagnostic]) { report.note(diagnostics) }

        mutating func refuse(_ file: SourceFiles.File, _ line: Int, _ message: String, mend: String) {
            note([
                Diagnostic(origin: file.path, line: line, severity: .refused, message: message, mend: mend)
            ])
        }

        mutating func take(_ parsed: ParsedFile) async throws {
            note(parsed.diagnostics)
            if waiting.isEmpty { waiting.reserveCapacity(most) }
            for article in parsed.articles {
                waiting.append(article)
                bytes += article.body.reduce(0) { $0 + $1.utf8.count }
                guard waiting.count >= most || bytes >= Ingestor.batch.bytes else {
                    continue
                }
                try await flush()
                try Task.checkCancellation()
            }
        }

        /// Commits what waits, and waits until it is.
        mutating func finish() async throws {
            try await flush()
            try await settle()
        }

        /// Begins to commit what waits, once what was begun before is committed.
        private mutating func flush() async throws {
            try await settle()
            guard !waiting.isEmpty else { return }
            let (articles, store, now) = (waiting, store, now)
            most = min(most * Ingestor.firstBatch.growth, Ingestor.batch.articles)
            (waiting, bytes) = ([], 0)
            committing = Task { try await store.commit(articles, at: now) }
        }

        /// Commits nothing more, and waits until what was begun is done with.
        mutating func abandon() async {
            _ = await committing?.result
            committing = nil
        }

        private mutating func settle() async throws {
            guard let outcomes = try await committing?.value else { return }
            committing = nil
            for outcome in outcomes { report.count(outcome) }
        }
    }
}
