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
    static func read(_ scalars: some Sequence<Unicode.Scalar>) -> Reading {
        var steps = SIMD8<Int32>()
        var group = Group(table)
        for scalar in scalars {
            switch ScalarClass.of(scalar.value) {
            case .letter: group.append(small(scalar), to: &steps)
            case .mark: continue
            case .digit, .ideograph, .other:
                guard group.close(&steps) else { continue }
                if group.words % lookingEvery == 0, isClear(steps) { return reading(steps, group) }
            }
        }
        group.close(&steps)
        return reading(steps, group)
    }

    private static func reading(_ steps: SIMD8<Int32>, _ group: Group) -> Reading {
        let likelihoods = LanguageProfileTable.languages.indices.map {
            -Double(steps[$0]) * LanguageProfileTable.step
        }
        return Reading(likelihoods: likelihoods, words: group.words)
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
        /// How many words have ended.
        private(set) var words = 0

        init(_ table: Table) { self.table = table }

        /// Reads the next letter and adds the columns of the groups that it ends.
        mutating func append(_ letter: UInt16, to steps: inout SIMD8<Int32>) {
            letters = letters << 16 | UInt64(letter)
            isInside = true
            add(to: &steps)
        }

        /// Ends a word; tells whether there was one.
        @discardableResult
        mutating func close(_ steps: inout SIMD8<Int32>) -> Bool {
            guard isInside else { return false }
            letters = letters << 16 | UInt64(border)
            add(to: &steps)
            letters = UInt64(border)
            isInside = false
            words += 1
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

    private static let table: Table = {
        let entries = LanguageProfileTable.groups.split(separator: " ").map { entry in
            let sides = entry.split(separator: "=")
            let group = sides[0].unicodeScalars.reduce(UInt64(0)) { $0 << 16 | UInt64($1.value) }
            var columns = SIMD8<UInt8>()
            for (index, step) in sides[1].utf8.enumerated() { columns[index] = step - UInt8(ascii: "a") }
            return Table.Slot(group: group, columns: columns)
        }
        return Table(entries)
    }()

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

/// The scalars of UTF-8 in memory, without what the views of a string check at each step.
struct ScalarBytes: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// Those of the first bytes of a text.
    init(_ bytes: UnsafeBufferPointer<UInt8>, upTo count: Int) {
        self.bytes = UnsafeBufferPointer(rebasing: bytes.prefix(count))
    }

    mutating func next() -> Unicode.Scalar? {
        guard at < bytes.count else { return nil }
        let (value, length) = decodeScalar(bytes, at)
        at += length
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
