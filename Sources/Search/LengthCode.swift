/// Field lengths in one byte: exact up to 23, then within six per cent.
///
/// Lengths are floats of four significant bits above a subnormal range, so that the code keeps order.
/// Source: the form of Lucene's SmallFloat.intToByte4, told in its documentation.
enum LengthCode {
    /// The byte of a length.
    static func encode(_ length: Int) -> UInt8 {
        guard length >= exact else { return UInt8(max(0, length)) }
        let value = length - exact + 8
        // Eight mantissa steps an octave: the top four bits, the first of which is always set.
        let shift = max(0, Int.bitWidth - value.leadingZeroBitCount - 4)
        let code = shift * 8 + (value >> shift) - 8 + exact
        return UInt8(min(255, code))
    }

    /// The byte of an average length, which damaged bytes may have made as large as they like.
    static func encode(average: Float) -> UInt8 { encode(Int(max(0, min(average, Float(1 << 30))))) }

    /// The length that a byte stands for: the smallest of those with that code.
    static func decode(_ byte: UInt8) -> Int { lengths[Int(byte)] }

    /// Lengths below this are their own code.
    private static let exact = 24

    /// The length of every byte.
    static let lengths: [Int] = (0...255).map { code in
        guard code >= exact else { return code }
        let rest = code - exact
        return ((rest % 8 + 8) << (rest / 8)) - 8 + exact
    }
}

/// The length codes of a field's documents, as postings are scored by them.
protocol LengthCodes {
    /// The code of a document.
    subscript(document: UInt32) -> Int { get }
}

/// Each its own.
struct EachLength: LengthCodes {
    private let codes: UnsafePointer<UInt8>

    /// The codes of documents, one each.
    init(_ codes: UnsafePointer<UInt8>) { self.codes = codes }

    @inline(__always)
    subscript(document: UInt32) -> Int { Int(codes[Int(document)]) }
}

/// The only one of a ``UnitTable`` that has no other: nothing is read, wherever a document lies.
struct SameLength: LengthCodes {
    @inline(__always)
    subscript(document: UInt32) -> Int { 0 }
}
