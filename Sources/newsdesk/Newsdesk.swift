import ArgumentParser
// For its malloc alone: answers and imports are made of many small pieces.
import CAllocator
@preconcurrency import Glibc
import Text

/// The program: a root that explains itself, and a command for each thing to do.
struct Newsdesk: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "newsdesk",
        abstract: "Answers questions about a news channel's articles, with citations.",
        version: version,
        subcommands: [
            IngestCommand.self, FeedCommand.self, ArticleCommand.self, AskCommand.self, ChatCommand.self,
            SearchCommand.self,
            ServeCommand.self,
            FeedbackCommand.self, WhyCommand.self, BatchCommand.self, EvalCommand.self, IndexCommand.self,
            ProvidersCommand.self, SubprocessorsCommand.self, DoctorCommand.self,
        ])

    /// What the program says when it is called without a word; at most twenty lines.
    static let overview = """
        Newsdesk answers questions about a news channel's articles, with citations.

        Begin:
          newsdesk ingest PATH…      read posts, Markdown or JSON Lines into the archive
          newsdesk ask "QUESTION"    one question, one answer
          newsdesk chat              a conversation at the terminal

        And then:
          newsdesk feed add URL      follow a feed; serve reads it whenever it is due
          newsdesk serve             answer over HTTP and webhooks, with a page to try at /
          newsdesk search "WORDS"    the passages that match
          newsdesk batch FILE        check answers against what is expected of them
          newsdesk doctor            what works here, what does not, and how to mend it

        Every command explains itself with --help. Settings come from the command line, NEWSDESK_…
        variables and newsdesk.yaml.
        """

    func run() async throws { Terminal.result(Self.overview) }
}

@main
private enum Program {
    /// About as much as an import of any size takes; what is not used is never there.
    private static let heap = 256 << 20

    /// Runs a command; 0 done, 1 failed, 2 called in a wrong way, or what the command says.
    static func main() async {
        // A reader or peer that goes away is an error of one write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        LargeMemory.prepareHeap(bytes: heap)
        do {
            var command = try Newsdesk.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            switch Newsdesk.exitCode(for: error) {
            case .success: Newsdesk.exit(withError: error)
            case .validationFailure:
                Terminal.remark(Newsdesk.fullMessage(for: error))
                exit(2)
            default:
                Terminal.remark("newsdesk: \(error)")
                exit(1)
            }
        }
    }
}
