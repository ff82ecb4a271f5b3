import Dispatch
import Foundation
import Text

#if canImport(Glibc)
    import Glibc
#endif

/// Reads files on threads of its own, because a slow disk must not hold up the threads that tasks share.
enum FileReading {
    /// Why a file cannot be read, in the system's words.
    struct Failure: Error {
        var reason: String
    }

    // Reading and parsing are ahead of who takes texts apart, which takes longest by itself and therefore goes first.
    private static let queue = DispatchQueue(
        label: "newsdesk.ingest.files", qos: .utility, attributes: .concurrent)

    /// Runs blocking work and gives back what it returns.
    static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    /// Runs work that reads a file.
    ///
    /// - Throws: ``Failure`` for whatever the system reports.
    static func reading<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws(Failure) -> Value {
        let result = await blocking { Result(catching: work) }
        do { return try result.get() } catch { throw Failure(reason: error.localizedDescription) }
    }

    /// All bytes of a file.
    ///
    /// - Throws: ``Failure`` when it cannot be read.
    static func whole(_ path: String) async throws(Failure) -> [UInt8] {
        try await reading { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
    }

    /// The next bytes of an open file, in one go; fewer, or none, at its end.
    ///
    /// - Parameters:
    ///   - size: how many bytes at most.
    ///   - file: where they come from.
    ///   - before: bytes that come before them in what is returned.
    /// - Returns: none but those before at the end of the file.
    /// - Throws: ``Failure`` when they cannot be read.
    static func next(
        _ size: Int, of file: FileHandle, behind before: [UInt8] = []
    ) async throws(Failure) -> [UInt8] {
        try await reading {
            let size = before.count + size
            return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                _ = buffer.update(fromContentsOf: before)
                count = before.count
                while count < size {
                    let more = read(file.fileDescriptor, buffer.baseAddress.map { $0 + count }, size - count)
                    if more < 0, errno == EINTR { continue }
                    guard more >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
                    if more == 0 { return }
                    count += more
                }
            }
        }
    }
}

/// A file that is read in pieces of a fixed size, for parsers that keep their own place.
struct FilePieces: Sendable {
    let path: String
    var size = 1 << 20

    /// Hands the pieces over in order, each before the next is read.
    ///
    /// - Throws: ``FileReading/Failure`` when the file cannot be read, and what `take` throws.
    func forEach(_ take: ([UInt8]) async throws -> Void) async throws {
        let (path, size) = (path, size)
        let file = try await FileReading.reading {
            try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        }
        while true {
            let piece = try await FileReading.next(size, of: file)
            guard !piece.isEmpty else { return }
            try await take(piece)
        }
    }
}

/// A file that is read in pieces of whole lines, so that its size does not matter.
final class LineChunks: Sendable {
    /// A piece of a file.
    struct Chunk: Sendable {
        /// Whole lines; only the last piece of a file may lack the end of its last line.
        var bytes: [UInt8]
        /// The number of the first line.
        var firstLine: Int
        /// Whether the piece is the beginning of a line without an end in sight, whose rest is passed over.
        var isCut: Bool
    }

    private let path: String
    private let size: Int
    private let longestLine: Int
    /// The first piece is so much smaller, so that what follows has something to do soon.
    private static let beginning = 8

    init(path: String, size: Int = 1 << 20, longestLine: Int = 64 << 20) {
        (self.path, self.size, self.longestLine) = (path, size, longestLine)
    }

    /// Hands the pieces over in order, each before the next is read.
    ///
    /// - Throws: ``FileReading/Failure`` when the file cannot be read, and what `take` throws.
    func forEach(_ take: (Chunk) async throws -> Void) async throws {
        let path = path
        let size = size
        let file = try await FileReading.reading {
            try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        }
        var rest: [UInt8] = []
        var line = 1
        var isSkipping = false
        var next = max(1, size / Self.beginning)
        while true {
            // A long line is read in ever larger pieces, so that what is known of it is seldom copied.
            let more = max(next, min(rest.count, longestLine - rest.count))
            next = size
            var lines = try await FileReading.next(more, of: file, behind: rest)
            guard lines.count > rest.count else { break }
            let known = rest.count
            rest = []
            if isSkipping {
                guard let end = lines.firstIndex(of: 0x0A) else { continue }
                lines.removeFirst(end + 1)
                isSkipping = false
                line += 1
            }
            guard let end = lines[min(known, lines.count)...].lastIndex(of: 0x0A) else {
                if lines.count > longestLine {
                    try await take(Chunk(bytes: [], firstLine: line, isCut: true))
                    isSkipping = true
                } else {
                    rest = lines
                }
                continue
            }
            rest = Array(lines[(end + 1)...])
            lines.removeLast(rest.count)
            try await take(Chunk(bytes: lines, firstLine: line, isCut: false))
            line += Self.breaks(in: lines)
        }
        if !rest.isEmpty { try await take(Chunk(bytes: rest, firstLine: line, isCut: false)) }
    }

    private static func breaks(in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var (count, at) = (0, 0)
            while let found = bytes.first(0x0A, from: at) {
                count += 1
                at = found + 1
            }
            return count
        }
    }
}
