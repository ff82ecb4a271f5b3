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
    private let interrupter = Interrupter()

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
        interrupter.watch()
        rl_catch_signals = 0
        using_history()
        stifle_history(Self.longestHistory)
        if let historyPath { read_history(historyPath) }
    }

    private func edited(_ prompt: String) -> Line {
        // The window may have changed while the answer was shown.
        rl_resize_terminal()
        let (bytes, isInterrupted) = interrupter.reading { readline(prompt) }
        guard let bytes else {
            guard isInterrupted else { return .end }
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

/// Ends the reading of a line on Ctrl-C.
///
/// libedit takes up a read again after the first signal that interrupts it, so the reader is nudged by signals of its own
/// until it comes back. No work is done in a signal handler.
private final class Interrupter: Sendable {
    private struct State: Sendable {
        var reader: UInt = 0
        var isReading = false
        var isInterrupted = false
    }

    private static let pause: UInt32 = 2000

    private let state = Mutex(State())
    /// Made when somebody types, and touched by the reader's thread alone: a source that was never resumed must not be
    /// let go.
    nonisolated(unsafe) private var source: (any DispatchSourceSignal)?

    /// Makes Ctrl-C end the lines that the calling thread reads, and nothing else.
    func watch() {
        state.withLock { $0.reader = UInt(pthread_self()) }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR1, &action, nil)
        // Threads of Foundation start with most signals blocked.
        var nudge = sigset_t()
        sigemptyset(&nudge)
        sigaddset(&nudge, SIGUSR1)
        pthread_sigmask(SIG_UNBLOCK, &nudge, nil)
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(
            signal: SIGINT, queue: DispatchQueue(label: "newsdesk.interrupts"))
        source.setEventHandler { [self] in interrupt() }
        source.resume()
        self.source = source
    }

    /// Runs `read`, and says whether Ctrl-C ended it.
    func reading<Result>(_ read: () -> Result) -> (result: Result, isInterrupted: Bool) {
        state.withLock {
            $0.isReading = true
            $0.isInterrupted = false
        }
        let result = read()
        let isInterrupted = state.withLock {
            $0.isReading = false
            return $0.isInterrupted
        }
        return (result, isInterrupted)
    }

    private func interrupt() {
        state.withLock { $0.isInterrupted = $0.isReading }
        while let reader = state.withLock({ $0.isReading && $0.isInterrupted ? $0.reader : nil }) {
            pthread_kill(pthread_t(reader), SIGUSR1)
            usleep(Self.pause)
        }
    }
}
