#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which an index keeps its segments, and the manifest that names those that count.
///
/// A segment is written once and never changed. The manifest is written beside the old one and put in its place by one
/// rename, so that whoever opens the folder finds the one state or the other, whenever the writer was stopped. Nothing is
/// forced to the disk: an index can be built again from what it follows, and what a power cut leaves behind fails its
/// checksum.
///
/// One program writes: the one that holds the lock of the folder. Others read what is there and keep what they add to
/// themselves.
final class IndexFolder: Sendable {
    let path: String
    private let lock: Int32
    /// Whether this program may write.
    let isWriter: Bool

    /// A folder, which is made where it is missing.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    init(_ path: String) throws(SearchError) {
        self.path = path
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw Self.refusal(path) }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        // A folder that cannot be written is read all the same.
        isWriter = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0
    }

    deinit { if lock >= 0 { close(lock) } }

    var manifestPath: String { path + "/manifest" }

    func segmentPath(_ number: UInt64) -> String { path + "/" + name(number) }

    // MARK: Reading

    /// What the manifest says; nil where there is none, or one of another fingerprint or an older program.
    ///
    /// - Throws: ``SearchError`` when it cannot be read or is not what was written.
    func manifest(
        magic: UInt64, older: Set<UInt64> = [], fingerprint: UInt64
    ) throws(SearchError) -> Manifest? {
        guard let bytes = try map(manifestPath) else { return nil }
        do {
            return try Manifest(bytes.buffer, magic: magic, older: older, fingerprint: fingerprint)
        } catch {
            throw .damaged(file: manifestPath, reason: error.reason)
        }
    }

    /// The bytes of a segment.
    ///
    /// - Throws: ``SearchError`` when it is not there or cannot be read.
    func segment(_ number: UInt64) throws(SearchError) -> SegmentBytes {
        let file = segmentPath(number)
        guard let bytes = try map(file) else { throw .damaged(file: file, reason: "it is missing") }
        return bytes
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
        return SegmentBytes(
            UnsafeRawBufferPointer(start: memory, count: size),
            forget: { madvise(mapped, size, MADV_DONTNEED) }, release: { munmap(mapped, size) })
    }

    // MARK: Writing

    /// Writes a new segment.
    func write(segment bytes: UnsafeRawBufferPointer, number: UInt64) throws(SearchError) {
        try write(bytes, to: segmentPath(number))
    }

    /// Writes a new segment piece by piece.
    func write(
        segment number: UInt64, _ body: (FileWriter) throws(SearchError) -> Void
    ) throws(SearchError) {
        try write(to: segmentPath(number), body)
    }

    /// A file for what is too much for memory; it is gone when nobody uses it any more.
    func spool() throws(SearchError) -> SpoolFile {
        let path = path + "/spool-\(UInt64.random(in: 0...UInt64.max))"
        let file = try FileWriter(path)
        unlink(path)
        return SpoolFile(file)
    }

    /// Puts a manifest in the place of the last one, and takes away the segments that neither it nor `reserved` names.
    func commit(
        _ manifest: Manifest, magic: UInt64, fingerprint: UInt64, keeping reserved: Set<UInt64> = []
    ) throws(SearchError) {
        let bytes = manifest.bytes(magic: magic, fingerprint: fingerprint)
        var failure: SearchError?
        bytes.withUnsafeBytes { bytes in
            do throws(SearchError) { try write(bytes, to: manifestPath) } catch { failure = error }
        }
        if let failure { throw failure }
        let named = (manifest.parts.map(\.number) + reserved).map(name)
        removeAll(but: Set(named + reserved.map { name($0) + ".new" }))
    }

    /// Takes everything away but the lock.
    func clear() { removeAll(but: [], keepsManifest: false) }

    private func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(SearchError) {
        try write(to: path) { file throws(SearchError) in try file.append(bytes) }
    }

    private func write(
        to path: String, _ body: (FileWriter) throws(SearchError) -> Void
    ) throws(SearchError) {
        let temporary = path + ".new"
        let file = try FileWriter(temporary)
        do {
            try body(file)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else { throw Self.refusal(path) }
    }

    private func removeAll(but kept: Set<String>, keepsManifest: Bool = true) {
        guard let entries = opendir(path) else { return }
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
            unlink(path + "/" + name)
        }
    }

    private func name(_ number: UInt64) -> String { "segment-\(number)" }

    fileprivate static func refusal(_ path: String) -> SearchError {
        .inaccessible(file: path, reason: String(cString: strerror(errno)))
    }
}

/// A new file that is written from its beginning to its end.
final class FileWriter {
    fileprivate let file: Int32
    private let path: String

    /// - Throws: ``SearchError/inaccessible(file:reason:)``, as all that follows does.
    fileprivate init(_ path: String) throws(SearchError) {
        self.path = path
        file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw IndexFolder.refusal(path) }
    }

    deinit { if file >= 0 { close(file) } }

    func append(_ bytes: UnsafeRawBufferPointer) throws(SearchError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = write(file, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw IndexFolder.refusal(path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func append(_ bytes: [UInt8]) throws(SearchError) {
        var failure: SearchError?
        bytes.withUnsafeBytes { bytes in
            do throws(SearchError) { try append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    fileprivate func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SearchError) -> Int
    {
        while true {
            let count = pread(file, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw IndexFolder.refusal(path) }
        }
    }
}

/// A file without a name that takes bytes, and gives them back once all are there.
///
/// What goes wrong while it takes them is told when they are wanted back.
final class SpoolFile {
    private let file: FileWriter
    private var failure: SearchError?
    private static let piece = 1 << 20

    fileprivate init(_ file: FileWriter) { self.file = file }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        do throws(SearchError) { try file.append(bytes) } catch { failure = error }
    }

    /// Appends all that it has taken to another file.
    ///
    /// - Throws: ``SearchError/inaccessible(file:reason:)``.
    func copy(to other: FileWriter) throws(SearchError) {
        if let failure { throw failure }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 8)
        defer { buffer.deallocate() }
        var offset = 0
        while true {
            let count = try file.read(buffer, at: offset)
            guard count > 0 else { return }
            try other.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
    }
}
