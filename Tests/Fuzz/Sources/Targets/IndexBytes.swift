import Text

@testable import Search

/// The readers of the index's files: bytes that make no sense are refused or found empty, and nothing is read beyond them.
///
/// Segments are read as trusted, and manifests get the checksum that their bytes should have, because no input that a
/// fuzzer makes up would pass the checksums.
enum IndexBytes {
    static let schema = Schema([
        Field("title", boost: 2, b: 0.3), Field("text"), Field("names", isExact: true, hasPositions: false),
    ])
    static let model = "model"
    static let dimension = 6

    static func segment(_ bytes: [UInt8]) {
        let read = try? Segment(SegmentBytes(copying: bytes), schema: schema, name: "fuzz", isTrusted: true)
        guard let segment = read else { return }
        let view = SegmentView(segment)
        let searcher = Searcher(schema: schema, views: [view])
        // The segment's own terms, whatever they are, and some that it should have.
        let own = searcher.terms(beginning: "", limit: 6).map(\.term)
        let terms = own + ["harbour", "ferry", "tide", "crane"]
        let filter = Filter(from: 10, until: 80, anyTag: ["source:made"])
        let queries = [
            Query(terms.map { Clause($0) }),
            Query(terms.map { Clause($0) }, filter: filter),
            Query([.phrase(Array(terms.prefix(2))), Clause(terms[0], occurrence: .required)]),
            Query([Clause("ferry", occurrence: .excluded), Clause(terms[0]), .phrase(["harbour", "ferry"])]),
        ]
        for query in queries {
            let hits = searcher.search(query, limit: 5)
            _ = searcher.searchExhaustively(query, limit: 5)
            _ = searcher.matches(query, in: hits.map(\.document))
            for hit in hits { _ = searcher.explain(query, hit.document) }
            let pairs = hits.map(\.document).sorted().flatMap { document in
                query.clauses.indices.dropFirst().map { TermPair($0 - 1, $0, in: document) }
            }
            _ = searcher.distances(searcher.prepared(query), of: pairs)
        }
        _ = searcher.terms(near: "harbor", distance: 2, limit: 5)
        _ = searcher.tags
        for document in 0..<min(segment.documentCount, 200) {
            let id = segment.id(document)
            _ = (segment.time(document), segment.tags(document), segment.number(of: id))
            _ = segment.documents(of: id.group)
        }
        _ = Segment.merge([view, view], schema: schema)
    }

    static func vectors(_ bytes: [UInt8]) {
        let read = try? VectorSegment(SegmentBytes(copying: bytes), name: "fuzz", isTrusted: true)
        guard let segment = read else { return }
        let searcher = VectorSearcher(views: [VectorView(segment)])
        let query = QuantizedVector(
            (0..<segment.dimension).map { Float(($0 * 37 + 11) % 17) - 8 })
        if let query {
            for hit in searcher.nearest(query, limit: 5) { _ = segment.vectors(of: hit.document.group) }
            _ = searcher.nearestExactly(query, limit: 5)
        }
        for vector in 0..<min(segment.count, 50) {
            _ = (segment.id(vector), segment.kind(vector), segment.vector(vector))
        }
    }

    static func manifest(_ bytes: [UInt8]) {
        let sealed = bytes + withUnsafeBytes(of: Checksum.of(bytes).littleEndian) { Array($0) }
        let read = try? sealed.withUnsafeBytes {
            try Manifest($0, magic: Seeds.magic, fingerprint: schema.fingerprint)
        }
        guard let manifest = read else { return }
        let written = manifest.bytes(magic: Seeds.magic, fingerprint: schema.fingerprint)
        let again = try? written.withUnsafeBytes {
            try Manifest($0, magic: Seeds.magic, fingerprint: schema.fingerprint)
        }
        require(
            again?.cursor == manifest.cursor && again?.parts.map(\.deleted) == manifest.parts.map(\.deleted),
            "what manifest is written is read as something else")
    }
}
