@preconcurrency import Glibc
import Ingest
import Synchronization

/// A bar on standard error that is drawn over itself; nothing where standard error is no terminal.
final class ProgressBar: Sendable {
    private static let width = 30
    private let drawn = Mutex(-1)

    /// Shows how far reading has come.
    func show(_ progress: IngestProgress) {
        guard Terminal.showsProgress, progress.totalBytes > 0 else { return }
        let share = min(1, Double(progress.bytes) / Double(progress.totalBytes))
        let percent = Int(share * 100)
        drawn.withLock { drawn in
            guard percent != drawn else { return }
            drawn = percent
            let filled = Int(share * Double(Self.width))
            let bar =
                String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            Terminal.write(
                "\r\(bar) \(percent) %  \(progress.files) of \(progress.totalFiles) files", to: STDERR_FILENO)
        }
    }

    /// Takes the bar away.
    func clear() {
        drawn.withLock { drawn in
            if drawn >= 0 { Terminal.write("\r\u{1B}[2K", to: STDERR_FILENO) }
            drawn = -1
        }
    }
}
