/// A term as a number, which is the same for the same term everywhere in the process, and nowhere else.
///
/// Sentences are held against questions by comparing these instead of texts. Two different terms share a key with a
/// chance of about 10⁻¹⁹, and nobody can write terms that do without knowing the seed, which is drawn at the start.
public struct TermKey: Sendable, Hashable, Comparable {
    @usableFromInline let hash: UInt64

    init(hash: UInt64) { self.hash = hash }

    /// The key of a term.
    ///
    /// - Complexity: O(length).
    public init(_ term: String) {
        var term = term
        hash = term.withUTF8 { Self.hash(of: $0, seed: Self.seed) }
    }

    /// A key is a hash already: tables of keys are looked into in half the time of tables of words.
    public func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: hash) ^ seed }

    /// One of 64 classes that the key belongs to, evenly: a small text has terms of few of them.
    @inlinable public var bit: UInt64 { 1 << (hash >> 58) }

    /// Classes that keys belong to, evenly, and that ascend as keys do.
    public struct Classes: Sendable {
        /// How many there are: a power of two.
        public let count: Int
        @usableFromInline let shift: UInt64

        /// As many as a number, or up to twice as many.
        public init(_ least: Int) {
            let bits = max(1, Int.bitWidth - max(0, least - 1).leadingZeroBitCount)
            count = 1 << bits
            shift = UInt64(64 - bits)
        }

        /// The number of a key's class.
        @inlinable public func number(of key: TermKey) -> Int { Int(truncatingIfNeeded: key.hash >> shift) }
    }

    /// Some order.
    @inlinable public static func < (first: TermKey, second: TermKey) -> Bool { first.hash < second.hash }

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

extension UnsafeBufferPointer<TermKey> {
    /// A place of each of the different keys, ascending by key.
    ///
    /// Keys are hashes, whose highest bits tell nearly where each belongs. In a table with more room than there are keys, those
    /// that belong to one place stand from there on in their order, so that the whole table is in order.
    ///
    /// - Complexity: O(keys).
    public var ascending: [Int32] {
        let classes = TermKey.Classes(count * 2)
        // Behind the last class there is room for all.
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: classes.count + count) { table in
            table.initialize(repeating: -1)
            for place in indices {
                var (key, place) = (self[place], Int32(truncatingIfNeeded: place))
                var at = classes.number(of: key)
                while table[at] >= 0 {
                    let other = self[Int(table[at])]
                    if other == key { break }
                    if key < other {
                        swap(&place, &table[at])
                        key = other
                    }
                    at &+= 1
                }
                table[at] = place
            }
            return [Int32](unsafeUninitializedCapacity: count + 1) { places, count in
                // Most places are empty, and nothing could foretell which: what is not kept is written over.
                for place in table {
                    places.initializeElement(at: count, to: place)
                    count &+= place >= 0 ? 1 : 0
                }
            }
        }
    }
}

extension TermKey {
    /// A table of words as one of their keys.
    public static func table<Value>(_ words: [String: Value]) -> [TermKey: Value] {
        Dictionary(uniqueKeysWithValues: words.map { (TermKey($0), $1) })
    }

    /// The keys of some words.
    public static func set(_ words: some Sequence<String>) -> Set<TermKey> { Set(words.map { TermKey($0) }) }
}
