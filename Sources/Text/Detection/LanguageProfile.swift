/// Tells languages with the Latin alphabet apart by their groups of up to four letters.
///
/// A naive Bayes classifier: how likely each language is to write the groups that a text has, as if they were independent.
/// Groups that are as usual in one language as in another are not in the table and tell nothing.
///
/// Source: W. Cavnar and J. Trenkle, "N-Gram-Based Text Categorization", 1994; T. Dunning, "Statistical Identification of
/// Language", 1994.
enum LanguageProfile {
    /// What a text says of its language.
    struct Reading {
        /// How likely each language of ``LanguageProfileTable/languages`` is, in natural logarithms; nought where a text has
        /// no group that tells, and less for the less likely.
        var likelihoods: [Double]
        /// The number of words.
        var words: Int
    }

    /// Reads a text.
    ///
    /// - Complexity: O(length).
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
        var steps = SIMD8<Int32>()
        var words = 0
        var at = 0
        while at < bytes.count {
            guard readPlainWord(bytes, &at, &steps) || readWord(bytes, &at, &steps) else { continue }
            words += 1
            if words % lookingEvery == 0, isClear(steps) { break }
        }
        let likelihoods = LanguageProfileTable.languages.indices.map {
            -Double(steps[$0]) * LanguageProfileTable.step
        }
        return Reading(likelihoods: likelihoods, words: words)
    }

    /// Reads a word of ASCII letters alone; tells whether one stands here.
    private static func readPlainWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ steps: inout SIMD8<Int32>
    ) -> Bool {
        var end = at
        while end < bytes.count, (bytes[end] | 0x20) &- 0x61 < 26 { end &+= 1 }
        guard end > at, end == bytes.count || bytes[end] < 0x80 else { return false }
        plainTable.add(UnsafeBufferPointer(rebasing: bytes[at..<end]), to: &steps)
        at = end
        return true
    }

    /// Reads whatever stands here: a word, or a scalar that belongs to none; tells whether it was a word.
    private static func readWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ steps: inout SIMD8<Int32>
    ) -> Bool {
        var group = Group(table)
        while at < bytes.count {
            let (value, length) = decodeScalar(bytes, at)
            at += length
            switch ScalarClass.of(value) {
            case .letter: group.append(small(Unicode.Scalar(value) ?? "\u{FFFD}"), to: &steps)
            case .mark: continue
            case .digit, .ideograph, .other: return group.close(&steps)
            }
        }
        return group.close(&steps)
    }

    /// After so many words, and as many again, it may be clear enough.
    private static let lookingEvery = 4
    /// How much likelier than all others a language is, in natural logarithms, that no more words make another.
    private static let clear = 40.0

    /// Whether one language is likelier than all others beyond doubt.
    private static func isClear(_ steps: SIMD8<Int32>) -> Bool {
        let all = steps.replacing(with: .max, where: isUnused)
        let near = all .< (all.min() &+ Int32(clear / LanguageProfileTable.step))
        return (0..<8).count { near[$0] } == 1
    }

    /// The columns that no language has.
    private static let isUnused = SIMDMask<SIMD8<Int32>>(
        (0..<8).map { !LanguageProfileTable.languages.indices.contains($0) })

    private static func small(_ scalar: Unicode.Scalar) -> UInt16 {
        guard scalar.value >= 0x80 else { return UInt16(Folding.lowered(UInt8(scalar.value))) }
        let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        return UInt16(exactly: small.value) ?? border
    }

    private static let border = UInt16(UInt8(ascii: "_"))

    /// The last four letters.
    private struct Group {
        private let table: Table
        private var letters = UInt64(border)
        private var isInside = false

        init(_ table: Table) { self.table = table }

        /// Reads the next letter and adds the columns of the groups that it ends.
        mutating func append(_ letter: UInt16, to steps: inout SIMD8<Int32>) {
            letters = letters << 16 | UInt64(letter)
            isInside = true
            add(to: &steps)
        }

        /// Ends a word; tells whether there was one.
        mutating func close(_ steps: inout SIMD8<Int32>) -> Bool {
            guard isInside else { return false }
            letters = letters << 16 | UInt64(border)
            add(to: &steps)
            return true
        }

        private func add(to steps: inout SIMD8<Int32>) {
            for length in 1...4 {
                let group = letters & (UInt64.max >> UInt64(64 - length * 16))
                // Before the first letter there is nothing.
                guard length == 1 || letters >> UInt64((length - 1) * 16) != 0 else { return }
                if let columns = table.columns(of: group) { steps &+= SIMD8(truncatingIfNeeded: columns) }
            }
        }
    }

    private static let entries: [Table.Slot] = {
        LanguageProfileTable.groups.split(separator: " ").map { entry in
            let sides = entry.split(separator: "=")
            let group = sides[0].unicodeScalars.reduce(UInt64(0)) { $0 << 16 | UInt64($1.value) }
            var columns = SIMD8<UInt8>()
            for (index, step) in sides[1].utf8.enumerated() { columns[index] = step - UInt8(ascii: "a") }
            return Table.Slot(group: group, columns: columns)
        }
    }()

    private static let table = Table(entries)
    private static let plainTable = PlainTable(entries, rest: table)

    /// What three ASCII letters or borders in a row add, with all groups that end in the last of them, in one look: of words
    /// without other letters, which most are.
    private struct PlainTable: Sendable {
        // Written once, before anybody reads it.
        private nonisolated(unsafe) let sums: UnsafePointer<SIMD8<UInt8>>
        /// A bit for each four that are a group, of which there are few.
        private nonisolated(unsafe) let longer: UnsafePointer<UInt64>
        private let rest: Table
        private static let border: UInt32 = 27

        init(_ entries: [Table.Slot], rest: Table) {
            let sums = UnsafeMutablePointer<SIMD8<UInt8>>.allocate(capacity: 1 << 15)
            sums.initialize(repeating: SIMD8(), count: 1 << 15)
            let longer = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << 14)
            longer.initialize(repeating: 0, count: 1 << 14)
            for entry in entries {
                guard let (number, bits) = Self.number(of: entry.group) else { continue }
                if bits == 20 {
                    longer[number >> 6] |= 1 << UInt64(number & 63)
                } else {
                    for before in 0..<1 << (15 - bits) { sums[before << bits | number] &+= entry.columns }
                }
            }
            (self.sums, self.longer, self.rest) = (UnsafePointer(sums), UnsafePointer(longer), rest)
        }

        /// The letters of a group in five bits each, and their bits; nil where one is no ASCII letter.
        private static func number(of group: UInt64) -> (number: Int, bits: Int)? {
            var (number, bits) = (0, 0)
            for place in (0..<4).reversed() {
                let letter = UInt16(truncatingIfNeeded: group >> UInt64(place * 16))
                if letter == 0 { continue }
                guard letter == LanguageProfile.border || letter &- 0x61 < 26 else { return nil }
                number = number << 5 | Int(letter == LanguageProfile.border ? UInt16(border) : letter - 0x60)
                bits += 5
            }
            return (number, bits)
        }

        /// Adds the columns of all groups of a word.
        func add(_ word: UnsafeBufferPointer<UInt8>, to steps: inout SIMD8<Int32>) {
            var sum = SIMD8<UInt16>()
            var state = Self.border
            var letters = UInt64(LanguageProfile.border)
            func append(_ letter: UInt32, _ wide: UInt64) {
                state = (state << 5 | letter) & 0xF_FFFF
                letters = letters << 16 | wide
                sum &+= SIMD8(truncatingIfNeeded: sums[Int(state & 0x7FFF)])
                if longer[Int(state >> 6)] >> UInt64(state & 63) & 1 != 0,
                    let columns = rest.columns(of: letters)
                {
                    steps &+= SIMD8(truncatingIfNeeded: columns)
                }
            }
            for byte in word {
                let small = UInt32(byte | 0x20)
                append(small &- 0x60, UInt64(small))
            }
            append(Self.border, UInt64(LanguageProfile.border))
            steps &+= SIMD8(truncatingIfNeeded: sum)
        }
    }

    /// The columns of each group: open addressing, at most half full, in memory that lives as long as the program.
    private struct Table: Sendable {
        struct Slot {
            /// Nought where nothing lies: no group is.
            var group: UInt64 = 0
            var columns = SIMD8<UInt8>()
        }

        // Written once, before anybody reads it.
        private nonisolated(unsafe) let slots: UnsafePointer<Slot>
        private let mask: Int

        init(_ entries: [Slot]) {
            var capacity = 1
            while capacity < entries.count * 2 { capacity *= 2 }
            mask = capacity - 1
            let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
            slots.initialize(repeating: Slot(), count: capacity)
            self.slots = UnsafePointer(slots)
            for entry in entries {
                var at = home(entry.group)
                while slots[at].group != 0 { at = (at + 1) & mask }
                slots[at] = entry
            }
        }

        @inline(__always)
        private func home(_ group: UInt64) -> Int {
            Int(truncatingIfNeeded: (group &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
        }

        @inline(__always)
        func columns(of group: UInt64) -> SIMD8<UInt8>? {
            var at = home(group)
            while slots[at].group != 0 {
                if slots[at].group == group { return slots[at].columns }
                at = (at &+ 1) & mask
            }
            return nil
        }
    }
}
