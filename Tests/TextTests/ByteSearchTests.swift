import Testing

@testable import Text

/// What looks at many bytes at a time finds what one finds that looks at each.
@Suite struct ByteSearchTests {
    /// Bytes next to every border that is looked for, and such as differ from what is looked for by one bit.
    private static let bytes: [UInt8] = [
        0x00, 0x1F, 0x20, 0x21, 0x7E, 0x7F, 0x80, 0x9F, 0xA0, 0xFE, 0xFF, 0x0A, 0x2E, 0x2F, 0x6F, 0xAF, 0x41,
        0x61,
        0xC1, 0x69, 0x49, 0x2D, 0x3A, 0x9A, 0xE2, 0x5B, 0x7B, 0x60, 0x40,
    ]

    private func firstUnusual(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int {
        (start..<bytes.count).first { !(0x20...0x7E).contains(bytes[bytes.startIndex + $0]) }
            ?? max(start, bytes.count)
    }

    private func check(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { buffer in
            for start in 0...bytes.count {
                #expect(buffer.firstUnusual(from: start) == firstUnusual(bytes, start), "\(bytes), \(start)")
                let wide = (start..<bytes.count).first { bytes[bytes.startIndex + $0] >= 0x80 }
                #expect(buffer.firstWide(from: start) == wide ?? bytes.count, "\(bytes), \(start)")
                let letters = bytes.dropFirst(start).count {
                    (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                }
                #expect(buffer.letterCount(start..<bytes.count) == letters, "\(bytes), \(start)")
                for byte in [0x00, 0x2F, 0xFF] as [UInt8] {
                    let first = (start..<bytes.count).first { bytes[bytes.startIndex + $0] == byte }
                    #expect(buffer.first(byte, from: start) == first, "\(bytes), \(start), \(byte)")
                }
            }
            let holdsDash = zip(bytes, bytes.dropFirst()).contains {
                $0 == 0x20 && ($1 == 0x2D || $1 == 0xE2)
            }
            #expect(
                buffer.mayHoldColonOrDash()
                    == (bytes.contains(0x3A) || bytes.contains(0x9A) || holdsDash), "\(bytes)")
            for letter in [UInt8(ascii: "a"), UInt8(ascii: "i")] {
                let isLetter = bytes.map { $0 == letter || $0 == letter - 0x20 }
                let expected =
                    bytes.contains(0x2F) || zip(isLetter, isLetter.dropFirst()).contains { $0 && $1 }
                #expect(buffer.holdsSlash(orPairOf: letter) == expected, "\(bytes), \(letter)")
            }
        }
    }

    @Test func `each byte is told at each place of each alignment`() {
        for byte in UInt8.min ... .max {
            for place in 0..<17 {
                // The bytes before and behind are no part of what is read.
                var bytes = [UInt8](repeating: byte, count: 64)
                let start = 3 + place % 8
                for at in start..<start + 17 { bytes[at] = 0x62 }
                bytes[start + place] = byte
                check(bytes[start..<start + 17])
            }
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `any bytes are told as one by one`(seed: UInt64) {
        var random = ByteSource(state: seed)
        for _ in 0..<40 {
            // Often so few kinds that long stretches hold none of what is looked for.
            let kinds = Self.bytes.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Int.random(in: 0..<3, using: &random) == 0
                    ? kinds.randomElement(using: &random) ?? 0 : UInt8(ascii: "b")
            }
            let start = Int.random(in: 0...bytes.count, using: &random)
            check(bytes[start...])
        }
    }

    @Test func `a row of bytes is found where it stands first`() {
        var random = ByteSource(state: 12)
        // Few different ones, so that parts of a row stand before it.
        let letters: [UInt8] = [0xE4, 0xB8, 0x80, 0x61]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...70, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 0
            }
            let start = Int.random(in: 0...text.count, using: &random)
            var row = Array(text[start...].prefix(Int.random(in: 0...9, using: &random)))
            if Int.random(in: 0...2, using: &random) == 0 { row.append(0x80) }
            let first =
                row.isEmpty || row.count > text.count
                ? nil : (0...(text.count - row.count)).first { text[$0...].starts(with: row) }
            #expect(
                text.firstRange(of: row[...]) == first.map { $0..<($0 + row.count) }, "\(text), \(row)")
        }
    }

    @Test func `a text is found in another, byte for byte`() {
        let text = "誰是新任部長？ naïve 部長"
        for part in [text[...], text.dropFirst(), text.suffix(9)] {
            for needle in ["部長", "新任部長", "ï", "naïve", "？", "e", "長"] {
                #expect(part.bytesRange(of: needle) == part.firstRange(of: needle), "\(part), \(needle)")
                #expect(part.holds(needle) == part.contains(needle), "\(part), \(needle)")
            }
        }
        #expect(!text.holds(""))
        #expect(!text.holds("nai\u{308}ve"))
    }
}

/// SplitMix64, the same on every machine.
private struct ByteSource: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
