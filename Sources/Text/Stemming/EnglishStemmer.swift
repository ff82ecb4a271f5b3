/// The English stemmer known as Porter2.
///
/// Unlike the others it works on bytes, because English is written without marks. Source: M. Porter, "The English (Porter2) stemming algorithm",
/// snowballstem.org, 2001, with its lists of exceptions.
struct EnglishStemmer {
    private var word: [UInt8]
    /// The starts of the regions after the first and the second vowel-consonant pair.
    private var r1 = 0
    private var r2 = 0

    /// Makes the UTF-8 of a folded word that of its stem; words with other letters, or of one or two letters, are their own
    /// stems.
    static func stem(_ word: inout [UInt8]) {
        guard word.count > 2, word.allSatisfy({ $0 &- 0x61 < 26 }) else { return }
        if let stem = exception(for: word) {
            word = stem
            return
        }
        var stemmer = EnglishStemmer(word: [])
        swap(&stemmer.word, &word)
        stemmer.run()
        swap(&stemmer.word, &word)
        for index in word.indices where word[index] == consonantY { word[index] = UInt8(ascii: "y") }
    }

    private init(word: [UInt8]) { self.word = word }

    /// A "y" that sounds as a consonant is marked by a capital while the rules run.
    private static let consonantY = UInt8(ascii: "Y")

    private mutating func run() {
        markConsonantY()
        findRegions()
        step1a()
        if Self.afterStep1a.contains(where: { $0.utf8CodeUnitCount == word.count && begins(with: $0) }) {
            return
        }
        step1b()
        step1c()
        step2()
        step3()
        step4()
        step5()
    }

    // MARK: Letters and regions

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private mutating func markConsonantY() {
        for index in word.indices where word[index] == UInt8(ascii: "y") {
            if index == 0 || Self.isVowel(word[index - 1]) { word[index] = Self.consonantY }
        }
    }

    private static let prefixes: [StaticString] = [
        "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
    ]

    private mutating func findRegions() {
        func region(from start: Int) -> Int {
            var index = start + 1
            while index < word.count {
                if !Self.isVowel(word[index]), Self.isVowel(word[index - 1]) { return index + 1 }
                index += 1
            }
            return word.count
        }
        if let prefix = Self.prefixes.first(where: begins) {
            r1 = prefix.utf8CodeUnitCount
        } else {
            r1 = region(from: 0)
        }
        r2 = r1 < word.count ? region(from: r1) : word.count
    }

    private func begins(with prefix: StaticString) -> Bool {
        guard word.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where word[index] != prefix.utf8Start[index] {
            return false
        }
        return true
    }

    @inline(__always)
    private func ends(_ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        // Most words differ in the last letter.
        guard word.count >= count, word[word.count - 1] == suffix.utf8Start[count - 1] else { return false }
        let start = word.count - count
        for index in 0..<count where word[start + index] != suffix.utf8Start[index] { return false }
        return true
    }

    private func start(of suffix: StaticString) -> Int { word.count - suffix.utf8CodeUnitCount }

