import ArgumentParser
import Foundation
import Logging
import Retrieval
import Search
import Storage
import Text
import Transport

/// `newsdesk index`: looks after the index, which follows the archive by itself.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Look into the index, check it, fill it, or build it again.",
        subcommands: [Stats.self, Check.self, Embed.self, Rebuild.self, Terms.self])

    /// An archive with its index.
    fileprivate struct Opened {
        var store: NewsStore
        var index: NewsIndex
        var vectors: PassageVectors?
        var transport: any HTTPTransport
    }

    /// The archive of the settings and its index, as it lies in its folder and without what came since.
    fileprivate static func open(_ common: CommonOptions, tidies: Bool = true) throws -> Opened {
        let settings = try common.settings()
        let logger = Log.make(settings)
        let store = try NewsStore(path: settings.storePath)
        let transport = defaultTransport(logger: logger)
        let vectors = PassageVectors.following(store, settings, transport: transport, logger: logger)
        let index = NewsIndex(
            store: store, folder: settings.indexFolder, vectors: vectors, tidies: tidies, logger: logger)
        return Opened(store: store, index: index, vectors: vectors, transport: transport)
    }
}

extension IndexCommand {
    /// `newsdesk index stats`: what the index is made of.
    struct Stats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stats", abstract: "Show what the index is made of.")

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let opened = try IndexCommand.open(common, tidies: false)
            let index = opened.index
            try await index.refresh()
            let segments = index.archive.segments
            for (name, parts) in [("passages", segments.passages), ("articles", segments.articles)] {
                let documents = parts.reduce(0) { $0 + $1.documents - $1.deleted }
                let deleted = parts.reduce(0) { $0 + $1.deleted }
                let bytes = parts.reduce(0) { $0 + $1.bytes }
                Terminal.result(
                    "\(name): \(documents) documents (\(deleted) deleted) in \(parts.count) "
                        + "segment\(parts.count == 1 ? "" : "s"), "
                        + String(format: "%.1f MB", Double(bytes) / 1_000_000))
                for part in parts {
                    Terminal.result(
                        "  \(part.documents) documents, \(part.deleted) deleted, \(part.terms) terms, \(part.bytes) bytes"
                    )
                }
            }
            if let searcher = opened.vectors?.searcher {
                let (all, listed) = searcher.segmentCount
                Terminal.result(
                    "vectors: \(searcher.count) of \(index.archive.passageCount) passages in \(all) "
                        + "segment\(all == 1 ? "" : "s"), \(listed) of them searched by lists, "
                        + String(format: "%.1f MB", Double(searcher.bytes) / 1_000_000))
            }
        }
    }

    /// `newsdesk index check`: whether the index holds what the archive holds.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Compare the index with the archive, byte and count.",
            discussion:
                "Damaged files are found by their checksums and built again. Ends with 1 when something is amiss."
        )

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let opened = try IndexCommand.open(common)
            let (store, index) = (opened.store, opened.index)
            let kept = index.cursor
            if let vectors = opened.vectors, await !vectors.verify() {
                Terminal.remark(
                    "the vectors were damaged and have been taken away: newsdesk index embed makes them anew")
            }
            if try await !index.verify() { Terminal.remark("the index was damaged and has been built again") }
            try await index.refresh()
            let stored = try await store.count()
            let found = index.archive.articleCount
            guard stored == found else {
                Terminal.remark(
                    "the archive holds \(stored) articles and the index \(found): run newsdesk index rebuild")
                throw ExitCode(1)
            }
            let last = try await store.lastSequence()
            Terminal.result(
                "\(found) articles, \(index.archive.passageCount) passages, checksums right; "
                    + (kept == last ? "up to date" : "caught up from change \(kept) to \(last)"))
        }
    }

    /// `newsdesk index embed`: makes the vectors that are missing, instead of the server in the background.
    struct Embed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "embed", abstract: "Make the vectors that are missing.",
            discussion:
                "Needs embeddings.base_url. Can be stopped at any time, and goes on where it was. Ends with 1 when "
                + "some are still missing."
        )

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let opened = try IndexCommand.open(common)
            guard let vectors = opened.vectors else {
                throw ValidationError(
                    "no endpoint makes vectors: set embeddings.base_url and embeddings.model")
            }
            try await opened.index.refresh()
            let start = ContinuousClock.now
            let before = vectors.searcher.count
            let progress = try await vectors.fill()
            await opened.transport.shutdown(grace: .zero)
            let took = (ContinuousClock.now - start) / .seconds(1)
            Terminal.result(
                "\(vectors.searcher.count) vectors for \(opened.index.archive.passageCount) passages, "
                    + "\(vectors.searcher.count - before) of them new, in " + String(format: "%.1f s", took))
            switch progress {
            case .done: return
            case .stopped: Terminal.remark("stopped: run it again to go on")
            case .elsewhere: Terminal.remark("another program, such as newsdesk serve, makes the vectors")
            case .unavailable(let reason): Terminal.remark("\(reason): run it again to go on")
            }
            throw ExitCode(1)
        }
    }
}

extension IndexCommand {
    /// `newsdesk index rebuild`: the index from the archive alone.
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild", abstract: "Build the index again from the archive.")

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let index = try IndexCommand.open(common).index
            guard await index.isKept else {
                Terminal.remark("another program keeps this index: stop it, then run this again")
                throw ExitCode(1)
            }
            let start = ContinuousClock.now
            try await index.rebuild()
            let took = (ContinuousClock.now - start) / .seconds(1)
            Terminal.result(
                "\(index.archive.articleCount) articles, \(index.archive.passageCount) passages in "
                    + String(format: "%.1f s", took))
        }
    }

    /// `newsdesk index terms`: what text becomes in the index.
    struct Terms: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "terms",
            abstract: "Show the terms that text on standard input becomes, line by line.")

        @Option(help: "The language of the text as a tag such as de; what it looks like where none is given.")
        var language: String?

        func validate() throws {
            guard let language, Language(tag: language) == nil else { return }
            throw ValidationError("--language is \(language): write a tag such as en, de or zh-Hant")
        }

        mutating func run() throws {
            let declared = language.flatMap { Language(tag: $0) }
            while let line = readLine() {
                let analyzer = TextAnalyzer(declared ?? LanguageDetector.detect(line))
                Terminal.result(analyzer.terms(in: line).joined(separator: " "))
            }
        }
    }
}
