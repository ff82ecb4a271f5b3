import ArgumentParser
import Evaluation
import Foundation

/// `newsdesk batch`: questions with expectations, as tests guard code.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Check answers against what is expected of them.",
        discussion: "Ends with 0 when all is as expected, 1 when something is not, 2 when the file is bad.")

    @Argument(help: "A YAML or JSON Lines file of dialogues.")
    var file: String

    @Option(help: ArgumentHelp("Write a JUnit report to this file.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("How many dialogues run side by side.", valueName: "count"))
    var jobs = 1

    @OptionGroup var server: ServerOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...64).contains(jobs) else {
            throw ValidationError("--jobs is \(jobs): write a number from 1 to 64")
        }
    }

    /// What a file of questions holds; one that is bad ends the program with 2 and its line.
    static func parsed<Content>(
        _ file: String, by parse: (_ text: String, _ name: String) throws(BatchError) -> Content
    ) throws -> Content {
        do throws(BatchError) {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw BatchError(file: file, line: 1, "cannot be read: is the path right?")
            }
            return try parse(String(decoding: bytes, as: UTF8.self), file)
        } catch {
            Terminal.remark("\(error)")
            throw ExitCode(2)
        }
    }

    mutating func run() async throws {
        let dialogues = try Self.parsed(file, by: BatchFile.parse)
        let settings = try common.settings()
        let (file, jobs) = (file, jobs)
        let report = try await server.withDesk(settings) { desk in
            let runner = BatchRunner(source: desk, jobs: jobs, run: UUID().uuidString.lowercased())
            return await runner.report(on: dialogues) { result in
                let text = BatchReport.text(of: result, file: file)
                if !text.isEmpty { Terminal.result(text) }
            }
        }
        Terminal.result(report.summary)
        if let junit {
            do {
                try Data(report.junit(name: file).utf8).write(
                    to: URL(fileURLWithPath: junit), options: .atomic)
            } catch {
                throw ValidationError("--junit: cannot write \(junit): \(error.localizedDescription)")
            }
        }
        if report.failed > 0 { throw ExitCode(1) }
    }
}
