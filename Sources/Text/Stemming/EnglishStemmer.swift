/// The English stemmer known as Porter2.
///
/// Unlike the others it works on bytes, because English is written without marks. Source: M. Porter, "The English (Porter2) stemming algorithm",
/// snowballstem.org, 2001, with its lists of exceptions.
struct EnglishStemmer {
    /// The letters of the word; its stem is never longer than itself.
    private let word: UnsafeMutablePointer<UInt8>
    private var count: Int
    /// Which letters are vowels, a bit each from the lowest.
    private let vowels: UInt64
    private let hasConsonantY: Bool
    /// The starts of the regions after the first and the second vowel-consonant pair.
    private let r1: Int
    private let r2: Int

    /// As many letters as there are bits for; a longer row of letters is no word.
    private static let longest = 64

    /// Makes the UTF-8 of a folded word that of its stem; words with other letters, and those of fewer than three or more
    /// than ``longest``, are their own stems.
    static func stem(_ word: inout [UInt8]) {
        let count = word.withUnsafeMutableBufferPointer { word in
            word.baseAddress.map { stem($0, count: word.count) } ?? 0
        }
        word.removeLast(word.count - count)
    }

    /// The same in memory; tells how long the stem is.
    static func stem(_ word: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        guard count > 2, count <= longest, mayChange(word[count - 1]) else { return count }
        // All that is asked of each letter, in one pass: words are short, and where a loop ends nothing can foretell.
        var (head, vowels, ys): (UInt64, UInt64, UInt64) = (0, 0, 0)
        for place in 0..<count {
            let letter = word[place]
            guard letter &- 0x61 < 26 else { return count }
            head |= place < 8 ? UInt64(letter) &<< UInt64(56 &- 8 &* place) : 0
            vowels |= (isVowel(letter) ? 1 : 0) &<< UInt64(place)
            ys |= (letter == UInt8(ascii: "y") ? 1 : 0) &<< UInt64(place)
        }
        if count <= 8, let stem = exceptions.first(where: { $0.word == head })?.stem {
            for (place, letter) in stem.enumerated() { word[place] = letter }
            return stem.count
        }
        var stemmer = EnglishStemmer(word, count, head, vowels: vowels, ys: ys)
        return stemmer.run()
    }

    private init(
        _ word: UnsafeMutablePointer<UInt8>, _ count: Int, _ head: UInt64, vowels: UInt64, ys: UInt64
    ) {
        (self.word, self.count) = (word, count)
        var (vowels, ys, hasConsonantY) = (vowels, ys, false)
        while ys != 0 {
            let place = ys.trailingZeroBitCount
            ys &= ys - 1
            guard place == 0 || vowels >> UInt64(place - 1) & 1 == 1 else { continue }
            word[place] = Self.consonantY
            vowels &= ~(1 << UInt64(place))
            hasConsonantY = true
        }
        (self.vowels, self.hasConsonantY) = (vowels, hasConsonantY)
        // Consonants behind a vowel.
        let borders = ~vowels & (vowels << 1) & (UInt64.max >> UInt64(64 - count))
        func region(from start: Int) -> Int {
            let left = borders & (UInt64.max << UInt64(start + 1))
            return left == 0 ? count : left.trailingZeroBitCount + 1
        }
        let prefix = Self.prefixes.first { head & $0.mask == $0.letters }
        r1 = prefix?.count ?? region(from: 0)
        r2 = r1 < count ? region(from: r1) : count
    }

    /// A "y" that sounds as a consonant is marked by a capital while the rules run.
    private static let consonantY = UInt8(ascii: "Y")

    /// Whether a rule or an exception may change a word with this last letter.
    private static func mayChange(_ last: UInt8) -> Bool {
        switch last {
        case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "g"), UInt8(ascii: "i"),
            UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "s"),
            UInt8(ascii: "t"), UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private mutating func run() -> Int {
        step1a()
        if !isAfterStep1a {
            step1b()
            step1c()
            step2()
            step3()
            step4()
            step5()
        }
        if hasConsonantY {
            for place in 0..<count where word[place] == Self.consonantY { word[place] = UInt8(ascii: "y") }
        }
        return count
    }

    // MARK: Letters and regions

    @inline(__always)
    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private static let prefixes = [
        "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
    ].map { prefix in
        (
            letters: packed(prefix), mask: UInt64.max << UInt64(64 - 8 * prefix.utf8.count),
            count: prefix.utf8.count
        )
    }

