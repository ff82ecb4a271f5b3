/// Letters of one alphabet.
struct LetterSet: ExpressibleByStringLiteral, Sendable {
    /// A bit for each of the 256 scalars of a block.
    private var bits = SIMD4<UInt64>(repeating: 0)
    private var block: UInt32 = 0

    /// The letters of a string, which all lie in one block of 256 scalars, as those of an alphabet do.
    init(stringLiteral letters: String) {
        block = (letters.unicodeScalars.first?.value ?? 0) >> 8
        for letter in letters.unicodeScalars {
            precondition(letter.value >> 8 == block, "the letters of a set lie in one block")
            bits[Int(letter.value >> 6 & 3)] |= 1 << UInt64(letter.value & 63)
        }
    }

    /// Whether a letter is one of them.
    func contains(_ letter: Unicode.Scalar) -> Bool {
        letter.value >> 8 == block && bits[Int(letter.value >> 6 & 3)] >> UInt64(letter.value & 63) & 1 == 1
    }
}
