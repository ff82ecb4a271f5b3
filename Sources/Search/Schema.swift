/// One part of a document that is scored by itself.
public struct Field: Sendable, Hashable {
    /// What explanations call it.
    public var name: String
    /// How much a match in it counts, relative to the other fields.
    public var boost: Float
    /// How much its length counts against it, 0…1: the `b` of BM25.
    public var b: Float

    /// A field.
    public init(_ name: String, boost: Float = 1, b: Float = 0.75) {
        self.name = name
        self.boost = boost
        self.b = b
    }
}

/// The fields of an index's documents and the constant of its ranking.
public struct Schema: Sendable, Hashable {
    /// The fields, in the order of a document's texts; at most eight.
    public var fields: [Field]
    /// How fast repetitions of a term stop counting: the `k1` of BM25.
    public var k1: Float

    /// A schema of at least one field.
    public init(_ fields: [Field], k1: Float = 1.2) {
        precondition((1...8).contains(fields.count), "an index has one to eight fields")
        self.fields = fields
        self.k1 = k1
    }
}
