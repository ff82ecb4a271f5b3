import ArgumentParser
import Evaluation
import Foundation

extension EvalCommand {
    /// `newsdesk eval soak`: an index that is changed until it is stopped, and the look at what was left.
    struct Soak: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "soak", abstract: "Change an index until stopped, or check what was left.",
            discussion: """
                Writes the number of each step that is committed. With --check it ends with 1 when the index is not what \
                it was after a step, at least the given one. deploy/soak.sh stops it at random moments.
                """)

        @Option(help: ArgumentHelp("The folder of the index; it is the soak's own.", valueName: "dir"))
        var index: String

        @Option(help: ArgumentHelp("Check instead; this step was committed.", valueName: "step"))
        var check: Int64?

        @Option(help: ArgumentHelp("How many steps.", valueName: "count"))
        var steps = 1_000_000

        mutating func run() throws {
            if let check {
                let (step, problem) = try IndexSoak.check(index, least: check)
                if let problem {
                    Terminal.remark("after step \(step): \(problem)")
                    throw ExitCode(1)
                }
                Terminal.result("\(step)")
            } else {
                try IndexSoak.run(index, steps: steps) { Terminal.result("\($0)") }
            }
        }
    }
}
