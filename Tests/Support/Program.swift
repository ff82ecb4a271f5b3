import Foundation
import Synchronization

/// The program as a user runs it, built beside the tests.
package struct Program: Sendable {
    /// What a run came to.
    package struct Outcome: Sendable {
        /// The exit code.
        package var code: Int32
        /// What it wrote on standard output.
        package var output: String
        /// What it wrote on standard error.
        package var errors: String
    }

    /// Its file.
    package let path: String
    /// Its variables; nothing is inherited but the search path.
    package var environment: [String: String]
    /// The folder that it is started in.
    package var folder = "/"

    /// The program of that name beside the running tests.
    package init(_ name: String, environment: [String: String]) {
        path =
            URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name).path
        self.environment = environment
        self.environment["PATH"] = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    }

    /// Runs it to its end, with `input` as its standard input.
    package func run(_ arguments: [String], input: String = "") async throws -> Outcome {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map(scratch.appendingPathComponent)
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let code = try await exit(of: process)
        return Outcome(
            code: code, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }

    /// Starts it at a terminal of its own.
    package func open(_ arguments: [String]) throws -> TerminalSession {
        try TerminalSession(self, arguments)
    }

    private func exit(of process: Process) async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}

/// A program at a pseudo-terminal, which the test types at and looks at.
package final class TerminalSession: Sendable {
    /// What went wrong.
    package enum Failure: Error {
        /// The system gave no terminal.
        case noTerminal
        /// It did not show what was waited for; with all that it showed.
        case notShown(String, shown: String)
    }

    /// TIOCSPTLCK and TIOCGPTN of Linux, which glibc's functions for terminals are made of.
    private static let lock: UInt = 0x4004_5431
    private static let numberOfTerminal: UInt = 0x8004_5430

    private let keyboard: FileHandle
    private let screen = Mutex("")
    private let process: Process
    private let ending = AsyncStream<Int32>.makeStream()

    fileprivate init(_ program: Program, _ arguments: [String]) throws {
        let master = Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        guard master >= 0, ioctl(master, Self.lock, &isLocked) == 0,
            ioctl(master, Self.numberOfTerminal, &number) == 0
        else { throw Failure.noTerminal }
        let slave = Foundation.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw Failure.noTerminal }
        var size = winsize(ws_row: 24, ws_col: 200, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
        keyboard = FileHandle(fileDescriptor: master, closeOnDealloc: true)
        let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        process = Process()
        // A session of its own with this terminal, so that Ctrl-C reaches the program and nobody else.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        process.arguments = ["--ctty", "--wait", program.path] + arguments
        process.environment = program.environment.merging(["TERM": "xterm"]) { set, _ in set }
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        process.standardInput = terminal
        process.standardOutput = terminal
        process.standardError = terminal
        let ended = ending.continuation
        process.terminationHandler = { ended.yield($0.terminationStatus) }
        try process.run()
        let thread = Thread { [self] in
            while true {
                var bytes = [UInt8](repeating: 0, count: 4096)
                let count = read(master, &bytes, bytes.count)
                guard count > 0 else { return }
                let text = String(decoding: bytes.prefix(count), as: UTF8.self)
                screen.withLock { $0 += text }
            }
        }
        thread.start()
    }

    /// All that it has shown so far, control sequences included.
    package var shown: String { screen.withLock { $0 } }

    /// Presses keys.
    package func type(_ keys: String) throws { try keyboard.write(contentsOf: Data(keys.utf8)) }

    /// Waits until a text is shown behind what was shown before, and gives what was shown up to it.
    ///
    /// - Throws: ``Failure`` when it is not shown for long.
    @discardableResult package func wait(
        for text: String, after mark: Int = 0, within limit: Duration = .seconds(180)
    ) async throws -> Int {
        let due = ContinuousClock.now + limit
        while true {
            let all = Array(shown.utf8)
            if mark <= all.count, let found = all[mark...].firstRange(of: Array(text.utf8)) {
                return found.upperBound
            }
            guard ContinuousClock.now < due else { throw Failure.notShown(text, shown: shown) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits for its end and gives the exit code.
    package func end() async -> Int32? {
        for await code in ending.stream { return code }
        return nil
    }
}
