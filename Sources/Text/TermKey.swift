/// A term as a number, which is the same for the same term everywhere in the process, and nowhere else.
///
/// Sentences are held against questions by comparing these instead of texts. Two different terms share a key with a
/// chance of about 10⁻¹⁹, and nobody can write terms that do without knowing the seed, which is drawn at the start.
public struct TermKey: Sendable, Hashable, Comparable {
    let hash: UInt64

    init(hash: UInt64) { self.hash = hash }

    /// The key of a term.
    ///
    /// - Complexity: O(length).
    public init(_ term: String) {
        var term = term
        hash = term.withUTF8 { Self.hash(of: $0, seed: Self.seed) }
    }

    /// One of 64 classes that the key belongs to, evenly: a small text has terms of few of them.
    public var bit: UInt64 { 1 << (hash >> 58) }

    /// Some order.
    public static func < (first: TermKey, second: TermKey) -> Bool { first.hash < second.hash }

    static let seed = UInt64.random(in: 0...UInt64.max) | 1

    @inline(__always)
    static func hash(of term: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        var hash = UInt64(term.count) &* seed
        let memory = UnsafeRawBufferPointer(term)
        var at = 0
        while at + 8 <= memory.count {
            hash = (hash ^ memory.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* seed
            hash ^= hash >> 32
            at += 8
        }
        var rest: UInt64 = 0
        while at < memory.count {
            rest = rest << 8 | UInt64(memory[at])
            at += 1
        }
        hash = (hash ^ rest) &* seed
        return hash ^ hash >> 32
    }
}
