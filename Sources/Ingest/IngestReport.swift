import Storage

/// How far the reading of files has come.
public struct IngestProgress: Sendable, Hashable {
    /// The files that are done.
    public var files: Int
    /// The files there are.
    public var totalFiles: Int
    /// The bytes that are read.
    public var bytes: Int
    /// The bytes there are.
    public var totalBytes: Int
}

/// What became of what was read.
public struct IngestReport: Sendable, Hashable {
    /// Articles that were not known.
    public var new = 0
    /// Articles that were known with other content.
    public var changed = 0
    /// Articles that were known as they are.
    public var unchanged = 0
    /// Files and lines that were not taken in; each has its diagnostic.
    public var refused = 0
    /// What became of each line, in order, where articles were handed over one a line by a program.
    public var verdicts: [Verdict] = []

    /// What became of one line.
    public struct Verdict: Sendable, Hashable {
        /// The line, from 1.
        public var line: Int
        /// The id under which its article is known; nil where it was refused.
        public var id: String?
        /// What became of it.
        public var outcome: Outcome

        /// What can become of a line.
        public enum Outcome: String, Sendable, Hashable {
            /// It was not known.
            case new
            /// It was known with other content.
            case changed
            /// It was known as it is.
            case unchanged
            /// It was not taken in; the diagnostic of its line says why.
            case refused
        }
    }

    /// What was wrong, file by file in the order of reading; of each sort no more than ``kept``.
    public var diagnostics: [Diagnostic] = []
    /// How many more of each sort there were, by their mend: an archive may have the same slip on every line.
    public private(set) var furtherDiagnostics: [String: Int] = [:]
    /// As many diagnostics of a sort are kept.
    public static let kept = 1000
    private var counts: [String: Int] = [:]

    /// A report of nothing.
    public init() {}

    mutating func note(_ found: [Diagnostic]) {
        for diagnostic in found {
            if diagnostic.severity == .refused { refused += 1 }
            let count = counts[diagnostic.mend, default: 0] + 1
            counts[diagnostic.mend] = count
            if count <= Self.kept {
                diagnostics.append(diagnostic)
            } else {
                furtherDiagnostics[diagnostic.mend, default: 0] += 1
            }
        }
    }

    mutating func count(_ outcome: CommitOutcome) {
        switch outcome {
        case .new: new += 1
        case .changed: changed += 1
        case .unchanged: unchanged += 1
        }
    }
}

extension IngestReport.Verdict.Outcome {
    init(_ outcome: CommitOutcome) {
        self =
            switch outcome {
            case .new: .new
            case .changed: .changed
            case .unchanged: .unchanged
            }
    }
}
