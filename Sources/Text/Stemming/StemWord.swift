/// A word on its way to its stem, for the stemmers after the Snowball algorithms.
///
/// Its letters are small and carry their marks; while a stemmer works, a capital stands for a letter that sounds
/// otherwise than usual, such as a vowel that is spoken as a consonant. The regions are where a suffix must lie to be
/// one: what begins before its region belongs to the word itself. They are found before anything is taken off, and keep
/// their places.
///
/// Source: M. Porter, "Snowball: A language for stemming algorithms", snowballstem.org, 2001.
struct StemWord {
    /// Where a suffix may lie.
    enum Region {
        /// Anywhere.
        case word
        /// Behind the first vowel and the next consonant.
        case r1
        /// The same once more, inside R1.
        case r2
        /// Behind what a verb has at least, which each language that has it defines.
        case rv
    }

    /// What the letters are at this time.
    private(set) var letters: [Unicode.Scalar]
    /// Where R1 begins.
    var r1: Int
    /// Where R2 begins.
    var r2: Int
    /// Where RV begins.
    var rv: Int

    /// A word in UTF-8; its regions are empty.
    init(_ word: [UInt8]) {
        let text = String(decoding: word, as: UTF8.self)
        letters = Array(text.unicodeScalars)
        if letters.contains(where: { (0x300..<0x370).contains($0.value) }) {
            letters = text.flatMap { letter in
                Self.composed[letter].map { [$0] } ?? Array(letter.unicodeScalars)
            }
        }
        (r1, r2, rv) = (letters.count, letters.count, letters.count)
    }

    /// The letters of Latin and Cyrillic alphabets that may also be written as a letter and a mark behind it.
    private static let composed: [Character: Unicode.Scalar] = {
        let scalars = [0xDF..<0x180, 0x430..<0x460].joined().compactMap { Unicode.Scalar($0 as UInt32) }
        return Dictionary(uniqueKeysWithValues: scalars.map { (Character($0), $0) })
    }()

    /// Puts the word in the place of bytes, folded.
    func fold(into bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        for letter in letters { Folding.append(letter, to: &bytes) }
    }

    /// The number of letters.
    var count: Int { letters.count }

    /// A letter, which may be set to another.
    subscript(index: Int) -> Unicode.Scalar {
        get { letters[index] }
        set { letters[index] = newValue }
    }

    /// Where a region begins.
    func start(of region: Region) -> Int {
        switch region {
        case .word: 0
        case .r1: r1
        case .r2: r2
        case .rv: rv
        }
    }

    // MARK: Finding regions

    /// Finds R1 and R2.
    ///
    /// - Parameters:
    ///   - vowels: of the language.
    ///   - least: how many letters stand before R1 at least; R2 does not heed it.
    mutating func findRegions(vowels: LetterSet, least: Int = 0) {
        r1 = behindVowelAndConsonant(from: 0, vowels)
        r2 = behindVowelAndConsonant(from: r1, vowels)
        r1 = max(r1, least)
    }

    private func behindVowelAndConsonant(from start: Int, _ vowels: LetterSet) -> Int {
        guard let vowel = index(from: start, where: vowels.contains),
            let consonant = index(from: vowel, where: { !vowels.contains($0) })
        else { return count }
        return consonant + 1
    }

    /// Finds RV as Spanish, Portuguese and Italian define it.
    ///
    /// Behind a consonant in the second place it begins after the next vowel; behind two vowels at the start after the
    /// next consonant; otherwise after the third letter.
    mutating func findVerbRegion(vowels: LetterSet) {
        guard count > 2 else { return }
        let end =
            if !vowels.contains(letters[1]) {
                index(from: 2, where: vowels.contains)
            } else if vowels.contains(letters[0]) {
                index(from: 2, where: { !vowels.contains($0) })
            } else {
                2 as Int?
            }
        if let end { rv = end + 1 }
    }

    /// The place of the next letter of a kind.
    func index(from start: Int, where isWanted: (Unicode.Scalar) -> Bool) -> Int? {
        guard start < count else { return nil }
        return letters[start...].firstIndex(where: isWanted)
    }

    // MARK: Reading and changing

    /// Whether letters stand at a place.
    func has(_ text: String, at start: Int) -> Bool {
        var index = start
        for letter in text.unicodeScalars {
            guard index >= 0, index < count, letters[index] == letter else { return false }
            index += 1
        }
        return true
    }

    /// Whether one of several suffixes stands before a place.
    func has(_ suffixes: SuffixList, before end: Int, in region: Region = .word) -> Bool {
        suffixes.longest(in: letters, before: end, from: start(of: region)) != nil
    }

    /// Puts text in the place of letters.
    mutating func replace(_ range: Range<Int>, by text: String) {
        letters.replaceSubrange(range, with: text.unicodeScalars)
    }

    /// Puts text in the place of what stands from a place on.
    mutating func replace(from start: Int, by text: String) {
        letters.removeSubrange(start...)
        letters.append(contentsOf: text.unicodeScalars)
    }

    /// Gives every letter that has another form that form.
    mutating func map(_ forms: KeyValuePairs<Unicode.Scalar, Unicode.Scalar>) {
        for index in letters.indices {
            if let form = forms.first(where: { $0.key == letters[index] }) { letters[index] = form.value }
        }
    }
}
