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
        return SegmentBytes(UnsafeRawBufferPointer(start: memory, count: size)) { munmap(mapped, size) }
    }

    // MARK: Writing

    /// Writes a new segment.
    func write(segment bytes: UnsafeRawBufferPointer, number: UInt64) throws(SearchError) {
        try write(bytes, to: segmentPath(number))
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

    private static func refusal(_ path: String) -> SearchError {
        .inaccessible(file: path, reason: String(cString: strerror(errno)))
    }
}
