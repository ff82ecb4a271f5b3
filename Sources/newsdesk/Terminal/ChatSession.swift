import Answering
import Foundation
import News
import Text

/// A conversation at a terminal.
struct ChatSession {
    private static let help = """
        Ask in plain words; a follow-up such as "and in Chinese?" leans on what was asked before.
          /latest [topic]  the newest headlines, on a topic or at all
          /sources         the sources of the last answer, with the words that carry it
          /why             how the last answer came about
          /good, /bad [why]  tell the editors what you think of the last answer
          /reset           begin a new conversation
          /forget          the same, and take away what is kept of this one
          /help            this list
          /quit            leave (so does Ctrl-D; Ctrl-C drops the line)
        """
    private static let commands = [
        "/help", "/latest", "/sources", "/why", "/good", "/bad", "/reset", "/forget", "/quit",
    ]

    private let desk: any Desk
    private let prompts: PromptLibrary
    private let lines: LineReader
    private var conversation = ChatSession.newConversation()
    private var last: AnswerDocument?
    private var language: Language

    /// A conversation with a desk; `language` is that of remarks before the first question.
    init(desk: any Desk, prompts: PromptLibrary, lines: LineReader, language: Language) {
        self.desk = desk
        self.prompts = prompts
        self.lines = lines
        self.language = language
    }

    /// Talks until the person leaves.
    mutating func run(greeting: String) async {
        if Terminal.isInteractive { Terminal.result(greeting + " /help lists what else there is.") }
        while true {
            switch await lines.next(prompt: "> ") {
            case .end:
                if Terminal.isInteractive { Terminal.result("") }
                return
            case .interrupted: continue
            case .text(let text):
                let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
                if line == "/quit" || line == "/exit" { return }
                if line.isEmpty { continue }
                do {
                    if line.hasPrefix("/") { try await obey(line) } else { try await ask(line) }
                } catch {
                    Terminal.remark("\(error)")
                }
            }
        }
    }

    private mutating func ask(_ question: String) async throws {
        // A model takes its time; the extract is there to read meanwhile.
        let draft = Draft()
        let document = try await desk.ask(
            Inquiry(question: question, conversation: conversation), explained: true,
            draft: { answer in
                await draft.set(answer.text)
                Terminal.result(Terminal.styled(Terminal.clean(answer.text), .dim))
            })
        last = document
        guard let answer = document.content else { throw DeskError.unreadable }
        language = answer.language
        show(answer, isKnown: await draft.text == answer.text)
    }

    /// What the reader has seen while a model was asked.
    private actor Draft {
        private(set) var text: String?
        func set(_ text: String) { self.text = text }
    }

    private mutating func obey(_ line: String) async throws {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch words[0] {
        case "/help": Terminal.result(Self.help)
        case "/latest":
            show(
                try await desk.latest(
                    topic: words.count > 1 ? words[1] : nil, limit: 10, language: language))
        case "/sources": showSources()
        case "/why":
            guard let why = last?.why else {
                Terminal.result("Nothing was asked yet.")
                return
            }
            for line in why { Terminal.result(Terminal.styled(Terminal.clean(line), .dim)) }
        case "/good", "/bad":
            let sign = words[0] == "/good" ? "👍" : "👎"
            let reply = try await desk.ask(
                Inquiry(
                    question: ([sign] + words.dropFirst()).joined(separator: " "), conversation: conversation,
                    language: language), explained: false)
            Terminal.result(Terminal.clean(reply.answer))
        case "/reset":
            conversation = Self.newConversation()
            last = nil
            Terminal.result("What comes next begins anew.")
        case "/forget":
            try await desk.forget(conversation: conversation)
            conversation = Self.newConversation()
            last = nil
            Terminal.result("Forgotten.")
        default:
            let near = Self.commands.min { (distance($0, words[0])) < distance($1, words[0]) } ?? "/help"
            Terminal.result("There is no \(Terminal.clean(words[0])); did you mean \(near)?")
        }
    }

    private func show(_ answer: Answer, isKnown: Bool = false) {
        let message = Terminal.clean(prompts.message(for: answer))
        let text = Terminal.clean(answer.text)
        guard message.hasPrefix(text) else {
            Terminal.result(message)
            return
        }
        let rest = message.dropFirst(text.count)
        Terminal.result(
            (isKnown ? "" : text) + (rest.isEmpty ? "" : Terminal.styled(String(rest), .dim)) + "\n")
    }

    private func showSources() {
        guard let last, !last.citations.isEmpty else {
            Terminal.result(last == nil ? "Nothing was asked yet." : "The last answer has no sources.")
            return
        }
        for source in last.citations {
            let place = [source.source, source.publishedAt, source.url].compactMap { $0 }.joined(
                separator: ", ")
            Terminal.result(
                Terminal.styled("[\(source.number)] \(Terminal.clean(source.title))", .bold) + "\n    "
                    + Terminal.styled(Terminal.clean(place), .dim) + "\n    “\(Terminal.clean(source.quote))”"
            )
        }
    }

    private func distance(_ a: String, _ b: String) -> Int { EditDistance.bounded(a, b, limit: 20) ?? 21 }

    private static func newConversation() -> String { "terminal:\(UUID().uuidString.lowercased())" }
}
