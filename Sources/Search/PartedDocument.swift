public import Text

/// A document that one index holds as a whole and another by its parts, such as an article and its passages.
public struct PartedDocument: Sendable, Hashable {
    /// A stretch of the whole that is found by itself.
    public struct Part: Sendable, Hashable {
        /// The place within the whole, ascending from one part to the next.
        public var ordinal: UInt32
        /// The field that its text belongs to; nil for a part that has nothing but what all share.
        public var field: Int?
        /// What it says; a slice where it stands in a longer text, which need not be copied.
        public var text: Substring

        /// A part made of the given values.
        public init(ordinal: UInt32, field: Int?, text: Substring) {
            (self.ordinal, self.field, self.text) = (ordinal, field, text)
        }
    }

    /// The language of its texts.
    public var language: Language
    /// The text of each field that is not made up of the parts' texts; empty for the others.
    public var shared: [String]
    /// The parts in their order.
    public var parts: [Part]
    /// A moment that filters go by, in seconds since 1970.
    public var time: Int64?
    /// Exact words that filters go by.
    public var tags: [String]

    /// A document made of the given values.
    public init(
        language: Language, shared: [String], parts: [Part], time: Int64? = nil, tags: [String] = []
    ) {
        self.language = language
        self.shared = shared
        self.parts = parts
        self.time = time
        self.tags = tags
    }
}

/// The fields of parted documents in both indexes.
///
/// A field is either shared, so that each part has all of it, or the whole has the texts of its parts there, one a line.
public struct PartedSchema: Sendable {
    /// That of the index of parts; its fields are the first of those of the whole.
    public var parts: Schema
    /// That of the index of wholes; fields that the parts have not are shared by none, and count as shared.
    public var whole: Schema
    /// The numbers of the fields that are shared.
    public var shared: Set<Int>

    /// A schema of the given parts.
    public init(parts: Schema, whole: Schema, shared: Set<Int>) {
        precondition(
            parts.fields.indices.allSatisfy { parts.fields[$0].isExact == whole.fields[$0].isExact },
            "the parts' fields are the first of the whole's")
        self.parts = parts
        self.whole = whole
        self.shared = shared.union(parts.fields.count..<whole.fields.count)
    }
}

/// A step of an index whose documents have been read; an ``InvertedIndex`` applies it.
public struct BuiltStep: Sendable {
    /// What is replaced or gone; ascending.
    let groups: [Int64]
    /// The segment of the new documents; nil where there are none.
    var segment: SegmentBytes?
    /// The same where it is in its file already.
    var written: (number: UInt64, segment: Segment)?
}

/// Where an index keeps the segment of a step that is being written.
public struct SegmentPlace: Sendable {
    let files: IndexFiles
    let number: UInt64
}
