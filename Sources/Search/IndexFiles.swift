/// The files of an index of documents: an ``IndexFolder`` whose segments are ``Segment``s of one schema.
final class IndexFiles: Sendable {
    /// What a manifest says.
    struct State {
        var cursor: Int64
        var segments: [(number: UInt64, view: SegmentView)]
    }

    /// The bytes NDMANI04.
    private static let magic: UInt64 = 0x3430_494E_414D_444E
    /// What manifests of older programs begin with; a flipped bit makes none of them out of today's.
    private static let olderMagics: Set<UInt64> = [0x3130_494E_414D_444E, 0x3230_494E_414D_444E]
    private static let attempts = 5
    private let folder: IndexFolder
    /// Whether this program may write.
    var isWriter: Bool { folder.isWriter }

    /// The files of a folder, which is made where it is missing.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    init(folder: String) throws(SearchError) { self.folder = try IndexFolder(folder) }

    // MARK: Reading

    /// The state that was committed last; nil where there is none.
    ///
    /// - Throws: ``SearchError`` when a file cannot be read or is not what was written.
    func read(schema: Schema) throws(SearchError) -> State? {
        var attempt = 1
        while true {
            do throws(SearchError) {
                return try readOnce(schema: schema)
            } catch {
                // The writer may have taken a segment away after the manifest was read: the next one names others.
                guard !isWriter, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }

    private func readOnce(schema: Schema) throws(SearchError) -> State? {
        let manifest = try folder.manifest(
            magic: Self.magic, older: Self.olderMagics, fingerprint: schema.fingerprint)
        guard let manifest else { return nil }
        var state = State(cursor: manifest.cursor, segments: [])
        for part in manifest.parts {
            let segment = try segment(part.number, schema: schema)
            guard segment.bytes.buffer.count == part.size else {
                throw .damaged(file: segment.name, reason: "its size is wrong")
            }
            var view = SegmentView(segment)
            for document in part.deleted {
                guard document < segment.documentCount else {
                    throw .damaged(file: folder.manifestPath, reason: "a document is unknown")
                }
                view.delete(document)
            }
            state.segments.append((part.number, view))
        }
        return state
    }

    /// A segment that was written.
    ///
    /// - Throws: ``SearchError`` when it cannot be read or is not what was written.
    func segment(_ number: UInt64, schema: Schema) throws(SearchError) -> Segment {
        let segment = try Segment(folder.segment(number), schema: schema, name: folder.segmentPath(number))
        // Checking has read the dictionary; what of it is looked for comes back by itself.
        segment.bytes.letGo()
        return segment
    }

    // MARK: Writing

    /// Writes a new segment.
    func write(segment bytes: UnsafeRawBufferPointer, number: UInt64) throws(SearchError) {
        try folder.write(segment: bytes, number: number)
    }

    /// Writes a new segment of bytes that follow each other.
    ///
    /// - Returns: the segment as its file holds it.
    /// - Throws: ``SearchError`` when it cannot be written.
    func write(_ pieces: [UnsafeRawBufferPointer], number: UInt64, schema: Schema) throws(SearchError)
        -> Segment
    {
        try folder.write(segment: number) { file throws(SearchError) in
            for piece in pieces { try file.append(piece) }
        }
        return try segment(number, schema: schema)
    }

    /// Merges segments into a new one, in little memory whatever their size.
    ///
    /// - Returns: nil where it was cancelled or a part is damaged.
    /// - Throws: ``SearchError`` when the segment cannot be written.
    func merge(
        _ parts: [SegmentView], number: UInt64, schema: Schema, isCancelled: () -> Bool
    ) throws(SearchError) -> Segment? {
        var writer = SegmentWriter(
            schema: schema, spools: (postings: try folder.spool(), positions: try folder.spool()))
        guard Segment.merge(parts, into: &writer, isCancelled: isCancelled) else { return nil }
        try folder.write(segment: number) { file throws(SearchError) in try writer.finish(to: file) }
        return try segment(number, schema: schema)
    }

    /// Makes a state the one that is found, and takes away the segments that neither it nor `reserved` names.
    func commit(
        _ state: State, schema: Schema, keeping reserved: Set<UInt64> = []
    ) throws(SearchError) {
        var manifest = Manifest(cursor: state.cursor)
        manifest.parts = state.segments.map { number, view in
            Manifest.Part(
                number: number, size: UInt64(view.segment.bytes.buffer.count),
                deleted: view.deletedCount == 0
                    ? [] : (0..<view.segment.documentCount).filter { view.isDeleted($0) })
        }
        try folder.commit(
            manifest, magic: Self.magic, fingerprint: schema.fingerprint, keeping: reserved)
    }

    /// Takes everything away but the lock.
    func clear() { folder.clear() }
}