    @inline(__always)
    private func begins(with prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount else { return false }
        for place in 0..<prefix.utf8CodeUnitCount where word[place] != prefix.utf8Start[place] {
            return false
        }
        return true
    }

    private func isWord(_ whole: StaticString) -> Bool {
        whole.utf8CodeUnitCount == count && begins(with: whole)
    }

    @inline(__always)
    private func ends(_ suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        // Most words differ in the last letter.
        guard count >= length, word[count - 1] == suffix.utf8Start[length - 1] else { return false }
        let start = word + (count - length)
        for place in 0..<length where start[place] != suffix.utf8Start[place] { return false }
        return true
    }

    private func start(of suffix: StaticString) -> Int { count - suffix.utf8CodeUnitCount }

    private mutating func replace(_ suffix: StaticString, by text: StaticString) {
        count -= suffix.utf8CodeUnitCount
        for place in 0..<text.utf8CodeUnitCount { append(text.utf8Start[place]) }
    }

    private mutating func append(_ letter: UInt8) {
        word[count] = letter
        count += 1
    }

    /// Whether one of the first letters is a vowel, before any rule has changed them.
    private func hasVowel(before end: Int) -> Bool { vowels & ~(UInt64.max << UInt64(end)) != 0 }

    private func endsInDouble() -> Bool {
        count >= 2 && word[count - 1] == word[count - 2] && "bdfgmnprt".utf8.contains(word[count - 1])
    }

    /// Whether the word ends in a short syllable: consonant, vowel, consonant other than w, x, Y, or a lone pair.
    private func endsInShortSyllable() -> Bool {
        if count == 2 { return Self.isVowel(word[0]) && !Self.isVowel(word[1]) }
        if isWord("past") { return true }
        guard count >= 3 else { return false }
        let last = word[count - 1]
        return !Self.isVowel(word[count - 3]) && Self.isVowel(word[count - 2]) && !Self.isVowel(last)
            && last != UInt8(ascii: "w") && last != UInt8(ascii: "x") && last != Self.consonantY
    }

    // MARK: Steps

    private mutating func step1a() {
        if ends("sses") {
            replace("sses", by: "ss")
        } else if ends("ied") || ends("ies") {
            let long = count > 4
            replace("ied", by: long ? "i" : "ie")
        } else if ends("us") || ends("ss") {
            return
        } else if ends("s"), count >= 3, hasVowel(before: count - 2) {
            count -= 1
        }
    }

    private static let afterStep1a: [StaticString] = [
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    ]

    /// Whether the word stays as it is now.
    private var isAfterStep1a: Bool {
        let last = word[count - 1]
        guard last == UInt8(ascii: "g") || last == UInt8(ascii: "d"), 6...7 ~= count else { return false }
        return Self.afterStep1a.contains(where: isWord)
    }

    private mutating func step1b() {
        if ends("eedly") || ends("eed") {
            let length = word[count - 1] == UInt8(ascii: "y") ? 5 : 3
            if count - length >= r1 { count -= length - 2 }
            return
        }
        let length = ends("ingly") ? 5 : ends("edly") ? 4 : ends("ing") ? 3 : ends("ed") ? 2 : 0
        guard length > 0, hasVowel(before: count - length) else { return }
        if ends("ying"), count == 5, !Self.isVowel(word[0]) {
            replace("ying", by: "ie")
            return
        }
        count -= length
        if ends("at") || ends("bl") || ends("iz") {
            append(UInt8(ascii: "e"))
        } else if endsInDouble() {
            // "add", "egg" and "off" keep their pair.
            if !(count == 3 && "aeo".utf8.contains(word[0])) { count -= 1 }
        } else if r1 >= count, endsInShortSyllable() {
            append(UInt8(ascii: "e"))
        }
    }

    private mutating func step1c() {
        let n = count
        guard n > 2, word[n - 1] == UInt8(ascii: "y") || word[n - 1] == Self.consonantY,
            !Self.isVowel(word[n - 2])
        else { return }
        word[n - 1] = UInt8(ascii: "i")
    }

