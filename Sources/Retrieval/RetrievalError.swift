public import Search
public import Storage

/// What keeps evidence from being found.
public enum RetrievalError: Error, Sendable, CustomStringConvertible {
    /// The store could not be read.
    case store(StorageError)
    /// The index turned out to be damaged; it is being built again from the store.
    case index(SearchError)

    /// The cause, for an operator.
    public var description: String {
        switch self {
        case .store(let error): "store: \(error)"
        case .index(let error): "\(error); it is built again, ask again in a moment"
        }
    }

    /// Whether the same call may succeed a moment later.
    public var isTransient: Bool {
        switch self {
        case .store(let error): error.isTransient
        case .index: true
        }
    }
}
