import Answering
import ArgumentParser
import Evaluation
import Foundation
import News
import Retrieval
import Storage
import Text

/// `newsdesk eval`: measures the archive with question sets.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Measure retrieval and answers with question sets.",
        subcommands: [Run.self, Features.self, Speed.self, Soak.self])
}

extension EvalCommand {
    /// `newsdesk eval run`: what is found and answered for every question of a set.
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Ask every question of a set and write what was found.",
            discussion: """
                Questions come as JSON Lines, {"id", "query"}. Each gives one line: {"id", "passages", "articles", \
                "status", "answer", "score", "took_ms"}, passages and articles best first.
                """)

        @Option(help: ArgumentHelp("The questions.", valueName: "file"))
        var queries: String

        @Option(help: ArgumentHelp("Where to write what was found.", valueName: "file"))
        var out: String

        @Option(help: ArgumentHelp("How many passages and articles, 1 to 100.", valueName: "count"))
        var top = 10

        @Flag(help: "Leave the answers out and measure retrieval alone.")
        var retrievalOnly = false

        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (1...100).contains(top) else {
                throw ValidationError("--top is \(top): write a number from 1 to 100")
            }
        }

        mutating func run() async throws {
            let entries = try BatchCommand.parsed(queries, by: QuestionFile.parse)
            let settings = try common.settings()
            let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
            await newsroom.answerer.warmUp()
            let archive = newsroom.index.archive
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var lines = Data()
            var times: [Double] = []
            var audit = CitationAudit()
            for entry in entries {
                let start = ContinuousClock.now
                let detected = LanguageDetector.detect(entry.query)
                let question = archive.read(
                    entry.query, language: detected == .undetermined ? .english : detected,
                    now: newsroom.now())
                let findings = try await archive.findings(
                    for: question, limit: top, now: newsroom.now())
                let evidence = findings.evidence
                let windows = EvidenceWindow.best(of: evidence, limit: top)
                let took = (ContinuousClock.now - start) / .milliseconds(1)
                times.append(took)
                var line = Line(
                    id: entry.id, passages: windows.map(\.text),
                    articles: evidence.map(\.article.article.id), score: findings.confidence, took: took)
                if !retrievalOnly {
                    if Answerer.isQuestion(entry.query) {
                        let answer = try await newsroom.answerer.answer(Inquiry(question: entry.query)).answer
                        line.status = answer.status.rawValue
                        line.answer = answer.text
                        line.score = answer.confidence
                        var cited: [String: Article] = [:]
                        for id in answer.citations.map(\.articleID) {
                            cited[id] = try await newsroom.store.article(id: id)?.article
                        }
                        audit.add(answer, name: entry.id, articles: cited)
                    } else {
                        // A set may hold one without words; it has no answer.
                        line.status = Answer.Status.notFound.rawValue
                        line.score = 0
                    }
                }
                lines += try encoder.encode(line) + Data("\n".utf8)
            }
            await newsroom.close()
            do { try lines.write(to: URL(fileURLWithPath: out), options: .atomic) } catch {
                throw ValidationError("--out: cannot write \(out): \(error.localizedDescription)")
            }
            times.sort()
            let middle = times[times.count / 2]
            let late = times[min(times.count - 1, times.count * 99 / 100)]
            Terminal.result(
                "\(entries.count) questions, \(archive.passageCount) passages; retrieval p50 "
                    + String(format: "%.2f ms, p99 %.2f ms", middle, late))
            guard !retrievalOnly else { return }
            for fault in audit.faults { Terminal.remark(fault) }
            Terminal.result("\(audit.citations) citations, \(audit.faults.count) at fault")
            if !audit.faults.isEmpty { throw ExitCode(1) }
        }

        private struct Line: Encodable {
            var id: String
            var passages: [String]
            var articles: [String]
            var status: String?
            var answer: String?
            var score: Double?
            var took: Double

            enum CodingKeys: String, CodingKey {
                case id, passages, articles, status, answer, score
                case took = "took_ms"
            }
        }
    }
}

extension EvalCommand {
    /// `newsdesk eval features`: what every candidate for every question of a set was measured to be.
    struct Features: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "features", abstract: "Write the features that candidates are ranked by.",
            discussion: """
                Questions come as JSON Lines, {"id", "query"}. Each gives one line: {"id", "signals", "candidates": \
                [{"article", "passage", "text", "features"}], "sentences": [{"article", "text", "features"}], "relation"}. \
                Weights are learnt from it.
                """)

        @Option(help: ArgumentHelp("The questions.", valueName: "file"))
        var queries: String

        @Option(help: ArgumentHelp("Where to write the features.", valueName: "file"))
        var out: String

        @Option(help: ArgumentHelp("How many articles, 1 to 100.", valueName: "count"))
        var top = 40

        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let entries = try BatchCommand.parsed(queries, by: QuestionFile.parse)
            let settings = try common.settings()
            let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
            let archive = newsroom.index.archive
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var lines = Data()
            for entry in entries {
                let detected = LanguageDetector.detect(entry.query)
                let question = archive.read(
                    entry.query, language: detected == .undetermined ? .english : detected,
                    now: newsroom.now())
                let findings = try await archive.findings(for: question, limit: top, now: newsroom.now())
                let isQuestion = Answerer.isQuestion(entry.query)
                let relation =
                    isQuestion
                    ? try await newsroom.answerer.answer(Inquiry(question: entry.query)).why.relation : []
                let sentences =
                    isQuestion
                    ? try await newsroom.answerer.candidates(for: entry.query, limit: 60) : []
                let line = Line(
                    id: entry.id, signals: Self.values(findings.signals),
                    candidates: findings.evidence.flatMap { item in
                        item.passages.map { passage in
                            Candidate(
                                article: item.article.article.id, passage: passage.ordinal,
                                text: item.article.passages.first { $0.ordinal == passage.ordinal }?.text
                                    ?? "",
                                features: Self.values(passage.features))
                        }
                    },
                    relation: Self.values(relation),
                    sentences: sentences.map {
                        Sentence(article: $0.article, text: $0.sentence, features: Self.values($0.features))
                    })
                lines += try encoder.encode(line) + Data("\n".utf8)
            }
            await newsroom.close()
            do { try lines.write(to: URL(fileURLWithPath: out), options: .atomic) } catch {
                throw ValidationError("--out: cannot write \(out): \(error.localizedDescription)")
            }
            Terminal.result("\(entries.count) questions")
        }

        private static func values(_ features: [Evidence.Feature]) -> [String: Double] {
            Dictionary(features.map { ($0.name, $0.value) }) { $1 }
        }

        private struct Line: Encodable {
            var id: String
            var signals: [String: Double]
            var candidates: [Candidate]
            var relation: [String: Double]
            var sentences: [Sentence]
        }

        private struct Sentence: Encodable {
            var article: String
            var text: String
            var features: [String: Double]
        }

        private struct Candidate: Encodable {
            var article: String
            var passage: UInt32
            var text: String
            var features: [String: Double]
        }
    }
}
