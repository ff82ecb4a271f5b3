/// One part of a document that is scored by itself.
public struct Field: Sendable, Hashable {
    /// What explanations call it.
    public var name: String
    /// How much a match in it counts, relative to the other fields; above 0.
    public var boost: Float
    /// How much its length counts against it, 0…1: the `b` of BM25.
    public var b: Float
    /// Whether its text is a list of terms, one a line, that are taken as they are.
    public var isExact: Bool
    /// Whether the index keeps where in it terms stand.
    ///
    /// Otherwise no phrase is found in it, no two terms are near each other, and it takes about half the room.
    public var hasPositions: Bool

    /// A field.
    public init(
        _ name: String, boost: Float = 1, b: Float = 0.75, isExact: Bool = false, hasPositions: Bool = true
    ) {
        self.name = name
        self.boost = boost
        self.b = b
        self.isExact = isExact
        self.hasPositions = hasPositions
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
        precondition((1...SegmentFormat.maxFields).contains(fields.count), "an index has one to eight fields")
        self.fields = fields
        self.k1 = k1
    }
}

// MARK: - BM25

extension Schema {
    /// What a length adds to a frequency below the line, for each field and each ``LengthCode``:
    /// `k1 · (1 − b + b · length / average)`.
    func norms(averages: [Float]) -> [[Float]] {
        fields.indices.map { field in
            let average = max(averages[field], 1)
            let b = fields[field].b
            return LengthCode.lengths.map { k1 * (1 - b + b * Float($0) / average) }
        }
    }

    /// What a frequency without end scores in a field with weight and idf 1: `boost · (k1 + 1)`.
    func gain(_ field: Int) -> Float { fields[field].boost * (k1 + 1) }

    /// Tells schemas apart whose bounds differ.
    var fingerprint: UInt64 {
        var writer = ByteWriter()
        writer.append(k1)
        for field in fields {
            writer.append(field.boost)
            writer.append(field.b)
            if field.isExact || !field.hasPositions {
                writer.append(UInt32(field.isExact ? 1 : 0) | UInt32(field.hasPositions ? 0 : 2))
            }
        }
        return Checksum.of(writer.bytes) << 8 | UInt64(fields.count)
    }
}
