public import Storage

/// What keeps evidence from being found.
public enum RetrievalError: Error, Sendable, CustomStringConvertible {
    /// The store could not be read.
    case store(StorageError)

    /// The cause, for an operator.
    public var description: String {
        switch self {
        case .store(let error): "store: \(error)"
        }
    }

    /// Whether the same call may succeed a moment later.
    public var isTransient: Bool {
        switch self {
        case .store(let error): error.isTransient
        }
    }
}
