public import News

/// What is wrong with a place of a file, and how to mend it.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: Sendable, Hashable {
        /// The article was not taken in.
        case refused
        /// The article was taken in, with less than it could have.
        case warning
    }

    /// The file as it was named.
    public var origin: String
    /// The line, from 1.
    public var line: Int
    /// How bad it is.
    public var severity: Severity
    /// What is wrong.
    public var message: String
    /// What to do.
    public var mend: String

    /// A diagnostic made of the given parts.
    public init(origin: String, line: Int, severity: Severity, message: String, mend: String) {
        self.origin = origin
        self.line = line
        self.severity = severity
        self.message = message
        self.mend = mend
    }

    /// `file:line: refused: what is wrong; what to do`.
    public var description: String {
        "\(origin):\(line): \(severity == .refused ? "refused" : "warning"): \(message); \(mend)"
    }
}

/// What was read from one file: its articles and what was wrong with it, both in the order of the file.
public typealias ParsedFile = (articles: [Article], diagnostics: [Diagnostic])
