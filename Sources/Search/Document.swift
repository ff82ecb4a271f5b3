public import Text

/// The name of a document: the group that it comes and goes with, and its place therein.
public struct DocumentID: Sendable, Hashable, Comparable {
    /// What is replaced or deleted as a whole, such as an article.
    public var group: Int64
    /// The place within the group.
    public var ordinal: UInt32

    /// A name made of its parts.
    public init(group: Int64, ordinal: UInt32) {
        self.group = group
        self.ordinal = ordinal
    }

    /// By group, then by ordinal.
    public static func < (a: DocumentID, b: DocumentID) -> Bool {
        (a.group, a.ordinal) < (b.group, b.ordinal)
    }
}

/// What is put into an index.
public struct Document: Sendable, Hashable {
    /// The place within its group; unique there.
    public var ordinal: UInt32
    /// The language of its texts.
    public var language: Language
    /// One text a field of the schema, empty where there is none.
    public var texts: [String]
    /// A moment that filters go by, in seconds since 1970.
    public var time: Int64?
    /// Exact words that filters go by.
    public var tags: [String]

    /// A document made of the given parts.
    public init(ordinal: UInt32, language: Language, texts: [String], time: Int64? = nil, tags: [String] = [])
    {
        self.ordinal = ordinal
        self.language = language
        self.texts = texts
        self.time = time
        self.tags = tags
    }
}

/// One step from an index's state to the next.
public enum Change: Sendable, Hashable {
    /// The group holds these documents from now on, and no others.
    case replace(group: Int64, with: [Document])
    /// The group is gone.
    case delete(group: Int64)

    var group: Int64 {
        switch self {
        case .replace(let group, _), .delete(let group): group
        }
    }
}
