/// The first letters of a term as two numbers, which compare as the letters do: most terms have no more.
public struct TermHead: Sendable, Hashable {
    /// So many bytes are known.
    static let letters = 16

    /// The first eight bytes, the first of them highest; nought behind the end.
    public let first: UInt64
    private let second: UInt64
    private let length: UInt32

    /// The head of a term.
    public init(_ term: UnsafeBufferPointer<UInt8>) {
        var numbers = (UInt64(0), UInt64(0))
        withUnsafeMutableBytes(of: &numbers) { memory in
            memory.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(term).prefix(Self.letters)))
        }
        (first, second) = (UInt64(bigEndian: numbers.0), UInt64(bigEndian: numbers.1))
        length = UInt32(clamping: term.count)
    }

    /// How many bytes the whole term has.
    public var count: Int { Int(length) }

    /// The whole term, where it has no more letters than are known.
    var text: String? {
        guard count <= Self.letters else { return nil }
        return withUnsafeBytes(of: (first.bigEndian, second.bigEndian)) {
            String(decoding: $0.prefix(count), as: UTF8.self)
        }
    }

    /// How many bytes two terms have in common before the first that differs; those behind the sixteenth are taken to be
    /// alike.
    public func commonCount(with other: TermHead) -> Int {
        let shorter = min(count, other.count)
        let difference = first ^ other.first
        if difference != 0 { return min(shorter, difference.leadingZeroBitCount / 8) }
        let rest = second ^ other.second
        return rest == 0 ? shorter : min(shorter, 8 + rest.leadingZeroBitCount / 8)
    }
}
