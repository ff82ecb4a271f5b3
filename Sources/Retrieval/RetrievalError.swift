public import Search
public import Storage

/// What keeps evidence from being found.
public enum RetrievalError: Error, Sendable, CustomStringConvertible {
    /// The store could not be read.
    case store(StorageError)
    /// The index could not be written or read, and rebuilding it failed too.
    case index(SearchError)
    /// A file operation on the index folder failed.
    case folder(path: String, reason: String)

    /// The cause, for an operator.
    public var description: String {
        switch self {
        case .store(let error): "store: \(error)"
        case .index(let error): "index: \(error)"
        case .folder(let path, let reason): "index folder \(path): \(reason)"
        }
    }

    /// Whether the same call may succeed a moment later.
    public var isTransient: Bool {
        if case .store(let error) = self { return error.isTransient }
        return false
    }
}