    private static let rulesOfStep2: SuffixesByLetter = [
        "ization": "ize", "ational": "ate", "ousness": "ous", "iveness": "ive", "fulness": "ful",
        "tional": "tion", "lessli": "less", "biliti": "ble", "entli": "ent", "ation": "ate",
        "alism": "al", "aliti": "al", "fulli": "ful", "ousli": "ous", "iviti": "ive", "ogist": "og",
        "enci": "ence", "anci": "ance", "abli": "able", "izer": "ize", "ator": "ate", "alli": "al",
        "bli": "ble",
    ]

    private mutating func step2() {
        if let (suffix, text) = Self.rulesOfStep2.first(endingIn: word[count - 1], ends) {
            if start(of: suffix) >= r1 { replace(suffix, by: text) }
            return
        }
        if ends("ogi") {
            if start(of: "ogi") >= r1, count > 3, word[count - 4] == UInt8(ascii: "l") {
                count -= 1
            }
        } else if ends("li"), start(of: "li") >= r1, count > 2,
            "cdeghkmnrt".utf8.contains(word[count - 3])
        {
            count -= 2
        }
    }

    private static let rulesOfStep3: SuffixesByLetter = [
        "ational": "ate", "tional": "tion", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic",
        "ness": "", "ful": "",
    ]

    private mutating func step3() {
        if ends("ative") {
            if start(of: "ative") >= r2 { replace("ative", by: "") }
            return
        }
        if let (suffix, text) = Self.rulesOfStep3.first(endingIn: word[count - 1], ends),
            start(of: suffix) >= r1
        {
            replace(suffix, by: text)
        }
    }

    private static let rulesOfStep4: SuffixesByLetter = [
        "ement": "", "ance": "", "ence": "", "able": "", "ible": "", "ment": "", "ant": "", "ent": "",
        "ism": "", "ate": "", "iti": "", "ous": "", "ive": "", "ize": "", "al": "", "er": "",
        "ic": "",
    ]

    private mutating func step4() {
        if let (suffix, _) = Self.rulesOfStep4.first(endingIn: word[count - 1], ends) {
            if start(of: suffix) >= r2 { count -= suffix.utf8CodeUnitCount }
            return
        }
        guard ends("ion"), start(of: "ion") >= r2, count > 3 else { return }
        let before = word[count - 4]
        if before == UInt8(ascii: "s") || before == UInt8(ascii: "t") { count -= 3 }
    }

    private mutating func step5() {
        let end = count - 1
        if ends("e") {
            if end >= r2 {
                count -= 1
            } else if end >= r1 {
                count -= 1
                if endsInShortSyllable() { append(UInt8(ascii: "e")) }
            }
        } else if ends("l"), end >= r2, count > 1, word[end - 1] == UInt8(ascii: "l") {
            count -= 1
        }
    }

    /// Words of up to eight letters.
    private static let exceptions: [(word: UInt64, stem: [UInt8])] = [
        ("skis", "ski"), ("skies", "sky"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"),
        ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"),
        ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
        ("evening", "evening"), ("evenings", "evening"),
    ].map { (packed($0), Array($1.utf8)) }

    /// Up to eight letters, the first of them highest.
    private static func packed(_ word: String) -> UInt64 {
        word.utf8.reversed().reduce(0) { $0 >> 8 | UInt64($1) << 56 }
    }
}

/// Suffixes and what is put in their place, by their last letters; those with the same one in the order in which they are
/// tried.
private struct SuffixesByLetter: ExpressibleByDictionaryLiteral, Sendable {
    private let rules: [(suffix: StaticString, text: StaticString)]
    /// Where the rules of each letter begin, and behind them the end of the last.
    private let starts: [Int]

    init(dictionaryLiteral elements: (StaticString, StaticString)...) {
        var (rules, starts): ([(StaticString, StaticString)], [Int]) = ([], [0])
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            rules += elements.filter { $0.0.utf8Start[$0.0.utf8CodeUnitCount - 1] == letter }
            starts.append(rules.count)
        }
        (self.rules, self.starts) = (rules, starts)
    }

    /// The first rule for words with a last letter whose suffix a body finds.
    @inline(__always)
    func first(
        endingIn last: UInt8, _ isEnd: (StaticString) -> Bool
    ) -> (suffix: StaticString, text: StaticString)? {
        let letter = Int(last &- UInt8(ascii: "a"))
        guard letter < 26 else { return nil }
        for place in starts[letter]..<starts[letter + 1] where isEnd(rules[place].suffix) {
            return rules[place]
        }
        return nil
    }
}
