/// What is looked for: weighed terms and phrases, and a filter on top.
public struct Query: Sendable, Hashable {
    /// What documents are scored by.
    public var clauses: [Clause]
    /// What documents must be like besides; nil takes all.
    public var filter: Filter?

    /// A query; without clauses it matches nothing.
    public init(_ clauses: [Clause], filter: Filter? = nil) {
        self.clauses = clauses
        self.filter = filter
    }
}

/// One term or phrase of a query.
public struct Clause: Sendable, Hashable {
    /// Whether a document can do without it.
    public enum Occurrence: Sendable, Hashable {
        /// It adds to the score.
        case optional
        /// It adds to the score, and documents without it do not match.
        case required
        /// Documents with it do not match.
        case excluded
    }

    /// The term, as the analyzer makes it; the words of a phrase joined by spaces.
    public var term: String
    /// What the score of a match is multiplied by.
    public var weight: Float
    /// Whether a document can do without it.
    public var occurrence: Occurrence
    /// Terms that must follow each other in one field; nil for a single term.
    public var phrase: [String]?
    /// The numbers of the fields that count; nil for all.
    public var fields: Set<Int>?

    /// A clause of one term.
    public init(
        _ term: String, weight: Float = 1, occurrence: Occurrence = .optional, fields: Set<Int>? = nil
    ) {
        self.term = term
        self.weight = weight
        self.occurrence = occurrence
        self.fields = fields
    }

    /// A clause of terms that follow each other in one field.
    public static func phrase(
        _ terms: [String], weight: Float = 1, occurrence: Occurrence = .optional, fields: Set<Int>? = nil
    ) -> Clause {
        var clause = Clause(
            terms.joined(separator: " "), weight: weight, occurrence: occurrence, fields: fields)
        clause.phrase = terms
        return clause
    }
}

/// What documents must be like to be found.
public struct Filter: Sendable, Hashable {
    /// The first moment, in seconds since 1970.
    public var from: Int64?
    /// The first moment that is too late.
    public var until: Int64?
    /// Tags of which a document must have one; empty takes all.
    public var anyTag: [String]

    /// A filter; a document without time fails any bound on it.
    public init(from: Int64? = nil, until: Int64? = nil, anyTag: [String] = []) {
        self.from = from
        self.until = until
        self.anyTag = anyTag
    }
}

/// A document that matches, with its score.
public struct Hit: Sendable, Hashable {
    /// Which document.
    public var document: DocumentID
    /// How well it matches; comparable within one search.
    public var score: Float

    /// A hit made of the given parts.
    public init(document: DocumentID, score: Float) {
        self.document = document
        self.score = score
    }

    /// Better first; of equals the one with the smaller name.
    static func isBetter(_ a: Hit, _ b: Hit) -> Bool {
        a.score != b.score ? a.score > b.score : a.document < b.document
    }
}

/// How a document's score is made up.
public struct Explanation: Sendable, Hashable {
    /// The score.
    public var total: Float
    /// What each term in each field adds; together they are the total.
    public var parts: [Part]

    /// What one term in one field adds to a score.
    public struct Part: Sendable, Hashable {
        /// The term or phrase.
        public var term: String
        /// The field's name.
        public var field: String
        /// How often the term occurs in the field.
        public var frequency: Int
        /// The field's length in positions, as exact as the index keeps it.
        public var length: Int
        /// The average length of the field over all documents.
        public var averageLength: Float
        /// How rare the term is.
        public var idf: Float
        /// The clause's weight times the field's boost.
        public var weight: Float
        /// What it adds.
        public var score: Float
    }
}
