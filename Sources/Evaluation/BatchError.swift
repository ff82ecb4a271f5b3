/// What is wrong with a batch file.
public struct BatchError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as it was named.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// What is wrong and how to mend it.
    public var message: String

    /// `file:line: message`.
    public var description: String { "\(file):\(line): \(message)" }

    /// What is wrong with a line of a file.
    public init(file: String, line: Int, _ message: String) {
        self.file = file
        self.line = line
        self.message = message
    }
}
