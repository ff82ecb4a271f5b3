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
    /// What was wrong, file by file in the order of reading.
    public var diagnostics: [Diagnostic] = []

    /// A report of nothing.
    public init() {}

    mutating func count(_ outcome: CommitOutcome) {
        switch outcome {
        case .new: new += 1
        case .changed: changed += 1
        case .unchanged: unchanged += 1
        }
    }
}
