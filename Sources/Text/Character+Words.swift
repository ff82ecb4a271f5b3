extension String {
    /// Whether all of it is ASCII.
    ///
    /// - Complexity: O(length), sixteen bytes at a time.
    public var isASCII: Bool {
        utf8.withContiguousStorageIfAvailable { $0.firstWide(from: 0) == $0.count }
            ?? utf8.allSatisfy { $0 < 0x80 }
    }
}

/// What nearly every character of a question is asked for: of ASCII it is told without a look at Unicode's tables.
extension Character {
    /// Whether it is a letter or a number.
    public var isAlphanumeric: Bool {
        guard let ascii = asciiValue else { return isLetter || isNumber }
        return (ascii | 0x20) &- 0x61 < 26 || ascii &- 0x30 < 10
    }

    /// Whether it is a capital letter.
    public var isCapital: Bool { asciiValue.map { $0 &- 0x41 < 26 } ?? isUppercase }
}
