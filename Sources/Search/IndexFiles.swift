#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which an index keeps its segments, and the file that names those that count.
///
/// A segment is written once and never changed. The manifest is written beside the old one and put in its place by one
/// rename, so that whoever opens the folder finds the one state or the other, whenever the writer was stopped. Nothing is
/// forced to the disk: an index can be built again from what it follows, and what a power cut leaves behind fails its
/// checksum.
///
/// ```
/// manifest := magic, schema: UInt64, cursor: UInt64, segments: UInt32, segment*, checksum: UInt64
/// magic    := "NDMANI04"
/// segment  := number: UInt64, size: UInt64, deleted: UInt32, varint*    the distances between the deleted documents
/// ```
///
/// One program writes: the one that holds the lock of the folder. Others read what is there and keep what they add to
/// themselves.
final class IndexFiles: Sendable {
    /// What a manifest says.
    struct State {
        var cursor: Int64
        var segments: [(number: UInt64, view: SegmentView)]
    }

    private static let magic: UInt64 = 0x3430_494E_414D_444E
    /// What manifests of older programs begin with; a flipped bit makes none of them out of today's.
    private static let olderMagics: Set<UInt64> = [0x3130_494E_414D_444E, 0x3230_494E_414D_444E]
    private static let attempts = 5
    private let folder: String
    private let lock: Int32
    /// Whether this program may write.
    let isWriter: Bool

    /// The files of a folder, which is made where it is missing.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    init(folder: String) throws(SearchError) {
        self.folder = folder
        if mkdir(folder, 0o755) != 0, errno != EEXIST { throw Self.refusal(folder) }
        lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        // A folder that cannot be written is read all the same.
        isWriter = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0
    }

    deinit { if lock >= 0 { close(lock) } }

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
        let path = folder + "/manifest"
        guard let bytes = try map(path) else { return nil }
        func damaged(_ reason: String) -> SearchError { .damaged(file: path, reason: reason) }
        let buffer = bytes.buffer
        guard buffer.count >= 36 else { throw damaged("it is too short") }
        let body = UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - 8)])
        func number<T: FixedWidthInteger>(_ offset: Int, _: T.Type) -> T {
            T(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
        // What an older program wrote is another index.
        guard !Self.olderMagics.contains(number(0, UInt64.self)) else { return nil }
        guard number(0, UInt64.self) == Self.magic,
            number(buffer.count - 8, UInt64.self) == Checksum.of(body)
        else { throw damaged("its checksum is wrong") }
        // So is another schema.
        guard number(8, UInt64.self) == schema.fingerprint else { return nil }
        var state = State(cursor: Int64(bitPattern: number(16, UInt64.self)), segments: [])
        var at = 28
        for _ in 0..<number(24, UInt32.self) {
            guard at + 20 <= body.count else { throw damaged("it ends too early") }
            let (name, size) = (number(at, UInt64.self), number(at + 8, UInt64.self))
            let deletedCount = number(at + 16, UInt32.self)
            at += 20
            let segment = try segment(name, schema: schema)
            guard segment.bytes.buffer.count == size else {
                throw .damaged(file: segment.name, reason: "its size is wrong")
            }
            var view = SegmentView(segment)
            var document = -1
            for _ in 0..<deletedCount {
                guard let gap = readNumber(body, &at) else { throw damaged("it ends too early") }
                document += Int(gap) + 1
                guard document < view.segment.documentCount else { throw damaged("a document is unknown") }
                view.delete(document)
            }
            state.segments.append((name, view))
        }
        return state
    }

    /// A segment that was written.
    ///
    /// - Throws: ``SearchError`` when it cannot be read or is not what was written.
    func segment(_ number: UInt64, schema: Schema) throws(SearchError) -> Segment {
        let file = segmentPath(number)
        guard let bytes = try map(file) else { throw .damaged(file: file, reason: "it is missing") }
        return try Segment(bytes, schema: schema, name: file)
    }

    private func readNumber(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt32? {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while at < bytes.count, shift < 35 {
            let byte = bytes[at]
            at += 1
            value |= UInt32(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    /// The bytes of a file, mapped; nil where there is none.
    private func map(_ path: String) throws(SearchError) -> SegmentBytes? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.refusal(path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Self.refusal(path) }
        let size = Int(status.st_size)
        guard size > 0 else { throw .damaged(file: path, reason: "it is empty") }
        guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED else {
            throw Self.refusal(path)
        }
        nonisolated(unsafe) let mapped = memory
        return SegmentBytes(UnsafeRawBufferPointer(start: memory, count: size)) { munmap(mapped, size) }
    }

    // MARK: Writing

    /// Writes a new segment.
    func write(segment bytes: UnsafeRawBufferPointer, number: UInt64) throws(SearchError) {
        try write(bytes, to: segmentPath(number))
    }

    /// A new segment in its file; nil where it cannot be written, so that it must stay in memory until it can.
    func written(_ bytes: [UInt8], number: UInt64, schema: Schema) -> Segment? {
        do throws(SearchError) {
            var failure: SearchError?
            bytes.withUnsafeBytes { bytes in
                do throws(SearchError) { try write(segment: bytes, number: number) } catch { failure = error }
            }
            if let failure { throw failure }
            return try segment(number, schema: schema)
        } catch {
            // The commit that comes tries again, and tells.
            return nil
        }
    }

    /// Makes a state the one that is found, and takes away the segments that neither it nor `reserved` names.
    func commit(
        _ state: State, schema: Schema, keeping reserved: Set<UInt64> = []
    ) throws(SearchError) {
        var writer = ByteWriter()
        writer.append(Self.magic)
        writer.append(schema.fingerprint)
        writer.append(UInt64(bitPattern: state.cursor))
        writer.append(UInt32(state.segments.count))
        for (number, view) in state.segments {
            writer.append(number)
            writer.append(UInt64(view.segment.bytes.buffer.count))
            writer.append(UInt32(view.deletedCount))
            var last = -1
            for document in 0..<view.segment.documentCount where view.isDeleted(document) {
                writer.append(varint: UInt32(document - last - 1))
                last = document
            }
        }
        writer.append(Checksum.of(writer.bytes))
        var failure: SearchError?
        writer.bytes.withUnsafeBytes { bytes in
            do throws(SearchError) { try write(bytes, to: folder + "/manifest") } catch { failure = error }
        }
        if let failure { throw failure }
        let named = (state.segments.map(\.number) + reserved).map(name)
        removeAll(but: Set(named + reserved.map { name($0) + ".new" }))
    }

    /// Takes everything away but the lock.
    func clear() { removeAll(but: [], keepsManifest: false) }

    private func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(SearchError) {
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.refusal(temporary) }
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(file, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                let refusal = Self.refusal(temporary)
                close(file)
                unlink(temporary)
                throw refusal
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        guard close(file) == 0, rename(temporary, path) == 0 else { throw Self.refusal(path) }
    }

    private func removeAll(but kept: Set<String>, keepsManifest: Bool = true) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { name in
                    String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        for name in names where !kept.contains(name) && name != "lock" && name != "." && name != ".." {
            if name == "manifest", keepsManifest { continue }
            unlink(folder + "/" + name)
        }
    }

    private func name(_ number: UInt64) -> String { "segment-\(number)" }

    private func segmentPath(_ number: UInt64) -> String { folder + "/" + name(number) }

    private static func refusal(_ path: String) -> SearchError {
        .inaccessible(file: path, reason: String(cString: strerror(errno)))
    }
}