    private mutating func replace(_ suffix: StaticString, by text: StaticString) {
        word.removeLast(suffix.utf8CodeUnitCount)
        word.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func hasVowel(before end: Int) -> Bool { word[..<end].contains(where: Self.isVowel) }

    private func endsInDouble() -> Bool {
        guard word.count >= 2, let last = word.last, last == word[word.count - 2] else { return false }
        return "bdfgmnprt".utf8.contains(last)
    }

    /// Whether the word ends in a short syllable: consonant, vowel, consonant other than w, x, Y, or a lone pair.
    private func endsInShortSyllable() -> Bool {
        let n = word.count
        if n == 2 { return Self.isVowel(word[0]) && !Self.isVowel(word[1]) }
        if n == 4, word.elementsEqual("past".utf8) { return true }
        guard n >= 3 else { return false }
        let last = word[n - 1]
        return !Self.isVowel(word[n - 3]) && Self.isVowel(word[n - 2]) && !Self.isVowel(last)
            && last != UInt8(ascii: "w") && last != UInt8(ascii: "x") && last != Self.consonantY
    }

    // MARK: Steps

    private mutating func step1a() {
        if ends("sses") {
            replace("sses", by: "ss")
        } else if ends("ied") || ends("ies") {
            let long = word.count > 4
            replace("ied", by: long ? "i" : "ie")
        } else if ends("us") || ends("ss") {
            return
        } else if ends("s"), word.count >= 3, hasVowel(before: word.count - 2) {
            word.removeLast()
        }
    }

    private static let afterStep1a: [StaticString] = [
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    ]

    private mutating func step1b() {
        for suffix in ["eedly", "eed"] as [StaticString] where ends(suffix) {
            if start(of: suffix) >= r1 { replace(suffix, by: "ee") }
            return
        }
        for suffix in ["ingly", "edly", "ing", "ed"] as [StaticString] where ends(suffix) {
            guard hasVowel(before: start(of: suffix)) else { return }
            if ends("ying"), word.count == 5, !Self.isVowel(word[0]) {
                replace("ying", by: "ie")
                return
            }
            word.removeLast(suffix.utf8CodeUnitCount)
            if ends("at") || ends("bl") || ends("iz") {
                word.append(UInt8(ascii: "e"))
            } else if endsInDouble() {
                // "add", "egg" and "off" keep their pair.
                if !(word.count == 3 && "aeo".utf8.contains(word[0])) { word.removeLast() }
            } else if r1 >= word.count, endsInShortSyllable() {
                word.append(UInt8(ascii: "e"))
            }
            return
        }
    }

    private mutating func step1c() {
        let n = word.count
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
        for (suffix, text) in Self.rulesOfStep2[word[word.count - 1]] where ends(suffix) {
            if start(of: suffix) >= r1 { replace(suffix, by: text) }
            return
        }
        if ends("ogi") {
            if start(of: "ogi") >= r1, word.count > 3, word[word.count - 4] == UInt8(ascii: "l") {
                word.removeLast()
            }
        } else if ends("li"), start(of: "li") >= r1, word.count > 2,
            "cdeghkmnrt".utf8.contains(word[word.count - 3])
        {
            word.removeLast(2)
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
        for (suffix, text) in Self.rulesOfStep3[word[word.count - 1]] where ends(suffix) {
            if start(of: suffix) >= r1 { replace(suffix, by: text) }
            return
        }
    }

    private static let rulesOfStep4: SuffixesByLetter = [
        "ement": "", "ance": "", "ence": "", "able": "", "ible": "", "ment": "", "ant": "", "ent": "",
        "ism": "", "ate": "", "iti": "", "ous": "", "ive": "", "ize": "", "al": "", "er": "",
        "ic": "",
    ]

    private mutating func step4() {
        for (suffix, _) in Self.rulesOfStep4[word[word.count - 1]] where ends(suffix) {
            if start(of: suffix) >= r2 { word.removeLast(suffix.utf8CodeUnitCount) }
            return
        }
        guard ends("ion"), start(of: "ion") >= r2, word.count > 3 else { return }
        let before = word[word.count - 4]
        if before == UInt8(ascii: "s") || before == UInt8(ascii: "t") { word.removeLast(3) }
    }

    private mutating func step5() {
        let end = word.count - 1
        if ends("e") {
            if end >= r2 {
                word.removeLast()
            } else if end >= r1 {
                word.removeLast()
                if endsInShortSyllable() { word.append(UInt8(ascii: "e")) }
            }
        } else if ends("l"), end >= r2, word.count > 1, word[end - 1] == UInt8(ascii: "l") {
            word.removeLast()
        }
    }

    /// As many letters as one number holds.
    private static let longestException = 8
    private static let exceptions: [(word: UInt64, stem: [UInt8])] = [
        ("skis", "ski"), ("skies", "sky"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"),
        ("early", "earli"), ("only", "onli"), ("singly", "singl"), ("sky", "sky"), ("news", "news"),
        ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"), ("bias", "bias"), ("andes", "andes"),
        ("evening", "evening"), ("evenings", "evening"),
    ].map { (packed($0.utf8), Array($1.utf8)) }

    private static func packed(_ word: some Sequence<UInt8>) -> UInt64 {
        word.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func exception(for word: [UInt8]) -> [UInt8]? {
        guard word.count <= longestException else { return nil }
        let key = packed(word)
        return exceptions.first { $0.word == key }?.stem
    }
}

/// Suffixes and what is put in their place, by their last letters; those with the same one in the order in which they are
/// tried.
private struct SuffixesByLetter: ExpressibleByDictionaryLiteral, Sendable {
    private var rules = [[(StaticString, StaticString)]](repeating: [], count: 26)

    init(dictionaryLiteral elements: (StaticString, StaticString)...) {
        for (suffix, text) in elements {
            let last = suffix.utf8Start[suffix.utf8CodeUnitCount - 1]
            rules[Int(last - UInt8(ascii: "a"))].append((suffix, text))
        }
    }

    subscript(last: UInt8) -> [(StaticString, StaticString)] {
        let place = Int(last &- UInt8(ascii: "a"))
        return place < rules.count ? rules[place] : []
    }
}
