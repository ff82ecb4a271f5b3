@preconcurrency import CEdit
import Foundation
@preconcurrency import Glibc
import Synchronization

/// Reads lines from a person, with editing and history, or from a pipe, without either.
///
/// libedit blocks and keeps its state in globals, so one thread of its own does all of it.
final class LineReader: Sendable {
    /// What reading a line came to.
    enum Line: Sendable, Hashable {
        /// A line, without its end.
        case text(String)
        /// Ctrl-C: what was typed is dropped.
        case interrupted
        /// Ctrl-D, or the end of the pipe.
        case end
    }

    private struct Request: Sendable {
        var prompt: String
        var resume: @Sendable (Line) -> Void
    }

    private static let longestHistory: Int32 = 1000

    private let requests = Mutex<[Request]>([])
    private let wake = DispatchSemaphore(value: 0)
    private let historyPath: String?

    /// A reader that keeps its history in a file, created when the first line is read.
    init(historyPath: String?) {
        self.historyPath = historyPath
        let thread = Thread { [self] in serve() }
        thread.name = "newsdesk.lines"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// The next line; the prompt is shown only to a person.
    func next(prompt: String) async -> Line {
        await withCheckedContinuation { continuation in
            requests.withLock { $0.append(Request(prompt: prompt) { continuation.resume(returning: $0) }) }
            wake.signal()
        }
    }

    private func serve() {
        if Terminal.isInteractive { prepare() }
        while true {
            wake.wait()
            guard let request = requests.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
            let line = Terminal.isInteractive ? edited(request.prompt) : readLine().map(Line.text) ?? .end
            request.resume(line)
            // A thread cannot be cancelled; it ends with the last line there is.
            if line == .end { return }
        }
    }

    private func prepare() {
        // libedit drops what is not ASCII unless the locale can hold it.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        interruptions.watch()
        using_history()
        stifle_history(Self.longestHistory)
        if let historyPath { read_history(historyPath) }
    }

    private func edited(_ prompt: String) -> Line {
        interruptions.clear()
        guard let bytes = readline(prompt) else {
            guard interruptions.isSet else { return .end }
            Terminal.write("^C\n", to: STDOUT_FILENO)
            return .interrupted
        }
        defer { free(bytes) }
        let text = String(cString: bytes)
        if text.contains(where: { !$0.isWhitespace }) {
            add_history(bytes)
            // A history that cannot be written is no reason to stop a conversation.
            if let historyPath { write_history(historyPath) }
        }
        return .text(text)
    }
}

/// Ctrl-C while a line is edited.
///
/// The handler touches nothing but two atomics.
private struct Interruptions: ~Copyable {
    private let flag = Atomic<Bool>(false)
    private let reader = Atomic<UInt>(0)

    var isSet: Bool { flag.load(ordering: .sequentiallyConsistent) }

    func clear() { flag.store(false, ordering: .sequentiallyConsistent) }

    /// Has Ctrl-C end the line of the calling thread.
    func watch() {
        reader.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in interruptions.handle() }
        sigaction(SIGINT, &action, nil)
    }

    /// The kernel may hand the signal to any thread; only in the reader's does it end the read.
    func handle() {
        let thread = reader.load(ordering: .sequentiallyConsistent)
        if UInt(pthread_self()) == thread {
            flag.store(true, ordering: .sequentiallyConsistent)
        } else {
            pthread_kill(pthread_t(thread), SIGINT)
        }
    }
}

private let interruptions = Interruptions()
