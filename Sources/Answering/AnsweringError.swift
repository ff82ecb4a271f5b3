public import Retrieval
public import Storage

/// What keeps a question from being answered at all; a model's failure is not among it.
public enum AnsweringError: Error, Sendable, CustomStringConvertible {
    /// The question has no words.
    case emptyQuestion
    /// Evidence could not be found or read.
    case retrieval(RetrievalError)
    /// The conversation could not be read or written.
    case store(StorageError)

    /// The cause, for an operator.
    public var description: String {
        switch self {
        case .emptyQuestion: "the question is empty: send some words"
        case .retrieval(let error): "\(error)"
        case .store(let error): "\(error)"
        }
    }

    /// Whether the same question may succeed a moment later.
    public var isTransient: Bool {
        switch self {
        case .emptyQuestion: false
        case .retrieval(let error): error.isTransient
        case .store(let error): error.isTransient
        }
    }
}
