/// What can go wrong with the files of an index.
public enum SearchError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes are not those that were written: nothing is answered from them. Build the index again.
    case damaged(file: String, reason: String)
    /// The system refused a read or a write.
    case inaccessible(file: String, reason: String)

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .damaged(let file, let reason): "\(file) is damaged (\(reason)): build the index again"
        case .inaccessible(let file, let reason): "\(file) cannot be used: \(reason)"
        }
    }

    /// A word for metrics.
    public var label: String {
        switch self {
        case .damaged: "damaged"
        case .inaccessible: "inaccessible"
        }
    }
}
