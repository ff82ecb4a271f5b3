import ArgumentParser
import Evaluation
import Foundation
import News
import Storage

/// `newsdesk feedback`: what readers thought of the answers.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "What readers thought of the answers.",
        subcommands: [List.self, Export.self])

    /// Which answers are wanted.
    struct Wanted: ParsableArguments {
        @Option(
            help: ArgumentHelp("Only those that were judged good, or bad.", valueName: "verdict"),
            transform: { text in
                guard let verdict = Feedback.Verdict(rawValue: text) else {
                    throw ValidationError("“\(text)” is no verdict: write good or bad")
                }
                return verdict
            })
        var only: Feedback.Verdict?
    }

    /// `newsdesk feedback list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The answers that readers judged, oldest first.")

        @OptionGroup var wanted: Wanted
        @OptionGroup var common: CommonOptions

        mutating func run() async throws {
            let wanted = wanted.only
            try await common.withNewsroom { newsroom in
                let rated = try await newsroom.store.ratedTurns(wanted)
                for rated in rated {
                    guard let turn = rated.turns.last else { continue }
                    let sign = rated.feedback.verdict == .good ? "👍" : "👎"
                    Terminal.result(
                        "\(sign) \(turn.askedAt.formatted(.iso8601))  “\(Terminal.clean(turn.question))”")
                    Terminal.result("   \(Terminal.clean(turn.answer))")
                    if let remark = rated.feedback.remark {
                        Terminal.result("   – \(Terminal.clean(remark))")
                    }
                }
                if rated.isEmpty { Terminal.remark("newsdesk: no answer was judged yet") }
            }
        }
    }

    /// `newsdesk feedback export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write what readers judged as a batch file, for newsdesk batch.",
            discussion: """
                A praised answer is expected to cite the same articles again, a blamed one to become another; \
                turns before it that it may lean on come along.
                """)

        @Option(help: ArgumentHelp("How many turns before each come along, 0 to 20.", valueName: "count"))
        var context = 3
        @Option(help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
        var out: String?
        @OptionGroup var wanted: Wanted
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard (0...20).contains(context) else {
                throw ValidationError("--context is \(context): write a number from 0 to 20")
            }
        }

        mutating func run() async throws {
            let (wanted, context, out) = (wanted.only, context, out)
            try await common.withNewsroom { newsroom in
                let rated = try await newsroom.store.ratedTurns(wanted, context: context)
                let text = try BatchFile.text(of: rated)
                guard !text.isEmpty else {
                    Terminal.remark("newsdesk: no answer was judged yet; nothing is written")
                    return
                }
                guard let out else { return Terminal.result(text) }
                do {
                    try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
                } catch {
                    throw ValidationError("--out: cannot write \(out): \(error.localizedDescription)")
                }
            }
        }
    }
}

/// `newsdesk why`: how an answer that was given came about.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "How an answer that was given came about.",
        discussion: "Its number is “turn” in the JSON of the answer.")

    @Argument(help: "The number of the turn.")
    var turn: Int64
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let number = turn
        try await common.withNewsroom { newsroom in
            guard let (_, turn, account) = try await newsroom.store.turn(number: number) else {
                throw ValidationError("no answer has the number \(number)")
            }
            Terminal.result("asked: \(Terminal.clean(turn.question)), \(turn.askedAt.formatted(.iso8601))")
            Terminal.result("answered: \(Terminal.clean(turn.answer))")
            for line in account { Terminal.result(Terminal.clean(line)) }
        }
    }
}
